"""How fast a release is verified, against frictionless validating its datapackage.json, at a million rows.

    python tests/bench/verify.py [ROWS [FRICTIONLESS_ROWS]]

The release has `documents`, `sentences`, `actors`, `events` and `participants`; the rows are those of all of them.
Frictionless takes minutes for a million rows, so it gets a smaller release of the same kind, and its time is carried
over row by row, which is in its favour: it takes longer a row the more rows there are. Seconds by the clock; the peak
of memory is that of a process of its own.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa

from tablewright.arrowtable import to_arrow
from tablewright.describe import describe_release
from tablewright.describe.attrs import attrs_metadata
from tablewright.describe.facts import about_of, coding_counts, document_facts, files_in, table_facts
from tablewright.describe.model import Quality, Release
from tablewright.files import sha256
from tablewright.package import DESCRIPTOR, FileFacts, describe, document_sources
from tablewright.releaserights import describe_rights
from tablewright.rights import LIMITS, Cut
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.sums import SUMS, sums
from tablewright.writer import write_table

ABOUT: dict[str, Any] = {"name": "bench", "title": "Bench", "description": "Made-up rows.", "licence": "CC0-1.0", "creators": [{"title": "Nobody"}]}  # fmt: skip
DATE = dt.date(2024, 5, 1)
VERSION = "1.0.0"
SENTENCE = "Norway pledged $5 million to Chad and Japan condemned attack number {} on a market in the old town. "
TABLES = ("documents", "actors", "sentences", "events", "participants")
EVENTS = 20
"""Events, and sentences, of a document; each has two participants."""


def main(rows: int, theirs: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        large, small = Path(place) / "large", Path(place) / "small"
        counts = make_release(rows, large), make_release(theirs, small)
        ours = measure("tablewright", large)
        other = measure("frictionless", small)
        seconds = other["wall"] * counts[0] / counts[1]
        print(f"tablewright:  {counts[0]:>9,} rows  {ours['wall']:7.1f} s  {ours['memory']:6,.0f} MiB")
        print(
            f"frictionless: {counts[1]:>9,} rows  {other['wall']:7.1f} s  {other['memory']:6,.0f} MiB; {seconds:,.0f} s for as many"
        )
        print(f"ratio: {seconds / ours['wall']:.0f}")


def measure(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, name, str(folder)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    figures: dict[str, float] = json.loads(result.stdout)
    return figures


def run(name: str, folder: Path) -> None:
    start = time.perf_counter()
    if name == "tablewright":
        from tablewright.verify import verify

        problems = [each.message for each in verify(folder).findings]
    else:
        from frictionless import Package

        report = Package(str(folder / DESCRIPTOR)).validate()
        problems = [str(each) for each in report.flatten(["message"])]
    assert not problems, problems[:5]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"wall": time.perf_counter() - start, "memory": memory}))


def make_release(rows: int, folder: Path) -> int:
    """A sound release of some `rows` in all; returns how many."""
    folder.mkdir()
    schemas = {name: schema for name, schema in load_schemas(builtin_schemas_folder()).items() if name in TABLES}
    tables = {name: to_arrow(schemas[name], made)[0] for name, made in make_rows(schemas, rows).items()}
    tables = {name: tables[name] for name in schemas}
    about = about_of(ABOUT)
    for name, table in tables.items():
        write_table(schemas[name], table, folder, attrs=attrs_metadata(about, VERSION, DATE))
    documents = tables["documents"]
    lengths = {str(row["document_id"]): int(row["characters"] or 0) for row in documents.to_pylist()}
    rights = describe_rights(Cut({}, lengths, {}), dict.fromkeys(lengths, "full"), lengths, LIMITS)
    facts = {file.path: FileFacts(file.sha256, file.bytes) for file in files_in(folder)}
    more = {"created": f"{DATE}T00:00:00Z", "rights": rights}
    said = describe(ABOUT | {"version": VERSION}, schemas, facts, document_sources(documents.slice(0, 10)), more)
    (folder / DESCRIPTOR).write_bytes(said)
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## {VERSION}\n")
    counted = {name: {"rows_after": table.num_rows} for name, table in tables.items()}
    (folder / "diff.json").write_text(json.dumps({"after": VERSION, "rows": counted}))
    describe_all(folder, {name: (schemas[name], table) for name, table in tables.items()})
    (folder / SUMS).write_bytes(sums(folder))
    return sum(table.num_rows for table in tables.values())


def describe_all(folder: Path, tables: dict[str, tuple[TableSchema, pa.Table]]) -> None:
    facts = {name: table_facts(schema, table) for name, (schema, table) in tables.items()}
    model = Release(
        about=about_of(ABOUT),
        version=VERSION,
        date=DATE,
        tables=tuple(facts.values()),
        files=files_in(folder),
        documents=document_facts(tables["documents"][1].slice(0, 10)),
        quality=Quality(coding=coding_counts(facts, {})),
    )
    for name, data in describe_release(model).items():
        (folder / name).write_bytes(data)


def make_rows(schemas: dict[str, TableSchema], rows: int) -> dict[str, list[dict[str, Any]]]:
    """Documents of `EVENTS` sentences, an event in each, two participants an event."""
    bare = {
        name: {field.name: field.example if field.required else None for field in schema.fields}
        for name, schema in schemas.items()
    }
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in schemas}
    for name in ("norway", "chad"):
        made["actors"].append(bare["actors"] | {"actor_id": name, "name": name.title(), "country_code": "NOR"})
    for number in range(max(1, rows // (4 * EVENTS + 1))):
        document, place, text = f"d-{number}", 0, ""
        for position in range(1, EVENTS + 1):
            sentence = SENTENCE.format(number * EVENTS + position)
            span = {"document_id": document, "sentence_id": f"{document}-s{position}", "start": place}
            whole = sentence.rstrip()
            made["sentences"].append(
                bare["sentences"]
                | span
                | {"end": place + len(whole), "text": whole, "position": position, "paragraph": 1}
            )
            event = f"{document}-e{position}"
            words = {
                "end": place + 33,
                "text": sentence[:33],
                "trigger": "pledged",
                "trigger_start": place + 7,
                "trigger_end": place + 14,
            }
            made["events"].append(
                bare["events"] | span | words | {"event_id": event, "date_start": DATE, "coding": "machine"}
            )
            made["participants"] += [
                {"event_id": event, "actor_id": "norway", "role": "source"},
                {"event_id": event, "actor_id": "chad", "role": "target"},
            ]
            place, text = place + len(sentence), text + sentence
        text = text.rstrip()
        known = {
            "document_id": document,
            "characters": len(text),
            "words": len(text.split()),
            "text_sha256": sha256(text.encode()),
        }
        made["documents"].append(bare["documents"] | known)
    return made


if __name__ == "__main__":
    if len(sys.argv) == 3 and not sys.argv[1].isdigit():
        run(sys.argv[1], Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
