"""What the project's corpora hold, kept in `.tablewright/corpora/` so that a corpus is read through only when it changed.

One file a corpus: a line with its key and what is wrong with records, then a line a record (id, hash, place).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tablewright.config import Dataset
from tablewright.errors import SourceError
from tablewright.files import digest, dumps, write_cache
from tablewright.ids import slug
from tablewright.paths import Project
from tablewright.readers.corpora import open_corpus
from tablewright.readers.corpora.articles import TEXT, spec_of
from tablewright.readers.corpora.proposal import entry_lines, propose
from tablewright.readers.corpora.stock import BAD_RECORD, Record, Stock, take_stock
from tablewright.readers.packed import packed_errors
from tablewright.records import Finding
from tablewright.state import Seen, matching

CODE = ("readers/corpora/*", "readers/packed.py", "ids.py")
"""The code that decides on ids, hashes and places."""


def stocks(
    project: Project, dataset: Dataset, names: Iterable[str], files: Mapping[str, Seen], tool: Mapping[str, Seen]
) -> Iterator[tuple[str, Stock]]:
    """What each of the corpora `names` (paths in source/) holds. One that cannot be read has a finding, no records.

    Raises `SourceError` for one of which dataset.yaml does not say what its fields are.
    """
    code = matching(tool, CODE)
    for name in names:
        seen = files[f"source/{name}"]
        entry = dataset.corpora.get(name)
        if entry is None:
            raise unlisted(project, dataset, name)
        key = digest(code, name, seen.sha256, entry)
        stock = _kept(project, name, key)
        if stock is None:
            stock = _taken(project, name, entry)
            _keep(project, name, key, stock)
        yield name, stock


def _taken(project: Project, name: str, entry: Mapping[str, Any]) -> Stock:
    try:
        corpus = open_corpus(project.source / name, f"source/{name}")
        try:
            return take_stock(corpus, name, spec_of(entry))
        finally:
            corpus.close()
    except SourceError as error:
        return Stock(wrong=[Finding(BAD_RECORD, error.message, error.file, error.line, remedy=error.remedy)])


def unlisted(project: Project, dataset: Dataset, name: str) -> SourceError:
    """The error for a corpus of which dataset.yaml does not say what its fields are: the lines to put there."""
    names = field_names(project.source / name, f"source/{name}")
    fields = propose(names)
    said = fields if TEXT in fields else {TEXT: "NAME-OF-THE-FIELD-WITH-THE-TEXT", **fields}
    entry = {"file": name, **dataset.documents.get(name, {}), "fields": said}
    lines = "\n".join(f"    {line}" for line in entry_lines(entry))
    line = dataset.lines.get(name)
    what = "has no fields in" if line else "is not listed in"
    return SourceError(
        f"the corpus {name} {what} source/dataset.yaml, which has to say what its fields are: {', '.join(names[:30])}",
        file="source/dataset.yaml" if line else f"source/{name}",
        line=line,
        remedy=f"put this under `documents:` and mend it where it guesses wrong, or use `tablewright add`:\n{lines}",
    )


def field_names(path: Path, file: str) -> list[str]:
    """The fields of a corpus: those that its first records have. Raises `SourceError`."""
    corpus = open_corpus(path, file)
    try:
        columns = corpus.columns()
        if columns is not None:
            return list(columns)
        names: dict[str, None] = {}
        with packed_errors(file):
            for number, entry in enumerate(corpus.entries()):
                names.update(dict.fromkeys(entry.values))
                if number == 20:
                    break
        return list(names)
    finally:
        corpus.close()


def _index(project: Project, name: str) -> Path:
    return project.work / "corpora" / f"{slug(name)[:60]}-{digest(name)[:8]}.jsonl"


def _kept(project: Project, name: str, key: str) -> Stock | None:
    try:
        with _index(project, name).open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            if head["key"] != key:
                return None
            records = {each[0]: Record(*each[1:]) for each in map(json.loads, file)}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if len(records) != head["records"]:
        return None
    return Stock(records, [Finding(**each) for each in head["wrong"]], [Finding(**each) for each in head["notices"]])


def _keep(project: Project, name: str, key: str, stock: Stock) -> None:
    head = {
        "key": key,
        "records": len(stock.records),
        "wrong": [each.to_json() for each in stock.wrong],
        "notices": [each.to_json() for each in stock.notices],
    }
    lines = [dumps(head), *(dumps([document_id, *record]) for document_id, record in stock.records.items())]
    write_cache(_index(project, name), "\n".join([*lines, ""]).encode())
