"""Arithmetic of intervals of days: months, seasons, parts of a month or year, ISO weeks, and steps from one to another."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from tablewright.records import DatePrecision


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both inclusive; None is open. `precision` is how exactly the words say it."""

    start: dt.date | None
    end: dt.date | None
    precision: DatePrecision


def day(date: dt.date) -> Interval:
    """One day."""
    return Interval(date, date, "day")


def month(year: int, number: int) -> Interval:
    """One month of a year, `number` from 1."""
    return Interval(dt.date(year, number, 1), month_end(year, number), "month")


def year(number: int) -> Interval:
    """One calendar year."""
    return Interval(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def decade(first: int) -> Interval:
    """The ten years from `first`."""
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def season(year_of_start: int, name: str) -> Interval:
    """A northern season by whole months; winter begins in December of `year_of_start`."""
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[name]
    last_year, last = (year_of_start + 1, 2) if first == 12 else (year_of_start, first + 2)
    return Interval(dt.date(year_of_start, first, 1), month_end(last_year, last), "season")


def week(date: dt.date, offset: int = 0) -> Interval:
    """The ISO week (Monday to Sunday) of `date`, or one that many weeks later."""
    monday = date - dt.timedelta(days=date.weekday()) + dt.timedelta(weeks=offset)
    return Interval(monday, monday + dt.timedelta(days=6), "range")


def span(first: dt.date | None, last: dt.date | None) -> Interval:
    """Any stretch of days."""
    return Interval(first, last, "range")


def part(whole: Interval, word: str) -> Interval:
    """The early, mid or late part of a month (1-10, 11-20, 21-end) or year (thirds), as the codebook has it.

    Anything else is returned as it is ("early Tuesday" is Tuesday); of a decade, its first, middle and last years.
    """
    start = whole.start
    if start is None:
        return whole
    if whole.precision == "month" and whole.end is not None:
        borders = {"early": (1, 10), "mid": (11, 20), "late": (21, whole.end.day)}[word]
        return span(start.replace(day=borders[0]), start.replace(day=borders[1]))
    if whole.precision == "year":
        first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[word]
        return span(dt.date(start.year, first, 1), month_end(start.year, last))
    if whole.precision == "decade":
        first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[word]
        return span(dt.date(start.year + first, 1, 1), dt.date(start.year + last, 12, 31))
    return whole


def month_end(year_number: int, number: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year_number, number, calendar.monthrange(year_number, number)[1])


def add_months(date: dt.date, count: int) -> tuple[int, int]:
    """Year and month that many months after (before, if negative) the month of `date`."""
    index = date.year * 12 + date.month - 1 + count
    return index // 12, index % 12 + 1


def step(base: Interval, count: int, unit: str) -> Interval | None:
    """What lies `count` units after `base` (before, if negative): "two days later", "a year earlier".

    A step is no more exact than its unit, but for days and weeks, which keep the day; and no more exact than `base`.
    None where `base` is too wide for the unit: two days after a month is no date.
    """
    start, end = base.start, base.end
    if start is None or end is None:
        return None
    days = {"hour": 0, "day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days is not None:
        return _step_days(base, start, end, days * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * count
    if (end - start).days > 31:
        return year(start.year + months // 12) if months % 12 == 0 and start.year == end.year else None
    return month(*add_months(start, months))


def _step_days(base: Interval, start: dt.date, end: dt.date, days: int) -> Interval | None:
    if (end - start).days > 6:
        return None
    delta = dt.timedelta(days=days)
    return Interval(start + delta, end + delta, base.precision)


def ago(date: dt.date, count: int, unit: str) -> Interval:
    """The unit that lies `count` units before `date` (after, if negative): that day, ISO week, month or year."""
    if unit in {"hour", "day"}:
        return day(date - dt.timedelta(days=count if unit == "day" else 0))
    if unit in {"week", "fortnight"}:
        return week(date, -count * (2 if unit == "fortnight" else 1))
    if unit in {"month", "quarter"}:
        return month(*add_months(date, -count * (3 if unit == "quarter" else 1)))
    return year(date.year - count * (10 if unit == "decade" else 1))


def whole(date: dt.date, unit: str) -> Interval:
    """The day, ISO week, month, quarter, year or decade that `date` lies in."""
    if unit == "quarter":
        return quarter(date.year, (date.month - 1) // 3 + 1)
    return decade(date.year // 10 * 10) if unit == "decade" else ago(date, 0, unit)


def quarter(year_number: int, number: int) -> Interval:
    """A quarter of a year, `number` from 1."""
    return span(dt.date(year_number, number * 3 - 2, 1), month_end(year_number, number * 3))


def half(year_number: int, number: int) -> Interval:
    """The first or second half of a year."""
    return span(dt.date(year_number, number * 6 - 5, 1), month_end(year_number, number * 6))


def made(year_number: int, month_number: int, day_number: int) -> Interval | None:
    """A day of the calendar, or None where there is no such day."""
    try:
        return day(dt.date(year_number, month_number, day_number))
    except ValueError:
        return None


def nearest_year(today: dt.date, first: tuple[int, int], direction: str) -> int:
    """The year in which a yearly day or month fits: `first` is its (month, day), `direction` "past", "future", "near".

    Past: the latest that has begun by `today`; future: the first that is not over in this month or on this day;
    near: whichever is closer.
    """
    begun = first <= (today.month, today.day)
    if direction == "past":
        return today.year if begun else today.year - 1
    if direction == "future":
        same_month = first == (today.month, 1)
        return today.year if same_month or first >= (today.month, today.day) else today.year + 1
    if (today.month, 1) == first:
        return today.year
    before, after = (today.year, today.year + 1) if begun else (today.year - 1, today.year)
    month_, day_ = first
    day_ = min(day_, 28)
    gap_before = abs((today - dt.date(before, month_, day_)).days)
    gap_after = abs((dt.date(after, month_, day_) - today).days)
    return before if gap_before <= gap_after else after
