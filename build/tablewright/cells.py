"""One value of a column: what it may be, and how it is written as text, in CSV and wherever people type it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal

from tablewright.schema import Field, Value

_INTEGER_LIMIT = 2**63
# RFC 3986's scheme, then anything without white space: a check against slips, not a parser of addresses.
URI = r"[A-Za-z][A-Za-z0-9+.-]*:\S+"

# Python would read more than this as a number: 1_000, digits of other scripts, spaces around.
_WRITTEN = {
    "string": re.compile(r"(?s:.+)"),
    "integer": re.compile(r"[-+]?[0-9]+"),
    "number": re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"),
    "boolean": re.compile(r"true|false"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_READERS: dict[str, Callable[[str], Value]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": "true".__eq__,
    "date": dt.date.fromisoformat,
}
_HOW = {
    "string": "is no string",
    "integer": "is no integer",
    "number": "is no number",
    "boolean": "is neither true nor false",
    "date": "is no date written YYYY-MM-DD",
}


def problem(field: Field, value: object) -> str | None:
    """What is wrong with `value` in the column `field`, as the end of a sentence; None when it may stand there."""
    if value is None:
        return "is missing" if field.required else None
    return type_problem(field, value) or constraint_problem(field, value)


def type_problem(field: Field, value: object) -> str | None:
    """What keeps `value` from being stored in the column at all; None for a missing value."""
    if value is None:
        return None
    match field.type:
        case "string":
            return _string_problem(value)
        case "integer":
            if not isinstance(value, int) or isinstance(value, bool):
                return "is no integer"
            return None if -_INTEGER_LIMIT <= value < _INTEGER_LIMIT else "is too large for 64 bits"
        case "number":
            return _number_problem(value)
        case "boolean":
            return None if isinstance(value, bool) else "is neither true nor false"
        case "date":
            return None if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else "is no date"


def constraint_problem(field: Field, value: object) -> str | None:
    """What constraint of the column `value` breaks; it has to be of the column's type."""
    if field.values and value not in field.values:
        return f"is not one of {', '.join(field.values)}"
    if isinstance(value, str) and field.pattern is not None and not re.fullmatch(field.pattern, value):
        return f"does not match the pattern {field.pattern}"
    if isinstance(value, str) and field.format == "uri" and not re.fullmatch(URI, value):
        return "is no URI"
    if field.minimum is not None and value < field.minimum:  # type: ignore[operator]
        return f"is less than {field.minimum}"
    if field.maximum is not None and value > field.maximum:  # type: ignore[operator]
        return f"is more than {field.maximum}"
    return None


def _string_problem(value: object) -> str | None:
    if not isinstance(value, str):
        return "is no string"
    # An empty CSV cell is a missing value, so an empty string could not be told from one.
    if not value:
        return "is an empty string; leave the value out instead"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "holds half a surrogate pair, which is no character"
    return None


def _number_problem(value: object) -> str | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return "is no number"
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    return None if finite else "is not a finite number"


def to_text(value: Value) -> str:
    """`value` as a CSV cell has it: true and false, ISO dates, numbers in full without exponent or ".0"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".removesuffix(".0")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def from_text(field: Field, text: str) -> Value | None:
    """What a CSV cell says in the column `field`; an empty one is a missing value.

    Raises `ValueError`, with the end of a sentence as message, for text that is no value of the column's type. What
    the column's constraints say is `problem`'s.
    """
    if not text:
        return None
    if not _WRITTEN[field.type].fullmatch(text):
        raise ValueError(_HOW[field.type])
    try:
        value = _READERS[field.type](text)
    except ValueError as error:
        # The calendar has no such day.
        raise ValueError(_HOW[field.type]) from error
    wrong = type_problem(field, value)
    if wrong:
        raise ValueError(wrong)
    return value
