"""Finds the dates that a document gives, and resolves them to intervals.

It knows what dates look like and what they count from; which act a date belongs to is the business of `clauses`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tablewright.coders.dates.context import attributive_noun, direction, extended, is_no_date
from tablewright.coders.dates.intervals import Interval
from tablewright.coders.dates.rules import RULES, Found, Rule
from tablewright.coders.dates.words import ANCHORS, letters
from tablewright.parse import Parse, Sentence
from tablewright.records import DateSpan, Document

_ANCHOR = re.compile(f"[{''.join(sorted(ANCHORS))}Z]")


@dataclass(slots=True)
class _Reader:
    """Reads one document. `past` is the last dated act that had happened, `latest` the last one of any kind."""

    text: str
    parse: Parse
    today: dt.date | None
    past: Interval | None = None
    latest: Interval | None = None

    def sentence(self, sentence: Sentence) -> Iterator[DateSpan]:
        """The dates of one sentence, in order."""
        line = letters(self.parse, sentence.first, sentence.stop)
        if not _ANCHOR.search(line):
            return
        words = self.parse.lower[sentence.first : sentence.stop]
        for match, rule in _matches(line):
            first, stop = sentence.first + match.start(), sentence.first + match.end()
            if is_no_date(self.parse, rule.name, line, sentence.first, first, stop):
                continue
            interval = self.resolved(match, rule, words, first, stop)
            if interval is None:
                continue
            whole = extended(self.parse, line, sentence.first, first, stop, interval)
            if whole is None:
                continue
            self.remember(rule, whole[1], first, stop)
            yield self.span(whole[0], stop, whole[1])

    def resolved(self, match: re.Match[str], rule: Rule, words: list[str], first: int, stop: int) -> Interval | None:
        """What the words of `match` mean here."""

        def looks() -> str:
            return direction(self.parse, first, stop)

        base = self.past
        if rule.name in {"counted", "counted-after", "neighbour"} and looks() == "future":
            base = self.latest
        return rule.resolve(Found(match, words, self.today, base, looks))

    def remember(self, rule: Rule, interval: Interval, first: int, stop: int) -> None:
        """Keeps the date as what later words may count from. The year in a name dates no act of the story."""
        if interval.start is None or interval.end is None:
            return
        if rule.name == "year" and attributive_noun(self.parse, first, stop) is not None:
            return
        self.latest = interval
        if self.today is None or interval.start <= self.today:
            self.past = interval

    def span(self, first: int, stop: int, interval: Interval) -> DateSpan:
        """The date as a value of its own."""
        start, end = self.parse.starts[first], self.parse.ends[stop - 1]
        return DateSpan(start, end, self.text[start:end], interval.start, interval.end, interval.precision)


def find_dates(document: Document, parse: Parse) -> tuple[DateSpan, ...]:
    """The dates of the body, in the order of the text, each resolved to an interval.

    Relative words count from `document.published_on` ("last week") or from the last dated act before them ("two days
    later"); what cannot be resolved so is left out.
    """
    reader = _Reader(document.text, parse, document.published_on)
    return tuple(date for sentence in parse.sentences for date in reader.sentence(sentence))


def _matches(line: str) -> list[tuple[re.Match[str], Rule]]:
    """What the rules find in a line of letters, in order; an earlier rule's words are not taken again."""
    found: list[tuple[re.Match[str], Rule]] = []
    for rule in RULES:
        for match in rule.pattern.finditer(line):
            if all(match.end() <= other.start() or match.start() >= other.end() for other, _ in found):
                found.append((match, rule))
    return sorted(found, key=lambda each: each[0].start())
