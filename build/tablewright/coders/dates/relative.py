"""What words mean that count from publication or from another act: "last week", "on Tuesday", "two days later"."""

from __future__ import annotations

import datetime as dt

from tablewright.coders.dates import intervals as iv
from tablewright.coders.dates.found import SHIFTS, Found, in_part
from tablewright.coders.dates.intervals import Interval
from tablewright.coders.dates.words import DEICTIC, PARTS, WEEKDAYS, unit


def read_edge(found: Found) -> Interval | None:
    """ "The end of 2024", "the start of the year", "the end of next month"."""
    today = found.today
    name = unit(found.word("unit"))
    if today is None or name not in {"month", "year", "decade"}:
        return None
    which = found.letters("which")[:1]
    shift = {"L": -1, "N": 1}.get(which, 0)
    if name == "decade":
        return iv.part(iv.decade((today.year // 10 + shift) * 10), PARTS[found.word("edge")])
    return iv.part(iv.ago(today, -shift, name), PARTS[found.word("edge")])


def read_relative_unit(found: Found) -> Interval | None:
    """ "Last week", "this year", "next month", "earlier this month", "later this year"."""
    today, name = found.today, unit(found.word("unit"))
    if today is None or name == "hour":
        return None
    which = found.letters("which")
    if "L" in which or "N" in which:
        if name == "day":
            return None
        return in_part(found, iv.ago(today, 1 if "L" in which else -1, name))
    whole = iv.whole(today, name)
    if found.has("part"):
        return in_part(found, whole)
    if name in {"year", "decade"} and not found.has("when"):
        return whole
    ahead = found.word("when") == "later" if found.has("when") else found.direction() == "future"
    return iv.span(today, whole.end) if ahead else iv.span(whole.start, today)


def read_last_units(found: Found) -> Interval | None:
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


def read_ago(found: Found) -> Interval | None:
    count = found.number("count")
    if found.today is None or count is None:
        return None
    return iv.ago(found.today, count, unit(found.word("unit")))


def read_ago_today(found: Found) -> Interval | None:
    """ "A week ago today": the very day."""
    count, name = found.number("count"), unit(found.word("unit"))
    if found.today is None or count is None:
        return None
    return iv.step(iv.day(found.today), -count, name) if name in {"day", "week"} else iv.ago(found.today, count, name)


def read_ahead(found: Found) -> Interval | None:
    """ "In three days", said of what is to come."""
    count = found.number("count")
    name = unit(found.word("unit"))
    if found.today is None or count is None or name == "hour" or found.words[found.match.start()] != "in":
        return None
    if found.direction() != "future":
        return None
    return iv.ago(found.today, -count, name)


def read_counted(found: Found) -> Interval | None:
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


def read_neighbour(found: Found) -> Interval | None:
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


def read_neighbour_part(found: Found) -> Interval | None:
    """ "The next morning", "that night", "the same evening"."""
    count = {"p": -1, "f": 1, "N": 1}.get(found.letters("which") or found.letters("other"), 0)
    return iv.step(found.base, count, "day") if found.base is not None else None


def read_weekday(found: Found) -> Interval | None:
    today = found.today
    if today is None:
        return None
    wanted, which = WEEKDAYS[found.word("weekday")], found.letters("which")
    if found.has("week"):
        shift = next((SHIFTS[letter] for letter in found.letters("week") if letter in SHIFTS), 0)
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


def read_weekdays(found: Found) -> Interval | None:
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


def read_deictic(found: Found) -> Interval | None:
    if found.today is None:
        return None
    return iv.day(found.today + dt.timedelta(days=DEICTIC[found.word("word")]))


def read_within_hours(found: Found) -> Interval | None:
    """ "Within hours" of the last dated act is its day."""
    words = found.words[found.match.start() : found.match.end()]
    if words != ["within", "hours"] or found.base is None:
        return None
    return iv.step(found.base, 0, "hour")


def read_day_after_next(found: Found) -> Interval | None:
    """ "The day after tomorrow", "the day before yesterday"."""
    if found.today is None:
        return None
    return iv.day(found.today + dt.timedelta(days=2 if found.word("way") == "after" else -2))


def read_this_morning(found: Found) -> Interval | None:
    """ "This morning" is today, "last night" yesterday."""
    if found.today is None:
        return None
    return iv.day(found.today - dt.timedelta(days=1 if found.letters("which") == "L" else 0))


def read_weekend(found: Found) -> Interval | None:
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
