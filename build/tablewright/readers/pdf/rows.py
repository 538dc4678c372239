"""Lines beside each other: the cells of a table, names under a title, a line stretched to the margin."""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.readers.names import is_name
from tablewright.readers.pdf.lines import Line, with_text

_ALIGNED = 3.0
"""Points within which cells start below each other."""


def has_cells(rows: Sequence[Sequence[Line]], index: int) -> bool:
    """Whether a row's parts are cells, with others above or below: those of a line stretched to the margin have none."""
    if len(rows[index]) == 1:
        return False
    near = [other for i in (index - 1, index + 1) if 0 <= i < len(rows) for other in rows[i][1:]]
    return any(_is_below(cell, other) for cell in rows[index][1:] for other in near)


def _is_below(cell: Line, other: Line) -> bool:
    """Whether two parts start, or are centred, at one place; or end there, as numbers do and all lines of a column."""
    ends = abs(cell.right - other.right) < _ALIGNED and any(map(str.isdigit, cell.text + other.text))
    middle = abs(cell.left + cell.right - other.left - other.right) < 2 * _ALIGNED
    return ends or middle or abs(cell.left - other.left) < _ALIGNED


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
