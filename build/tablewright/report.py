"""Results as text for people: plans, findings, counts. Decides nothing and prints nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tablewright.errors import place
from tablewright.plan import Plan, Step
from tablewright.records import Finding


def step_line(step: Step, *, would: bool = False) -> str:
    """One step of a plan: "would code aid of anarchy-is-a-bridge: rules changed: coders/aid.py"."""
    what = f"{step.action} {step.part} of {step.target}" if step.part else f"{step.action} {step.target}"
    return f"{'would ' if would else ''}{what}: {'; '.join(step.reasons)}"


def plan_json(plan: Plan | None) -> list[dict[str, Any]]:
    """A plan's steps as JSON values; an empty list when there is nothing to do."""
    return [
        {"action": step.action, "target": step.target, "part": step.part, "reasons": list(step.reasons)}
        for step in (plan.steps if plan else ())
    ]


def finding_line(finding: Finding) -> str:
    """A finding as an editor's clickable line: "file:line: message (remedy)"."""
    column = f"column {finding.column}: " if finding.column and finding.column not in finding.message else ""
    remedy = f" ({finding.remedy})" if finding.remedy else ""
    return f"{place(finding.file, finding.line)}{column}{finding.message}{remedy}"


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON value, without the parts that are not known."""
    return {name: getattr(finding, name) for name in Finding.__slots__ if getattr(finding, name) is not None}


def counted(number: int, noun: str) -> str:
    """ "1 row", "2,000 rows", "no rows", "3 entries"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}" if number else f"no {plural}"


def counts_line(counts: Mapping[str, int]) -> str:
    """The rows of each table on one line."""
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())


def columns(rows: Iterable[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows of cells as lines with the columns aligned; those in `right` to the right."""
    table = [list(row) for row in rows]
    if not table:
        return []
    widths = [max(len(row[index]) for row in table) for index in range(len(table[0]))]
    lines = []
    for row in table:
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
