"""A file put into `source/`, and what is understood of it, so that a wrong reading is seen at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tablewright import state
from tablewright.config import DOCUMENT_KEYS, REDISTRIBUTE, Dataset, parse_dataset, stated
from tablewright.corpora import field_names, stocks
from tablewright.datasetedit import with_entry
from tablewright.discover import document_id_of, find_documents
from tablewright.errors import ProjectError, SourceError
from tablewright.files import disk_errors, sha256_file, write_atomic
from tablewright.paths import DATASET_FILE, Project
from tablewright.readers import SUFFIXES, read_document, save_as
from tablewright.readers.corpora import CORPUS_SUFFIXES, is_corpus, open_corpus
from tablewright.readers.corpora.articles import TEXT, Shelf, spec_of
from tablewright.readers.corpora.proposal import entry_lines, propose
from tablewright.readers.corpora.stock import Stock, take_stock
from tablewright.readers.packed import inner_name
from tablewright.records import Document, Finding

_SHOWN = "source/dataset.yaml"
_FIRST = 3
_NO_DATE = "no date is stated: give published_on in source/dataset.yaml, else relative dates stay open"
_NO_DATE_FIELD = "no field gives the date of publication: say which does (published_on), else relative dates stay open"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said of a file besides its name: columns of the documents table and `redistribute` (`about`), fields of
    a corpus (`fields`) and what its text field holds (`format`). `force` replaces another file of the name, `dry_run` writes nothing.
    """

    about: Mapping[str, str | None] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file and what was understood of it.

    `entry` are the lines of its entry in dataset.yaml where one is new; `written` says whether they stand there now.
    `documents` are the document, or the first ones of a corpus; `count` is how many there are.
    """

    file: str
    state: Literal["added", "replaced", "there"]
    documents: tuple[Document, ...]
    count: int
    entry: tuple[str, ...] = ()
    written: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def hints(self) -> list[str]:
        """What is missing, and what to do about it."""
        if any(document.published_on for document in self.documents):
            return []
        return [_NO_DATE_FIELD if self.fields else _NO_DATE]


def add_file(project: Project, path: Path, wish: Wish) -> Added:
    """Puts the file at `path` into `source/` and says what was understood of it. A file there already stays where it is.

    Raises `TablewrightError`, with nothing changed, for a file that cannot be read, another file of the same name, an
    id that another document has, and an entry of dataset.yaml that says something else.
    """
    name = _name(project, path)
    target = project.source / name
    there: Literal["added", "replaced", "there"] = "added"
    if target.exists():
        there = "there" if target.samefile(path) or sha256_file(target) == sha256_file(path) else "replaced"
    if there == "replaced" and not wish.force:
        raise ProjectError(
            "another file of this name is there already",
            file=f"source/{name}",
            remedy="rename the new one, or replace it with --force",
        )
    dataset = _Dataset(project, path, name, wish)
    read = _corpus if is_corpus(name) else _document
    added = read(project, path, name, dataset.found)
    if not wish.dry_run:
        if there != "there":
            _copy(path, target)
        dataset.write()
    return replace(added, state=there, entry=dataset.lines, written=dataset.extended is not None and not wish.dry_run)


def _name(project: Project, path: Path) -> str:
    """The file's path in `source/`. Raises `SourceError` for what can be no document."""
    if not path.is_file():
        message = "this is a folder" if path.is_dir() else "there is no such file"
        raise SourceError(message, file=str(path), remedy="name the files themselves")
    inside = path.resolve().is_relative_to(project.source.resolve())
    name = path.resolve().relative_to(project.source.resolve()).as_posix() if inside else path.name
    if name in (DATASET_FILE, "actors.csv") or name.startswith(("review/", ".")):
        raise SourceError("this name is taken for something else than a document", file=name, remedy="rename the file")
    if not is_corpus(name) and not inner_name(name).lower().endswith(SUFFIXES):
        raise SourceError("no reader for this format", file=name, remedy=save_as(name, (*SUFFIXES, *CORPUS_SUFFIXES)))
    if Path(inner_name(name)).stem.lower() == "readme":
        raise SourceError("a README is taken for a note, not for a document", file=name, remedy="rename the file")
    return name


class _Dataset:
    """dataset.yaml as it is to be: with an entry for the file where something has to be said of it."""

    def __init__(self, project: Project, path: Path, name: str, wish: Wish) -> None:
        self._project = project
        # Bytes, not text: line ends stay as they are.
        text = project.dataset_file.read_bytes().decode("utf-8", "replace")
        self.found = parse_dataset(text.removeprefix("\ufeff"), project)
        self.lines: tuple[str, ...] = ()
        self.extended: str | None = None
        entry = _entry(path, name, wish, self.found)
        if not entry:
            return
        self.lines = tuple(entry_lines(entry))
        self.extended = with_entry(text, entry)
        alone = "name: x\ntitle: x\ndocuments:\n" + "".join(f"  {line}\n" for line in self.lines)
        said = parse_dataset(self.extended.removeprefix("\ufeff") if self.extended else alone, project)
        self.found.about["corpora"] = {**self.found.corpora, **said.corpora}
        self.found.documents[name] = said.documents[name]

    def write(self) -> None:
        """Writes the new entry, where there is one and it could be put in."""
        if self.extended is not None:
            write_atomic(self._project.dataset_file, self.extended.encode())


