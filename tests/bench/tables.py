"""How fast tables are written and validated, against the libraries bare, at a million rows.

    python tests/bench/tables.py [ROWS]

Prints median CPU seconds of five rounds, taken in turn, and their ratio. The table is `events`, 20 columns, of made-up rows.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandera.pandas as pandera
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from tablewright.arrowtable import to_arrow, to_frame
from tablewright.checks import check_frame
from tablewright.frames import pandas_dtypes
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import ROW_GROUP, write_csv, write_parquet

ROUNDS = 5


def main(rows: int) -> None:
    schema = load_schemas(builtin_schemas_folder())["events"]
    table = events_table(schema, rows)
    frame = to_frame(schema, table)
    bare = bare_schema(schema)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        compare(
            "Parquet",
            {
                "tablewright": lambda: write_parquet(schema, table, path / "a.parquet"),
                "pyarrow.parquet.write_table": lambda: pq.write_table(
                    table, path / "b.parquet", compression="zstd", compression_level=1, row_group_size=ROW_GROUP
                ),
            },
        )
        compare(
            "CSV",
            {
                "tablewright": lambda: our_csv(table, path / "a.csv"),
                "pyarrow.csv.write_csv": lambda: pyarrow.csv.write_csv(table, path / "b.csv"),
            },
        )
    compare(
        "validation",
        {
            "tablewright": lambda: check_frame(schema, frame),
            "pandera, the same checks": lambda: bare.validate(frame, lazy=True),
        },
    )
    compare("Arrow to pandas", {"tablewright": lambda: to_frame(schema, table), "bare": table.to_pandas})


def our_csv(table: pa.Table, path: Path) -> None:
    with path.open("wb") as file:
        write_csv(table, file)


def compare(what: str, runs: dict[str, Callable[[], object]]) -> None:
    """Prints the median CPU seconds of each of `runs` and the ratio of the first to the second."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = time.process_time()
            run()
            seconds[name].append(time.process_time() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    ours, theirs = medians.values()
    told = ", ".join(f"{name} {median:.3f} s" for name, median in medians.items())
    print(f"{what:16} {told}, ratio {ours / theirs:.2f}")


def events_table(schema: TableSchema, rows: int) -> pa.Table:
    """Random rows of the table, a portion at a time; one clause in five holds a comma, one in twenty quotes."""
    random.seed(1)
    parts = [
        to_arrow(schema, [event(schema, row) for row in range(at, min(at + 50_000, rows))])[0]
        for at in range(0, rows, 50_000)
    ]
    return pa.concat_tables(parts).combine_chunks()


def event(schema: TableSchema, row: int) -> dict[str, Any]:
    day = dt.date(2020, 1, 1) + dt.timedelta(days=row % 1500)
    dated = row % 3 > 0
    clause = f"the minister of state {row % 977} met the envoy of state {row % 1013}"
    clause += ", and left" if row % 5 == 0 else ""
    clause += ' after "frank" talks' if row % 20 == 0 else ""
    values: dict[str, Any] = {
        "event_id": f"document-{row // 40}-e{row:010x}",
        "document_id": f"document-{row // 40}",
        "sentence_id": f"document-{row // 40}-s{row:010x}",
        "start": row % 9000,
        "end": row % 9000 + 60,
        "text": clause,
        "trigger": random.choice(("met", "visited", "condemned")),  # noqa: S311
        "trigger_start": row % 9000 + 20,
        "trigger_end": row % 9000 + 23,
        "summary": f"State {row % 977} met state {row % 1013}",
        "date_text": "last week" if dated else None,
        "date_start": day if dated else None,
        "date_end": day if dated else None,
        "place": "Geneva" if dated else None,
        "place_country_code": "CHE" if dated else None,
    }
    for field in schema.fields:
        if field.categories and (field.required or dated):
            values[field.name] = random.choice(field.values)  # noqa: S311
    return values


def bare_schema(schema: TableSchema) -> pandera.DataFrameSchema:
    """The same types and checks, written for pandera by hand."""
    dtypes = pandas_dtypes(schema)
    columns = {}
    for field in schema.fields:
        checks = []
        if field.categories:
            checks.append(pandera.Check.isin(list(field.values)))
        elif field.type == "string":
            checks.append(pandera.Check.ne(""))
        if field.pattern is not None:
            checks.append(pandera.Check.str_matches(f"(?:{field.pattern})$"))
        if field.minimum is not None:
            checks.append(pandera.Check.ge(field.minimum))
        columns[field.name] = pandera.Column(
            dtypes[field.name], checks, nullable=not field.required, unique=field.unique
        )
    return pandera.DataFrameSchema(columns, strict=True, ordered=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
