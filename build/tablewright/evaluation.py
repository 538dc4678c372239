"""How well the machine codes: its rows against rows that people settled, document by document.

Rows are matched one to one, the best overlap first; what stays over on the machine's side lowers precision, on the
people's side recall. Columns are judged in matched rows only. Sums are kept, so that documents add up.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tablewright.anchors import flat
from tablewright.tables import Row

Tables = Mapping[str, Sequence[Row]]
Pair = tuple[Row, Row]
Rank = tuple[float, ...]

TABLES = ("actors", "mentions", "quotations", "aid_figures", "events", "participants")
"""The tables that are measured, in the order in which they are told."""

# Columns that say where a row stands or what it is called, not what it says.
_PLACE = frozenset({"document_id", "sentence_id", "start", "end", "coding", "mention_count"})
_PLACE_ENDINGS = ("_start", "_end")
_DATES = ("date_start", "date_end")
_KEYS = {
    "actors": "actor_id",
    "mentions": "mention_id",
    "quotations": "quotation_id",
    "aid_figures": "aid_figure_id",
    "events": "event_id",
}


@dataclass(slots=True)
class Score:
    """How many rows people have (`gold`), how many the machine has, and how many are the same."""

    gold: int = 0
    machine: int = 0
    matched: int = 0

    @property
    def precision(self) -> float | None:
        """The part of the machine's rows that are right; None where it has none."""
        return self.matched / self.machine if self.machine else None

    @property
    def recall(self) -> float | None:
        """The part of people's rows that the machine has; None where there are none."""
        return self.matched / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there are no rows at all."""
        rows = self.gold + self.machine
        return 2 * self.matched / rows if rows else None

    def add(self, gold: int, machine: int, matched: int) -> None:
        """Adds a document's rows."""
        self.gold += gold
        self.machine += machine
        self.matched += matched

    def to_json(self) -> dict[str, Any]:
        """Counts and measures as JSON values."""
        counts = {"gold": self.gold, "machine": self.machine, "matched": self.matched}
        return {**counts, "precision": _round(self.precision), "recall": _round(self.recall), "f1": _round(self.f1)}


@dataclass(slots=True)
class Accuracy:
    """How many of `total` are right."""

    right: int = 0
    total: int = 0

    @property
    def share(self) -> float | None:
        """The part that is right; None of nothing."""
        return self.right / self.total if self.total else None

    def add(self, right: bool) -> None:
        """Counts one more."""
        self.right += right
        self.total += 1

    def to_json(self) -> dict[str, Any]:
        """Counts and share as JSON values."""
        return {"right": self.right, "total": self.total, "accuracy": _round(self.share)}


@dataclass(slots=True)
class Evaluation:
    """The measures over all documents added so far.

    `tables` and `columns` are by table (and column); `found` are events of the right type; `accuracies` the
    dataset's own measures: "events: full row" (of the events found with the right type: also source, target and date),
    "quotations: speaker", "aid_figures: amount and currency".
    """

    documents: int = 0
    tables: dict[str, Score] = field(default_factory=dict)
    columns: dict[str, dict[str, Accuracy]] = field(default_factory=dict)
    events_of_type: Score = field(default_factory=Score)
    accuracies: dict[str, Accuracy] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """All measures as JSON values, rounded to four places."""
        return {
            "documents": self.documents,
            "tables": {
                name: {
                    **score.to_json(),
                    "columns": {column: each.to_json() for column, each in self.columns.get(name, {}).items()},
                }
                for name, score in self.tables.items()
            },
            "events of the right type": self.events_of_type.to_json(),
            **{name: each.to_json() for name, each in self.accuracies.items()},
        }


FULL_ROW = "events: full row"
SPEAKER = "quotations: speaker"
AMOUNT = "aid_figures: amount and currency"


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def evaluate(documents: Iterable[tuple[Tables, Tables]]) -> Evaluation:
    """The measures over `documents`, each given as the machine's rows and people's rows by table.

    Rows that nobody has decided on belong to neither. Actors may be given once for all documents, as one more pair.
    """
    result = Evaluation(
        tables={name: Score() for name in TABLES},
        columns={name: {} for name in TABLES},
        accuracies={name: Accuracy() for name in (FULL_ROW, SPEAKER, AMOUNT)},
    )
    for machine, gold in documents:
        _add(result, machine, gold)
    return result


def _add(result: Evaluation, machine: Tables, gold: Tables) -> None:
    result.documents += 1
    for name in TABLES[:-1]:
        ours, theirs = list(gold.get(name, ())), list(machine.get(name, ()))
        if name == "events":
            ours, theirs = with_participants(ours, gold), with_participants(theirs, machine)
        pairs = match_rows(name, theirs, ours)
        result.tables[name].add(len(ours), len(theirs), len(pairs))
        for column in _columns(name, ours):
            accuracy = result.columns[name].setdefault(column, Accuracy())
            for row, right in pairs:
                accuracy.add(same(row.get(column), right[column]))
        if name == "quotations":
            _judge(result, SPEAKER, pairs, ("speaker_id",))
        if name == "aid_figures":
            _judge(result, AMOUNT, pairs, ("amount", "amount_max", "currency"))
        if name == "events":
            of_type = [pair for pair in pairs if same(pair[0]["event_type"], pair[1]["event_type"])]
            result.events_of_type.add(len(ours), len(theirs), len(of_type))
            _judge(result, FULL_ROW, of_type, ("source", "target", *_DATES))
            _add_participants(result.tables["participants"], ours, theirs, pairs)


