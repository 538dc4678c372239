"""Corpora: files that hold one document a record, as JSON lines, CSV or Parquet.

    talks.jsonl.gz ── records ──▶ Entry (line, place, values) ── article ──▶ Document

A form is one module with one class that gives the records in their order and any one of them by its place
(`entries.Corpus`). What a record's fields mean is said by a `Spec`; `articles` makes documents of records.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, cast

from tablewright.errors import SourceError
from tablewright.readers.corpora.entries import Corpus
from tablewright.readers.packed import inner_name

_FORMS = {
    ".jsonl": ("tablewright.readers.corpora.jsonlines", "JsonLines"),
    ".ndjson": ("tablewright.readers.corpora.jsonlines", "JsonLines"),
    ".csv": ("tablewright.readers.corpora.sheets", "Sheet"),
    ".tsv": ("tablewright.readers.corpora.sheets", "Sheet"),
    ".parquet": ("tablewright.readers.corpora.columns", "Columns"),
}

CORPUS_SUFFIXES: tuple[str, ...] = tuple(_FORMS)
"""The forms of corpora, by the end of a file's name."""


def is_corpus(name: str) -> bool:
    """Whether a file's name says that it holds one document a record."""
    return inner_name(name).lower().endswith(CORPUS_SUFFIXES)


def open_corpus(path: Path, file: str) -> Corpus:
    """The corpus at `path`, which messages call `file`. Raises `SourceError` when it cannot be read."""
    suffix = Path(inner_name(path.name)).suffix.lower()
    module, name = _FORMS[suffix]
    try:
        corpus: Any = getattr(import_module(module), name)(path, file)
    except FileNotFoundError as error:
        remedy = "put it into source/, or mend its name in dataset.yaml"
        raise SourceError("there is no such file", file=file, remedy=remedy) from error
    return cast(Corpus, corpus)
