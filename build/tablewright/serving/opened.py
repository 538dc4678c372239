"""A document under review in memory: its rows as the page shows them, laid anew only where decisions changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tablewright.actorreview import by_event
from tablewright.decider import OnDesk
from tablewright.decision import Decision
from tablewright.decisioncells import PARTICIPANTS, Layout, layouts
from tablewright.records import Document, Finding
from tablewright.review import Laid, Reviewed, apply_decisions
from tablewright.reviewfindings import settle
from tablewright.rowplaces import Placed, Places
from tablewright.schema import TableSchema
from tablewright.serving.taken import Key, key_of
from tablewright.serving.values import (
    Json,
    decision_json,
    finding_json,
    in_order,
    other_json,
    row_json,
    row_values,
    stamped,
    state_of,
)
from tablewright.tables import DocumentRows, Row


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reviews. One who codes `apart` sees nobody else's decisions."""

    reviewer: str
    apart: bool = False

    def owns(self, decision: Decision) -> bool:
        """Whether it is this person's own coding of a row; one that settles it is not meant."""
        return decision.reviewer == self.reviewer and not decision.settles


@dataclass(frozen=True, slots=True)
class Known:
    """What decisions may name: the ids of `actors`, less those `rejected`."""

    actors: frozenset[str]
    rejected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The decisions that a person sees on the rows of a table, one a row; those on which people differ by row; and what
    is wrong with them.
    """

    decisions: list[Decision]
    conflicts: dict[str, list[Decision]]
    findings: list[Finding]


def choose(decisions: Sequence[Decision], viewer: Viewer, machine: Collection[str]) -> Chosen:
    """What `viewer` sees of the decisions on a table's rows. Of a row on which people differ that is what they said
    themselves, or else the machine's row, if it is one of `machine`, or else what somebody said.
    """
    if viewer.apart:
        return Chosen([each for each in decisions if viewer.owns(each)], {}, [])
    settled, findings = settle(decisions)
    stands = {each.row_id for each in settled}
    conflicts: dict[str, list[Decision]] = {}
    for each in decisions:
        if each.row_id not in stands:
            conflicts.setdefault(each.row_id, []).append(each)
    for row_id, said in conflicts.items():
        mine = next(filter(viewer.owns, said), None)
        if mine is None and row_id not in machine:
            mine = next((each for each in said if each.publishes), said[0])
        settled += [mine] if mine is not None else []
    return Chosen(settled, conflicts, findings)


class _Places(Places):
    """The places of a text, each decision's looked for once."""

    def __init__(self, text: str, sentences: Sequence[Row]) -> None:
        super().__init__(text, sentences)
        self._placed: dict[Key, tuple[Decision, Placed | str]] = {}

    def place(self, layout: Layout, decision: Decision) -> Placed | str:
        key = key_of(decision)
        known = self._placed.get(key)
        if known is None or known[0] != decision:
            known = self._placed[key] = decision, super().place(layout, decision)
        # The line in the file is no part of what makes two decisions equal, but messages name it.
        return replace(known[1], decision=decision) if isinstance(known[1], Placed) else known[1]


