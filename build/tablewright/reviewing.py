"""People's decisions in a build: laid over each document's rows, and summed up for `status`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tablewright import cache
from tablewright.actorreview import ReviewedActors, added_actors, review_actors
from tablewright.decision import Decision
from tablewright.decisions import load_decisions, strangers
from tablewright.knowledge.actors import load_actor_knowledge
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.review import Reviewed, apply_decisions
from tablewright.reviewfindings import homeless
from tablewright.schema import TableSchema
from tablewright.state import State
from tablewright.stepkeys import Inputs
from tablewright.tables import Row, actor_row

if TYPE_CHECKING:
    from tablewright.knowledge.actors.model import ActorKnowledge


class Reviewing:
    """The decisions of a build. Those on a document are looked at when its rows are put into the tables; what the last
    build found of the others stands. `decisions` are those in the project's files unless they are given.

    `actors` gives the ids of the actors that the machine found anywhere in the dataset; it is asked only if needed.
    """

    def __init__(
        self,
        project: Project,
        schemas: Mapping[str, TableSchema],
        inputs: Inputs,
        before: State,
        actors: Callable[[], Collection[str]],
        decisions: Sequence[Decision] | None = None,
    ) -> None:
        self._project, self._schemas, self._inputs = project, schemas, inputs
        self._machine_actors = actors
        if decisions is None:
            decisions = load_decisions(project, schemas) if inputs.decisions else []
        # A document that was there at the last build has gone; a file about documents never seen is another dataset's.
        strangers(decisions, {*inputs.documents, *before.documents, *before.review.get("digests", {})})
        self._homeless = homeless(decisions, inputs.documents)
        self._decisions: dict[str, list[Decision]] = {}
        for decision in decisions:
            self._decisions.setdefault(decision.document_id, []).append(decision)
        self._findings = self._still(before.review.get("findings", {}))
        self._differences = self._still(before.review.get("differences", {}))

    def _still(self, told: Mapping[str, Any]) -> dict[str, Any]:
        return {name: each for name, each in told.items() if name in self._decisions}

    def publish(self, document_id: str, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
        """The rows of a document as they are published."""
        if document_id not in self._decisions and not self._actors.rejected:
            return rows
        reviewed = self.review(document_id, rows)
        self._findings[document_id] = [finding.to_json() for finding in reviewed.findings]
        self._differences[document_id] = [each.to_json() for each in reviewed.differences]
        self._supply_actors(reviewed.rows)
        return reviewed.rows

    def review(self, document_id: str, rows: Mapping[str, list[Row]]) -> Reviewed:
        """The decisions on a document laid over its machine rows."""
        decisions = self._decisions.get(document_id, [])
        text = cache.load_document(self._project, document_id).text if decisions else ""
        known = self.known_actors if decisions else frozenset[str]()
        return apply_decisions(text, rows, decisions, self._schemas, known, self._actors.rejected)

    def decided_actors(self) -> Mapping[str, Row]:
        """The rows of the actors table that people settled, by id."""
        return self._actors.decided

    @cached_property
    def _actors(self) -> ReviewedActors:
        decisions = self._decisions.get("", [])
        return review_actors(decisions, self._schemas, self.known_actors if decisions else ())

    @cached_property
    def _knowledge(self) -> ActorKnowledge:
        file = self._project.actors_file
        return load_actor_knowledge(file if file.exists() else None)

    @cached_property
    def known_actors(self) -> frozenset[str]:
        """The ids that a decision may name: the machine's, people's and the knowledge's."""
        return (
            frozenset(self._machine_actors())
            | added_actors(self._decisions.get("", []))
            | self._knowledge.actors.keys()
        )

    def _supply_actors(self, rows: dict[str, list[Row]]) -> None:
        """Adds the actors that people name and the machine did not find, where the knowledge has them."""
        there = {row["actor_id"] for row in rows["actors"]}
        named = {row["actor_id"] for table in ("mentions", "participants") for row in rows[table]}
        named |= {row[name] for name in ("donor_id", "recipient_id") for row in rows["aid_figures"]}
        named |= {row["speaker_id"] for row in rows["quotations"]}
        waiting = sorted(named - there - {None})
        while waiting:
            actor_id = waiting.pop()
            known = self._knowledge.actors.get(actor_id)
            if known is None or actor_id in there:
                continue
            there.add(actor_id)
            row = actor_row(known)
            rows["actors"].append(row)
            if row["affiliation_id"] is not None:
                waiting.append(row["affiliation_id"])

    def findings(self) -> list[Finding]:
        """The decisions that do not fit, of all documents."""
        told = [Finding(**value) for found in self._findings.values() for value in found]
        return [*self._actors.findings, *self._homeless, *told]

    def summary(self, codings: Mapping[str, Counter[str]], before: Mapping[str, Any]) -> dict[str, Any]:
        """What `status` tells of review. `codings` counts the rows of the tables just written; `before` has the others."""
        pending, decided = dict(before.get("pending", {})), dict(before.get("decided", {}))
        for name, counts in codings.items():
            pending[name], decided[name] = counts["machine"], counts.total() - counts["machine"]
        return {
            "digests": self._inputs.decisions,
            "findings": self._findings,
            "differences": self._differences,
            "pending": pending,
            "decided": decided,
        }
