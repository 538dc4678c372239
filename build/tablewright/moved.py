"""Finding words again of which only the hash, the length and the place in another version of the text are known.

Where the text is the same the place is enough. Where it has changed, what was found before tells how far the text has
shifted there; after that every place at which a word starts is tried, the nearest first.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left

Span = tuple[int, int]

# A border of words, so that "NATO" is found in "NATO-Japan" as mentions have it.
_BORDER = re.compile(r"\b|(?<=\W)(?=\W)|^|$")
_MOST_WORDS = 40
_REACH = 20_000
"""Starts of words that are tried for one row, the nearest first: some 100,000 characters."""


class Finder:
    """Looks words up in `text`; with `same` it is the very text that the places count in."""

    def __init__(self, text: str, *, same: bool) -> None:
        self.text = text
        self._same = same
        # How far the text has shifted, by places in the text as it was, ascending.
        self._places: list[int] = []
        self._shifts: list[int] = []
        self._borders: list[int] | None = None
        self._hashes: dict[Span | None, dict[str, str]] = {}

    def find(self, start: int, end: int, sha256: str) -> Span | None:
        """Where the words with this hash stand that stood at `start` to `end`; None when they are not found."""
        if self._same:
            return (start, end) if self._is(start, end, sha256) else None
        for shift in self._likely(start):
            if self._is(start + shift, end + shift, sha256):
                return self._remember(start, start + shift, end + shift)
        length = end - start
        guess = start + self._likely(start)[0]
        borders = self._all_borders()
        at = bisect_left(borders, guess)
        near = borders[max(0, at - _REACH // 2) : at + _REACH // 2]
        for place in sorted(near, key=lambda each: abs(each - guess)):
            if self._is(place, place + length, sha256):
                return self._remember(start, place, place + length)
        return None

    def _likely(self, start: int) -> list[int]:
        """The shifts of what was found before and after `start`, then none at all."""
        at = bisect_left(self._places, start)
        return [*self._shifts[max(0, at - 1) : at + 1], 0]

    def _remember(self, start: int, place: int, end: int) -> Span:
        at = bisect_left(self._places, start)
        if at == len(self._places) or self._places[at] != start:
            self._places.insert(at, start)
            self._shifts.insert(at, place - start)
        return place, end

    def _is(self, start: int, end: int, sha256: str) -> bool:
        if not 0 <= start < end <= len(self.text):
            return False
        return hashlib.sha256(self.text[start:end].encode()).hexdigest() == sha256

    def _all_borders(self) -> list[int]:
        if self._borders is None:
            self._borders = sorted({match.start() for match in _BORDER.finditer(self.text)})
        return self._borders

    def words(self, sha256: str, within: Span | None) -> str | None:
        """The words with this hash in the paragraphs around `within`, or as a paragraph of the text (a heading)."""
        around = self._paragraphs(within) if within else None
        for place in (around, None):
            found = self._phrases(place).get(sha256)
            if found is not None:
                return found
        return None

    def _paragraphs(self, span: Span) -> Span:
        start = self.text.rfind("\n\n", 0, span[0])
        end = self.text.find("\n\n", span[1])
        return (start + 2 if start >= 0 else 0), (end if end >= 0 else len(self.text))

    def _phrases(self, place: Span | None) -> dict[str, str]:
        """Every run of up to `_MOST_WORDS` words in a place, by hash, with and without a stop after it; without a place
        every paragraph of the text.
        """
        if place in self._hashes:
            return self._hashes[place]
        if place is None:
            phrases = {paragraph.strip() for paragraph in self.text.split("\n\n")}
        else:
            text = self.text[slice(*place)]
            starts = [match.start() for match in re.finditer(r"(?<!\w)(?=\S)|(?<=\W)(?=\w)", text)]
            ends = [match.start() for match in re.finditer(r"(?<=\S)(?!\w)|(?<=\w)(?=\W)", text)]
            phrases = set()
            for start in starts:
                first = bisect_left(ends, start + 1)
                phrases |= {text[start:end] for end in ends[first : first + _MOST_WORDS]}
        # Our own words are a sentence, those of a text that they repeat often a part of one.
        phrases |= {f"{each}." for each in phrases}
        self._hashes[place] = {hashlib.sha256(each.encode()).hexdigest(): each for each in phrases}
        return self._hashes[place]
