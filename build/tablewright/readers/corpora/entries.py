"""What a corpus's form hands over: its records one by one, and any one of them by its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from tablewright.errors import SourceError

MAX_RECORD = 16_000_000
"""Bytes that one record may take."""
_MAX_RATIO = 250
_MAX_UNPACKED = 64_000_000

Values = Mapping[str, Any]


class Place(NamedTuple):
    """Where a record stands: its line (in Parquet its number, from 1), and the bytes from `offset` on that it takes in
    the unpacked file (in Parquet its number from 0, and nothing).
    """

    line: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as read; `problem` says why it has no values."""

    place: Place
    values: Values
    problem: str | None = None


class Corpus(Protocol):
    """A corpus that is open. It can be asked again and again; places further on cost least."""

    def columns(self) -> tuple[str, ...] | None:
        """The names of the fields where the file says them before its records; else None."""

    def entries(self) -> Iterator[Entry]:
        """All records in their order. Raises `SourceError` for what is wrong with the file as a whole."""

    def at(self, place: Place) -> Values:
        """The record at a place that `entries` gave. Raises `SourceError` when there is none."""

    def close(self) -> None:
        """Closes the file."""


def record_sha256(values: Values) -> str:
    """The hash of a record, whatever form of file it is kept in: SHA-256 of it as JSON, with the fields in alphabetical
    order, no spaces, and characters beyond ASCII escaped.
    """
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def changed_since(file: str, place: Place) -> SourceError:
    """The error for a place where the record that `entries` gave is no longer found."""
    return SourceError(
        "the record changed while it was read", file=file, line=place.line, remedy="build again when nobody writes it"
    )


def too_long(file: str, line: int, remedy: str) -> SourceError:
    """The error for a record that takes more than `MAX_RECORD` bytes."""
    return SourceError(f"a record of more than {MAX_RECORD // 1_000_000} MB", file=file, line=line, remedy=remedy)


def check_ratio(unpacked: int, packed: int, file: str) -> None:
    """Raises `SourceError` for a file that unpacks to far more than text does."""
    if unpacked > _MAX_UNPACKED and unpacked > packed * _MAX_RATIO:
        raise SourceError(
            f"unpacks to more than {_MAX_RATIO} times its size: no corpus does",
            file=file,
            remedy="unpack it and look at what it holds",
        )
