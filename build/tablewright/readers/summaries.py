"""The box of points that a news site sets above a report, which says again what the report says."""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.readers.pieces import Piece
from tablewright.readers.prose import ends_sentence, one_line

_NAMES = frozenset({
    "summary", "key points", "key takeaways", "takeaways", "highlights", "at a glance", "in brief", "in short", "the gist",
    "what to know",
})  # fmt: skip
_LINES_ABOVE = 8
"""Pieces that may stand above the box: title, byline, day, rubric."""


def mark_summary(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of a box of points above the text as standfirst.

    Only a list of headlines right above the first paragraph is one. Points that are sentences may be a study's own text,
    and under its "Summary" a heading follows, or prose.
    """
    marked = list(pieces)
    start = next((at for at, piece in enumerate(marked[:_LINES_ABOVE]) if _is_name(piece)), None)
    if start is None or any(_is_prose(piece) for piece in marked[:start]):
        return marked
    end = start + 1
    while end < len(marked) and marked[end].markup == "list_item" and marked[end].kind is None:
        end += 1
    sentences = any(ends_sentence(one_line(piece.text)) for piece in marked[start + 1 : end])
    if start + 1 < end < len(marked) and marked[end].markup == "paragraph" and not sentences:
        marked[start:end] = [piece.of_kind("standfirst") for piece in marked[start:end]]
    return marked


def _is_name(piece: Piece) -> bool:
    return piece.kind is None and one_line(piece.text).strip(" :*").casefold() in _NAMES


def _is_prose(piece: Piece) -> bool:
    return piece.kind is None and piece.markup == "paragraph" and len(piece.text) > 80 and ends_sentence(piece.text)
