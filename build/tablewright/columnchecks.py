"""Proves a table against its schema column by column in Arrow, in linear time also for patterns that nobody trusts.

`checks` proves the same of a build by pandera. Here tables come from anywhere: a pattern of theirs must not be able to
hang the reader, so RE2 matches it, and a million rows take seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from tablewright.cells import URI, constraint_problem
from tablewright.records import Finding
from tablewright.rowfindings import row_findings, show
from tablewright.schema import Field, ForeignKey, TableSchema

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute


def check_columns(schema: TableSchema, table: pa.Table) -> Iterator[Finding]:
    """What is wrong with `table`, in the types of `schema`, by itself: missing values, constraints, its primary key."""
    for field in schema.fields:
        column = table.column(field.name)
        if field.required and column.null_count:
            yield from _found(schema, table, field.name, "missing", _compute.is_null(column), lambda row: "is missing")
        for name, wrong in _broken(field, column):
            if isinstance(wrong, str):
                yield Finding(name, f"{schema.name}: {field.name}: {wrong}", table=schema.name, column=field.name)
            else:
                yield from _found(schema, table, field.name, name, wrong, partial(_problem, field, table))
    for columns in _unique(schema):
        rows = _repeated([table.column(name) for name in columns])
        yield from row_findings(
            schema,
            ", ".join(columns),
            code="duplicate",
            rows=rows,
            say=partial(_repeated_problem, table, columns),
            value=partial(_value, table),
        )


def _broken(field: Field, column: Any) -> Iterator[tuple[str, Any]]:
    """For each constraint of a column: the name of the finding, and which cells break it (or why that is unknown)."""
    for pattern in (field.pattern, URI if field.format == "uri" else None):
        if pattern is None:
            continue
        try:
            fits = _compute.match_substring_regex(column, rf"\A(?:{pattern})\z")
        except pa.ArrowInvalid:
            yield "pattern", "the pattern is none that takes linear time, so it was not matched"
            continue
        yield "constraint", _compute.invert(fits)
    if field.minimum is not None:
        yield "constraint", _compute.less(column, pa.scalar(field.minimum, column.type))
    if field.maximum is not None:
        yield "constraint", _compute.greater(column, pa.scalar(field.maximum, column.type))


def _problem(field: Field, table: pa.Table, row: int) -> str:
    value = _value(table, field.name, row)
    # The pattern itself is left alone: Python's way of matching it may take for ever.
    rest = constraint_problem(field, value) if field.pattern is None else f"does not match {field.pattern}"
    return f"{show(value)} {rest or 'breaks the schema'}"


def _unique(schema: TableSchema) -> list[tuple[str, ...]]:
    single = [(field.name,) for field in schema.fields if field.unique and schema.primary_key != (field.name,)]
    return [schema.primary_key, *single]


def _repeated(columns: list[Any]) -> list[int]:
    """The rows whose values, taken together, stand in a row before; a row with a missing one is like no other."""
    codes = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = column.combine_chunks().cast(pa.string()).dictionary_encode()
        values = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        # Numbered anew after each column, so that the product of two counts never leaves 64 bits.
        codes = np.unique(codes * (len(encoded.dictionary) + 1) + values, return_inverse=True)[1]
    first = np.zeros(len(codes), dtype=bool)
    first[np.unique(codes, return_index=True)[1]] = True
    rows = np.flatnonzero(~first)
    return [row for row in rows.tolist() if all(column[row].is_valid for column in columns)]


def _repeated_problem(table: pa.Table, columns: tuple[str, ...], row: int) -> str:
    return f"{', '.join(show(_value(table, name, row)) for name in columns)} stands in a row before, too"


def _found(
    schema: TableSchema, table: pa.Table, column: str, code: str, wrong: Any, say: Callable[[int], str]
) -> list[Finding]:
    rows = _compute.indices_nonzero(_compute.fill_null(wrong, False)).to_pylist()
    return row_findings(schema, column, code=code, rows=rows, say=say, value=partial(_value, table))


def _value(table: pa.Table, column: str, row: int) -> object:
    return table.column(column)[row].as_py()


def check_references(schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table]) -> Iterator[Finding]:
    """What foreign keys refer to and is not there: a table, a column, a key, or the row of a value.

    A key with a missing part refers to nothing, by the standard.
    """
    for name, schema in schemas.items():
        for key in schema.foreign_keys:
            other = schemas.get(key.resource)
            if other is None or not set(key.reference_fields) <= set(other.columns):
                message = f"{name}: the foreign key {', '.join(key.fields)} refers to what is not there: {key.resource}"
                yield Finding("foreign-key", message, table=name)
            elif name in tables and key.resource in tables:
                yield from _dangling(schema, key, tables[name], tables[key.resource])


def _dangling(schema: TableSchema, key: ForeignKey, table: pa.Table, other: pa.Table) -> list[Finding]:
    mine, theirs = _joined(table, key.fields), _joined(other, key.reference_fields)
    known = _compute.is_in(mine, value_set=theirs)
    wrong = _compute.and_(_compute.is_valid(mine), _compute.invert(known))
    return row_findings(
        schema,
        ", ".join(key.fields),
        code="foreign-key",
        rows=_compute.indices_nonzero(wrong).to_pylist(),
        say=lambda row: f"is not in {key.resource}.{', '.join(key.reference_fields)}",
        value=partial(_value, table),
    )


def _joined(table: pa.Table, columns: tuple[str, ...]) -> Any:
    """The key of each row as one string, null where a part is missing."""
    parts = [table.column(name).combine_chunks().cast(pa.string()) for name in columns]
    # A character that no key may hold parts them.
    return parts[0] if len(parts) == 1 else _compute.binary_join_element_wise(*parts, "\x00")
