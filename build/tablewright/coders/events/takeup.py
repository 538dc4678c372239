"""What pronouns and "the decision" take up, where an act is aimed at another act."""

from __future__ import annotations

from tablewright.coders.events.scene import Scene
from tablewright.coders.events.triggers import Trigger, object_lemmas
from tablewright.records import Event

# The types of acts that are aimed at what somebody has done or said.
ABOUT_ACTS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "CONCEDE", "REQUEST", "LABEL", "THREATEN", "RETREAT"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
_THIRD = frozenset({"it", "its", "they", "their", "them", "him", "his", "her"})
_TAKES_UP = frozenset({"it", "this", "that", "them", "these", "those"})
# Characters back to the act that is taken up.
_REACH = 600


def other_before(scene: Scene, head: int, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Whom "it" or "its attack" means where it cannot be the one who speaks of it: the other actor named before."""
    parse = scene.parse
    pronoun = head if parse.pos[head] == "PRON" else parse.child(head, "poss")
    if pronoun is None or parse.lower[pronoun] not in _THIRD or not sources:
        return ()
    for token in range(pronoun - 1, parse.sentence_of(head).first - 1, -1):
        found = scene.cast.referents.get(token, ())
        if found and parse.pos[token] == "PROPN" and not set(found) & set(sources):
            return found
    return ()


def known_opponent(scene: Scene, head: int | None, sources: tuple[str, ...], earlier: list[Event]) -> tuple[str, ...]:
    """With whom the doer dealt in the acts just before: whose ties are cut, or of whom an apology is asked."""
    parse = scene.parse
    if head is None or not sources:
        return ()
    definite = any(parse.lower[child] in _DEFINITE for child in parse.children(head, "det"))
    if not definite and parse.lemmas[head].lower() not in scene.lexicon.classes["bilateral"]:
        return ()
    for event in reversed(earlier):
        if parse.starts[head] - event.end > _REACH:
            return ()
        if set(event.sources) & set(sources):
            others = event.targets or tuple(each for each in event.sources if each not in sources)
        else:
            others = event.sources
        if others and not set(others) & set(sources):
            return others
    return ()


def taken_up(scene: Scene, head: int, sources: tuple[str, ...], earlier: list[Event]) -> tuple[str, ...]:
    """Who did what "the decision", "the charge" or "it" takes up: the doer of the last act before."""
    parse = scene.parse
    lemma = parse.lemmas[head].lower()
    definite = any(parse.lower[child] in _DEFINITE for child in parse.children(head, "det"))
    named = definite and lemma in scene.lexicon.classes["act"]
    sums_up = lemma in ("step", "move") and parse.deps[head] in ("appos", "npadvmod", "dobj", "attr", "conj")
    if parse.lower[head] not in _TAKES_UP and not named and not sums_up:
        return ()
    start = parse.starts[head]
    for event in reversed(earlier):
        if start - event.end > _REACH:
            return ()
        if event.sources and not set(event.sources) & set(sources):
            return event.sources
    return ()


def next_receivers(scene: Scene, trigger: Trigger, before: Event) -> tuple[str, ...]:
    """Who receives what further donors give, where a list of gifts names the receiver once."""
    if trigger.patient is None or before.event_type not in ("AID", "AGREE"):
        return ()
    if not object_lemmas(scene, trigger.patient) & scene.lexicon.classes["money"]:
        return ()
    return before.targets if scene.parse.starts[trigger.token] - before.end < _REACH else ()
