"""At, with or for whom an act is: the targets of an act that a verb says, by the slots of its pattern."""

from __future__ import annotations

from tablewright.coders.events.doers import is_private
from tablewright.coders.events.grammar import own_tokens, patient, preposition
from tablewright.coders.events.places import host_of, name_at
from tablewright.coders.events.scene import FIRST_PERSON, Scene, actors_of, pobj
from tablewright.coders.events.takeup import ABOUT_ACTS, follows, known_opponent, next_receivers, other_before, taken_up
from tablewright.coders.events.triggers import Trigger, complement
from tablewright.records import Event

_ANSWERS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "CONCEDE", "REQUEST", "LABEL", "SANCTION"})
_ADJUNCT = frozenset(
    {"in", "at", "by", "since", "during", "after", "before", "via", "through", "under", "within", "as"}
)
_NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON"})
# Words of a phrase that are looked at for a name, and words after a verb for a phrase that was hung elsewhere.
_NEAR = 10
_FAR = 24


def targets_of(
    scene: Scene, trigger: Trigger, verb: int, sources: tuple[str, ...], earlier: list[Event]
) -> tuple[tuple[str, ...], bool]:
    """The targets of the act, and whether the text names the other side at all, be it as a class of actors.

    `earlier` are the events before it in the text, the last of which "the decision" may take up.
    """
    slots = trigger.pattern.target
    if trigger.light is not None:
        slots = tuple(dict.fromkeys((*slots, *trigger.light.target)))
    about_acts = trigger.pattern.event_type in ABOUT_ACTS
    named = False
    for slot in slots:
        for head in _slot_heads(scene, trigger, verb, slot):
            named = named or is_class(scene, head) or (slot == "host" and _is_abroad(scene, head, sources))
            owner = not is_private(scene, head)
            found = host_of(scene, head) if slot == "host" else actors_of(scene, head, owner=owner)
            found = tuple(each for each in found if each not in sources)
            if not found and slot == "object" and about_acts:
                found = other_before(scene, head, sources) or taken_up(scene, head, sources, earlier)
            if found:
                return found, True
    return _implied(scene, trigger, verb, sources, earlier, named)


def _implied(
    scene: Scene, trigger: Trigger, verb: int, sources: tuple[str, ...], earlier: list[Event], named: bool
) -> tuple[tuple[str, ...], bool]:
    """The targets that the clause above, the act before, or the complement gives."""
    if trigger.pattern.event_type in ABOUT_ACTS and _is_purpose(scene, verb):
        addressed = patient(scene.parse, scene.parse.heads[verb])
        found = actors_of(scene, addressed) if addressed is not None else ()
        found = tuple(each for each in found if each not in sources)
        if found:
            return found, True
    if trigger.pattern.event_type == "REJECT" and trigger.patient is None and earlier:
        asked = earlier[-1]
        answers = asked.event_type in ("REQUEST", "AGREE") and set(asked.targets) & set(sources)
        if answers and follows(scene, verb, asked):
            return asked.sources, True
    inner = complement(scene, verb) if trigger.pattern.event_type in ("PROMISE", "ANNOUNCE") else None
    if inner is not None and inner.verb is not None:
        found, other = targets_of(scene, inner, inner.verb, sources, earlier)
        return found, named or other
    if not named and trigger.pattern.event_type in _ANSWERS:
        found = known_opponent(scene, trigger.patient, sources, earlier)
        return found, bool(found)
    if not named and trigger.pattern.event_type in ("AID", "PROMISE", "AGREE") and earlier:
        found = tuple(each for each in next_receivers(scene, trigger, earlier[-1]) if each not in sources)
        return found, bool(found)
    return (), named


def _is_purpose(scene: Scene, verb: int) -> bool:
    """Whether the verb tells what another was done for: "telephoned him to demand a date"."""
    parse = scene.parse
    return parse.deps[verb] == "advcl" and parse.tags[verb] == "VB" and parse.pos[parse.heads[verb]] == "VERB"


