"""Tables proved, written and put into `dist/`, all of them or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tablewright import state
from tablewright.arrowtable import conform, to_frame
from tablewright.assembly import Assembled, Assembly
from tablewright.checks import check_frame
from tablewright.dist import commit, open_stage
from tablewright.files import disk_errors, sha256, sha256_file
from tablewright.package import DESCRIPTOR, FileFacts, describe, document_sources
from tablewright.paths import Project
from tablewright.plan import Plan
from tablewright.records import Finding
from tablewright.schema import TableSchema
from tablewright.writer import grouped, write_groups

_CHECKED = 50_000
"""Rows that are looked at together; what is found does not depend on it."""


@dataclass(slots=True)
class Published:
    """What was written: rows by table, rows by coding in each table that has it; or what is wrong."""

    counts: dict[str, int] = field(default_factory=dict)
    codings: dict[str, Counter[str]] = field(default_factory=dict)
    outputs: dict[str, state.Seen] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def publish(
    project: Project,
    before: state.State,
    plan: Plan,
    schemas: Mapping[str, TableSchema],
    assembly: Assembly,
    documents_key: str,
) -> Published:
    """Checks and writes each table as it is assembled, then their description, then puts all into `dist/` at once.

    With findings nothing is put there.
    """
    done = Published()
    stage = open_stage(project)
    for each in assembly.tables(plan.written, documents_key):
        _write(each, assembly, stage, done)
        pa.default_memory_pool().release_unused()
    done.findings += assembly.findings
    for name in done.counts if not done.findings else ():
        done.findings += assembly.check_foreign_keys(schemas[name])
    if done.findings:
        return done
    files = _describe(project, plan, schemas, stage)
    names = {f"dist/{name}": each.sha256 for name, each in files.items()}
    outdated = [name.removeprefix("dist/") for name in before.outputs if name not in names]
    commit(project, stage, outdated)
    stamps = state.scan_outputs(project, names)
    done.outputs = {name: state.Seen(stamp, names[name]) for name, stamp in stamps.items()}
    done.counts = {name: done.counts[name] for name in schemas if name in done.counts}
    return done


def _placed(finding: Finding, schema: TableSchema) -> Finding:
    """A finding about a row, with where it can be mended."""
    return replace(
        finding,
        file=finding.file or f"schemas/{schema.name}.yaml",
        remedy=finding.remedy
        or "mend the document's entry in dataset.yaml, the decision in source/review/, or the schema",
    )


def _write(each: Assembled, assembly: Assembly, stage: Path, done: Published) -> None:
    """Writes a table to the stage as it comes, and proves it."""
    schema = each.schema
    coded = "coding" in schema.columns
    count = 0
    codings: Counter[str] = Counter()
    for group in write_groups(schema, each.portions, stage):
        count += len(group)
        codings.update(str(coding) for coding in (group["coding"].to_pylist() if coded else ()))
    done.counts[schema.name] = count
    if coded:
        done.codings[schema.name] = codings
    done.findings += [_placed(finding, schema) for finding in _check(each, assembly.keys[schema.name], stage)]


def _check(each: Assembled, keys: pa.Table, stage: Path) -> list[Finding]:
    """What is wrong with a table by itself. Rows that stand in `dist/` since the last build were proved then, and the
    files were not touched since; what has to be looked at besides the fresh ones is that keys are still unique.
    """
    schema = each.schema
    key = list(schema.primary_key)
    others = [column for column in schema.fields if column.unique and [column.name] != key]
    if others or keys.group_by(key).aggregate([]).num_rows != len(keys):
        return check_frame(
            schema, to_frame(schema, conform(schema, pq.read_table(stage / f"{schema.name}.parquet"))[0])
        )
    return [
        finding for rows in grouped(each.fresh(), _CHECKED) for finding in check_frame(schema, to_frame(schema, rows))
    ]


def _describe(project: Project, plan: Plan, schemas: Mapping[str, TableSchema], stage: Path) -> dict[str, FileFacts]:
    """Writes datapackage.json for the tables in the stage and those that stay as they are in `dist/`; gives the facts
    of all files that `dist/` then holds.
    """
    facts: dict[str, FileFacts] = {}
    places: dict[str, Path] = {}
    for name in (f"{schema}.{ending}" for schema in schemas for ending in ("parquet", "csv")):
        places[name] = stage / name if (stage / name).exists() else project.dist / name
        facts[name] = FileFacts(sha256_file(places[name]), places[name].stat().st_size)
    documents: pa.Table = pq.read_table(places["documents.parquet"], columns=["title", "url", "source_file"])
    with disk_errors(stage):
        description = describe(plan.inputs.dataset.about, schemas, facts, document_sources(documents))
        (stage / DESCRIPTOR).write_bytes(description)
    return {**facts, DESCRIPTOR: FileFacts(sha256(description), len(description))}
