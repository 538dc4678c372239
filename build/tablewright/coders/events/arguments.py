"""Who takes part in an act: sources and targets by the pattern of its trigger."""

from __future__ import annotations

from tablewright.coders.events.counterparts import targets_of
from tablewright.coders.events.doers import sources_of, union
from tablewright.coders.events.grammar import doer, preposition
from tablewright.coders.events.nominal import noun_roles
from tablewright.coders.events.roles import Roles
from tablewright.coders.events.scene import FIRST_PERSON, Scene, actors_of, pobj
from tablewright.coders.events.triggers import Trigger
from tablewright.records import Event


def roles_of(scene: Scene, trigger: Trigger, earlier: list[Event]) -> Roles:
    """The roles of the act that `trigger` says. `earlier` are the events before it, which "the decision" takes up."""
    if trigger.verb is None:
        return noun_roles(scene, trigger)
    sources = sources_of(scene, trigger, trigger.verb)
    targets, counterpart = targets_of(scene, trigger, trigger.verb, sources, earlier)
    if trigger.pattern.joint == "joint" and targets and _through_mediator(scene, trigger.verb):
        return Roles(targets, sources, True)
    if trigger.pattern.joint in ("guest", "received"):
        return Roles(targets, sources, counterpart)
    if trigger.pattern.joint == "joint":
        return Roles(union(sources, targets), (), counterpart)
    return Roles(sources, targets, counterpart)


def _through_mediator(scene: Scene, verb: int) -> bool:
    """Whether those met are the mediators, who by the codebook are the source, and the parties the targets."""
    parse = scene.parse
    return any(parse.lemmas[head] in ("mediator", "facilitator") for head in preposition(parse, verb, "with"))


def subject_is_quoted(scene: Scene, trigger: Trigger) -> bool:
    """Whether the act is told inside quotation marks by somebody else than its doer ("we" is the doer)."""
    if trigger.token not in scene.quoted:
        return False
    if trigger.verb is None:
        return scene.quoted[trigger.token].kind == "statement"
    head = doer(scene.parse, trigger.verb)
    if head is None:
        return True
    if scene.parse.lower[head] in FIRST_PERSON:
        return False
    return head in scene.quoted


def faced(scene: Scene, trigger: Trigger, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a show of force is made at: the actor it is made around, near, off or against."""
    for word in ("against", "around", "near", "off"):
        heads = [pobj(scene.parse, trigger.token, word)]
        heads.extend(preposition(scene.parse, trigger.verb, word) if trigger.verb is not None else ())
        for head in heads:
            found = actors_of(scene, head, owner=True) if head is not None else ()
            found = tuple(each for each in found if each not in sources)
            if found:
                return found
    return ()
