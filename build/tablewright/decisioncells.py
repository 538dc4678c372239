"""The columns of a review file and what stands in their cells, both derived from the table's schema.

A review file has to survive a spreadsheet: TRUE for true is read; a number in which digits were lost, or a date that
was turned round, is refused. A text that a spreadsheet would take for a formula is written after an apostrophe.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tablewright.cells import problem
from tablewright.schema import Anchor, Field, TableSchema, Value

ACTORS = "actors"
EVENTS = "events"
PARTICIPANTS = "participants"
_UNREVIEWED = ("sentences", "documents")
COMPUTED = frozenset({"quad_class", "mention_count"})
"""Columns that follow from others, so that no decision gives them."""
ROLES = ("source", "target")
"""An event's participants in its review file: a column for each role, actor ids joined by "; "."""

_CODING = "coding"
_OWN = ("decision", "prefix", "suffix", "changed", "reviewer", "decided_on", "note", "settles")
_OPTIONAL = frozenset({"prefix", "suffix", "changed", "note", "settles"})

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INTEGER = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SHORTENED = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")
# Also what starts with an apostrophe already, so that taking one off gives the text back.
_GUARDED = re.compile(r"'*[=+\-@]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table's review file.

    `key` is the table's key; `document` the column that names the document, None for actors; `anchors` what the rows
    quote, the row's own words first; `values` the columns that a person approves; `actors` those among them that name
    an actor; `names` gives the file's own columns ("decision", "note" …) their headings.
    """

    schema: TableSchema
    key: str
    document: str | None
    anchors: tuple[Anchor, ...]
    values: tuple[Field, ...]
    actors: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def table(self) -> str:
        return self.schema.name

    @property
    def roles(self) -> tuple[str, ...]:
        """The columns that name participants; none but for events."""
        return ROLES if self.table == EVENTS else ()

    @property
    def text(self) -> str:
        """The column of the row's own words; "" for actors."""
        return self.anchors[0].text if self.anchors else ""

    @property
    def others(self) -> tuple[Anchor, ...]:
        """The anchors besides the row's own words: trigger, speaker, cue."""
        return self.anchors[1:]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns but `settling`, in the order in which they are written."""
        columns = [self.key, self.names["decision"]]
        if self.document is not None:
            columns += [self.document, self.names["prefix"], self.text, self.names["suffix"]]
        for field in self.values:
            if field.name != self.text:
                columns.append(field.name)
        columns += self.roles
        columns += [occurrence_column(anchor) for anchor in self.others]
        return (*columns, *(self.names[name] for name in ("changed", "reviewer", "decided_on", "note")))

    @property
    def settling(self) -> str:
        """The column that only a file with a line that settles a row has, behind all others."""
        return self.names["settles"]

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that a file must have; one that the schema got later may be missing."""
        optional = {self.names[name] for name in _OPTIONAL} | {occurrence_column(anchor) for anchor in self.others}
        needed = {field.name for field in self.values if field.required} | set(self.roles)
        own = {self.key, self.document, *(self.names[name] for name in _OWN)}
        return tuple(name for name in self.columns if name in (needed | own) - optional)


def occurrence_column(anchor: Anchor) -> str:
    """The column that says which of the places that the anchor's words stand at is meant, where not the likeliest."""
    return f"{anchor.text}_occurrence"


def layouts(schemas: Mapping[str, TableSchema]) -> dict[str, Layout]:
    """The layout of each table on whose rows people decide: those with anchors but for sentences, and actors."""
    return {name: _layout(schemas[name]) for name in reviewed_tables(schemas)}


def reviewed_tables(schemas: Mapping[str, TableSchema]) -> tuple[str, ...]:
    """The tables on whose rows people decide."""
    return tuple(name for name, schema in schemas.items() if _is_reviewed(schema))


def _is_reviewed(schema: TableSchema) -> bool:
    if len(schema.primary_key) != 1 or schema.name in _UNREVIEWED:
        return False
    return bool(schema.anchors) or schema.name == ACTORS


def _layout(schema: TableSchema) -> Layout:
    document = schema.anchors[0].document if schema.anchors else None
    left_out = {schema.primary_key[0], document, _CODING, *COMPUTED}
    left_out |= {name for anchor in schema.anchors for name in (anchor.start, anchor.end)}
    actors: list[str] = []
    for key in schema.foreign_keys:
        if key.resource == "sentences":
            left_out.update(key.fields)
        if key.resource == ACTORS:
            actors.extend(key.fields)
    taken = set(schema.columns)
    return Layout(
        schema=schema,
        key=schema.primary_key[0],
        document=document,
        anchors=schema.anchors,
        values=tuple(field for field in schema.fields if field.name not in left_out),
        actors=tuple(actors),
        names={name: f"review_{name}" if name in taken else name for name in _OWN},
    )


def read_cell(field: Field, cell: str) -> Value | None:
    """The value that `cell` of the column `field` holds. Raises `ValueError` with the end of a sentence that says
    what is wrong with it: "'11/07/2023' is no date; write YYYY-MM-DD".
    """
    value = _typed(field, cell)
    wrong = problem(field, value) if value is not None else None
    if wrong:
        raise ValueError(f"{cell!r} {wrong}")
    return value


def missing(field: Field, value: Value | None) -> bool:
    """Whether the column needs a value and has none."""
    return value is None and field.required


def _typed(field: Field, cell: str) -> Value | None:
    bare = cell.strip()
    if not bare:
        return None
    match field.type:
        case "string":
            return unguarded(bare)
        case "boolean":
            return _boolean(bare)
        case "date":
            return read_date(bare)
        case "integer":
            if not _INTEGER.fullmatch(bare):
                raise ValueError(_number_problem(bare, "is no whole number"))
            return int(bare)
        case "number":
            if not _NUMBER.fullmatch(bare):
                raise ValueError(_number_problem(bare, "is no number"))
            return float(bare)


def _boolean(cell: str) -> bool:
    if cell.lower() not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell.lower() == "true"


def read_date(cell: str) -> dt.date:
    """The day that `cell` gives as YYYY-MM-DD. Raises `ValueError` like `read_cell`."""
    if _DATE.fullmatch(cell):
        try:
            return dt.date.fromisoformat(cell)
        except ValueError:
            pass
    raise ValueError(f"{cell!r} is no date; write YYYY-MM-DD")


def _number_problem(cell: str, what: str) -> str:
    if _SHORTENED.fullmatch(cell):
        return f"{cell!r} was shortened by a spreadsheet; write all digits"
    return f"{cell!r} {what}; write digits only, with a point before decimals"


def write_cell(value: Value | None) -> str:
    """`value` as a cell: on one line, nothing shortened, nothing that a spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guarded(" ".join(value.split()))
    if isinstance(value, dt.date):
        return value.isoformat()
    number = Decimal(repr(value))
    return format(number.to_integral() if number == number.to_integral() else number, "f")


def guarded(cell: str) -> str:
    """`cell` so that a spreadsheet takes it for text."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
