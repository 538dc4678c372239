"""The contract as values: tables, their columns, keys and anchors, as schemas/*.yaml define them.

Made by `schemafile`; everything else that knows a column (Arrow, pandas and pandera types, datapackage.json, the
printed codebook) derives from these values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FieldType = Literal["string", "integer", "number", "boolean", "date"]
Value = str | int | float | bool | dt.date


@dataclass(frozen=True, slots=True)
class Category:
    """A value that a coded column may take, and what it means."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type, its constraints, and what it means.

    `pattern` has to match the whole value (XML Schema's habit, which Table Schema follows). `categories` are empty
    unless the column is coded; their order is the order of the values everywhere.
    """

    name: str
    type: FieldType
    title: str
    description: str
    example: Value
    format: str = "default"
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    minimum: Value | None = None
    maximum: Value | None = None
    categories: tuple[Category, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The codes that the column may take, in the schema's order; empty when it is not coded."""
        return tuple(category.value for category in self.categories)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values are keys of another table (or of the same one)."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Columns that quote a document: `text` is what stands at `start` to `end` of the canonical text of `document`."""

    start: str
    end: str
    text: str
    document: str = "document_id"


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: what a row is, its columns in order, its keys, and what anchors it in the texts.

    `file` is where it was read from, for messages.
    """

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    file: str = ""

    def field(self, name: str) -> Field:
        """The column called `name`; `KeyError` when there is none."""
        for column in self.fields:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.fields)


def in_order(schemas: Mapping[str, TableSchema]) -> dict[str, TableSchema]:
    """`schemas` with every table after those that it refers to; ties, and rings of tables, go by name."""
    waiting = dict(sorted(schemas.items()))
    done: dict[str, TableSchema] = {}
    while waiting:
        ready = [
            name
            for name, schema in waiting.items()
            if all(key.resource in done or key.resource == name for key in schema.foreign_keys)
        ]
        for name in ready or [next(iter(waiting))]:
            done[name] = waiting.pop(name)
    return done
