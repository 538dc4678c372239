"""Rows that several people coded: who says what of each, and who passed it over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tablewright.decision import Decision

KEEP = "keep"
"""The judgement whether a row belongs in the dataset at all."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A row that two people or more judged. `decisions` are what those who decided on it say, one each; `without` are
    those who worked on the same table of the document and did not add the row that others added. `settling` are the
    lines that settle it, which are nobody's coding.
    """

    decisions: tuple[Decision, ...]
    without: tuple[str, ...] = ()
    settling: tuple[Decision, ...] = ()

    @property
    def table(self) -> str:
        return self.decisions[0].table

    @property
    def document_id(self) -> str:
        return self.decisions[0].document_id

    @property
    def row_ids(self) -> tuple[str, ...]:
        """The ids that the row goes by; more than one where people added it each for themselves."""
        return tuple(dict.fromkeys(each.row_id for each in self.decisions))

    def to_json(self) -> dict[str, Any]:
        """The row as JSON values: what each person says in the columns in which they differ."""
        first, judged = self.decisions[0], self.judgements()
        return {
            "row_ids": list(self.row_ids),
            "table": first.table,
            "document_id": first.document_id,
            "text": first.quote.exact,
            "differing": {column: judged[column] for column in self.differing()},
            "settled": bool(self.settling),
        }

    def judgements(self) -> dict[str, dict[str, str]]:
        """By column, `KEEP` first, what each reviewer says. Only those who keep the row say something of its columns; a
        missing value is said too.
        """
        kept = [each for each in self.decisions if each.publishes]
        judged = {KEEP: {each.reviewer: str(each.publishes) for each in self.decisions}}
        judged[KEEP] |= {reviewer: str(False) for reviewer in self.without}
        for column in kept[0].values if kept else ():
            judged[column] = {each.reviewer: _said(each.values.get(column)) for each in kept}
        for role in kept[0].participants if kept else ():
            judged[role] = {each.reviewer: "; ".join(sorted(each.participants.get(role, ()))) for each in kept}
        return judged

    def differing(self) -> list[str]:
        """The columns, `KEEP` among them, of which people say different things."""
        return [column for column, said in self.judgements().items() if len(set(said.values())) > 1]


def _said(value: object) -> str:
    return "" if value is None else str(value)


def coded_rows(decisions: Iterable[Decision]) -> list[Coded]:
    """The rows that two people or more judged, in the order of the decisions.

    Rows that people added each for themselves at the same words are one row. One that some added counts as passed over
    by those who decided on other rows of the same table and document: they worked on it.
    """
    by_row: dict[tuple[str, str], list[Decision]] = {}
    settling: dict[tuple[str, str], list[Decision]] = {}
    worked: dict[tuple[str, str], dict[str, None]] = {}
    for each in decisions:
        (settling if each.settles else by_row).setdefault((each.table, each.row_id), []).append(each)
        if not each.settles:
            worked.setdefault((each.table, each.document_id), {})[each.reviewer] = None
    found: list[Coded] = []
    for said in _joined(by_row):
        reviewers = {each.reviewer for each in said}
        others: list[str] = []
        if said[0].document_id and any(each.decision == "add" for each in said):
            others = [name for name in worked[said[0].table, said[0].document_id] if name not in reviewers]
        if len(reviewers) + len(others) > 1:
            keys = dict.fromkeys((each.table, each.row_id) for each in said)
            lines = tuple(line for key in keys for line in settling.get(key, ()))
            found.append(Coded(tuple(said), tuple(others), lines))
    return found


def _joined(by_row: Mapping[tuple[str, str], list[Decision]]) -> list[list[Decision]]:
    """The decisions by row, rows that one person each added at the same words taken together."""
    twins: dict[tuple[object, ...], list[list[Decision]]] = {}
    for said in by_row.values():
        if len(said) == 1 and said[0].decision == "add" and said[0].document_id:
            twins.setdefault(_place(said[0]), []).append(said)
    joined: dict[int, list[Decision]] = {}
    for group in twins.values():
        # One person who added several rows at the same words means several rows.
        if len({said[0].reviewer for said in group}) == len(group):
            joined[id(group[0])] = [each for said in group for each in said]
            joined.update((id(said), []) for said in group[1:])
    rows = (joined.get(id(said), said) for said in by_row.values())
    return [said for said in rows if said]


def _place(decision: Decision) -> tuple[object, ...]:
    quote = decision.quote
    act = decision.values.get("trigger")
    return decision.table, decision.document_id, quote.exact, quote.prefix, quote.suffix, act