@dataclass(slots=True)
class _Table:
    """A table of the document: rows for taking decisions and for the page, by id; each page row with what it was
    made of, so that it is not made again of the same.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    shown: dict[str, Json] = field(default_factory=dict)
    made_of: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    parts: list[Row] = field(default_factory=list)


class Opened:
    """A document under review. `version` is that of the last change of its rows."""

    def __init__(
        self, document: Document, coded: DocumentRows, schemas: Mapping[str, TableSchema], viewer: Viewer, version: int
    ) -> None:
        self.document = document
        self.version = version
        self._schemas, self._viewer = schemas, viewer
        self._layouts = {name: each for name, each in layouts(schemas).items() if each.document is not None}
        self._machine, self._rules = coded.tables, coded.rules
        self._sentences = {row["sentence_id"]: row["text"] for row in coded.tables["sentences"]}
        self._places = _Places(document.text, coded.tables["sentences"])
        self._tables = {name: _Table() for name in self._layouts}
        self._changed: dict[str, int] = {}
        self._removed: dict[str, int] = {}

    def lay(
        self, decisions: Mapping[str, Sequence[Decision]], known: Known, only: Collection[str], version: int
    ) -> None:
        """Lays the decisions on the rows of the tables `only`; what changes by that gets the `version`."""
        for name in only:
            if name in self._layouts:
                self._lay(self._layouts[name], decisions.get(name, ()), known, version)

    def _lay(self, layout: Layout, decisions: Sequence[Decision], known: Known, version: int) -> None:
        name, key = layout.table, layout.key
        machine_ids = {row[key] for row in self._machine.get(name, ())}
        chosen = choose(decisions, self._viewer, machine_ids)
        reviewed = apply_decisions(
            "",
            self._machine,
            chosen.decisions,
            self._schemas,
            known.actors,
            known.rejected,
            only={name},
            places=self._places,
        )
        before, after = self._tables[name], _Table(findings=[*chosen.findings, *reviewed.findings])
        mine = {each.row_id: each for each in decisions if self._viewer.owns(each)}
        stands = {each.placed.decision.row_id for each in reviewed.laid.get(name, ())}
        stale = {each.row_id for each in chosen.decisions} - stands
        for row, laid, parts in _all_rows(layout, reviewed, self._machine, stale):
            row_id = row[key]
            after.rows[row_id] = row
            after.parts += parts
            said = tuple(chosen.conflicts.get(row_id, ()))
            made_of = (
                laid.placed.decision if laid else None,
                row,
                laid and laid.machine,
                mine.get(row_id),
                said,
                parts,
            )
            after.made_of[row_id] = made_of
            if before.made_of.get(row_id) == made_of:
                after.shown[row_id] = before.shown[row_id]
            else:
                after.shown[row_id] = self._shown(layout, row, laid, parts, mine.get(row_id), said)
        self._note_changes(before, after, version)
        self._tables[name] = after

    def _shown(
        self,
        layout: Layout,
        row: Row,
        laid: Laid | None,
        parts: Sequence[Row],
        mine: Decision | None,
        said: Sequence[Decision],
    ) -> Json:
        values = row_values(layout, row, parts)
        decision = laid.placed.decision if laid is not None else None
        machine = laid.machine if laid is not None else None
        machine_id = machine[layout.key] if machine is not None else row[layout.key]
        shown = row_json(
            layout,
            row,
            values,
            state="conflict" if said else state_of(decision) if decision is not None else "pending",
            rule=self._rules.get(machine_id),
            sentence=self._sentences.get(row.get("sentence_id", "")),
            decision=decision,
            machine=row_values(layout, machine, self._machine_parts(layout, machine_id)) if machine else None,
            gone=decision is not None and decision.decision in ("confirm", "amend") and machine is None,
        )
        shown["mine"] = decision_json(mine) if mine is not None else None
        shown["others"] = [other_json(layout, each) for each in said if not self._viewer.owns(each)]
        return stamped(shown)

    def _machine_parts(self, layout: Layout, row_id: str) -> list[Row]:
        return [part for part in self._machine[PARTICIPANTS] if part["event_id"] == row_id] if layout.roles else []

    def _note_changes(self, before: _Table, after: _Table, version: int) -> None:
        for row_id, shown in after.shown.items():
            if row_id not in before.shown or before.shown[row_id]["version"] != shown["version"]:
                self._changed[row_id] = version
                self._removed.pop(row_id, None)
                self.version = version
        for row_id in before.shown.keys() - after.shown.keys():
            self._changed.pop(row_id, None)
            self._removed[row_id] = version
            self.version = version
        if before.findings != after.findings:
            self.version = version

    def row(self, row_id: str) -> Json | None:
        """A row as the page shows it."""
        return next((each.shown[row_id] for each in self._tables.values() if row_id in each.shown), None)

    def rows(self, since: int = 0) -> list[Json]:
        """The rows that changed after the version `since`, in the order of the text."""
        shown = (row for table in self._tables.values() for row in table.shown.values())
        return in_order((row for row in shown if self._changed[row["row_id"]] > since), list(self._tables))

    def removed(self, since: int) -> list[str]:
        """The ids of the rows that went after the version `since`."""
        return [row_id for row_id, version in self._removed.items() if version > since]

    def counts(self, tables: Iterable[str]) -> dict[str, int]:
        """How many rows of the tables await a decision, have one, and have several that differ."""
        counts = {"pending": 0, "decided": 0, "conflicts": 0}
        names = {"pending": "pending", "conflict": "conflicts"}
        for name in tables:
            for row in self._tables[name].shown.values():
                counts[names.get(row["state"], "decided")] += 1
        return counts

    def on_desk(self) -> OnDesk:
        """The document for taking decisions on it."""
        rows = {name: list(table.rows.values()) for name, table in self._tables.items()}
        parts = [part for table in self._tables.values() for part in table.parts]
        return OnDesk({**self._machine, **rows, PARTICIPANTS: parts}, self._places)

    def to_json(self) -> Json:
        """The document as the page gets it."""
        document = self.document
        return {
            "document_id": document.document_id,
            "title": document.title,
            "authors": document.authors,
            "publisher": document.publisher,
            "published_on": document.published_on.isoformat() if document.published_on else None,
            "url": document.url,
            "text": document.text,
            "blocks": [{"kind": each.kind, "start": each.start, "end": each.end} for each in document.blocks],
            "rows": self.rows(),
            "findings": [finding_json(each) for table in self._tables.values() for each in table.findings],
            "stamp": self.version,
        }


def _all_rows(
    layout: Layout, reviewed: Reviewed, machine: Mapping[str, Sequence[Row]], stale: Collection[str]
) -> Iterator[tuple[Row, Laid | None, list[Row]]]:
    """Every row of a table with the decision on it and, for an event, its participants: those that await one, those
    decided, those rejected, and the machine's rows that a `stale` decision has set aside.
    """
    key = layout.key
    published = by_event(reviewed.rows.get(PARTICIPANTS, ())) if layout.roles else {}
    for row in reviewed.pending.get(layout.table, ()):
        yield row, None, published.get(row[key], [])
    for laid in reviewed.laid.get(layout.table, ()):
        decision, row = laid.placed.decision, laid.row
        if not decision.publishes and laid.machine is not None:
            row = {**laid.machine, key: decision.row_id}
        parts = [
            {"event_id": decision.row_id, "actor_id": actor_id, "role": role}
            for role, ids in decision.participants.items()
            for actor_id in ids
        ]
        yield row, laid, parts
    kept = by_event(machine.get(PARTICIPANTS, ())) if layout.roles else {}
    for row in machine.get(layout.table, ()):
        if row[key] in stale:
            yield row, None, kept.get(row[key], [])
