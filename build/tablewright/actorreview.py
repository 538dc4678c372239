"""People's decisions on actors: they belong to the dataset, not to a document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS, EVENTS, PARTICIPANTS, layouts
from tablewright.records import Finding
from tablewright.reviewfindings import settle, unknown_actors
from tablewright.schema import TableSchema
from tablewright.tables import Row


@dataclass(frozen=True, slots=True)
class ReviewedActors:
    """`decided` are the rows that people settled, by id and with the columns that a decision gives; `rejected` the
    ids of those that are no actors; `findings` what is wrong.
    """

    decided: Mapping[str, Row]
    rejected: frozenset[str]
    findings: tuple[Finding, ...]


def added_actors(decisions: Iterable[Decision]) -> frozenset[str]:
    """The ids of the actors that decisions bring into the dataset or keep in it."""
    return frozenset(each.row_id for each in decisions if each.table == ACTORS and each.publishes)


def review_actors(
    decisions: Iterable[Decision], schemas: Mapping[str, TableSchema], known_actors: Collection[str]
) -> ReviewedActors:
    """The decisions on actors, settled. `known_actors` are the ids that an affiliation may name besides decided ones."""
    layout = layouts(schemas)[ACTORS]
    settled, findings = settle(each for each in decisions if each.table == ACTORS)
    rejected = frozenset(each.row_id for each in settled if not each.publishes)
    known = (set(known_actors) | {each.row_id for each in settled}) - rejected
    decided: dict[str, Row] = {}
    for decision in settled:
        if not decision.publishes:
            continue
        wrong = unknown_actors(layout, decision, known)
        findings += wrong
        if not wrong:
            row: Row = dict.fromkeys(layout.schema.columns)
            decided[decision.row_id] = {**row, **decision.values, layout.key: decision.row_id}
    return ReviewedActors(decided, rejected, tuple(findings))


def without_actors(
    rows: Mapping[str, list[Row]], schemas: Mapping[str, TableSchema], rejected: Collection[str]
) -> dict[str, list[Row]]:
    """A document's rows less the `rejected` actors: their own rows and mentions are gone and they take no part in
    events, an event in which nobody else takes part is gone too, and other cells that name them are empty.
    """
    tables = {name: list(table) for name, table in rows.items()}
    for name, layout in layouts(schemas).items():
        if name not in tables:
            continue
        columns = [*layout.actors, *([layout.key] if name == ACTORS else [])]
        needed = {column for column in columns if layout.schema.field(column).required}
        tables[name] = [cleared for row in tables[name] if (cleared := _cleared(row, columns, needed, rejected))]
    parts = [row for row in tables.get(PARTICIPANTS, []) if row["actor_id"] not in rejected]
    if len(parts) < len(tables.get(PARTICIPANTS, [])):
        left = by_event(parts)
        had = by_event(tables[PARTICIPANTS])
        tables[PARTICIPANTS] = parts
        tables[EVENTS] = [row for row in tables[EVENTS] if row["event_id"] in left or row["event_id"] not in had]
    return tables


def _cleared(row: Row, columns: Sequence[str], needed: Collection[str], rejected: Collection[str]) -> Row | None:
    named = [column for column in columns if row.get(column) in rejected]
    if not named:
        return row
    if any(column in needed for column in named):
        return None
    return {**row, **dict.fromkeys(named)}


def by_event(participants: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of the participants table by their event."""
    found: dict[str, list[Row]] = {}
    for row in participants:
        found.setdefault(row["event_id"], []).append(row)
    return found
