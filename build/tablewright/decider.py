"""Taking a decision on a row of a built project, wherever its rows are kept."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tablewright.anchors import Span, Text
from tablewright.deciding import Desk, Taker
from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS, layouts, reviewed_tables
from tablewright.errors import DecisionError
from tablewright.rowplaces import Places
from tablewright.schema import TableSchema
from tablewright.tables import Row

_ROW_ID = re.compile(r"(.+)-[a-z]+(?:-[a-z]+)*[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A document with its rows by table as they are published now, those that somebody rejected too, so that a decision
    on them can be changed, and the places of the text.
    """

    rows: Mapping[str, Sequence[Row]]
    places: Places


class Decider(ABC):
    """Takes decisions on the rows of a built project, as values. Where rows come from is for those that inherit."""

    def __init__(self, schemas: Mapping[str, TableSchema], documents: Collection[str]) -> None:
        self.schemas = schemas
        self.documents = documents
        self._layouts = layouts(schemas)

    @abstractmethod
    def known(self) -> Collection[str]:
        """The ids of the actors that a decision may name."""

    @abstractmethod
    def on_desk(self, document_id: str) -> OnDesk:
        """A document for taking decisions on it."""

    @abstractmethod
    def actor_rows(self) -> Mapping[str, Row]:
        """The rows of the actors table by id."""

    @abstractmethod
    def own_decision(self, row_id: str, reviewer: str) -> Decision | None:
        """A person's decision on a row; one that settles it is not meant."""

    def decide_row(
        self, row_id: str, by: Taker, verb: str, changes: Mapping[str, str], spans: Mapping[str, Span] | None = None
    ) -> Decision:
        """The decision to "accept", "reject" or "amend" a row. `spans` are as for `Desk.amend`.

        Raises `DecisionError` for a row that is not there and for changes that are not valid.
        """
        table, row, desk = self._find(row_id, by)
        if verb == "reject":
            return desk.reject(table, row)
        earlier = self.own_decision(row_id, by.reviewer)
        if verb == "amend":
            return desk.amend(table, row, changes, earlier, spans)
        return desk.accept(table, row, earlier)

    def document_of(self, row_id: str) -> str | None:
        """The document that a row's id says it is of; None for an actor's."""
        match = _ROW_ID.fullmatch(row_id)
        return match[1] if match and match[1] in self.documents else None

    def _find(self, row_id: str, by: Taker) -> tuple[str, Row, Desk]:
        document_id = self.document_of(row_id)
        if document_id is not None:
            there = self.on_desk(document_id)
            for table, layout in self._layouts.items():
                for row in there.rows.get(table, ()):
                    if row.get(layout.key) == row_id:
                        return table, row, self._open(by, there)
        actor = self.actor_rows().get(row_id)
        if actor is not None:
            return ACTORS, actor, self._open(by, None)
        raise DecisionError(f"no row {row_id!r}", remedy="`tablewright review` lists the rows that await a decision")

    def _open(self, by: Taker, there: OnDesk | None) -> Desk:
        return Desk(self.schemas, self.known(), by, *((there.places, there.rows) if there is not None else ()))

    def add_row(
        self,
        table: str,
        document_id: str,
        words: str,
        values: Mapping[str, str],
        by: Taker,
        occurrence: int | None = None,
        spans: Mapping[str, Span] | None = None,
    ) -> Decision:
        """The decision to add a row that the machine missed; see `Desk.add`. Raises `DecisionError`."""
        self._reviewed(table)
        there = None if table == ACTORS else self.on_desk(self._known(document_id))
        decision = self._open(by, there).add(table, document_id, words, values, occurrence, spans)
        if there is not None:
            self._refuse_twice(decision, there.rows.get(table, ()), there.places.text)
        return decision

    def _refuse_twice(self, decision: Decision, rows: Sequence[Row], text: Text) -> None:
        """Raises `DecisionError` when the row to add is there already: adding it would hide what it says."""
        spans = {tuple(span) for span in text.occurrences(decision.quote.exact)}
        same = {"mentions": ("actor_id",), "events": ("trigger", "event_type")}.get(decision.table, ())
        for row in rows:
            there = (row["start"], row["end"]) in spans and all(row[name] == decision.values.get(name) for name in same)
            if there and text.surroundings(row["start"], row["end"]) == decision.quote:
                row_id = row[self._layouts[decision.table].key]
                raise DecisionError(
                    f"these words have a row already: {row_id}",
                    remedy=f"`tablewright review amend {row_id} FIELD=VALUE`, or accept it",
                )

    def _reviewed(self, table: str) -> str:
        names = reviewed_tables(self.schemas)
        if table not in names:
            raise DecisionError(f"no decisions are taken on {table!r}", remedy=f"tables are {', '.join(names)}")
        return table

    def _known(self, document_id: str) -> str:
        if document_id not in self.documents:
            first = ", ".join(list(self.documents)[:10])
            raise DecisionError(f"no document {document_id!r}", remedy=f"known: {first}")
        return document_id

    def listed_tables(self) -> list[str]:
        """The tables whose rows are listed unasked: mentions and actors are many and seldom wrong."""
        return [name for name in reviewed_tables(self.schemas) if "coding" in self.schemas[name].columns]
