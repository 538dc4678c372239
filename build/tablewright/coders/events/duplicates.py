"""One row for each act: later mentions of the same act give way to the one that says most."""

from __future__ import annotations

from tablewright.records import DateSpan, Event

_SAME_ACT = (
    frozenset({"attack", "invade", "invasion", "strike", "aggression", "assault", "offensive", "war", "bomb", "raid"}),
    frozenset({"sign", "signing", "agreement", "treaty", "declaration", "accord", "deal", "pact", "conclude"}),
    frozenset(
        {"meet", "meeting", "talk", "talks", "visit", "negotiation", "summit", "dialogue", "trip", "travel", "fly"}
    ),
    frozenset({"oppose", "opposition", "protest", "object", "objection", "reject", "rejection", "refuse", "refusal"}),
    frozenset({"withdraw", "withdrawal", "pull", "pullout", "leave", "exit", "retreat"}),
)


def without_repeats(events: list[Event], lemmas: list[str]) -> list[Event]:
    """The events less those that tell an act again. `lemmas` has each event's trigger word, in the same order."""
    kept: list[tuple[Event, str]] = []
    for event, lemma in zip(events, lemmas, strict=True):
        for index, (other, before) in enumerate(kept):
            if _same_act(event, lemma, other, before):
                if _weight(event) > _weight(other):
                    kept[index] = (event, lemma)
                break
        else:
            kept.append((event, lemma))
    return sorted((event for event, _ in kept), key=lambda event: (event.trigger_start, event.start))


def _same_act(event: Event, lemma: str, other: Event, before: str) -> bool:
    if event.event_type != other.event_type or event.status != other.status:
        return False
    if lemma != before and not any(lemma in family and before in family for family in _SAME_ACT):
        return False
    if not _one_within(event.sources, other.sources) or not _one_within(event.targets, other.targets):
        return False
    return _dates_agree(event.date, other.date)


def _one_within(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    return set(first) <= set(second) or set(second) <= set(first)


def _dates_agree(first: DateSpan | None, second: DateSpan | None) -> bool:
    """Whether the two may be the same day: one unknown, or the intervals meet."""
    if first is None or second is None:
        return True
    if first.date_start and second.date_end and first.date_start > second.date_end:
        return False
    return not (second.date_start and first.date_end and second.date_start > first.date_end)


def _weight(event: Event) -> int:
    """How much a mention says."""
    return 2 * (len(event.sources) + len(event.targets)) + 2 * (event.date is not None) + (event.place is not None)