def _entry(path: Path, name: str, wish: Wish, dataset: Dataset) -> dict[str, Any]:
    """The entry that the file needs; empty if it needs none."""
    known = name in dataset.documents
    said = {key: wish.about[key] for key in (*DOCUMENT_KEYS, REDISTRIBUTE) if wish.about.get(key)}
    corpus = is_corpus(name)
    if not corpus and (wish.fields or wish.format):
        raise ProjectError("fields are for files with one document a record", file=name, remedy="leave --field out")
    if known and (said or wish.fields or wish.format or (corpus and name not in dataset.corpora)):
        raise ProjectError(
            f"there is an entry for {name} already",
            file=_SHOWN,
            line=dataset.lines[name],
            remedy="edit it there" + (": it lacks `fields`" if name not in dataset.corpora and corpus else ""),
        )
    if known or not (said or corpus):
        return {}
    entry: dict[str, Any] = {"file": name, **said}
    if not corpus:
        return entry
    names = field_names(path, path.name)
    fields = {key: each for key, each in {**propose(names), **wish.fields}.items() if each and key not in said}
    if TEXT not in fields:
        raise SourceError(
            f"which field holds the text? There are: {', '.join(names[:30])}",
            file=name,
            remedy="say it: --field text=NAME",
        )
    entry["fields"] = {TEXT: fields.pop(TEXT), **fields}
    return {**entry, "format": wish.format} if wish.format else entry


def _document(project: Project, path: Path, name: str, dataset: Dataset) -> Added:
    document_id = document_id_of(name, dataset)
    others = _documents(project, dataset, name)
    _no_clash({document_id: None}, others, name)
    about = stated(dataset.documents.get(name, {}), document_id)
    document = read_document(path, name, about)
    return Added(name, "added", (document,), 1)


def _corpus(project: Project, path: Path, name: str, dataset: Dataset) -> Added:
    spec = spec_of(dataset.corpora[name])
    corpus = open_corpus(path, f"source/{name}")
    try:
        stock = take_stock(corpus, name, spec)
        names = corpus.columns() or ()
    finally:
        corpus.close()
    if not stock.records:
        first = stock.wrong[0]
        raise SourceError(first.message, file=first.file, line=first.line, remedy=first.remedy)
    _no_clash(stock.records, _documents(project, dataset, name), name)
    documents = _first_documents(path, name, dataset, stock)
    used = {each.partition(".")[0] for each in spec.fields.values()}
    unused = tuple(each for each in names or field_names(path, path.name) if each not in used)
    findings = (*stock.wrong, *stock.notices)
    return Added(name, "added", documents, len(stock.records), fields=spec.fields, unused=unused, findings=findings)


def _first_documents(path: Path, name: str, dataset: Dataset, stock: Stock) -> tuple[Document, ...]:
    spec, about = spec_of(dataset.corpora[name]), dataset.documents[name]
    shelf = Shelf(path.parent)
    documents: list[Document] = []
    try:
        for document_id, record in list(stock.records.items())[:_FIRST]:
            said = stated(about, document_id)
            documents.append(shelf.document(path.name, spec, record.place, record.sha256, document_id, said))
    finally:
        shelf.close()
    return tuple(documents)


def _documents(project: Project, dataset: Dataset, name: str) -> dict[str, str]:
    """The files of the other documents by their ids, as far as they can be told."""
    before = state.load_state(project)
    files = state.see(project.root, state.scan_inputs(project), before.inputs)
    files.pop(f"source/{name}", None)
    # What is listed and not there yet does no harm here.
    found = find_documents(files, replace(dataset, lines={}), SUFFIXES, project)
    documents = dict(found.documents)
    listed = [each for each in found.corpora if each in dataset.corpora]
    for other, stock in stocks(project, dataset, listed, files, state.see_tool(before.tool)):
        documents.update(dict.fromkeys(stock.records, other))
    return documents


def _no_clash(ids: Iterable[str], others: Mapping[str, str], name: str) -> None:
    clash = next((each for each in ids if each in others), None)
    if clash is not None:
        raise ProjectError(
            f"its id {clash} is that of {others[clash]}",
            file=f"source/{name}",
            remedy="rename the file; of a corpus, take document_id from another field with --field document_id=NAME, or "
            "leave it out with --field document_id=",
        )


def _copy(path: Path, target: Path) -> None:
    """Puts a copy of the file at `target`, whole or not at all."""
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            shutil.copyfile(path, aside)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
