"""The words of a match, and what relative words among them count from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tablewright.coders.dates import intervals as iv
from tablewright.coders.dates.intervals import Interval
from tablewright.coders.dates.words import PARTS, number, unit

SHIFTS = {"L": -1, "T": 0, "N": 1}
"""Last, this, next: how far from now."""


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a match by group, and what relative words count from.

    `today` is the publication date; `base` the last dated act before; `direction` tells whether the clause looks
    back ("past"), ahead ("future"), or neither ("near").
    """

    match: re.Match[str]
    words: Sequence[str]
    today: dt.date | None
    base: Interval | None
    direction: Callable[[], str]

    def has(self, group: str) -> bool:
        """Whether the pattern has `group` and it took part."""
        return group in self.match.re.groupindex and self.match.start(group) >= 0

    def letters(self, group: str) -> str:
        """The letters of `group`; empty if it took no part."""
        return self.match[group] if self.has(group) else ""

    def word(self, group: str) -> str:
        """The first word of `group`, in lower case; empty if it took no part."""
        return self.words[self.match.start(group)] if self.has(group) else ""

    def number(self, group: str) -> int | None:
        """The value of the number in `group`, or None."""
        return number(self.word(group))

    def year(self, group: str) -> int | None:
        """The year that `group` gives: in figures, or relative to `today` ("last year"); None without one."""
        if not self.has(group):
            return None
        letters = self.match[group]
        word = self.words[self.match.end(group) - 1]
        if letters.endswith("Y"):
            return int(word)
        if self.today is None or unit(word) != "year":
            return None
        shift = next((SHIFTS[letter] for letter in letters if letter in SHIFTS), 0)
        return self.today.year + shift


def in_part(found: Found, interval: Interval) -> Interval:
    for group in ("part", "edge"):
        if found.has(group):
            return iv.part(interval, PARTS[found.word(group)])
    return interval
