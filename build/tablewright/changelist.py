"""Every single change of a diff, a line each: for changes.csv, and the first few for people."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
import pyarrow as pa

from tablewright.cells import to_text
from tablewright.diff import Diff
from tablewright.rowdiff import TableDiff

HEADER = ("table", "change", "row", "column", "before", "after")
"""The columns of changes.csv.

`change` is "added", "withdrawn" or "changed" for rows, the kind of a `SchemaChange` for the contract, and "about" for
what the dataset says of itself. `row` is the row's key, a JSON list where that has several columns. A line for each
changed cell has `column`, and what it was and is; both are empty where the words may not be passed on.
"""
_BLOCK = 8_192
_SPECIAL = re.compile(r'[",\r\n]')


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell that differs in a row that both versions have; `withheld` where its words may not be passed on."""

    column: str
    before: Any
    after: Any
    withheld: bool = False


def changed_rows(table: TableDiff, limit: int | None = None) -> Iterator[tuple[dict[str, Any], list[ChangedCell]]]:
    """Each changed row, or the first `limit`: its key and its changed cells in the order of the columns."""
    rows = table.changed.num_rows if limit is None else min(limit, table.changed.num_rows)
    for start in range(0, rows, _BLOCK):
        stop = min(start + _BLOCK, rows)
        cells: list[list[ChangedCell]] = [[] for _ in range(start, stop)]
        for change in table.columns:
            first, last = np.searchsorted(change.rows, (start, stop)).tolist()
            at = (change.rows[first:last] - start).tolist()
            if change.before is None or change.after is None:
                for row in at:
                    cells[row].append(ChangedCell(change.column, None, None, withheld=True))
                continue
            before = change.before.slice(first, last - first).to_pylist()
            after = change.after.slice(first, last - first).to_pylist()
            for row, old, new in zip(at, before, after, strict=True):
                cells[row].append(ChangedCell(change.column, old, new))
        yield from zip(keys(table.changed.slice(start, stop - start)), cells, strict=True)


def keys(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows of a table of keys, a portion at a time in memory."""
    for batch in table.to_batches(max_chunksize=_BLOCK):
        yield from batch.to_pylist()


def write_changes(diff: Diff, file: IO[str]) -> None:
    """Writes changes.csv, written as the tables are (`writer`): every change of the dataset, contract and rows."""
    file.write(_line(HEADER))
    for about in diff.about:
        file.write(_line(("", "about", "", about.what, _json(about.before), _json(about.after))))
    for change in diff.schema:
        values = (_part(change.what, each) for each in (change.before, change.after))
        file.write(_line((change.table, change.kind, "", change.column or "", *values)))
    for table in diff.tables:
        for kind, rows in (("withdrawn", table.withdrawn), ("added", table.added)):
            file.writelines(_line((table.name, kind, row_name(key), "", "", "")) for key in keys(rows))
        for key, cells in changed_rows(table):
            row = row_name(key)
            for cell in cells:
                file.write(_line((table.name, "changed", row, cell.column, text(cell.before), text(cell.after))))


def _line(cells: Iterable[str]) -> str:
    # Python's csv module leaves a lone carriage return without quotation marks, and readers take it for a line's end.
    quoted = (f'"{cell.replace(chr(34), chr(34) * 2)}"' if _SPECIAL.search(cell) else cell for cell in cells)
    return f"{','.join(quoted)}\n"


def changes_csv(diff: Diff) -> bytes:
    """The bytes of changes.csv. Use `write_changes` for diffs that may be large."""
    file = io.StringIO(newline="")
    write_changes(diff, file)
    return file.getvalue().encode()


def row_name(key: Mapping[str, Any]) -> str:
    """A row by its key: the value itself, or a JSON list where the key has several columns."""
    values = list(key.values())
    return text(values[0]) if len(values) == 1 else _json([text(value) for value in values])


def text(value: Any) -> str:
    """A cell as CSV writes it; empty for a missing value."""
    return "" if value is None else to_text(value)


def _part(what: str, value: str | None) -> str:
    return "" if value is None else f"{what}: {value}"


def _json(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
