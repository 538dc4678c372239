"""Plain text as pieces: blocks between empty lines, headings by their look, lists, quotations by their indent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tablewright.readers.decode import decode
from tablewright.readers.exports import split_export
from tablewright.readers.front_matter import split_front_matter
from tablewright.readers.furniture import drop_furniture
from tablewright.readers.pieces import Markup, Piece, Reading

_UNDERLINE = re.compile(r"([=~^_*-])\1{2,}")
_RULE = re.compile(r"(?:([#=~^_*+.·•—–-])\s*){3,}")
_HASHES = re.compile(r"(#{1,6})\s+(?=\w|[“\"'‘])")
_BULLET = re.compile(r"(?:[-*+•·●▪◦‣►–—]|o(?=\s{1,4}[A-Z]))\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\([a-z]\)|\([ivx]{1,5}\))\s+(?=\S)")
_HEADING_NUMBER = re.compile(r"(?:(?:\d{1,2}\.)+\d{0,2}|\d{1,2}\)|[IVX]{1,6}\.)\s+(?=\S)")
_COLUMN_GAP = re.compile(r"\S(?: {3,}|\t| *\|)\s*\S")
_CELLS = re.compile(r" {2,}|\t| *\| *")
_LABEL = re.compile(r"(?:Q|A|[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})\s?:\s")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]]*(?:$|\s[\"“‘]?[A-Z])")

UNWRAPPED = 140
"""A line longer than this many characters is a paragraph, not a part of one that was wrapped."""
SLACK = 12
"""A line that ends this much before the margin, though the next word would fit, ends a paragraph."""
LEAD = 50
"""Characters; a line over a list is shorter."""
SHORT_LINE = 18
"""As `SLACK`, where no line ends a sentence: a title's lines are set with less care."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class _Page:
    """How the text is set: the margin on the left, on the right, and whether paragraphs start with an indent."""

    indent: int
    width: int
    first_line_indents: bool
    dash_items: bool
    wrapped: bool


def read_plain(data: bytes, file: str) -> Reading:
    """The pieces of a plain text. Raises `SourceError` for data that is no text and front matter that cannot be read."""
    return read_plain_text(decode(data, file), file)


def read_plain_text(text: str, file: str) -> Reading:
    """As `read_plain`, from text that is decoded."""
    text, page_ends = drop_furniture(text)
    if export := split_export(text):
        return Reading([*export.pieces, *_pieces_of(export.text, 1)], export.stated, page_ends, text)
    front = split_front_matter(text, file)
    return Reading(_pieces_of(front.body, front.first_line), front.stated, page_ends, text)


def _pieces_of(text: str, first_line: int) -> list[Piece]:
    blocks = _blocks(text, first_line)
    page = _layout(blocks)
    return [piece for block in blocks for piece in _pieces(block, page)]


def _blocks(text: str, first_line: int) -> list[list[_Line]]:
    blocks: list[list[_Line]] = [[]]
    for number, raw in enumerate(text.split("\n"), first_line):
        line = raw.expandtabs(4) if raw.startswith((" ", "\t")) else raw
        words = line.strip()
        if words:
            blocks[-1].append(_Line(number, len(line) - len(line.lstrip()), words))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _layout(blocks: list[list[_Line]]) -> _Page:
    indents = [line.indent for block in blocks for line in block]
    base = min(indents, default=0)
    wrapped = [len(line.text) for block in blocks for line in block[:-1] if len(line.text) <= UNWRAPPED]
    starts = any(len(block) > 1 and base + 8 >= block[0].indent > block[1].indent == base for block in blocks)
    dashes = sum(line.text[0] in "–—" for block in blocks for line in block)
    long = sum(len(line.text) > UNWRAPPED for block in blocks for line in block)
    filled = sum(len(block) > 2 and len(block[0].text) > LEAD for block in blocks)
    return _Page(base, max(wrapped, default=0), starts, dashes > 1, wrapped=long <= filled)


def _pieces(block: list[_Line], page: _Page) -> Iterator[Piece]:
    """The pieces of one block: headings at its head are taken off first."""
    if _RULE.fullmatch(block[0].text):
        yield Piece("rule", "###" if "#" in block[0].text else "", block[0].number)
        if len(block) > 1:
            yield from _pieces(block[1:], page)
        return
    underline = next((i for i, line in enumerate(block[:4]) if i and _UNDERLINE.fullmatch(line.text)), None)
    if underline is not None and all(len(line.text) < UNWRAPPED for line in block[:underline]):
        level = 1 if block[underline].text[0] == "=" else 2
        yield Piece("heading", _text(block[:underline]), block[0].number, level=level)
        if block[underline + 1 :]:
            yield from _pieces(block[underline + 1 :], page)
        return
    if hashes := _HASHES.match(block[0].text):
        yield Piece("heading", block[0].text[hashes.end() :].rstrip("# "), block[0].number, level=len(hashes[1]))
        if block[1:]:
            yield from _pieces(block[1:], page)
        return
    capitals = next((i for i, line in enumerate(block) if not _is_capitals(line.text)), len(block))
    # Where no line is wrapped each one is a heading of its own.
    for lines in [block[:capitals]] if page.wrapped else [[line] for line in block[:capitals]]:
        if lines:
            yield Piece("heading", _text(lines), lines[0].number, level=2)
    if block[capitals:]:
        yield from _body(block[capitals:], page)


