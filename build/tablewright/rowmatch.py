"""Which of the machine's rows a decided row is: the one with its id, or the one whose words overlap its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tablewright.anchors import Span
from tablewright.decision import Decision
from tablewright.decisioncells import EVENTS, Layout
from tablewright.rowplaces import Placed
from tablewright.tables import Row

# Columns that tell apart rows with the same words, by what is decided: two actors on one span are two mentions, and a
# sum "each to" two recipients is two aid figures.
_TELL_APART: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("mentions", "add"): ("actor_id",),
    ("mentions", "reject"): ("actor_id",),
    ("aid_figures", "add"): ("donor_id", "recipient_id"),
}
# The part of two rows' words that they have to share to be the same row where overlap alone does not tell.
_MUCH = 0.5


@dataclass(frozen=True, slots=True)
class Matched:
    """`rows` gives the machine's row that a decision is on, by their indexes, one to one; `covered` are the machine's
    other rows that say a part of what a decided row says.
    """

    rows: Mapping[int, int]
    covered: frozenset[int]


def match(layout: Layout, placed: Sequence[Placed], rows: Sequence[Row], wordings: Mapping[str, str]) -> Matched:
    """Which of the machine's `rows` each decision is on, the best match first.

    `wordings` are the sentences by id. A rejected row has to be much the same one, so that it takes no other with it.
    """
    pairs = [
        (score, index, number)
        for index, number in _near(layout, placed, rows)
        if (score := _score(layout, placed[index], rows[number], wordings)) is not None
    ]
    pairs.sort(key=lambda pair: (*(-part for part in pair[0]), pair[1], pair[2]))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, index, number in pairs:
        if index not in chosen and number not in taken:
            chosen[index] = number
            taken.add(number)
    # Rows of the machine that overlap one another are different rows to it; one that does not overlap the row that a
    # decision is on, but the decision itself, is a piece of what the person took as one.
    covered = {
        number
        for _, index, number in pairs
        if number not in taken
        and placed[index].decision.publishes
        and not _overlap(act_span(layout, rows[number]), act_span(layout, rows[chosen[index]]))
    }
    return Matched(chosen, frozenset(covered))


def act_span(layout: Layout, row: Row) -> Span:
    """What a row of the machine is about: an event's trigger, otherwise its words."""
    anchor = layout.anchors[1 if layout.table == EVENTS else 0]
    return row[anchor.start], row[anchor.end]


def _near(layout: Layout, placed: Sequence[Placed], rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The pairs of a decision and a row with overlapping words, or with the same id."""
    own = layout.anchors[0]
    order = sorted(range(len(rows)), key=lambda number: int(rows[number][own.start]))
    starts = [rows[number][own.start] for number in order]
    longest = max((row[own.end] - row[own.start] for row in rows), default=0)
    by_id = {row[layout.key]: number for number, row in enumerate(rows)}
    for index, each in enumerate(placed):
        start, end = each.main
        same = by_id.get(each.decision.row_id)
        if same is not None:
            yield index, same
        for number in order[bisect_left(starts, start - longest) : bisect_left(starts, end)]:
            if number != same and rows[number][own.end] > start:
                yield index, number


def _score(
    layout: Layout, placed: Placed, row: Row, wordings: Mapping[str, str]
) -> tuple[bool, bool, int, float, int] | None:
    """How well a row fits a decision, more is better; None where it is another row."""
    decision = placed.decision
    own = layout.anchors[0]
    main = (row[own.start], row[own.end])
    share = _share(placed.main, main)
    same_act = _overlap(placed.act, act_span(layout, row))
    told_apart = all(row.get(name) == decision.values.get(name) for name in _TELL_APART.get(_kind(decision), ()))
    same_id = row[layout.key] == decision.row_id and (share > 0 or not _twin(placed, row, wordings))
    if not same_id and not (told_apart and _may_be(layout, placed, row, share, same_act)):
        return None
    if same_id:
        return True, same_act, 0, share, 0
    alike = sum(row.get(name) == decision.values.get(name) for name in layout.actors)
    equal = sum(row.get(field.name) == decision.values.get(field.name) for field in layout.values)
    return False, same_act, alike, share, equal


def _may_be(layout: Layout, placed: Placed, row: Row, share: float, same_act: bool) -> bool:
    """Whether a row with another id may be the decided one; `share` is what the words have in common."""
    decision = placed.decision
    if layout.table == EVENTS:
        return same_act or (decision.publishes and share >= _MUCH and _same_type(decision, row))
    return share >= _MUCH if not decision.publishes else share > 0


def _kind(decision: Decision) -> tuple[str, str]:
    return decision.table, decision.decision


def _same_type(decision: Decision, row: Row) -> bool:
    return row.get("event_type") == decision.values.get("event_type")


def _twin(placed: Placed, row: Row, wordings: Mapping[str, str]) -> bool:
    """Whether the row stands in another sentence of the same wording: ids count such sentences, so a new one in front
    hands the old one's id on.
    """
    mine, other = placed.sentence["sentence_id"], row["sentence_id"]
    return mine != other and wordings.get(mine) == wordings.get(other)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _share(one: Span, other: Span) -> float:
    """How much two spans have in common, from 0 to 1: the part both cover of what either covers."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0
