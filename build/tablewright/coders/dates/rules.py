"""What dates look like, and what interval each form means.

A rule is a pattern over the letters of `words` and a function from the found words to an interval. The rules stand
in the order in which they may claim words: longer forms before the shorter ones that they contain.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tablewright.coders.dates import intervals as iv
from tablewright.coders.dates.intervals import Interval
from tablewright.coders.dates.words import (
    DEICTIC,
    MONTHS,
    ORDINALS,
    PARTS,
    WEEKDAYS,
    number,
    part_of_year,
    unit,
)


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
        shift = next((_SHIFTS[letter] for letter in letters if letter in _SHIFTS), 0)
        return self.today.year + shift


Resolve = Callable[[Found], Interval | None]
_SHIFTS = {"L": -1, "T": 0, "N": 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of date: its pattern over letters and its meaning. `name` is stable."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


def _iso(found: Found) -> Interval | None:
    year, month, day = (int(found.word(group)) for group in ("year", "month", "day"))
    return iv.made(year, month, day)


def _day_of_month(found: Found, day_group: str = "day", month_group: str = "month") -> Interval | None:
    month, day = MONTHS[found.word(month_group)], found.number(day_group)
    if day is None:
        return None
    year = found.year("year")
    if year is None:
        if found.today is None or found.has("year"):
            return None
        year = iv.nearest_year(found.today, (month, day), found.direction())
    return iv.made(year, month, day)


def _days_of_month(found: Found) -> Interval | None:
    first = _day_of_month(found, "first")
    last = _day_of_month(found, "last", "other" if found.has("other") else "month")
    if first is None or last is None or first.start is None or last.start is None:
        return None
    start = first.start
    if start > last.start:
        start = start.replace(year=start.year - 1)
    return iv.span(start, last.start)


def _month(found: Found) -> Interval | None:
    number_ = MONTHS[found.word("month")]
    year = found.year("year")
    if year is None:
        if found.today is None or found.has("year"):
            return None
        year = iv.nearest_year(found.today, (number_, 1), found.direction())
    return _in_part(found, iv.month(year, number_))


def _in_part(found: Found, interval: Interval) -> Interval:
    for group in ("part", "edge"):
        if found.has(group):
            return iv.part(interval, PARTS[found.word(group)])
    return interval


def _named_month(found: Found) -> Interval | None:
    """ "Last March", "next June", "this May": the latest over, the next to come, the one of this year."""
    today, month = found.today, MONTHS[found.word("month")]
    if today is None:
        return None
    which = found.letters("which")[0]
    year = today.year
    if which == "L" and month >= today.month:
        year -= 1
    elif which == "N" and month <= today.month:
        year += 1
    return _in_part(found, iv.month(year, month))


def _months(found: Found) -> Interval | None:
    first, last = MONTHS[found.word("first")], MONTHS[found.word("last")]
    year = found.year("year")
    if year is None:
        if found.today is None:
            return None
        year = iv.nearest_year(found.today, (last, 1), found.direction())
    first_year = found.year("firstyear") or (year if first <= last else year - 1)
    return iv.span(dt.date(first_year, first, 1), iv.month_end(year, last))


def _years(found: Found) -> Interval | None:
    first = int(found.word("first"))
    last_word = found.word("last")
    last = int(last_word) if len(last_word) == 4 else first // 100 * 100 + int(last_word)
    if last <= first:
        return None
    return iv.span(dt.date(first, 1, 1), dt.date(last, 12, 31))


def _year(found: Found) -> Interval | None:
    return _in_part(found, iv.year(int(found.word("year"))))


def _joined_part(found: Found) -> Interval:
    word, first, is_decade = part_of_year(found.word("year"))
    return iv.part(iv.decade(first) if is_decade else iv.year(first), word)


def _decade(found: Found) -> Interval | None:
    return _in_part(found, iv.decade(int(found.word("decade")[:4])))


def _season(found: Found) -> Interval | None:
    name = found.word("season")
    year = found.year("year")
    if year is not None:
        return iv.season(year, name)
    if found.today is None or found.has("year"):
        return None
    today = found.today
    this = iv.season(today.year, name)
    which = found.letters("which")
    if which == "T" and this.start is not None:
        return iv.season(today.year - 1, name) if name == "winter" and today.month <= 2 else this
    ahead = which == "N" or (not which and found.direction() == "future")
    for year_number in range(today.year + 1, today.year - 3, -1):
        each = iv.season(year_number, name)
        if each.start is None or each.end is None:
            continue
        if ahead and (iv.season(year_number - 1, name).end or today) < today:
            return each
        if not ahead and (each.end < today if which == "L" else each.start <= today):
            return each
    return None


def _part_of_year(found: Found) -> Interval | None:
    year, count = found.year("year"), ORDINALS.get(found.word("which"))
    if year is None and found.letters("year").startswith("t") and found.today is not None:
        year = found.today.year
    if year is None or not count:
        return None
    if found.word("what") == "quarter":
        return iv.quarter(year, count)
    return iv.half(year, count) if count <= 2 else None


def _edge(found: Found) -> Interval | None:
    """ "The end of 2024", "the start of the year", "the end of next month"."""
    today = found.today
    name = unit(found.word("unit"))
    if today is None or name not in {"month", "year", "decade"}:
        return None
    which = found.letters("which")[:1]
    shift = {"L": -1, "N": 1}.get(which, 0)
    return iv.part(iv.ago(today, -shift, name), PARTS[found.word("edge")])


def _relative_unit(found: Found) -> Interval | None:
    """ "Last week", "this year", "next month", "earlier this month", "later this year"."""
    today, name = found.today, unit(found.word("unit"))
    if today is None or name == "hour":
        return None
    which = found.letters("which")
    if "L" in which or "N" in which:
        if name == "day":
            return None
        return _in_part(found, iv.ago(today, 1 if "L" in which else -1, name))
    whole = iv.whole(today, name)
    if found.has("part"):
        return _in_part(found, whole)
    ahead = found.word("when") == "later" if found.has("when") else found.direction() == "future"
    return iv.span(today, whole.end) if ahead else iv.span(whole.start, today)


def _last_units(found: Found) -> Interval | None:
    """ "In the past three years", "over the last two weeks": up to today."""
    count = found.number("count") if found.has("count") else 1
    today, name = found.today, unit(found.word("unit"))
    if today is None or count is None or name == "hour":
        return None
    if name in {"day", "week", "fortnight"}:
        start = today - dt.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[name])
        return iv.span(start, today)
    year, month = iv.add_months(today, -count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[name])
    return iv.span(dt.date(year, month, min(today.day, iv.month_end(year, month).day)), today)


def _ago(found: Found) -> Interval | None:
    count = found.number("count")
    if found.today is None or count is None:
        return None
    return iv.ago(found.today, count, unit(found.word("unit")))


def _ahead(found: Found) -> Interval | None:
    """ "In three days", said of what is to come."""
    count = found.number("count")
    name = unit(found.word("unit"))
    if found.today is None or count is None or name == "hour" or found.words[found.match.start()] != "in":
        return None
    if found.direction() != "future":
        return None
    return iv.ago(found.today, -count, name)


def _counted(found: Found) -> Interval | None:
    """ "Two days later", "a year earlier", "hours later", "the day before", "twelve months after that"."""
    name = unit(found.word("unit"))
    count = found.number("count") if found.has("count") else (0 if name == "hour" else None)
    back = found.word("way") in {"earlier", "before", "previously", "prior"}
    base = found.base
    if base is None and back and found.word("way") == "earlier" and found.today is not None:
        base = iv.day(found.today)
    if count is None or base is None:
        return None
    return iv.step(base, -count if back else count, name)


def _neighbour(found: Found) -> Interval | None:
    """ "The next day", "the following week", "the previous year"; "the same month", "that year"."""
    name, base = unit(found.word("unit")), found.base
    if base is None or base.start is None or name == "hour":
        return None
    count = {"p": -1, "f": 1, "N": 1}.get(found.letters("which") or found.letters("other"), 0)
    if name == "day":
        return iv.step(base, count, name)
    if base.precision in {"year", "decade"} and name != "year":
        return None
    return iv.ago(base.start, -count, name)


def _weekday(found: Found) -> Interval | None:
    today = found.today
    if today is None:
        return None
    wanted, which = WEEKDAYS[found.word("weekday")], found.letters("which")
    if found.has("week"):
        shift = next((_SHIFTS[letter] for letter in found.letters("week") if letter in _SHIFTS), 0)
        return _of_week(today, shift, wanted)
    if which == "N":
        return _of_week(today, 1, wanted)
    if which == "T" and found.direction() == "near":
        return _of_week(today, 0, wanted)
    if which in {"L", "TL"}:
        return iv.day(today - dt.timedelta(days=(today.weekday() - wanted - 1) % 7 + 1))
    if found.direction() == "future":
        return iv.day(today + dt.timedelta(days=(wanted - today.weekday()) % 7))
    return iv.day(today - dt.timedelta(days=(today.weekday() - wanted) % 7))


def _of_week(today: dt.date, shift: int, weekday: int) -> Interval:
    monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=shift)
    return iv.day(monday + dt.timedelta(days=weekday))


def _weekdays(found: Found) -> Interval | None:
    today = found.today
    if today is None:
        return None
    first, last = WEEKDAYS[found.word("first")], WEEKDAYS[found.word("last")]
    if (last - first) % 7 != 1 and found.word("join") == "and":
        return None
    ahead = found.direction() == "future"
    end = today + dt.timedelta(days=(last - today.weekday()) % 7)
    if not ahead:
        end = today - dt.timedelta(days=(today.weekday() - last) % 7)
    return iv.span(end - dt.timedelta(days=(last - first) % 7), end)


def _deictic(found: Found) -> Interval | None:
    if found.today is None:
        return None
    return iv.day(found.today + dt.timedelta(days=DEICTIC[found.word("word")]))


def _within_hours(found: Found) -> Interval | None:
    """ "Within hours" of the last dated act is its day."""
    words = found.words[found.match.start() : found.match.end()]
    if words != ["within", "hours"] or found.base is None:
        return None
    return iv.step(found.base, 0, "hour")


def _day_after_next(found: Found) -> Interval | None:
    """ "The day after tomorrow", "the day before yesterday"."""
    if found.today is None:
        return None
    return iv.day(found.today + dt.timedelta(days=2 if found.word("way") == "after" else -2))


def _this_morning(found: Found) -> Interval | None:
    """ "This morning" is today, "last night" yesterday."""
    if found.today is None:
        return None
    return iv.day(found.today - dt.timedelta(days=1 if found.letters("which") == "L" else 0))


def _weekend(found: Found) -> Interval | None:
    today = found.today
    if today is None:
        return None
    which = found.letters("which")
    saturday = today - dt.timedelta(days=(today.weekday() - 5) % 7)
    ahead = which == "N" or (which in {"", "T"} and found.direction() == "future")
    if ahead and today.weekday() < 5:
        saturday += dt.timedelta(days=7)
    elif which == "L" and today.weekday() >= 5:
        saturday -= dt.timedelta(days=7)
    return iv.span(saturday, saturday + dt.timedelta(days=1))


_YEAR = r"(?P<year>,?Y|,?O?(?:[LNT])U)?"


def _rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    return Rule(name, re.compile(pattern), resolve)


RULES: tuple[Rule, ...] = (
    _rule("iso-date", r"(?P<year>Y)-(?P<month>D)-(?P<day>D)", _iso),
    _rule(
        "day-month-range",
        rf"[rw]?(?P<first>D)O?(?P<month>M)(?:-|d|&)o?(?P<last>D)O?(?P<other>M){_YEAR}",
        _days_of_month,
    ),
    _rule(
        "month-day-range", rf"[rw]?(?P<month>M)(?P<first>D)(?:-|d|&)o?(?P<other>M)(?P<last>D){_YEAR}", _days_of_month
    ),
    _rule("days-of-month", rf"[rw]?t?(?P<first>D)(?:-|d|&)t?(?P<last>D)O?(?P<month>M){_YEAR}", _days_of_month),
    _rule("month-days", rf"[rw]?(?P<month>M)(?P<first>D)(?:-|d|&)(?P<last>D)(?!M){_YEAR}", _days_of_month),
    _rule("day-month", rf"(?:W,?o?)?t?(?P<day>D)O?(?P<month>M){_YEAR}", _day_of_month),
    _rule("month-day", rf"(?:W,?o?)?(?P<month>M)t?(?P<day>D){_YEAR}", _day_of_month),
    _rule("months", rf"[rw]?(?P<first>M)O?(?P<firstyear>Y)?(?:-|d|&)(?P<last>M){_YEAR}", _months),
    _rule("month-year", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<month>M)(?P<year>,?O?Y|,?O?[LNT]U)", _month),
    _rule("named-month", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<which>[LNT]L?)(?P<month>M)", _named_month),
    _rule("month", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<month>M)(?P<year>,?Y)?", _month),
    _rule("part-of-year", r"t(?P<which>R)(?P<what>Q)O(?P<year>Y|[LNT]U|tU)", _part_of_year),
    _rule("years", r"[rw](?P<first>Y)(?:-|d|&)(?P<last>Y|D)", _years),
    _rule("year-year", r"(?P<first>Y)-(?P<last>Y|D)", _years),
    _rule("season-year", r"t?(?P<season>S)(?P<year>O?Y|O[LNT]U)", _season),
    _rule("named-season", r"(?P<which>[LNT])(?P<season>S)", _season),
    _rule("season", r"(?<=i)t?(?P<season>S)(?P<year>Y)?", _season),
    _rule("joined-part", r"(?P<year>Z)", _joined_part),
    _rule("decade", r"t?(?:(?P<edge>z)O|(?P<part>e)-?)?t?(?P<decade>K)", _decade),
    _rule("edge-of-unit", r"t?(?P<edge>z)O(?P<which>[LNT]|t)(?P<unit>U)", _edge),
    _rule("year", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<year>Y)", _year),
    _rule("within-hours", r"i(?P<unit>U)(?![lxgAbU])", _within_hours),
    _rule("day-after-next", r"tU(?P<way>[Ab])J", _day_after_next),
    _rule("counted-after", r"(?P<count>[anDt])(?P<unit>U)(?P<way>[Ab])h?", _counted),
    _rule("counted", r"(?:(?P<count>[anD])O?)?(?P<unit>U)(?P<way>[lx])", _counted),
    _rule("ago", r"(?<!Q)(?P<count>[anD])O?(?P<unit>U)g", _ago),
    _rule("last-units", r"i[tT]?L(?P<count>[nD])?(?P<unit>U)", _last_units),
    _rule("weekday-of-week", r"(?P<weekday>W)H?(?P<week>O?[LNT]L?U)", _weekday),
    _rule("neighbour", r"(?:(?<!i)t(?P<which>N)|t?(?P<other>[pfsh]))(?P<unit>U)", _neighbour),
    _rule("relative-unit", r"(?:(?P<part>e)|(?P<when>[xl]))?(?P<which>(?<!it)[LNT]L?)(?P<unit>U)", _relative_unit),
    _rule("weekdays", r"[rw]?(?P<first>W)(?P<join>-|d|&)o?(?P<last>W)", _weekdays),
    _rule("weekday", r"(?P<which>[LNT]L?)?(?:[ex]o?)?(?P<weekday>W)H?", _weekday),
    _rule("deictic", r"[exl]?(?P<word>J)H?", _deictic),
    _rule("this-morning", r"[exl]?(?P<which>[LT])H", _this_morning),
    _rule("weekend", r"t?(?P<which>[LNT]L?)?E", _weekend),
    _rule("ahead", r"i(?P<count>[anD])(?P<unit>U)(?![lxgAb])", _ahead),
)
