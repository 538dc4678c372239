"""JSON lines: one JSON object a line, in UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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

_BOM = b"\xef\xbb\xbf"


class JsonLines:
    """A corpus of JSON lines (`entries.Corpus`)."""

    def __init__(self, path: Path, file: str) -> None:
        self._file = file
        self._size = path.stat().st_size
        with packed_errors(file):
            self._stream = open_packed(path, path.name)

    def columns(self) -> None:
        """Each record names its own fields."""
        return

    def entries(self) -> Iterator[Entry]:
        """Every line that is not empty."""
        with packed_errors(self._file):
            self._stream.seek(0)
            offset = number = 0
            while line := self._stream.readline(MAX_RECORD + 1):
                number += 1
                if len(line) > MAX_RECORD:
                    raise too_long(self._file, number, "write one JSON object a line")
                place = Place(number, offset, len(line))
                offset += len(line)
                check_ratio(offset, self._size, self._file)
                if line.removeprefix(_BOM).strip():
                    yield self._entry(line, place)

    def _entry(self, line: bytes, place: Place) -> Entry:
        values, problem = _parse(line)
        if place.offset == 0 and problem and line.lstrip(_BOM + b" \t").startswith(b"["):
            raise SourceError(
                "this is a JSON array, not one JSON object a line",
                file=self._file,
                line=1,
                remedy="write each object of the array on a line of its own (jq -c '.[]' does)",
            )
        return Entry(place, values, problem)

    def at(self, place: Place) -> Values:
        """The object on a line."""
        with packed_errors(self._file):
            self._stream.seek(place.offset)
            values, problem = _parse(self._stream.read(place.length))
        if problem:
            raise changed_since(self._file, place)
        return values

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()


def _parse(line: bytes) -> tuple[dict[str, Any], str | None]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return {}, f"not UTF-8: byte 0x{error.object[error.start]:02x} at position {error.start}"
    except json.JSONDecodeError as error:
        return {}, f"no JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}"
    except (ValueError, RecursionError):
        return {}, "no JSON that can be read: a number of thousands of digits, or values nested too deep"
    if not isinstance(value, dict):
        return {}, "no JSON object"
    return value, None
