"""The codebook of a release: codebook.html for reading, codebook.csv for machines, both from the schemas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape

from tablewright.cells import to_text
from tablewright.describe.loadlines import read_csv_call
from tablewright.describe.model import ColumnFacts, Release, TableFacts
from tablewright.describe.words import release_citation
from tablewright.reportmark import REPORT
from tablewright.schema import Field

CODEBOOK_HTML = "codebook.html"
CODEBOOK_CSV = "codebook.csv"

_COLUMNS = (
    "table", "column", "position", "code", "label", "type", "format", "required", "unique", "key", "refers_to",
    "pattern", "minimum", "maximum", "description", "example", "missing", "distinct", "lowest", "highest", "count",
)  # fmt: skip

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1, h2, h3 { line-height: 1.2; }
nav ul { columns: 3 12rem; padding-left: 1.2rem; }
table { border-collapse: collapse; margin: 0.5rem 0 1rem; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, pre { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: #8881; overflow-x: auto; padding: 0.6rem; }
.facts { color: #888; }
section { border-top: 2px solid #8884; margin-top: 2rem; }
"""


def codebook_csv(release: Release) -> bytes:
    """A line for each column (its `code` empty) and below it one for each of its codes, in the order of the schemas."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for table in release.tables:
        facts = {column.name: column for column in table.columns}
        for position, field in enumerate(table.schema.fields, start=1):
            known = facts.get(field.name, ColumnFacts(field.name))
            writer.writerow(_column_line(table, field, position, known))
            for each in field.categories:
                line = {"table": table.name, "column": field.name, "position": position, "code": each.value}
                writer.writerow(line | {"label": each.label, "count": known.counts.get(each.value, "")})
    return text.getvalue().encode()


def _column_line(table: TableFacts, field: Field, position: int, facts: ColumnFacts) -> dict[str, object]:
    counted = bool(table.columns)
    return {
        "table": table.name,
        "column": field.name,
        "position": position,
        "label": field.title,
        "type": field.type,
        "format": field.format,
        "required": to_text(field.required),
        "unique": to_text(field.unique),
        "key": to_text(field.name in table.schema.primary_key),
        "refers_to": _refers(table, field),
        "pattern": field.pattern or "",
        "minimum": _text(field.minimum),
        "maximum": _text(field.maximum),
        "description": field.description,
        "example": to_text(field.example),
        "missing": facts.missing if counted else "",
        "distinct": facts.distinct if counted else "",
        "lowest": _text(facts.lowest),
        "highest": _text(facts.highest),
        "count": table.rows - facts.missing if counted else "",
    }


def _text(value: object) -> str:
    return "" if value is None else to_text(value)  # type: ignore[arg-type]


def _refers(table: TableFacts, field: Field) -> str:
    for key in table.schema.foreign_keys:
        if field.name in key.fields:
            return f"{key.resource}.{key.reference_fields[key.fields.index(field.name)]}"
    return ""


def codebook_html(release: Release) -> bytes:
    """A page that stands by itself: no script, nothing loaded from elsewhere, everything escaped."""
    about = release.about
    title = escape(f"{about.title}: codebook of version {release.version}")
    parts = [
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>{escape(about.title)}</h1>",
        f"<p>Codebook of version {escape(release.version)}, {release.date.isoformat()}. {escape(about.description)}</p>",
        f"<p>{escape(release_citation(release))}</p>",
        "<nav><ul>",
        *(
            f'<li><a href="#{table.name}">{escape(table.schema.title)}</a> ({_rows(table.rows)})</li>'
            for table in release.tables
        ),
        "</ul></nav>",
        *(line for table in release.tables for line in _section(table, reported=_has_report(release))),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _has_report(release: Release) -> bool:
    return any(file.path == REPORT for file in release.files)


def _section(table: TableFacts, *, reported: bool) -> Iterator[str]:
    schema = table.schema
    yield f'<section id="{schema.name}">\n<h2>{escape(schema.title)} <code>{schema.name}</code></h2>'
    yield f"<p>{escape(schema.description)}</p>"
    yield f'<p class="facts">{_rows(table.rows)}; key {escape(", ".join(schema.primary_key))}</p>'
    if reported:
        yield f'<p><a href="{REPORT}#table={schema.name}">The table in the report</a></p>'
    for anchor in schema.anchors:
        yield (
            f"<p><code>{anchor.text}</code> is the canonical text of its document from <code>{anchor.start}</code> "
            f"to <code>{anchor.end}</code>.</p>"
        )
    yield "<table>\n<thead><tr><th>Column</th><th>Type</th><th>Meaning</th><th>In this version</th></tr></thead>\n<tbody>"
    facts = {column.name: column for column in table.columns}
    for field in schema.fields:
        yield _column_row(table, field, facts.get(field.name))
    yield "</tbody>\n</table>"
    for field in schema.fields:
        if field.categories:
            yield from _codes(table, field, facts.get(field.name))
    yield (
        "<details><summary>Read the CSV in pandas, exactly as the Parquet</summary>\n<pre><code>import pandas as pd\n\n"
        f"{schema.name} = {escape(read_csv_call(schema))}</code></pre></details>\n</section>"
    )


def _column_row(table: TableFacts, field: Field, facts: ColumnFacts | None) -> str:
    kind = ["coded" if field.categories else field.type, "required" if field.required else "may be missing"]
    if field.pattern:
        kind.append(f"pattern <code>{escape(field.pattern)}</code>")
    refers = _refers(table, field)
    if refers:
        kind.append(f'→ <a href="#{refers.split(".")[0]}">{escape(refers)}</a>')
    example = f"<br>Example: <code>{escape(to_text(field.example))}</code>"
    return (
        f'<tr id="{table.name}.{field.name}"><td><code>{field.name}</code><br>{escape(field.title)}</td>'
        f"<td>{', '.join(kind)}</td><td>{escape(field.description)}{example}</td>"
        f'<td class="facts">{_holds(facts)}</td></tr>'
    )


def _holds(facts: ColumnFacts | None) -> str:
    if facts is None:
        return ""
    said = [f"{facts.distinct:,} distinct"]
    if facts.lowest is not None and facts.highest is not None:
        said.append(f"{escape(to_text(facts.lowest))} to {escape(to_text(facts.highest))}")
    if facts.missing:
        said.append(f"{facts.missing:,} missing")
    return "<br>".join(said)


def _codes(table: TableFacts, field: Field, facts: ColumnFacts | None) -> Iterator[str]:
    yield f"<h3>Codes of <code>{field.name}</code></h3>\n<table>"
    yield "<thead><tr><th>Code</th><th>Meaning</th><th>Rows</th></tr></thead>\n<tbody>"
    for each in field.categories:
        count = f"{facts.counts.get(each.value, 0):,}" if facts else ""
        yield (
            f'<tr id="{table.name}.{field.name}.{escape(each.value)}"><td><code>{escape(each.value)}</code></td><td>{escape(each.label)}</td>'
            f'<td class="number">{count}</td></tr>'
        )
    yield "</tbody>\n</table>"
