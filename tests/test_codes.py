"""The codes in the knowledge are those of the public standards."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pycountry
import pytest

import tablewright

KNOWLEDGE = Path(tablewright.__file__).parent / "knowledge"
# Kosovo has no ISO code; the codebook uses the one that the EU and the IMF use.
COUNTRIES = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
# No longer current, but in older documents: the lev until 2025, the Zimbabwean dollar until 2024.
CURRENCIES = {currency.alpha_3 for currency in pycountry.currencies} | {"BGN", "ZWL"}


def cells(column: str) -> Iterator[tuple[str, str]]:
    """Each filled cell of a column, in whichever knowledge file has it."""
    for path in sorted(KNOWLEDGE.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for code in (row.get(column) or "").split("|"):
                    if code:
                        yield path.name, code


@pytest.mark.parametrize(
    ("column", "codes"), [("country_code", COUNTRIES), ("countries", COUNTRIES), ("currency", CURRENCIES)]
)
def test_codes_are_those_of_the_standard(column: str, codes: set[str]) -> None:
    found = list(cells(column))
    assert found
    assert {(file, code) for file, code in found if code not in codes} == set()


def test_every_state_that_the_un_counts_is_known() -> None:
    with (KNOWLEDGE / "actors" / "countries.csv").open(encoding="utf-8", newline="") as file:
        known = {row["country_code"] for row in csv.DictReader(file)}
    assert {"JPN", "USA", "GBR", "KOR", "PRK", "TWN", "PSE", "VAT", "XKX", "COD", "COG", "SSD", "TLS"} <= known
    assert len(known) >= 193
