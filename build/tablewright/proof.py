"""The proof of what stands in `dist/`: by the schemas, by its own keys, by the sources."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tablewright import state
from tablewright.errors import BuildError, TablewrightError
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema
from tablewright.texts import KeptTexts

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, in rows of each table, and everything that is wrong."""

    counts: Mapping[str, int]
    findings: list[Finding]


def prove(project: Project) -> Proof:
    """Checks every table of `dist/`: types, values, keys, foreign keys, CSV against Parquet, each anchor against the
    text of its source, and each source against the hash that the dataset gives.

    Raises `BuildError` when there is no build to look at.
    """
    from tablewright.checks import check_tables
    from tablewright.schemafile import load_schemas

    schemas = load_schemas(project.schemas)
    if state.journal(project).exists():
        raise BuildError(
            "a build was interrupted while it moved its files into dist/", remedy="run `tablewright build` to finish it"
        )
    if not any((project.dist / f"{name}.parquet").exists() for name in schemas):
        raise BuildError("dist/ has not been built", remedy="run `tablewright build`")
    findings: list[Finding] = []
    tables: dict[str, pa.Table] = {}
    for name, schema in schemas.items():
        table, wrong = _read(project, schema)
        findings += wrong
        if table is not None:
            tables[name] = table
    with closing(KeptTexts()) as texts:
        findings += _read_texts(project, tables.get("documents"), texts)
        if not findings:
            findings += check_tables(schemas, tables, texts)
            findings += _description(project, schemas, tables["documents"])
    return Proof({name: len(table) for name, table in tables.items()}, findings)


def _read(project: Project, schema: TableSchema) -> tuple[pa.Table | None, list[Finding]]:
    """A table from its Parquet file, and what is wrong with its two files by themselves and with each other."""
    from tablewright.tablefiles import read_table

    paths = {form: project.dist / f"{schema.name}.{form}" for form in ("parquet", "csv")}
    missing = [path for path in paths.values() if not path.exists()]
    if missing:
        remedy = "run `tablewright build`"
        return None, [Finding("missing", "is missing", project.relative(path), remedy=remedy) for path in missing]
    parquet, findings = read_table(schema, paths["parquet"], "parquet")
    csv, wrong = read_table(schema, paths["csv"], "csv")
    findings += wrong
    if not findings and not csv.equals(parquet):
        message = f"does not hold what {schema.name}.parquet holds"
        file = project.relative(paths["csv"])
        findings.append(Finding("csv-differs", message, file, remedy="build again; nobody edits dist/"))
    return parquet, findings


def _read_texts(project: Project, documents: pa.Table | None, texts: KeptTexts) -> list[Finding]:
    """Puts the canonical text of each document of the dataset, read from its source now, into `texts`; what is wrong
    with sources, and which are no longer the same.
    """
    from tablewright.lookup import Sources

    findings: list[Finding] = []
    if documents is None:
        return findings
    columns = ["document_id", "source_file", "text_sha256"]
    rows = {row["document_id"]: row for row in documents.select(columns).to_pylist()}
    with closing(Sources(project)) as sources:
        for document_id in sources.in_reading_order(rows):
            row = rows[document_id]
            name = f"source/{row['source_file']}"
            try:
                document = sources.read(document_id)
            except TablewrightError as error:
                findings.append(Finding("source", error.message, error.file or name, error.line, remedy=error.remedy))
                continue
            if document.text_sha256 != row["text_sha256"]:
                message = "the text is not the one that dist/ was built from"
                findings.append(Finding("source-changed", message, name, remedy="build again"))
            texts.add(document_id, document.text)
    return findings


def _description(project: Project, schemas: Mapping[str, TableSchema], documents: pa.Table) -> list[Finding]:
    """Whether datapackage.json is what dataset.yaml, the schemas and the files make of it."""
    from tablewright.config import load_dataset
    from tablewright.files import sha256_file
    from tablewright.package import DESCRIPTOR, FileFacts, describe, document_sources

    names = [f"{name}.{form}" for name in schemas for form in ("parquet", "csv")]
    paths = {name: project.dist / name for name in names}
    facts = {name: FileFacts(sha256_file(path), path.stat().st_size) for name, path in paths.items()}
    expected = describe(load_dataset(project).about, schemas, facts, document_sources(documents))
    path = project.dist / DESCRIPTOR
    if path.exists() and path.read_bytes() == expected:
        return []
    message = "does not describe these files, schemas and dataset.yaml" if path.exists() else "is missing"
    return [Finding("description", message, project.relative(path), remedy="run `tablewright build`")]
