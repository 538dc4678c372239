"""People's decisions laid over the machine's rows of one document.

What a person approved stands as approved, found anew in the text; what the machine says of it now is told as a
difference. Nothing is guessed: a decision whose words are gone, or stand in two places, is a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tablewright.actorreview import by_event, without_actors
from tablewright.anchors import flat
from tablewright.decision import JOINT, Decision
from tablewright.decisioncells import EVENTS, PARTICIPANTS, Layout, layouts, reviewed_tables
from tablewright.ids import RowIds
from tablewright.records import Finding
from tablewright.reviewfindings import settle, stale, unknown_actors
from tablewright.rowmatch import Matched, match
from tablewright.rowplaces import Placed, Places
from tablewright.schema import TableSchema
from tablewright.tables import QUAD_CLASS, Row

_CODING = {"confirm": "confirmed", "amend": "amended", "add": "added"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A column in which the machine's row now differs from what a person approved; `column` is "" where the machine
    no longer makes the row. `decided` and `machine` are plain values, ids joined by "; ".
    """

    document_id: str
    table: str
    row_id: str
    column: str
    decided: Any
    machine: Any
    file: str
    line: int

    def to_json(self) -> dict[str, Any]:
        """The difference as JSON values."""
        shown = {name: getattr(self, name) for name in self.__slots__}
        return {name: value if isinstance(value, _PLAIN) else str(value) for name, value in shown.items()}


_PLAIN = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Laid:
    """A decision that stands: where its words are, the row as it is published, or would be were it not rejected, and
    the machine's row that it is on, None where the machine makes none.
    """

    placed: Placed
    row: Row
    machine: Row | None