def _slot_heads(scene: Scene, trigger: Trigger, verb: int, slot: str) -> list[int]:
    """The heads of the phrases that stand in `slot` of the verb's clause."""
    parse = scene.parse
    if slot == "object":
        return [trigger.patient] if trigger.patient is not None else []
    if slot == "dative":
        return parse.children(verb, "dative", "iobj")
    if slot == "host":
        heads = [trigger.patient] if trigger.patient is not None else []
        return [
            *heads,
            *(head for word in ("to", "in", "into", "for", "at") for head in preposition(parse, verb, word)),
        ]
    if slot == "clause":
        return clause_subjects(scene, trigger)
    if slot == "near":
        return _actors_after(scene, own_tokens(parse, verb), verb)
    if slot == "content":
        return _actors_after(scene, parse.subtree(verb), verb)
    heads = list(preposition(parse, verb, slot)) or _attached_above(scene, verb, slot)
    if trigger.patient is not None and not heads:
        heads = [
            inner for inner in (pobj(parse, each, slot) for each in parse.subtree(trigger.patient)) if inner is not None
        ]
    return heads


def _attached_above(scene: Scene, verb: int, word: str) -> list[int]:
    """The actor after `word` in the rest of the sentence, where the parser hung the phrase above the verb's clause."""
    parse = scene.parse
    if word not in ("against", "with", "between"):
        return []
    if parse.deps[verb] == "conj" and parse.heads[verb] < verb:
        for token in range(parse.heads[verb] + 1, verb):
            if parse.lower[token] == word and parse.lower[token - 1] in ("and", ","):
                return parse.children(token, "pobj")
    for token in range(verb + 1, min(verb + _FAR, parse.sentence_of(verb).stop)):
        if parse.pos[token] == "CCONJ" and parse.pos[parse.heads[token]] in ("VERB", "AUX"):
            return []
        if parse.lower[token] == word and parse.deps[token] == "prep" and parse.heads[token] <= verb:
            inner = parse.child(token, "pobj")
            return [inner] if inner is not None else []
    return []


def clause_subjects(scene: Scene, trigger: Trigger) -> list[int]:
    """Who is to do what is asked: the subject of the clause that hangs on the trigger ("demand that it leave")."""
    parse = scene.parse
    heads = []
    for clause in parse.children(trigger.token, "ccomp", "acl", "xcomp", "advcl"):
        head = parse.child(clause, "nsubj", "nsubjpass")
        if head is not None and (parse.deps[clause] != "advcl" or parse.child(clause, "mark") is not None):
            heads.append(head)
    return heads


def _actors_after(scene: Scene, tokens: list[int], verb: int) -> list[int]:
    """The first of the words after the verb that stands for an actor and is no adjunct of place or time."""
    parse = scene.parse
    for token in tokens:
        if token <= verb or not scene.cast.referents.get(token) or parse.lower[token] in FIRST_PERSON:
            continue
        if not _in_adjunct(scene, token, verb):
            return [token]
    return []


def _in_adjunct(scene: Scene, token: int, verb: int) -> bool:
    """Whether the word stands in a phrase of place, time or manner ("in Gaza", "after the vote in Niger"), or takes
    part in another act that the clause is about ("over the shipment of arms to Israel")."""
    parse = scene.parse
    inside = False
    for above in parse.ancestors(token):
        if above == verb:
            return False
        if inside and parse.lower[above] == "over" and parse.heads[above] == verb:
            return True
        inside = inside or (parse.lower[above] in ("to", "with", "for") and parse.pos[parse.heads[above]] == "NOUN")
        if parse.lower[above] in _ADJUNCT and parse.pos[above] in ("ADP", "SCONJ"):
            return True
    return False


def is_class(scene: Scene, head: int) -> bool:
    """Whether the phrase is a clear class of people or bodies ("journalists", "six companies")."""
    parse = scene.parse
    classes = scene.lexicon.classes
    lemmas = {parse.lemmas[token].lower() for token in parse.conjuncts(head)}
    if lemmas & classes["people"] or lemmas & classes["institution"]:
        return True
    for token in parse.subtree(head)[:_NEAR]:
        entity = parse.entity(token)
        if entity is not None and entity.label in _NAMED and token not in scene.cast.referents:
            return True
    return False


def _is_abroad(scene: Scene, head: int, sources: tuple[str, ...]) -> bool:
    """Whether the place at `head` lies in another country than those who go there come from."""
    place = name_at(scene, head)
    homes = {scene.cast.actors[each].country_code for each in sources if each in scene.cast.actors}
    return place is not None and place[1] is not None and place[1] not in homes
