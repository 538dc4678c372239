"""Proves tables: each against its schema, keys across tables, anchors against the texts. Values in, findings out.

Every failing row is found; of those that break one rule in one column the first few are shown and all are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import pandera.errors
import pyarrow as pa
import pyarrow.compute

from tablewright.arrowtable import to_frame
from tablewright.cells import constraint_problem, type_problem
from tablewright.frames import pandera_schema
from tablewright.records import Finding
from tablewright.rowfindings import row_findings, show
from tablewright.schema import Anchor, Field, ForeignKey, TableSchema

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute


def check_tables(
    schemas: Mapping[str, TableSchema], tables: Mapping[str, pa.Table], texts: Mapping[str, str]
) -> list[Finding]:
    """Everything that is wrong with `tables`, which are in the types of `schemas`.

    `texts` holds the canonical text of each document by its id. A table that another's foreign keys refer to has to be
    among `tables`.
    """
    findings: list[Finding] = []
    for name, schema in schemas.items():
        if name in tables:
            findings += check_frame(schema, to_frame(schema, tables[name]))
            findings += check_foreign_keys(schema, tables)
            findings += check_anchors(schema, tables[name], texts)
    return findings


def check_frame(schema: TableSchema, frame: pd.DataFrame) -> list[Finding]:
    """What is wrong with one table by itself: columns, types, missing values, constraints, and its primary key."""
    try:
        pandera_schema(schema).validate(frame, lazy=True, inplace=True)
    except pandera.errors.SchemaErrors as errors:
        findings: list[Finding] = []
        for error in errors.schema_errors:
            findings += _schema_findings(schema, frame, error)
        return findings
    return []


def _schema_findings(schema: TableSchema, frame: pd.DataFrame, error: pandera.errors.SchemaError) -> list[Finding]:
    """One of pandera's complaints as findings: a row each where it is about rows."""
    column = str(error.column_name) if error.column_name in schema.columns else None
    rows = _failing_rows(error)
    if not rows:
        return [_shape_finding(schema, column, error)]
    code = _CODES.get(error.reason_code, "constraint") if error.reason_code else "constraint"
    columns = schema.primary_key if column is None else (column,)
    problem = partial(_row_problem, schema, frame, columns, code)
    value = partial(_frame_value, frame)
    return row_findings(schema, ", ".join(columns), code=code, rows=rows, say=problem, value=value)


_Reason = pandera.errors.SchemaErrorReason
_CODES = {
    _Reason.SERIES_CONTAINS_NULLS: "missing",
    _Reason.SERIES_CONTAINS_DUPLICATES: "duplicate",
    _Reason.DUPLICATES: "duplicate",
    _Reason.DATAFRAME_CHECK: "constraint",
}


def _failing_rows(error: pandera.errors.SchemaError) -> list[int]:
    cases = error.failure_cases
    if not hasattr(cases, "columns") or "index" not in cases.columns:
        return []
    return sorted({int(row) for row in cases["index"] if row is not None})


def _shape_finding(schema: TableSchema, column: str | None, error: pandera.errors.SchemaError) -> Finding:
    """A complaint about a column or the table as a whole."""
    code = error.reason_code.name.lower().replace("_", "-") if error.reason_code else "schema"
    message = f"{schema.name}: {str(error).splitlines()[0]}"
    return Finding(code=code, message=message, table=schema.name, column=column)


def _row_problem(schema: TableSchema, frame: pd.DataFrame, columns: tuple[str, ...], code: str, row: int) -> str:
    if code == "duplicate":
        return f"{', '.join(show(_frame_value(frame, name, row)) for name in columns)} stands in a row before, too"
    field = schema.field(columns[0])
    value = _frame_value(frame, field.name, row)
    return f"{show(value)} {_problem(field, value)}" if value is not None else "is missing"


def _problem(field: Field, value: object) -> str:
    return type_problem(field, value) or constraint_problem(field, value) or "breaks the schema"


def _frame_value(frame: pd.DataFrame, column: str, row: int) -> object:
    """The value of a cell as Python has it; None for a missing one."""
    value: Any = frame[column].array[row]
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def check_foreign_keys(schema: TableSchema, tables: Mapping[str, pa.Table]) -> list[Finding]:
    """The rows of a table whose foreign keys are not to be found in the table that they refer to.

    A key with a missing part refers to nothing and is not looked at, by the standard.
    """
    findings: list[Finding] = []
    table = tables[schema.name]
    for key in schema.foreign_keys:
        rows = _dangling(key, table, tables[key.resource])
        findings += row_findings(
            schema,
            ", ".join(key.fields),
            code="foreign-key",
            rows=rows,
            say=partial(_dangling_problem, key, table),
            value=partial(_table_value, table),
        )
    return findings


def _dangling(key: ForeignKey, table: pa.Table, other: pa.Table) -> list[int]:
    if len(key.fields) == 1:
        column = table.column(key.fields[0])
        known = _compute.is_in(column, value_set=other.column(key.reference_fields[0]).combine_chunks())
        wrong = _compute.and_(_compute.is_valid(column), _compute.invert(known))
        rows: list[int] = _compute.indices_nonzero(wrong).to_pylist()
        return rows
    keys = set(zip(*(other.column(name).to_pylist() for name in key.reference_fields), strict=True))
    mine = zip(*(table.column(name).to_pylist() for name in key.fields), strict=True)
    return [row for row, values in enumerate(mine) if None not in values and values not in keys]


def _dangling_problem(key: ForeignKey, table: pa.Table, row: int) -> str:
    values = ", ".join(show(_table_value(table, name, row)) for name in key.fields)
    return f"{values} is not in {key.resource}.{', '.join(key.reference_fields)}"


def _table_value(table: pa.Table, column: str, row: int) -> object:
    return table.column(column)[row].as_py()


def check_anchors(schema: TableSchema, table: pa.Table, texts: Mapping[str, str]) -> list[Finding]:
    """The rows whose anchors do not hold: the words are not what stands there in the document's canonical text.

    An optional anchor has its columns all filled or all missing.
    """
    findings: list[Finding] = []
    for anchor in schema.anchors:
        names = (anchor.document, anchor.start, anchor.end, anchor.text)
        cells = list(zip(*(table.column(name).to_pylist() for name in names), strict=True))
        findings += row_findings(
            schema,
            anchor.text,
            code="anchor",
            rows=[row for row, cell in enumerate(cells) if not _holds(cell, texts)],
            say=partial(_anchor_problem, anchor, cells, texts),
            value=partial(_table_value, table),
        )
    return findings


_Cell = tuple[str, int | None, int | None, str | None]


def _holds(cell: _Cell, texts: Mapping[str, str]) -> bool:
    document, start, end, text = cell
    if start is None or end is None or text is None:
        return start is None and end is None and text is None
    # A negative start would count from the end of the text.
    return document in texts and 0 <= start < end and texts[document][start:end] == text


def _anchor_problem(anchor: Anchor, cells: list[_Cell], texts: Mapping[str, str], row: int) -> str:
    document, start, end, text = cells[row]
    if start is None or end is None or text is None:
        return f"{show(text)} has {anchor.start} {show(start)} and {anchor.end} {show(end)}; all are given, or none"
    if document not in texts:
        return f"cannot be looked up: there is no text of {show(document)}"
    if not 0 <= start < end <= len(texts[document]):
        return f"{show(text)} is said to stand at {start}-{end}; the text has {len(texts[document])} characters"
    return f"{show(text)} is said to stand at {start}-{end} of {document}, where the text has {show(texts[document][start:end])}"
