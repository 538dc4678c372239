"""Which words of a document say an act: verbs and nouns of the lexicon whose pattern fits where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tablewright.coders.events.grammar import doer, lost_perfect, own_tokens, patient, preposition
from tablewright.coders.events.scene import Scene, actors_of
from tablewright.knowledge.verbs import ACTOR, ANY_VERB, BODY, EVENT_NOUN, NOTHING, PERSON, PLACE, Pattern
from tablewright.parse import Parse

_REACH = 9
_NAMED = ("PROPN", "NUM")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that says an act. `verb` is the verb of its clause, None for a noun that stands by itself.

    `patient` is what the verb is done to; `light` is the pattern of the verb where `token` is a noun that it carries.
    """

    token: int
    verb: int | None
    pattern: Pattern
    patient: int | None = None
    light: Pattern | None = None


def find_triggers(scene: Scene) -> Iterator[Trigger]:
    """Every trigger of the document in the order of the text."""
    parse, lexicon = scene.parse, scene.lexicon
    taken: set[int] = set()
    for token, lemma in enumerate(parse.lemmas):
        part = parse.pos[token]
        if part == "VERB" or (part in ("ADJ", "AUX") and lemma == "due"):
            if lemma.lower() in lexicon.verbs or part == "VERB":
                trigger = verb_trigger(scene, token)
                if trigger is not None:
                    taken.update(_carried(scene, trigger))
                    yield trigger
        elif part in ("NOUN", "PROPN") and token not in taken and lemma.lower() in lexicon.nouns:
            pattern = _noun_pattern(scene, token)
            if pattern is not None:
                yield Trigger(token, None, pattern)


def verb_trigger(scene: Scene, verb: int) -> Trigger | None:
    """The trigger that the verb makes, by the heaviest pattern that fits; None where it says no act."""
    parse = scene.parse
    if parse.deps[verb] in ("amod", "compound") and not lost_perfect(parse, verb):
        return None
    done_to = patient(parse, verb)
    pattern = _verb_pattern(scene, verb, done_to)
    if pattern is None or pattern.event_type == "-":
        return None
    if pattern.event_type != "light":
        return Trigger(verb, verb, pattern, done_to)
    if done_to is None:
        return None
    for noun in thing(scene, done_to):
        rows = scene.lexicon.nouns.get(parse.lemmas[noun].lower())
        if rows:
            return Trigger(noun, verb, rows[-1], done_to, pattern)
    return None


def _verb_pattern(scene: Scene, verb: int, done_to: int | None) -> Pattern | None:
    parse = scene.parse
    rows = scene.lexicon.verbs.get(parse.lemmas[verb].lower()) or scene.lexicon.verbs[ANY_VERB]
    words = attached_words(parse, verb)
    objects = object_lemmas(scene, done_to) if done_to is not None else frozenset[str]()
    rest: frozenset[str] | None = None
    for row in rows:
        if row.words and not row.words & words:
            continue
        if (
            row.objects
            and not _object_fits(scene, row, objects, done_to)
            and not _after_word(scene, verb, row, words, done_to)
        ):
            continue
        if row.source and not _subject_fits(scene, verb, row):
            continue
        if row.near:
            rest = frozenset(following_words(parse, verb)) if rest is None else rest
            if not row.near & rest:
                continue
        return row
    return None


def _subject_fits(scene: Scene, verb: int, row: Pattern) -> bool:
    """Whether who acts is of the kind that the row asks for ("troops left", "farmers blocked")."""
    head = doer(scene.parse, verb)
    return head is not None and bool(row.source & object_lemmas(scene, head))


def _after_word(scene: Scene, verb: int, row: Pattern, words: frozenset[str], done_to: int | None) -> bool:
    """Whether the row's object stands after its preposition: "took part in the exercise", "withdrew from the treaty"."""
    if done_to is not None and scene.parse.lemmas[done_to] != "part":
        return False
    for word in sorted(row.words & words):
        for inner in preposition(scene.parse, verb, word):
            if row.objects & object_lemmas(scene, inner):
                return True
    return False


