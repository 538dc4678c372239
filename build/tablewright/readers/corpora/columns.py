"""Parquet: one record a row. Rows are read in portions, so that no row group has to fit into memory as Python values."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tablewright.errors import SourceError
from tablewright.readers.corpora.entries import Entry, Place, Values, changed_since
from tablewright.readers.packed import inner_name

_PORTION = 512


class Columns:
    """A corpus of Parquet rows (`entries.Corpus`)."""

    def __init__(self, path: Path, file: str) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._file = file
        if inner_name(path.name) != path.name:
            raise SourceError(
                "Parquet compresses its columns itself and is not read from a compressed file",
                file=file,
                remedy="unpack it",
            )
        try:
            self._parquet = pq.ParquetFile(path, memory_map=True)
        except (pa.ArrowException, OSError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise self._damaged() from error
        self._portions: Iterator[list[dict[str, Any]]] = iter(())
        self._rows: list[dict[str, Any]] = []
        self._first = self._next = 0

    def _damaged(self) -> SourceError:
        return SourceError("no Parquet file, or a damaged one", file=self._file, remedy="copy or download it again")

    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._parquet.schema_arrow.names)

    def _read(self) -> Iterator[list[dict[str, Any]]]:
        import pyarrow as pa

        try:
            for batch in self._parquet.iter_batches(_PORTION, use_threads=False):
                yield [{name: _plain(value) for name, value in row.items()} for row in batch.to_pylist()]
        except (pa.ArrowException, OSError, ValueError) as error:
            raise self._damaged() from error

    def entries(self) -> Iterator[Entry]:
        """Every row."""
        number = 0
        for rows in self._read():
            for values in rows:
                yield Entry(Place(number + 1, number, 0), values)
                number += 1

    def at(self, place: Place) -> Values:
        """A row by its number; rows further on are read up to it, rows before it from the first one."""
        if place.offset < self._first:
            self._rows, self._first, self._next = [], 0, 0
        if not self._next:
            self._portions = self._read()
        while place.offset >= self._next:
            self._rows = next(self._portions, [])
            if not self._rows:
                raise changed_since(self._file, place)
            self._first, self._next = self._next, self._next + len(self._rows)
        return self._rows[place.offset - self._first]

    def close(self) -> None:
        """Closes the file."""
        self._parquet.close()


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates and times in ISO 8601, what is not a number missing."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value
