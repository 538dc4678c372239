"""The words that dates are made of, as one letter for each token: the patterns of `rules` are regular expressions
over those letters, so that "3 to 7 May 2024" reads `DdDMY`.

    M month      W weekday     D 1 to 31     Y year         K decade       S season       U unit of time
    H morning..  J today..     E weekend     R first..      Q quarter/half n number       a a, an
    L last       N next        T this        p previous     f following    s same         h that
    e early..    x earlier     l later       g ago          b before       A after        z end, start of
    i in         o on          q since       r from         w between      d to, until    v by
    t the        & and         O of          , comma        - dash         ' possessive   . anything else
"""

from __future__ import annotations

import re

from tablewright.clauses.vocabulary import NUMBER_WORDS
from tablewright.parse import Parse

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT_MONTHS = ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
MONTHS: dict[str, int] = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {
    short + stop: next(MONTHS[name] for name in _MONTH_NAMES if name.startswith(short[:3]))
    for short in _SHORT_MONTHS
    for stop in ("", ".")
}
WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
NUMBERS = {**NUMBER_WORDS, "a": 1, "an": 1, "couple": 2, "dozen": 12, "the": 1}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 0}
PARTS = {"early": "early", "mid": "mid", "late": "late", "middle": "mid", "beginning": "early", "start": "early"}
PARTS |= {"end": "late", "close": "late"}
DEICTIC = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}

# Abbreviated days ("Mon.") are left out: "Sun", "Sat" and "Wed" are words.
_CLASSES: dict[str, str] = {
    **dict.fromkeys(MONTHS, "M"),
    **dict.fromkeys(WEEKDAYS, "W"),
    **dict.fromkeys(NUMBERS, "n"),
    **dict.fromkeys(("several", "few", "some", "many"), "n"),
    **dict.fromkeys(("hour", "day", "week", "fortnight", "month", "year", "decade"), "U"),
    **dict.fromkeys(("hours", "days", "weeks", "fortnights", "months", "years", "decades"), "U"),
    **dict.fromkeys(("spring", "summer", "autumn", "fall", "winter"), "S"),
    **dict.fromkeys(("morning", "afternoon", "evening", "night", "noon", "midday", "dawn", "dusk"), "H"),
    **dict.fromkeys(DEICTIC, "J"),
    **dict.fromkeys(("weekend", "weekends"), "E"),
    **dict.fromkeys(("first", "second", "third", "fourth"), "R"),
    **dict.fromkeys(("quarter", "half"), "Q"),
    **dict.fromkeys(("a", "an"), "a"),
    **dict.fromkeys(("last", "past"), "L"),
    **dict.fromkeys(("next", "coming"), "N"),
    **dict.fromkeys(("this", "current"), "T"),
    **dict.fromkeys(("previous", "preceding"), "p"),
    **dict.fromkeys(("following", "subsequent"), "f"),
    **dict.fromkeys(("early", "mid", "late"), "e"),
    **dict.fromkeys(("in", "during", "over", "throughout", "within", "at", "through"), "i"),
    **dict.fromkeys(("before", "prior"), "b"),
    **dict.fromkeys(("after", "afterwards", "afterward"), "A"),
    **dict.fromkeys(("to", "until", "till"), "d"),
    **dict.fromkeys(("end", "beginning", "start", "middle", "close"), "z"),
    **dict.fromkeys(("-", "–", "—"), "-"),
    **dict.fromkeys(("'s", "’s", "'", "’"), "'"),
    "the": "t", "same": "s", "that": "h", "earlier": "x", "later": "l", "ago": "g", "on": "o", "since": "q",
    "from": "r", "between": "w", "by": "v", "and": "&", "of": "O", ",": ",",
}  # fmt: skip

_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_DECADE = re.compile(r"(?:1[5-9]|20)\d0s$")
_NUMBER = re.compile(r"\d{1,3}$")
_PART_YEAR = re.compile(r"(early|mid|late)-((?:1[5-9]|20)\d\d)(s?)$")
ANCHORS = frozenset("MWYKUSHJEZ")


def letters(parse: Parse, first: int, stop: int) -> str:
    """The letters of the tokens `first` to `stop`."""
    lower, classes = parse.lower, _CLASSES
    found = [classes.get(word, ".") for word in lower[first:stop]]
    short: list[int] = []
    for place, letter in enumerate(found):
        if letter == ".":
            if lower[first + place][-1:].isalnum() and any(c.isdigit() for c in lower[first + place][:5]):
                found[place] = _number(lower[first + place])
        elif letter in "MW" and not parse.words[first + place][0].isupper():
            found[place] = "."
        elif letter == "M" and len(lower[first + place]) == 3 and lower[first + place] != "may":
            short.append(place)
    for place in short:
        if not {*found[max(0, place - 1) : place + 2]} & {"D", "Y"}:
            found[place] = "."  # "Jan" is a name, "Mar" a verb, but "Jan 5" a date
    return "".join(found)


def _number(word: str) -> str:
    if _DAY.match(word):
        return "D"
    if _YEAR.match(word):
        return "Y"
    if _DECADE.match(word):
        return "K"
    if _PART_YEAR.match(word):
        return "Z"
    return "n" if _NUMBER.match(word) else "."


def number(word: str) -> int | None:
    """The value of a small number in words or figures ("three", "14", "7th"), or None ("several")."""
    if word in NUMBERS:
        return NUMBERS[word]
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdigit() else None


def part_of_year(word: str) -> tuple[str, int, bool]:
    """ "mid-2023" taken apart: the part, the year, and whether it is a decade's first."""
    match = _PART_YEAR.match(word)
    if match is None:
        raise ValueError(f"{word!r} is no part of a year")
    return match[1], int(match[2]), bool(match[3])


def unit(word: str) -> str:
    """The singular of a unit of time."""
    return word.removesuffix("s")
