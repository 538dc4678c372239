"""Where a project stands: what is out of date, what awaits review, which decisions no longer fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tablewright import state
from tablewright.paths import Project

if TYPE_CHECKING:
    from tablewright.records import Finding


@dataclass(frozen=True, slots=True)
class Status:
    """`steps` is what a build would do; `pending` counts the machine's rows without a decision, by table; `decided`
    the rows that people settled; `differences` the decided rows where the machine now says something else, with the
    columns; `findings` what the last build found, decisions that no longer fit among them; `report` whether
    dist/report.html is of the tables that stand beside it ("current") or not ("out of date"), None without one.
    """

    steps: Sequence[Mapping[str, Any]]
    pending: Mapping[str, int]
    decided: Mapping[str, int]
    differences: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]
    report: Literal["current", "out of date"] | None = None

    @property
    def out_of_date(self) -> bool:
        return bool(self.steps)

    def to_json(self) -> dict[str, Any]:
        """The status as JSON values."""
        return {
            "up_to_date": not self.out_of_date,
            "steps": list(self.steps),
            "pending": dict(self.pending),
            "decided": dict(self.decided),
            "differences": list(self.differences),
            "findings": [finding.to_json() for finding in self.findings],
            "report": self.report,
        }


def take_status(project: Project) -> Status:
    """Where the project stands. What concerns review is as of the last build. Changes nothing."""
    before = state.load_state(project)
    steps: list[dict[str, Any]] = []
    if not state.is_fresh(project, before):
        from tablewright.pipeline import Options, plan_build

        plan = plan_build(project, Options())
        steps = [step.to_json() for step in plan.steps] if plan else []
    review = before.review
    differences = [each for found in review.get("differences", {}).values() for each in found]
    return Status(
        steps=steps,
        pending=review.get("pending", {}),
        decided=review.get("decided", {}),
        differences=differences,
        findings=before.kept_findings(),
        report=_report(project),
    )


def _report(project: Project) -> Literal["current", "out of date"] | None:
    from tablewright.files import sha256_file
    from tablewright.reportmark import HEAD, REPORT, built_from

    try:
        with (project.dist / REPORT).open("rb") as file:
            built = built_from(file.read(HEAD))
        return "current" if built == sha256_file(project.dist / "datapackage.json") else "out of date"
    except OSError:
        return None
