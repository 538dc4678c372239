"""Lines as paragraphs: where one ends, by gaps, indents, sizes and lines that stop short; and what each of them is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tablewright.readers.lines import classify
from tablewright.readers.names import are_names, is_name
from tablewright.readers.pdf.lines import Line
from tablewright.readers.pieces import Markup
from tablewright.records import BlockKind

_BULLET = re.compile(r"(?:[-*•·●○▪■□◦‣►–—∙⁃➢✓\uf000-\uf0ff]|o(?= [A-Z]))\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{1,5}\))\s+(?=\S)")
_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|tab\.|chart|graph|map|box|exhibit|photo(?:graph)?|image|plate|annex table)"
    r"\s?(?:[A-Z]\.?)?(?:\d{1,3}(?:[.-]\d{1,3})?|[IVX]{1,5})\s?([.:|–—-])?(?=\s)",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(r"(?:chapter|part|section|appendix|annex) (?:\d{1,3}|[ivxlc]{1,6})[.:]?", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*[⁰¹²³⁴-⁹]*$")
_SIZES_DIFFER = 0.07
_GAP = 1.28
"""Of the leading: a distance above this parts paragraphs."""
_INDENT = 0.7
"""Of the size: what counts as an indent."""
_LARGE = 1.06
_LARGER = 1.14
"""Of the body's size: a heading's, at least, in bold and otherwise."""
_SMALLEST = 0.8
"""Of the body's size: a heading's in bold, at least."""
_SMALL = 0.94
"""Of the body's size: notes, captions and the words of a figure are below this."""
_HEADING_WORDS = 30
_BOLD_HEADING_WORDS = 16
_ALIKE = 1.4
"""Times the least gap in a line: all gaps of a line that was stretched to the margin are below this."""
_ALIGNED = 3.0
"""Points within which cells start below each other."""
_LABEL_WORDS = 6
_BODY_LINES = 5
"""Of a paragraph: what comes after one so long no longer stands above the text."""
_BYLINE_SIZE = 0.8
"""Of the largest size: names under a title are smaller than it."""
_BYLINE = 100
"""Characters; a byline is shorter."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: size of the body, distance of its lines, its right margins by the left ones."""

    size: float
    leading: float
    rights: dict[int, float]
    indents: bool


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `run` is the number of the column that they stand in."""

    lines: list[Line]
    markup: Markup
    run: int
    level: int = 0
    full: bool = False
    indented: bool = False
    aside: bool = False
    kind: BlockKind | None = None

    @property
    def text(self) -> str:
        """The words, with the line ends of the page."""
        return "\n".join(line.text for line in self.lines)


def setting(runs: Sequence[Sequence[Line]], size: float) -> Setting:
    """Measures how the text of `size` is set."""
    leadings: Counter[float] = Counter()
    rights: dict[int, float] = {}
    indents = 0
    for run in runs:
        body = [line for line in run if line.size == size]
        if not body:
            continue
        left = min(line.left for line in body)
        key = round(left / 4)
        rights[key] = max(rights.get(key, 0.0), max(line.right for line in body))
        for above, below in pairwise(body):
            distance = above.y - below.y
            if 0 < distance < 2.5 * size:
                leadings[round(distance, 0)] += 1
                indents += (
                    distance < 1.5 * size
                    and _INDENT * size < below.left - above.left < 4 * size
                    and (abs(above.left - left) < 2)
                )
    leading = leadings.most_common(1)[0][0] if leadings else 1.2 * size
    lines = sum(leadings.values())
    return Setting(size, leading, rights, indents=indents >= 2 and indents * 40 > lines)


def paragraphs(run: Sequence[Line], number: int, how: Setting) -> Iterator[Paragraph]:
    """The paragraphs of one run of lines."""
    rows = _rows(run)
    cells = [_has_cells(rows, index) for index in range(len(rows))]
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and cells[end]:
            end += 1
        if end - start > 1:
            lines = [_with_text(row[0], " | ".join(cell.text for cell in row)) for row in rows[start:end]]
            yield Paragraph(lines, "table", number)
            start = end
            continue
        end = max(end, start + 1)
        while end < len(rows) and not all(cells[end : end + 2] + [len(rows) > end + 1]):
            end += 1
        yield from _prose([_one_line(row) for row in rows[start:end]], number, how)
        start = end


def _has_cells(rows: Sequence[Sequence[Line]], index: int) -> bool:
    """Whether a row's parts are cells: a line stretched to the margin has gaps that are all alike, under nothing."""
    row = rows[index]
    gaps = [right.left - left.right for left, right in pairwise(row)]
    if len(gaps) < 2 or max(gaps) > _ALIKE * min(gaps):
        return len(gaps) > 0
    near = [other for i in (index - 1, index + 1) if 0 <= i < len(rows) for other in rows[i][1:]]
    return any(abs(cell.left - other.left) < _ALIGNED for cell in row[1:] for other in near) or any(
        abs(cell.right - other.right) < _ALIGNED for cell in row[1:-1] for other in near[:-1]
    )


