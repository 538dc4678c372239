"""A reader's own copies of the documents that a dataset was coded from: found in a folder, read as a build reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tablewright.errors import ProjectError, SourceError
from tablewright.files import sha256_file
from tablewright.readers.corpora import is_corpus
from tablewright.readers.corpora.articles import ABOUT, ID, TEXT, TEXT_FORMATS, Shelf, Spec
from tablewright.readers.corpora.stock import Record, take_stock
from tablewright.readers.packed import inner_name
from tablewright.records import Document

Row = Mapping[str, Any]
AnyRow = TypeVar("AnyRow", bound=Row)


class Copies:
    """The copies in `folder` of the documents of a dataset whose datapackage.json is `package`."""

    def __init__(self, folder: Path, package: Mapping[str, Any]) -> None:
        self._folder = folder
        self._specs = corpora_of(package)
        self._shelf = Shelf(folder)
        self._stocks: dict[str, tuple[str, Mapping[str, Record]]] = {}
        self._by_hash: dict[str, dict[str, str]] = {}

    def in_reading_order(self, rows: Iterable[AnyRow]) -> list[AnyRow]:
        """Rows of the documents table in the order in which they are read fastest: those of a corpus as its records
        stand, the others as they come.
        """

        def place(row: Row) -> tuple[str, int]:
            name = str(row["source_file"])
            if name not in self._specs:
                return "", 0
            try:
                record = self._record(name, row)
            except SourceError:
                return name, 0
            return name, record[2].line

        return sorted(rows, key=place)

    def read(self, row: Row) -> Document:
        """The copy of the document of `row`. Raises `SourceError` when there is none, or it cannot be read."""
        from tablewright.readers import read_document

        name = str(row["source_file"])
        columns = (ID, "title", "published_on", "language")
        known = {column: row[column] for column in columns if row.get(column) is not None}
        if name in self._specs:
            file, document_id, record = self._record(name, row)
            return self._shelf.document(file, self._specs[name], record.place, record.sha256, document_id, known)
        path = find_copy(self._folder, row)
        if path is None:
            raise _missing(row, f"put it there as {name}")
        return read_document(path, path.name, known)

    def _record(self, name: str, row: Row) -> tuple[str, str, Record]:
        """The corpus (its path in the folder) and the record of `row`, by its id or else by what it holds."""
        file, records = self._stock(name, row)
        document_id = str(row[ID])
        if document_id not in records:
            if name not in self._by_hash:
                self._by_hash[name] = {record.sha256: each for each, record in records.items()}
            document_id = self._by_hash[name].get(str(row["source_sha256"]), "")
        if not document_id:
            raise _missing(row, f"{file} there holds no such record")
        return file, document_id, records[document_id]

    def _stock(self, name: str, row: Row) -> tuple[str, Mapping[str, Record]]:
        if name not in self._stocks:
            path = find_copy(self._folder, row)
            if path is None:
                raise _missing(row, f"put the corpus there as {name}")
            file = path.relative_to(self._folder).as_posix()
            self._stocks[name] = file, take_stock(self._shelf.corpus(file), file, self._specs[name]).records
        return self._stocks[name]

    def close(self) -> None:
        """Closes the corpora that were read from."""
        self._shelf.close()


def _missing(row: Row, remedy: str) -> SourceError:
    return SourceError(f"there is no copy of {row[ID]} in the folder", file=str(row["source_file"]), remedy=remedy)


def find_copy(folder: Path, row: Row) -> Path | None:
    """The file in `folder` that is, or may be, the document or the corpus of `row` (of the documents table), packed or
    not; None if there is none.

    By its path in the dataset's source folder, by its name alone, by what it holds, by its id.
    """
    name = str(row["source_file"])
    # The name comes from a release, which may come from anywhere: it must not lead out of the folder.
    path = folder / name
    if path.resolve().is_relative_to(folder.resolve()) and path.is_file():
        return path
    corpus = is_corpus(name)
    files = sorted(each for each in folder.rglob("*") if each.is_file() and _may_be(each, corpus=corpus))
    plain = Path(name).name
    for each in files:
        if inner_name(each.name) == inner_name(plain):
            return each
    for each in files if not corpus else ():
        if sha256_file(each) == row["source_sha256"]:
            return each
    stems = (Path(inner_name(plain)).stem, *(() if corpus else (row[ID],)))
    return next((each for each in files if Path(inner_name(each.name)).stem in stems), None)


def _may_be(path: Path, *, corpus: bool) -> bool:
    from tablewright.readers import SUFFIXES

    return is_corpus(path.name) if corpus else Path(inner_name(path.name)).suffix.lower() in SUFFIXES


def corpora_of(package: Mapping[str, Any]) -> dict[str, Spec]:
    """How documents are made of the records of each corpus, by its path, as a datapackage.json tells.

    Raises `ProjectError` for one that does not say it as `package.describe` does.
    """
    specs: dict[str, Spec] = {}
    for each in package.get("corpora", ()):
        fields, form = each.get("fields"), each.get("format")
        known = isinstance(fields, dict) and TEXT in fields and fields.keys() <= {TEXT, ID, *ABOUT}
        if not known or form not in TEXT_FORMATS or not all(isinstance(field, str) for field in fields.values()):
            raise ProjectError("does not say how the records of its corpora are read", file="datapackage.json")
        specs[str(each.get("path"))] = Spec(fields, form)
    return specs
