"""Settling rows on which people differ: the lines that say how the row is to stand, beside everybody's own coding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tablewright.anchors import Span
from tablewright.codings import Coded, coded_rows
from tablewright.decider import Decider
from tablewright.deciding import Desk, Taker
from tablewright.decision import Decision
from tablewright.decisioncells import PARTICIPANTS, layouts
from tablewright.errors import DecisionError
from tablewright.review import row_of
from tablewright.tables import Row


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a row is settled: as `reviewer` says, with `changes` to it (and `spans`, as for `Desk.amend`), or not to be in
    the dataset at all.
    """

    reviewer: str | None = None
    changes: Mapping[str, str] | None = None
    reject: bool = False
    spans: Mapping[str, Span] | None = None


def differences(decisions: Iterable[Decision]) -> list[Coded]:
    """The rows on which people differ, those that are settled too, in the order of the decisions."""
    return [row for row in coded_rows(decisions) if row.differing() or len(row.row_ids) > 1]


def find_coded(decisions: Iterable[Decision], row_id: str) -> Coded:
    """The row that several people coded, by one of its ids. Raises `DecisionError`."""
    for row in coded_rows(decisions):
        if row_id in row.row_ids:
            return row
    raise DecisionError(
        f"no two people decided on a row {row_id!r}", remedy="`tablewright review differences` lists the rows to settle"
    )


def settle_row(decider: Decider, coded: Coded, by: Taker, settlement: Settlement) -> list[Decision]:
    """The lines that settle a row, one for each id that it goes by: as the settlement says for the one whose decision is
    taken over, not to be in the dataset for the others. Raises `DecisionError`.
    """
    others = {each.reviewer for each in coded.settling} - {by.reviewer}
    if others:
        who = " and ".join(sorted(others))
        raise DecisionError(f"{who} settled this row already", remedy=f"ask {who} to take that back first")
    base = _taken_over(coded, settlement)
    changed = base
    if settlement.changes or settlement.spans:
        if not base.publishes:
            raise DecisionError("a row that is not to be in the dataset has no values to change")
        changed = _amended(decider, base, by, settlement)
    lines = [changed]
    for row_id in coded.row_ids:
        if row_id != base.row_id:
            other = next(each for each in coded.decisions if each.row_id == row_id)
            lines.append(replace(other, decision="reject", changed=()))
    return [
        replace(each, reviewer=by.reviewer, decided_on=by.decided_on, note=by.note, settles=True, line=0)
        for each in lines
    ]


def _taken_over(coded: Coded, settlement: Settlement) -> Decision:
    """What somebody said of the row, or that it is not to be."""
    first = coded.decisions[0]
    if settlement.reject or settlement.reviewer in coded.without:
        return replace(first, decision="reject", changed=())
    for each in coded.decisions:
        if each.reviewer == settlement.reviewer:
            return each
    known = ", ".join([*(each.reviewer for each in coded.decisions), *coded.without])
    said = (
        f"{settlement.reviewer} has not decided on it"
        if settlement.reviewer
        else "it is not said whose decision stands"
    )
    raise DecisionError(f"{first.row_id}: {said}", remedy=f"name one of {known}")


def _amended(decider: Decider, base: Decision, by: Taker, settlement: Settlement) -> Decision:
    """What somebody said of the row, with changes."""
    layout = layouts(decider.schemas)[base.table]
    changes, spans = settlement.changes or {}, settlement.spans or {}
    if layout.document is None:
        actor: Row = {**base.values, layout.key: base.row_id}
        return Desk(decider.schemas, decider.known(), by).amend(base.table, actor, changes, base, spans)
    there = decider.on_desk(base.document_id)
    placed = there.places.place(layout, base)
    if isinstance(placed, str):
        raise DecisionError(f"{base.row_id}: {placed}", remedy="decide on the row anew")
    parts = [
        {"event_id": base.row_id, "actor_id": actor_id, "role": role}
        for role, ids in base.participants.items()
        for actor_id in ids
    ]
    rows = {**there.rows, PARTICIPANTS: parts}
    desk = Desk(decider.schemas, decider.known(), by, there.places, rows)
    row = row_of(layout, placed, there.places.text.text, layout.schema.columns)
    return desk.amend(base.table, row, changes, base, spans)
