"""What dates of the calendar mean: days, months, years, seasons, with or without their year."""

from __future__ import annotations

import datetime as dt

from tablewright.coders.dates import intervals as iv
from tablewright.coders.dates.found import Found, in_part
from tablewright.coders.dates.intervals import Interval
from tablewright.coders.dates.words import MONTHS, ORDINALS, part_of_year


def read_iso(found: Found) -> Interval | None:
    year, month, day = (int(found.word(group)) for group in ("year", "month", "day"))
    return iv.made(year, month, day)


def read_day_of_month(found: Found, day_group: str = "day", month_group: str = "month") -> Interval | None:
    month, day = MONTHS[found.word(month_group)], found.number(day_group)
    if day is None:
        return None
    year = found.year("year")
    if year is None:
        if found.today is None or found.has("year"):
            return None
        year = iv.nearest_year(found.today, (month, day), found.direction())
    return iv.made(year, month, day)


def read_days_of_month(found: Found) -> Interval | None:
    first = read_day_of_month(found, "first")
    last = read_day_of_month(found, "last", "other" if found.has("other") else "month")
    if first is None or last is None or first.start is None or last.start is None:
        return None
    start = first.start
    if start > last.start:
        start = start.replace(year=start.year - 1)
    return iv.span(start, last.start)


def read_month(found: Found) -> Interval | None:
    number_ = MONTHS[found.word("month")]
    year = found.year("year")
    if year is None:
        if found.today is None or found.has("year"):
            return None
        year = iv.nearest_year(found.today, (number_, 1), found.direction())
    return in_part(found, iv.month(year, number_))


def read_named_month(found: Found) -> Interval | None:
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
    return in_part(found, iv.month(year, month))


def read_months(found: Found) -> Interval | None:
    first, last = MONTHS[found.word("first")], MONTHS[found.word("last")]
    if found.has("join") and last != first % 12 + 1:
        return None  # "in March and July" is no stretch of time
    year = found.year("year")
    if year is None:
        if found.today is None:
            return None
        year = iv.nearest_year(found.today, (last, 1), found.direction())
    first_year = found.year("firstyear") or (year if first <= last else year - 1)
    return iv.span(dt.date(first_year, first, 1), iv.month_end(year, last))


def read_years(found: Found) -> Interval | None:
    first = int(found.word("first"))
    last_word = found.word("last")
    last = int(last_word) if len(last_word) == 4 else first // 100 * 100 + int(last_word)
    if last <= first:
        return None
    return iv.span(dt.date(first, 1, 1), dt.date(last, 12, 31))


def read_year(found: Found) -> Interval | None:
    return in_part(found, iv.year(int(found.word("year"))))


def read_joined_part(found: Found) -> Interval:
    word, first, is_decade = part_of_year(found.word("year"))
    return iv.part(iv.decade(first) if is_decade else iv.year(first), word)


def read_decade(found: Found) -> Interval | None:
    return in_part(found, iv.decade(int(found.word("decade")[:4])))


def read_season(found: Found) -> Interval | None:
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


def read_part_of_year(found: Found) -> Interval | None:
    year, count = found.year("year"), ORDINALS.get(found.word("which"))
    if year is None and found.letters("year").startswith("t") and found.today is not None:
        year = found.today.year
    if year is None or not count:
        return None
    if found.word("what") == "quarter":
        return iv.quarter(year, count)
    return iv.half(year, count) if count <= 2 else None


def read_month_then_day(found: Found) -> Interval | None:
    """ "This June, on the 17th"."""
    month = read_named_month(found) if found.has("which") else read_month(found)
    return _day_in(month, found.number("day"))


def read_day_only(found: Found) -> Interval | None:
    """ "On the 17th": of the month that the text speaks of, else the nearest by tense."""
    word, today = found.word("day"), found.today
    if word.isdigit() or today is None:
        return None
    base = found.base
    if base is not None and base.precision in {"day", "month", "range"}:
        return _day_in(base, found.number("day"))
    this = _day_in(iv.whole(today, "month"), found.number("day"))
    if this is None or this.start is None or this.start <= today or found.direction() == "future":
        return this
    return _day_in(iv.ago(today, 1, "month"), found.number("day"))


def _day_in(month: Interval | None, day: int | None) -> Interval | None:
    if month is None or month.start is None or day is None:
        return None
    return iv.made(month.start.year, month.start.month, day)