def _judge(result: Evaluation, measure: str, pairs: Iterable[Pair], columns: Sequence[str]) -> None:
    for row, right in pairs:
        result.accuracies[measure].add(all(same(row.get(name), right.get(name)) for name in columns))


def _add_participants(score: Score, gold: Sequence[Row], machine: Sequence[Row], pairs: Iterable[Pair]) -> None:
    roles = ("source", "target")
    score.add(
        sum(len(row[role]) for row in gold for role in roles),
        sum(len(row[role]) for row in machine for role in roles),
        sum(len(row[role] & right[role]) for row, right in pairs for role in roles),
    )


def with_participants(events: Iterable[Row], tables: Tables) -> list[Row]:
    """The events with the sets of their sources and targets as columns."""
    parts: dict[tuple[str, str], set[str]] = {}
    for part in tables.get("participants", ()):
        parts.setdefault((part["event_id"], part["role"]), set()).add(part["actor_id"])
    return [
        {**row, **{role: frozenset(parts.get((row["event_id"], role), ())) for role in ("source", "target")}}
        for row in events
    ]


def _columns(table: str, gold: Sequence[Row]) -> list[str]:
    """The columns that can be judged: all that people's rows have and that say something."""
    names = gold[0] if gold else ()
    return [name for name in names if name not in _PLACE | {_KEYS[table]} and not _is_offset(name, gold[0])]


def _is_offset(name: str, row: Row) -> bool:
    return name.endswith(_PLACE_ENDINGS) and name not in _DATES and name.rsplit("_", 1)[0] + "_start" in row


def same(one: object, other: object) -> bool:
    """Whether two values say the same: white space does not count, nor whether a number is whole or not."""
    if isinstance(one, str) and isinstance(other, str):
        return flat(one) == flat(other)
    return one == other


def match_rows(table: str, machine: Sequence[Row], gold: Sequence[Row]) -> list[Pair]:
    """The pairs of a machine's row and a person's that are the same, each row in one pair at most."""
    if table == "actors":
        by_id = {row["actor_id"]: row for row in machine}
        return [(by_id[row["actor_id"]], row) for row in gold if row["actor_id"] in by_id]
    rank = _RANKS[table]
    ranked = [(found, i, j) for i, j in _touching(machine, gold) if (found := rank(machine[i], gold[j])) is not None]
    ranked.sort(key=lambda each: (*(-part for part in each[0]), each[1], each[2]))
    left, right = set(range(len(machine))), set(range(len(gold)))
    pairs: list[tuple[int, int]] = []
    for _, i, j in ranked:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j))
    return [(machine[i], gold[j]) for i, j in sorted(pairs, key=lambda pair: pair[1])]


def _touching(machine: Sequence[Row], gold: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The pairs, by their indexes, whose words overlap."""
    order = sorted(range(len(gold)), key=lambda j: int(gold[j]["start"]))
    starts = [gold[j]["start"] for j in order]
    longest = max((row["end"] - row["start"] for row in gold), default=0)
    for i, row in enumerate(machine):
        for j in order[bisect_left(starts, row["start"] - longest) : bisect_left(starts, row["end"])]:
            if gold[j]["end"] > row["start"]:
                yield i, j


def _overlap(one: Row, other: Row, start: str = "start", end: str = "end") -> int:
    length: int = min(one[end], other[end]) - max(one[start], other[start])
    return max(0, length)


def _union(one: Row, other: Row) -> int:
    length: int = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return length


def _rank_mention(one: Row, other: Row) -> Rank | None:
    if (one["start"], one["end"]) != (other["start"], other["end"]):
        return None
    return (one["actor_id"] == other["actor_id"],)


def _rank_quotation(one: Row, other: Row) -> Rank | None:
    common = _overlap(one, other)
    return (common / _union(one, other),) if common * 2 >= _union(one, other) else None


def _rank_aid(one: Row, other: Row) -> Rank | None:
    common = _overlap(one, other)
    if not common:
        return None
    alike = sum(same(one.get(name), other.get(name)) for name in ("amount", "currency", "recipient_id", "donor_id"))
    return common / _union(one, other), alike


def _rank_event(one: Row, other: Row) -> Rank | None:
    """The same trigger says most, then the same type, then how much of the clauses is shared."""
    clause = _overlap(one, other)
    if not clause:
        return None
    trigger = _overlap(one, other, "trigger_start", "trigger_end")
    return same(one["event_type"], other["event_type"]), trigger > 0, clause / _union(one, other)


_RANKS: Mapping[str, Callable[[Row, Row], Rank | None]] = {
    "mentions": _rank_mention,
    "quotations": _rank_quotation,
    "aid_figures": _rank_aid,
    "events": _rank_event,
}
