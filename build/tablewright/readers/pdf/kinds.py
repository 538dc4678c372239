"""What a paragraph is, by its size, its face, its place and its first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tablewright.readers.lines import classify
from tablewright.readers.names import are_names
from tablewright.readers.pdf.lines import Line, with_text
from tablewright.readers.pdf.setting import INDENT, SMALL, Paragraph, Setting
from tablewright.records import BlockKind

_BULLET = re.compile(r"(?:[-*•·●○▪■□◦‣►–—∙⁃➢✓\uf000-\uf0ff]|o(?= [A-Z]))\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{1,5}\))\s+(?=\S)")
CAPTION = re.compile(
    r"(?:figure|fig\.?|table|tab\.|chart|graph|map|box|exhibit|photo(?:graph)?|image|plate|annex table)"
    r"\s?(?:[A-Z]\.?)?(?:\d{1,3}(?:[.-]\d{1,3})?|[IVX]{1,5})\s?([.:|–—-])?(?=\s)",
    re.IGNORECASE,
)
_NUMBERED_HEADING = re.compile(r"(?:chapter|part|section|appendix|annex) (?:\d{1,3}|[ivxlc]{1,6})[.:]?", re.IGNORECASE)
ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*[⁰¹²³⁴-⁹]*$")
LARGE = 1.06
_LARGER = 1.14
"""Of the body's size: a heading's, at least, in bold and otherwise."""
_SMALLEST = 0.8
"""Of the body's size: a heading's in bold, at least."""
_HEADING_WORDS = 30
_BOLD_HEADING_WORDS = 16
_LABEL_WORDS = 6
_BODY_LINES = 5
"""Of a paragraph: what comes after one so long no longer stands above the text."""
_BYLINE_SIZE = 0.8
"""Of the largest size: names under a title are smaller than it."""
_OTHER_SIZE = 0.03
"""Of the body's size: a quotation may be set as much smaller, at least."""
_QUOTE_LINES = 3
_OPENERS = frozenset("“\"‘'«„")
_BYLINE = 100
"""Characters; a byline is shorter."""


def marker(text: str) -> int | None:
    found = _BULLET.match(text) or _NUMBERED.match(text)
    return found.end() if found else None


def paragraph_of(
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
    found.indented = own[0].left > left + INDENT * own[0].size
    text = own[0].text
    words = sum(line.text.count(" ") + 1 for line in own)
    if (caption := CAPTION.match(text)) and (caption[1] or own[0].size < SMALL * how.size or own[0].bold):
        found.markup = "caption"
    elif _is_heading(own, words, how):
        found.markup = "heading"
    elif (start := marker(text)) is not None:
        found.markup = "list_item"
        own[0] = with_text(own[0], text[start:])
    elif own[0].size < SMALL * how.size and words <= _LABEL_WORDS and not ENDED.search(last.text):
        found.markup = "table"
    elif _is_quote(own, left, right, how):
        found.markup = "block_quote"
    return found


def _is_heading(own: Sequence[Line], words: int, how: Setting) -> bool:
    size, last = own[0].size, own[-1].text
    if words > _HEADING_WORDS or not any(c.isalpha() for c in own[0].text):
        return False
    bold = all(line.bold for line in own)
    if size >= (LARGE if bold else _LARGER) * how.size:
        return True
    return bold and size > _SMALLEST * how.size and words <= _BOLD_HEADING_WORDS and last[-1] not in ".,;"


def _is_quote(own: Sequence[Line], left: float, right: float, how: Setting) -> bool:
    """Whether a paragraph stands in from both sides and is more than an item of a list whose marks are drawn: set in
    another size or face than the text, or of some lines.
    """
    size = own[0].size
    apart = abs(size - how.size) > _OTHER_SIZE * how.size or all(line.italic for line in own)
    return (
        len(own) > 1
        and (apart or len(own) >= _QUOTE_LINES or own[0].text[:1] in _OPENERS)
        and size > 0.8 * how.size
        and all(line.left > left + INDENT * size for line in own)
        and max(line.right for line in own) < right - INDENT * size
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
