"""What dates look like: the rules, in the order in which they may claim words.

A rule is a pattern over the letters of `words` and the function that reads its matches. Longer forms stand before the
shorter ones that they contain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tablewright.coders.dates import absolute, relative
from tablewright.coders.dates.found import Found
from tablewright.coders.dates.intervals import Interval

Resolve = Callable[[Found], Interval | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of date: its pattern over letters and its meaning. `name` is stable."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve


_YEAR = r"(?P<year>,?Y|,?O?(?:[LNT])U)?"


def _rule(name: str, pattern: str, resolve: Resolve) -> Rule:
    return Rule(name, re.compile(pattern), resolve)


RULES: tuple[Rule, ...] = (
    _rule("iso-date", r"(?P<year>Y)-(?P<month>D)-(?P<day>D)", absolute.read_iso),
    _rule(
        "day-month-range",
        rf"[rw]?(?P<first>D)O?(?P<month>M)(?:-|d|&)o?(?P<last>D)O?(?P<other>M){_YEAR}",
        absolute.read_days_of_month,
    ),
    _rule(
        "month-day-range",
        rf"[rw]?(?P<month>M)(?P<first>D)(?:-|d|&)o?(?P<other>M)(?P<last>D){_YEAR}",
        absolute.read_days_of_month,
    ),
    _rule(
        "days-of-month", rf"[rw]?t?(?P<first>D)(?:-|d|&)t?(?P<last>D)O?(?P<month>M){_YEAR}", absolute.read_days_of_month
    ),
    _rule("month-days", rf"[rw]?(?P<month>M)(?P<first>D)(?:-|d|&)(?P<last>D)(?!M){_YEAR}", absolute.read_days_of_month),
    _rule("day-month", rf"(?:W,?o?)?t?(?P<day>D)O?(?P<month>M){_YEAR}", absolute.read_day_of_month),
    _rule("month-day", rf"(?:W,?o?)?(?P<month>M)t?(?P<day>D){_YEAR}", absolute.read_day_of_month),
    _rule("month-then-day", r"(?P<which>[LNT])?(?P<month>M),?ot(?P<day>D)", absolute.read_month_then_day),
    _rule("months", rf"r?(?P<first>M)O?(?P<firstyear>Y)?[-d](?P<last>M){_YEAR}", absolute.read_months),
    _rule("months-between", rf"w(?P<first>M)O?(?P<firstyear>Y)?&(?P<last>M){_YEAR}", absolute.read_months),
    _rule("two-months", rf"(?P<first>M)(?P<join>&)(?P<last>M){_YEAR}", absolute.read_months),
    _rule(
        "month-year", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<month>M)(?P<year>,?O?Y|,?O?[LNT]U)", absolute.read_month
    ),
    _rule("named-month", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<which>[LNT]L?)(?P<month>M)", absolute.read_named_month),
    _rule("month", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<month>M)(?P<year>,?Y)?", absolute.read_month),
    _rule("part-of-year", r"t(?P<which>R)(?P<what>Q)O(?P<year>Y|[LNT]U|tU)", absolute.read_part_of_year),
    _rule("years", r"[rw](?P<first>Y)(?:-|d|&)(?P<last>Y|D)", absolute.read_years),
    _rule("year-year", r"(?P<first>Y)-(?P<last>Y|D)", absolute.read_years),
    _rule("season-year", r"t?(?P<season>S)(?P<year>O?Y|O[LNT]U)", absolute.read_season),
    _rule("named-season", r"(?P<which>[LNT])(?P<season>S)", absolute.read_season),
    _rule("season", r"(?<=i)t?(?P<season>S)(?P<year>Y)?", absolute.read_season),
    _rule("joined-part", r"(?P<year>Z)", absolute.read_joined_part),
    _rule("decade", r"t?(?:(?P<edge>z)O|(?P<part>e)-?)?t?(?P<decade>K)", absolute.read_decade),
    _rule("edge-of-unit", r"t?(?P<edge>z)O(?P<which>[LNT]|t)(?P<unit>U)", relative.read_edge),
    _rule("year", r"(?:t?(?P<edge>z)O|(?P<part>e)-?)?(?P<year>Y)", absolute.read_year),
    _rule("within-hours", r"i(?P<unit>U)(?![lxgAbU])", relative.read_within_hours),
    _rule("day-after-next", r"tU(?P<way>[Ab])J", relative.read_day_after_next),
    _rule("counted-after", r"(?P<count>[anDt])(?P<unit>U)(?P<way>[Ab])h?", relative.read_counted),
    _rule("counted", r"(?:(?P<count>[anD])O?)?(?P<unit>U)(?P<way>[lx])", relative.read_counted),
    _rule("ago-today", r"(?P<count>[anD])O?(?P<unit>U)gJ", relative.read_ago_today),
    _rule("ago", r"(?<!Q)(?P<count>[anD])O?(?P<unit>U)g", relative.read_ago),
    _rule("last-units", r"i[tT]?L(?P<count>[nD])?(?P<unit>U)", relative.read_last_units),
    _rule("weekday-of-week", r"(?P<weekday>W)H?(?P<week>O?[LNT]L?U)", relative.read_weekday),
    _rule("neighbour", r"(?:(?<!i)t(?P<which>N)|[th]?(?P<other>[pfsh]))(?P<unit>U)", relative.read_neighbour),
    _rule("neighbour-part", r"(?:t(?P<which>N)|[th]?(?P<other>[pfsh]))H", relative.read_neighbour_part),
    _rule(
        "relative-unit",
        r"(?:(?P<part>e)|(?P<when>[xl]))?(?P<which>(?<!it)[LNT]L?)(?P<unit>U)",
        relative.read_relative_unit,
    ),
    _rule("weekdays", r"[rw]?(?P<first>W)(?P<join>-|d|&)o?(?P<last>W)", relative.read_weekdays),
    _rule("weekday", r"(?P<which>[LNT]L?)?(?:[ex]o?)?(?P<weekday>W)H?", relative.read_weekday),
    _rule("deictic", r"[exl]?(?P<word>J)H?", relative.read_deictic),
    _rule("this-morning", r"[exl]?(?P<which>[LT])H", relative.read_this_morning),
    _rule("weekend", r"t?(?P<which>[LNT]L?)?E", relative.read_weekend),
    _rule("ahead", r"i(?P<count>[anD])(?P<unit>U)(?![lxgAb])", relative.read_ahead),
    _rule("day-only", r"ot(?P<day>D)(?![MUQRnDK])", absolute.read_day_only),
)
