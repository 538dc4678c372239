"""The columns of a page in reading order.

The order of the file is the author's own in most PDFs, so it stays wherever a reader's eye could follow it: down, or to
the right and up. Only a page whose order jumps is sorted by the places of its lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tablewright.readers.pdf.lines import Line, Page

_SAME_ROW = 0.3
"""Of the size: baselines this near are one row."""
_NEAR = 4.0
"""Points within which lines start at the same place."""
_OVERLAP = 6.0
"""Points by which the letters of one column may reach into the next."""
_MAY_CROSS = 0.25
"""Of the lines on one side of a gutter: so many may cross it, as titles do."""
_BAND = 1.5
"""Of the size: the distance between bands of a page, at least."""
_LONG = 20
"""Characters of a line; cells of a table that are longer are rare."""
_ROWS = 4
_CUTS = 40
"""Places of a page at which a band may end that are tried."""
_FEWEST = 3
"""Lines that make a column."""


def columns(page: Page) -> list[list[Line]]:
    """The runs of a page (lines below each other in one column), in reading order."""
    runs = list(_runs(page.lines))
    if _is_in_order(runs) and not _is_row_by_row(page.lines):
        return runs
    return [run for part in _sorted(page.lines) for run in _runs(part)]


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines cut where the next one is not below, or beside as in a table."""
    run: list[Line] = []
    for line in lines:
        if run and not _follows(run, line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _follows(run: Sequence[Line], line: Line) -> bool:
    last = run[-1]
    down = last.y - line.y
    if abs(down) <= _SAME_ROW * last.size:
        return line.left >= last.right - 1
    if down < 0:
        return False
    if line.left < last.right and line.right > last.left:
        return True
    # Below a row of a table: under any of its cells.
    row = (other for other in run[-8:-1] if abs(other.y - last.y) <= _SAME_ROW * last.size)
    return any(line.left < other.right and line.right > other.left for other in row)


def _is_in_order(runs: Sequence[Sequence[Line]]) -> bool:
    return all(_leads_on(first, second) for first, second in pairwise(runs))


def _is_row_by_row(lines: Sequence[Line]) -> bool:
    """Whether the file goes across the columns: many rows have two long lines, longer than cells of a table are."""
    rows = sum(
        abs(first.y - second.y) <= _SAME_ROW * first.size and min(len(first.text), len(second.text)) > _LONG
        for first, second in pairwise(lines)
    )
    return rows > _ROWS


def _leads_on(first: Sequence[Line], second: Sequence[Line]) -> bool:
    """Whether the eye goes from one run to the other: below it, or to the right of what stands beside it."""
    top = second[0]
    beside = [line.right for line in first if line.y < top.y + _SAME_ROW * top.size]
    return not beside or top.left > max(beside) - _OVERLAP or top.y < first[-1].y


def _sorted(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in bands from the top, parted by lines that cross the gutters, each band in columns from the left."""
    rows = sorted(lines, key=lambda line: (-round(line.y), line.left))
    parts: list[list[Line]] = []
    for start, end, gutters in _bands(rows):
        parts += _in_columns(rows[start:end], gutters)
    return parts


def _bands(rows: Sequence[Line]) -> list[tuple[int, int, list[float]]]:
    """The stretches of a page that are set in columns, and those that are not: first line, end, gutters."""
    gutters = _gutters(rows)
    if gutters:
        return [(0, len(rows), gutters)]
    # Text over all of the page may stand above columns, or below them.
    cuts = [i for i in range(1, len(rows)) if rows[i - 1].y - rows[i].y > _BAND * rows[i].size][:_CUTS]
    for cut in cuts:
        if gutters := _gutters(rows[cut:]):
            return [(0, cut, []), (cut, len(rows), gutters)]
    for cut in reversed(cuts):
        if gutters := _gutters(rows[:cut]):
            return [(0, cut, gutters), (cut, len(rows), [])]
    return [(0, len(rows), [])]


def _in_columns(rows: Sequence[Line], gutters: Sequence[float]) -> list[list[Line]]:
    parts: list[list[Line]] = []
    band: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    over: list[Line] = []
    for line in rows:
        if _crosses(line, gutters):
            parts += [column for column in band if column]
            band = [[] for _ in band]
            over.append(line)
            continue
        if over:
            parts.append(over)
            over = []
        band[sum(line.left >= gutter for gutter in gutters)].append(line)
    return [*parts, *(column for column in band if column), *([over] if over else [])]


def _crosses(line: Line, gutters: Sequence[float]) -> bool:
    return any(line.left < gutter - 1 and line.right > gutter + 1 for gutter in gutters)


def _gutters(lines: Sequence[Line]) -> list[float]:
    """The places across where columns start: lines begin there, and few cross."""
    starts = Counter(round(line.left / _NEAR) for line in lines)
    gutters: list[float] = []
    for start in sorted(place for place, count in starts.items() if count >= _FEWEST):
        x = min(line.left for line in lines if round(line.left / _NEAR) == start) - 2
        beyond = sum(line.left >= x for line in lines)
        before = sum(line.right <= x + 2 for line in lines)
        crossing = len(lines) - beyond - before
        if min(before, beyond) >= _FEWEST and crossing <= _MAY_CROSS * min(before, beyond):
            gutters.append(x)
    return gutters
