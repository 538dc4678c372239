"""What the work on each document came to, kept in `.tablewright/` so that it is done once.

Two files a document: `documents/<id>.json`, three lines (the keys of the steps done, the records, the rows), and
`parses/<id>.json.z`. A file that is missing, cut off or of an older form is no error: the step is done again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tablewright.files import dumps, write_cache
from tablewright.parse import Parse
from tablewright.paths import Project
from tablewright.records import Actor, AidFigure, Block, Cast, DateSpan, Document, Event, Mention, Quotation
from tablewright.tables import DocumentRows, Row

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Coded:
    """A document and what each coder made of it."""

    document: Document
    dates: tuple[DateSpan, ...]
    cast: Cast
    quotations: tuple[Quotation, ...]
    aid: tuple[AidFigure, ...]
    events: tuple[Event, ...]


def document_file(project: Project, document_id: str) -> Path:
    """Where the cache keeps a document's records and rows."""
    return project.work / "documents" / f"{document_id}.json"


def parse_file(project: Project, document_id: str) -> Path:
    """Where the cache keeps a document's parse."""
    return project.work / "parses" / f"{document_id}.json.z"


def read_keys(project: Project, document_id: str) -> dict[str, str]:
    """The key of each step that the cached records of a document rest on; empty without a usable cache."""
    try:
        with document_file(project, document_id).open(encoding="utf-8") as file:
            keys = json.loads(file.readline())
    except (OSError, ValueError):
        return {}
    return keys if isinstance(keys, dict) else {}


def save(project: Project, keys: dict[str, str], coded: Coded, rows: DocumentRows) -> None:
    """Keeps what was made of a document."""
    records = {
        "document": _values(coded.document),
        "dates": [_values(date) for date in coded.dates],
        "actors": [_values(actor) for actor in coded.cast.actors.values()],
        "mentions": [_values(mention) for mention in coded.cast.mentions],
        "referents": [[token, list(ids)] for token, ids in coded.cast.referents.items()],
        "quotations": [_values(quotation) for quotation in coded.quotations],
        "aid": [_values(figure) for figure in coded.aid],
        "events": [_values(event) for event in coded.events],
    }
    tables = {name: [_plain_row(row) for row in table] for name, table in rows.tables.items()}
    lines = (dumps(keys), dumps(records), dumps({"tables": tables, "rules": rows.rules}))
    write_cache(document_file(project, coded.document.document_id), "\n".join(lines).encode())


def load_coded(project: Project, document_id: str) -> Coded:
    """The records of a document. Raises OSError or ValueError when the cache does not hold them."""
    with document_file(project, document_id).open(encoding="utf-8") as file:
        file.readline()
        value = json.loads(file.readline())
    actors = [_record(Actor, each) for each in value["actors"]]
    return Coded(
        document=_document(value["document"]),
        dates=tuple(_record(DateSpan, each) for each in value["dates"]),
        cast=Cast(
            actors={actor.actor_id: actor for actor in actors},
            mentions=tuple(_record(Mention, each) for each in value["mentions"]),
            referents={token: tuple(ids) for token, ids in value["referents"]},
        ),
        quotations=tuple(_record(Quotation, each) for each in value["quotations"]),
        aid=tuple(_record(AidFigure, each) for each in value["aid"]),
        events=tuple(_record(Event, each) for each in value["events"]),
    )


def load_document(project: Project, document_id: str) -> Document:
    """The document as it was read at the last build."""
    with document_file(project, document_id).open(encoding="utf-8") as file:
        file.readline()
        return _document(json.loads(file.readline())["document"])


def load_rows(project: Project, document_id: str) -> DocumentRows:
    """The machine's rows of a document; dates are `datetime.date` again."""
    with document_file(project, document_id).open(encoding="utf-8") as file:
        file.readline()
        file.readline()
        return _rows(file.readline())


def load_document_and_rows(project: Project, document_id: str) -> tuple[Document, DocumentRows]:
    """The document and the machine's rows of it, both of one build."""
    with document_file(project, document_id).open(encoding="utf-8") as file:
        file.readline()
        document = _document(json.loads(file.readline())["document"])
        return document, _rows(file.readline())


def _rows(line: str) -> DocumentRows:
    value = json.loads(line)
    for rows in value["tables"].values():
        for row in rows:
            for name in DATE_COLUMNS & row.keys():
                if row[name] is not None:
                    row[name] = dt.date.fromisoformat(row[name])
    return DocumentRows(value["tables"], value["rules"])


DATE_COLUMNS = frozenset({"published_on", "date_start", "date_end"})
"""The columns of the machine's rows that hold dates."""


def save_parse(project: Project, document_id: str, parse: Parse) -> None:
    """Keeps a document's parse."""
    data = zlib.compress(dumps(parse.to_json()).encode(), level=1)
    write_cache(parse_file(project, document_id), data)


def load_parse(project: Project, document_id: str) -> Parse:
    """A document's parse. Raises OSError or ValueError when the cache does not hold it."""
    try:
        data = zlib.decompress(parse_file(project, document_id).read_bytes())
    except zlib.error as error:
        raise ValueError("the cached parse is damaged") from error
    return Parse.from_json(json.loads(data))


def forget(project: Project, document_id: str) -> None:
    """Drops what is kept of a document that is no longer in the project."""
    document_file(project, document_id).unlink(missing_ok=True)
    parse_file(project, document_id).unlink(missing_ok=True)


def _plain_row(row: Row) -> Row:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, DateSpan):
        return _values(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Block):
        return [_values(block) for block in value]
    return value


def _field_names(cls: Any) -> list[str]:
    return [each.name for each in dataclasses.fields(cls)]


def _values(record: Any) -> list[Any]:
    """A record as the list of its values, in the order of its fields."""
    return [_plain(getattr(record, each.name)) for each in dataclasses.fields(record)]


def _document(values: list[Any]) -> Document:
    known = dict(zip(_field_names(Document), values, strict=True))
    if known["published_on"] is not None:
        known["published_on"] = dt.date.fromisoformat(known["published_on"])
    known["blocks"] = tuple(Block(*block) for block in known["blocks"])
    return Document(**known)


def _record(cls: type[Record], values: list[Any]) -> Record:
    """The record that `_values` took apart."""
    make: Any = cls
    record: Record = make(*[_restored(name, value) for name, value in zip(_field_names(cls), values, strict=True)])
    return record


def _restored(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "date":
        return _record(DateSpan, value)
    if name in ("date_start", "date_end"):
        return dt.date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
