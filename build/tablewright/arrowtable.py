"""Rows, Arrow tables and pandas frames of one contract: how one becomes the other without changing a value.

What does not fit is returned as findings, a row each, and never turned into null behind anybody's back: a table that
comes with findings is for looking at, not for writing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import pyarrow.compute

from tablewright.cells import type_problem
from tablewright.contract import arrow_schema, arrow_type
from tablewright.records import Finding
from tablewright.rowfindings import row_findings, show
from tablewright.schema import Field, TableSchema

if TYPE_CHECKING:
    import pandas as pd

    Array = pa.Array[Any]
    ChunkedArray = pa.ChunkedArray[Any]

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

_NONE = type(None)
_PYTHON_TYPES: dict[str, frozenset[type]] = {
    "string": frozenset({str, _NONE}),
    "integer": frozenset({int, _NONE}),
    "number": frozenset({int, float, _NONE}),
    "boolean": frozenset({bool, _NONE}),
    "date": frozenset({dt.date, _NONE}),
}


def to_arrow(schema: TableSchema, rows: Sequence[Mapping[str, object]]) -> tuple[pa.Table, list[Finding]]:
    """`rows` as an Arrow table in the columns and types of `schema`, and a finding for every value that does not fit.

    Values are str, int, float, bool, datetime.date or None; a column that a row does not name is null in it. A value
    of another type, one outside the column's values, an empty string and a number that is not finite are findings;
    they stand as null in the table, which must then not be written.
    """
    findings = _unknown_columns(schema, rows)
    columns: list[Array] = []
    for field in schema.fields:
        values = [row.get(field.name) for row in rows]
        array = _fast_array(field, values)
        if array is None:
            wrong = _wrong_rows(field, values)
            findings += row_findings(
                schema,
                field.name,
                code="value",
                rows=wrong,
                say=partial(_say, field, values),
                value=lambda name, row: rows[row].get(name),
            )
            array = _array(field, [None if storing_problem(field, value) else value for value in values])
        columns.append(array)
    return pa.Table.from_arrays(columns, schema=arrow_schema(schema)), findings


def storing_problem(field: Field, value: object) -> str | None:
    """What keeps `value` from being stored in the column: its type, or a code that the column does not know."""
    problem = type_problem(field, value)
    if problem is None and value is not None and field.categories and value not in field.values:
        problem = f"is not one of {', '.join(field.values)}"
    return f"{show(value)} {problem}" if problem else None


def _say(field: Field, values: Sequence[object], row: int) -> str:
    return storing_problem(field, values[row]) or ""


def _unknown_columns(schema: TableSchema, rows: Sequence[Mapping[str, object]]) -> list[Finding]:
    unknown = set[str]().union(*rows).difference(schema.columns)
    return [
        Finding(
            code="unknown-column",
            message=f"{schema.name}: rows hold a column {name} that the schema does not define",
            file=schema.file or None,
            column=name,
            remedy=f"define {name} in the schema",
            table=schema.name,
        )
        for name in sorted(unknown)
    ]


def _fast_array(field: Field, values: list[object]) -> Array | None:
    """The column at once; None when a value does not fit, for `_wrong_rows` to find."""
    if not set(map(type, values)) <= _PYTHON_TYPES[field.type]:
        return None
    try:
        array = _array(field, values)
    except (pa.ArrowException, OverflowError, KeyError, UnicodeEncodeError):
        return None
    return None if _hides_problem(field, array) else array


def _array(field: Field, values: list[object]) -> Array:
    if not field.categories:
        return pa.array(values, arrow_type(field))
    codes: dict[object, int | None] = {value: code for code, value in enumerate(field.values)}
    codes[None] = None
    indices = pa.array([codes[value] for value in values], pa.int32())
    return pa.DictionaryArray.from_arrays(indices, pa.array(field.values, pa.string()))


def _hides_problem(field: Field, array: Array | ChunkedArray) -> bool:
    """Whether a column that Arrow accepts holds what the contract does not: "", infinity or not-a-number."""
    if field.type == "number":
        return _compute.all(_compute.is_finite(array)).as_py() is False
    if field.type == "string" and not field.categories:
        # No comparison with a number of Python's: pyarrow would import pandas to see what it is.
        shortest: int | None = _compute.min(_compute.binary_length(array)).as_py()
        return shortest == 0
    return False


def _wrong_rows(field: Field, values: Iterable[object]) -> list[int]:
    return [row for row, value in enumerate(values) if storing_problem(field, value)]


def conform(schema: TableSchema, table: pa.Table) -> tuple[pa.Table, list[Finding]]:
    """A table read from a file, in the exact types of `schema`: codes in the schema's order, the pandas metadata.

    Findings for columns that are missing, not in the schema or in another order, for types that do not fit and for
    values that no column of the type may hold; with findings the table is for looking at only.
    """
    if tuple(table.column_names) != schema.columns:
        message = f"{schema.name}: the columns are {', '.join(table.column_names)}; the schema says {', '.join(schema.columns)}"
        return _empty(schema), [Finding(code="columns", message=message, table=schema.name)]
    findings: list[Finding] = []
    columns: list[ChunkedArray] = []
    for field in schema.fields:
        column = table.column(field.name)
        try:
            conformed = _recode(field, column) if field.categories else column.cast(arrow_type(field))
        except pa.ArrowException as error:
            message = f"{schema.name}: {field.name} is {column.type}, not {field.type} ({error})"
            findings.append(Finding(code="type", message=message, table=schema.name, column=field.name))
            columns.append(pa.chunked_array([pa.array([None] * len(column), arrow_type(field))]))
            continue
        if conformed.null_count > column.null_count or _hides_problem(field, conformed):
            findings += _value_findings(schema, field, table)
        columns.append(conformed)
    return pa.Table.from_arrays(columns, schema=arrow_schema(schema)), findings


def _value_findings(schema: TableSchema, field: Field, table: pa.Table) -> list[Finding]:
    values = table.column(field.name).to_pylist()
    return row_findings(
        schema,
        field.name,
        code="value",
        rows=_wrong_rows(field, values),
        say=partial(_say, field, values),
        value=lambda name, row: table.column(name)[row].as_py(),
    )


def _recode(field: Field, column: ChunkedArray) -> ChunkedArray:
    """A coded column with the schema's values, in the schema's order, as dictionary; an unknown code becomes null."""
    values = pa.array(field.values, pa.string())
    if column.type == arrow_type(field) and all(
        cast("pa.DictionaryArray[Any, Any]", chunk).dictionary.equals(values) for chunk in column.chunks
    ):
        return column if column.num_chunks else _no_codes(values)
    codes: ChunkedArray = _compute.index_in(column.cast(pa.string()), value_set=values)
    chunks = [pa.DictionaryArray.from_arrays(chunk, values) for chunk in codes.chunks]
    return pa.chunked_array(chunks) if chunks else _no_codes(values)


def _no_codes(values: Array) -> ChunkedArray:
    # Without a chunk there would be no dictionary, and the categories would be lost.
    return pa.chunked_array([pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), values)])


def _empty(schema: TableSchema) -> pa.Table:
    return to_arrow(schema, [])[0]


def to_frame(schema: TableSchema, table: pa.Table) -> pd.DataFrame:
    """A table in the types of `schema` (from `to_arrow` or `conform`) as a DataFrame, as `read_parquet` would give it.

    Memory is shared where pandas can: the frame is for reading.
    """
    return table.replace_schema_metadata(arrow_schema(schema).metadata).to_pandas(split_blocks=True)
