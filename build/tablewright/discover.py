"""Which files of `source/` are documents, and what their ids are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from tablewright.config import Dataset
from tablewright.errors import ProjectError, SourceError
from tablewright.files import digest
from tablewright.ids import slug
from tablewright.paths import Project
from tablewright.readers import save_as
from tablewright.readers.corpora import CORPUS_SUFFIXES
from tablewright.readers.packed import ENDINGS, inner_name

_IS_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHOWN = "source/dataset.yaml"
_PAGES = (".html", ".htm", ".xhtml")
_NO_DOCUMENTS = ("dataset.yaml", "actors.csv")


@dataclass(frozen=True, slots=True)
class Found:
    """What `source/` holds: the file (path in `source/`) of each document id, the files with one document a record,
    and the files (paths in the project) for which there is no reader.
    """

    documents: dict[str, str]
    corpora: list[str]
    passed_over: list[str]


def find_documents(files: Iterable[str], dataset: Dataset, suffixes: Iterable[str], project: Project) -> Found:
    """What of `files`, paths in the project, is a document, by names alone; documents in the order of their ids.

    README files are no documents unless dataset.yaml lists them, nor is what a browser puts beside a page that it saves
    ("talks.html", "talks_files/"). Raises `SourceError` or `ProjectError` for a listed
    file that is missing or has no reader, and for two files with one id.
    """
    endings = _endings(suffixes)
    corpus_endings = _endings(CORPUS_SUFFIXES)
    found: list[str] = []
    corpora: list[str] = []
    passed_over: list[str] = []
    files = tuple(files)
    pages = {path.removeprefix("source/").rpartition(".")[0] for path in files if path.lower().endswith(_PAGES)}
    for path in files:
        name = path.removeprefix("source/")
        if name == path or name in _NO_DOCUMENTS or name.startswith("review/"):
            continue
        if name not in dataset.documents and _is_part_of_page(name, pages):
            continue
        lower = name.lower()
        listed = name in dataset.documents
        if lower.endswith(endings):
            if listed or _stem(name) != "readme":
                found.append(name)
        elif lower.endswith(corpus_endings):
            corpora.append(name)
        elif listed:
            raise SourceError(
                f"no reader for {PurePosixPath(name).suffix or 'a file without an ending'}",
                file=_SHOWN,
                line=dataset.lines[name],
                remedy=save_as(name, (*suffixes, *CORPUS_SUFFIXES)),
            )
        else:
            passed_over.append(path)
    _all_there(dataset, {*found, *corpora})
    return Found(_ids(sorted(found), dataset, project), sorted(corpora), passed_over)


def _is_part_of_page(name: str, pages: set[str]) -> bool:
    """Whether a file lies in the folder that a browser made for the parts of a page."""
    folders = [str(folder) for folder in PurePosixPath(name).parents]
    return any(folder.endswith("_files") and folder.removesuffix("_files") in pages for folder in folders)


def _endings(suffixes: Iterable[str]) -> tuple[str, ...]:
    return tuple(suffix + packed for suffix in suffixes for packed in ("", *ENDINGS))


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
    stem = inner_name(name.rpartition("/")[2]).rpartition(".")[0]
    if _IS_ID.fullmatch(stem):
        return stem
    # A name wholly in another script leaves nothing; its hash is as stable as the name.
    return slug(stem) or f"document-{digest(name)[:8]}"


def document_id_of(name: str, dataset: Dataset) -> str:
    """The id of the document in the file `name` (path in source/): the one that dataset.yaml gives, or its name's."""
    given = dataset.documents.get(name, {}).get("document_id")
    return given if given is not None else _stem(name)


def _ids(found: list[str], dataset: Dataset, project: Project) -> dict[str, str]:
    documents: dict[str, str] = {}
    source = str(project.source)

    def wrong(message: str, name: str, other: str | None, remedy: str) -> ProjectError:
        line = dataset.lines.get(name) or dataset.lines.get(other or "")
        return ProjectError(message, file=_SHOWN if line else f"source/{name}", line=line, remedy=remedy)

    for name in found:
        # pathlib would cost ten thousand documents a noticeable part of a second.
        if os.path.islink(f"{source}/{name}"):  # noqa: PTH114
            project.inside(project.source, name, file=f"source/{name}")
        document_id = document_id_of(name, dataset)
        if not _IS_ID.fullmatch(document_id):
            remedy = f"give {name} a document_id of lower-case letters, digits and hyphens in {_SHOWN}"
            raise wrong(f"{document_id!r} cannot be a document id", name, None, remedy)
        if document_id in documents:
            other = documents[document_id]
            message = f"two documents have the id {document_id}: {other} and {name}"
            raise wrong(message, name, other, f"give one of them a document_id of its own in {_SHOWN}")
        documents[document_id] = name
    return dict(sorted(documents.items()))
