"""Days as documents print them beside a title: "July 10, 2023", "3 May 2024", "2024-05-03". Never half a date."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )"
DAY_AND_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"

DATE = re.compile(
    rf"\b{WEEKDAY}?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<m1>{MONTH}),?[ -](?P<y1>\d{{4}})"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?:T[\d:.+Z-]*)?"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>\d{4})"
    r"|(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/(?P<y5>\d{4})"
    r")(?!\d)",
    re.IGNORECASE,
)
"""A day with its year. Day before month where dots part the numbers; slashes only where one number exceeds 12."""


def day_in(text: str) -> dt.date | None:
    """The first full day that `text` names, or None: also for 03/04/2024, which may be March or April."""
    found = DATE.search(text)
    return day_of(found) if found else None


def day_of(found: re.Match[str]) -> dt.date | None:
    """The day that a match of `DATE` names; None when there is no such day or it is not clear."""
    if found["a5"]:
        first, second = int(found["a5"]), int(found["b5"])
        if (first > 12) == (second > 12) and first != second:
            return None
        day, month = (first, second) if first > 12 else (second, first)
        return _day(int(found["y5"]), month, day)
    for form in "1234":
        if year := found[f"y{form}"]:
            month_text = found[f"m{form}"]
            month = int(month_text) if month_text.isdigit() else _MONTHS.index(month_text[:3].lower()) + 1
            return _day(int(year), month, int(found[f"d{form}"]))
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
