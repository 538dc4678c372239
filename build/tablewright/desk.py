"""Review from the command line: which rows await a decision, and taking one."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tablewright import cache, state
from tablewright.anchors import Span, Text
from tablewright.assembly import built_actors
from tablewright.deciding import Desk, Taker
from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS, layouts, reviewed_tables
from tablewright.decisions import append_decisions, load_decisions, remove_decision
from tablewright.errors import BuildError, DecisionError
from tablewright.inputs import gather
from tablewright.paths import Project
from tablewright.review import Reviewed
from tablewright.reviewing import Reviewing
from tablewright.rowplaces import Places
from tablewright.schema import TableSchema
from tablewright.schemafile import load_schemas
from tablewright.tables import Row

_ROW_ID = re.compile(r"(.+)-[a-z]+(?:-[a-z]+)*[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class Pending:
    """A machine row that awaits a decision, with its sentence and the rule that made it."""

    table: str
    row_id: str
    row: Row
    sentence: str | None
    rule: str | None

    def to_json(self) -> dict[str, Any]:
        """The row as JSON values."""
        row = {name: value if isinstance(value, _PLAIN) else str(value) for name, value in self.row.items()}
        return {"table": self.table, "row_id": self.row_id, "sentence": self.sentence, "rule": self.rule, "row": row}


_PLAIN = (str, int, float, bool, type(None))


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


class ReviewTable(Decider):
    """A built project under review, read anew for each use of the command line."""

    def __init__(self, project: Project) -> None:
        self._project = project
        before = state.load_state(project)
        if not before.documents:
            raise nothing_built()
        super().__init__(load_schemas(project.schemas), list(before.documents))
        inputs = gather(project, before)
        keys = {name: str(known["rows"]) for name, known in before.documents.items()}
        self.reviewing = Reviewing(project, self.schemas, inputs, before, lambda: built_actors(project, keys))

    def machine_rows(self, document_id: str) -> dict[str, list[Row]]:
        """A document's rows as the machine made them at the last build."""
        try:
            return cache.load_rows(self._project, document_id).tables
        except (OSError, ValueError) as error:
            raise not_the_last_build() from error

    @cached_property
    def decisions(self) -> dict[str, list[Decision]]:
        """All decisions by the id of their row."""
        found: dict[str, list[Decision]] = {}
        for decision in load_decisions(self._project, self.schemas):
            found.setdefault(decision.row_id, []).append(decision)
        return found

    def pending(self, table: str | None, document: str | None) -> Iterator[Pending]:
        """The rows that await a decision, in the order of documents, tables and texts; of actors those in dist/.

        Raises `DecisionError` for a table that is not reviewed or a document that is not there.
        """
        tables = self.listed_tables() if table is None else [self._reviewed(table)]
        for document_id in self.documents if document is None else [self._known(document)]:
            rows = self.machine_rows(document_id)
            rules = cache.load_rows(self._project, document_id).rules
            reviewed = self.reviewing.review(document_id, rows)
            sentences = {row["sentence_id"]: row["text"] for row in rows["sentences"]}
            for name in tables:
                key = self._layouts[name].key
                for row in reviewed.pending.get(name, []) if name != ACTORS else ():
                    shown = with_parts(row, reviewed) if name == "events" else row
                    sentence = sentences.get(row.get("sentence_id", ""))
                    yield Pending(name, row[key], shown, sentence, rules.get(row[key]))
        if ACTORS in tables and document is None:
            for row in self.actor_rows().values():
                if row["actor_id"] not in self.decisions:
                    yield Pending(ACTORS, row["actor_id"], row, None, None)

    def known(self) -> Collection[str]:
        """The ids of the actors that a decision may name."""
        return self.reviewing.known_actors

    def actor_rows(self) -> Mapping[str, Row]:
        """The rows of the actors table in dist/, by id."""
        return published_actors(self._project)

    def own_decision(self, row_id: str, reviewer: str) -> Decision | None:
        """A person's decision on a row; one that settles it is not meant."""
        mine = (each for each in self.decisions.get(row_id, []) if each.reviewer == reviewer and not each.settles)
        return next(mine, None)

    def on_desk(self, document_id: str) -> OnDesk:
        """A document for taking decisions on it."""
        machine = self.machine_rows(document_id)
        reviewed = self.reviewing.review(document_id, machine)
        rows = {name: [*table, *reviewed.rejected.get(name, ())] for name, table in reviewed.rows.items()}
        rows["participants"] = with_rejected_parts(rows["participants"], machine["participants"])
        text = cache.load_document(self._project, document_id).text
        return OnDesk(rows, Places(text, rows["sentences"]))

    def decide(self, row_ids: Sequence[str], by: Taker, verb: str, changes: Mapping[str, str]) -> list[Decision]:
        """Accepts, rejects or amends rows by their ids and writes the decisions. All of them, or none."""
        taken = [self.decide_row(row_id, by, verb, changes) for row_id in row_ids]
        append_decisions(self._project, self.schemas, taken)
        return taken

    def add(
        self, table: str, document_id: str, words: str, values: Mapping[str, str], by: Taker, occurrence: int | None
    ) -> Decision:
        """Adds a row that the machine missed and writes the decision."""
        decision = self.add_row(table, document_id, words, values, by, occurrence)
        append_decisions(self._project, self.schemas, [decision])
        return decision

    def undo(self, row_ids: Sequence[str], reviewer: str) -> list[str]:
        """Takes a person's decisions on rows back; gives the ids of those that had one."""
        undone: list[str] = []
        for row_id in row_ids:
            tables = {decision.table for decision in self.decisions.get(row_id, [])}
            removed = [remove_decision(self._project, self.schemas, table, row_id, reviewer) for table in tables]
            if any(removed):
                undone.append(row_id)
        return undone


def nothing_built() -> BuildError:
    """There is no last build to review."""
    return BuildError("there is nothing to review yet", remedy="run `tablewright build` first")


def not_the_last_build() -> BuildError:
    """What is kept of the last build is not there, or not its own."""
    return BuildError("the cache is not that of the last build", remedy="run `tablewright build`")


def published_actors(project: Project) -> dict[str, Row]:
    """The rows of the actors table in dist/, by id."""
    import pyarrow.parquet as pq

    try:
        rows: list[Row] = pq.read_table(project.dist / f"{ACTORS}.parquet").to_pylist()
    except FileNotFoundError as error:
        raise not_the_last_build() from error
    return {row["actor_id"]: row for row in rows}


def with_rejected_parts(published: Sequence[Row], machine: Sequence[Row]) -> list[Row]:
    """The participants of the published events and of those that somebody rejected, each once."""
    known = {row["event_id"] for row in published}
    return [*published, *(row for row in machine if row["event_id"] not in known)]


def with_parts(row: Row, reviewed: Reviewed) -> Row:
    """An event's row with the ids of its sources and targets, joined by "; "."""
    mine = [each for each in reviewed.rows["participants"] if each["event_id"] == row["event_id"]]
    roles = {
        role: "; ".join(each["actor_id"] for each in mine if each["role"] == role) or None
        for role in ("source", "target")
    }
    return {**row, **roles}
