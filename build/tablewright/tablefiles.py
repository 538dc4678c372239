"""Reads the files of a published table back, Parquet or CSV, in the exact types of the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from tablewright.arrowtable import conform, to_arrow
from tablewright.contract import arrow_type
from tablewright.records import Finding
from tablewright.schema import TableSchema

Format = Literal["parquet", "csv"]

# No row may be longer than a block; texts in cells are short against this.
_CSV_BLOCK = 1 << 26


def read_table(schema: TableSchema, path: Path, form: Format) -> tuple[pa.Table, list[Finding]]:
    """The table in the file at `path`, and a finding for everything that is not as `schema` says.

    With findings the table is for looking at only. Raises `FileNotFoundError` when there is no file; a file that is
    no Parquet or CSV is a finding.
    """
    try:
        table = _read_csv(schema, path) if form == "csv" else pq.ParquetFile(path).read()
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        message = f"{schema.name}: {path.name} cannot be read as {form}: {error}"
        return to_arrow(schema, [])[0], [Finding(code="unreadable", message=message, table=schema.name)]
    return conform(schema, table)


def _read_csv(schema: TableSchema, path: Path) -> pa.Table:
    """The CSV as Arrow, coded columns as plain strings; only an empty cell without quotes is a missing value."""
    types = {field.name: pa.string() if field.categories else arrow_type(field) for field in schema.fields}
    return pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(block_size=_CSV_BLOCK),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["true"],
            false_values=["false"],
        ),
    )
