"""Paragraphs that a page's end, or a conversion, broke in two, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from tablewright.readers.pieces import PROSE, Piece

_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*_]*(?:\[\^?\w+\]|[¹²³⁴-⁹⁰])*$")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|Prof|St|vs|No)\.)$")
_OPENERS = "[(“‘\"'*_«„"
# After these words a sentence has to go on.
_UNFINISHED = re.compile(
    r"(?:(?:^|\s)(?:the|an?|of|and|or|to|in|on|at|by|for|from|with|as|that|which|who|whose|its|their|our|is|are|was"
    r"|were|be|has|have|had|will|would|but|than|between|into|over|under|about|after|before|against|among|not|said"
    r"|President|Minister|Secretary|General|Mr|Mrs|Ms|Dr)|[(,–—$€£])$",
)
_BROKEN_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?:#|https?://[^\s()]{0,2000}|/[^\s()]{0,2000})?\)")
_BROKEN_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*]{1,300}?)(?<=\S)\1(?![\w*])")
_TAIL = 200
"""Characters before a break that are looked at: more than the shortest paragraph that may go on has."""
_SEAM = 400
"""Characters before a break in which broken markup may have begun."""
_SHORT = 6
"""Words; a list item or line below this may well be complete without a full stop."""


def join_broken(pieces: Iterable[Piece], dropped: frozenset[int]) -> list[Piece]:
    """Puts paragraphs together that were one: the first stops in mid-sentence and the second goes on with it.

    `dropped` are the numbers of the lines where a page ended: across one, less is asked of the second.
    """
    joined: list[Piece] = []
    for piece in pieces:
        if piece.markup == "page_break":
            continue
        last = joined[-1] if joined else None
        if last is not None and _belong(last, piece, _page_ended(last, piece, dropped)):
            joined[-1] = _together(last, piece)
        else:
            joined.append(piece)
    return joined


def _page_ended(first: Piece, second: Piece, dropped: frozenset[int]) -> bool:
    # A piece of many lines is counted from its last line.
    last_line = first.line + first.text.count("\n")
    return not dropped.isdisjoint(range(last_line, second.line + 1))


def _belong(first: Piece, second: Piece, page_ended: bool) -> bool:
    if first.markup == "heading" and second.markup == "heading" and first.level == second.level:
        return second.text[:1].islower() and not _ENDED.search(first.text)
    if first.markup not in PROSE or second.markup not in ("paragraph", first.markup):
        return False
    if second.markup == "list_item" and not page_ended:
        return False
    if first.emphasis != second.emphasis and first.emphasis is not None:
        return False
    start = second.text[:_TAIL].lstrip(_OPENERS)[:1]
    tail = first.text[-_TAIL:].rstrip()
    if _ENDED.search(tail):
        return start.islower() and bool(_ABBREVIATED.search(tail))
    words = len(tail.split())
    if start.islower():
        return words >= _SHORT or page_ended
    if _UNFINISHED.search(first.text.rstrip()) and words >= 2 * _SHORT:
        return page_ended or first.text.rstrip()[-1] != ","
    return page_ended and words >= _SHORT


def _together(first: Piece, second: Piece) -> Piece:
    """The two as one; markup that lay across the break is resolved now that its ends have met."""
    settled, seam = first.text[:-_SEAM], f"{first.text[-_SEAM:]}\n{second.text}"
    seam = _BROKEN_EMPHASIS.sub(r"\2", _BROKEN_LINK.sub(r"\1", seam))
    emphasis = first.emphasis if first.emphasis == second.emphasis else None
    return replace(first, text=settled + seam, emphasis=emphasis)
