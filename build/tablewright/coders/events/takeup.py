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
# What stands for an act of any type, so that the act just before may be meant.
_ANY_ACT = frozenset(
    {"decision", "move", "measure", "step", "action", "announcement", "remark", "comment", "statement"}
)
_BACK = 3
_OFFERS = frozenset({"proposal", "offer", "plan", "bid", "initiative", "request", "demand", "appeal", "pledge"})
_FORCE = frozenset({"SANCTION", "COERCE"})
_MORE = frozenset({"add", "follow", "match", "also", "another", "further", "additional", "more", "too", "contribute"})


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


def follows(scene: Scene, token: int, event: Event) -> bool:
    """Whether the event is told in the sentence of `token` or in one of the three before: further back is a guess."""
    parse = scene.parse
    before = parse.sentence_at(event.trigger_start)
    return before is not None and parse.sentence_of(token).position - before.position <= _BACK


def known_opponent(scene: Scene, head: int | None, sources: tuple[str, ...], earlier: list[Event]) -> tuple[str, ...]:
    """With whom the doer dealt in the act just before: whose ties are cut, or of whom an apology is asked."""
    parse = scene.parse
    if head is None or not sources:
        return ()
    definite = any(parse.lower[child] in _DEFINITE for child in parse.children(head, "det"))
    if (not definite or _is_told_apart(scene, head)) and parse.lemmas[head].lower() not in scene.lexicon.classes[
        "bilateral"
    ]:
        return ()
    for event in reversed(earlier):
        if not follows(scene, head, event):
            return ()
        beside = event.trigger_start >= parse.sentence_of(head).start
        if _side(scene, event.sources) & _side(scene, sources):
            others = event.targets or tuple(each for each in event.sources if each not in sources)
        else:
            answered = _side(scene, event.targets) & _side(scene, sources)
            others = event.sources if answered or (not event.targets and beside) else ()
        if others and not set(others) & set(sources):
            return others
    return ()


def _side(scene: Scene, ids: tuple[str, ...]) -> set[str]:
    """The actors with those whom they act for: what was done to Mexico, its president answers."""
    actors = scene.cast.actors
    return {*ids, *(actors[each].affiliation_id or each for each in ids if each in actors)}


def taken_up(scene: Scene, head: int, sources: tuple[str, ...], earlier: list[Event]) -> tuple[str, ...]:
    """Who did what "the decision", "the charge" or "it" takes up: the doer of the last act before, where the word
    fits that act and says nothing by which another could be meant ("the attack on a hospital")."""
    parse = scene.parse
    lemma = parse.lemmas[head].lower()
    definite = any(parse.lower[child] in _DEFINITE for child in parse.children(head, "det"))
    named = definite and lemma in scene.lexicon.classes["act"] and not _is_told_apart(scene, head)
    sums_up = lemma in ("step", "move") and parse.deps[head] in ("appos", "npadvmod", "dobj", "attr", "conj")
    if parse.lower[head] not in _TAKES_UP and not named and not sums_up:
        return ()
    for event in reversed(earlier):
        if not follows(scene, head, event):
            return ()
        if event.sources and not set(event.sources) & set(sources) and (not named or _names(scene, lemma, event)):
            return event.sources
    return ()


def _is_told_apart(scene: Scene, head: int) -> bool:
    """Whether the noun's own phrase says which act is meant: whose, of what, on whom."""
    parse = scene.parse
    if parse.child(head, "poss", "relcl", "acl") is not None:
        return True
    return any(parse.child(prep, "pobj") is not None for prep in parse.children(head, "prep"))


def _names(scene: Scene, lemma: str, event: Event) -> bool:
    """Whether the noun may be the name of the event: one for any act, or one of the event's type."""
    kinds = {row.event_type for row in scene.lexicon.nouns.get(lemma, ())}
    if lemma in _OFFERS:
        return event.event_type in ("AGREE", "REQUEST")
    if lemma in _ANY_ACT or not kinds:
        return event.event_type != "CONSULT"
    return event.event_type in kinds or bool(kinds & _FORCE and event.event_type in _FORCE)


def next_receivers(scene: Scene, trigger: Trigger, before: Event) -> tuple[str, ...]:
    """Who receives what further donors give, where a list of gifts names the receiver once."""
    parse = scene.parse
    if trigger.patient is None or before.event_type not in ("AID", "AGREE"):
        return ()
    if not object_lemmas(scene, trigger.patient) & scene.lexicon.classes["money"]:
        return ()
    sentence = parse.sentence_of(trigger.token)
    listed = before.trigger_start >= sentence.start or any(
        parse.lemmas[token].lower() in _MORE for token in range(sentence.first, sentence.stop)
    )
    return before.targets if listed and follows(scene, trigger.token, before) else ()
