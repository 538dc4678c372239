"""A small table with a column of every type, and rows for it, for the tests of everything that handles tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tablewright.schema import Category, Field, FieldType, TableSchema

COLOURS = ("red", "blue", "a,b")

# What breaks careless CSV: quotes, borders of cells and lines, formulas, words that readers take for missing values.
NASTY = ("NA", "null", "nan", "None", '"', '""', ",", "\n", "\r\n", "\r", "=1+1", "+1", "-1", "@x", "\t", " ", "true", "1", "😀", "é", "#N/A", "\\", "\ufeff", "\u2028", "0", "-0", "\x00", "'")  # fmt: skip


def field(name: str, kind: FieldType, **more: Any) -> Field:
    """A column whose words do not matter."""
    return Field(name, kind, name, f"The {name}.", more.pop("example", "x"), **more)


def everything() -> TableSchema:
    """Each type as a required and as an optional column."""
    colours = tuple(Category(value, value) for value in COLOURS)
    return TableSchema(
        "things",
        "Things",
        "One row for each thing.",
        (
            field("thing_id", "string", required=True, unique=True),
            field("words", "string"),
            field("count", "integer", required=True, example=1),
            field("more", "integer", example=1),
            field("amount", "number", required=True, example=1.5),
            field("amount_max", "number", example=1.5),
            field("open", "boolean", required=True, example=True),
            field("shut", "boolean", example=True),
            field("seen_on", "date", required=True, example=dt.date(2023, 7, 10)),
            field("gone_on", "date", example=dt.date(2023, 7, 10)),
            field("colour", "string", required=True, categories=colours, example="red"),
            field("tint", "string", categories=colours, example="red"),
        ),
        ("thing_id",),
        file="schemas/things.yaml",
    )


def thing(thing_id: str = "a", **values: object) -> dict[str, object]:
    """A row of `everything` with nulls where they may be."""
    row: dict[str, object] = {
        "thing_id": thing_id,
        "words": None,
        "count": 1,
        "more": None,
        "amount": 1.5,
        "amount_max": None,
        "open": True,
        "shut": None,
        "seen_on": dt.date(2023, 7, 10),
        "gone_on": None,
        "colour": "red",
        "tint": None,
    }
    return row | values


def words() -> st.SearchStrategy[str]:
    """Strings that are not empty, made of nasty pieces and of any characters."""
    pieces = st.lists(st.sampled_from(NASTY), min_size=1, max_size=4).map("".join)
    return pieces | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


def rows() -> st.SearchStrategy[list[dict[str, object]]]:
    """Up to five rows of `everything`, any values that the contract allows."""
    integers = st.integers(-(2**63), 2**63 - 1)
    numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18).map(float)
    dates = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
    colours = st.sampled_from(COLOURS)
    row: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
        {
            "thing_id": words(),
            "words": st.none() | words(),
            "count": integers,
            "more": st.none() | integers,
            "amount": numbers,
            "amount_max": st.none() | numbers,
            "open": st.booleans(),
            "shut": st.none() | st.booleans(),
            "seen_on": dates,
            "gone_on": st.none() | dates,
            "colour": colours,
            "tint": st.none() | colours,
        }
    )
    return st.lists(row, max_size=5, unique_by=lambda each: str(each["thing_id"]))
