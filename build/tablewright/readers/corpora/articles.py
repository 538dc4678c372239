"""From a record to a document: what each field means, by the corpus's entry in dataset.yaml."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tablewright.errors import SourceError
from tablewright.files import sha256
from tablewright.ids import slug
from tablewright.readers.corpora import open_corpus
from tablewright.readers.corpora.entries import MAX_RECORD, Corpus, Place, Values, changed_since, record_sha256
from tablewright.readers.packed import inner_name
from tablewright.readers.pieces import Reading
from tablewright.records import BODY_KINDS, Document

TEXT = "text"
ID = "document_id"
ABOUT = ("title", "authors", "publisher", "published_on", "language", "url", "rights")
"""What a field can say of a document besides its text and its id."""
TEXT_FORMATS: Mapping[str, str] = {"text": ".txt", "markdown": ".md", "html": ".html"}
"""What a text field can hold, and the ending of a file that holds the same."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LONGEST_ID = 120


@dataclass(frozen=True, slots=True)
class Spec:
    """How documents are made of a corpus's records. `fields` gives the record's field for the text, the id and columns
    of the documents table; `format` is what the text field holds.
    """

    fields: Mapping[str, str]
    format: str = "text"


def spec_of(entry: Mapping[str, Any]) -> Spec:
    """The spec of a corpus's entry in dataset.yaml (`config.Dataset.corpora`)."""
    return Spec(entry["fields"], entry["format"])


class UnfitError(ValueError):
    """A record of which no document can be made; says why."""


def text_of(values: Values, spec: Spec) -> str:
    """The text of a record, "" if it has none. Raises `UnfitError` for what is no text."""
    field = spec.fields[TEXT]
    value = field_value(values, field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnfitError(f"{field} is no text but {_kind(value)}")
    if len(value) > MAX_RECORD:
        raise UnfitError(f"{field} holds more than {MAX_RECORD // 1_000_000} million characters")
    return value if value.strip() else ""


def id_of(values: Values, spec: Spec, name: str, text: str) -> str:
    """The id of a record's document: the slug of its field, or else the corpus's name and a hash of the text.

    A record's number would be shorter, and wrong for every record after one that is put in.
    """
    if ID not in spec.fields:
        stem = slug(Path(inner_name(name)).stem) or "record"
        return f"{stem}-{sha256(text.encode('utf-8', 'replace'))[:12]}"
    field = spec.fields[ID]
    given = _word(field, field_value(values, field))
    if given is None:
        raise UnfitError(f"{field}, which gives the document_id, is empty")
    found = slug(given)
    if not found:
        raise UnfitError(f"{field} is {given!r}, of which no document_id can be made")
    if len(found) > _LONGEST_ID:
        found = f"{found[:100].rstrip('-')}-{sha256(given.encode('utf-8', 'replace'))[:8]}"
    return found


def about_of(values: Values, spec: Spec) -> dict[str, object]:
    """What a record's fields say of its document, by columns of the documents table. Raises `UnfitError`."""
    about: dict[str, object] = {}
    for column in ABOUT:
        field = spec.fields.get(column)
        if field is None:
            continue
        value = field_value(values, field)
        if column == "published_on":
            about[column] = _day(field, value)
        elif column == "authors" and isinstance(value, list | tuple):
            names = [_word(field, each) for each in value]
            about[column] = "; ".join(name for name in names if name) or None
        else:
            about[column] = _word(field, value)
    language = about.get("language")
    if language is not None and not _LANGUAGE.fullmatch(str(language)):
        raise UnfitError(f"{spec.fields['language']} is {language!r}, no language tag such as en or pt-BR")
    return about


def field_value(values: Values, field: str) -> Any:
    """The value of a field; `a.b` is the field b of the field a. None where it is not there."""
    if field in values:
        return values[field]
    value: Any = values
    for part in field.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _word(field: str, value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        text = " ".join(str(value).split())
        if not text.isprintable():
            text = "".join(char for char in text if char.isprintable())
        return text or None
    raise UnfitError(f"{field} is {_kind(value)}, not a text")


def _kind(value: object) -> str:
    kinds = {list: "a list", dict: "an object", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), type(value).__name__)


def _day(field: str, value: object) -> dt.date | None:
    """The day of an ISO 8601 date or time, as it is written: no time zone is converted."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and _DAY.match(value.strip()):
        try:
            return dt.datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    raise UnfitError(f"{field} is {value!r}, no date in the form YYYY-MM-DD")


def read_record(
    values: Values, spec: Spec, source_file: str, document_id: str, about: Mapping[str, object], line: int
) -> Document:
    """The document of a record. `about` is what the corpus's entry says of all of its records.

    Raises `SourceError` with the record's line.
    """
    from tablewright.readers import make_document, reader_for

    file = f"source/{source_file}"
    name = document_id + TEXT_FORMATS[spec.format]
    try:
        data = text_of(values, spec).encode()
        metadata = {**about, **about_of(values, spec), ID: document_id}
        reading = _with_text(reader_for(name)(data, file), metadata.get("title"))
        document = make_document(reading, data, name, metadata)
    except UnfitError as error:
        raise SourceError(str(error), file=file, line=line, remedy="mend the record") from error
    except UnicodeEncodeError as error:
        raise SourceError("the text holds half a character", file=file, line=line, remedy="mend the record") from error
    except SourceError as error:
        remedy = f"mend the text of {document_id}, or take the record out"
        raise SourceError(error.message, file=file, line=line, remedy=remedy) from error
    return replace(document, source_file=source_file, source_sha256=record_sha256(values))


def _with_text(reading: Reading, title: object) -> Reading:
    """A record's reading with the start of its text known: what stands in a text field is text, however short, as far
    as it does not look like a title, a byline or the like with text below.
    """
    from tablewright.readers.prose import ends_sentence, one_line
    from tablewright.readers.top import first_prose

    if isinstance(title, str) and reading.stated.title is None:
        reading.stated.title = title
    pieces = reading.pieces
    if any(piece.kind in BODY_KINDS or piece.speaker for piece in pieces):
        return reading
    free = [
        number
        for number, piece in enumerate(pieces)
        if piece.markup == "paragraph" and piece.kind is None and one_line(piece.text) != title
    ]
    sentences = [number for number in free if ends_sentence(one_line(pieces[number].text))]
    opens = next(iter(sentences or free), None)
    if opens is None or opens >= first_prose(pieces):
        return reading
    return replace(reading, pieces=[*pieces[:opens], pieces[opens].of_kind("paragraph"), *pieces[opens + 1 :]])


class Shelf:
    """The corpora of a folder, kept open while documents are read from them; best in the order of their records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, Corpus] = {}

    def corpus(self, name: str) -> Corpus:
        """The corpus in the file `name`, open."""
        if name not in self._open:
            self._open[name] = open_corpus(self._folder / name, f"source/{name}")
        return self._open[name]

    def document(
        self, name: str, spec: Spec, place: Place, sha256: str, document_id: str, about: Mapping[str, object]
    ) -> Document:
        """The document of the record at `place`. Raises `SourceError`, also when its hash is not the one expected."""
        document = read_record(self.corpus(name).at(place), spec, name, document_id, about, place.line)
        if document.source_sha256 != sha256:
            raise changed_since(f"source/{name}", place)
        return document

    def close(self) -> None:
        """Closes all of them."""
        for corpus in self._open.values():
            corpus.close()
        self._open.clear()
