"""What stands above the text: title, byline, date, standfirst; where it ends; and what it states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tablewright.readers import matter
from tablewright.readers.datelines import split_dateline
from tablewright.readers.lines import authors_of, classify, is_names_line
from tablewright.readers.pieces import PROSE, Piece, Stated
from tablewright.records import BlockKind

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*$")
_OPEN_END = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_HEADING_WORDS = 14
_TITLE_WORDS = 30
_STANDFIRST_WORDS = 60


def first_prose(pieces: Sequence[Piece]) -> int:
    """The index of the first piece that is text and no top matter."""
    for index, piece in enumerate(pieces):
        if piece.speaker or piece.kind == "speaker_label" or piece.markup == "list_item":
            return index
        if piece.markup not in PROSE or piece.emphasis:
            continue
        text = " ".join(piece.text.split())
        words = text.count(" ") + 1
        if split_dateline(text, first=True) and words > 12:
            return index
        if any(classify(line, italic=False) for line in piece.text.split("\n")):
            continue
        if (words >= 12 and _SENTENCE_END.search(text)) or words > _STANDFIRST_WORDS:
            return index
        if index and _SENTENCE_END.search(text) and words >= 5 and piece.markup == "paragraph":
            return index
    return len(pieces)


def top_matter(head: Sequence[Piece], body: Piece | None, stated: Stated) -> list[Piece]:
    """The kinds of what stands above the text."""
    known = [_known_by_form(piece) for piece in head]
    marks = [index for index, found in enumerate(known) if found]
    title = _title_index(head, known, stated)
    opened = bool(body and split_dateline(" ".join(body.text.split()), first=True))
    settled: list[Piece] = []
    for index, piece in enumerate(head):
        found = known[index]
        if index == title:
            kind: BlockKind = "title"
            stated.fill(Stated(title=" ".join(piece.text.split())))
        elif piece.kind or piece.markup in {"rule", "page_break"}:
            settled.append(piece)
            continue
        elif found:
            kind = found[0]
            stated.fill(found[1])
        else:
            kind = _untold(piece, index, title, marks, opened, head, stated)
        settled.append(piece.of_kind(kind))
    return settled


def _known_by_form(piece: Piece) -> tuple[BlockKind, Stated] | None:
    """What a piece's own words say that it is. A heading may say only that this is a release, or which rubric it is in."""
    found = classify(piece.text, italic=piece.emphasis == "italic")
    if piece.markup == "heading" and found and not (found[0] in {"notes", "contact"} or matter.is_kicker(piece.text)):
        return None
    return found


def _title_index(head: Sequence[Piece], known: Sequence[object], stated: Stated) -> int | None:
    """Which piece is the title: the first heading, or the first short line that is nothing else."""
    headings = [index for index, piece in enumerate(head) if piece.markup == "heading"]
    ones = [index for index in headings if head[index].level == 1]
    free = [
        index
        for index, piece in enumerate(head)
        if known[index] is None
        and not piece.kind
        and piece.markup in {"heading", "paragraph", "block_quote"}
        and len(piece.text.split()) <= _TITLE_WORDS
        and not matter.is_release_marker(piece.text)
    ]
    if ones:
        return ones[0]
    marks = [
        index for index, piece in enumerate(head) if matter.is_release_marker(piece.text) or _is_date(known[index])
    ]
    released = any(matter.is_release_marker(piece.text) for piece in head)
    below = [index for index in free if marks and index > marks[-1]]
    if released and below and free[0] < marks[0] + len(marks):
        letterhead = [index for index in free if index < marks[-1]]
        if letterhead and stated.publisher is None and len(letterhead) == 1:
            stated.publisher = " ".join(head[letterhead[0]].text.split())
        return below[0]
    candidates = (
        [index for index in headings if index in free][:1] if headings and headings[0] in free[:2] else free[:1]
    )
    return candidates[0] if candidates else None


def _is_date(found: object) -> bool:
    return isinstance(found, tuple) and found[0] == "dateline"


def _untold(
    piece: Piece,
    index: int,
    title: int | None,
    marks: Sequence[int],
    opened: bool,
    head: Sequence[Piece],
    stated: Stated,
) -> BlockKind:
    """The kind of a piece above the text that does not say what it is."""
    if piece.markup in {"table", "caption", "footnote", "code"}:
        return piece.markup
    if title is None or index < title:
        return "heading" if piece.markup == "heading" and title is None else "credit"
    if piece.markup != "heading" and is_names_line(piece) and stated.authors is None:
        stated.authors = authors_of(piece.text)
        return "byline"
    more_to_come = opened or any(mark > index for mark in marks)
    if piece.markup == "heading":
        return "standfirst" if more_to_come and index == title + 1 else "heading"
    if matter.section_kind(piece.text) or (index == len(head) - 1 and index > title + 1 and looks_like_heading(piece)):
        return "heading"
    return "standfirst"


def looks_like_heading(piece: Piece) -> bool:
    text = " ".join(piece.text.split())
    words = text.count(" ") + 1
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"‘'¿"):
        return False
    if piece.emphasis == "strong":
        return words <= _HEADING_WORDS and (text[-1] in "?:" or not _OPEN_END.search(text))
    return words <= 10 and not _OPEN_END.search(text) and piece.emphasis is None
