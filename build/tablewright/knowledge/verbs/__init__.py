"""The lexicon of acts: which verbs and nouns report an event, of which PLOVER type, and who is who in it.

`verbs.csv` has a row for each pattern; of those that fit a verb in the text, the one that asks for most wins, then
the earlier. Cells hold alternatives parted by "|"; `@name` stands for the words of that class in classes.csv.

    verbs     the verbs that share the pattern; "*" is any verb that has no row of its own
    words     prepositions or particles of which one must follow; "#to" an infinitive, "#label" what something is
              called, "#wh" a question
    objects   nouns of which one must be the object (or follow the word); "@actor", "@person", "@body", "@place" and
              "@event" ask for an object that is one, "@none" for no object
    near      words of which one must follow in the sentence
    type      a PLOVER type, "-" for a use that is no event, or a type that the text settles: "light" (the object
              names the act, as in "held talks": nouns.csv decides), PROMISE and ANNOUNCE (by what is promised or
              announced), LABEL (by the name given), RETALIATE (a threat), EXERCISE (by the number of sides)
    source    nouns of which one must be the subject, if any will not do
    target    where the target stands, tried in order: "object", "dative", a preposition, "host" (the country gone
              to), "near" (the first actor after the verb), "clause" (the subject of what is asked), "content" (the
              first actor in what is said)
    joint     "joint": the other side is a source as well; "guest", "received": subject and object change roles
    needs     what must be there for a row: "target" (an actor or a class of actors), "object", "joint" (two sources),
              "host", "received", "crowd" (no source), "named", "demand", or nothing

`nouns.csv` has the same columns, with `bare` for nouns that are events without a light verb, and `phrase` for the
words of the summary. governors.csv says what a verb does to its complement: "began withdrawing" is a withdrawal.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

ANY_VERB = "*"
EVENT_NOUN = "@event"
ACTOR = "@actor"
PERSON = "@person"
NOTHING = "@none"
BODY = "@body"
PLACE = "@place"
_LOOSE = frozenset({EVENT_NOUN, ACTOR, PERSON, NOTHING, BODY, PLACE})


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of verbs.csv or nouns.csv."""

    event_type: str
    words: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    source: frozenset[str] = frozenset()
    target: tuple[str, ...] = ()
    joint: str = ""
    needs: str = ""
    bare: str = ""
    phrase: str = ""
    weight: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns by verb and by noun, heaviest first; classes of words; what governing verbs do to their complements;
    country codes by demonym."""

    verbs: dict[str, tuple[Pattern, ...]]
    nouns: dict[str, tuple[Pattern, ...]]
    classes: dict[str, frozenset[str]]
    governors: dict[str, str]
    demonyms: dict[str, str]


def load_lexicon() -> Lexicon:
    """The built-in lexicon, read from the CSV files beside this module."""
    classes = {row["class"]: frozenset(_split(row["words"])) for row in _rows("classes.csv")}
    governors = {verb: row["effect"] for row in _rows("governors.csv") for verb in _split(row["verbs"])}
    return Lexicon(
        verbs=_index("verbs.csv", "verbs", classes),
        nouns=_index("nouns.csv", "nouns", classes),
        classes=classes,
        governors=governors,
        demonyms=_demonyms(),
    )


def _demonyms() -> dict[str, str]:
    """The country code by each adjective of a country, from the actors' knowledge."""
    path = Path(__file__).parent.parent / "actors" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {word: row["country_code"] for row in csv.DictReader(stream) for word in _split(row["demonyms"])}


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _index(name: str, key: str, classes: dict[str, frozenset[str]]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for number, row in enumerate(_rows(name), start=2):
        pattern = _pattern(row, classes, f"{key}:{number}")
        for lemma in _split(row[key]):
            found.setdefault(lemma, []).append(pattern)
    return {lemma: tuple(sorted(rows, key=lambda row: -row.weight)) for lemma, rows in found.items()}


def _pattern(row: dict[str, str], classes: dict[str, frozenset[str]], rule: str) -> Pattern:
    words, objects, near = (_expand(row.get(name, ""), classes) for name in ("words", "objects", "near"))
    loose = bool(objects & _LOOSE)
    return Pattern(
        event_type=row["type"],
        words=words,
        objects=objects,
        near=near,
        source=_expand(row["source"], classes),
        target=tuple(_split(row["target"])),
        joint=row["joint"],
        needs=row["needs"],
        bare=row.get("bare", ""),
        phrase=row.get("phrase", ""),
        weight=(0 if NOTHING in objects else 3 if loose else 4) * bool(objects)
        + 2 * bool(words)
        + 2 * bool(near)
        + 2 * bool(row["source"]),
        rule=rule,
    )


def _expand(cell: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    """The words of a cell, classes spelled out. `@event` and `@actor` are looked up in the text, not here."""
    found: set[str] = set()
    for part in _split(cell):
        if part.startswith("@") and part not in _LOOSE:
            found |= classes[part[1:]]
        else:
            found.add(part)
    return frozenset(found)
