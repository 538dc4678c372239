"""A diff in words: the entry of CHANGELOG.md, and the lines that the terminal shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tablewright.changelist import changed_rows, row_name, text
from tablewright.diff import Diff
from tablewright.rowdiff import TableDiff
from tablewright.versions import Needed, describe

TITLE = "# Changelog"
_SHOWN = 5
_WIDEST = 60


def changelog_entry(diff: Diff, needed: Needed, version: str, date: dt.date) -> str:
    """The entry of a version, in Markdown, for people to edit before the version is frozen."""
    lines = [f"## {version} ({date.isoformat()})", ""]
    if diff.before is None:
        rows = ", ".join(f"{table.name} {table.rows_after:,}" for table in diff.tables)
        return "\n".join([*lines, f"First release: {rows}.", ""])
    if not diff:
        return "\n".join([*lines, f"The same data as {diff.before}.", ""])
    lines += [f"A {needed.bump} change of {diff.before}; `changes.csv` lists every one.", ""]
    lines += [f"- The dataset's {change.what} changed." for change in diff.about]
    lines += [f"- `{place}`: {said}." for place, said in (_split(describe(change)) for change in diff.schema)]
    lines += [f"- `{table.name}`: {rows_line(table)}." for table in diff.tables if table]
    return "\n".join([*lines, ""])


def add_entry(changelog: str, version: str, entry: str) -> str:
    """A CHANGELOG.md with `entry` above the versions before; as it is where it tells of `version` already."""
    if re.search(rf"^## {re.escape(version)}(?![0-9.])", changelog, re.MULTILINE):
        return changelog
    first = re.search(r"^## ", changelog, re.MULTILINE)
    if first is None:
        head = changelog.rstrip("\n") or TITLE
        return f"{head}\n\n{entry}"
    return f"{changelog[: first.start()]}{entry}\n{changelog[first.start() :]}"


def _split(described: str) -> tuple[str, str]:
    place, _, said = described.partition(": ")
    return place, said


def rows_line(table: TableDiff) -> str:
    """The rows of a table that differ: "3 added, 1 withdrawn, 2 changed (summary 2, place 1)"."""
    parts = []
    for number, what in ((table.added.num_rows, "added"), (table.withdrawn.num_rows, "withdrawn")):
        if number:
            parts.append(f"{number:,} {what}")
    if table.changed.num_rows:
        cells = ", ".join(f"{each.column} {len(each):,}" for each in table.columns)
        parts.append(f"{table.changed.num_rows:,} changed ({cells})")
    return ", ".join(parts) or "the same"


def diff_lines(diff: Diff, needed: Needed) -> list[str]:
    """A diff for people to read: counts first, then the contract, then the first few rows of each kind.

    What would steer a terminal is replaced: a dataset may come from anywhere.
    """
    return [
        "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line)
        for line in _lines(diff, needed)
    ]


def _lines(diff: Diff, needed: Needed) -> list[str]:
    before, after = diff.before or "nothing", diff.after or "nothing"
    if not diff:
        return [f"{before} → {after}: the same"]
    lines = [f"{before} → {after}: {needed.bump}"]
    lines += [
        f"  {table.name}: {rows_line(table)}; {table.rows_before:,} → {table.rows_after:,} rows"
        for table in diff.tables
        if table
    ]
    lines += [f"  the dataset's {change.what} changed" for change in diff.about]
    lines += [f"  {describe(change)}" for change in diff.schema]
    for table in diff.tables:
        lines += _table_lines(table) if table.rows_before and table.rows_after else []
    return lines


def _table_lines(table: TableDiff) -> Iterator[str]:
    """The first few rows of a table that both versions have."""
    if not table:
        return
    yield ""
    yield table.name
    for mark, rows in (("-", table.withdrawn), ("+", table.added)):
        yield from (f"  {mark} {row_name(key)}" for key in rows.slice(0, _SHOWN).to_pylist())
        yield from _more(mark, rows.num_rows)
    for key, cells in changed_rows(table, _SHOWN):
        yield f"  ~ {row_name(key)}"
        for cell in cells:
            what = "(withheld)" if cell.withheld else f"{_short(cell.before)} → {_short(cell.after)}"
            yield f"      {cell.column}: {what}"
    yield from _more("~", table.changed.num_rows)


def _more(mark: str, rows: int) -> Iterator[str]:
    if rows > _SHOWN:
        yield f"  {mark} and {rows - _SHOWN:,} more"


def _short(value: object) -> str:
    said = " ".join(text(value).split()) if value is not None else "(missing)"
    return said if len(said) <= _WIDEST else f"{said[: _WIDEST - 1]}…"
