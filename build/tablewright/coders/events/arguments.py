"""Who takes part in an act: sources and targets by the pattern of its trigger."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.coders.events.grammar import doer, governor, is_passive, own_tokens, patient, preposition
from tablewright.coders.events.modality import DECISIONS
from tablewright.coders.events.places import host_of, name_at
from tablewright.coders.events.scene import FIRST_PERSON, Scene, actors_of, acts_for_owner, pobj
from tablewright.coders.events.triggers import Trigger, complement
from tablewright.records import Event

MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "AID", "SANCTION", "COOPERATE"})
_ADJUNCT = frozenset(
    {"in", "at", "by", "since", "during", "after", "before", "via", "through", "under", "within", "as"}
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
_BACK = 12
_NEAR = 10
_NAMED = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_FAR = 24
_THIRD = frozenset({"it", "its", "they", "their", "them", "him", "his", "her"})
_ABOUT_ACTS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "CONCEDE", "REQUEST", "LABEL", "THREATEN", "RETREAT"})
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
    if trigger.pattern.joint == "joint" and targets and _through_mediator(scene, trigger.verb):
        return Roles(targets, sources, True)
    if trigger.pattern.joint in ("guest", "received"):
        return Roles(targets, sources, counterpart)
    if trigger.pattern.joint == "joint":
        return Roles(_union(sources, targets), (), counterpart)
    return Roles(sources, targets, counterpart)


def _through_mediator(scene: Scene, verb: int) -> bool:
    """Whether those met are the mediators, who by the codebook are the source, and the parties the targets."""
    parse = scene.parse
    return any(parse.lemmas[head] in ("mediator", "facilitator") for head in preposition(parse, verb, "with"))


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + tuple(each for each in second if each not in first)


def _sources(scene: Scene, trigger: Trigger, verb: int) -> tuple[str, ...]:
    """Who acts: the doer of the clause, or where the parse has none that is an actor, the likeliest actor before."""
    parse = scene.parse
    if parse.tags[verb] == "VBG" and parse.deps[verb] == "advcl" and verb and parse.pos[verb - 1] in ("NOUN", "PROPN"):
        return actors_of(scene, verb - 1) if parse.deps[verb - 1].startswith("nsubj") else ()
    head = doer(parse, verb)
    if head is not None:
        found = _named_beside(scene, head, verb)
        for each in _subjects(scene, head) if not found else ():
            decided = parse.deps[verb] == "acl" and each == parse.heads[verb] and parse.lemmas[each] in DECISIONS
            owner = (decided or trigger.pattern.event_type in MATERIAL) and not _is_private(scene, each)
            found = _union(found, actors_of(scene, each, owner=owner))
        if found or parse.deps[head] in ("agent", "pobj"):
            return found
        if parse.heads[head] == verb and parse.deps[head] in ("nsubj", "nsubjpass"):
            return ()
    elif is_passive(parse, verb):
        return ()
    return _subject_above(scene, verb) or _actor_before(scene, verb)


def _is_private(scene: Scene, head: int) -> bool:
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


def _targets(
    scene: Scene, trigger: Trigger, verb: int, sources: tuple[str, ...], earlier: list[Event]
) -> tuple[tuple[str, ...], bool]:
    slots = trigger.pattern.target
    if trigger.light is not None:
        slots = tuple(dict.fromkeys((*slots, *trigger.light.target)))
    named = False
    for slot in slots:
        for head in _slot_heads(scene, trigger, verb, slot):
            named = named or _is_class(scene, head) or (slot == "host" and _is_abroad(scene, head, sources))
            found = host_of(scene, head) if slot == "host" else actors_of(scene, head, owner=not _is_private(scene, head))
            found = tuple(each for each in found if each not in sources)
            if not found and slot == "object" and trigger.pattern.event_type in _ABOUT_ACTS:
                found = _other_before(scene, head, sources) or _taken_up(scene, head, sources, earlier)
            if found:
                return found, True
    if trigger.pattern.event_type in _ABOUT_ACTS and _is_purpose(scene, verb):
        above = scene.parse.heads[verb]
        addressed = patient(scene.parse, above)
        found = actors_of(scene, addressed) if addressed is not None else ()
        found = tuple(each for each in found if each not in sources)
        if found:
            return found, True
    if trigger.pattern.event_type == "REJECT" and trigger.patient is None and earlier:
        asked = earlier[-1]
        if asked.event_type in ("REQUEST", "AGREE") and set(asked.targets) & set(sources):
            return asked.sources, True
    inner = complement(scene, verb) if trigger.pattern.event_type in ("PROMISE", "ANNOUNCE") else None
    if inner is not None and inner.verb is not None:
        found, other = _targets(scene, inner, inner.verb, sources, earlier)
        return found, named or other
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
        return _clause_subjects(scene, trigger)
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
        if not _in_adjunct(scene, token, verb):
            return [token]
    return []


def _in_adjunct(scene: Scene, token: int, verb: int) -> bool:
    """Whether the word stands in a phrase of place, time or manner ("in Gaza", "after the vote in Niger")."""
    parse = scene.parse
    for above in parse.ancestors(token):
        if above == verb:
            return False
        if parse.lower[above] in _ADJUNCT and parse.pos[above] in ("ADP", "SCONJ"):
            return True
    return False


def _is_class(scene: Scene, head: int) -> bool:
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


def _other_before(scene: Scene, head: int, sources: tuple[str, ...]) -> tuple[str, ...]:
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


def _taken_up(scene: Scene, head: int, sources: tuple[str, ...], earlier: list[Event]) -> tuple[str, ...]:
    """Who did what "the decision", "the charge" or "it" takes up: the doer of the last act before."""
    parse = scene.parse
    lemma = parse.lemmas[head].lower()
    definite = any(parse.lower[child] in _DEFINITE for child in parse.children(head, "det"))
    if parse.lower[head] not in _TAKES_UP and not (definite and lemma in scene.lexicon.classes["act"]):
        if lemma not in ("step", "move") or parse.deps[head] not in ("appos", "npadvmod", "dobj", "attr", "conj"):
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
    if pattern.event_type == "ASSAULT":
        sources = _not_the_speaker(scene, noun, sources)
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
        pattern.joint and pattern.event_type == "CONSULT" and not sources and len(targets) == 1
    ):
        sources = _union(_goer(scene, noun), sources)
    if pattern.needs == "demand" and not targets:
        targets = _asked(scene, noun, sources)
    if pattern.joint:
        sides = _union(sources, targets)
        return Roles(sides if len(sides) > 1 or pattern.needs != "named" else _parties(scene, noun), (), bool(targets))
    return Roles(sources, targets, bool(targets) or named)


def _not_the_speaker(scene: Scene, noun: int, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Whose attack "condemned its attack" means: not the attack of the one who condemns it."""
    parse = scene.parse
    above = parse.heads[noun]
    if parse.child(noun, "poss") is None or parse.deps[noun] != "dobj" or parse.pos[above] != "VERB":
        return sources
    rows = scene.lexicon.verbs.get(parse.lemmas[above].lower(), ())
    if not rows or rows[0].event_type not in _ABOUT_ACTS:
        return sources
    head = doer(parse, above)
    speakers = _sources(scene, Trigger(above, above, rows[0]), above) if head is not None else ()
    return (_other_before(scene, noun, speakers) or sources) if set(speakers) & set(sources) else sources


