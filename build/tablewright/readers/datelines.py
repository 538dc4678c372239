"""The dateline that a news report or release starts with: "GENEVA, Oct 3 (Newsline) -"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tablewright.readers.dates import DATE, DAY_AND_MONTH, WEEKDAY, day_of
from tablewright.readers.pieces import Stated

_WORD = r"[A-Z][\w.’'-]*"
_PLACE = rf"{_WORD}(?: ?[ /] ?(?:{_WORD}|de|da|do|del|la|el|al|of|the|and|am|upon)){{0,4}}"
_DAY = rf"(?:{DATE.pattern}|{WEEKDAY}?{DAY_AND_MONTH})"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?P<region>(?:, ?{_PLACE}){{0,2}}?)"
    rf"(?P<day>,? ?\(?(?i:{_DAY})\)?)?"
    r"(?P<agency> ?(?:\([A-Z][\w /&.’'-]{1,40}\)|/[A-Z][\w .-]{1,30}/))?"
    rf"(?P<day2>,? (?i:{WEEKDAY}?{DAY_AND_MONTH}))?"
    r"(?:\s*(?P<sep>--+|[-–—:|]|\.(?=\s))|(?<=\)))(?P<gap>\s*)"
)
# A sentence's start: no place goes on with a word in small letters, other than those that names and dates have.
_SENTENCE = re.compile(
    r"[A-Z][\w’']*+ (?!de|da|do|la|el|al|of|the|and|am|upon|mon|tue|wed|thu|fri|sat|sun"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]"
)
_AGENCY_ALONE = re.compile(r"\((?P<agency>[A-Z][\w /&.’'-]{1,40})\)\s*(?:--+|[-–—:])\s*")
_NO_PLACE = re.compile(
    r"NOTE|UPDATE|CORRECTION|EDITOR|PHOTO|FILE|Q|A|WATCH|READ|ANALYSIS|OPINION|BREAKING|EXCLUSIVE",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline's own words, the text after it, and what it states: the day if it has a year, the agency."""

    text: str
    rest: str
    stated: Stated


def split_dateline(text: str, *, first: bool) -> Dateline | None:
    """Parts the dateline from a paragraph. `first`: the paragraph opens the document or a section.

    A date, an agency in brackets or a place in capitals shows a dateline. A place in small letters alone ("Nairobi,
    Kenya — The") is one only at the opening, before a capital, and where no second dash shows an aside.
    """
    if alone := _AGENCY_ALONE.match(text):
        return (
            Dateline(text[: alone.end()].rstrip(), text[alone.end() :], Stated(publisher=alone["agency"]))
            if first
            else None
        )
    found = None if _SENTENCE.match(text) else _DATELINE.match(text)
    if not found or _NO_PLACE.fullmatch(found["place"].split()[0]) or not text[found.end() :].strip():
        return None
    return _dateline(found, text) if _is_dateline(found, text, first) else None


def _is_dateline(found: re.Match[str], text: str, first: bool) -> bool:
    dated = bool(found["day"] or found["day2"])
    agency = bool(found["agency"])
    capitals = found["place"].isupper() and sum(c.isalpha() for c in found["place"]) > 2
    if found["sep"] is None:
        return dated and agency and capitals and bool(found["gap"])
    if found["sep"] in ":.":
        opening = capitals and found["sep"] == ":" and (first or agency)
        return bool(found["gap"]) and (dated or opening)
    if dated or agency:
        return True
    if found["sep"] == "-" and not (found["gap"] and text[found.start("sep") - 1].isspace()):
        return False
    if capitals:
        return first or bool(found["region"])
    rest = text[found.end() :]
    aside = re.search(r" [–—-]{1,2} |—", rest[:250])
    opens = bool(re.match(r"[“\"']?[A-Z]", rest))
    return first and opens and not aside and len(found["place"].split()) <= 3 and text[found.start("sep") - 1].isspace()


def _dateline(found: re.Match[str], text: str) -> Dateline:
    date = DATE.search(found["day"]) if found["day"] else None
    agency = found["agency"].strip(" ()/") if found["agency"] else None
    stated = Stated(published_on=day_of(date) if date else None, publisher=agency)
    return Dateline(text[: found.end()].rstrip(), text[found.end() :], stated)
