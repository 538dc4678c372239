"""The lines that load a table in pandas, R, DuckDB, Polars and Stata, as the card and the codebook show them."""

from __future__ import annotations

import json

from tablewright.describe.model import Release
from tablewright.schema import Field, TableSchema


def read_csv_call(schema: TableSchema) -> str:
    """The call of `pandas.read_csv` that gives the frame that `pandas.read_parquet` gives; it needs pandas as `pd`.

    Only an empty cell is a missing value: a title "NA", or a name "None", stays what it is.
    """
    dtypes = [f'        "{field.name}": {_dtype(field)},' for field in schema.fields]
    lines = [
        "pd.read_csv(",
        f'    "{schema.name}.csv",',
        "    keep_default_na=False,",
        '    na_values=[""],',
        "    dtype={",
        *dtypes,
        "    },",
        ")",
    ]
    return "\n".join(lines)


def _dtype(field: Field) -> str:
    if field.categories:
        # JSON's strings are Python's, and always in double quotes.
        return f"pd.CategoricalDtype({json.dumps(field.values, ensure_ascii=False)})"
    if field.type == "number":
        return '"float64"' if field.required else '"Float64"'
    return {"string": '"str"', "integer": '"Int64"', "boolean": '"boolean"', "date": '"date32[day][pyarrow]"'}[
        field.type
    ]


def load_lines(release: Release, table: str) -> list[tuple[str, str, str]]:
    """How to load a table: the reader's name, the language of the line for highlighting, and the line."""
    lines = [
        ("pandas", "python", f'import pandas as pd\n\n{table} = pd.read_parquet("{table}.parquet")'),
        ("R", "r", f'{table} <- arrow::read_parquet("{table}.parquet")'),
        ("DuckDB", "sql", f"FROM '{table}.parquet';"),
        ("Polars", "python", f'import polars as pl\n\n{table} = pl.read_parquet("{table}.parquet")'),
    ]
    if any(file.path == f"stata/{table}.dta" for file in release.files):
        lines.append(("Stata", "stata", f'use "stata/{table}.dta"'))
    return lines
