"""What differs between the rows of two versions of a table, known by their primary keys.

Columns are looked at one after the other, so that what is in memory is the keys, one pair of columns and the changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa

from tablewright.cellmatching import differing
from tablewright.errors import BuildError
from tablewright.rowmatching import Matched, RepeatedKeyError, match_rows, plain
from tablewright.schema import TableSchema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = pa.Array[Any]
    ChunkedArray = pa.ChunkedArray[Any]

SAMPLE = 10
"""Rows of each kind that a diff shows in full; all are counted."""


class Columns(Protocol):
    """A table that gives a column at a time, in the types of its schema; a `pyarrow.Table` is one."""

    @property
    def num_rows(self) -> int: ...

    def column(self, name: str, /) -> ChunkedArray: ...


@dataclass(frozen=True, slots=True, eq=False)
class ColumnChanges:
    """The cells of a column that differ in rows that both versions have.

    `rows` counts in `TableDiff.changed`, ascending; `before` and `after` are the cells, None for both where they are
    withheld.
    """

    column: str
    rows: NDArray[np.int64]
    before: Array | None
    after: Array | None

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class TableDiff:
    """What differs between the rows of two versions of a table.

    `added`, `withdrawn` and `changed` hold the keys of such rows: those added and changed in the order of the new
    version, those withdrawn in the order of the old one. `first_added` and `first_withdrawn` are the first `SAMPLE`
    rows in full, without the cells that are withheld.
    """

    name: str
    key: tuple[str, ...]
    rows_before: int
    rows_after: int
    added: pa.Table
    withdrawn: pa.Table
    changed: pa.Table
    columns: tuple[ColumnChanges, ...]
    first_added: tuple[Mapping[str, Any], ...]
    first_withdrawn: tuple[Mapping[str, Any], ...]

    @property
    def cells(self) -> int:
        """The cells that differ in rows that both versions have."""
        return sum(len(each) for each in self.columns)

    def __bool__(self) -> bool:
        """Whether a row differs."""
        return bool(self.added.num_rows or self.withdrawn.num_rows or self.changed.num_rows)

    def counts(self) -> dict[str, int]:
        """The figures of the table, by name."""
        return {
            "rows_before": self.rows_before,
            "rows_after": self.rows_after,
            "added": self.added.num_rows,
            "withdrawn": self.withdrawn.num_rows,
            "changed": self.changed.num_rows,
            "cells": self.cells,
        }


TableVersion = tuple[TableSchema, Columns]
"""A table as one version has it."""


def compare_rows(old: TableVersion | None, new: TableVersion | None, withheld: Collection[str] = ()) -> TableDiff:
    """What differs between the rows of a table; one of the two may not have it.

    Cells of the columns in `withheld` are compared and counted, and not shown. Where the primary key itself changed,
    no row can be known again: all of the old are withdrawn and all of the new are added. Raises `BuildError` when
    rows of one version share a key.
    """
    schema = (new or old or _NEITHER)[0]
    key = schema.primary_key
    matched = _matched(old, new, schema)
    columns, changed = _cells(old, new, matched, withheld) if old and new else ((), np.zeros(0, dtype=np.int64))
    return TableDiff(
        name=schema.name,
        key=key,
        rows_before=old[1].num_rows if old else 0,
        rows_after=new[1].num_rows if new else 0,
        added=_keys(new, matched.added, key),
        withdrawn=_keys(old, matched.withdrawn, (old or _NEITHER)[0].primary_key),
        changed=_keys(new, changed, key),
        columns=columns,
        first_added=_sample(new, matched.added, withheld),
        first_withdrawn=_sample(old, matched.withdrawn, withheld),
    )


_NEITHER: TableVersion = (TableSchema("", "", "", (), ()), pa.table({}))


def _matched(old: TableVersion | None, new: TableVersion | None, schema: TableSchema) -> Matched:
    if not old or not new or _key_types(old[0]) != _key_types(new[0]):
        none = np.zeros(0, dtype=np.int64)
        return Matched(
            none,
            none,
            np.arange(old[1].num_rows if old else 0),
            np.arange(new[1].num_rows if new else 0),
        )
    keys = [[plain(version[1].column(name)) for name in schema.primary_key] for version in (old, new)]
    try:
        return match_rows(*keys)
    except RepeatedKeyError as error:
        raise BuildError(
            f"{schema.name}: rows share a key ({', '.join(schema.primary_key)}), so that they cannot be compared",
            remedy="run `tablewright check`, or get a whole copy",
        ) from error


def _key_types(schema: TableSchema) -> list[tuple[str, str]]:
    return [(name, schema.field(name).type) for name in schema.primary_key]


def _cells(
    old: TableVersion, new: TableVersion, matched: Matched, withheld: Collection[str]
) -> tuple[tuple[ColumnChanges, ...], NDArray[np.int64]]:
    """The changed cells, and the rows of `new` that have any."""
    found: list[tuple[str, NDArray[np.int64], Array | None, Array | None]] = []
    anything = np.zeros(len(matched.after), dtype=np.bool_)
    for name in new[0].columns:
        if name not in old[0].columns or name in new[0].primary_key or not len(matched.after):
            continue
        before, after = old[1].column(name), new[1].column(name)
        at = differing(before, after, matched.before, matched.after)
        if len(at):
            anything[at] = True
            shown = name not in withheld
            found.append(
                (
                    name,
                    at,
                    _taken(before, matched.before[at]) if shown else None,
                    _taken(after, matched.after[at]) if shown else None,
                )
            )
    changed = np.flatnonzero(anything)
    columns = tuple(ColumnChanges(name, np.searchsorted(changed, at), one, two) for name, at, one, two in found)
    return columns, matched.after[changed]


def _taken(column: ChunkedArray, rows: NDArray[np.int64]) -> Array:
    taken: Any = plain(column.take(rows)).combine_chunks()
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken


def _keys(version: TableVersion | None, rows: NDArray[np.int64], key: tuple[str, ...]) -> pa.Table:
    if version is None:
        return pa.table({name: pa.array([], pa.string()) for name in key})
    return pa.table({name: _taken(version[1].column(name), rows) for name in key})


def _sample(
    version: TableVersion | None, rows: NDArray[np.int64], withheld: Collection[str]
) -> tuple[dict[str, Any], ...]:
    if version is None or not len(rows):
        return ()
    schema, columns = version
    cells = {
        name: _taken(columns.column(name), rows[:SAMPLE]).to_pylist() for name in schema.columns if name not in withheld
    }
    return tuple(dict(zip(cells, values, strict=True)) for values in zip(*cells.values(), strict=True))
