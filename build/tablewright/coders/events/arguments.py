"""Who takes part in an act: sources and targets by the pattern of its trigger."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.coders.events.grammar import doer, governor, is_passive, own_tokens, preposition
from tablewright.coders.events.places import host_of
from tablewright.coders.events.scene import FIRST_PERSON, Scene, actors_of, pobj
from tablewright.coders.events.triggers import Trigger, complement
from tablewright.records import Event

MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID", "SANCTION", "COOPERATE"})
_ADJUNCT = frozenset({"in", "at", "by", "since", "during", "after", "before", "via", "through", "under", "within", "as"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
_BACK = 12
_OCCASIONS = frozenset({"on", "during", "after", "from", "before", "in", "at", "following", "for"})
_GOING = frozenset({"be", "travel", "fly", "arrive", "go", "come", "head", "return", "meet", "sit", "gather", "remain"})
_TAKES_UP = frozenset({"it", "this", "that", "them", "these", "those"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and at, with or for whom; `counterpart` whether the text names the other side, be it as a class."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    counterpart: bool = False


def roles_of(scene: Scene, trigger: Trigger, earlier: list[Event]) -> Roles:
    """The roles of the act that `trigger` says. `earlier` are the events before it, which "the decision" takes up."""
    if trigger.verb is None:
        return _noun_roles(scene, trigger)
    sources = _sources(scene, trigger, trigger.verb)
    targets, counterpart = _targets(scene, trigger, trigger.verb, sources, earlier)
    if trigger.pattern.joint in ("guest", "received"):
        return Roles(targets, sources, counterpart)
    if trigger.pattern.joint == "joint":
        return Roles(_union(sources, targets), (), counterpart)
    return Roles(sources, targets, counterpart)


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(each for each in second if each not in first)


def _sources(scene: Scene, trigger: Trigger, verb: int) -> tuple[str, ...]:
    """Who acts: the doer of the clause, or where the parse has none that is an actor, the likeliest actor before."""
    parse = scene.parse
    head = doer(parse, verb)
    if head is not None:
        found = actors_of(scene, head, owner=trigger.pattern.event_type in MATERIAL)
        if found or parse.deps[head] in ("agent", "pobj"):
            return found
        if parse.heads[head] == verb and parse.deps[head] in ("nsubj", "nsubjpass"):
            return ()
    elif is_passive(parse, verb):
        return ()
    return _subject_above(scene, verb) or _actor_before(scene, verb)


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


def _targets(
    scene: Scene, trigger: Trigger, verb: int, sources: tuple[str, ...], earlier: list[Event]
) -> tuple[tuple[str, ...], bool]:
    slots = trigger.pattern.target
    if trigger.light is not None:
        slots = tuple(dict.fromkeys((*slots, *trigger.light.target)))
    named = False
    for slot in slots:
        for head in _slot_heads(scene, trigger, verb, slot):
            named = named or _is_class(scene, head)
            found = host_of(scene, head) if slot == "host" else actors_of(scene, head, owner=True)
            found = tuple(each for each in found if each not in sources)
            if not found and slot == "object":
                found = _taken_up(scene, head, sources, earlier)
            if found:
                return found, True
    inner = complement(scene, verb) if trigger.pattern.event_type in ("PROMISE", "ANNOUNCE") else None
    if inner is not None and inner.verb is not None:
        found, other = _targets(scene, inner, inner.verb, sources, earlier)
        return found, named or other
    return (), named


def _slot_heads(scene: Scene, trigger: Trigger, verb: int, slot: str) -> list[int]:
    """The heads of the phrases that stand in `slot` of the verb's clause."""
    parse = scene.parse
    if slot == "object":
        return [trigger.patient] if trigger.patient is not None else []
    if slot == "dative":
        return parse.children(verb, "dative", "iobj")
    if slot == "host":
        heads = [trigger.patient] if trigger.patient is not None else []
        return [*heads, *(head for word in ("to", "in", "into", "for", "at") for head in preposition(parse, verb, word))]
    if slot == "clause":
        return _clause_subjects(scene, trigger)
    if slot == "near":
        return _actors_after(scene, own_tokens(parse, verb), verb)
    if slot == "content":
        return _actors_after(scene, parse.subtree(verb), verb)
    heads = list(preposition(parse, verb, slot))
    if trigger.patient is not None and not heads:
        heads = [inner for inner in (pobj(parse, each, slot) for each in parse.subtree(trigger.patient)) if inner is not None]
    return heads


