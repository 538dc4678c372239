"""`tablewright release`: freezes the build as a version, in the order in which it happens.

    what must be so first ──▶ cut to rights ──▶ difference to the version before ──▶ version ──▶ tables, decisions,
    differences, descriptors, SHA256SUMS, archive in a stage ──▶ dist/releases/<version>/ at once

A version that exists is never written again. A kill leaves no half release: the folder appears by one rename, and the
archive, which the same folder gives in the same bytes, is made again by the next release if it is missing.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tablewright.errors import BuildError, ProjectError
from tablewright.paths import Project
from tablewright.records import Finding

if TYPE_CHECKING:
    import pyarrow as pa

    from tablewright.config import Dataset
    from tablewright.diff import Diff
    from tablewright.rights import Cut, Redistribute
    from tablewright.schema import TableSchema
    from tablewright.versions import Needed, Version

Bump = Literal["auto", "major", "minor", "patch"]
CHANGELOG = "CHANGELOG.md"
_NEEDED = ("licence", "creators", "description")
_UNREVIEWED = frozenset({"stale-decision", "conflicting-decisions"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to release: `version` or `bump` (a version wins), on which day, and whether rows without a decision and
    decisions that fit no more may go out. `draft` writes the changelog's entry only, for a person to edit. `doi` is
    this version's, `concept_doi` that of all versions, where an archive has reserved them.
    """

    date: dt.date
    bump: Bump = "auto"
    version: str | None = None
    allow_unreviewed: bool = False
    stata: bool = False
    draft: bool = False
    doi: str | None = None
    concept_doi: str | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was made, or would be: its version and why, and what of each document it holds.

    `folder` and `archive` are None for a draft. `quoted` counts characters by document, `left_out` the cells that the
    quota took the words of.
    """

    version: str
    previous: str | None
    reasons: tuple[str, ...]
    folder: Path | None = None
    archive: Path | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    quoted: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    undecided: int = 0
    stale: int = 0

    def to_json(self, project: Project) -> dict[str, Any]:
        """The release as JSON values, paths as the project has them."""
        paths = {"folder": self.folder, "archive": self.archive}
        return {
            "version": self.version,
            "previous": self.previous,
            "reasons": list(self.reasons),
            **{name: project.relative(path) if path else None for name, path in paths.items()},
            "rows": dict(self.counts),
            "documents": {
                name: {"redistribute": rule, "quoted": self.quoted[name], "left_out": self.left_out.get(name, 0)}
                for name, rule in self.rules.items()
            },
            "undecided": self.undecided,
            "stale": self.stale,
        }


@dataclass(frozen=True, slots=True)
class Ready:
    """A build that may be released: what dataset.yaml says, the tables cut to rights, the setting and the length of
    each document, what awaits review.
    """

    dataset: Dataset
    build: Mapping[str, tuple[TableSchema, pa.Table]]
    cut: Cut
    rules: Mapping[str, Redistribute]
    characters: Mapping[str, int]
    undecided: int
    stale: int


def release(
    project: Project, wanted: Wanted, *, waiting: Callable[[str], None] = lambda holder: None
) -> tuple[Released | None, list[Finding]]:
    """Freezes the build as a version of the dataset. With findings nothing was released.

    Raises `BuildError` for a build that is missing, out of date or not reviewed, and `ProjectError` for what
    dataset.yaml does not say and for a version that the changes do not allow.
    """
    from tablewright.lock import locked
    from tablewright.releasefolder import mend

    with locked(project, waiting):
        mend(project)
        ready, findings = make_ready(project, allow_unreviewed=wanted.allow_unreviewed)
        if ready is None:
            return None, findings
        return _freeze(project, ready, wanted), []


def make_ready(project: Project, *, allow_unreviewed: bool = False) -> tuple[Ready | None, list[Finding]]:
    """The build, cut to rights, after the proof that it may be released."""
    from tablewright.config import load_dataset
    from tablewright.datasetfiles import load_dataset_files
    from tablewright.proof import prove
    from tablewright.rights import cut_to_rights, document_rules
    from tablewright.standing import take_status

    status = take_status(project)
    if status.out_of_date:
        raise BuildError(
            "dist/ is out of date", remedy="run `tablewright build` first; `tablewright build -n` says why"
        )
    dataset = load_dataset(project)
    _stated(dataset)
    wrong = [each for each in status.findings if each.severity == "error" and each.code not in _UNREVIEWED]
    if wrong:
        return None, wrong
    stale = sum(each.code in _UNREVIEWED for each in status.findings)
    undecided = sum(status.pending.values())
    if (stale or undecided) and not allow_unreviewed:
        raise BuildError(
            f"{undecided:,} rows await a decision and {stale:,} decisions no longer fit",
            remedy="`tablewright review` lists them; --allow-unreviewed releases all the same, and says so",
        )
    proof = prove(project)
    if proof.findings:
        return None, proof.findings
    build = load_dataset_files(project.dist)
    rules, characters = document_rules(build["documents"][1], dataset.redistribute)
    if not characters:
        raise BuildError("there is nothing to release: the dataset has no documents", remedy="put one into source/")
    return Ready(dataset, build, cut_to_rights(build, rules, characters), rules, characters, undecided, stale), []


def _stated(dataset: Dataset) -> None:
    """Raises `ProjectError` when dataset.yaml does not say what a published dataset has to say."""
    missing = [name for name in _NEEDED if not dataset.about.get(name)]
    if missing:
        raise ProjectError(
            f"a release needs {', '.join(missing)}",
            file="source/dataset.yaml",
            remedy="say there under what licence, by whom and about what the dataset is",
        )


def _freeze(project: Project, ready: Ready, wanted: Wanted) -> Released:
    from tablewright.changelog import add_entry, changelog_entry
    from tablewright.comparing import release_versions
    from tablewright.releasefiles import write_release
    from tablewright.releasefolder import stage_of
    from tablewright.versions import latest, needed_bump

    previous = latest(release_versions(project))
    found = _difference(project, ready, previous)
    needed = needed_bump(found)
    version = _version(project, ready.dataset, wanted, previous, needed)
    found = _difference(project, ready, previous, str(version))
    log = project.releases / CHANGELOG
    before = log.read_text(encoding="utf-8") if log.is_file() else ""
    entries = add_entry(before, str(version), changelog_entry(found, needed, str(version), wanted.date))
    reasons = tuple(f"{each.message}: {each.bump}" for each in needed.reasons) if previous else ("the first release",)
    told = Released(
        version=str(version),
        previous=str(previous) if previous else None,
        reasons=reasons,
        counts={name: table.num_rows for name, (_, table) in ready.cut.tables.items()},
        rules=ready.rules,
        quoted=ready.cut.quoted,
        left_out=ready.cut.left_out,
        undecided=ready.undecided,
        stale=ready.stale,
    )
    if wanted.draft:
        from tablewright.files import write_atomic

        write_atomic(log, entries.encode())
        return told
    stage = stage_of(project)
    try:
        write_release(project, ready, wanted, told, (found, needed), entries, stage)
        return _publish(project, ready.dataset.about["name"], told, stage, entries)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _difference(project: Project, ready: Ready, previous: Version | None, version: str | None = None) -> Diff:
    """What differs from the release before. Words of documents are compared, and not shown, where they may not be
    passed on: the version before may have held more of them.
    """
    import json

    from tablewright.datasetfiles import open_dataset_files, read_descriptor
    from tablewright.diff import diff
    from tablewright.package import describe
    from tablewright.rights import source_columns

    folder = project.releases / str(previous)
    closed = any(rule != "full" for rule in ready.rules.values())
    about = json.loads(describe(ready.dataset.about, {}, {}))
    return diff(
        open_dataset_files(folder) if previous else {},
        ready.cut.tables,
        before=str(previous) if previous else None,
        after=version,
        old_about=read_descriptor(folder) if previous else None,
        new_about=about,
        withheld={name: source_columns(schema) for name, (schema, _) in ready.cut.tables.items()} if closed else None,
    )


def _version(project: Project, dataset: Dataset, wanted: Wanted, previous: Version | None, needed: Needed) -> Version:
    """The version that is asked for, or that the changes ask for. Raises `ProjectError` for one that is too low."""
    from tablewright.versions import FIRST, Version, is_version, refusal

    stated = str(dataset.about.get("version", ""))
    if wanted.version is not None:
        version = Version.parse(wanted.version)
    elif previous is None:
        version = Version.parse(stated) if is_version(stated) else FIRST
    elif wanted.bump != "auto":
        version = previous.bumped(wanted.bump)
    elif needed.bump == "none":
        raise ProjectError(f"nothing has changed since {previous}", remedy="--bump patch releases it all the same")
    else:
        version = previous.bumped(needed.bump)
        # A person may have written a higher one into dataset.yaml.
        version = max(version, Version.parse(stated)) if is_version(stated) else version
    if (project.releases / str(version)).exists():
        raise ProjectError(
            f"there is a release {version}; a version is never written again", remedy="take a higher one"
        )
    refused = refusal(previous, version, needed) if previous else ()
    if refused:
        raise ProjectError(
            f"the changes since {previous} do not allow {version}: {'; '.join(refused[:10])}",
            remedy="leave --version and --bump out for the version that they ask for",
        )
    return version


def _publish(project: Project, name: str, told: Released, stage: Path, entries: str) -> Released:
    from tablewright.files import write_atomic
    from tablewright.releasefolder import publish

    folder, archive = publish(project, name, told.version, stage)
    write_atomic(project.releases / CHANGELOG, entries.encode())
    return replace(told, folder=folder, archive=archive)
