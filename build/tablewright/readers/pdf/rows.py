"""Lines beside each other: the cells of a table, names under a title, a line stretched to the margin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tablewright.readers.names import is_name
from tablewright.readers.pdf.lines import Line, with_text

_ALIKE = 1.4
"""Times the least gap in a line: all gaps of a line that was stretched to the margin are below this."""
_ALIGNED = 3.0
"""Points within which cells start below each other."""


def has_cells(rows: Sequence[Sequence[Line]], index: int) -> bool:
    """Whether a row's parts are cells: a line stretched to the margin has gaps that are all alike, under nothing."""
    row = rows[index]
    gaps = [right.left - left.right for left, right in pairwise(row)]
    if len(gaps) < 2 or max(gaps) > _ALIKE * min(gaps):
        return len(gaps) > 0
    near = [other for i in (index - 1, index + 1) if 0 <= i < len(rows) for other in rows[i][1:]]
    return any(abs(cell.left - other.left) < _ALIGNED for cell in row[1:] for other in near) or any(
        abs(cell.right - other.right) < _ALIGNED for cell in row[1:-1] for other in near[:-1]
    )


def one_line(row: Sequence[Line]) -> Line:
    """A line's parts put together; names beside each other stay apart."""
    if len(row) == 1:
        return row[0]
    between = ", " if all(is_name(part.text) for part in row) else " "
    joined = with_text(row[0], between.join(part.text for part in row))
    joined.right = row[-1].right
    return joined


def rows_of(run: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in run:
        if rows and abs(rows[-1][-1].y - line.y) <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
