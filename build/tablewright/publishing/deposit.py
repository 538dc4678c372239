"""A release as a record of a repository: a draft with a DOI, its metadata, its files, and only then, if confirmed,
its publication. Each step looks first at what is there, so that the same command goes on where one stopped.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tablewright.publishing.bundle import Bundle
from tablewright.publishing.drafts import Draft, Drafts
from tablewright.publishing.invenio import first_record, record_of
from tablewright.publishing.refusals import PublishError
from tablewright.publishing.zenodo import Repository

_DATACITE = "datacite.json"
_MOST_FILES = 100
"""As many as Zenodo takes in one record."""


@dataclass(frozen=True, slots=True)
class Deposited:
    """The record of a version: whether it is public, and how many files were sent and were there."""

    where: str
    draft: Draft
    sent: int = 0
    there: int = 0

    def to_json(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {
            "where": self.where,
            "id": self.draft.id,
            "doi": self.draft.doi,
            "public": self.draft.public,
            "sent": self.sent,
            "there": self.there,
        }

    def lines(self) -> list[str]:
        """The record as lines to read."""
        if self.draft.public:
            return [f"public: {self.where}/records/{self.draft.id}, DOI {self.draft.doi}; {self.sent:,} files sent"]
        return [
            f"draft: {self.where}/uploads/{self.draft.id}, DOI {self.draft.doi} reserved; {self.sent:,} files sent",
            "nothing is public; --confirm publishes it, for good",
        ]


def reserve(drafts: Drafts, repository: Repository, version: str, title: str, creators: list[str]) -> Deposited:
    """A draft with a DOI for a version still to be released; the one that was begun, if there is one."""
    draft = drafts.get(version)
    if draft is None or (not draft.public and repository.draft(draft.id) is None):
        draft = _begin(drafts, repository, version, first_record(title, version, creators))
    return Deposited(repository.base, _with_doi(drafts, repository, version, draft))


def deposit(bundle: Bundle, drafts: Drafts, repository: Repository, *, confirm: bool) -> Deposited:
    """Brings a release to the repository. Raises `PublishError` where it says no, or has this version otherwise."""
    datacite = json.loads((bundle.folder / _DATACITE).read_bytes())
    files = _wanted(bundle)
    draft = _standing(drafts, repository, bundle.version)
    stamped = datacite.get("doi")
    if stamped and (draft is None or draft.doi != stamped):
        raise PublishError(
            f"the release bears the DOI {stamped}, which no draft known here has",
            remedy=f"{drafts.shown} of the project that reserved it knows the draft; publish from there",
        )
    if draft is not None and draft.public:
        _refuse_another(repository, draft, files)
        return Deposited(repository.base, draft, there=len(files))
    record = record_of(datacite)
    if draft is None:
        draft = _begin(drafts, repository, bundle.version, record)
    draft = _with_doi(drafts, repository, bundle.version, draft)
    # What a draft is replaced by has to name its DOI, which is let go otherwise.
    pids = (repository.draft(draft.id) or {}).get("pids", {})
    repository.describe(draft.id, {**record, "pids": pids})
    sent = _send(repository, draft, files)
    if confirm:
        repository.publish(draft.id)
        draft = replace(draft, public=True)
        drafts.keep(bundle.version, draft)
    return Deposited(repository.base, draft, sent, len(files) - sent)


def _standing(drafts: Drafts, repository: Repository, version: str) -> Draft | None:
    """The draft of a version as it is now: made public since, or gone."""
    draft = drafts.get(version)
    if draft is None or draft.public or repository.draft(draft.id) is not None:
        return draft
    if repository.record(draft.id) is None:
        return None
    draft = replace(draft, public=True)
    drafts.keep(version, draft)
    return draft


def _begin(drafts: Drafts, repository: Repository, version: str, record: dict[str, Any]) -> Draft:
    before = drafts.last_public()
    begun = repository.new_version(before.id) if before else repository.create(record)
    draft = Draft(str(begun["id"]))
    drafts.keep(version, draft)
    return draft


def _with_doi(drafts: Drafts, repository: Repository, version: str, draft: Draft) -> Draft:
    if draft.doi is None:
        there = (repository.draft(draft.id) or {}).get("pids", {}).get("doi", {}).get("identifier")
        draft = replace(draft, doi=there or repository.reserve_doi(draft.id))
        drafts.keep(version, draft)
    return draft


def _wanted(bundle: Bundle) -> dict[str, Path]:
    """The archive, which holds everything, and the files at the top of the release, to be read by their address; only
    the archive where those are too many for one record. A record has no folders.
    """
    files = {bundle.archive.name: bundle.archive}
    top = {name: bundle.folder / name for name in bundle.files if "/" not in name}
    return files | top if len(top) < _MOST_FILES else files


def _send(repository: Repository, draft: Draft, wanted: dict[str, Path]) -> int:
    """Sends the files that are not there whole, and takes out all others; returns how many were sent."""
    there = repository.files(draft.id)
    sent = 0
    for name in there:
        if name not in wanted:
            repository.remove_file(draft.id, name)
    for name, path in wanted.items():
        if name in there and _is_whole(there[name], path):
            continue
        if name in there:
            repository.remove_file(draft.id, name)
        if not _is_whole(repository.upload(draft.id, name, path), path):
            raise PublishError(f"{repository.base}: {name} is not there as it was sent", remedy="run the command again")
        sent += 1
    return sent


def _is_whole(told: Any, path: Path) -> bool:
    """Whether the repository has the file's very bytes: it gives an MD5, which is enough against accidents."""
    with path.open("rb") as file:
        md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return bool(told.get("status", "completed") == "completed" and told.get("checksum") == f"md5:{md5}")


def _refuse_another(repository: Repository, draft: Draft, wanted: dict[str, Path]) -> None:
    there = repository.files(draft.id, public=True)
    other = [name for name in wanted if name not in there or not _is_whole(there[name], wanted[name])]
    other += [name for name in there if name not in wanted]
    if other:
        raise PublishError(
            f"record {draft.id} of this version is public with other files: {', '.join(other[:3])}",
            remedy="a version is never rewritten; release the change as a new version",
        )
