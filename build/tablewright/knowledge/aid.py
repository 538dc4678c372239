"""The words by which a text says that money is aid: who gives, who asks, of what type it is.

`aid_words.csv` has a row for each use; words are lemmas or lower-case forms, parted by `|`.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class AidWords:
    """Words by use; each field is a row of aid_words.csv, where its meaning stands."""

    pledge: frozenset[str]
    give: frozenset[str]
    weak: frozenset[str]
    receive: frozenset[str]
    request: frozenset[str]
    carry: frozenset[str]
    aid: frozenset[str]
    plain_aid: frozenset[str]
    promise: frozenset[str]
    request_noun: frozenset[str]
    not_aid: frozenset[str]
    refuse: frozenset[str]
    humanitarian: frozenset[str]
    financial: frozenset[str]
    military: frozenset[str]
    fund: frozenset[str]
    body: frozenset[str]
    domestic: frozenset[str]
    donor: frozenset[str]
    neutral: frozenset[str]
    money: frozenset[str]


@cache
def load_aid_words() -> AidWords:
    """The words, read from the CSV file beside this module, once a process."""
    text = files("tablewright.knowledge").joinpath("aid_words.csv").read_text(encoding="utf-8")
    with io.StringIO(text, newline="") as stream:
        words = {row["use"]: frozenset(row["words"].split("|")) for row in csv.DictReader(stream)}
    return AidWords(**{field.name: words[field.name] for field in fields(AidWords)})
