"""What differs between two versions of a dataset: its contract, its rows, its cells, what it says of itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tablewright.rowdiff import Columns, TableDiff, TableVersion, compare_rows
from tablewright.schema import TableSchema
from tablewright.schemadiff import SchemaChange, compare_schemas

ABOUT = ("name", "title", "description", "homepage", "keywords", "licenses", "contributors")
"""The properties of datapackage.json that say what a dataset is."""


@dataclass(frozen=True, slots=True)
class AboutChange:
    """A property of the dataset as a whole that differs; None where it was or is not given."""

    what: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, eq=False)
class Diff:
    """What differs from one version of a dataset to another; true when something does.

    `tables` has every table that one of the two has: those of the new version in its order, then those that went.
    `before` and `after` are the names by which people know the two ("1.0.0", "dist"), None for nothing at all.
    """

    before: str | None
    after: str | None
    about: tuple[AboutChange, ...]
    schema: tuple[SchemaChange, ...]
    tables: tuple[TableDiff, ...]

    def __bool__(self) -> bool:
        return bool(self.about or self.schema or any(self.tables))

    def table(self, name: str) -> TableDiff:
        """The rows of the table called `name`; `KeyError` when neither version has it."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


def diff(
    old: Mapping[str, tuple[TableSchema, Columns]],
    new: Mapping[str, tuple[TableSchema, Columns]],
    *,
    before: str | None = None,
    after: str | None = None,
    old_about: Mapping[str, Any] | None = None,
    new_about: Mapping[str, Any] | None = None,
    withheld: Mapping[str, Collection[str]] | None = None,
) -> Diff:
    """What differs from `old` to `new`, datasets as tables by name, each with its schema; empty for nothing before.

    A table gives its columns one at a time (a `pyarrow.Table` does). `old_about` and `new_about` are the two
    datapackage.json, of which `ABOUT` is compared when both are given. `withheld` names, for a table, columns whose
    cells may not be passed on: they are compared and counted, not shown. Raises `BuildError` when rows of one version
    share a primary key.
    """
    hidden = withheld or {}
    names = [*new, *(name for name in old if name not in new)]
    return Diff(
        before=before,
        after=after,
        about=tuple(_about(old_about, new_about)) if old_about is not None and new_about is not None else (),
        schema=compare_schemas(_schemas(old), _schemas(new)),
        tables=tuple(compare_rows(old.get(name), new.get(name), hidden.get(name, ())) for name in names),
    )


def _schemas(dataset: Mapping[str, TableVersion]) -> dict[str, TableSchema]:
    return {name: schema for name, (schema, _) in dataset.items()}


def _about(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[AboutChange]:
    for what in ABOUT:
        if old.get(what) != new.get(what):
            yield AboutChange(what, old.get(what), new.get(what))