def _is_capitals(line: str) -> bool:
    """Whether a line is a heading in capitals: some words, no sentence, no dateline's dash, no label's colon."""
    letters = sum(c.isalpha() for c in line)
    return line.isupper() and letters > 3 and len(line) <= 100 and line[-1] not in ".,:;–—-" and " (" not in line


def _body(block: list[_Line], page: _Page) -> Iterator[Piece]:
    if _is_table(block):
        for line in block:
            cells = [cell.strip() for cell in _CELLS.split(line.text) if cell.strip(" |-+=")]
            if cells:
                yield Piece("table", " | ".join(cells), line.number)
        return
    if len(block) == 1 and _is_numbered_heading(block[0].text):
        found = _HEADING_NUMBER.match(block[0].text)
        yield Piece(
            "heading", block[0].text, block[0].number, level=2 + (found[0].strip(" .").count(".") if found else 0)
        )
        return
    quoted = all(line.text.startswith(">") for line in block)
    if quoted:
        block = [_Line(line.number, line.indent, line.text.lstrip("> ")) for line in block if line.text.strip("> ")]
    indented = all(line.indent >= page.indent + 2 for line in block) and not page.first_line_indents
    markup: Markup = "block_quote" if quoted or indented else "paragraph"
    for item, lines in _parts(block, page):
        yield Piece("list_item" if item else markup, _text(lines), lines[0].number)


def _is_table(block: list[_Line]) -> bool:
    return len(block) > 1 and all(_COLUMN_GAP.search(line.text) or _RULE.fullmatch(line.text) for line in block)


def _is_numbered_heading(line: str) -> bool:
    found = _HEADING_NUMBER.match(line)
    if not found:
        return False
    rest = line[found.end() :]
    return len(rest.split()) <= 10 and not _ENDED.search(rest) and rest[-1] not in ",;" and rest[0].isupper()


def _parts(block: list[_Line], page: _Page) -> Iterator[tuple[bool, list[_Line]]]:
    """The list items and paragraphs of a block: whether it is an item, and its lines."""
    current: list[_Line] = []
    item = False
    loose = len(block) <= 6 and not any(_SENTENCE.search(line.text) for line in block)
    for line in block:
        marker = _marker(line.text, page)
        starts = marker is not None and (not current or item or _leads_to_list(current))
        if current and (starts or _new_paragraph(current, line, page, item=item, loose=loose)):
            yield item, current
            current, item = [], False
        item = item or starts
        current.append(_Line(line.number, line.indent, line.text[marker:]) if starts else line)
    if current:
        yield item, current


def _leads_to_list(lines: list[_Line]) -> bool:
    """Whether a list may follow without an empty line: after a colon, or a line of its own such as "Notes"."""
    return lines[-1].text.endswith(":") or (len(lines) == 1 and len(lines[0].text) < LEAD and lines[0].text[-1] != ",")


def _marker(text: str, page: _Page) -> int | None:
    """How long the bullet or number is that `text` starts with; a lone dash is a signature's, or an aside's."""
    if text[0] in "–—" and not page.dash_items:
        return None
    found = _BULLET.match(text) or _NUMBERED.match(text)
    return found.end() if found else None


def _new_paragraph(current: list[_Line], line: _Line, page: _Page, *, item: bool, loose: bool) -> bool:
    """Whether `line` starts a paragraph though no empty line stands before it.

    In a `loose` block no line ends a sentence: titles, addresses, signatures.
    """
    last = current[-1]
    if line.text[0].islower():
        return False
    room = page.width - len(last.text) - 1 - len(line.text.split(maxsplit=1)[0])
    if not page.wrapped or len(last.text) > UNWRAPPED:
        return True
    if not _ENDED.search(last.text):
        return loose and room >= SHORT_LINE and last.text[-1] not in ",-–—"
    if _LABEL.match(line.text):
        return True
    if not item and line.indent > last.indent + 1 and line.indent > page.indent:
        return True
    return room >= SLACK and not (item and line.indent > page.indent)


def _text(lines: list[_Line]) -> str:
    return "\n".join(line.text for line in lines)
