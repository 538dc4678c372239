"""Finds the dates that a document gives, and resolves them to intervals.

It knows what dates look like and what they count from; which act a date belongs to is the business of `clauses`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tablewright.clauses import counted_from, modified_noun, timed_verb
from tablewright.coders.dates import intervals
from tablewright.coders.dates.context import direction, extended, is_no_date
from tablewright.coders.dates.found import Found
from tablewright.coders.dates.intervals import Interval
from tablewright.coders.dates.rules import RULES, Rule
from tablewright.coders.dates.words import ANCHORS, letters, number, unit
from tablewright.knowledge.named_days import load_named_days
from tablewright.parse import Parse, Sentence
from tablewright.records import DateSpan, Document

_ANCHOR = re.compile(f"[{''.join(sorted(ANCHORS))}Z]")
_COUNTING = frozenset({"counted", "counted-after", "neighbour", "neighbour-part"})
_YEARLESS = frozenset({"month-day", "day-month"})
_NOMINAL = frozenset({"NOUN", "PROPN", "DET", "PRON", "ADJ", "NUM", "VERB"})


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
        spans: list[DateSpan] = []
        counted: list[tuple[re.Match[str], Rule]] = []
        for match, rule in _matches(line):
            if rule.name == "counted-after" and self.clause_after(sentence.first + match.end()) is not None:
                counted.append((match, rule))
            elif (date := self.date(sentence, line, words, match, rule)) is not None:
                spans.append(date)
        for match, _ in counted:
            if (date := self.counted_after(sentence, words, match, spans)) is not None:
                spans.append(date)
        yield from sorted(spans, key=lambda date: date.start)

    def date(
        self, sentence: Sentence, line: str, words: list[str], match: re.Match[str], rule: Rule
    ) -> DateSpan | None:
        """The date that `rule` finds at `match`, or None if it is none or cannot be resolved."""
        first, stop = sentence.first + match.start(), sentence.first + match.end()
        if is_no_date(self.parse, rule.name, line, sentence.first, first, stop):
            return None
        if rule.name == "counted-after" and stop < sentence.stop and self.parse.pos[stop] in _NOMINAL:
            return None  # "two days before landfall": nothing tells when that was
        if rule.name == "ahead" and self.parse.pos[self.parse.heads[first]] not in {"VERB", "AUX"}:
            return None  # "the worst crisis in ten years"
        interval = self.resolved(match, rule, words, first, stop)
        if interval is None:
            return None
        whole = extended(self.parse, line, sentence.first, first, stop, interval)
        if whole is None:
            return None
        self.remember(rule, whole[1], first, stop)
        return self.span(whole[0], stop, whole[1])

    def clause_after(self, stop: int) -> int | None:
        """The verb of the clause that the "after" or "before" ahead of token `stop` opens; None before a noun."""
        parse, way = self.parse, stop - 1
        if parse.deps[way] == "mark":
            return parse.heads[way]
        return parse.child(way, "pcomp")

    def counted_after(
        self, sentence: Sentence, words: list[str], match: re.Match[str], spans: list[DateSpan]
    ) -> DateSpan | None:
        """ "A day after they met": counts from the meeting's date to the main act, or from the main act's back."""
        first, stop = sentence.first + match.start(), sentence.first + match.end()
        verb = self.clause_after(stop)
        count, name = number(words[match.start("count")]), unit(words[match.start("unit")])
        if verb is None or count is None or name == "hour":
            return None
        ahead = count if words[match.start("way")] == "after" else -count
        timed = {timed_verb(self.parse, each): each for each in reversed(spans)}
        main = timed.get(counted_from(self.parse, verb))
        base = timed.get(verb)
        if main is not None:
            found = intervals.step(_interval(main), -ahead, name)
        else:
            start = _interval(base) if base is not None else self.past
            found = intervals.step(start, ahead, name) if start is not None else None
            if found is not None:
                self.past = self.latest = found
        return self.span(first, stop, found) if found is not None else None

    def resolved(self, match: re.Match[str], rule: Rule, words: list[str], first: int, stop: int) -> Interval | None:
        """What the words of `match` mean here."""

        def looks() -> str:
            return direction(self.parse, first, stop)

        base = self.past
        if rule.name in _COUNTING and looks() == "future":
            base = self.latest
        interval = rule.resolve(Found(match, words, self.today, base, looks))
        return self.known_year(interval, stop) if rule.name in _YEARLESS and interval is not None else interval

    def known_year(self, interval: Interval, stop: int) -> Interval:
        """ "The September 11 attacks": the day that such words stand for, or `interval` as it is."""
        parse, start = self.parse, interval.start
        if start is None or stop >= len(parse) or (parse.words[stop - 1].isdigit() and len(parse.words[stop - 1]) == 4):
            return interval
        year, nouns = load_named_days().get((start.month, start.day), (0, frozenset[str]()))
        near = {*parse.lower[stop : stop + 4], *parse.lower[max(0, stop - 6) : stop - 2]}
        return intervals.day(start.replace(year=year)) if nouns & near else interval

    def remember(self, rule: Rule, interval: Interval, first: int, stop: int) -> None:
        """Keeps the date as what later words may count from. The year in a name dates no act of the story."""
        if interval.start is None or interval.end is None:
            return
        if rule.name == "year" and modified_noun(self.parse, first, stop) is not None:
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


def _interval(date: DateSpan) -> Interval:
    return Interval(date.date_start, date.date_end, date.precision)


def _matches(line: str) -> list[tuple[re.Match[str], Rule]]:
    """What the rules find in a line of letters, in order; an earlier rule's words are not taken again."""
    found: list[tuple[re.Match[str], Rule]] = []
    for rule in RULES:
        for match in rule.pattern.finditer(line):
            if all(match.end() <= other.start() or match.start() >= other.end() for other, _ in found):
                found.append((match, rule))
    return sorted(found, key=lambda each: each[0].start())