def _parties(scene: Scene, noun: int) -> tuple[str, ...]:
    """Who concluded a treaty that is only named: those between whom the sentence says things stand, or its subject."""
    parse = scene.parse
    first = parse.sentence_of(noun).first
    for token in range(first, noun):
        inner = parse.child(token, "pobj") if parse.lower[token] == "between" else None
        found = actors_of(scene, inner) if inner is not None else ()
        if len(found) > 1:
            return found
    above = governor(parse, noun)
    head = doer(parse, above) if above is not None else None
    found = actors_of(scene, head) if head is not None else ()
    return found if len(found) > 1 else ()


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


def visited_from(scene: Scene, trigger: Trigger) -> int | None:
    """The verb whose clause says where the talks or visit that a noun names took place ("was in Brussels for talks")."""
    parse = scene.parse
    head = parse.heads[trigger.token]
    if trigger.pattern.event_type == "CONSULT" and parse.pos[head] == "ADP" and parse.lower[head] in _OCCASIONS:
        return governor(parse, head)
    return None


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


def faced(scene: Scene, trigger: Trigger, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Whom a show of force is made at: the actor it is made around, near, off or against."""
    for word in ("against", "around", "near", "off"):
        heads = [pobj(scene.parse, trigger.token, word)]
        heads.extend(preposition(scene.parse, trigger.verb, word) if trigger.verb is not None else ())
        for head in heads:
            found = actors_of(scene, head, owner=True) if head is not None else ()
            found = tuple(each for each in found if each not in sources)
            if found:
                return found
    return ()
