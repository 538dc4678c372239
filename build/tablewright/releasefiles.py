"""The files of a release, written into a stage: tables, decisions, differences, descriptors, hashes, archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tablewright import __version__
from tablewright.archive import write_archive
from tablewright.changelist import write_changes
from tablewright.cutreview import cut_reviews
from tablewright.describe import describe_release
from tablewright.describe.attrs import attrs_metadata
from tablewright.describe.facts import about_of, document_facts, files_in, table_facts
from tablewright.describe.model import Quality, Release, Rights, TableFacts
from tablewright.describe.stata import stata_files
from tablewright.diffpages import diff_html, diff_json
from tablewright.files import disk_errors, sha256
from tablewright.package import DESCRIPTOR, FileFacts, describe, document_sources
from tablewright.paths import Project
from tablewright.releaserights import RIGHTS, describe_rights
from tablewright.reporting.measures import measure_quality
from tablewright.reporting.released import release_report
from tablewright.reportmark import REPORT
from tablewright.rights import LIMITS
from tablewright.sums import SUMS, sums
from tablewright.writer import write_table

if TYPE_CHECKING:
    from tablewright.diff import Diff
    from tablewright.release import Ready, Released, Wanted
    from tablewright.versions import Needed


def write_release(
    project: Project,
    ready: Ready,
    wanted: Wanted,
    told: Released,
    difference: tuple[Diff, Needed],
    changelog: str,
    stage: Path,
) -> None:
    """Writes the release that `told` tells of to `stage`: its folder as `folder`, its archive as `archive.zip`."""
    folder = stage / "folder"
    with disk_errors(folder):
        folder.mkdir(parents=True)
        about = about_of(ready.dataset.about)
        attrs = attrs_metadata(about, told.version, wanted.date, wanted.doi)
        for schema, table in ready.cut.tables.values():
            write_table(schema, table, folder, attrs=attrs)
        files = _decisions(project, ready) | _changes(difference, about.title, told.version)
        files["CHANGELOG.md"] = changelog.encode()
        if wanted.stata:
            files |= stata_files(about, told.version, wanted.date, ready.cut.tables)
        files[DESCRIPTOR] = _package(ready, told.version, wanted.date, folder)
        _put(folder, files)
        with (folder / "changes.csv").open("w", encoding="utf-8", newline="") as file:
            write_changes(difference[0], file)
        facts = {name: table_facts(schema, table) for name, (schema, table) in ready.cut.tables.items()}
        schemas = {name: schema for name, (schema, _) in ready.build.items()}
        quality, decided = measure_quality(project, schemas, facts, undecided=ready.undecided, stale=ready.stale)
        page = release_report(project, ready, told.version, quality, decided, sha256(files[DESCRIPTOR]))
        _put(folder, {REPORT: page} if page else {})
        _put(folder, describe_release(_model(ready, wanted, told, facts, quality, folder)))
        _put(folder, {SUMS: sums(folder)})
        write_archive(folder, stage / "archive.zip", f"{about.name}-{told.version}")


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def _decisions(project: Project, ready: Ready) -> dict[str, bytes]:
    schemas = {name: schema for name, (schema, _) in ready.build.items()}
    return cut_reviews(project.review, schemas, ready.cut.tables, ready.rules)


def _changes(difference: tuple[Diff, Needed], title: str, version: str) -> dict[str, bytes]:
    found, needed = difference
    return {
        "diff.json": diff_json(found, needed),
        "diff.html": diff_html(found, needed, title=f"{title}: changes in {version}"),
    }


def _package(ready: Ready, version: str, date: dt.date, folder: Path) -> bytes:
    schemas = {name: schema for name, (schema, _) in ready.cut.tables.items()}
    facts = {file.path: FileFacts(file.sha256, file.bytes) for file in files_in(folder)}
    about: dict[str, Any] = {**ready.dataset.about, "version": version}
    more = {
        "created": f"{date.isoformat()}T00:00:00Z",
        RIGHTS: describe_rights(ready.cut, ready.rules, ready.characters, LIMITS),
    }
    return describe(about, schemas, facts, document_sources(ready.build["documents"][1]), more)


def _model(
    ready: Ready, wanted: Wanted, told: Released, facts: Mapping[str, TableFacts], quality: Quality, folder: Path
) -> Release:
    """All that the descriptors say."""
    quoted = any(rule == "quotes" for rule in ready.rules.values())
    return Release(
        about=about_of(ready.dataset.about),
        version=told.version,
        date=wanted.date,
        tables=tuple(facts.values()),
        files=files_in(folder),
        documents=document_facts(ready.build["documents"][1], ready.rules, ready.cut.quoted),
        quality=quality,
        rights=Rights(LIMITS.quote, LIMITS.document, LIMITS.share) if quoted else Rights(),
        previous=told.previous,
        doi=wanted.doi,
        concept_doi=wanted.concept_doi,
        tool_version=__version__,
    )
