"""A diff as files: JSON for machines, and a page that a browser opens, everything in it and nothing fetched."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tablewright.changelist import ChangedCell, changed_rows, text
from tablewright.changelog import rows_line
from tablewright.diff import Diff
from tablewright.rowdiff import SAMPLE, TableDiff
from tablewright.versions import Needed, describe

_LONGEST = 300
"""Characters of a cell that the page shows."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; display: block; margin: 1rem 0; max-width: 100%; overflow-x: auto; }
th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: left; vertical-align: top; }
td.number, th.number { font-variant-numeric: tabular-nums; text-align: right; }
td, caption { unicode-bidi: isolate; }
td { overflow-wrap: anywhere; min-width: 4rem; }
caption { font-weight: 600; padding: .3rem 0; text-align: left; }
del { background: #d3302f2e; } ins { background: #2e8b3a33; } del, ins { text-decoration: none; }
.missing { opacity: .6; font-style: italic; }
"""


def diff_json(diff: Diff, needed: Needed) -> bytes:
    """The bytes of diff.json; the same diff, the same bytes."""
    return (json.dumps(to_json(diff, needed), ensure_ascii=False, indent=2) + "\n").encode()


def to_json(diff: Diff, needed: Needed) -> dict[str, Any]:
    """A diff as JSON values: counts first, every change of the contract, the first rows of each kind."""
    return {
        "before": diff.before,
        "after": diff.after,
        "different": bool(diff),
        "bump": needed.bump,
        "reasons": [{"bump": reason.bump, "message": reason.message} for reason in needed.reasons],
        "rows": {table.name: table.counts() for table in diff.tables},
        "about": [{"what": each.what, "before": each.before, "after": each.after} for each in diff.about],
        "schema": [change.to_json() for change in diff.schema],
        "tables": [_table_json(table) for table in diff.tables if table],
    }


def _table_json(table: TableDiff) -> dict[str, Any]:
    return {
        "table": table.name,
        "key": list(table.key),
        "changed_cells": {each.column: len(each) for each in table.columns},
        "first": {
            "added": [_row_json(row) for row in table.first_added],
            "withdrawn": [_row_json(row) for row in table.first_withdrawn],
            "changed": [
                {"row": _row_json(key), "cells": [_cell_json(cell) for cell in cells]}
                for key, cells in changed_rows(table, SAMPLE)
            ],
        },
    }


def _cell_json(cell: ChangedCell) -> dict[str, Any]:
    if cell.withheld:
        return {"column": cell.column, "withheld": True}
    return {"column": cell.column, "before": _json(cell.before), "after": _json(cell.after)}


def _row_json(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in row.items()}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def diff_html(diff: Diff, needed: Needed, *, title: str) -> bytes:
    """The page of a diff, in UTF-8: counts, what the version has to do with them, the contract, rows of each kind."""
    head = f"{title}: {diff.before or 'nothing'} → {diff.after or 'nothing'}"
    body = [f"<h1>{_escaped(head)}</h1>", *_summary(diff, needed), *_contract(diff)]
    for table in diff.tables:
        body += _table_html(table)
    page = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_escaped(head)}</title><style>{_STYLE}</style></head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(page).encode()


def _summary(diff: Diff, needed: Needed) -> Iterator[str]:
    if not diff:
        yield "<p>The two are the same.</p>"
        return
    names = ("rows before", "rows after", "added", "withdrawn", "changed", "changed cells")
    yield from _grid(
        "Rows",
        ("table", *names),
        [(table.name, *(f"{number:,}" for number in table.counts().values())) for table in diff.tables],
        numbers=True,
    )
    yield f"<h2>Version: {_escaped(needed.bump)}</h2>"
    yield from _grid("Why", ("bump", "change"), [(reason.bump, reason.message) for reason in needed.reasons])


def _contract(diff: Diff) -> Iterator[str]:
    rows = [(f"the dataset's {each.what}", _said(each.before), _said(each.after)) for each in diff.about]
    rows += [(describe(each), each.before, each.after) for each in diff.schema]
    if rows:
        yield "<h2>Contract</h2>"
        yield from _grid("Tables, columns, words", ("change", "before", "after"), rows)


def _said(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table_html(table: TableDiff) -> Iterator[str]:
    if not table:
        return
    yield f"<h2>{_escaped(table.name)}</h2>"
    yield f"<p>{_escaped(rows_line(table))}.</p>"
    for what, number, rows in (
        ("withdrawn", table.withdrawn.num_rows, table.first_withdrawn),
        ("added", table.added.num_rows, table.first_added),
    ):
        if rows:
            cells = [[text(value) or None for value in row.values()] for row in rows]
            yield from _grid(_caption(number, what), list(rows[0]), cells)
    if table.changed.num_rows:
        yield from _changed_html(table)


def _changed_html(table: TableDiff) -> Iterator[str]:
    yield f"<table><caption>{_caption(table.changed.num_rows, 'changed')}</caption>"
    heads = (*table.key, "column", "before", "after")
    yield f"<tr>{''.join(f'<th>{_escaped(head)}</th>' for head in heads)}</tr>"
    for key, cells in changed_rows(table, SAMPLE):
        row = "".join(f"<td>{_shown(text(value) or None)}</td>" for value in key.values())
        for cell in cells:
            if cell.withheld:
                pair = '<td colspan="2" class="missing">withheld</td>'
            else:
                before, after = (_shown(text(value) or None) for value in (cell.before, cell.after))
                pair = f"<td><del>{before}</del></td><td><ins>{after}</ins></td>"
            yield f"<tr>{row}<td>{_escaped(cell.column)}</td>{pair}</tr>"
    yield "</table>"


def _caption(number: int, what: str) -> str:
    return f"The first {SAMPLE} of {number:,} {what}" if number > SAMPLE else what.capitalize()


def _grid(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | None]], *, numbers: bool = False
) -> Iterator[str]:
    """A table; with `numbers` all columns but the first are figures."""
    css = ["" if not numbers or not index else ' class="number"' for index in range(len(heads))]
    yield f"<table><caption>{_escaped(caption)}</caption>"
    yield f"<tr>{''.join(f'<th{kind}>{_escaped(head)}</th>' for head, kind in zip(heads, css, strict=True))}</tr>"
    for row in rows:
        yield f"<tr>{''.join(f'<td{kind}>{_shown(cell)}</td>' for cell, kind in zip(row, css, strict=True))}</tr>"
    yield "</table>"


def _shown(cell: str | None) -> str:
    if cell is None:
        return '<span class="missing">missing</span>'
    return _escaped(cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…")


def _escaped(words: str) -> str:
    # Control characters are no characters of HTML.
    return html.escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", words))
