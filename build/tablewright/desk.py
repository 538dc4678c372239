"""Review from the command line: which rows await a decision, and taking one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tablewright import cache, state
from tablewright.assembly import built_actors
from tablewright.decider import Decider, OnDesk
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS
from tablewright.decisions import append_decisions, load_decisions, remove_decision
from tablewright.errors import BuildError
from tablewright.inputs import gather
from tablewright.paths import Project
from tablewright.review import Reviewed
from tablewright.reviewing import Reviewing
from tablewright.rowplaces import Places
from tablewright.schemafile import load_schemas
from tablewright.tables import Row


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

    def undo(self, row_ids: Sequence[str], reviewer: str, *, settling: bool = False) -> list[str]:
        """Takes a person's decisions on rows back, or the lines by which they settled them; gives the ids of those that
        had one.
        """
        undone: list[str] = []
        for row_id in row_ids:
            tables = {decision.table for decision in self.decisions.get(row_id, [])}
            removed = [
                remove_decision(self._project, self.schemas, table, row_id, reviewer, settling=settling)
                for table in tables
            ]
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