@dataclass(slots=True)
class Reviewed:
    """A document's rows after review.

    `rows` are all tables as they are published; of these, `pending` are the machine's rows that nobody decided and
    `decided` those that people did, by table. `rejected` are the machine's rows that are not published because a
    person said so, `judged` all of the machine's that decisions are on: those, and the ones that decided rows stand
    for. `participants` go with their events. `laid` are the decisions that stand.
    """

    rows: dict[str, list[Row]]
    pending: dict[str, list[Row]] = field(default_factory=dict)
    decided: dict[str, list[Row]] = field(default_factory=dict)
    rejected: dict[str, list[Row]] = field(default_factory=dict)
    judged: dict[str, list[Row]] = field(default_factory=dict)
    laid: dict[str, list[Laid]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def apply_decisions(
    text: str,
    rows: Mapping[str, list[Row]],
    decisions: Sequence[Decision],
    schemas: Mapping[str, TableSchema],
    known_actors: Collection[str],
    rejected_actors: Collection[str] = (),
    *,
    only: Collection[str] | None = None,
    places: Places | None = None,
) -> Reviewed:
    """Lays the decisions on a document over its machine rows. Changes none of its arguments.

    `text` is the document's canonical text, `rows` its machine rows by table, sentences among them. `known_actors` are
    the ids that decisions may name, over the whole dataset; `rejected_actors` those that people took out of it, with
    their mentions and their part in events. `only` these tables are looked at; `places` are the text's, where they have
    been made before.
    """
    tables = without_actors(rows, schemas, rejected_actors) if rejected_actors else dict(rows)
    if not decisions:
        return Reviewed(tables, pending={name: tables.get(name, []) for name in reviewed_tables(schemas)})
    result = Reviewed(tables)
    settled, result.findings = settle(decisions)
    known = (known_actors if isinstance(known_actors, set | frozenset) else set(known_actors)) - set(rejected_actors)
    places = places or Places(text, rows["sentences"])
    for name, layout in layouts(schemas).items():
        if layout.document is not None and (only is None or name in only):
            mine = [decision for decision in settled if decision.table == name]
            _Table(layout, places, result, known).apply(mine, tables.get(name, []))
    return result


class _Table:
    """One table of a document under review; what comes of it goes to `result`."""

    def __init__(self, layout: Layout, places: Places, result: Reviewed, known: Collection[str]) -> None:
        self._layout, self._places, self._result, self._known = layout, places, result, known
        self._columns = layout.schema.columns

    def apply(self, decisions: Sequence[Decision], machine: list[Row]) -> None:
        """Puts the rows to publish into `result.rows`, and tells what else there is to tell."""
        layout, result = self._layout, self._result
        if not decisions:
            result.pending[layout.table] = machine
            return
        placed = [each for each in map(self._place, decisions) if each is not None]
        wordings = {sentence["sentence_id"]: sentence["text"] for sentence in result.rows["sentences"]}
        found = match(layout, placed, machine, wordings)
        pending, renamed = self._undecided(decisions, placed, found, machine)
        laid = [self._laid(each, found.rows.get(index), machine) for index, each in enumerate(placed)]
        decided = [each.row for each in laid if each.placed.decision.publishes]
        result.laid[layout.table] = laid
        result.pending[layout.table] = pending
        result.decided[layout.table] = decided
        result.rejected[layout.table] = [
            machine[number] for index, number in sorted(found.rows.items()) if not placed[index].decision.publishes
        ]
        settled = found.covered.union(found.rows.values())
        result.judged[layout.table] = [row for number, row in enumerate(machine) if number in settled]
        result.rows[layout.table] = sorted(pending + decided, key=self._position)
        self._differ(placed, found.rows, machine)
        if layout.table == EVENTS:
            self._participants(placed, renamed)

    def _undecided(
        self, decisions: Sequence[Decision], placed: Sequence[Placed], found: Matched, machine: Sequence[Row]
    ) -> tuple[list[Row], dict[str, str]]:
        """The machine's rows that no decision is on, and the ids that some were given, with the ones they had."""
        key = self._layout.key
        settled = found.covered.union(found.rows.values())
        # A row whose decision no longer fits is not published, as if the machine's word would do.
        stale = {each.row_id for each in decisions} - {each.decision.row_id for each in placed}
        taken = {each.row_id for each in decisions}
        free = {placed[index].decision.row_id: machine[number][key] for index, number in found.rows.items()}
        pending: list[Row] = []
        renamed: dict[str, str] = {}
        for number, row in enumerate(machine):
            row_id = row[key]
            if number in settled or row_id in stale:
                continue
            if row_id in taken:
                other = self._other_id(row, free.get(row_id), taken)
                renamed[other] = row_id
                pending.append({**row, key: other})
            else:
                pending.append(row)
        return pending, renamed

    def _place(self, decision: Decision) -> Placed | None:
        if decision.publishes:
            unknown = unknown_actors(self._layout, decision, self._known)
            if unknown:
                self._result.findings += unknown
                return None
        placed = self._places.place(self._layout, decision)
        if isinstance(placed, str):
            self._result.findings.append(stale(decision, placed))
            return None
        return placed

    def _other_id(self, row: Row, free: str | None, taken: Collection[str]) -> str:
        """An id for a row of the machine whose own a decided row has: two sentences of the same wording, the decided
        one no longer the first.
        """
        if free is not None and free not in taken:
            return free
        ids = RowIds(row[self._layout.document or ""], self._layout.table[0])
        return ids.next("again", row[self._layout.key])

    def _laid(self, placed: Placed, number: int | None, machine: Sequence[Row]) -> Laid:
        row = row_of(self._layout, placed, self._places.text.text, self._columns)
        return Laid(placed, row, None if number is None else machine[number])

    def _position(self, row: Row) -> tuple[int, int]:
        own = self._layout.anchors[0]
        return row[own.start], row[own.end]

    def _differ(self, placed: Sequence[Placed], matched: Mapping[int, int], machine: Sequence[Row]) -> None:
        """Tells where the machine's rows now differ from the decided ones."""
        layout, result = self._layout, self._result
        parts = by_event(result.rows.get(PARTICIPANTS, ())) if layout.roles else {}
        for index, each in enumerate(placed):
            decision = each.decision
            number = matched.get(index)
            if not decision.publishes or (number is None and decision.decision == "add"):
                continue
            if number is None:
                result.differences.append(self._difference(decision, "", decision.quote.exact, None))
                continue
            row = machine[number]
            for column in layout.values:
                if column.name not in decision.changed:
                    ours, theirs = decision.values.get(column.name), row.get(column.name)
                    if ours != theirs and not (isinstance(theirs, str) and ours == flat(theirs)):
                        result.differences.append(self._difference(decision, column.name, ours, theirs))
            for role, ids in decision.participants.items():
                said = [part["actor_id"] for part in parts.get(row[layout.key], ()) if part["role"] == role]
                if role not in decision.changed and set(ids) != set(said):
                    result.differences.append(self._difference(decision, role, JOINT.join(ids), JOINT.join(said)))

    def _difference(self, decision: Decision, column: str, decided: object, machine: object) -> Difference:
        return Difference(
            document_id=decision.document_id,
            table=decision.table,
            row_id=decision.row_id,
            column=column,
            decided=decided,
            machine=machine,
            file=decision.file,
            line=decision.line,
        )

    def _participants(self, placed: Sequence[Placed], renamed: Mapping[str, str]) -> None:
        """The participants of the events that are published: those decided with them, the machine's for the rest."""
        result = self._result
        ours = {each.decision.row_id: each.decision.participants for each in placed if each.decision.publishes}
        parts = by_event(result.rows.get(PARTICIPANTS, ()))
        judged = result.judged[EVENTS]
        result.judged[PARTICIPANTS] = [part for event in judged for part in parts.get(event[self._layout.key], ())]
        rows: list[Row] = []
        decided: list[Row] = []
        for event in result.rows[EVENTS]:
            event_id = event[self._layout.key]
            if event_id in ours:
                taking_part = [(role, actor_id) for role, ids in ours[event_id].items() for actor_id in ids]
                found = [{"event_id": event_id, "actor_id": actor_id, "role": role} for role, actor_id in taking_part]
                decided += found
            else:
                machine = parts.get(renamed.get(event_id, event_id), ())
                found = [{**row, "event_id": event_id} for row in machine]
            rows += found
        result.rows[PARTICIPANTS] = rows
        result.decided[PARTICIPANTS] = decided


def row_of(layout: Layout, placed: Placed, text: str, columns: Sequence[str]) -> Row:
    """The row to publish of a decision that stands in `text`: the approved values, found anew in it. `columns` are the
    table's.
    """
    decision = placed.decision
    row: Row = dict.fromkeys(columns)
    row.update(decision.values)
    row[layout.key] = decision.row_id
    for name, value in (
        (layout.document, decision.document_id),
        ("sentence_id", placed.sentence["sentence_id"]),
        ("coding", _CODING.get(decision.decision)),
    ):
        if name in row:
            row[name] = value
    for anchor in layout.anchors:
        span = placed.main if anchor is layout.anchors[0] else placed.others[anchor.text]
        if span is not None:
            row[anchor.start], row[anchor.end] = span
            row[anchor.text] = text[span[0] : span[1]]
    if "quad_class" in row:
        row["quad_class"] = QUAD_CLASS.get(str(row.get("event_type")))
    return row