def _clause_subjects(scene: Scene, trigger: Trigger) -> list[int]:
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
        if parse.deps[token] == "pobj" and parse.lower[parse.heads[token]] in _ADJUNCT:
            continue
        return [token]
    return []


def _is_class(scene: Scene, head: int) -> bool:
    """Whether the phrase is a clear class of people or bodies ("journalists", "six companies")."""
    parse = scene.parse
    return any(parse.lemmas[token].lower() in scene.lexicon.classes["people"] for token in parse.conjuncts(head))


def _taken_up(scene: Scene, head: int, sources: tuple[str, ...], earlier: list[Event]) -> tuple[str, ...]:
    """Who did what "the decision", "the charge" or "it" takes up: the doer of the last act before."""
    parse = scene.parse
    lemma = parse.lemmas[head].lower()
    definite = any(parse.lower[child] in _DEFINITE for child in parse.children(head, "det"))
    if parse.lower[head] not in _TAKES_UP and not (definite and lemma in scene.lexicon.classes["act"]):
        return ()
    start = parse.starts[head]
    for event in reversed(earlier):
        if start - event.end > 600:
            return ()
        if event.sources and not set(event.sources) & set(sources):
            return event.sources
    return ()


def _noun_roles(scene: Scene, trigger: Trigger) -> Roles:
    """The roles of an act that a noun names: whose it is acts, its prepositions give the other side."""
    parse, noun, pattern = scene.parse, trigger.token, trigger.pattern
    sources: tuple[str, ...] = ()
    for child in parse.children(noun, "poss", "amod", "compound", "nmod"):
        sources = _union(sources, actors_of(scene, child))
    for word in ("by", "of"):
        inner = pobj(parse, noun, word) if word not in pattern.target else None
        if inner is not None and (word == "by" or not sources):
            sources = _union(sources, actors_of(scene, inner))
    targets: tuple[str, ...] = ()
    named = False
    for slot in pattern.target:
        if slot == "host":
            inner = pobj(parse, noun, "to") or pobj(parse, noun, "in")
            found = host_of(scene, inner) if inner is not None else ()
        elif slot == "clause":
            found = ()
            for head in _clause_subjects(scene, trigger):
                found = found or tuple(each for each in actors_of(scene, head) if each not in sources)
        else:
            inner = pobj(parse, noun, slot)
            found = actors_of(scene, inner, owner=True) if inner is not None else ()
            named = named or (inner is not None and _is_class(scene, inner))
        targets = tuple(each for each in found if each not in sources)
        if targets:
            break
    if (not sources and "host" in pattern.target) or (
        pattern.joint and pattern.event_type == "CONSULT" and len(_union(sources, targets)) == 1
    ):
        sources = _union(_goer(scene, noun), sources)
    if pattern.needs == "demand" and not targets:
        targets = _asked(scene, noun, sources)
    if pattern.joint:
        return Roles(_union(sources, targets), (), bool(targets))
    return Roles(sources, targets, bool(targets) or named)


def _goer(scene: Scene, noun: int) -> tuple[str, ...]:
    """Who is on the visit that a clause is set in ("he said on a visit to Pakistan")."""
    parse = scene.parse
    head = parse.heads[noun]
    above = governor(parse, head)
    if above is None or parse.lower[head] not in _OCCASIONS:
        return ()
    if parse.lower[head] == "for" and parse.lemmas[above] not in _GOING:
        return ()
    subject = doer(parse, above) if above is not None else None
    return actors_of(scene, subject) if subject is not None else ()


def _asked(scene: Scene, noun: int, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a request was made to: who, by the verb above, answers it."""
    parse = scene.parse
    for above in parse.ancestors(noun):
        if parse.pos[above] == "VERB":
            head = doer(parse, above)
            found = actors_of(scene, head) if head is not None else ()
            return tuple(each for each in found if each not in sources)
    return ()


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


