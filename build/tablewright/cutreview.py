"""The decisions of people as a release holds them: their review files, cut to what may be passed on of each document."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from tablewright.decisioncells import Layout, layouts, unguarded, write_cell
from tablewright.rights import HASH, Redistribute, own_columns, source_columns
from tablewright.schema import TableSchema

_REJECT = "reject"
Released = dict[str, dict[str, str | None]]


def cut_reviews(
    folder: Path,
    schemas: Mapping[str, TableSchema],
    released: Mapping[str, tuple[TableSchema, pa.Table]],
    rules: Mapping[str, Redistribute],
) -> dict[str, bytes]:
    """The review files of `folder` by their path in a release, "review/<table>.csv".

    `schemas` are those of the build, `released` the tables that were cut, `rules` the setting of every document. Of a
    document that is not "full" nothing is told of what stood around a row; words are those that the released row has,
    none for a rejected row, and each gets the hash of what the person approved; with "none" notes, which may quote,
    are left out.
    """
    cut: dict[str, bytes] = {}
    for name, layout in layouts(schemas).items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            continue
        data = path.read_bytes()
        whole = layout.document is None or all(rule == "full" for rule in rules.values())
        cut[f"review/{name}.csv"] = data if whole else _cut(layout, data.decode("utf-8-sig"), released[name], rules)
    return cut


def _cut(layout: Layout, text: str, released: tuple[TableSchema, pa.Table], rules: Mapping[str, Redistribute]) -> bytes:
    table = released[1]
    lines = csv.DictReader(io.StringIO(text, newline=""))
    header = list(lines.fieldnames or ())
    words = [name for name in (*source_columns(layout.schema), *own_columns(layout.schema)) if name in header]
    kept = _released_words(layout, table, words)
    columns = [column for name in header for column in ((name, name + HASH) if name in words else (name,))]
    file = io.StringIO(newline="")
    out = csv.DictWriter(file, columns, lineterminator="\n")
    out.writeheader()
    for line in lines:
        rule = rules.get(line[layout.document or ""], "none")
        row = {name: line[name] or "" for name in header}
        row |= {name + HASH: _hash(unguarded(row[name])) for name in words}
        if rule != "full":
            rejected = row[layout.names["decision"]] == _REJECT
            there = kept.get(unguarded(row[layout.key]), {}) if not rejected else {}
            row |= {name: write_cell(there.get(name)) for name in words}
            row |= {layout.names[name]: "" for name in ("prefix", "suffix") if layout.names[name] in row}
        if rule == "none" and layout.names["note"] in row:
            row[layout.names["note"]] = ""
        out.writerow({name: row[name] for name in columns})
    return file.getvalue().encode()


def _released_words(layout: Layout, table: pa.Table, words: list[str]) -> Released:
    """The words that the released rows still have, by key."""
    rows = table.select([layout.key, *words]).to_pylist()
    return {str(row[layout.key]): {name: row[name] for name in words} for row in rows}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest() if text else ""
