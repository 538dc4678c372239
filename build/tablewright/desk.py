"""Review from the command line: which rows await a decision, and taking one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tablewright import cache, state
from tablewright.anchors import Text
from tablewright.deciding import Desk, Taker
from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS, layouts, reviewed_tables
from tablewright.decisions import append_decisions, load_decisions, remove_decision
from tablewright.errors import BuildError, DecisionError
from tablewright.inputs import gather
from tablewright.paths import Project
from tablewright.review import Reviewed
from tablewright.reviewing import Reviewing
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


class ReviewTable:
    """A built project under review."""

    def __init__(self, project: Project) -> None:
        self._project = project
        before = state.load_state(project)
        if not before.documents:
            raise BuildError("there is nothing to review yet", remedy="run `tablewright build` first")
        self.documents = list(before.documents)
        self.schemas = load_schemas(project.schemas)
        inputs = gather(project, before)
        self.reviewing = Reviewing(project, self.schemas, inputs, before, self._machine_actors)
        self._layouts = layouts(self.schemas)

    def _machine_actors(self) -> set[str]:
        return {row["actor_id"] for rows in map(self.machine_rows, self.documents) for row in rows["actors"]}

    def machine_rows(self, document_id: str) -> dict[str, list[Row]]:
        """A document's rows as the machine made them at the last build."""
        try:
            return cache.load_rows(self._project, document_id).tables
        except (OSError, ValueError) as error:
            raise BuildError("the cache is not that of the last build", remedy="run `tablewright build`") from error

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
        tables = self._tables(table)
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
            for row in self._actor_rows().values():
                if row["actor_id"] not in self.decisions:
                    yield Pending(ACTORS, row["actor_id"], row, None, None)

    def _tables(self, table: str | None) -> Sequence[str]:
        names = reviewed_tables(self.schemas)
        if table is None:
            # Mentions and actors are many and seldom wrong: they are listed when asked for.
            return [name for name in names if "coding" in self.schemas[name].columns]
        if table not in names:
            raise DecisionError(f"no decisions are taken on {table!r}", remedy=f"tables are {', '.join(names)}")
        return [table]

    def _known(self, document_id: str) -> str:
        if document_id not in self.documents:
            raise DecisionError(f"no document {document_id!r}", remedy=f"known: {', '.join(self.documents[:10])}")
        return document_id

    def _actor_rows(self) -> dict[str, Row]:
        import pyarrow.parquet as pq

        rows: list[Row] = pq.read_table(self._project.dist / f"{ACTORS}.parquet").to_pylist()
        return {row["actor_id"]: row for row in rows}

    def decide(self, row_ids: Sequence[str], by: Taker, verb: str, changes: Mapping[str, str]) -> list[Decision]:
        """Accepts, rejects or amends rows by their ids and writes the decisions. All of them, or none."""
        taken = [self._decide(row_id, by, verb, changes) for row_id in row_ids]
        append_decisions(self._project, self.schemas, taken)
        return taken

    def _decide(self, row_id: str, by: Taker, verb: str, changes: Mapping[str, str]) -> Decision:
        table, row, desk = self._find(row_id, by)
        earlier = next((each for each in self.decisions.get(row_id, []) if each.reviewer == by.reviewer), None)
        if verb == "reject":
            return desk.reject(table, row)
        if verb == "amend":
            return desk.amend(table, row, changes, earlier)
        return desk.accept(table, row, earlier)

    def _find(self, row_id: str, by: Taker) -> tuple[str, Row, Desk]:
        match = _ROW_ID.fullmatch(row_id)
        if match and match[1] in self.documents:
            rows, text = self._rows(match[1])
            for table, layout in self._layouts.items():
                for row in rows.get(table, ()):
                    if row.get(layout.key) == row_id:
                        return table, row, self._open(by, text, rows)
        actor = self._actor_rows().get(row_id)
        if actor is not None:
            return ACTORS, actor, self._open(by, "", {})
        raise DecisionError(f"no row {row_id!r}", remedy="`tablewright review` lists the rows that await a decision")

    def _rows(self, document_id: str) -> tuple[dict[str, list[Row]], str]:
        """A document's rows as they are published now, rejected ones too so that a decision can be changed."""
        machine = self.machine_rows(document_id)
        reviewed = self.reviewing.review(document_id, machine)
        rows = {name: [*table, *reviewed.rejected.get(name, ())] for name, table in reviewed.rows.items()}
        rows["participants"] = [*rows["participants"], *machine["participants"]]
        rows["participants"] = list({tuple(each.items()): each for each in rows["participants"]}.values())
        return rows, cache.load_document(self._project, document_id).text

    def _open(self, by: Taker, text: str, rows: Mapping[str, Sequence[Row]]) -> Desk:
        return Desk(self.schemas, self.reviewing.known_actors, by, text, rows)

    def add(
        self, table: str, document_id: str, words: str, values: Mapping[str, str], by: Taker, occurrence: int | None
    ) -> Decision:
        """Adds a row that the machine missed and writes the decision."""
        self._tables(table)
        rows, text = ({}, "") if table == ACTORS else self._rows(self._known(document_id))
        decision = self._open(by, text, rows).add(table, document_id, words, values, occurrence)
        self._refuse_twice(decision, rows.get(table, ()), text)
        append_decisions(self._project, self.schemas, [decision])
        return decision

    def _refuse_twice(self, decision: Decision, rows: Sequence[Row], text: str) -> None:
        """Raises `DecisionError` when the row to add is there already: adding it would hide what it says."""
        spans = {tuple(span) for span in Text(text).occurrences(decision.quote.exact)} if text else set()
        same = {"mentions": ("actor_id",), "events": ("trigger", "event_type")}.get(decision.table, ())
        for row in rows:
            there = (row["start"], row["end"]) in spans and all(row[name] == decision.values.get(name) for name in same)
            if there and Text(text).surroundings(row["start"], row["end"]) == decision.quote:
                row_id = row[self._layouts[decision.table].key]
                raise DecisionError(
                    f"these words have a row already: {row_id}",
                    remedy=f"`tablewright review amend {row_id} FIELD=VALUE`, or accept it",
                )

    def undo(self, row_ids: Sequence[str], reviewer: str) -> list[str]:
        """Takes a person's decisions on rows back; gives the ids of those that had one."""
        undone: list[str] = []
        for row_id in row_ids:
            tables = {decision.table for decision in self.decisions.get(row_id, [])}
            removed = [remove_decision(self._project, self.schemas, table, row_id, reviewer) for table in tables]
            if any(removed):
                undone.append(row_id)
        return undone


def with_parts(row: Row, reviewed: Reviewed) -> Row:
    """An event's row with the ids of its sources and targets, joined by "; "."""
    mine = [each for each in reviewed.rows["participants"] if each["event_id"] == row["event_id"]]
    roles = {
        role: "; ".join(each["actor_id"] for each in mine if each["role"] == role) or None
        for role in ("source", "target")
    }
    return {**row, **roles}
