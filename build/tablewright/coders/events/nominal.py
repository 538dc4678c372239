"""Who takes part in an act that a noun names: "Russia's invasion of Ukraine", "talks between Oman and Iran"."""

from __future__ import annotations

from tablewright.coders.events.counterparts import clause_subjects, is_class
from tablewright.coders.events.doers import sources_of, union
from tablewright.coders.events.grammar import doer, governor
from tablewright.coders.events.places import host_of
from tablewright.coders.events.roles import Roles
from tablewright.coders.events.scene import Scene, actors_of, pobj
from tablewright.coders.events.takeup import ABOUT_ACTS, other_before
from tablewright.coders.events.triggers import Trigger

_OCCASIONS = frozenset({"on", "during", "after", "from", "before", "in", "at", "following", "for"})
_GOING = frozenset({"be", "travel", "fly", "arrive", "go", "come", "head", "return", "meet", "sit", "gather", "remain"})


def noun_roles(scene: Scene, trigger: Trigger) -> Roles:
    """The roles of the act that the noun of `trigger` names: whose it is acts, its prepositions give the other side."""
    noun, pattern = trigger.token, trigger.pattern
    sources = _owners(scene, trigger)
    targets, named = _other_side(scene, trigger, sources)
    talks_with_one = pattern.joint and pattern.event_type == "CONSULT" and len(targets) == 1
    if not sources and ("host" in pattern.target or talks_with_one):
        sources = _goer(scene, noun)
    if pattern.needs == "demand" and not targets:
        targets = _asked(scene, noun, sources)
    if pattern.joint:
        sides = union(sources, targets)
        return Roles(sides if len(sides) > 1 or pattern.needs != "named" else _parties(scene, noun), (), bool(targets))
    return Roles(sources, targets, bool(targets) or named)


def _owners(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """Whose act it is: the noun's possessor or adjective, or who stands after "by" or "of"."""
    parse, noun, pattern = scene.parse, trigger.token, trigger.pattern
    sources: tuple[str, ...] = ()
    for child in parse.children(noun, "poss", "amod", "compound", "nmod"):
        sources = union(sources, actors_of(scene, child))
    for word in ("by", "of"):
        inner = pobj(parse, noun, word) if word not in pattern.target else None
        if inner is not None and (word == "by" or not sources):
            sources = union(sources, actors_of(scene, inner))
    return _not_the_speaker(scene, noun, sources) if pattern.event_type == "ASSAULT" else sources


def _other_side(scene: Scene, trigger: Trigger, sources: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The first of the pattern's slots that gives an actor, and whether any names at least a class of actors."""
    named = False
    for slot in trigger.pattern.target:
        for head in _slot_heads(scene, trigger, slot):
            named = named or is_class(scene, head)
            found = host_of(scene, head) if slot == "host" else actors_of(scene, head, owner=slot != "clause")
            found = tuple(each for each in found if each not in sources)
            if found:
                return found, True
    return (), named


def _slot_heads(scene: Scene, trigger: Trigger, slot: str) -> list[int]:
    if slot == "clause":
        return clause_subjects(scene, trigger)
    words = ("to", "in") if slot == "host" else (slot,)
    heads = (pobj(scene.parse, trigger.token, word) for word in words)
    return [head for head in heads if head is not None]


def _not_the_speaker(scene: Scene, noun: int, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Whose attack "condemned its attack" means: not the attack of the one who condemns it."""
    parse = scene.parse
    above = parse.heads[noun]
    if parse.child(noun, "poss") is None or parse.deps[noun] != "dobj" or parse.pos[above] != "VERB":
        return sources
    rows = scene.lexicon.verbs.get(parse.lemmas[above].lower(), ())
    if not rows or rows[0].event_type not in ABOUT_ACTS:
        return sources
    head = doer(parse, above)
    speakers = sources_of(scene, Trigger(above, above, rows[0]), above) if head is not None else ()
    return (other_before(scene, noun, speakers) or sources) if set(speakers) & set(sources) else sources


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
