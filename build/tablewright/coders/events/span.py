"""The clause that reports an act, and where in it the place stands."""

from __future__ import annotations

from collections.abc import Iterable

from tablewright.coders.events.grammar import VERBAL, own_tokens
from tablewright.coders.events.nominal import visited_from
from tablewright.coders.events.places import find_place, name_at
from tablewright.coders.events.scene import Scene
from tablewright.coders.events.triggers import Trigger
from tablewright.parse import Parse

_GOING = frozenset({"CONSULT", "RETREAT", "MOBILIZE", "ASSAULT", "COERCE", "AID"})


def place_of(scene: Scene, trigger: Trigger, event_type: str, span: range) -> tuple[str | None, str | None]:
    if event_type == "CONSULT" and trigger.patient is not None and trigger.light is None:
        place = name_at(scene, trigger.patient)
        if place is not None and place[1] is not None:
            return place
    tokens: Iterable[int] = span
    verb = trigger.verb if trigger.verb is not None else visited_from(scene, trigger)
    if verb is not None:
        aside = (
            {t for a in scene.parse.children(trigger.patient, "acl") for t in scene.parse.subtree(a)}
            if trigger.patient
            else ()
        )
        tokens = [t for t in own_tokens(scene.parse, verb) if t not in aside]
    heads = {token for token in (trigger.token, trigger.verb, trigger.patient) if token is not None}
    return find_place(scene, tokens, heads, goal=event_type in _GOING, visit=event_type == "CONSULT")


def clause_of(parse: Parse, trigger: Trigger) -> range:
    """The tokens from first to last of the clause that reports the act, without what is coordinated with it."""
    head = trigger.token if trigger.verb is None else trigger.verb
    found = [head]
    for token in found:
        for child in parse.children(token):
            dep = parse.deps[child]
            if token == head and dep in ("conj", "parataxis") and parse.pos[child] in VERBAL:
                continue
            if token == head and dep == "advcl" and parse.child(child, "nsubj", "nsubjpass") is not None:
                continue
            if token == head and dep in ("cc", "punct", "mark", "preconj"):
                continue
            if trigger.verb is None and token == head and dep in ("relcl", "appos", "conj"):
                continue
            if child > head and dep == "relcl":
                continue
            found.append(child)
    first, stop = min(found), max(found) + 1
    while (
        stop - 1 > head and parse.pos[stop - 1] in ("PUNCT", "CCONJ") and parse.words[stop - 1] not in ("”", '"', ")")
    ):
        stop -= 1
    while first < head and parse.pos[first] in ("PUNCT", "CCONJ") and parse.words[first] not in ("“", '"', "("):
        first += 1
    return range(first, stop)
