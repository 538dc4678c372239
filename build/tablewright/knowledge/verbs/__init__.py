"""The lexicon of acts: which verbs and nouns report an event, of which PLOVER type, and who is who in it.

`verbs.csv` has a row for each pattern. `verbs` are the verbs that share it; `words` prepositions or particles of
which one must follow; `objects` nouns of which one must be the object; `near` words of which one must follow in the
clause. `type` is a PLOVER type, or `-` for a use that is no event, or one of

    light     the object names the act ("held talks"): its row in nouns.csv decides
    PROMISE   the complement decides between AGREE, CONCEDE and THREATEN
    ANNOUNCE  likewise, and without a complement that is an act there is no event

`target` lists where the target stands, tried in order: `object`, `dative`, a preposition, `host` (the country of the
place gone to), `near` (the first actor after the verb), `clause` (the subject
of the clause that says what is asked), `content` (the first actor anywhere in what is said). `joint` makes the other side a source as well, `guest` the
subject a target. `needs` is what must be there for a row: `target`, `object`, `joint` (two sources), `host`, `crowd`
(a source is not needed), `treaty`, `named`, `demand` or `none`. `@name` stands for a class in classes.csv. The
row that asks for most wins.
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
