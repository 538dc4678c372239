"""Finds the names that the knowledge holds, the longest first, and what is a name by its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tablewright.knowledge.actors import ActorKnowledge, Name

CONNECTORS = frozenset({"of", "for", "on", "to", "de", "du", "des", "del", "against", "without"})
CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
"""Months and days, which are written like names; "May" is left out, since it is one."""

_NO_NAMES = frozenset({"i", "a", "the"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A form of words from the knowledge at the tokens `first` to `stop`, half-open."""

    first: int
    stop: int
    name: Name


def plain_words(words: Sequence[str]) -> list[str]:
    """The words with plain apostrophes, as the knowledge spells them."""
    return [word.replace("’", "'") if "’" in word else word for word in words]


def find_hits(words: Sequence[str], knowledge: ActorKnowledge) -> list[Hit]:
    """The known forms of words among `words`, left to right; the longest wins, none overlap."""
    hits: list[Hit] = []
    names = knowledge.names
    index, count = 0, len(words)
    while index < count:
        for name in names.get(words[index], ()):
            length = len(name.words)
            if length == 1 or tuple(words[index : index + length]) == name.words:
                hits.append(Hit(index, index + length, name))
                index += length
                break
        else:
            index += 1
    return hits


def is_capital(word: str) -> bool:
    """Whether `word` is written like a part of a name: a capital, and letters."""
    return word[:1].isupper() and word.lower() not in _NO_NAMES


def joined(words: Sequence[str], first: int, stop: int) -> str:
    """The lower-case words `first` to `stop` as one string, hyphens closed up: "secretary-general"."""
    return " ".join(words[first:stop]).replace(" - ", "-")
