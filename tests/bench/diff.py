"""How fast two versions of a table are compared, against DuckDB joining the same files, at a million rows.

    python tests/bench/diff.py [ROWS]

The table is `events`, 20 columns, of made-up rows. Of the new version one row in a hundred is new, one of the old in a
hundred is gone, and in two of a hundred a cell differs; once the rows stand in the same order, once in any. Both sides
read the Parquet files, match rows by key, compare every column, and give the changed cells. Every figure is of a whole
process of its own, the median of some rounds taken in turn: wall and CPU seconds, and how far memory grew at its peak
over what was in use when the libraries were loaded.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from tables import events_table  # type: ignore[import-not-found]  # beside this file, where Python looks first

from tablewright.datasetfiles import open_dataset_files
from tablewright.diff import Diff, diff
from tablewright.package import FileFacts, describe
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import write_parquet

ROUNDS = 5
ORDERS = ("same order", "any order")


def main(rows: int) -> None:
    schema = load_schemas(builtin_schemas_folder())["events"]
    with tempfile.TemporaryDirectory() as place:
        for order in ORDERS:
            folder = Path(place) / order.replace(" ", "-")
            make_versions(schema, rows, folder, shuffled=order == "any order")
            runs: dict[str, list[dict[str, float]]] = {"tablewright": [], "duckdb": []}
            for _ in range(ROUNDS):
                for name, figures in runs.items():
                    figures.append(measure([sys.executable, __file__, name, str(folder)]))
            report(order, runs)


def make_versions(schema: TableSchema, rows: int, folder: Path, *, shuffled: bool) -> None:
    """Two dataset folders: `old` and `new`."""
    table = events_table(schema, rows + rows // 100)
    choose = np.random.default_rng(1)
    order = choose.permutation(table.num_rows)
    gone, fresh, changed = (set(order[at * rows // 100 : (at + 1) * rows // 100].tolist()) for at in (0, 1, 2))
    again = set(order[3 * rows // 100 : 4 * rows // 100].tolist())
    everything = np.arange(table.num_rows)
    old = table.take(np.setdiff1d(everything, list(fresh)))
    new = edited(edited(table, "summary", changed, "Nobody met anybody"), "place", again, "Vienna")
    kept = np.setdiff1d(everything, list(gone))
    for name, version in (("old", old), ("new", new.take(choose.permutation(kept) if shuffled else kept))):
        (folder / name).mkdir(parents=True)
        write_parquet(schema, version, folder / name / "events.parquet")
        facts = {f"events.{form}": FileFacts("0" * 64, 0) for form in ("csv", "parquet")}
        (folder / name / "datapackage.json").write_bytes(describe({"name": "bench"}, {"events": schema}, facts))


def edited(table: pa.Table, column: str, rows: set[int], value: str) -> pa.Table:
    cells = [value if row in rows else cell for row, cell in enumerate(table.column(column).to_pylist())]
    return table.set_column(table.schema.get_field_index(column), table.schema.field(column), pa.array(cells))


def measure(command: Sequence[str]) -> dict[str, float]:
    result = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def report(order: str, runs: dict[str, list[dict[str, float]]]) -> None:
    middle = {
        name: {what: statistics.median(each[what] for each in figures) for what in figures[0]}
        for name, figures in runs.items()
    }
    ours, theirs = middle["tablewright"], middle["duckdb"]
    assert (ours["added"], ours["withdrawn"], ours["cells"]) == (theirs["added"], theirs["withdrawn"], theirs["cells"])
    told = ", ".join(
        f"{name} {each['wall']:.2f} s (CPU {each['cpu']:.2f} s, {each['memory']:,.0f} MiB)"
        for name, each in middle.items()
    )
    print(f"{order}: {told}; ratio {ours['wall'] / theirs['wall']:.2f} (CPU {ours['cpu'] / theirs['cpu']:.2f})")
    print(f"  {ours['added']:,.0f} rows added, {ours['withdrawn']:,.0f} withdrawn, {ours['cells']:,.0f} cells changed")


def run_tablewright(folder: Path) -> Diff:
    return diff(open_dataset_files(folder / "old"), open_dataset_files(folder / "new"))


def count_tablewright(found: Diff) -> dict[str, float]:
    counts = found.table("events").counts()
    return {name: counts[name] for name in ("added", "withdrawn", "cells")}


def run_duckdb(folder: Path) -> pa.Table:
    import duckdb

    old, new = (f"'{folder / name / 'events.parquet'}'" for name in ("old", "new"))
    database = duckdb.connect()
    names = [each[0] for each in database.execute(f"DESCRIBE FROM {old}").fetchall()]
    columns = ", ".join(f'o."{name}" AS "old_{name}", n."{name}" AS "new_{name}"' for name in names)
    different = " OR ".join(f'o."{name}" IS DISTINCT FROM n."{name}"' for name in names)
    found: pa.Table = database.sql(
        f"SELECT {columns} FROM {old} o FULL JOIN {new} n ON o.event_id = n.event_id WHERE {different}"  # noqa: S608
    ).to_arrow_table()
    return found


def count_duckdb(found: pa.Table) -> dict[str, float]:
    both = found.filter(pa.compute.and_(found["old_event_id"].is_valid(), found["new_event_id"].is_valid()))
    names = [name.removeprefix("old_") for name in found.column_names if name.startswith("old_")]
    cells = 0
    for name in names:
        pairs = zip(both[f"old_{name}"].to_pylist(), both[f"new_{name}"].to_pylist(), strict=True)
        cells += sum(one != other for one, other in pairs)
    added, withdrawn = found["old_event_id"].null_count, found["new_event_id"].null_count
    return {"added": added, "withdrawn": withdrawn, "cells": cells}


RUNS: dict[str, tuple[Callable[[Path], Any], Callable[[Any], dict[str, float]]]] = {
    "tablewright": (run_tablewright, count_tablewright),
    "duckdb": (run_duckdb, count_duckdb),
}


def run(name: str, folder: Path) -> None:
    """One measured run, its figures printed; both sides start with the same libraries loaded."""
    import duckdb  # noqa: F401
    import pyarrow.parquet  # noqa: F401

    compare, count = RUNS[name]
    before = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    found = compare(folder)
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "memory": peak() - before}
    print(json.dumps(figures | count(found)))


def peak() -> float:
    """The most memory that this process has held, in MiB (of Linux: elsewhere there is no such file)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
