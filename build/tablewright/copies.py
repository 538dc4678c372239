"""A reader's own copies of the documents that a dataset was coded from: found in a folder, read as a build reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tablewright.errors import SourceError
from tablewright.files import sha256_file
from tablewright.records import Document


def find_copy(folder: Path, row: Mapping[str, Any]) -> Path | None:
    """The file in `folder` that is, or may be, the document of `row` (of the documents table); None if there is none.

    By its path in the dataset's source folder, by its name alone, by what it holds, by its id.
    """
    from tablewright.readers import SUFFIXES

    name = str(row["source_file"])
    # The name comes from a release, which may come from anywhere: it must not lead out of the folder.
    path = folder / name
    if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
        return path
    files = sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix.lower() in SUFFIXES)
    plain = Path(name).name
    for each in files:
        if each.name == plain:
            return each
    for each in files:
        if sha256_file(each) == row["source_sha256"]:
            return each
    stems = (row["document_id"], Path(plain).stem)
    return next((each for each in files if each.stem in stems), None)


def read_copy(folder: Path, row: Mapping[str, Any]) -> Document:
    """The reader's copy of the document of `row`. Raises `SourceError` when there is none, or it cannot be read."""
    from tablewright.readers import read_document

    path = find_copy(folder, row)
    if path is None:
        raise SourceError(
            f"there is no copy of {row['document_id']} in the folder",
            file=str(row["source_file"]),
            remedy=f"put it there as {row['source_file']}",
        )
    known = {
        name: row[name] for name in ("document_id", "title", "published_on", "language") if row.get(name) is not None
    }
    return read_document(path, path.name, known)
