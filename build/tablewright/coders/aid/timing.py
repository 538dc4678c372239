"""The date of a sum: of the giving, or of the promise to give."""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.clauses import date_of, is_clause_verb, outlook, timed_verb, words
from tablewright.coders.aid.frames import Frame
from tablewright.coders.aid.reading import Reading
from tablewright.coders.aid.sums import Sum
from tablewright.parse import Parse
from tablewright.records import DateSpan

_JOINING = frozenset({"and", ",", ";", "then", "but"})
_ARTICLES = frozenset({"a", "an", "another", "some", "about", "over", "nearly", "further"})
_ANNOUNCING = words("say announce tell declare confirm state promise pledge add")


def act_date(reading: Reading, frame: Frame, sums: Sequence[Sum]) -> DateSpan | None:
    """The date of the act; `sums` are all sums of the sentence, each of which may have a date of its own."""
    parse, dates = reading.parse, reading.dates
    if len(sums) > 1 and (own := _own_date(reading, frame, sums)) is not None:
        return own
    token = frame.top if frame.verb is None else frame.verb
    found = date_of(parse, dates, token)
    while found is None and (parse.deps[token] in {"xcomp", "advcl"} or _is_announced(parse, token)):
        token = parse.heads[token]
        found = date_of(parse, dates, token)
    return None if found is not None and _is_of_clause_before(parse, token, found) else found


def _is_announced(parse: Parse, verb: int) -> bool:
    """Whether to say so is the promise: "said on Tuesday that it would provide"."""
    announced = parse.deps[verb] == "ccomp" and parse.lemmas[parse.heads[verb]].lower() in _ANNOUNCING
    return announced and outlook(parse, verb) == "future"


def _own_date(reading: Reading, frame: Frame, sums: Sequence[Sum]) -> DateSpan | None:
    """The date beside one of several sums: "$25 million in 2021 and $30 million in 2022", "and in 2022 $30 million"."""
    parse, sentence, found = reading.parse, frame.sentence, frame.sum
    here = [date for date in reading.dates if sentence.start <= date.start < sentence.end]
    next_start = min((each.start for each in sums if each.start >= found.end), default=sentence.end)
    for date in here:
        if _leads(parse, date, found.start):
            return date
    for date in here:
        if not found.end <= date.start < next_start or _leads(parse, date, next_start):
            continue
        between = parse.tokens_between(found.end, date.start)
        if not any(is_clause_verb(parse, token) for token in between) and timed_verb(parse, date) is not None:
            return date
    return None


def _leads(parse: Parse, date: DateSpan, start: int) -> bool:
    """Whether a coordinated phrase begins with the date and goes on with the sum at `start`: "and in 2022 $30m"."""
    if date.end > start:
        return False
    first = parse.token_at(date.start)
    between = parse.tokens_between(date.end, start)
    if first is None or first == 0 or parse.lower[first - 1] not in _JOINING or len(between) > 2:
        return False
    return all(parse.lower[token] in _ARTICLES for token in between)


def _is_of_clause_before(parse: Parse, verb: int, date: DateSpan) -> bool:
    """Whether the date closes an earlier clause: "Norway gave 50 million in 2022 and Sweden pledged 120 million"."""
    subject = parse.child(verb, "nsubj", "nsubjpass")
    first, host = parse.token_at(date.start), timed_verb(parse, date)
    if parse.deps[verb] != "conj" or subject is None or first is None or host is None or host == verb:
        return False
    return host < first < subject < verb
