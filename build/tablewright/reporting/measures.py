"""How good the coding of a build is, for its report and for its release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tablewright.decisions import load_decisions
from tablewright.describe.agreement import measure_agreement
from tablewright.describe.facts import coding_counts
from tablewright.describe.model import Quality, TableFacts
from tablewright.paths import Project
from tablewright.quality import evaluate_project
from tablewright.reviewfindings import settle

if TYPE_CHECKING:
    from tablewright.schema import TableSchema


def measure_quality(
    project: Project,
    schemas: Mapping[str, TableSchema],
    facts: Mapping[str, TableFacts],
    *,
    undecided: int = 0,
    stale: int = 0,
) -> tuple[Quality, dict[str, str]]:
    """The measures over a build whose tables hold `facts`, and what people decided on each row that they kept.

    `schemas` are those of the build, before any cut to rights.
    """
    decisions = load_decisions(project, schemas)
    standing, _ = settle(decisions)
    rejected = Counter(each.table for each in standing if not each.publishes)
    quality = Quality(
        coding=coding_counts(facts, rejected),
        evaluation=evaluate_project(project).to_json(),
        agreement=measure_agreement(decisions),
        undecided=undecided,
        stale=stale,
    )
    return quality, {each.row_id: each.decision for each in standing if each.publishes}
