"""Currencies as texts write them: symbols ("A$", "€"), words ("kroner") and what tells words apart ("Norwegian").

`money.csv` has a row for each currency of ISO 4217 in use; forms are parted by `|`. `countries` are those whose own
money it is, by which a bare "rupees" resolves. A word shared by several means the first of its rows where nothing
tells them apart; "kroner", "rupees" and the like have no such meaning (see `AMBIGUOUS`).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DEFAULTS = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CHF", "RUB", "KRW", "TRY", "BRL"})
"""The currencies that a shared word means where nothing tells which is meant."""


@dataclass(frozen=True, slots=True)
class Money:
    """`symbols`: form to code. `words`: lower-case word to the codes that it may mean, in the order of the file.
    `qualifiers`: (lower-case qualifier, word) to code. `countries`: code to the countries whose money it is.
    """

    symbols: dict[str, str]
    words: dict[str, tuple[str, ...]]
    qualifiers: dict[tuple[str, str], str]
    countries: dict[str, frozenset[str]]
    names: dict[str, tuple[str, ...]]

    @property
    def codes(self) -> frozenset[str]:
        """The ISO codes themselves."""
        return frozenset(self.countries)


@cache
def load_money() -> Money:
    """The currencies, read from the CSV file beside this module, once a process."""
    symbols: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    qualifiers: dict[tuple[str, str], str] = {}
    countries: dict[str, frozenset[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    text = files("tablewright.knowledge").joinpath("money.csv").read_text(encoding="utf-8")
    with io.StringIO(text, newline="") as stream:
        for row in csv.DictReader(stream):
            code = row["currency"]
            countries[code] = frozenset(_forms(row["countries"]))
            names[code] = _forms(row["qualifiers"])
            symbols |= {form: code for form in _forms(row["symbols"]) if form not in symbols}
            for word in _forms(row["words"]):
                words[word.lower()] = (*words.get(word.lower(), ()), code)
                qualifiers |= {(name.lower(), word.lower()): code for name in names[code]}
    return Money(symbols, words, qualifiers, countries, names)


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
