"""Whether the decisions that a release holds are those that its rows show."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa

from tablewright.decision import VERDICTS
from tablewright.decisioncells import Layout, layouts, unguarded
from tablewright.records import Finding
from tablewright.schema import TableSchema

FOLDER = "review"
_CODING = "coding"
_MACHINE = "machine"


def check_review(
    folder: Path, paths: list[str], tables: Mapping[str, tuple[TableSchema, pa.Table]]
) -> Iterator[Finding]:
    """What in review/ does not go with the tables: a file of no table, a line that is none, and rows that people are
    said to have coded without a decision on them.
    """
    known = layouts({name: schema for name, (schema, _) in tables.items()})
    for path in paths:
        if path.startswith(f"{FOLDER}/") and path.removeprefix(f"{FOLDER}/").removesuffix(".csv") not in known:
            yield Finding("review", "is a file of no table on whose rows people decide", path)
    for name, layout in known.items():
        path = f"{FOLDER}/{name}.csv"
        decided: set[str] = set()
        if path in paths:
            yield from _read(folder / path, path, layout, decided)
        table = tables[name][1]
        if _CODING not in table.column_names:
            continue
        codings = zip(table.column(layout.key).to_pylist(), table.column(_CODING).to_pylist(), strict=True)
        without = [key for key, coding in codings if coding != _MACHINE and key not in decided]
        if without:
            message = f"{len(without):,} rows are said to be coded by people, with no decision on them: {without[0]}"
            yield Finding("review", message, path, table=name)


def _read(path: Path, shown: str, layout: Layout, decided: set[str]) -> Iterator[Finding]:
    """Fills `decided` with the keys of the rows that people keep; gives what is wrong with the lines."""
    verdict = layout.names["decision"]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file)
            if not {layout.key, verdict} <= set(lines.fieldnames or ()):
                yield Finding("review", f"has no columns {layout.key} and {verdict}", shown, 1)
                return
            for line in lines:
                said = line[verdict]
                if said not in VERDICTS or None in line:
                    yield Finding("review", f"is no decision: {said!r}", shown, lines.line_num)
                elif said != "reject":
                    decided.add(unguarded(line[layout.key] or ""))
    except (UnicodeDecodeError, csv.Error) as error:
        yield Finding("review", f"cannot be read: {error}", shown)
