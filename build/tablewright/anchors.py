"""Finding words again in a text that has changed: by the exact words, and by what stood around them.

Web annotations do the same (W3C's TextQuoteSelector: exact, prefix, suffix), but follow a quote that was itself
changed by likeness. Here a quote that no longer stands in the text is gone: nothing is guessed.

White space does not count: a quote and its surroundings have one space where the text may have a paragraph's end, so
that they fit on a line of a CSV file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

CONTEXT = 32
"""Characters that are kept of what stands before and after a quote; more where they do not tell it from another."""

# How much of the surroundings must have stayed for a place to be the one meant, where not all of them did.
_WHOLE_SIDE = 12
_BOTH_SIDES = 8
# Words so many that their standing in the text once is proof enough.
_TELLING = 32
# How much better than the next the best place has to fit.
_MARGIN = 8
# How far from a row its speaker or its cue may stand, in characters.
_REACH = 2000

_SPACE = re.compile(r"\s+")

Span = tuple[int, int]
Failure = Literal["gone", "moved", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in a text and what stands right before and after them; `prefix` and `suffix` may be empty."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def flat(text: str) -> str:
    """`text` with each run of white space as one space."""
    return _SPACE.sub(" ", text)


class Text:
    """A canonical text made ready for looking up quotes in it. All offsets are those of the text as given."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._flat = flat(text)
        # The runs of more than one white space: where they start in the text and in the flat one, and how many
        # characters the flat one is short of after each.
        self._runs: list[int] = []
        self._breaks: list[int] = []
        self._removed: list[int] = [0]
        if len(self._flat) != len(text):
            removed = 0
            for run in _SPACE.finditer(text):
                if run.end() - run.start() > 1:
                    self._runs.append(run.start())
                    self._breaks.append(run.start() - removed)
                    removed += run.end() - run.start() - 1
                    self._removed.append(removed)

    def locate(self, quote: Quote) -> Span | Failure:
        """Where the quote stands, or why that cannot be said.

        "gone": the words are not in the text. "moved": they are, but not in those surroundings. "ambiguous": they
        stand in more than one place that fits equally.
        """
        exact, prefix, suffix = flat(quote.exact).strip(), flat(quote.prefix), flat(quote.suffix)
        if not exact:
            return "gone"
        whole = prefix + exact + suffix
        first = self._flat.find(whole)
        if first >= 0 and (prefix or suffix):
            if self._flat.find(whole, first + 1) >= 0:
                return "ambiguous"
            return self._span(first + len(prefix), exact)
        return self._best(exact, prefix, suffix)

    def contains(self, words: str) -> bool:
        """Whether the words stand anywhere in the text."""
        return flat(words).strip() in self._flat

    def occurrences(self, words: str, start: int = 0, end: int | None = None) -> list[Span]:
        """Every place between `start` and `end` where `words` stand as whole words, in the order of the text."""
        exact = flat(words).strip()
        last = len(self._flat) if end is None else self._to_flat(end)
        return [self._span(at, exact) for at in self._places(exact, "", "", self._to_flat(start), last)]

    def beside(self, quote: Quote) -> Span | None:
        """The one place where the quote's words stand right after its prefix and right before its suffix, of which a
        person may have given the last and the first words alone; None if there is none, or more than one.
        """
        exact, prefix, suffix = (flat(part).strip() for part in (quote.exact, quote.prefix, quote.suffix))
        found = [
            at
            for at in self._places(exact, "", "", 0, len(self._flat))
            if self._flat[:at].rstrip().endswith(prefix) and self._flat[at + len(exact) :].lstrip().startswith(suffix)
        ]
        return self._span(found[0], exact) if len(found) == 1 else None

    def surroundings(self, start: int, end: int) -> Quote:
        """The quote at `start` to `end` with as much of its surroundings as tells it from all other places."""
        first, last = self._to_flat(start), self._to_flat(end)
        width = CONTEXT
        while True:
            before = self._flat[max(0, first - width) : first]
            if first > width:
                before = _from_word(before)
            after = self._flat[last : last + width]
            if last + width < len(self._flat):
                after = _to_word(after)
            exact = self._flat[first:last]
            whole = before + exact + after
            at = self._flat.find(whole)
            if self._flat.find(whole, at + 1) < 0 or width > len(self._flat):
                return Quote(exact, before, after)
            width *= 2

    def _best(self, exact: str, prefix: str, suffix: str) -> Span | Failure:
        places = self._places(exact, prefix, suffix, 0, len(self._flat))
        if not places:
            return "gone"
        if not (prefix or suffix) or (len(places) == 1 and len(exact) >= _TELLING):
            return self._span(places[0], exact) if len(places) == 1 else "ambiguous"
        fits: list[tuple[int, int]] = []
        for at in places:
            left = _common_end(self._flat[max(0, at - len(prefix)) : at], prefix)
            right = _common_start(self._flat[at + len(exact) : at + len(exact) + len(suffix)], suffix)
            if _is_place(left, len(prefix), right, len(suffix)):
                fits.append((left + right, at))
        if not fits:
            return "ambiguous" if len(exact) >= _TELLING else "moved"
        fits.sort(reverse=True)
        if len(fits) > 1 and fits[0][0] - fits[1][0] < _MARGIN:
            return "ambiguous"
        return self._span(fits[0][1], exact)

    def _places(self, exact: str, prefix: str, suffix: str, first: int, last: int) -> list[int]:
        """Where `exact` stands, parted from its neighbours as `prefix` and `suffix` say that it was."""
        parted_before = not _joined(prefix[-1:], exact[:1])
        parted_after = not _joined(exact[-1:], suffix[:1])
        places: list[int] = []
        at = self._flat.find(exact, first, last)
        while at >= 0:
            after = at + len(exact)
            in_word = parted_before and _joined(self._flat[max(0, at - 1) : at], exact[:1])
            in_word = in_word or (parted_after and _joined(exact[-1:], self._flat[after : after + 2]))
            if not in_word:
                places.append(at)
            at = self._flat.find(exact, at + 1, last)
        return places

    def _span(self, at: int, exact: str) -> Span:
        return self._to_text(at), self._to_text(at + len(exact) - 1) + 1

    def _to_text(self, offset: int) -> int:
        # A run's one space is the first character of the run.
        return offset + self._removed[bisect_left(self._breaks, offset)]

    def _to_flat(self, offset: int) -> int:
        runs = bisect_left(self._runs, offset)
        if not runs:
            return offset
        return max(offset - self._removed[runs], self._breaks[runs - 1] + 1)


