"""The contract for DataFrames: the dtype of every column, and the pandera schema that proves a frame."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from tablewright.cells import URI
from tablewright.schema import Field, TableSchema


def pandas_dtypes(schema: TableSchema) -> dict[str, Any]:
    """The pandas dtype of every column, by name, in order."""
    plain: dict[str, Any] = {
        "string": pd.StringDtype(na_value=float("nan")),
        "integer": pd.Int64Dtype(),
        "number": pd.Float64Dtype(),
        "boolean": pd.BooleanDtype(),
        "date": pd.ArrowDtype(pa.date32()),
    }
    dtypes: dict[str, Any] = {}
    for field in schema.fields:
        dtypes[field.name] = plain[field.type]
        if field.categories:
            dtypes[field.name] = pd.CategoricalDtype(pd.Index(field.values, dtype="str"), ordered=False)
        elif field.type == "number" and field.required:
            dtypes[field.name] = "float64"
    return dtypes


@lru_cache(maxsize=256)
def pandera_schema(schema: TableSchema) -> pandera.DataFrameSchema:
    """The pandera schema of a table: columns in order, types, missing values, unique keys and all constraints."""
    dtypes = pandas_dtypes(schema)
    columns = {
        field.name: pandera.Column(
            dtypes[field.name],
            checks=_checks(field),
            nullable=not field.required,
            unique=field.unique,
            report_duplicates="exclude_first",
        )
        for field in schema.fields
    }
    # A key of one column is that column's `unique`.
    key = list(schema.primary_key) if len(schema.primary_key) > 1 else None
    return pandera.DataFrameSchema(
        columns, name=schema.name, strict=True, ordered=True, unique=key, report_duplicates="exclude_first"
    )


def _checks(field: Field) -> list[pandera.Check]:
    checks: list[pandera.Check] = []
    if field.categories:
        checks.append(pandera.Check.isin(list(field.values)))
    elif field.type == "string":
        # An empty string could not be told from a missing value in CSV.
        checks.append(pandera.Check.ne(""))
    if field.pattern is not None:
        checks.append(_fullmatch(field.pattern, "pattern"))
    if field.format == "uri":
        checks.append(_fullmatch(URI, "uri"))
    if field.minimum is not None:
        checks.append(pandera.Check.ge(field.minimum))
    if field.maximum is not None:
        checks.append(pandera.Check.le(field.maximum))
    return checks


def _fullmatch(pattern: str, name: str) -> pandera.Check:
    """A check that the whole of each string matches; pandera's own `str_matches` looks at the start only."""

    def matches(column: pd.Series) -> pd.Series:
        return column.str.fullmatch(pattern)

    return pandera.Check(matches, name=name)