def _object_fits(scene: Scene, row: Pattern, objects: frozenset[str], done_to: int | None) -> bool:
    if done_to is None:
        return NOTHING in row.objects
    if row.objects & objects:
        return True
    if EVENT_NOUN in row.objects and any(lemma in scene.lexicon.nouns for lemma in objects):
        return True
    if PLACE in row.objects:
        entity = _label_at(scene, done_to)
        return entity in ("GPE", "LOC") and not scene.cast.referents.get(done_to)
    actors = actors_of(scene, done_to) if row.objects & {ACTOR, PERSON, BODY} else ()
    if ACTOR not in row.objects:
        kind = "person" if PERSON in row.objects else "intergovernmental_organization"
        return any(scene.cast.actors[each].kind == kind for each in actors if each in scene.cast.actors)
    return bool(actors)


def _label_at(scene: Scene, token: int) -> str | None:
    """The label of the named entity at `token`; a place of the knowledge is one too."""
    entity = scene.parse.entity(token)
    if scene.places.get(scene.parse.words[token]) is not None:
        return "GPE"
    return entity.label if entity is not None else None


def thing(scene: Scene, head: int) -> list[int]:
    """The nouns that the phrase is about: its coordinated heads, seen through "a series of", and their compounds."""
    parse = scene.parse
    found: list[int] = []
    for token in parse.conjuncts(head):
        found.append(token)
        found.extend(parse.children(token, "compound", "nmod", "quantmod"))
        if parse.lemmas[token].lower() in scene.lexicon.classes["transparent"] or parse.pos[token] == "NUM":
            for child in parse.children(token, "prep"):
                inner = parse.child(child, "pobj")
                if inner is not None and parse.lower[child] in ("of", "in"):
                    found.extend(thing(scene, inner))
        elif parse.lemmas[token].lower() in ("plan", "right", "kind"):
            continue
        for child in parse.children(token, "prep"):
            if parse.lower[child] == "in" and parse.lemmas[token] in ("$", "million", "billion", "euro", "dollar"):
                inner = parse.child(child, "pobj")
                if inner is not None:
                    found.append(inner)
    return found


def object_lemmas(scene: Scene, head: int) -> frozenset[str]:
    """The lemmas by which a pattern may know the object."""
    parse = scene.parse
    found = [parse.lemmas[token].lower() for token in thing(scene, head)]
    found.extend(word[:-1] for word in found[:1] if parse.pos[head] == "PROPN" and word.endswith("s"))
    verb = parse.heads[head]
    if parse.deps[head] == "dative":
        found.extend(parse.lemmas[child].lower() for child in parse.children(verb, "npadvmod", "oprd"))
    return frozenset(found)


def attached_words(parse: Parse, verb: int) -> frozenset[str]:
    """Prepositions, particles and adverbs that belong to the verb's clause, near after it."""
    found = {parse.lower[child] for child in parse.children(verb, "prt", "prep", "agent", "dative", "advmod", "mark")}
    for token in own_tokens(parse, verb):
        if verb < token <= verb + _REACH and parse.pos[token] in ("ADP", "ADV", "PART", "SCONJ"):
            found.add(parse.lower[token])
    clause = parse.child(verb, "ccomp")
    if clause is not None:
        found.add("that")
    if _labels(parse, verb):
        found.add("#label")
    if clause is not None and any(
        parse.tags[child] in ("WRB", "WP") or parse.lower[child] in ("whether", "if")
        for child in parse.children(clause)
    ):
        found.add("#wh")
    if (inner := parse.child(verb, "xcomp")) is not None and parse.tags[inner] == "VB":
        found.add("#to")
    if _infinitive_only(parse, verb):
        found.discard("to")
    return frozenset(found)


