"""Cues: the words by which a text says whose words a quotation holds, or that they are nobody's.

`cues.csv` has a row for each use; `words` are lemmas (for a phrase, the words as written), parted by `|`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Cues:
    """Lemmas by use; each field is a row of cues.csv, where its meaning stands."""

    direct: frozenset[str]
    report: frozenset[str]
    naming: frozenset[str]
    with_as: frozenset[str]
    near: frozenset[str]
    act: frozenset[str]
    noun: frozenset[str]
    document: frozenset[str]
    work: frozenset[str]
    programme: frozenset[str]
    titling: frozenset[str]
    term: frozenset[str]
    label: frozenset[str]
    crowd: frozenset[str]
    voice: frozenset[str]
    nobody: frozenset[str]
    source_phrase: frozenset[str]
    term_phrase: frozenset[str]

    def is_saying(self, lemma: str) -> bool:
        """Whether a verb can be the word that introduces a quotation."""
        return lemma in self.direct or lemma in self.report or lemma in self.naming or lemma in self.with_as


def load_cues() -> Cues:
    """The built-in cues, read from the CSV file beside this module."""
    with files("tablewright.knowledge").joinpath("cues.csv").open(encoding="utf-8") as stream:
        words = {row["use"]: frozenset(row["words"].split("|")) for row in csv.DictReader(stream)}
    return Cues(**{field.name: words[field.name] for field in fields(Cues)})