def _one_line(row: Sequence[Line]) -> Line:
    """A line's parts put together; names beside each other stay apart."""
    if len(row) == 1:
        return row[0]
    between = ", " if all(is_name(part.text) for part in row) else " "
    joined = _with_text(row[0], between.join(part.text for part in row))
    joined.right = row[-1].right
    return joined


def _with_text(line: Line, text: str) -> Line:
    return Line(text, line.left, line.right, line.y, line.size, line.bold, line.italic, line.page)


def _rows(run: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in run:
        if rows and abs(rows[-1][-1].y - line.y) <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _prose(lines: list[Line], number: int, how: Setting) -> Iterator[Paragraph]:
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    right = max(right, how.rights.get(round(left / 4), 0.0)) if len(lines) < 6 else right
    bounds = _bounds(lines, left, right, how)
    current = [0]
    item = _marker(lines[0].text) is not None
    for index in range(1, len(lines)):
        if _starts(lines, current, index, bounds, how, item=item):
            yield _paragraph(lines, current, bounds, left, right, number, how)
            current = []
            item = _marker(lines[index].text) is not None
        current.append(index)
    yield _paragraph(lines, current, bounds, left, right, number, how)


def _bounds(lines: Sequence[Line], left: float, right: float, how: Setting) -> list[float]:
    """How far to the right each line may go: as far as the column, or as the lines around it."""
    bounds: list[float] = []
    for block in _split(lines, lambda last, line: _is_apart(last, line, how)):
        inset = min(line.left for line in block) > left + _INDENT * block[0].size
        reach = max(line.right for line in block) if inset or len(block) > 2 else right
        for same in _split(block, lambda last, line: abs(line.left - last.left) > 2):
            deeper = len(same) > 1 and same[0].left > left + _INDENT * same[0].size
            bounds += [max(line.right for line in same) if deeper else reach] * len(same)
    return bounds


def _split(lines: Sequence[Line], parts: Callable[[Line, Line], bool]) -> Iterator[Sequence[Line]]:
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or parts(lines[index - 1], lines[index]):
            yield lines[start:index]
            start = index


def _is_apart(last: Line, line: Line, how: Setting) -> bool:
    """Whether another size, or a gap, parts two lines."""
    return abs(line.size - last.size) > _SIZES_DIFFER * last.size or last.y - line.y > _GAP * how.leading * max(
        last.size / how.size, 0.8
    )


def _starts(
    lines: Sequence[Line], current: Sequence[int], index: int, bounds: Sequence[float], how: Setting, *, item: bool
) -> bool:
    """Whether the line at `index` starts a paragraph."""
    last, line = lines[index - 1], lines[index]
    size = last.size
    if _is_apart(last, line, how):
        return True
    room = _room(last, line, bounds[index - 1])
    first = lines[current[0]]
    if (caption := _CAPTION.match(first.text)) and caption[1]:
        return False
    if last.bold != line.bold and (room or not line.text[0].islower()):
        return True
    if (found := _marker(line.text)) is not None and (item or room or _ENDED.search(last.text)):
        return not (found and line.left > last.left + _INDENT * size and item and len(current) == 1)
    shift = line.left - last.left
    if abs(shift) > _INDENT * size and abs((line.left + line.right) - (last.left + last.right)) > 4:
        if shift > 0:
            return not (item and len(current) == 1)
        if len(current) > 1:
            return True
    return room and size < _LARGE * how.size and abs((line.left + line.right) - (last.left + last.right)) > 4


def _room(last: Line, line: Line, bound: float) -> bool:
    """Whether the first word of a line would have fitted on the line before."""
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) / len(line.text)
    return last.right + (len(word) + 1) * width < bound - 0.5 * last.size


