"""Actors across documents: one row an actor, from what each document says of it.

The same actor has the same id in every document (the actors coder sees to that), so nothing is merged by likeness
here; where documents differ on a field, the value that most of them give stands, and the first document's among equals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tablewright.tables import Row

# Where another table's row names an actor, and the row of the actors table must therefore exist.
REFERENCES: tuple[tuple[str, str], ...] = (
    ("mentions", "actor_id"),
    ("participants", "actor_id"),
    ("aid_figures", "donor_id"),
    ("aid_figures", "recipient_id"),
    ("quotations", "speaker_id"),
)


def resolve_actors(
    views: Iterable[tuple[Row, int]],
    mention_counts: Mapping[str, int],
    referenced: Iterable[str],
    columns: Sequence[str],
    decided: Mapping[str, Row],
) -> list[Row]:
    """The rows of the actors table, in the order of their ids.

    `views` are the actors as documents have them, with how many documents say the same, the first document's first;
    they have the columns of the table but for `mention_count`; `referenced` the ids that other tables name; `decided` the rows that people settled, which
    stand as they are. An actor that nobody names (a decision took its last mention away) has no row, nor has an
    affiliation that is nobody's.
    """
    by_actor: dict[str, list[tuple[Row, int]]] = {}
    for view, documents in views:
        by_actor.setdefault(view["actor_id"], []).append((view, documents))
    merged = {actor_id: merge_views(same) for actor_id, same in by_actor.items()}
    merged.update({actor_id: dict(row) for actor_id, row in decided.items()})
    wanted = _with_affiliations({*referenced, *decided}, merged)
    rows: list[Row] = []
    for actor_id in sorted(wanted & merged.keys()):
        row = merged[actor_id]
        row["mention_count"] = mention_counts.get(actor_id, 0)
        rows.append({name: row.get(name) for name in columns})
    return rows


def merge_views(views: Sequence[tuple[Row, int]]) -> Row:
    """What documents say of one actor, each view with the number of documents that share it, as one row."""
    first = views[0][0]
    if len(views) == 1:
        return dict(first)
    return {name: _most_given([(view[name], documents) for view, documents in views]) for name in first}


def _most_given(values: Sequence[tuple[object, int]]) -> object:
    counts: Counter[object] = Counter()
    for value, documents in values:
        if value is not None:
            counts[value] += documents
    return max(counts, key=lambda value: counts[value], default=None)


def _with_affiliations(actor_ids: set[str], rows: Mapping[str, Row]) -> set[str]:
    """`actor_ids` and all that they are affiliated to, directly or through another."""
    found = set(actor_ids)
    waiting = list(actor_ids)
    while waiting:
        row = rows.get(waiting.pop())
        above = row["affiliation_id"] if row else None
        if above is not None and above not in found:
            found.add(above)
            waiting.append(above)
    return found
