"""What differs between the rows of two versions of a table, known by their primary keys.

Columns are looked at one after the other, so that what is in memory is the keys, one pair of columns and the changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa

from tablewright.cellmatching import differing
from tablewright.contract import arrow_schema
from tablewright.errors import BuildError
from tablewright.rowmatching import Matched, RepeatedKeyError, match_rows, plain
from tablewright.rownumbers import to_arrow
from tablewright.schema import TableSchema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = pa.Array[Any]
    ChunkedArray = pa.ChunkedArray[Any]

SAMPLE = 10
"""Rows of each kind that a diff shows in full; all are counted."""
_AT_ONCE = 2


class Columns(Protocol):
    """A table that gives a column at a time, in the types of its schema; a `pyarrow.Table` is one.

    Strings may come as dictionaries, coded or not.
    """

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
    mine, theirs = _both(old, new)
    keys_old, keys_new = _keys(mine), _keys(theirs)
    matched = _matched(theirs[0], keys_old, keys_new)
    results = _in_turn(mine, theirs, matched, withheld)
    at = np.unique(np.concatenate([each.rows for each in results])) if results else np.zeros(0, dtype=np.int64)
    added, withdrawn = keys_new.take(to_arrow(matched.added)), keys_old.take(to_arrow(matched.withdrawn))
    return TableDiff(
        name=theirs[0].name,
        key=theirs[0].primary_key,
        rows_before=keys_old.num_rows,
        rows_after=keys_new.num_rows,
        added=added,
        withdrawn=withdrawn,
        changed=keys_new.take(to_arrow(matched.after[at])),
        columns=tuple(
            ColumnChanges(each.name, np.searchsorted(at, each.rows), each.before, each.after)
            for each in results
            if len(each.rows)
        ),
        first_added=_as_rows(theirs[0], added, {each.name: each.added for each in results}),
        first_withdrawn=_as_rows(mine[0], withdrawn, {each.name: each.withdrawn for each in results}),
    )


def _both(old: TableVersion | None, new: TableVersion | None) -> tuple[TableVersion, TableVersion]:
    """The two versions, a table without rows in place of one that is not there."""
    if old and new:
        return old, new
    there = new or old
    if there is None:
        raise ValueError("neither version has the table")
    nothing: TableVersion = there[0], arrow_schema(there[0]).empty_table()
    return old or nothing, new or nothing


def _keys(version: TableVersion) -> pa.Table:
    schema, columns = version
    cells = [plain(columns.column(name)) for name in schema.primary_key]
    return pa.Table.from_arrays(cells, names=list(schema.primary_key))


def _matched(schema: TableSchema, old: pa.Table, new: pa.Table) -> Matched:
    if not old.schema.equals(new.schema):
        none = np.zeros(0, dtype=np.int64)
        return Matched(none, none, np.arange(old.num_rows), np.arange(new.num_rows))
    try:
        return match_rows(old.columns, new.columns)
    except RepeatedKeyError as error:
        raise BuildError(
            f"{schema.name}: rows share a key ({', '.join(schema.primary_key)}), so that they cannot be compared",
            remedy="run `tablewright check`, or get a whole copy",
        ) from error


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """What was found in a column: changed cells, by positions in the matched rows, and cells of the sampled rows."""

    name: str
    rows: NDArray[np.int64]
    before: Array | None
    after: Array | None
    added: Array | None
    withdrawn: Array | None


def _in_turn(old: TableVersion, new: TableVersion, matched: Matched, withheld: Collection[str]) -> list[_Column]:
    """Every column but the keys, looked at two at a time: Arrow leaves Python free while it works."""
    known = {name for name in new[0].primary_key if name in old[0].primary_key}
    names = [name for name in dict.fromkeys((*new[0].columns, *old[0].columns)) if name not in known]

    def look(name: str) -> _Column:
        before = old[1].column(name) if name in old[0].columns else None
        after = new[1].column(name) if name in new[0].columns else None
        return _look(name, before, after, matched, shown=name not in withheld)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(look, names))


def _look(
    name: str, before: ChunkedArray | None, after: ChunkedArray | None, matched: Matched, *, shown: bool
) -> _Column:
    rows = np.zeros(0, dtype=np.int64)
    if before is not None and after is not None:
        rows = differing(before, after, matched.before, matched.after)
    if not shown:
        return _Column(name, rows, None, None, None, None)
    return _Column(
        name,
        rows,
        _cells(before, matched.before[rows]),
        _cells(after, matched.after[rows]),
        _cells(after, matched.added[:SAMPLE]),
        _cells(before, matched.withdrawn[:SAMPLE]),
    )


def _cells(column: ChunkedArray | None, rows: NDArray[np.int64]) -> Array | None:
    if column is None:
        return None
    taken = plain(column.take(to_arrow(rows)))
    # Without a chunk, pyarrow makes the array in a way that imports pandas.
    return taken.combine_chunks() if taken.num_chunks else pa.nulls(0, taken.type)


def _as_rows(schema: TableSchema, keys: pa.Table, cells: Mapping[str, Array | None]) -> tuple[dict[str, Any], ...]:
    """The first rows of `keys` with their cells, in the order of the schema."""
    shown: dict[str, Any] = dict(zip(keys.column_names, keys.slice(0, SAMPLE).columns, strict=True))
    shown |= {name: found for name, found in cells.items() if found is not None and name not in shown}
    known = {name: shown[name].to_pylist() for name in schema.columns if name in shown}
    return tuple(dict(zip(known, values, strict=True)) for values in zip(*known.values(), strict=True))
