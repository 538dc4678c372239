"""Where a project stands: what is out of date, what awaits review, which decisions no longer fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tablewright import state
from tablewright.paths import Project
from tablewright.records import Finding


@dataclass(frozen=True, slots=True)
class Status:
    """`steps` is what a build would do; `pending` counts the machine's rows without a decision, by table; `decided`
    the rows that people settled; `differences` the decided rows where the machine now says something else, with the
    columns; `findings` what the last build found, decisions that no longer fit among them.
    """

    steps: Sequence[Mapping[str, Any]]
    pending: Mapping[str, int]
    decided: Mapping[str, int]
    differences: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]

    @property
    def out_of_date(self) -> bool:
        return bool(self.steps)

    def to_json(self) -> dict[str, Any]:
        """The status as JSON values."""
        from tablewright.report import finding_json

        return {
            "up_to_date": not self.out_of_date,
            "steps": list(self.steps),
            "pending": dict(self.pending),
            "decided": dict(self.decided),
            "differences": list(self.differences),
            "findings": [finding_json(finding) for finding in self.findings],
        }


def take_status(project: Project) -> Status:
    """Where the project stands. What concerns review is as of the last build. Changes nothing."""
    before = state.load_state(project)
    steps: list[dict[str, Any]] = []
    if not state.is_fresh(project, before):
        from tablewright.pipeline import Options, plan_build
        from tablewright.report import plan_json

        steps = plan_json(plan_build(project, Options()))
    review = before.review
    differences = [each for found in review.get("differences", {}).values() for each in found]
    return Status(
        steps=steps,
        pending=review.get("pending", {}),
        decided=review.get("decided", {}),
        differences=differences,
        findings=before.kept_findings(),
    )


def status_lines(found: Status) -> list[str]:
    """The status for people to read."""
    from tablewright.report import counted, counts_line, finding_line

    lines: list[str] = []
    if found.steps:
        lines.append(f"out of date: {counted(len(found.steps), 'step')} to do (`tablewright build -n` lists them)")
        lines += [f"  {_first_line(step)}" for step in found.steps[:10]]
        lines += [f"  and {len(found.steps) - 10:,} more"] if len(found.steps) > 10 else []
    else:
        lines.append("dist/ is up to date")
    waiting = {name: number for name, number in found.pending.items() if number}
    if waiting:
        lines.append(f"awaiting review: {counts_line(waiting)} (`tablewright review` lists them)")
    decided = {name: number for name, number in found.decided.items() if number}
    if decided:
        lines.append(f"decided: {counts_line(decided)}")
    if found.differences:
        lines.append(f"the machine now differs from {counted(len(found.differences), 'decided row')}:")
        lines += [f"  {_difference_line(each)}" for each in found.differences[:20]]
    if found.findings:
        lines.append(f"{counted(len(found.findings), 'finding')} at the last build:")
        lines += [f"  {finding_line(finding)}" for finding in found.findings]
    return lines


def _first_line(step: Mapping[str, Any]) -> str:
    part = f"{step['part']} of " if step["part"] else ""
    return f"{step['action']} {part}{step['target']}: {'; '.join(step['reasons'])}"


def _difference_line(difference: Mapping[str, Any]) -> str:
    return f"{difference['row_id']}: {difference['column']}: {difference['decided']} (machine: {difference['machine']})"
