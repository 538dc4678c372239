"""Days whose acts are known by them for years after: "the September 11 attacks" are those of 2001."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files


@cache
def load_named_days() -> dict[tuple[int, int], tuple[int, frozenset[str]]]:
    """Month and day to the year, and the nouns that make it so; from the CSV file beside this module, once a process."""
    text = files("tablewright.knowledge").joinpath("named_days.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {
        (int(row["month"]), int(row["day"])): (int(row["year"]), frozenset(row["nouns"].split("|"))) for row in rows
    }
