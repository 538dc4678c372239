"""How well the machine codes, measured on people's decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tablewright.decisioncells import ACTORS
from tablewright.desk import ReviewTable
from tablewright.evaluation import Evaluation, evaluate
from tablewright.paths import Project
from tablewright.resolve import merge_views
from tablewright.tables import Row

Tables = dict[str, list[Row]]


def evaluate_project(project: Project) -> Evaluation:
    """The measures over the documents that people decided on. Rows without a decision count on neither side."""
    review = ReviewTable(project)
    return evaluate(_pairs(review))


def _pairs(review: ReviewTable) -> Iterator[tuple[Tables, Tables]]:
    decided = {each.document_id for found in review.decisions.values() for each in found} - {""}
    for document_id in sorted(decided & set(review.documents)):
        machine = review.machine_rows(document_id)
        reviewed = review.reviewing.review(document_id, machine)
        yield reviewed.judged, reviewed.decided
    actors = {row_id for row_id, found in review.decisions.items() if found[0].table == ACTORS}
    if actors:
        views: dict[str, list[tuple[Row, int]]] = {}
        for document_id in review.documents:
            for row in review.machine_rows(document_id)["actors"]:
                views.setdefault(row["actor_id"], []).append((row, 1))
        machine_actors = [merge_views(found) for actor_id, found in views.items() if actor_id in actors]
        gold: list[dict[str, Any]] = list(review.reviewing.decided_actors().values())
        yield {ACTORS: machine_actors}, {ACTORS: gold}
