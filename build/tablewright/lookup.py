"""Looking things up in a project: a row, a text, a schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Literal

from tablewright import cache, state
from tablewright.config import stated
from tablewright.errors import BuildError, ProjectError, SchemaError
from tablewright.paths import Project
from tablewright.readers.corpora.articles import Shelf, spec_of
from tablewright.records import Document
from tablewright.schema import TableSchema
from tablewright.schemafile import load_schemas


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a table, with the sentence that it stands in and the rule that made it, where there are such.

    `start` and `end` are the row's words within `sentence`.
    """

    table: str
    row: dict[str, Any]
    rule: str | None
    sentence: str | None
    start: int = 0
    end: int = 0
    participants: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The row as JSON values."""
        row = {name: value if isinstance(value, _PLAIN) else str(value) for name, value in self.row.items()}
        found = {"table": self.table, "row": row, "rule": self.rule, "sentence": self.sentence}
        return {**found, "participants": list(self.participants)} if self.table == "events" else found


_PLAIN = (str, int, float, bool, type(None))


def find_row(project: Project, row_id: str) -> FoundRow:
    """The row of `dist/` whose key is `row_id`. Raises `BuildError` when there is none."""
    schemas = load_schemas(project.schemas)
    for schema in schemas.values():
        if len(schema.primary_key) != 1:
            continue
        rows = _rows(project, schema, schema.primary_key[0], row_id)
        if rows:
            return _found(project, schema, rows[0], row_id)
    raise BuildError(
        f"no row {row_id!r} in dist/",
        remedy="ids are in the first column of each table; after a change, run `tablewright build` first",
    )


def _rows(project: Project, schema: TableSchema, column: str, value: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    path = project.dist / f"{schema.name}.parquet"
    if not path.exists():
        raise BuildError("dist/ has not been built", remedy="run `tablewright build`")
    rows: list[dict[str, Any]] = pq.read_table(path, filters=[(column, "=", value)]).to_pylist()
    return rows


def _found(project: Project, schema: TableSchema, row: dict[str, Any], row_id: str) -> FoundRow:
    rule = _rule(project, row, row_id)
    participants: list[dict[str, Any]] = []
    schemas = load_schemas(project.schemas)
    if schema.name == "events":
        participants = _rows(project, schemas["participants"], "event_id", row_id)
    sentence_id = row.get("sentence_id")
    if sentence_id is None or "start" not in row:
        return FoundRow(schema.name, row, rule, None)
    sentence = (
        row if schema.name == "sentences" else _rows(project, schemas["sentences"], "sentence_id", sentence_id)[0]
    )
    text, offset = sentence["text"], sentence["start"]
    start, end = max(0, row["start"] - offset), min(len(text), row["end"] - offset)
    return FoundRow(schema.name, row, rule, text, start, end, tuple(participants))


def _rule(project: Project, row: dict[str, Any], row_id: str) -> str | None:
    """The rule that made a machine's row; the cache remembers it, the published table does not."""
    documents = [row["document_id"]] if "document_id" in row else list(state.load_state(project).documents)
    for document_id in documents:
        try:
            rule = cache.load_rows(project, document_id).rules.get(row_id)
        except (OSError, ValueError):
            continue
        if rule:
            return rule
    return None


class Sources:
    """The documents of a project as their source files say now. What `source/` holds is looked at once."""

    def __init__(self, project: Project) -> None:
        from tablewright.inputs import look

        self._project = project
        self._seen = look(project, state.load_state(project))
        self._shelf = Shelf(project.source)

    def named(self, document: str) -> str:
        """The id of the document with this id, or in this file of `source/`. Raises `ProjectError` for none."""
        documents = self._seen.documents
        if document in documents:
            return document
        name = document.removeprefix("source/")
        found = [document_id for document_id, file in documents.items() if file == name]
        if len(found) == 1 and found[0] not in self._seen.records:
            return found[0]
        if found:
            raise ProjectError(
                f"{name} holds {len(found):,} documents",
                remedy=f"name one of them by its id: {', '.join(found[:10])}{' …' if len(found) > 10 else ''}",
            )
        raise ProjectError(
            f"no document {document!r}",
            remedy=f"known: {', '.join(list(documents)[:10])}" if documents else "put a file into source/",
        )

    def in_reading_order(self, document_ids: Iterable[str]) -> list[str]:
        """These documents in the order in which they are read fastest: those of a corpus in that of its records."""
        documents, records = self._seen.documents, self._seen.records
        return sorted(
            document_ids,
            key=lambda each: (documents.get(each, ""), records[each].line) if each in records else ("", 0),
        )

    def read(self, document_id: str) -> Document:
        """The document with this id. Raises `ProjectError` when there is none, `SourceError` from reading."""
        from tablewright.readers import read_document

        dataset = self._seen.dataset
        name = self._seen.documents[self.named(document_id)]
        about = stated(dataset.documents.get(name, {}), document_id)
        record = self._seen.records.get(document_id)
        if record is None:
            return read_document(self._project.source / name, name, about)
        spec = spec_of(dataset.corpora[name])
        return self._shelf.document(name, spec, record.place, record.sha256, document_id, about)

    def close(self) -> None:
        """Closes the corpora that were read from."""
        self._shelf.close()


def read_now(project: Project, document: str) -> Document:
    """A document as its source file says now, by its id or its file in `source/`. Raises `ProjectError`, or
    `SourceError` from reading.
    """
    with closing(Sources(project)) as sources:
        return sources.read(sources.named(document))


def print_schema(project: Project, table: str | None, kind: Literal["text", "markdown", "json"]) -> str:
    """The codebook of all tables or of one, or their Table Schemas as JSON. Raises `SchemaError`."""
    from tablewright.codebook import markdown, plain

    schemas = load_schemas(project.schemas)
    if table is not None:
        if table not in schemas:
            raise SchemaError(f"no table {table!r}", remedy=f"known: {', '.join(schemas)}")
        schemas = {table: schemas[table]}
    if kind == "json":
        from tablewright.contract import table_schema

        return json.dumps(
            {name: table_schema(schema) for name, schema in schemas.items()}, ensure_ascii=False, indent=2
        )
    return (plain if kind == "text" else markdown)(schemas.values())
