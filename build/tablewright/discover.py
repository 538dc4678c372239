"""Which files of `source/` are documents, and what their ids are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from tablewright.config import Dataset
from tablewright.errors import ProjectError, SourceError
from tablewright.files import digest
from tablewright.ids import slug
from tablewright.paths import Project

_IS_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHOWN = "source/dataset.yaml"
_NO_DOCUMENTS = ("dataset.yaml", "actors.csv")


def find_documents(
    files: Iterable[str], dataset: Dataset, suffixes: Iterable[str], project: Project
) -> tuple[dict[str, str], list[str]]:
    """The source file (path in `source/`) of each document id, in the order of the ids, and the files passed over.

    `files` are paths in the project. README files are no documents unless dataset.yaml lists them.
    Raises `SourceError` or `ProjectError` for a listed file that is missing or has no reader, and for two files with
    one id.
    """
    known = tuple(suffixes)
    found: list[str] = []
    passed_over: list[str] = []
    for path in files:
        name = path.removeprefix("source/")
        if name == path or name in _NO_DOCUMENTS or name.startswith("review/"):
            continue
        listed = name in dataset.documents
        if name.lower().endswith(known):
            if listed or _stem(name) != "readme":
                found.append(name)
        elif listed:
            raise SourceError(
                f"no reader for {PurePosixPath(name).suffix or 'a file without an ending'}",
                file=path,
                remedy=f"save it as one of {', '.join(known)}",
            )
        else:
            passed_over.append(path)
    _all_there(dataset, set(found))
    return _ids(sorted(found), dataset, project), passed_over


def _all_there(dataset: Dataset, found: set[str]) -> None:
    for name, line in dataset.lines.items():
        if name not in found:
            raise SourceError(
                f"the document {name} is not in source/",
                file=_SHOWN,
                line=line,
                remedy="put the file there, or take the entry out",
            )


def _stem(name: str) -> str:
    stem = name.rpartition("/")[2].rpartition(".")[0]
    if _IS_ID.fullmatch(stem):
        return stem
    # A name wholly in another script leaves nothing; its hash is as stable as the name.
    return slug(stem) or f"document-{digest(name)[:8]}"


def _ids(found: list[str], dataset: Dataset, project: Project) -> dict[str, str]:
    documents: dict[str, str] = {}
    source = str(project.source)
    for name in found:
        # pathlib would cost ten thousand documents a noticeable part of a second.
        if os.path.islink(f"{source}/{name}"):  # noqa: PTH114
            project.inside(project.source, name, file=f"source/{name}")
        given = dataset.documents.get(name, {}).get("document_id")
        document_id = given if given is not None else _stem(name)
        line = dataset.lines.get(name)
        if not _IS_ID.fullmatch(document_id):
            raise ProjectError(
                f"{document_id!r} cannot be a document id",
                file=_SHOWN,
                line=line,
                remedy=f"give {name} a document_id of lower-case letters, digits and hyphens",
            )
        if document_id in documents:
            other = documents[document_id]
            raise ProjectError(
                f"two documents have the id {document_id}: {other} and {name}",
                file=_SHOWN,
                line=line or dataset.lines.get(other),
                remedy="give one of them a document_id of its own",
            )
        documents[document_id] = name
    return dict(sorted(documents.items()))
