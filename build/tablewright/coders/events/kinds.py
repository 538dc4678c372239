"""The PLOVER type of an act whose verb leaves it to its complement, and the type's quad class."""

from __future__ import annotations

from tablewright.coders.events.grammar import doer, own_tokens, preposition
from tablewright.coders.events.modality import verb_status
from tablewright.coders.events.scene import Scene
from tablewright.coders.events.triggers import Trigger, complement, following_words, object_lemmas, thing
from tablewright.knowledge.verbs import Pattern

_MILITARY_STUFF = frozenset({"aircraft", "carrier", "ship", "jet", "tank", "helicopter", "vessel", "warship", "drone"})
COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "EXERCISE", "PROMISE"})
CONCILIATORY = frozenset({"CONCEDE", "RETREAT"})
_JOINT_WORDS = frozenset({"joint", "bilateral", "trilateral", "combined", "multinational", "multilateral"})


def decided_type(scene: Scene, trigger: Trigger, sources: int, aimed: bool = True) -> str | None:
    """The PLOVER type of the trigger, None where what it says is no act after all."""
    kind = trigger.pattern.event_type
    if kind == "ASSAULT" and trigger.verb is not None and scene.parse.deps[trigger.verb] in ("ccomp", "conj"):
        return "THREATEN" if verb_status(scene, trigger.verb) == "planned" else kind
    if kind == "REQUEST" and trigger.verb is not None and _only_calls(scene, trigger.verb):
        return "CONSULT"
    if kind == "RETALIATE":
        return "THREATEN" if trigger.verb is not None and verb_status(scene, trigger.verb) == "planned" else None
    if kind == "PROTEST" and trigger.verb is not None and scene.parse.lemmas[trigger.verb] == "protest" and sources:
        return "ACCUSE" if _is_official(scene, trigger.verb) else "PROTEST"
    if kind == "EXERCISE":
        return _exercise(scene, trigger, sources)
    if kind == "LABEL" and trigger.verb is not None:
        return _label(scene, trigger.verb)
    if kind not in ("PROMISE", "ANNOUNCE") or trigger.verb is None:
        return kind
    inner = complement(scene, trigger.verb)
    content = inner.pattern.event_type if inner is not None else _noun_type(scene, trigger)
    if kind == "PROMISE":
        if content in CONCILIATORY:
            return "CONCEDE"
        if content in (None, "SUPPORT") and not aimed and _keeps_to_itself(scene, trigger.verb):
            return None
        return "AGREE" if content is None or content in COOPERATIVE else "THREATEN"
    if content is None:
        return "AGREE" if sources > 1 else None
    if inner is not None and inner.verb is not None and verb_status(scene, inner.verb) in ("occurred", "ongoing"):
        return None
    if content in CONCILIATORY:
        return "CONCEDE"
    if content == "SUPPORT":
        return "SUPPORT" if inner is None else "AGREE"
    return "AGREE" if content in COOPERATIVE else content


def _keeps_to_itself(scene: Scene, verb: int) -> bool:
    """Whether what is promised concerns nobody else: "vowed to defend its waters", "pledged to stay in office"."""
    inner = scene.parse.child(verb, "xcomp")
    return inner is not None and scene.parse.lemmas[inner] in scene.lexicon.classes["self_regarding"]


def _label(scene: Scene, verb: int) -> str | None:
    """Whether somebody or something is called bad or good; a label in quotation marks is seldom a kind one."""
    parse = scene.parse
    words = list(following_words(parse, verb))
    if scene.lexicon.classes["bad"].intersection(words):
        return "ACCUSE"
    if scene.lexicon.classes["good"].intersection(words):
        return "SUPPORT"
    if parse.lemmas[verb] not in ("call", "label", "brand", "dub", "term"):
        return None
    return "ACCUSE" if any(word in ('"', "“", "'", "‘") for word in words) else None


def _only_calls(scene: Scene, verb: int) -> bool:
    """Whether "call on" is to visit: nothing is asked for."""
    parse = scene.parse
    if parse.lemmas[verb] != "call" or any(parse.lower[token] == "for" for token in own_tokens(parse, verb)):
        return False
    return not any(parse.tags[token] == "VB" and token > verb for token in parse.subtree(verb))


def _noun_type(scene: Scene, trigger: Trigger) -> str | None:
    """The type of an object that is an act or the stuff of one ("pledged aid", "announced sanctions")."""
    things = [trigger.patient] if trigger.patient is not None else []
    if trigger.verb is not None and trigger.pattern.event_type == "PROMISE":
        things.extend(inner for word in ("to", "on") for inner in preposition(scene.parse, trigger.verb, word))
    for head in things:
        found = _stuff(scene, head)
        if found is not None:
            return found
    return None


def _stuff(scene: Scene, head: int) -> str | None:
    """The type of the act that the noun phrase at `head` is or stands for."""
    lemmas = object_lemmas(scene, head)
    classes = scene.lexicon.classes
    if lemmas & classes["sanction"]:
        return "SANCTION"
    rows: list[Pattern] = []
    for token in thing(scene, head):
        rows.extend(scene.lexicon.nouns.get(scene.parse.lemmas[token].lower(), ()))
    if rows:
        return rows[-1].event_type
    if lemmas & (classes["aid"] | classes["money"]):
        return "AID"
    return "AGREE" if lemmas & classes["plan"] else None


def _is_official(scene: Scene, verb: int) -> bool:
    """Whether a government or one of its people protests, by words and not in the street."""
    head = doer(scene.parse, verb)
    ids = scene.cast.referents.get(head, ()) if head is not None else ()
    kinds = {scene.cast.actors[each].kind for each in ids if each in scene.cast.actors}
    return bool(kinds & {"country", "government_body", "intergovernmental_organization", "person"})


def _exercise(scene: Scene, trigger: Trigger, sources: int) -> str:
    """An exercise of several is cooperation, one of a single country a show of force."""
    words = {scene.parse.lower[child] for child in scene.parse.children(trigger.token)}
    return "COOPERATE" if sources > 1 or words & _JOINT_WORDS else "MOBILIZE"


def is_military(scene: Scene, trigger: Trigger) -> bool:
    """Whether what is sent are arms that move by themselves, so that without a receiver it is a show of force."""
    return trigger.patient is not None and bool(object_lemmas(scene, trigger.patient) & _MILITARY_STUFF)