def _marker(text: str) -> int | None:
    found = _BULLET.match(text) or _NUMBERED.match(text)
    return found.end() if found else None


def _paragraph(
    lines: Sequence[Line],
    indexes: Sequence[int],
    bounds: Sequence[float],
    left: float,
    right: float,
    number: int,
    how: Setting,
) -> Paragraph:
    own = [lines[index] for index in indexes]
    last = own[-1]
    found = Paragraph(own, "paragraph", number)
    found.full = last.right > bounds[indexes[-1]] - 1.5 * last.size
    found.indented = own[0].left > left + _INDENT * own[0].size
    text = own[0].text
    words = sum(line.text.count(" ") + 1 for line in own)
    if (caption := _CAPTION.match(text)) and (caption[1] or own[0].size < _SMALL * how.size or own[0].bold):
        found.markup = "caption"
    elif _is_heading(own, words, how):
        found.markup = "heading"
    elif (marker := _marker(text)) is not None:
        found.markup = "list_item"
        own[0] = _with_text(own[0], text[marker:])
    elif own[0].size < _SMALL * how.size and words <= _LABEL_WORDS and not _ENDED.search(last.text):
        found.markup = "table"
    elif len(own) > 1 and _is_quote(own, left, right, how):
        found.markup = "block_quote"
    return found


def _is_heading(own: Sequence[Line], words: int, how: Setting) -> bool:
    size, last = own[0].size, own[-1].text
    if words > _HEADING_WORDS or not any(c.isalpha() for c in own[0].text):
        return False
    bold = all(line.bold for line in own)
    if size >= (_LARGE if bold else _LARGER) * how.size:
        return True
    return bold and size > _SMALLEST * how.size and words <= _BOLD_HEADING_WORDS and last[-1] not in ".,;"


def _is_quote(own: Sequence[Line], left: float, right: float, how: Setting) -> bool:
    """Whether a paragraph stands in from both sides."""
    size = own[0].size
    return (
        size > 0.8 * how.size
        and all(line.left > left + _INDENT * size for line in own)
        and max(line.right for line in own) < right - _INDENT * size
    )


def set_levels(found: Sequence[Paragraph]) -> None:
    """Gives headings their levels by size. Names and dates under a title are no headings, whatever their size."""
    body = False
    largest = max((line.size for paragraph in found for line in paragraph.lines[:1]), default=0.0)
    for above, paragraph in pairwise(found):
        body = body or len(above.lines) > _BODY_LINES
        small = paragraph.lines[0].size < _BYLINE_SIZE * largest
        if paragraph.markup == "heading" and small and not body:
            text, known = _by_form(paragraph)
            if are_names(text) or known in {"byline", "dateline"}:
                paragraph.markup = "paragraph"
        elif body and above.markup == "heading" and paragraph.markup == "paragraph" and len(paragraph.lines) < 3:
            paragraph.kind = "byline" if _by_form(paragraph)[1] == "byline" else None
    headings = [paragraph for paragraph in found if paragraph.markup == "heading"]
    sizes = sorted({round(paragraph.lines[0].size) for paragraph in headings}, reverse=True)
    for paragraph in headings:
        paragraph.level = min(sizes.index(round(paragraph.lines[0].size)) + 1, 6)
        if _NUMBERED_HEADING.fullmatch(paragraph.text.strip()):
            paragraph.level = 6


def _by_form(paragraph: Paragraph) -> tuple[str, BlockKind | None]:
    """A short text on one line, and what its words say that it is."""
    text = " ".join(paragraph.text.split())
    known = classify(text) if len(text) < _BYLINE else None
    return text, known[0] if known else None
