"""The clause that reports an act, and where in it the place stands."""

from __future__ import annotations

from collections.abc import Iterable

from tablewright.coders.events.grammar import VERBAL, own_tokens
from tablewright.coders.events.nominal import visited_from
from tablewright.coders.events.places import find_place, name_at
from tablewright.coders.events.scene import RELATIVES, Scene
from tablewright.coders.events.triggers import Trigger
from tablewright.parse import Parse

_OPENERS = frozenset({"“", "‘", '"', "("})
_INSIDE = frozenset({",", ".", "!", "?"})
"""What stands inside a closing quotation mark in American setting."""
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
            if token == head and _stands_apart(parse, child, head, trigger.verb is None):
                continue
            if child > head and _is_aside(parse, child):
                continue
            found.append(child)
    first, stop = min(found), max(found) + 1
    first = _with_antecedent(parse, trigger, _after_conjunction(parse, first, head))
    while stop - 1 > head and parse.pos[stop - 1] in ("PUNCT", "CCONJ"):
        stop -= 1
    while first < head and parse.pos[first] in ("PUNCT", "CCONJ") and parse.words[first] not in _OPENERS:
        first += 1
    return range(first, _closed(parse, first, stop))


def _stands_apart(parse: Parse, child: int, head: int, is_noun: bool) -> bool:
    """Whether what hangs on the act's own word is another clause, or joins it to one."""
    dep = parse.deps[child]
    if dep in ("cc", "punct", "mark", "preconj"):
        return True
    if dep in ("conj", "parataxis") and (is_noun or parse.pos[child] in VERBAL):
        return True
    if is_noun:
        return dep in ("relcl", "appos")
    if dep in ("ccomp", "advcl") and child < head:
        return any(parse.words[token] in (";", ":") for token in range(child, head))
    return dep == "advcl" and parse.child(child, "nsubj", "nsubjpass") is not None


def _is_aside(parse: Parse, child: int) -> bool:
    """Whether the words add something about a noun that the act does not need: after a comma, or with "which"."""
    if parse.deps[child] not in ("relcl", "appos", "acl"):
        return False
    first = min(parse.subtree(child))
    if first == 0 or any(word in ("“", "‘", '"') for word in parse.words[max(0, first - 6) : first]):
        return False
    return parse.words[first - 1] in (",", "—", "–") or (
        parse.deps[child] == "relcl" and parse.lower[first] in RELATIVES
    )


def _after_conjunction(parse: Parse, first: int, head: int) -> int:
    """Past "hours after" or "when" at the clause's start; "while" belongs to it."""
    for token in range(first, min(first + 4, head)):
        if parse.lower[token] in ("after", "before", "when", "where") and parse.heads[token] == head:
            return token + 1
    return first


def _with_antecedent(parse: Parse, trigger: Trigger, first: int) -> int:
    """With the noun phrase that "that" takes up, where it is what the act is done to ("the deal that he signed")."""
    done_to = trigger.patient
    if trigger.verb is None or done_to is None or done_to >= first or parse.lower[first] != "that":
        return first
    inner = [child for child in parse.children(done_to) if child < done_to]
    return min([done_to, *(token for child in inner for token in parse.subtree(child))])


def _closed(parse: Parse, first: int, stop: int) -> int:
    """The stop moved past the marks that close what the clause opens; a comma or full stop may stand before them."""
    words = parse.words[first:stop]
    after = stop + 1 if stop < len(parse) and parse.words[stop] in _INSIDE else stop
    if after == len(parse):
        return stop
    for opener, closer in (("(", ")"), ("“", "”"), ("‘", "’")):
        if words.count(opener) > words.count(closer) and parse.words[after] == closer:
            return after + 1
    if words.count('"') % 2 and parse.words[after] == '"':
        return after + 1
    return stop
