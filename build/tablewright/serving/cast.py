"""The actors of a dataset under review: the machine's, with people's decisions on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from tablewright.actorreview import added_actors, review_actors
from tablewright.assembly import actor_views, built_actors
from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS, layouts
from tablewright.desk import published_actors
from tablewright.knowledge.actors import load_actor_knowledge
from tablewright.knowledge.actors.model import KnownActor
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema
from tablewright.serving.opened import Chosen, Known, Viewer, choose
from tablewright.serving.values import Json, decision_json, other_json, row_json, row_values, stamped, state_of
from tablewright.tables import Row


class Cast:
    """The actors, with the decisions that a viewer sees on them. `keys` are those of the last build's documents."""

    def __init__(
        self, project: Project, schemas: Mapping[str, TableSchema], viewer: Viewer, keys: Mapping[str, str]
    ) -> None:
        self._project, self._schemas, self._viewer, self._keys = project, schemas, viewer, keys
        self._layout = layouts(schemas)[ACTORS]
        self.decide(())

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Lays people's decisions on actors over the machine's."""
        self._decisions = decisions
        self._chosen = choose(decisions, self._viewer, self._machine) if decisions else Chosen([], {}, [])
        reviewed = review_actors(self._chosen.decisions, self._schemas, self._ids() if decisions else ())
        self._decided = reviewed.decided
        self.findings: list[Finding] = [*self._chosen.findings, *reviewed.findings]
        self._rejected = reviewed.rejected
        self.__dict__.pop("known", None)
        self.__dict__.pop("_shown", None)

    @cached_property
    def known(self) -> Known:
        """What decisions on documents may name: the machine's actors, people's and the knowledge's."""
        return Known(self._ids(), self._rejected)

    def _ids(self) -> frozenset[str]:
        return self._machine | added_actors(self._decisions) | self._knowledge.keys()

    @cached_property
    def _machine(self) -> frozenset[str]:
        return frozenset(built_actors(self._project, self._keys))

    @cached_property
    def _knowledge(self) -> Mapping[str, KnownActor]:
        file = self._project.actors_file
        return load_actor_knowledge(file if file.exists() else None).actors

    @cached_property
    def _published(self) -> dict[str, Row]:
        return published_actors(self._project)

    def rows(self) -> dict[str, Row]:
        """The rows of the actors that are in the dataset, or that somebody took out of it, by id."""
        shown = {
            row_id: row for row_id, row in self._published.items() if row_id in self._machine or self._named(row_id)
        }
        said = {each.row_id: each for each in self._chosen.decisions}
        machine = actor_views(self._project, said) if said else {}
        for row_id, decision in said.items():
            row = self._decided.get(row_id) or machine.get(row_id) or dict(decision.values)
            count = self._published.get(row_id, {}).get("mention_count", 0)
            shown[row_id] = {**row, self._layout.key: row_id, "mention_count": count}
        return shown

    def _named(self, row_id: str) -> bool:
        return row_id in self._knowledge or any(each.row_id == row_id for each in self._chosen.decisions)

    @cached_property
    def _shown(self) -> dict[str, Json]:
        said = {each.row_id: each for each in self._chosen.decisions}
        machine = actor_views(self._project, said) if said else {}
        mine = {each.row_id: each for each in self._decisions if self._viewer.owns(each)}
        shown: dict[str, Json] = {}
        for row_id, row in self.rows().items():
            decision, conflict = said.get(row_id), self._chosen.conflicts.get(row_id, ())
            other = machine.get(row_id)
            cells = row_json(
                self._layout,
                row,
                row_values(self._layout, row, ()),
                state="conflict" if conflict else state_of(decision) if decision is not None else "pending",
                decision=decision,
                machine=row_values(self._layout, other, ()) if other is not None else None,
            )
            cells["mine"] = decision_json(mine[row_id]) if row_id in mine else None
            cells["others"] = [other_json(self._layout, each) for each in conflict if not self._viewer.owns(each)]
            shown[row_id] = stamped(cells)
        return shown

    def shown(self) -> dict[str, Json]:
        """The rows for the page, by id, in the order of the dataset."""
        return self._shown

    def names(self) -> list[Json]:
        """Whom a decision may name: id, name and kind, the most often mentioned first, then those of the knowledge."""
        found = sorted(self.rows().values(), key=lambda row: (-(row.get("mention_count") or 0), row["actor_id"]))
        there = {row["actor_id"] for row in found}
        rest = sorted((each for each in self._knowledge.values() if each.actor_id not in there), key=_by_name)
        named = [
            (row["actor_id"], row["name"], row["kind"], True) for row in found if row["actor_id"] not in self._rejected
        ]
        named += [(each.actor_id, each.name, each.kind, False) for each in rest]
        return [dict(zip(("actor_id", "name", "kind", "in_dataset"), each, strict=True)) for each in named]


def _by_name(actor: KnownActor) -> str:
    return actor.name.casefold()