def _labels(parse: Parse, verb: int) -> bool:
    """Whether the verb's object is said to be something: "called it a threat", "described him as weak"."""
    for child in parse.children(verb):
        if parse.deps[child] == "oprd" or (parse.deps[child] == "prep" and parse.lower[child] == "as"):
            return True
        if parse.deps[child] in ("ccomp", "xcomp") and parse.pos[child] in ("ADJ", "NOUN", "PROPN"):
            return True
    return any(
        parse.words[token] in ("“", '"') for token in range(verb + 2, min(verb + 8, parse.sentence_of(verb).stop))
    )


def _infinitive_only(parse: Parse, verb: int) -> bool:
    """Whether every "to" after the verb is an infinitive's."""
    return not any(
        parse.lower[token] == "to" and (parse.tags[token] == "IN" or parse.deps[token] in ("prep", "dative"))
        for token in own_tokens(parse, verb)
    )


def following_words(parse: Parse, verb: int) -> Iterator[str]:
    """The words after the verb up to the end of its sentence or the next clause that is coordinated with it."""
    stop = parse.sentence_of(verb).stop
    for other in parse.children(verb, "conj"):
        stop = min(stop, other) if parse.pos[other] in ("VERB", "AUX") else stop
    for token in range(verb + 1, stop):
        yield parse.lower[token]


def _carried(scene: Scene, trigger: Trigger) -> list[int]:
    """The nouns that the verb's pattern has used, which therefore say no second act."""
    if trigger.patient is None:
        return []
    nouns = thing(scene, trigger.patient)
    if trigger.light is not None or trigger.pattern.objects or trigger.pattern.event_type in ("ANNOUNCE", "PROMISE"):
        return nouns
    return [noun for noun in nouns if names_type(scene, noun, trigger.pattern.event_type)]


def names_type(scene: Scene, noun: int, event_type: str) -> bool:
    """Whether the noun names an act of this type ("talks" in "brokered talks", which is the brokering's own object)."""
    rows = scene.lexicon.nouns.get(scene.parse.lemmas[noun].lower(), ())
    return any(row.event_type == event_type for row in rows)


def complement(scene: Scene, verb: int) -> Trigger | None:
    """The act that stands as complement of a verb such as "agreed": "to send tanks", "that it would leave"."""
    parse = scene.parse
    for child in parse.children(verb, "xcomp", "ccomp", "advcl"):
        if child > verb and parse.pos[child] == "VERB" and parse.lemmas[child].lower() in scene.lexicon.verbs:
            found = verb_trigger(scene, child)
            if found is not None:
                return found
    noun = parse.child(verb, "dobj", "nsubjpass")
    if noun is not None:
        for child in parse.children(noun, "acl"):
            if parse.pos[child] == "VERB" and parse.lemmas[child].lower() in scene.lexicon.verbs:
                return verb_trigger(scene, child)
    return None


def _noun_pattern(scene: Scene, noun: int) -> Pattern | None:
    parse = scene.parse
    if parse.deps[noun] in ("compound", "amod", "nmod"):
        return None
    words = {parse.lower[child] for child in parse.children(noun, "prep", "agent")}
    if any(
        parse.child(child, "aux") is not None and parse.tags[child] == "VB" for child in parse.children(noun, "acl")
    ):
        words.add("to")
    for row in scene.lexicon.nouns[parse.lemmas[noun].lower()]:
        if not row.bare or (row.words and not row.words & words):
            continue
        if row.needs == "named" and not _is_named(parse, noun):
            continue
        if row.near and not row.near.intersection(parse.lower[token] for token in parse.subtree(noun)):
            continue
        return row
    return None


def _is_named(parse: Parse, noun: int) -> bool:
    """Whether the noun is a proper name or has its year beside it ("the 1951 convention")."""
    if parse.words[noun][:1].isupper() and parse.pos[noun] == "PROPN":
        return True
    modifiers = parse.children(noun, "amod", "compound", "nummod", "prep")
    return any(parse.lower[child] in ("recent", "between") for child in modifiers)
