"""What stands above the text: title, byline, date, standfirst; where it ends; and what it states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tablewright.readers.datelines import split_dateline
from tablewright.readers.lines import authors_of, classify, is_names_line, is_office_line
from tablewright.readers.matter import is_kicker, is_release_marker, section_kind
from tablewright.readers.pieces import PROSE, Piece, Stated
from tablewright.readers.prose import ends_sentence, ends_with_stop, one_line
from tablewright.records import BlockKind

_HEADING_WORDS = 14
_TITLE_WORDS = 30
_STANDFIRST_WORDS = 60
_TOP_KINDS: frozenset[BlockKind | None] = frozenset({"title", "standfirst", "byline", "dateline"})
_MASTHEAD = re.compile(
    r"(?:the )?(?:[\w’'-]+ ){0,3}(?:times|post|news|newsline|herald|review|gazette|journal|tribune|observer|daily|weekly"
    r"|monitor|bulletin|magazine|star|mail|express|chronicle|standard|telegraph|guardian|independent)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\w+")

Known = tuple[BlockKind, Stated] | None


def first_prose(pieces: Sequence[Piece]) -> int:
    """The index of the first piece that is text and no top matter."""
    for index, piece in enumerate(pieces):
        if piece.kind in _TOP_KINDS:
            continue
        if piece.speaker or piece.kind or piece.markup == "list_item":
            return index
        if piece.markup not in PROSE or piece.emphasis:
            continue
        text = one_line(piece.text)
        words = text.count(" ") + 1
        if split_dateline(text, first=True) and words > 12:
            return index
        lines = piece.text.split("\n")
        if classify(lines[0]) or (len(lines) <= 3 and any(map(classify, lines))):
            continue
        if words > _STANDFIRST_WORDS:
            return index
        if ends_sentence(text) and words >= (5 if index else 12) and not _over_a_byline(pieces, index):
            return index
    return len(pieces)


def _over_a_byline(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what follows a sentence is a byline or the date: then it stands above the text, under the title."""
    if not index or index + 1 == len(pieces):
        return False
    following = pieces[index + 1]
    found = classify(one_line(following.text)) if following.markup == "paragraph" and not following.kind else None
    return found is not None and found[0] in {"byline", "dateline"}


def top_matter(head: Sequence[Piece], body: Piece | None, stated: Stated) -> list[Piece]:
    """The pieces above the text with their kinds; what they state goes into `stated`.

    `body` is the first piece of the text: if it starts with a dateline, all that is above belongs to the title.
    """
    known = [_known_by_form(piece) for piece in head]
    title = _title_index(head, known, stated)
    opened = bool(body and split_dateline(one_line(body.text), first=True))
    last_mark = max((index for index, found in enumerate(known) if found), default=-1)
    settled: list[Piece] = []
    for index, piece in enumerate(head):
        found = known[index]
        if piece.kind or piece.markup in {"rule", "page_break"}:
            settled.append(piece)
            continue
        if index == title:
            kind: BlockKind = "title"
            stated.fill(Stated(title=one_line(piece.text)))
        elif found:
            kind = found[0]
            stated.fill(found[1])
        else:
            above = settled[-1] if settled else None
            kind = _by_place(
                piece, index - (title if title is not None else -1), above, stated, opened or last_mark > index
            )
            if kind == "standfirst" and index == len(head) - 1 and title is not None and index > title + 1:
                kind = "heading" if looks_like_heading(one_line(piece.text), piece.emphasis) else kind
        settled.append(piece.of_kind(kind))
    return settled


def _known_by_form(piece: Piece) -> Known:
    """What a piece's words say that it is. A heading can say only that this is a release, or in which rubric it is."""
    if piece.markup == "caption" or not piece.text.strip():
        return None
    found = classify(one_line(piece.text), italic=piece.emphasis == "italic")
    if piece.markup == "heading" and found and not (found[0] in {"notes", "contact"} or is_kicker(piece.text)):
        return None
    return found


def _title_index(head: Sequence[Piece], known: Sequence[Known], stated: Stated) -> int | None:
    """Which piece is the title: the first heading of the first level, or the first line that is nothing else."""
    if any(found and found[0] == "title" for found in known):
        return None
    free = [index for index, piece in enumerate(head) if known[index] is None and _may_be_title(piece)]
    ones = [index for index in free if head[index].markup == "heading" and head[index].level == 1]
    if stated.title is not None:
        same = [index for index in free if _same(head[index].text, stated.title)]
        return next(iter(same + ones), None)
    if ones:
        return ones[0]
    if not free:
        return None
    letterhead = _letterhead(head, known, free)
    if letterhead:
        if stated.publisher is None and len(letterhead) == 1:
            stated.publisher = one_line(head[letterhead[0]].text)
        free = free[len(letterhead) :]
    headings = [index for index in free[:2] if head[index].markup == "heading"]
    return (headings or free)[0]


def _may_be_title(piece: Piece) -> bool:
    text = one_line(piece.text)
    words = text.count(" ") + 1
    sentence = words > 8 and text.endswith(".") and piece.markup != "heading"
    return (
        piece.markup in {"heading", "paragraph", "block_quote"}
        and piece.kind is None
        and len(text) > 0
        and words <= _TITLE_WORDS
        and text[-1] not in ",;:"
        and not sentence
        and piece.emphasis != "italic"
    )


def _letterhead(head: Sequence[Piece], known: Sequence[Known], free: Sequence[int]) -> list[int]:
    """The lines that name the issuer above the title: in a release those above its number or date; a masthead."""
    dates = [index for index, found in enumerate(known) if found and found[0] == "dateline"]
    released = [index for index, piece in enumerate(head) if is_release_marker(one_line(piece.text))]
    marks = sorted(dates + released)
    if not marks or not any(index > marks[-1] for index in free):
        return []
    above = [index for index in free if index < marks[-1]]
    if released:
        return above
    masthead = len(above) == 1 and dates and _MASTHEAD.fullmatch(one_line(head[above[0]].text))
    return above if masthead else []


def _by_place(piece: Piece, distance: int, above: Piece | None, stated: Stated, more_to_come: bool) -> BlockKind:
    """The kind of a piece that does not say what it is, by where it stands.

    `distance` counts pieces from the title; `more_to_come`: a byline, date or dateline follows below.
    """
    if piece.markup in {"table", "caption", "footnote", "code"}:
        return piece.markup
    if piece.emphasis == "italic" and above is not None and above.kind == "caption":
        return "caption"
    if distance < 0:
        return "credit"
    if piece.markup == "heading":
        return "standfirst" if more_to_come and distance == 1 else "heading"
    text = one_line(piece.text)
    if is_names_line(text) and stated.authors is None:
        stated.authors = authors_of(text)
        return "byline"
    if above is not None and above.kind == "byline" and is_office_line(text):
        return "byline"
    return "heading" if section_kind(text) else "standfirst"


def _same(text: str, title: str) -> bool:
    """Whether a line repeats a title, in whole or with its first or last words left out."""
    ours, theirs = (" ".join(_PLAIN.findall(part.casefold())) for part in (text, title))
    return bool(ours) and (ours == theirs or (len(ours) > 15 and (ours in theirs or theirs in ours)))


def looks_like_heading(text: str, emphasis: str | None) -> bool:
    """A short line without a full stop that starts as a heading does; in bold also a question, or with a colon."""
    words = text.count(" ") + 1
    if not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "“\"‘'¿"):
        return False
    if emphasis == "strong":
        return words <= _HEADING_WORDS and (text[-1] in "?:" or not ends_with_stop(text))
    return words <= 10 and not ends_with_stop(text) and emphasis is None
