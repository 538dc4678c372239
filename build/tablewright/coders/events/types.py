"""The PLOVER type of an act whose verb leaves it to its complement, and the type's quad class."""

from __future__ import annotations

from tablewright.coders.events.modality import verb_status
from tablewright.coders.events.scene import Scene
from tablewright.coders.events.triggers import Trigger, object_lemmas, thing, verb_trigger
from tablewright.knowledge.verbs import Pattern

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "EXERCISE", "PROMISE"})
CONCILIATORY = frozenset({"CONCEDE", "RETREAT"})
_JOINT_WORDS = frozenset({"joint", "bilateral", "trilateral", "combined", "multinational", "multilateral"})


def complement(scene: Scene, verb: int) -> Trigger | None:
    """The act that stands as complement of a verb such as "agreed": "to send tanks", "that it would leave"."""
    parse = scene.parse
    for child in parse.children(verb, "xcomp", "ccomp", "advcl"):
        if parse.pos[child] == "VERB" and parse.lemmas[child].lower() in scene.lexicon.verbs:
            found = verb_trigger(scene, child)
            if found is not None:
                return found
    noun = parse.child(verb, "dobj", "nsubjpass")
    if noun is not None:
        for child in parse.children(noun, "acl"):
            if parse.pos[child] == "VERB" and parse.lemmas[child].lower() in scene.lexicon.verbs:
                return verb_trigger(scene, child)
    return None


def decided_type(scene: Scene, trigger: Trigger, sources: int) -> str | None:
    """The PLOVER type of the trigger, None where what it says is no act after all."""
    kind = trigger.pattern.event_type
    if kind == "EXERCISE":
        return _exercise(scene, trigger, sources)
    if kind not in ("PROMISE", "ANNOUNCE") or trigger.verb is None:
        return kind
    inner = complement(scene, trigger.verb)
    content = inner.pattern.event_type if inner is not None else _noun_type(scene, trigger)
    if kind == "PROMISE":
        if content in CONCILIATORY:
            return "CONCEDE"
        return "AGREE" if content is None or content in COOPERATIVE else "THREATEN"
    if content is None:
        return None
    if inner is not None and inner.verb is not None and verb_status(scene, inner.verb) in ("occurred", "ongoing"):
        return None
    if content in CONCILIATORY:
        return "CONCEDE"
    if content == "SUPPORT":
        return "SUPPORT" if inner is None else "AGREE"
    return "AGREE" if content in COOPERATIVE else content


def _noun_type(scene: Scene, trigger: Trigger) -> str | None:
    """The type of an object that is an act or the stuff of one ("pledged aid", "announced sanctions")."""
    if trigger.patient is None:
        return None
    lemmas = object_lemmas(scene, trigger.patient)
    classes = scene.lexicon.classes
    if lemmas & classes["sanction"]:
        return "SANCTION"
    rows: list[Pattern] = []
    for token in thing(scene, trigger.patient):
        rows.extend(scene.lexicon.nouns.get(scene.parse.lemmas[token].lower(), ()))
    if rows:
        return rows[-1].event_type
    if lemmas & (classes["aid"] | classes["money"]):
        return "AID"
    return "AGREE" if lemmas & classes["plan"] else None


def _exercise(scene: Scene, trigger: Trigger, sources: int) -> str:
    """An exercise of several is cooperation, one of a single country a show of force."""
    words = {scene.parse.lower[child] for child in scene.parse.children(trigger.token)}
    return "COOPERATE" if sources > 1 or words & _JOINT_WORDS else "MOBILIZE"
