"""What keeps a decision from standing, as findings with file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from tablewright.decision import Decision
from tablewright.decisioncells import Layout
from tablewright.records import Finding


def settle(decisions: Iterable[Decision]) -> tuple[list[Decision], list[Finding]]:
    """One decision a row. Where two people decided alike the first stands; where they differ none does, unless a line
    settles the row: that one stands.
    """
    by_row: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        by_row.setdefault((decision.table, decision.row_id), []).append(decision)
    settled: list[Decision] = []
    findings: list[Finding] = []
    for found in by_row.values():
        same = [each for each in found if each.settles] or found
        other = next((each for each in same[1:] if _says(each) != _says(same[0])), None)
        if other is None:
            settled.append(same[0])
            continue
        first = same[0]
        findings.append(
            Finding(
                "conflicting-decisions",
                f"{first.row_id}: {other.reviewer} differs from {first.reviewer} in line {first.line}; "
                "the row counts as undecided",
                other.file,
                other.line,
                remedy="agree, and make the lines equal, or settle the row: `tablewright review settle`",
                table=other.table,
            )
        )
    return settled, findings


def _says(decision: Decision) -> tuple[object, ...]:
    if not decision.publishes:
        return (decision.decision,)
    return decision.publishes, dict(decision.values), {name: set(ids) for name, ids in decision.participants.items()}


def homeless(decisions: Iterable[Decision], documents: Collection[str]) -> list[Finding]:
    """The decisions on documents that are not, or no longer, in the dataset."""
    return [
        stale(decision, f"there is no document {decision.document_id!r}")
        for decision in decisions
        if decision.document_id and decision.document_id not in documents
    ]


def stale(decision: Decision, problem: str, column: str | None = None) -> Finding:
    """A decision that does not fit: `problem` says why."""
    return Finding(
        "stale-decision",
        f"{decision.row_id}: {problem}",
        decision.file,
        decision.line or None,
        column,
        "decide anew with `tablewright review`, or mend or remove the line",
        table=decision.table,
    )


def unknown_actors(layout: Layout, decision: Decision, known: Collection[str]) -> list[Finding]:
    """The actors that a decision names and nobody knows."""
    named: list[tuple[str, str]] = [
        (column, str(decision.values[column])) for column in layout.actors if decision.values.get(column) is not None
    ]
    named += [(role, actor_id) for role, ids in decision.participants.items() for actor_id in ids]
    return [
        replace(
            stale(decision, f"{column}: there is no actor {actor_id!r}", column),
            code="unknown-actor",
            remedy="add the actor in source/review/actors.csv, or name another",
        )
        for column, actor_id in named
        if actor_id not in known
    ]
