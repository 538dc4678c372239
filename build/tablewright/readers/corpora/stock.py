"""What a corpus holds: each record's id, hash and place, and what is wrong with records. One pass, no text kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from tablewright.errors import SourceError
from tablewright.readers.corpora.articles import ID, Spec, UnfitError, about_of, field_value, id_of, text_of
from tablewright.readers.corpora.entries import Corpus, Entry, Place, record_sha256
from tablewright.records import Finding

BAD_RECORD = "record"
NO_TEXT = "records-without-text"
SHOWN = 20
"""Bad records of one corpus that are told one by one; the others are counted."""


class Record(NamedTuple):
    """A record of a corpus: the hash of its values, and where it stands."""

    sha256: str
    line: int
    offset: int
    length: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.line, self.offset, self.length)


@dataclass(slots=True)
class Stock:
    """The records of a corpus by the ids of their documents; what is wrong with others (`wrong`), and what should be
    known (`notices`).
    """

    records: dict[str, Record] = field(default_factory=dict)
    wrong: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)


def take_stock(corpus: Corpus, name: str, spec: Spec) -> Stock:
    """What the corpus in the file `name` holds.

    Raises `SourceError` for a file that cannot be read to its end, or that has a field of `spec` nowhere.
    """
    return _Count(name, spec).count(corpus)


class _Count:
    def __init__(self, name: str, spec: Spec) -> None:
        self._name, self._spec = name, spec
        self._file = f"source/{name}"
        self._stock = Stock()
        self._unseen = set(spec.fields.values())
        self._names: dict[str, None] = {}
        self._bad = 0
        self._empty: list[int] = []
        self._empty_count = 0

    def count(self, corpus: Corpus) -> Stock:
        columns = corpus.columns()
        if columns is not None:
            self._names = dict.fromkeys(columns)
            self._unseen = {each for each in self._unseen if each.partition(".")[0] not in columns}
            self._all_fields_seen()
        records = 0
        for entry in corpus.entries():
            records += 1
            try:
                self._take(entry)
            except UnfitError as error:
                self._wrong(entry.place, str(error))
        if records:
            self._all_fields_seen()
        self._sum_up(records)
        return self._stock

    def _take(self, entry: Entry) -> None:
        if entry.problem:
            raise UnfitError(entry.problem)
        values = entry.values
        if self._unseen:
            self._unseen -= {each for each in self._unseen if field_value(values, each) is not None or each in values}
            if len(self._names) < 50:
                self._names.update(dict.fromkeys(values))
        text = text_of(values, self._spec)
        if not text:
            self._empty_count += 1
            self._empty += [entry.place.line] if len(self._empty) < 3 else []
            return
        about_of(values, self._spec)
        document_id = id_of(values, self._spec, self._name, text)
        first = self._stock.records.get(document_id)
        if first is not None:
            same = f"{self._spec.fields[ID]} gives the id {document_id}" if ID in self._spec.fields else "has the text"
            raise UnfitError(f"{same}, as line {first.line} does")
        self._stock.records[document_id] = Record(record_sha256(values), *entry.place)

    def _wrong(self, place: Place, message: str) -> None:
        self._bad += 1
        if self._bad <= SHOWN:
            remedy = "mend the record or take it out; `build -k` goes on without it"
            self._stock.wrong.append(Finding(BAD_RECORD, message, self._file, place.line, remedy=remedy))

    def _all_fields_seen(self) -> None:
        if not self._unseen:
            return
        missing = min(self._unseen)
        shown = ", ".join(list(self._names)[:30]) or "none"
        raise SourceError(
            f"no record has the field {missing!r}; there are: {shown}",
            file=self._file,
            remedy=f"mend `fields` of {self._name} in source/dataset.yaml",
        )

    def _sum_up(self, records: int) -> None:
        stock = self._stock
        if self._bad > SHOWN:
            message = f"and {self._bad - SHOWN:,} more records of which no documents can be made"
            stock.wrong.append(Finding(BAD_RECORD, message, self._file))
        if self._empty_count:
            lines = ", ".join(map(str, self._empty)) + (" …" if self._empty_count > len(self._empty) else "")
            one = (
                "1 record without text was"
                if self._empty_count == 1
                else f"{self._empty_count:,} records without text were"
            )
            message = f"{one} passed over (line {lines})"
            remedy = f"see whether {self._spec.fields['text']} is the field of the text"
            stock.notices.append(Finding(NO_TEXT, message, self._file, remedy=remedy, severity="warning"))
        if not stock.records and not stock.wrong:
            message = "the corpus holds no record with a text" if records else "the corpus holds no records"
            raise SourceError(message, file=self._file, remedy="put records in, or take its entry out of dataset.yaml")
