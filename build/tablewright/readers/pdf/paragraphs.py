"""Lines as paragraphs: where one ends, by gaps, indents, sizes and lines that stop short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tablewright.readers.pdf.kinds import CAPTION, ENDED, LARGE, marker, paragraph_of
from tablewright.readers.pdf.lines import Line, with_text
from tablewright.readers.pdf.rows import has_cells, one_line, rows_of
from tablewright.readers.pdf.setting import INDENT, Paragraph, Setting

_SIZES_DIFFER = 0.07
_GAP = 1.28
"""Of the leading: a distance above this parts paragraphs."""


def paragraphs(run: Sequence[Line], number: int, how: Setting) -> Iterator[Paragraph]:
    """The paragraphs of one run of lines."""
    rows = rows_of(run)
    cells = [has_cells(rows, index) for index in range(len(rows))]
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and cells[end]:
            end += 1
        if end - start > 1:
            lines = [with_text(row[0], " | ".join(cell.text for cell in row)) for row in rows[start:end]]
            yield Paragraph(lines, "table", number)
            start = end
            continue
        end = max(end, start + 1)
        while end < len(rows) and not (end + 1 < len(rows) and cells[end] and cells[end + 1]):
            end += 1
        yield from _prose([one_line(row) for row in rows[start:end]], number, how)
        start = end


def _prose(lines: list[Line], number: int, how: Setting) -> Iterator[Paragraph]:
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    right = max(right, how.rights.get(round(left / 4), 0.0)) if len(lines) < 6 else right
    apart = [_is_apart(last, line, how) for last, line in pairwise(lines)]
    bounds = _bounds(lines, apart, left, right)
    current = [0]
    item, caption = _is_item(lines[0]), _is_caption(lines[0])
    for index in range(1, len(lines)):
        if apart[index - 1] or (not caption and _starts(lines, current, index, bounds, how, item=item)):
            yield paragraph_of(lines, current, bounds, left, right, number, how)
            current = []
            item, caption = _is_item(lines[index]), _is_caption(lines[index])
        current.append(index)
    yield paragraph_of(lines, current, bounds, left, right, number, how)


def _is_item(line: Line) -> bool:
    return marker(line.text) is not None


def _is_caption(line: Line) -> bool:
    found = CAPTION.match(line.text)
    return found is not None and bool(found[1])


def _bounds(lines: Sequence[Line], apart: Sequence[bool], left: float, right: float) -> list[float]:
    """How far to the right each line may go: as far as the column, or as the lines around it.

    `apart` says of each line but the last whether the next one is apart from it.
    """
    bounds: list[float] = []
    for block in _split(lines, apart):
        inset = min(line.left for line in block) > left + INDENT * block[0].size
        reach = max(line.right for line in block) if inset or len(block) > 2 else right
        for same in _split(block, [abs(line.left - last.left) > 2 for last, line in pairwise(block)]):
            deeper = len(same) > 1 and same[0].left > left + INDENT * same[0].size
            bounds += [max(line.right for line in same) if deeper else reach] * len(same)
    return bounds


def _split(lines: Sequence[Line], apart: Sequence[bool]) -> Iterator[Sequence[Line]]:
    start = 0
    for index, ends in enumerate(apart, 1):
        if ends:
            yield lines[start:index]
            start = index
    yield lines[start:]


def _is_apart(last: Line, line: Line, how: Setting) -> bool:
    """Whether another size, or a gap, parts two lines."""
    return abs(line.size - last.size) > _SIZES_DIFFER * last.size or last.y - line.y > _GAP * how.leading * max(
        last.size / how.size, 0.8
    )


def _starts(
    lines: Sequence[Line], current: Sequence[int], index: int, bounds: Sequence[float], how: Setting, *, item: bool
) -> bool:
    """Whether the line at `index` starts a paragraph, although no gap parts it from the line before."""
    last, line = lines[index - 1], lines[index]
    size = last.size
    room = _room(last, line, bounds[index - 1])
    if last.bold != line.bold and (room or not line.text[0].islower()):
        return True
    if (found := marker(line.text)) is not None and (item or room or ENDED.search(last.text)):
        return not (found and line.left > last.left + INDENT * size and item and len(current) == 1)
    shift = line.left - last.left
    if abs(shift) > INDENT * size and abs((line.left + line.right) - (last.left + last.right)) > 4:
        if shift > 0:
            return not (item and len(current) == 1)
        if len(current) > 1:
            return True
    if how.indents and not item and index + 1 < len(lines) and _opens(last, line, lines[index + 1], how):
        return True
    return room and size < LARGE * how.size and abs((line.left + line.right) - (last.left + last.right)) > 4


def _opens(last: Line, line: Line, following: Line, how: Setting) -> bool:
    """Whether a line below an indented one is indented as a first line is: the next one goes back to the margin."""
    shift = line.left - following.left
    return (
        abs(line.left - last.left) < 2
        and INDENT * line.size < shift < 4 * line.size
        and not _is_apart(line, following, how)
    )


def _room(last: Line, line: Line, bound: float) -> bool:
    """Whether the first word of a line would have fitted on the line before."""
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) / len(line.text)
    return last.right + (len(word) + 1) * width < bound - 0.5 * last.size
