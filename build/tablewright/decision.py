"""What a person decided on one row, as a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from tablewright.anchors import Quote
from tablewright.schema import Value

Verdict = Literal["confirm", "amend", "reject", "add"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

JOINT = "; "
"""What joins several ids, or names of columns, in one cell."""


NO_WORDS = Quote("")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on one row.

    `values` are the approved values by column, the words of every anchor among them, each on one line; for a
    rejected row what the machine had, as far as it is known. `quote` are the row's own words and surroundings;
    `document_id` is "" and `quote` empty for actors. `participants` are an event's actor ids by role, in order.
    `occurrences` says of an anchor besides the row's own which of the places of its words is meant, from 1, where it
    is not the likeliest one in the row's sentence. `changed` are the columns in which the person differed from the
    machine. `settles` says that the line settles a row on which people differ: it stands whatever their lines say, and
    theirs stay as their codings. `line` is where it was read, 0 before it is written.
    """

    table: str
    row_id: str
    decision: Verdict
    reviewer: str
    decided_on: dt.date
    document_id: str = ""
    quote: Quote = NO_WORDS
    values: Mapping[str, Value | None] = field(default_factory=dict)
    participants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    occurrences: Mapping[str, int] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    note: str | None = None
    settles: bool = False
    line: int = field(default=0, compare=False)

    @property
    def file(self) -> str:
        """The review file, as messages name it."""
        return review_file(self.table)

    @property
    def author(self) -> tuple[str, str, bool]:
        """What no two lines of a file have in common: the row, who decided, and whether the line settles the row."""
        return self.row_id, self.reviewer, self.settles

    @property
    def publishes(self) -> bool:
        """Whether the row is in the dataset: everything but a rejected one."""
        return self.decision != "reject"


def review_file(table: str) -> str:
    """The path of a table's review file in the project."""
    return f"source/review/{table}.csv"


def split_cell(cell: str) -> list[str]:
    """The parts of a cell that are joined by ";"."""
    return [part.strip() for part in cell.split(";") if part.strip()]
