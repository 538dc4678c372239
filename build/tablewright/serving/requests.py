"""The bodies of requests, as values: everything that comes from outside is looked at here."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import ClientDisconnect, Request

from tablewright.anchors import Span

LARGEST_BODY = 1_000_000
"""Bytes of a request's body; a decision needs some hundreds."""
_LONGEST_CELL = 20_000
_LONGEST_NOTE = 4_000
_LONGEST_ID = 1_000
_MOST_ROWS = 10_000
_SPACES = frozenset("\t\n\r")


class BadRequestError(Exception):
    """A request that the page does not send; `status` is that of the answer."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


async def body_of(request: Request, *fields: str) -> Body:
    """The JSON object that a request sends, which may have these `fields` and no other. Raises `BadRequestError`."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise BadRequestError("the request is too large", 413)
    data = bytearray()
    try:
        async for piece in request.stream():
            data += piece
            if len(data) > LARGEST_BODY:
                raise BadRequestError("the request is too large", 413)
    except ClientDisconnect as error:
        raise BadRequestError("the request broke off") from error
    try:
        value = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("the request is not valid JSON") from error
    if not isinstance(value, dict):
        raise BadRequestError("the request is not a JSON object")
    unknown = sorted(value.keys() - set(fields))
    if unknown:
        raise BadRequestError(f"unknown field {unknown[0][:80]!r}; known: {', '.join(fields)}")
    return Body(value)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


@dataclass(frozen=True, slots=True)
class Body:
    """What a request sends, each field read with its type. Every method raises `BadRequestError`."""

    value: Mapping[str, Any]

    def text(self, name: str, longest: int = _LONGEST_ID) -> str:
        """A text that has to be there."""
        found = self.value.get(name)
        if not isinstance(found, str) or not found:
            raise BadRequestError(f"{name} is missing, or no text")
        return _checked(found, name, longest)

    def maybe_text(self, name: str, longest: int = _LONGEST_ID) -> str | None:
        """A text; None where it is missing, null or empty."""
        found = self.value.get(name)
        return None if found in (None, "") else self.text(name, longest)

    def note(self) -> str | None:
        """The note on a decision."""
        return self.maybe_text("note", _LONGEST_NOTE)

    def choice(self, name: str, *choices: str) -> str:
        """One of several words."""
        found = self.text(name)
        if found not in choices:
            raise BadRequestError(f"{name} is one of {', '.join(choices)}")
        return found

    def flag(self, name: str) -> bool:
        """True or false; false where it is missing."""
        found = self.value.get(name, False)
        if not isinstance(found, bool):
            raise BadRequestError(f"{name} is neither true nor false")
        return found

    def maybe_number(self, name: str) -> int | None:
        """A whole number from 0."""
        found = self.value.get(name)
        return None if found is None else _count(found, name)

    def span(self) -> Span:
        """`start` and `end`."""
        return _count(self.value.get("start"), "start"), _count(self.value.get("end"), "end")

    def cells(self, name: str) -> dict[str, str]:
        """Cells by column."""
        found = self.value.get(name) or {}
        if not isinstance(found, dict) or not all(isinstance(cell, str) for cell in found.values()):
            raise BadRequestError(f"{name} are no texts by column")
        return {_checked(key, name, _LONGEST_ID): _checked(cell, key, _LONGEST_CELL) for key, cell in found.items()}

    def spans(self) -> dict[str, Span]:
        """Places in the text by column."""
        found = self.value.get("spans") or {}
        if not isinstance(found, dict) or not all(isinstance(each, list) and len(each) == 2 for each in found.values()):
            raise BadRequestError("spans are no pairs of numbers by column")
        return {key: (_count(start, key), _count(end, key)) for key, (start, end) in found.items()}

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        found = self.value.get(name)
        if not isinstance(found, list) or len(found) > _MOST_ROWS or not all(isinstance(each, str) for each in found):
            raise BadRequestError(f"{name} is no list of texts")
        return [_checked(each, name, _LONGEST_ID) for each in found]


def _count(found: object, name: str) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 2**53:
        raise BadRequestError(f"{name} is no whole number from 0")
    return found


def _checked(text: str, name: str, longest: int) -> str:
    """`text` if a line of a review file can hold it."""
    if len(text) > longest:
        raise BadRequestError(f"{name[:80]} is longer than {longest:,} characters")
    for character in text:
        # Control characters, and halves of characters that UTF-8 cannot write.
        if unicodedata.category(character) in ("Cc", "Cs") and character not in _SPACES:
            raise BadRequestError(f"{name[:80]} holds a character that is no text: U+{ord(character):04X}")
    return text
