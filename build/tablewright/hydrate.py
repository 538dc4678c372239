"""`tablewright hydrate`: the words joined to a release again, from a reader's own copies of the documents.

No word is put in that does not have the hash which the release gives for it. Where a copy is not the text that was
coded, the words are looked for where they may have moved to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from tablewright.contract import arrow_schema
from tablewright.copies import Copies
from tablewright.datasetfiles import load_dataset_files, read_descriptor
from tablewright.errors import ProjectError, TablewrightError
from tablewright.files import disk_errors, sha256_file
from tablewright.moved import Finder
from tablewright.package import DESCRIPTOR, FileFacts, describe_again
from tablewright.records import Document
from tablewright.rights import HASH, own_columns, passages, source_columns
from tablewright.schema import TableSchema
from tablewright.writer import write_table

DOCUMENTS = "documents"
Row = dict[str, Any]


@dataclass(slots=True)
class Hydrated:
    """What became of a document: its copy is the "same" text, its words "moved" (all were found again, and the offsets
    are now those of the copy), it is "different" (some were not found; the offsets are those of the release), or
    "missing". `filled` and `words` count the cells that have their words now, and all that should; `problem` says why
    a copy was not read.
    """

    state: str
    filled: int = 0
    words: int = 0
    problem: str | None = None


@dataclass(slots=True)
class Hydration:
    """The documents by id, and the folder that the tables were written to."""

    documents: dict[str, Hydrated] = field(default_factory=dict)
    folder: Path | None = None

    @property
    def complete(self) -> bool:
        """Whether every document's words are there."""
        return all(each.state in ("same", "moved") and each.filled == each.words for each in self.documents.values())

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values."""
        return {
            "complete": self.complete,
            "documents": {
                name: {"state": each.state, "filled": each.filled, "words": each.words, "problem": each.problem}
                for name, each in self.documents.items()
            },
        }


def hydrate(release: Path, source: Path, out: Path) -> Hydration:
    """Writes the tables of `release`, a folder or an archive, to the folder `out` with the words that the copies in
    `source` have. The columns are those of the release.

    Raises `ProjectError` when there is no release or `out` holds files, `BuildError` for a release that is not whole.
    """
    from tablewright.comparing import unpacked

    if not release.exists():
        raise ProjectError(f"there is no {release.name}", remedy="name the folder or the archive of a release")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ProjectError(f"{out.name}/ holds files already", remedy="name a new folder with --out")
    with unpacked(release) as folder:
        tables = load_dataset_files(folder)
        package = read_descriptor(folder)
        with closing(Copies(source, package)) as copies:
            found, filled = fill(tables, copies)
        _write(package, filled, out)
    found.folder = out
    return found


def fill(
    tables: Mapping[str, tuple[TableSchema, pa.Table]], copies: Copies
) -> tuple[Hydration, dict[str, tuple[TableSchema, pa.Table]]]:
    """`tables` with the words that the copies have, and what became of each document."""
    found = Hydration()
    sheets = {name: _Sheet(schema, table) for name, (schema, table) in tables.items()}
    whole = passages({name: schema for name, (schema, _) in tables.items()})
    # The passages first: what has moved in them shows where the rows in them have moved to.
    order = sorted((sheet for sheet in sheets.values() if sheet.words), key=lambda each: each.schema.name not in whole)
    rows = sheets[DOCUMENTS].rows if DOCUMENTS in sheets else []
    found.documents = {str(row["document_id"]): Hydrated("missing") for row in rows}
    for row in copies.in_reading_order(rows):
        name = str(row["document_id"])
        try:
            copy = copies.read(row)
        except TablewrightError as error:
            found.documents[name].problem = error.message
            continue
        found.documents[name] = _fill_document(row, copy, order)
    return found, {name: (sheet.schema, sheet.table()) for name, sheet in sheets.items()}


class _Sheet:
    """A table as rows, while words are put into it."""

    def __init__(self, schema: TableSchema, table: pa.Table) -> None:
        self.schema = schema
        self.rows: list[Row] = table.to_pylist()
        self.words = tuple(name for name in source_columns(schema) if name + HASH in schema.columns)
        self.own = tuple(name for name in own_columns(schema) if name + HASH in schema.columns)
        self._by_document: dict[str, list[Row]] = {}
        if self.words:
            for row in self.rows:
                self._by_document.setdefault(row[schema.anchors[0].document], []).append(row)

    def of(self, document: str) -> list[Row]:
        """The rows of a document."""
        return self._by_document.get(document, [])

    def table(self) -> pa.Table:
        """The rows as a table again."""
        return pa.Table.from_pylist(self.rows, schema=arrow_schema(self.schema))


def _fill_document(row: Row, copy: Document, order: list[_Sheet]) -> Hydrated:
    """Fills the rows of a document; when its words have all moved, the rows and the document tell the new places."""
    same = copy.text_sha256 == row["text_sha256"]
    finder = Finder(copy.text, same=same)
    result = Hydrated("same" if same else "moved")
    places: list[tuple[Row, dict[str, int]]] = []
    for sheet in order:
        for each in sheet.of(row["document_id"]):
            filled, moved = _fill_row(sheet, each, finder)
            result.filled += filled
            result.words += sum(each[name + HASH] is not None for name in sheet.words)
            places.append((each, moved))
            wanted = sum(each[anchor.text + HASH] is not None for anchor in sheet.schema.anchors)
            if len(moved) < 2 * wanted:
                result.state = "different"
    if result.state == "moved":
        for each, moved in places:
            each.update(moved)
        row |= {
            "source_sha256": copy.source_sha256,
            "text_sha256": copy.text_sha256,
            "characters": len(copy.text),
            "words": len(copy.text.split()),
        }
    return result


def _fill_row(sheet: _Sheet, row: Row, finder: Finder) -> tuple[int, dict[str, int]]:
    """Puts the words that are found into a row; how many, and the new place of each anchor that was found."""
    filled = 0
    moved: dict[str, int] = {}
    anchored = {anchor.text for anchor in sheet.schema.anchors}
    within: tuple[int, int] | None = None
    for anchor in sheet.schema.anchors:
        sha256, start, end = row.get(anchor.text + HASH), row[anchor.start], row[anchor.end]
        if sha256 is None or start is None or end is None:
            continue
        span = finder.find(start, end, sha256)
        if span is not None:
            row[anchor.text] = finder.text[slice(*span)]
            moved |= {anchor.start: span[0], anchor.end: span[1]}
            within = within or span
            filled += 1
    for name in sheet.words:
        if name in anchored or row[name + HASH] is None:
            continue
        words = row[name] if row[name] is not None else finder.words(row[name + HASH], within)
        if words is not None:
            row[name] = words
            filled += 1
    # What the coder worded need not stand in the text: it is filled in where it does, and not missed where not.
    for name in sheet.own:
        if row[name] is None and row[name + HASH] is not None:
            row[name] = finder.words(row[name + HASH], within)
    return filled, moved


def _write(package: Mapping[str, Any], tables: Mapping[str, tuple[TableSchema, pa.Table]], out: Path) -> None:
    """The tables, and the release's own datapackage.json with the hashes of the new files."""
    with disk_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        facts: dict[str, FileFacts] = {}
        for schema, table in tables.values():
            for path in write_table(schema, table, out):
                facts[path.name] = FileFacts(sha256_file(path), path.stat().st_size)
        (out / DESCRIPTOR).write_bytes(describe_again(package, facts))


def report_lines(found: Hydration) -> Iterator[str]:
    """The result for people to read."""
    said = {
        "same": "the same text",
        "moved": "moved: every word was found again, offsets are those of your copy",
        "different": "different: offsets are those of the release",
        "missing": "no copy",
    }
    for name, each in found.documents.items():
        why = f" ({each.problem})" if each.problem else f"; {each.filled:,} of {each.words:,} cells have their words"
        yield f"{name}: {said[each.state]}{why}"
