"""Acronyms that a document introduces itself: "Economic Community of West African States (ECOWAS)"."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import is_capital

_SMALL = frozenset(
    {
        "of",
        "for",
        "the",
        "and",
        "on",
        "to",
        "in",
        "de",
        "des",
        "du",
        "la",
        "le",
        "el",
        "al",
        "&",
        "-",
        "'s",
        "'",
        "y",
        "e",
    }
)
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Definition:
    """A full name at `first` to `stop`, and the token in brackets that shortens it.

    `first` is None where the letters do not fit, as with "National Council (CNSP)": then only a settled name counts.
    """

    first: int | None
    stop: int
    token: int


def find_definitions(draft: Draft) -> list[Definition]:
    """Every acronym introduced in brackets after a full name with its initials."""
    words = draft.words
    found: list[Definition] = []
    for token in range(1, len(words) - 1):
        if words[token - 1] != "(" or words[token + 1][:1] not in {")", ",", ";"}:
            continue
        acronym = words[token]
        if not 2 <= len(acronym) <= 12 or not acronym[0].isupper():
            continue
        floor = draft.parse.sentence_of(token).first
        first = _full_name(words, token - 1, floor, acronym)
        if first is not None or (acronym.isupper() and acronym.isalpha()):
            found.append(Definition(first, token - 1, token))
    return found


def _full_name(words: list[str], stop: int, floor: int, acronym: str) -> int | None:
    """Where the name before the bracket at `stop` begins, if its initials give `acronym`."""
    if acronym.upper() != acronym:
        return _coined(words, stop, floor, acronym)
    letters = [letter for letter in acronym.upper() if letter.isalpha()]
    first = stop
    best: int | None = None
    while first > floor and stop - first < _LONGEST:
        word = words[first - 1]
        if not (is_capital(word) or word.lower() in _SMALL):
            break
        first -= 1
        if is_capital(words[first]) and word.lower() not in _SMALL and _spells(words, first, stop, letters):
            best = first
            if words[first][0].upper() == letters[0] and _initials(words, first, stop) == letters:
                return first
    return best


def _initials(words: list[str], first: int, stop: int) -> list[str]:
    return [word[0].upper() for word in words[first:stop] if is_capital(word) and word.lower() not in _SMALL]


def _spells(words: list[str], first: int, stop: int, letters: list[str]) -> bool:
    """Whether the first word begins with the first letter and the words hold the rest in order, most as initials."""
    if words[first][0].upper() != letters[0]:
        return False
    rest = iter("".join(words[first:stop]).upper())
    if not all(letter in rest for letter in letters):
        return False
    initials = [word[0].upper() for word in words[first:stop] if word[0].isalpha()]
    return sum(letter in initials for letter in letters) * 2 > len(letters)


def _coined(words: list[str], stop: int, floor: int, short: str) -> int | None:
    """A short form that is no acronym ("Bakamla") goes with the run of capitals before it, of two words at least."""
    if not short[1:].isalpha():
        return None
    first = stop
    while first > floor and (is_capital(words[first - 1]) or words[first - 1].lower() in {"of", "for", "and", "&"}):
        first -= 1
    while first < stop and not is_capital(words[first]):
        first += 1
    return first if stop - first >= 2 else None
