"""A small release in a folder, with a row for every kind of trouble, for the tests of what a release says of itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa

from tablewright.arrowtable import to_arrow
from tablewright.describe.attrs import attrs_metadata
from tablewright.describe.facts import about_of, coding_counts, document_facts, files_in, table_facts
from tablewright.describe.model import Agreement, Quality, Release, Rights
from tablewright.package import DESCRIPTOR, FileFacts, describe, document_sources
from tablewright.schema import TableSchema, in_order
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import write_table

ABOUT: dict[str, Any] = {
    "name": "talks",
    "title": "Talks & <Treaties>: “coded”",
    "description": "Events, actors and quotations in two articles.",
    "version": "1.2.0",
    "licence": "CC-BY-4.0",
    "homepage": "https://example.org/talks",
    "keywords": ["diplomacy", "event data"],
    "creators": [
        {
            "title": "Ana Roth",
            "given_name": "Ana",
            "family_name": "Roth",
            "orcid": "0000-0002-1825-0097",
            "email": "ana@example.org",
            "organization": "Example University",
        },
        {"title": "The Talks Team"},
    ],
}
DATE = dt.date(2024, 5, 1)

# Cells that break careless readers: the first three are words that pandas takes for missing.
TROUBLE = ("NA", "null", "None", '"so, he said"', "=1+1", "two\nlines", "Ōsaka 大阪 😀")


def schemas() -> dict[str, TableSchema]:
    """The eight schemas of the project, each after those that it refers to."""
    return in_order(load_schemas(builtin_schemas_folder()))


def rows() -> dict[str, list[dict[str, Any]]]:
    """Two rows or more of each table: one with every cell filled, one with nulls wherever they may be."""
    made: dict[str, list[dict[str, Any]]] = {}
    for name, schema in schemas().items():
        full = {field.name: field.example for field in schema.fields}
        bare = {field.name: field.example if field.required else None for field in schema.fields}
        made[name] = [full, bare]
    keys = {"documents": "document_id", "sentences": "sentence_id", "actors": "actor_id", "mentions": "mention_id"}
    keys |= {"events": "event_id", "aid_figures": "aid_figure_id", "quotations": "quotation_id"}
    for name, key in keys.items():
        for number, row in enumerate(made[name]):
            row[key] = f"{name.replace('_', '-')}-{number + 1}"
    _join(made, keys)
    sentences = made["sentences"]
    sentences += [{**sentences[1], "sentence_id": f"s-{n}", "text": text} for n, text in enumerate(TROUBLE)]
    return made


def _join(made: dict[str, list[dict[str, Any]]], keys: dict[str, str]) -> None:
    """Lets every foreign key point at a row that is there: the first row at the second, the second at the first."""
    for name, schema in schemas().items():
        for key in schema.foreign_keys:
            for number, row in enumerate(made[name]):
                if row[key.fields[0]] is not None:
                    row[key.fields[0]] = f"{key.resource.replace('_', '-')}-{2 - number}"
    assert set(keys) | {"participants"} == set(made)


def tables(made: dict[str, list[dict[str, Any]]] | None = None) -> dict[str, tuple[TableSchema, pa.Table]]:
    """The tables in Arrow, each with its schema."""
    made = rows() if made is None else made
    built: dict[str, tuple[TableSchema, pa.Table]] = {}
    for name, schema in schemas().items():
        table, findings = to_arrow(schema, made[name])
        assert not findings, findings
        built[name] = schema, table
    return built


def write_data(folder: Path, built: dict[str, tuple[TableSchema, pa.Table]]) -> None:
    """Writes the tables and datapackage.json, as a build does; the Parquet files with what `df.attrs` shows."""
    folder.mkdir(parents=True, exist_ok=True)
    about = about_of(ABOUT)
    for schema, table in built.values():
        parquet, _ = write_table(schema, table, folder)
        stamp(parquet, attrs_metadata(about, ABOUT["version"], DATE))
    facts = {file.path: FileFacts(file.sha256, file.bytes) for file in files_in(folder)}
    described = describe(ABOUT, schemas(), facts, document_sources(built["documents"][1]))
    (folder / DESCRIPTOR).write_bytes(described)


def stamp(path: Path, attrs: bytes) -> None:
    """Puts `df.attrs` into a Parquet file, until the writer does it itself."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, b"PANDAS_ATTRS": attrs}), path)


def make_release(folder: Path, built: dict[str, tuple[TableSchema, pa.Table]] | None = None, **more: Any) -> Release:
    """Writes the data of a release to `folder` and gives the model of it; `more` are fields of `Release`."""
    built = tables() if built is None else built
    write_data(folder, built)
    facts = {name: table_facts(schema, table) for name, (schema, table) in built.items()}
    values: dict[str, Any] = {
        "about": about_of(ABOUT),
        "version": ABOUT["version"],
        "date": DATE,
        "tables": tuple(facts.values()),
        "files": files_in(folder),
        "documents": document_facts(built["documents"][1], {"documents-1": "quotes"}, {"documents-1": 812}),
        "quality": Quality(
            coding=coding_counts(facts, {"events": 3}),
            evaluation={"documents": 1, "tables": {"events": {"gold": 4, "machine": 5, "matched": 3, "precision": 0.6, "recall": 0.75, "f1": 0.6667, "columns": {"event_type": {"right": 2, "total": 3, "accuracy": 0.6667}}}}},
            agreement=(Agreement("events", "event_type", 12, 2, 0.75, 0.61), Agreement("events", "keep", 12, 2, 1.0, None)),
        ),
        "rights": Rights(quote_characters=200, document_characters=5000),
        "previous": "1.1.0",
        "tool_version": "0.2.0",
    }  # fmt: skip
    return Release(**values | more)
