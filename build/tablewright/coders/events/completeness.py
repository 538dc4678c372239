"""Whether an act that was found makes a row: the codebook's demands on who must be named, and on present tense."""

from __future__ import annotations

from tablewright.coders.events.grammar import doer, is_passive
from tablewright.coders.events.kinds import COOPERATIVE
from tablewright.coders.events.modality import Status, is_simple_present
from tablewright.coders.events.roles import Roles
from tablewright.coders.events.scene import Scene, actors_of
from tablewright.coders.events.triggers import Trigger, object_lemmas

_SPOKEN = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})
_STATIVE = frozenset({"support", "back", "oppose", "defend", "recognise", "recognize", "resist", "require", "champion"})
_SOMEBODY = frozenset({"he", "she", "they", "it", "who", "i", "we"})


def is_complete(scene: Scene, trigger: Trigger, event_type: str, roles: Roles) -> bool:
    """Whether the act names those without whom it is no row."""
    needs = trigger.pattern.needs
    if not roles.sources and not roles.targets:
        return False
    if needs in ("crowd", "received"):
        return needs == "crowd" or bool(roles.targets)
    if trigger.verb is None and not roles.sources and event_type != "PROTEST":
        return False
    if trigger.pattern.joint == "joint" and (len(roles.sources) > 1 or needs == "joint" or trigger.verb is None):
        return len(roles.sources) > 1
    if trigger.verb is not None and not roles.sources and event_type in _SPOKEN | COOPERATIVE:
        head = doer(scene.parse, trigger.verb)
        known = head is not None and (
            scene.parse.lower[head] in _SOMEBODY
            or scene.parse.lemmas[head].lower() in scene.lexicon.classes["institution"]
        )
        if not known and (head is not None or not is_passive(scene.parse, trigger.verb)):
            return False
        if known:
            return bool(roles.targets)
    if not roles.sources and (needs == "host" or not _happened_to_actor(scene, trigger)):
        return False
    if needs in ("target", "host", "demand"):
        return bool(roles.counterpart or roles.targets)
    if needs == "object":
        return bool(roles.targets) or trigger.patient is not None or _has_complement(scene, trigger)
    return True


def _happened_to_actor(scene: Scene, trigger: Trigger) -> bool:
    """Whether an act without a known doer was done by somebody armed, or to a patient that is an actor itself."""
    parse, verb = scene.parse, trigger.verb
    head = doer(parse, verb) if verb is not None else None
    if head is not None:
        return parse.lemmas[head].lower() in scene.lexicon.classes["armed"]
    return trigger.patient is not None and bool(actors_of(scene, trigger.patient))


def _has_complement(scene: Scene, trigger: Trigger) -> bool:
    return trigger.verb is not None and scene.parse.child(trigger.verb, "xcomp", "ccomp") is not None


def settled_status(scene: Scene, trigger: Trigger, event_type: str, status: Status, roles: Roles) -> Status | None:
    """The status once tense and participants are known together; None for a habit or a general state."""
    parse, verb = scene.parse, trigger.verb
    if verb is not None and parse.lemmas[verb] == "due":
        return "planned"
    if verb is None or not is_simple_present(parse, verb):
        return status
    if event_type in _SPOKEN:
        return None if parse.lemmas[verb] in _STATIVE else "occurred"
    if event_type == "COOPERATE" and trigger.pattern.words & {"together"} and len(roles.sources) > 1:
        return "ongoing"
    gives = event_type == "AID" and trigger.patient is not None and parse.deps[verb] != "relcl"
    return "ongoing" if gives and roles.sources and roles.targets and _is_goods(scene, trigger) else None


def _is_goods(scene: Scene, trigger: Trigger) -> bool:
    classes = scene.lexicon.classes
    things = object_lemmas(scene, trigger.patient) if trigger.patient is not None else frozenset[str]()
    return bool(things & (classes["aid"] | classes["money"]))
