"""From what the markup says of each piece to its role in the document, in one pass from the top to the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tablewright.readers.attributions import is_attribution
from tablewright.readers.datelines import split_dateline
from tablewright.readers.lines import classify, split_lines
from tablewright.readers.marks import starts_with_mark
from tablewright.readers.matter import (
    aside_kind,
    is_boilerplate_heading,
    is_contact,
    is_end_mark,
    is_release_marker,
    is_signature,
    is_staff_credit,
    rights_in,
    section_kind,
)
from tablewright.readers.names import is_name
from tablewright.readers.pieces import PROSE, Markup, Piece, Stated
from tablewright.readers.prose import ends_with_stop, one_line
from tablewright.readers.pullquotes import plain_words, pull_quotes, repeats_body
from tablewright.readers.summaries import mark_summary
from tablewright.readers.top import first_prose, looks_like_heading, top_matter
from tablewright.records import BODY_KINDS, BlockKind

_BIO = re.compile(r"^(?:the (?:author|writer)s? (?:is|are|was|were)|(?:about|more from) the author)\b", re.IGNORECASE)


def assign_roles(pieces: Sequence[Piece], stated: Stated) -> list[Piece]:
    """Gives every piece its kind and fills in `stated` with what the text states; rules are left out.

    A piece's text may still have several lines; a kind that is already known (a speaker's label) stays.
    """
    pieces = mark_summary(pieces)
    first = first_prose(pieces)
    head = [line for piece in pieces[:first] for line in split_lines(piece)]
    released = any(is_release_marker(one_line(piece.text)) for piece in head)
    rest = [part for piece in pieces[first:] for part in _split_marks(piece, released=released)]
    settled = top_matter(head, rest[0] if rest else None, stated)
    settled += _sections(rest, stated, released=released, opening=not any(piece.kind == "heading" for piece in settled))
    settled = [piece for piece in settled if piece.markup not in {"rule", "page_break"}]
    settled = _tail(settled, stated)
    return _without_repeats(settled)


def _split_marks(piece: Piece, *, released: bool) -> list[Piece]:
    """Parts lines off that end a release or open its notes from the paragraph that they are set to."""
    lines = piece.text.split("\n")
    if len(lines) == 1 or piece.markup == "heading":
        return [piece]
    apart = [
        len(line) < 60
        and (
            is_end_mark(line)
            or section_kind(line) is not None
            or (released and number == 0 and is_boilerplate_heading(line))
        )
        for number, line in enumerate(lines)
    ]
    if not any(apart):
        return [piece]
    parts: list[Piece] = []
    opens = True
    for number, (line, alone) in enumerate(zip(lines, apart, strict=True)):
        if alone and (opens or is_end_mark(line) or line.rstrip().endswith(":")):
            markup: Markup = "paragraph" if is_end_mark(line) else "heading"
            parts.append(Piece(markup, line, piece.line + number, level=2))
            opens = True
        elif opens:
            parts.append(replace(piece, text=line, line=piece.line + number))
            opens = False
        else:
            parts[-1] = parts[-1].with_text(f"{parts[-1].text}\n{line}")
    return parts


def _sections(pieces: Sequence[Piece], stated: Stated, *, released: bool, opening: bool) -> list[Piece]:
    """The kinds from the first paragraph on: body text, and the sections that are not.

    `released`: this is a press release, whose "About UNHCR" is no chapter. `opening`: no heading stands above.
    """
    settled: list[Piece] = []
    mode: BlockKind | None = None
    mode_level = 0
    ended = False
    opens = True
    ends = _ends(pieces, released=released)
    for index, piece in enumerate(pieces):
        text = one_line(piece.text)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if index in ends:
            mode, ended = "notes", True
        if piece.markup == "rule" or is_end_mark(piece.text):
            if piece.markup != "rule":
                settled.append(piece.of_kind("notes"))
            continue
        above = pieces[index - 1] if index else None
        if not mode and not piece.kind and is_attribution(piece, above, following):
            settled.append(piece.of_kind(_body_kind(piece)))
            continue
        heading = piece.markup == "heading" or (not piece.kind and _is_unmarked_heading(piece, text, following))
        if heading:
            named = section_kind(text)
            if named is None and (released or ended) and is_boilerplate_heading(text):
                named = "notes"
            if named:
                mode, mode_level = named, piece.level or 9
            elif not ended and piece.markup == "heading" and piece.level <= mode_level:
                mode = None
            settled.append(piece.of_kind("heading"))
            opens = True
            continue
        if piece.emphasis == "italic" and settled and settled[-1].kind == "caption":
            settled.append(piece.of_kind("caption"))
            continue
        settled.append(_in_section(piece, text, mode, stated, opens=opens, first=opening and index == 0))
        opens = False
    return settled


def _ends(pieces: Sequence[Piece], *, released: bool) -> set[int]:
    """The indexes from which on the text is over: at the marks that end it, and below an agency's line of credits.

    "###" with much text below only parts two sections.
    """
    lengths = [len(piece.text) for piece in pieces]
    total = sum(lengths)
    ends = set()
    above = 0
    for index, piece in enumerate(pieces):
        if is_end_mark(piece.text) and above and (released or 3 * (total - above) < total):
            ends.add(index)
        elif above and is_staff_credit(piece.text) and 3 * (total - above) < total:
            ends.add(index + 1)
        above += lengths[index]
    return ends


def _in_section(piece: Piece, text: str, mode: BlockKind | None, stated: Stated, *, opens: bool, first: bool) -> Piece:
    """The piece with its kind; `text` is its text on one line."""
    if piece.kind:
        return piece
    if piece.markup in {"table", "caption", "footnote", "code"}:
        return piece.of_kind(piece.markup)
    if mode:
        return piece.of_kind("contact" if mode == "notes" and is_contact(text) else mode)
    if piece.markup == "block_quote" and text[0] in "—–" and text.count(" ") < 12:
        return piece.of_kind("credit")
    if starts_with_mark(text):
        return piece.of_kind("footnote")
    aside = aside_kind(text)
    if aside is None and is_contact(text):
        aside = "contact"
    if aside:
        if rights := rights_in(text):
            stated.fill(Stated(rights=rights))
        return piece.of_kind(aside)
    if dateline := None if piece.prefix else split_dateline(text, first=opens):
        if first or opens:
            stated.fill(dateline.stated)
        rest = _with_line_ends(dateline.rest, piece.text)
        return replace(piece, kind=_body_kind(piece), text=rest, prefix=("dateline", dateline.text))
    return piece.of_kind(_body_kind(piece))


def _with_line_ends(rest: str, text: str) -> str:
    """The end of a text, given on one line, with its line ends: they tell broken words from those with a hyphen."""
    first, *lines = text.split("\n")
    first = one_line(first)
    before = len(one_line(text)) - len(rest)
    return "\n".join([first[before:], *lines]) if before < len(first) else rest


def _body_kind(piece: Piece) -> BlockKind:
    return piece.markup if piece.markup in {"list_item", "block_quote"} else "paragraph"


def _is_unmarked_heading(piece: Piece, text: str, following: Piece | None) -> bool:
    """A short line without a full stop above a paragraph; in bold also with a question mark or colon."""
    if piece.markup not in {"paragraph", "list_item"} or piece.prefix or piece.speaker or not text:
        return False
    if len(text) < 60 and section_kind(text) and (piece.emphasis == "strong" or text[0].isupper()):
        return piece.markup == "paragraph"
    if following is None or following.markup not in PROSE | {"heading"} or following.emphasis == "strong":
        return False
    if piece.markup == "list_item":
        return (
            piece.emphasis == "strong" and following.markup != "list_item" and looks_like_heading(text, piece.emphasis)
        )
    if text.endswith(":") and following.markup == "list_item":
        return False
    return looks_like_heading(text, piece.emphasis) and len(following.text) > len(text)


def _tail(pieces: list[Piece], stated: Stated) -> list[Piece]:
    """Finds, from the last body piece upwards, the lines about the author and the signature under a text."""
    authors = [name for name in (stated.authors or "").split("; ") if name]
    body = [index for index, piece in enumerate(pieces) if piece.kind in BODY_KINDS]
    for index in reversed(body[1:]):
        piece = pieces[index]
        text = one_line(piece.text)
        if is_attribution(piece, pieces[index - 1], None):
            break
        found = classify(text.strip("()")) if text.count(" ") < 15 and not piece.prefix else None
        if found and found[0] in {"byline", "dateline"}:
            stated.fill(found[1])
        elif piece.prefix or not _is_credit(piece, text, authors):
            break
        pieces[index] = replace(piece, kind="credit", speaker=None)
    return pieces


def _is_credit(piece: Piece, text: str, authors: Sequence[str]) -> bool:
    words = text.count(" ") + 1
    if piece.emphasis == "italic" and words <= 150:
        return True
    if piece.markup != "paragraph" or words > 100:
        return False
    if _BIO.match(text) or any(
        text.startswith(name)
        and re.match(
            r",? (?:is|was|are|teaches|writes|heads|leads|served|has|works|directs|the|an?)\b", text[len(name) :]
        )
        for name in authors
    ):
        return True
    if text[0] in "—–-(" and words <= 12 and is_name(text.strip("—–-() ").split(",")[0]):
        return True
    if is_signature(text):
        return True
    # A last line in capitalised words that ends like no sentence is a signature: name, office, place.
    capitalised = sum(word[0].isupper() for word in text.split())
    return words <= 10 and not ends_with_stop(text) and 2 * capitalised > words


def _without_repeats(pieces: list[Piece]) -> list[Piece]:
    """Marks pull quotes, which repeat the body."""
    body = {index: plain_words(piece.text) for index, piece in enumerate(pieces) if piece.kind in BODY_KINDS}
    repeated = pull_quotes(pieces, body)
    words = " | ".join(text for index, text in body.items() if index not in repeated)
    settled: list[Piece] = []
    for index, piece in enumerate(pieces):
        pull = index in repeated or (
            piece.kind == "heading" and piece.text.count(" ") > 3 and repeats_body(piece.text, words)
        )
        settled.append(replace(piece, kind="pull_quote", speaker=None) if pull else piece)
    return settled
