"""Words that only sharpen an act told beside them, and so make no row of their own."""

from __future__ import annotations

from collections.abc import Mapping

from tablewright.coders.events.grammar import governor, own_tokens
from tablewright.coders.events.scene import Scene
from tablewright.coders.events.triggers import Trigger
from tablewright.records import Event

Coded = tuple[Trigger, Event]

# What stands as complement of these is their content, not a second act.
_CONTAINERS = frozenset({"PROMISE", "ANNOUNCE", "THREATEN", "REQUEST", "ACCUSE", "RETALIATE"})
# An act of these types keeps what is named after it from being a fact: "rejected talks", "asked for aid".
_FORESTALLS = frozenset({"REJECT", "REQUEST", "AGREE", "THREATEN"})
_FORESTALLED = frozenset({"CONSULT", "COOPERATE", "SUPPORT", "AID"})


def without_sharpening(scene: Scene, found: list[Coded]) -> list[Coded]:
    """The events less those whose words only sharpen another of the same type in their sentence.

    That is a verb that shares its object with the one before ("attacked and killed the guards"), a participle that
    tells the outcome ("struck a depot, killing six"), a noun that is the object of its own act ("mediated talks"),
    and a second word of praise or blame for the same actor.
    """
    by_token = {trigger.token: (trigger, event) for trigger, event in found}
    kept: list[Coded] = []
    for trigger, event in found:
        if trigger.verb is None:
            drop = _noun_sharpens(scene, trigger, event, by_token)
        else:
            drop = (
                _is_content(scene, trigger.verb, by_token)
                or _is_outcome(scene, trigger, trigger.verb, event, by_token)
                or (trigger.pattern.needs == "host" and _talks_there(scene, trigger.verb, by_token))
                or _says_again(scene, trigger.verb, event, kept)
            )
        if not drop:
            kept.append((trigger, event))
    return kept


def _noun_sharpens(scene: Scene, trigger: Trigger, event: Event, by_token: Mapping[int, Coded]) -> bool:
    """Whether the noun's act is told by the verb of its relative clause, or kept from being one by the verb above."""
    parse = scene.parse
    for other in parse.children(trigger.token, "relcl", "acl"):
        if other in by_token and by_token[other][1].event_type == event.event_type:
            return True
    above = governor(parse, trigger.token)
    ruling = by_token.get(above) if above is not None else None
    return ruling is not None and ruling[1].event_type in _FORESTALLS and event.event_type in _FORESTALLED


def _is_content(scene: Scene, verb: int, by_token: Mapping[int, Coded]) -> bool:
    """Whether the verb says what another promises, announces, demands or threatens."""
    parse = scene.parse
    above = parse.heads[verb]
    if parse.deps[verb] == "pcomp":
        above = parse.heads[above]
    elif parse.deps[verb] not in ("ccomp", "xcomp") or verb < above:
        return False
    container = by_token.get(above)
    return container is not None and container[0].pattern.event_type in _CONTAINERS


def _is_outcome(scene: Scene, trigger: Trigger, verb: int, event: Event, by_token: Mapping[int, Coded]) -> bool:
    """Whether the verb tells the outcome of the act above, or shares its object with it."""
    parse = scene.parse
    above = by_token.get(parse.heads[verb])
    if above is None or above[1].event_type != event.event_type or above[0].verb != parse.heads[verb]:
        return False
    if parse.tags[verb] == "VBG" and parse.deps[verb] in ("advcl", "acl"):
        return set(event.targets) <= set(above[1].targets)
    shares = parse.deps[verb] == "conj" and parse.child(parse.heads[verb], "dobj") is None
    return shares and trigger.patient is not None and above[0].patient == trigger.patient


def _says_again(scene: Scene, verb: int, event: Event, before: list[Coded]) -> bool:
    """Whether the same sentence has praised or blamed the same actor already."""
    if event.event_type not in ("ACCUSE", "SUPPORT") or not event.targets or scene.parse.deps[verb] == "conj":
        return False
    start = scene.parse.sentence_of(verb).start
    return any(
        other.event_type == event.event_type
        and other.trigger_start >= start
        and (other.sources, other.targets) == (event.sources, event.targets)
        for _, other in before[-3:]
    )


def _talks_there(scene: Scene, verb: int, by_token: Mapping[int, Coded]) -> bool:
    """Whether the clause of travel names the talks that it was for, which then are the row."""
    parse = scene.parse
    return any(
        parse.lower[prep] == "for" and any(inner in by_token for inner in parse.children(prep, "pobj"))
        for prep in own_tokens(parse, verb)
    )
