"""What is exchanged with other programs, in a form that is none of theirs."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

State = Literal["machine", "confirmed", "amended", "added", "rejected"]

TOOL = "tablewright"
"""The key under which a file carries what finds the text and the rows again."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A row as it goes out: its words at `start` to `end` of its passage's text, in code points.

    `cells` are the row's columns besides its own words as they stand in a CSV cell, without the empty ones; an event's
    `source` and `target` among them. `reviewer` and `decided_on` are of the decision that the row rests on.
    """

    table: str
    row_id: str
    start: int
    end: int
    label: str
    cells: Mapping[str, str]
    state: State = "machine"
    rule: str | None = None
    reviewer: str | None = None
    decided_on: dt.date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An actor's part in an event: from the event's row to the mention in which the actor is named."""

    event: str
    mention: str
    role: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, or part of it from the code point `start` on, with the rows whose words stand in it."""

    document_id: str
    start: int
    text: str
    marks: tuple[Mark, ...]
    title: str = ""
    url: str | None = None
    language: str = "en"
    links: tuple[Link, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of the passage's text in UTF-8."""
        return text_sha256(self.text)

    def about(self) -> dict[str, object]:
        """What a file keeps under `TOOL`, so that what comes back finds its text and its rows."""
        carried = [mark.row_id for mark in self.marks if mark.state != "rejected"]
        return {"document_id": self.document_id, "start": self.start, "sha256": self.sha256, "rows": carried}


def text_sha256(text: str) -> str:
    """The hash of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Found:
    """A mark that came back. `start` and `end` count code points of its sheet's text; `words`, `prefix` and `suffix`
    are what the file itself says stands there.

    `cells` are the columns that it states. `all_fields` says that a column which is not among them is empty; without
    it, nothing is said of that column. `key` is what other parts of the file call the mark.
    """

    line: int
    table: str
    start: int | None = None
    end: int | None = None
    words: str | None = None
    prefix: str = ""
    suffix: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    all_fields: bool = False
    row_id: str | None = None
    reject: bool = False
    note: str | None = None
    key: str = ""


@dataclass(slots=True)
class Sheet:
    """What one person says of a text, or of part of it.

    `document` is the document's id or its address; None where the file does not say it. `carried` are the ids of the
    rows that the person was shown: one that is not marked any more was taken away, where `complete`. `links` are the
    parts of actors in events as (event's key, mention's key, role), None where the file does not tell them.
    `decided_on` is the day on which the marks were made. `rejected` says that the person turned down the whole; `by_machine` that a program made the marks, so that they
    are a person's word only where they say something else than the rows.
    """

    line: int
    marks: list[Found]
    document: str | None = None
    start: int = 0
    text: str | None = None
    carried: Sequence[str] = ()
    complete: bool = True
    rejected: bool = False
    by_machine: bool = False
    one_layer: bool = False
    annotator: str | None = None
    decided_on: dt.date | None = None
    links: list[tuple[str, str, str]] | None = None
