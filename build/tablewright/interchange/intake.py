"""Reading a file that another program wrote, without trusting it: every fault is a finding with its line."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from tablewright.errors import DecisionError
from tablewright.interchange.exchange import TOOL, Sheet
from tablewright.interchange.offsets import Offsets, Unit, unit_named
from tablewright.records import Finding

MAX_BYTES = 500_000_000
_SPACE = " \t\r\n"
CODE = "import"


class Wrong(ValueError):  # noqa: N818 - it names what is wrong with a record, and never leaves this package
    """What is wrong with a record, as a sentence, and what to do about it."""

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy


class Intake:
    """A file under reading, and what is wrong with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self._wrong_lines: set[int] = set()
        self.skipped = 0
        """The records in which nobody decided anything: not answered, skipped, or just as they were sent."""

    def wrong(self, line: int, message: str, remedy: str | None = None) -> None:
        """Notes an error: nothing is imported."""
        self._wrong_lines.add(line)
        self.findings.append(Finding(CODE, message, self.name, line, remedy=remedy))

    def wrong_in(self, line: int) -> bool:
        """Whether an error was noted in the line."""
        return line in self._wrong_lines

    def warn(self, line: int, message: str, remedy: str | None = None) -> None:
        """Notes what a person should know."""
        self.findings.append(Finding(CODE, message, self.name, line, remedy=remedy, severity="warning"))

    def records(self, text: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The JSON objects in the text with the lines that they begin in: those of a list, or one after the other.

        What is no JSON is noted, and reading goes on in the next line.
        """
        for line, value in self._values(text):
            if isinstance(value, dict):
                yield line, value
            else:
                self.wrong(line, f"{_shown(value)} is no JSON object", "give the file as the program exported it")

    def _values(self, text: str) -> Iterator[tuple[int, Any]]:
        at = _skip(text, 0)
        in_list = text[at : at + 1] == "["
        at, line, counted = _skip(text, at + 1 if in_list else at), 1, 0
        while at < len(text) and text[at] not in "],":
            line, counted = line + text.count("\n", counted, at), at
            try:
                value, end = _DECODER.raw_decode(text, at)
            except (ValueError, RecursionError) as error:
                self.wrong(line + _line_within(error, line, text, at), f"is no JSON: {_why(error)}", _EXPORT_AGAIN)
                end = text.find("\n", at)
                if in_list or end < 0:
                    return
            else:
                yield line, value
            at = _skip(text, end)
            if in_list and text[at : at + 1] == ",":
                at = _skip(text, at + 1)
        if in_list and text[at : at + 1] != "]":
            self.wrong(line, "is no JSON: the list does not end", _EXPORT_AGAIN)


_EXPORT_AGAIN = "the file may be cut off; export it again"


def read_text(path: Path) -> str:
    """The file's text. Raises `DecisionError` when it cannot be read, or is too large."""
    name = path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DecisionError(
                f"is larger than {MAX_BYTES // 1_000_000} MB", file=name, remedy="export fewer documents at a time"
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError("the file is not UTF-8", file=name, remedy="save it in UTF-8") from error
    except OSError as error:
        raise DecisionError(f"cannot be read: {error.strerror}", file=name, remedy="check its name") from error


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return error.msg if isinstance(error, JSONDecodeError) else str(error)


def _line_within(error: Exception, line: int, text: str, at: int) -> int:
    return text.count("\n", at, error.pos) if isinstance(error, JSONDecodeError) else 0


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"{twice!r} stands twice in an object")
    return found


_DECODER = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_without_twins)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def string(record: Mapping[str, Any], name: str) -> str | None:
    """The text that the record has under `name`; None where it has none. Raises `Wrong`."""
    value = record.get(name)
    return None if value is None else as_string(value, name)


def as_string(value: object, name: str) -> str:
    """`value` if it is a text that can be written. Raises `Wrong`."""
    if not isinstance(value, str):
        raise Wrong(f"{name!r} is {_shown(value)}, no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Wrong(f"{name!r} has half of a character in it", "export the file again as UTF-8") from error
    return value


def day(record: Mapping[str, Any], *names: str) -> dt.date | None:
    """The day of the first of the time stamps under `names` that the record has: ISO's, or seconds since 1970."""
    for name in names:
        value = record.get(name)
        try:
            if isinstance(value, str):
                return dt.datetime.fromisoformat(value).date()
            if isinstance(value, int | float) and not isinstance(value, bool):
                return dt.datetime.fromtimestamp(value, dt.UTC).date()
        except (ValueError, OverflowError, OSError):
            continue
    return None


def needed_string(record: Mapping[str, Any], name: str) -> str:
    """The text under `name`. Raises `Wrong`."""
    value = string(record, name)
    if value is None:
        raise Wrong(f"has no {name!r}")
    return value


def integer(record: Mapping[str, Any], name: str) -> int:
    """The whole number under `name`. Raises `Wrong`."""
    return as_integer(record.get(name), name)


def as_integer(value: object, name: str) -> int:
    """`value` if it is a whole number. Raises `Wrong`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(f"{name!r} is {_shown(value)}, no whole number")
    return value


def mapping(record: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The object under `name`, empty where there is none. Raises `Wrong`."""
    value = record.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Wrong(f"{name!r} is {_shown(value)}, no JSON object")
    return value


def items(record: Mapping[str, Any], name: str) -> list[Any]:
    """The list under `name`, empty where there is none. Raises `Wrong`."""
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Wrong(f"{name!r} is {_shown(value)}, no list")
    return value


def objects(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The list of objects under `name`, empty where there is none. Raises `Wrong`."""
    found = items(record, name)
    for each in found:
        if not isinstance(each, dict):
            raise Wrong(f"{name!r} has {_shown(each)} in it, no JSON object")
    return found


def strings(values: Iterable[object], name: str) -> list[str]:
    """`values` if all are texts. Raises `Wrong`."""
    return [as_string(value, name) for value in values]


def span(offsets: Offsets, start: object, end: object) -> tuple[int, int]:
    """The span in code points of one in the unit of `offsets`. Raises `Wrong`."""
    first, last = as_integer(start, "start"), as_integer(end, "end")
    if first >= last:
        raise Wrong(f"the mark from {first} to {last} holds no words")
    found: list[int] = []
    for number in (first, last):
        try:
            found.append(offsets.code_points(number))
        except ValueError as error:
            raise Wrong(
                f"the mark from {first} to {last} {error}",
                "say how the file counts with --offsets, or export it again with the text as it was sent",
            ) from error
    return found[0], found[1]


def sent_with(
    record: Mapping[str, Any], line: int, text: str, unit: Unit | None, default: Unit
) -> tuple[Sheet, Offsets]:
    """A sheet on `text` with what the record carries of its sending, and how its offsets count: in `unit`, or as it
    was sent, or as the program does by itself. Raises `Wrong`.
    """
    about = mapping(record, TOOL)
    sheet = Sheet(
        line=line,
        marks=[],
        document=string(about, "document_id"),
        start=integer(about, "start") if "start" in about else 0,
        text=text,
        carried=strings(items(about, "rows"), "rows"),
    )
    return sheet, Offsets(text, unit or unit_named(string(about, "offsets"), default))
