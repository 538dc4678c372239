"""Findings about rows: which table, row, column and value, the first few of each kind and the number of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tablewright.records import Finding
from tablewright.schema import TableSchema

SHOWN = 10
"""Rows that are shown of those that break one rule; the number of all is always told."""
_CELL_LENGTH = 60


def row_findings(
    schema: TableSchema,
    column: str,
    *,
    code: str,
    rows: Sequence[int],
    say: Callable[[int], str],
    value: Callable[[str, int], object],
) -> list[Finding]:
    """A finding for each of `rows` (counted from 0) up to `SHOWN`, and one that tells how many more there are.

    `column` is the column at fault, or several joined by ", "; `say` completes the sentence that starts with it;
    `value(column, row)` looks into the table, for the key by which people know the row.
    """
    findings = [
        Finding(
            code=code,
            message=f"{schema.name} row {row + 1} ({_key(schema, row, value)}): {column} {say(row)}",
            table=schema.name,
            row=row + 1,
            column=column,
        )
        for row in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        message = f"{schema.name}: {len(rows) - SHOWN:,} more rows like these ({len(rows):,} in all): {column} ({code})"
        findings.append(Finding(code=code, message=message, table=schema.name, column=column))
    return findings


def _key(schema: TableSchema, row: int, value: Callable[[str, int], object]) -> str:
    return ", ".join(f"{name} {show(value(name, row))}" for name in schema.primary_key)


def show(value: object) -> str:
    """A value as a message quotes it, long ones cut."""
    text = "empty" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= _CELL_LENGTH else f"{text[: _CELL_LENGTH - 1]}…"
