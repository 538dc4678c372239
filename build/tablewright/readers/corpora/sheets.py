"""CSV and TSV: one record a line after a line with the names of the fields, in UTF-8.

What parts the cells (comma, semicolon, tabulator, bar) is the one that stands in the first line most often.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tablewright.errors import SourceError
from tablewright.readers.corpora.entries import (
    MAX_RECORD,
    Entry,
    Place,
    Values,
    changed_since,
    check_ratio,
    too_long,
)
from tablewright.readers.packed import open_packed, packed_errors

_DELIMITERS = ",;\t|"
_REMEDY = "is a quotation mark not closed? A mark inside a cell is written twice"


class Sheet:
    """A corpus of CSV records (`entries.Corpus`)."""

    def __init__(self, path: Path, file: str) -> None:
        self._file = file
        self._size = path.stat().st_size
        # The library's own limit, 131,072 characters a cell, is less than a long article.
        csv.field_size_limit(MAX_RECORD)
        with packed_errors(file):
            self._stream = open_packed(path, path.name)
            first = self._stream.readline(MAX_RECORD)
        self._delimiter = max(_DELIMITERS, key=lambda mark: first.count(mark.encode()))
        _, header = next(self._rows(), (None, []))
        if not any(header):
            raise SourceError(
                "the first line names no fields",
                file=file,
                line=1,
                remedy="write the fields' names into the first line",
            )
        self._columns = self._named(header)

    def _named(self, cells: list[str]) -> tuple[str, ...]:
        names = tuple(cell.strip() for cell in cells)
        twice = next((name for name in names if name and names.count(name) > 1), None)
        if twice is not None:
            remedy = "give each field a name of its own in the first line"
            raise SourceError(f"two fields are called {twice!r}", file=self._file, line=1, remedy=remedy)
        return names

    def columns(self) -> tuple[str, ...]:
        """The names in the first line."""
        return tuple(name for name in self._columns if name)

    def _rows(self) -> Iterator[tuple[Place, list[str]]]:
        """Each record with its place, the line of names first."""
        with packed_errors(self._file):
            self._stream.seek(0)
            lines = _Lines(self._stream, self._file)
            reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
            while True:
                line, offset = lines.start_record()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise SourceError(f"no CSV: {error}", file=self._file, line=line, remedy=_REMEDY) from error
                check_ratio(lines.offset, self._size, self._file)
                yield Place(line, offset, lines.offset - offset), cells

    def entries(self) -> Iterator[Entry]:
        """Every record that is not empty; one with more or fewer cells than names has a problem."""
        rows = self._rows()
        next(rows, None)
        for place, cells in rows:
            if any(cells):
                problem = self._problem(cells)
                yield Entry(place, {} if problem else self._values(cells), problem)

    def _problem(self, cells: list[str]) -> str | None:
        if len(cells) == len(self._columns):
            return None
        return f"{len(cells)} cells, where the first line names {len(self._columns)} fields"

    def _values(self, cells: list[str]) -> Values:
        return {name: cell for name, cell in zip(self._columns, cells, strict=True) if name}

    def at(self, place: Place) -> Values:
        """The record at a place."""
        with packed_errors(self._file):
            self._stream.seek(place.offset)
            data = self._stream.read(place.length)
        try:
            cells = next(csv.reader([data.decode()], delimiter=self._delimiter, strict=True), [])
        except (UnicodeDecodeError, csv.Error) as error:
            raise changed_since(self._file, place) from error
        if self._problem(cells):
            raise changed_since(self._file, place)
        return self._values(cells)

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()


class _Lines:
    """The lines of a stream as text; `number` and `offset` say how far it was read."""

    def __init__(self, stream: IO[bytes], file: str) -> None:
        self._stream, self._file = stream, file
        self.number = self.offset = 0
        self._first, self._start = 1, 0

    def start_record(self) -> tuple[int, int]:
        """The line and the byte at which the next record starts."""
        self._first, self._start = self.number + 1, self.offset
        return self._first, self._start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(MAX_RECORD + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.offset += len(line)
        if self.offset - self._start > MAX_RECORD:
            raise too_long(self._file, self._first, _REMEDY)
        try:
            return line.decode("utf-8-sig" if self.number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(
                f"not UTF-8: byte 0x{line[error.start]:02x} at position {error.start}",
                file=self._file,
                line=self.number,
                remedy="save the file as UTF-8",
            ) from error
