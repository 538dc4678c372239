"""The values that the actor knowledge is made of, and how it looks names up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tablewright.ids import slug

Form = Literal["name", "metonym", "capital", "region", "demonym", "place"]
"""What a form of words says: a capital, a region, and some metonyms, stand for a government only where they act."""

# As spaCy cuts English: at white space, commas and brackets, at hyphens and slashes between letters, before a
# possessive and before an apostrophe that ends a word.
_CUTS = re.compile(r"(?<=[^\W\d_])[-/](?=[^\W\d_])|'s?(?!\w)|[,()]")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that the knowledge names. `nouns` are the common nouns that point back to it ("alliance")."""

    actor_id: str
    name: str
    kind: str
    country_code: str | None = None
    affiliation_id: str | None = None
    role_title: str | None = None
    wikidata_id: str | None = None
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Name:
    """A form of words, as tokens, and whom it stands for; a place that is no actor has no `actor_id`."""

    words: tuple[str, ...]
    form: Form
    actor_id: str = ""
    always: bool = True


@dataclass(slots=True)
class ActorKnowledge:
    """All that the actors coder looks up.

    `names` is keyed by the first token, the longest form first; `surnames` holds those known without a first name;
    `countries` the actor of a country code; `places` the country code of a place by its name, None for seas and
    regions of several countries; `office_of` the office that made a person known; `own_nouns` all common nouns that the actors themselves have; `by_surname`
    the people of a surname.
    """

    actors: dict[str, KnownActor] = field(default_factory=dict)
    names: dict[str, list[Name]] = field(default_factory=dict)
    surnames: dict[str, str] = field(default_factory=dict)
    office_of: dict[str, str] = field(default_factory=dict)
    surname_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    places: dict[str, str | None] = field(default_factory=dict)
    titles: dict[str, frozenset[str]] = field(default_factory=dict)
    nouns: dict[str, dict[str, str]] = field(default_factory=dict)
    own_nouns: frozenset[str] = frozenset()
    by_surname: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def is_title(self, words: str, *classes: str) -> bool:
        """Whether `words` (lower case) is a title, of one of `classes` (office, voice, rank …) if any are given."""
        found = self.titles.get(words)
        return found is not None and (not classes or any(each in found for each in classes))

    def noun(self, use: str, word: str) -> str | None:
        """What `word` (lower case) says in that use ("anaphor", "organisation", "act" …); None if nothing."""
        return self.nouns.get(use, {}).get(word)


def tokens_of(text: str) -> tuple[str, ...]:
    """`text` cut as the language model cuts names, with plain apostrophes."""
    if text.isalpha():
        return (text,)
    return tuple(_CUTS.sub(lambda cut: f" {cut[0]} ", text.replace("’", "'")).split())


def actor_slug(name: str) -> str:
    """The id of the actor `name`: "U.S. Department of State" gives "us-department-of-state"."""
    return slug(name.replace(".", ""))
