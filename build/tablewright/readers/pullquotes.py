"""Pull quotes: words of the body that the layout shows a second time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tablewright.readers.pieces import Piece

_WORDS = re.compile(r"\w+")
_ELLIPSIS = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.+\]?)\s*")
_ATTRIBUTION = re.compile(r"\s*(?:—|–|--|\n\s*-)\s*[^—–]{1,80}$")
LONGEST = 60
"""Words; no pull quote is longer."""
_TOO_MUCH = 300_000
"""Characters of body beyond which unmarked paragraphs are not compared with all others."""


def pull_quotes(pieces: Sequence[Piece], body: Mapping[int, str]) -> frozenset[int]:
    """The indexes, among `body` (indexes of body pieces and their `plain_words`), of those that repeat another's words.

    A quotation block, or a paragraph in bold or italics, needs three words; a plain paragraph eight. Of equal
    paragraphs the first is the text.
    """
    plain = [index for index in body if pieces[index].markup != "block_quote" and not pieces[index].emphasis]
    texts = {index: body[index] for index in plain}
    counts = Counter(texts.values())
    firsts: dict[str, int] = {}
    whole = " | ".join(texts.values())
    found: set[int] = set()
    for index in body:
        piece = pieces[index]
        if len(piece.text) > 10 * LONGEST:
            continue
        if index not in texts:
            if _repeats(piece.text, whole, 3):
                found.add(index)
        elif len(whole) <= _TOO_MUCH and 8 <= texts[index].count(" ") + 1 <= LONGEST:
            own = texts[index]
            if firsts.setdefault(own, index) != index or (
                counts[own] == 1 and whole.find(own, whole.find(own) + 1) >= 0
            ):
                found.add(index)
    return frozenset(found)


def repeats_body(text: str, body: str) -> bool:
    """Whether a heading's words are those of a sentence in the body: it is a pull quote set as a heading.

    `body` holds the paragraphs' `plain_words`, parted by " | ".
    """
    return _repeats(text, body, 5)


def _repeats(text: str, whole: str, least: int) -> bool:
    for candidate in (text, _ATTRIBUTION.sub("", text)):
        parts = [plain_words(part) for part in _ELLIPSIS.split(candidate)]
        parts = [part for part in parts if part]
        if sum(part.count(" ") + 1 for part in parts) >= least and all(f" {part} " in f" {whole} " for part in parts):
            return True
    return False


def plain_words(text: str) -> str:
    """The words of a text in small letters, with a space between."""
    return " ".join(_WORDS.findall(text.casefold()))
