"""Who acts: the sources of an act that a verb says."""

from __future__ import annotations

from tablewright.coders.events.grammar import doer, is_passive
from tablewright.coders.events.modality import DECISIONS
from tablewright.coders.events.scene import Scene, actors_of, acts_for_owner
from tablewright.coders.events.triggers import Trigger, thing

_MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID", "SANCTION", "COOPERATE"})
# As many words before its verb as a subject may stand that the parser lost.
_BACK = 12


def sources_of(scene: Scene, trigger: Trigger, verb: int) -> tuple[str, ...]:
    """Who acts: the doer of the clause, or where the parse has none that is an actor, the likeliest actor before."""
    parse = scene.parse
    if parse.tags[verb] == "VBG" and parse.deps[verb] == "advcl" and verb and parse.pos[verb - 1] in ("NOUN", "PROPN"):
        return actors_of(scene, verb - 1) if parse.deps[verb - 1].startswith("nsubj") else ()
    head = doer(parse, verb)
    if head is not None:
        found = _named_beside(scene, head, verb)
        for each in _subjects(scene, head) if not found else ():
            decided = parse.deps[verb] == "acl" and each == parse.heads[verb] and parse.lemmas[each] in DECISIONS
            owner = (decided or trigger.pattern.event_type in _MATERIAL) and not is_private(scene, each)
            found = union(found, actors_of(scene, each, owner=owner))
        if found or parse.deps[head] in ("agent", "pobj"):
            return found
        if parse.heads[head] == verb and parse.deps[head] in ("nsubj", "nsubjpass"):
            return ()
    elif is_passive(parse, verb):
        return _moved(scene, trigger)
    return _subject_above(scene, verb) or _actor_before(scene, verb)


def _moved(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """Whose forces are moved or put on alert by nobody named: "Kenyan troops were deployed to Haiti"."""
    if trigger.pattern.event_type != "MOBILIZE" or trigger.patient is None:
        return ()
    if not scene.lexicon.classes["force"].intersection(scene.parse.lemmas[t] for t in thing(scene, trigger.patient)):
        return ()
    return actors_of(scene, trigger.patient, owner=True)


def is_private(scene: Scene, head: int) -> bool:
    """Whether the noun is people who do not act for their state: "Russian journalists", "American companies"."""
    lemma = scene.parse.lemmas[head].lower()
    return lemma in scene.lexicon.classes["people"] and not acts_for_owner(scene, head)


def _subjects(scene: Scene, head: int) -> list[int]:
    """The subject and its doubles: of one long noun phrase the parser sometimes makes two. A vocative is none."""
    parse = scene.parse
    if parse.deps[head] != "nsubj":
        return [head]
    found = parse.children(parse.heads[head], "nsubj")
    first = parse.sentence_of(head).first
    return [each for each in found if len(found) == 1 or each != first or parse.words[each + 1] != ","]


def _named_beside(scene: Scene, head: int, verb: int) -> tuple[str, ...]:
    """Who holds the office that is the subject, named between it and the verb: "the minister, the Hon Pat Conroy MP,"."""
    parse = scene.parse
    lemma = parse.lemmas[head].lower()
    if lemma not in scene.lexicon.classes["voice"] and lemma not in scene.lexicon.classes["people"]:
        return ()
    if len(parse.conjuncts(head)) > 1 or parse.deps[head] != "nsubj" or parse.heads[head] > verb:
        return ()
    for token in range(parse.heads[head] - 1, head, -1):
        for each in scene.cast.referents.get(token, ()):
            if parse.pos[token] == "PROPN" and each in scene.cast.actors and scene.cast.actors[each].kind == "person":
                return (each,)
    return ()


def _subject_above(scene: Scene, verb: int) -> tuple[str, ...]:
    """The first subject of the verbs above that is an actor ("he said it was full and appealed for help")."""
    parse = scene.parse
    if parse.deps[verb] not in ("conj", "xcomp", "advcl", "dep"):
        return ()
    for above in parse.ancestors(verb):
        head = parse.child(above, "nsubj")
        if head is not None and parse.pos[above] in ("VERB", "AUX"):
            found = actors_of(scene, head)
            if found or parse.deps[verb] != "conj":
                return found
    return ()


def _actor_before(scene: Scene, verb: int) -> tuple[str, ...]:
    """The actor next before a finite verb for which the parser found no subject."""
    parse = scene.parse
    if parse.tags[verb] not in ("VBD", "VBZ", "VBP") or parse.child(verb, "nsubj", "nsubjpass") is not None:
        return ()
    for token in range(verb - 1, max(parse.sentence_of(verb).first, verb - _BACK) - 1, -1):
        if parse.words[token] in (";", ":") or (parse.pos[token] == "VERB" and parse.deps[token] != "amod"):
            return ()
        if parse.pos[token] == "ADP" and verb - token <= 3:
            return ()
        if parse.pos[token] in ("PROPN", "PRON", "NOUN") and token in scene.cast.referents:
            return scene.cast.referents[token]
    return ()


def union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of `first`, then those of `second` that are new."""
    return first + tuple(each for each in second if each not in first)
