"""One row for each act: later mentions of the same act give way to the one that says most."""

from __future__ import annotations

from tablewright.coders.events.grammar import governor, own_tokens
from tablewright.coders.events.scene import Scene
from tablewright.coders.events.triggers import Trigger
from tablewright.records import DateSpan, Event

_REACH = 12
_CONTAINERS = frozenset({"PROMISE", "ANNOUNCE", "THREATEN", "REQUEST", "ACCUSE", "RETALIATE"})
_FORESTALLS = frozenset({"REJECT", "REQUEST", "AGREE", "THREATEN"})
_FORESTALLED = frozenset({"CONSULT", "COOPERATE", "SUPPORT", "AID"})
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


def without_sharpening(scene: Scene, found: list[tuple[Trigger, Event]]) -> list[tuple[Trigger, Event]]:
    """The events less those whose words only sharpen another of the same type in their sentence.

    That is a verb that shares its object with the one before ("attacked and killed the guards"), a participle that
    tells the outcome ("struck a depot, killing six"), a noun that is the object of its own act ("mediated talks"),
    and a second word of praise or blame for the same actor.
    """
    by_token = {trigger.token: (trigger, event) for trigger, event in found}
    kept: list[tuple[Trigger, Event]] = []
    for trigger, event in found:
        if not _sharpens(scene, trigger, event, by_token, kept):
            kept.append((trigger, event))
    return kept


def _sharpens(
    scene: Scene,
    trigger: Trigger,
    event: Event,
    by_token: dict[int, tuple[Trigger, Event]],
    before: list[tuple[Trigger, Event]],
) -> bool:
    parse, verb = scene.parse, trigger.verb
    if verb is None:
        for other in parse.children(trigger.token, "relcl", "acl"):
            if other in by_token and by_token[other][1].event_type == event.event_type:
                return True
        above = governor(parse, trigger.token)
        ruled = by_token.get(above) if above is not None else None
        return ruled is not None and ruled[1].event_type in _FORESTALLS and event.event_type in _FORESTALLED
    if trigger.pattern.needs == "host" and _talks_there(scene, verb, by_token):
        return True
    above = by_token.get(parse.heads[verb])
    if above is not None and parse.deps[verb] in ("ccomp", "xcomp") and verb > parse.heads[verb] and above[0].pattern.event_type in _CONTAINERS:
        return True
    if above is not None and above[1].event_type == event.event_type and above[0].verb == parse.heads[verb]:
        if (
            parse.tags[verb] == "VBG"
            and parse.deps[verb] in ("advcl", "acl")
            and set(event.targets) <= set(above[1].targets)
        ):
            return True
        if (
            parse.deps[verb] == "conj"
            and parse.child(parse.heads[verb], "dobj") is None
            and above[0].patient == trigger.patient
        ):
            return trigger.patient is not None
    if parse.deps[verb] == "pcomp":
        promised = by_token.get(parse.heads[parse.heads[verb]])
        if promised is not None and promised[0].pattern.event_type in _CONTAINERS:
            return True
    if event.event_type not in ("ACCUSE", "SUPPORT") or not event.targets:
        return False
    sentence = parse.sentence_of(trigger.token)
    return any(
        other.event_type == event.event_type
        and other.trigger_start >= sentence.start
        and (other.sources, other.targets) == (event.sources, event.targets)
        and parse.deps[verb] != "conj"
        for _, other in before[-3:]
    )


def _talks_there(scene: Scene, verb: int, by_token: dict[int, tuple[Trigger, Event]]) -> bool:
    """Whether the clause of travel names the talks that it was for, which then are the row."""
    parse = scene.parse
    return any(
        parse.lower[prep] == "for" and any(inner in by_token for inner in parse.children(prep, "pobj"))
        for prep in own_tokens(parse, verb)
    )


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
