"""Reads the CSV files of the actor knowledge, with the line of every row for messages."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tablewright.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a knowledge file."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str | None:
        """The cell, or None where it is empty or the file has no such column."""
        return self.cells.get(column) or None

    def list(self, column: str) -> list[str]:
        """The parts of a cell that holds a list, parted by semicolons."""
        return [part for cell in self.cells.get(column, "").split(";") if (part := cell.strip())]

    def error(self, message: str, remedy: str) -> KnowledgeError:
        """The error to raise about this line."""
        return KnowledgeError(message, file=self.file, line=self.line, remedy=remedy)


def read_rows(path: Path, name: str, known: Sequence[str] = (), required: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of the CSV file at `path`, which messages call `name`.

    Raises `KnowledgeError` for a file that is not UTF-8, a header that lacks a `required` column or has one that is
    not in `known` (where given), a line of the wrong length and an empty required cell.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError("the file is not UTF-8", file=name, remedy="save it as UTF-8") from error
    except OSError as error:
        raise KnowledgeError(
            f"the file cannot be read: {error.strerror}", file=name, remedy="check its permissions"
        ) from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, name, known, required)
        for values in reader:
            if not any(values):
                continue
            if len(values) != len(header):
                message = f"the line has {len(values)} cells, the header {len(header)}"
                raise KnowledgeError(message, file=name, line=reader.line_num, remedy="quote cells that hold a comma")
            row = Row(dict(zip(header, map(str.strip, values), strict=True)), name, reader.line_num)
            for column in required:
                if not row[column]:
                    raise row.error(f"the column {column!r} is empty", "fill it, or take the line out")
            yield row
    except csv.Error as error:
        raise KnowledgeError(
            f"this is no CSV: {error}", file=name, line=reader.line_num, remedy="check the quotation marks"
        ) from error


def _check_header(header: list[str], name: str, known: Sequence[str], required: Sequence[str]) -> None:
    missing = [column for column in required if column not in header]
    if missing:
        raise KnowledgeError(
            f"the header lacks {', '.join(missing)}", file=name, line=1, remedy="add the column to the first line"
        )
    unknown = [column for column in header if known and column not in known]
    if unknown:
        raise KnowledgeError(f"unknown column {unknown[0]!r}", file=name, line=1, remedy="use " + ", ".join(known))
