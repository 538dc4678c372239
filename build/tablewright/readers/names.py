"""Names in bylines: who is named, in how many parts, and what is an outlet or an office instead."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PARTICLES = re.compile(
    r"de|la|le|les|du|da|dos|das|di|del|della|van|von|der|den|ter|ten|bin|bint|ibn|al|el|abu|y|e|af|av|zu|of",
    re.IGNORECASE,
)
# Words that make a part of a byline an office or an outlet, not a person.
_NOT_A_PERSON = re.compile(
    r"press|news|agency|times|post|herald|correspondent|correspondents|editor|editors|reporter|reporters|staff"
    r"|writer|writers|bureau|desk|service|university|institute|centre|center|council|ministry|newsroom"
    r"|columnist|contributor|chief|senior|special|associate|professor|fellow|director|analyst|researcher"
    r"|foundation|report|network|media|journal|review|gazette|tribune|standard|observer|guardian|international"
    r"|team|office|secretary|minister|president|ambassador|spokesperson|commissioner|department|school|college"
    r"|programme|program",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*;\s*|,?\s+and\s+|,?\s+&\s+|\s*,\s*|\n+", re.IGNORECASE)
_PLACE = re.compile(r"\s+in\s+[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}(?=\s*(?:[,;|]|and\b|&|$))")
_END_OF_NAMES = re.compile(r"\s+(?:in|for|from|at|with|of)\s+(?:the\s+)?(?=[A-Z])|\s*[|•·/(–—]|\s+-\s")
_NAME_WORD = re.compile(r"[^\W\d_][\w.’'-]*")


def is_name(text: str) -> bool:
    """Whether `text` has the form of a person's full name: two to six capitalised words, particles aside."""
    words = text.split()
    if not 2 <= len(words) <= 6:
        return False
    capitals = 0
    for word in words:
        if not _NAME_WORD.fullmatch(word):
            return False
        if word[0].isupper() or word.split("-")[-1][:1].isupper() or word[:2] in {"d'", "d’"}:
            capitals += 1
        elif not _PARTICLES.fullmatch(word.rstrip("-")):
            return False
    return capitals >= 2 and not any(_NOT_A_PERSON.fullmatch(word.strip(".")) for word in words)


def names_an_office(text: str) -> bool:
    """Whether `text` has a word that makes it an office or an outlet, not a person."""
    return any(_NOT_A_PERSON.fullmatch(word.strip(".,")) for word in text.split())


def are_names(text: str) -> bool:
    """Whether `text` is a list of full names and nothing else."""
    parts = [part for part in _SPLIT.split(text.strip()) if part]
    return 0 < len(parts) <= 12 and all(is_name(part) for part in parts)


def split_authors(text: str) -> list[str]:
    """The names in a list of names: "Jane Doe and Li Wei, University of Ghana" gives Jane Doe and Li Wei.

    A text that is anything else is one name as it stands.
    """
    parts = [part for part in _SPLIT.split(text.strip(" .,:*")) if part]
    if len(parts) < 2:
        return [_cased(part) for part in parts]
    people = [_cased(part) for part in parts if is_name(part)]
    others = [part for part in parts if not is_name(part)]
    return people if people and all(map(names_an_office, others)) else [_cased(" ".join(text.split()))]


def split_byline(text: str) -> list[str]:
    """The names in a byline without its "By": "Jane Doe in Geneva and Li Wei, Newsline" gives Jane Doe and Li Wei.

    What follows the names (place, outlet, office) is left out: after a comma more names come only before an "and". A
    byline of one name keeps it whatever its form.
    """
    names = _END_OF_NAMES.split(_PLACE.sub("", text.strip()), maxsplit=1)[0].strip(" .,:*")
    parts = re.split(r"(\s*;\s*|,?\s+and\s+|,?\s+&\s+|\s*,\s*)", names, flags=re.IGNORECASE)
    joiners = [index for index in range(1, len(parts), 2) if parts[index].strip(" ,;") or ";" in parts[index]]
    last = joiners[-1] + 1 if joiners else 0
    people = [_cased(part) for part in parts[: last + 1 : 2] if is_name(part)]
    if people:
        return people
    return [_cased(parts[0])] if parts[0] else []


def join_authors(names: Iterable[str]) -> str | None:
    """Names as the `authors` column holds them."""
    return "; ".join(names) or None


def _cased(name: str) -> str:
    """A byline in capitals as a name is written: JANE O'NEIL is Jane O'Neil; AFP stays."""
    if not name.isupper() or " " not in name:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize() if len(word[0]) > 1 else word[0], name)
