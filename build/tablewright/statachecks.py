"""Whether the Stata files of a release, if it has any, hold the rows and columns of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from tablewright.describe.stata import stata_names
from tablewright.records import Finding
from tablewright.schema import TableSchema

FOLDER = "stata"


def check_stata(
    folder: Path, paths: list[str], tables: Mapping[str, tuple[TableSchema, pa.Table]]
) -> Iterator[Finding]:
    """What in stata/ is not as the tables are: a file without table, columns, rows, keys."""
    for path in paths:
        if not path.startswith(f"{FOLDER}/"):
            continue
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".dta")
        if name not in tables:
            yield Finding("stata", "is a file of no table", path)
            continue
        problem = _problem(folder / path, *tables[name])
        if problem:
            yield Finding("stata", problem, path, remedy="get a whole copy")


def _problem(path: Path, schema: TableSchema, table: pa.Table) -> str | None:
    import struct

    import pandas as pd

    names = stata_names(schema)
    try:
        frame = pd.read_stata(path, convert_categoricals=False)
    except (ValueError, OSError, KeyError, IndexError, UnicodeError, struct.error) as error:
        return f"cannot be read: {error}"
    if list(frame.columns) != [names[column] for column in schema.columns]:
        return "does not have the columns of the table"
    if len(frame) != table.num_rows:
        return f"has {len(frame):,} rows, not {table.num_rows:,}"
    for column in schema.primary_key:
        field = schema.field(column)
        if (
            field.type == "string"
            and not field.categories
            and frame[names[column]].tolist() != table.column(column).to_pylist()
        ):
            return f"has other keys than the table ({column})"
    return None