def nearest(
    text: Text, words: str, main: Span, sentence: Span, *, outside: bool = False, reach: bool = True
) -> Iterator[Span]:
    """The places where `words` may stand that belong to the row at `main`, the likeliest first.

    Inside the row's own words, then in its `sentence`, the nearer before the farther; the other way round with
    `outside`, as a speaker's name is not in what he says. With `reach` then those around the sentence.
    """

    def gap(span: Span) -> int:
        return main[0] - span[1] if span[1] <= main[0] else span[0] - main[1]

    def around(within: Span, without: Span) -> list[Span]:
        found = text.occurrences(words, *within)
        return sorted((each for each in found if not _inside(each, without) and not _inside(each, main)), key=gap)

    if not outside:
        yield from text.occurrences(words, *main)
    yield from around(sentence, main)
    if outside:
        yield from text.occurrences(words, *main)
    if reach:
        yield from around((max(0, main[0] - _REACH), min(len(text.text), main[1] + _REACH)), sentence)


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _is_place(left: int, prefix: int, right: int, suffix: int) -> bool:
    """Whether so much of the surroundings is left (`left` of `prefix` characters, …) that the place is the same."""
    if left == prefix and right == suffix:
        return True
    whole_side = (left == prefix >= _WHOLE_SIDE) or (right == suffix >= _WHOLE_SIDE)
    return whole_side or (left >= _BOTH_SIDES and right >= _BOTH_SIDES)


def _joined(one: str, other: str) -> bool:
    """Whether two neighbours are parts of one word or number: "7" and ".1" are."""
    if not one or not other:
        return False
    if one[-1].isalnum() and other[0].isalnum():
        return True
    return one[-1].isdigit() and len(other) > 1 and other[0] in ".," and other[1].isdigit()


def _common_end(one: str, other: str) -> int:
    # Some editors of CSV files drop the space at a cell's end.
    if not other.endswith(" ") and one.endswith(" "):
        one = one[:-1]
    count = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        count += 1
    return count


def _common_start(one: str, other: str) -> int:
    if not other.startswith(" ") and one.startswith(" "):
        one = one[1:]
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _from_word(before: str) -> str:
    """`before` from its first whole word on."""
    cut = before.find(" ") + 1
    return before[cut:] if cut < len(before) else before


def _to_word(after: str) -> str:
    """`after` up to its last whole word."""
    cut = after.rfind(" ")
    return after[:cut] if cut > 0 else after
