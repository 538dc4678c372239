"""Whether a clause reports its act as done, going on or planned, or does not report it at all."""

from __future__ import annotations

from typing import Literal

from tablewright.coders.events.grammar import SUBJECTS, VERBAL, governor, own_tokens, relative_that
from tablewright.coders.events.scene import Scene
from tablewright.parse import Parse

Status = Literal["occurred", "ongoing", "planned"]

_MODALS = frozenset({"should", "must", "ought", "might", "could", "may", "can", "ca", "need", "would", "'d"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_NEGATIONS = frozenset(
    {
        "not",
        "n't",
        "n’t",
        "never",
        "hardly",
        "neither",
        "nor",
        "nearly",
        "probably",
        "perhaps",
        "possibly",
        "maybe",
        "likely",
    }
)
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "whenever", "should"})
_HEDGES = frozenset({"possible", "potential", "likely", "hypothetical", "alleged", "no", "any", "further", "feared"})
DECISIONS = frozenset({"decision", "move", "vote"})
_COMING = frozenset({"planned", "upcoming", "forthcoming", "scheduled", "imminent", "future", "coming", "impending"})
_BARE_PREPOSITIONS = frozenset({"without", "instead", "against", "from", "for", "than", "about", "of", "as"})
_KNOWN = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})


def verb_status(scene: Scene, verb: int, depth: int = 0) -> Status | None:
    """The status of the act that the verb at `verb` reports, None where the text does not say that it is one."""
    parse = scene.parse
    if depth > 6 or _negated(parse, verb) or _conditional(parse, verb):
        return None
    auxiliaries = parse.children(verb, "aux", "auxpass")
    words = [parse.lower[token] for token in auxiliaries]
    if _FUTURE.intersection(words):
        return "planned" if _is_reported(scene, verb, depth) else None
    if _MODALS.intersection(words):
        return _reported_future(scene, verb, words)
    tag = parse.tags[verb]
    if "to" in words:
        return _infinitive(scene, verb, depth)
    if auxiliaries and not (tag == "VBG" and words == []):
        status = _finite(parse, verb, auxiliaries, words)
        if status is not None:
            return status if _is_reported(scene, verb, depth) else None
    if tag in ("VBD", "VBZ", "VBP"):
        if not _is_reported(scene, verb, depth):
            return None
        return "occurred" if tag == "VBD" else "ongoing"
    return _inherited(scene, verb, depth)


def refuses(parse: Parse, verb: int) -> bool:
    """Whether the clause says that somebody will not, or would never, do it."""
    words = {parse.lower[token] for token in parse.children(verb, "aux")}
    return (
        bool(words & {"will", "wo", "would", "'ll", "’ll"}) and _negated(parse, verb) and not _conditional(parse, verb)
    )


def is_simple_present(parse: Parse, verb: int) -> bool:
    """Whether the verb stands in the simple present ("condemns"), which may as well tell a habit."""
    return parse.tags[verb] in ("VBZ", "VBP") and parse.child(verb, "aux", "auxpass") is None


def _finite(parse: Parse, verb: int, auxiliaries: list[int], words: list[str]) -> Status | None:
    """The status by a finite auxiliary: perfect and past are done, the present progressive goes on."""
    lemmas = {parse.lemmas[token] for token in auxiliaries}
    present = {"am", "is", "are", "'s", "’s", "'re", "’re", "'m"}
    if parse.tags[verb] == "VBG":
        if "have" in lemmas and "been" in words and "had" not in words:
            return "ongoing"
        return "ongoing" if present.intersection(words) else ("occurred" if lemmas & {"be", "have"} else None)
    if "have" in lemmas:
        return "ongoing" if _since(parse, verb) and "had" not in words else "occurred"
    if present.intersection(words) and "being" in words:
        return "ongoing"
    return "occurred" if lemmas & {"be", "get", "do", "have"} else None


def _since(parse: Parse, verb: int) -> bool:
    return any(parse.lower[token] == "since" and parse.deps[token] == "prep" for token in own_tokens(parse, verb))


def _negated(parse: Parse, verb: int) -> bool:
    for child in parse.children(verb):
        if parse.lower[child] == "longer" and parse.lower[child - 1] == "no":
            return True
        if parse.deps[child] == "neg" or parse.lower[child] in _NEGATIONS:
            return parse.lower[child] != "only"
        if parse.deps[child] in SUBJECTS and parse.lower[child] in ("nobody", "none", "neither"):
            return True
        if parse.deps[child] in (*SUBJECTS, "dobj") and any(
            parse.lower[det] in ("no", "neither") for det in parse.children(child, "det")
        ):
            return True
    return False


def _conditional(parse: Parse, verb: int) -> bool:
    """Whether the clause is a condition, or hangs on one."""
    for child in parse.children(verb):
        if parse.deps[child] in ("mark", "advmod") and parse.lower[child] in _CONDITIONS:
            return True
        if parse.deps[child] == "mark" and parse.lower[child] == "until" and parse.tags[verb] != "VBD":
            return not any(parse.tags[other] == "VBD" for other in parse.children(verb, "aux", "auxpass"))
        if parse.deps[child] == "advcl" and any(
            parse.lower[m] in ("if", "unless") for m in parse.children(child, "mark")
        ):
            return parse.tags[verb] != "VBD"
    return False


def _reported_future(scene: Scene, verb: int, words: list[str]) -> Status | None:
    """ "said it would send" is a plan; any other "would" is only thought of."""
    parse = scene.parse
    if not {"would", "'d"}.intersection(words) or verb in scene.quoted:
        return None
    head = parse.heads[verb]
    if parse.deps[verb] == "conj" and parse.pos[head] in VERBAL:
        return "planned" if verb_status(scene, head) == "planned" else None
    reported = parse.deps[verb] == "ccomp" and scene.lexicon.governors.get(parse.lemmas[head]) == "said"
    return "planned" if reported else None


def _infinitive(scene: Scene, verb: int, depth: int) -> Status | None:
    """An infinitive's status comes from the verb that governs it; a purpose is no report."""
    parse = scene.parse
    head = parse.heads[verb]
    if parse.deps[verb] == "conj" and parse.pos[head] in VERBAL:
        return verb_status(scene, head, depth + 1)
    if any(parse.lower[child] == "only" for child in parse.children(verb)):
        return verb_status(scene, head, depth + 1)
    if parse.deps[verb] == "advcl" and parse.lemmas[head] in scene.lexicon.classes["motion"] and _speaks(scene, verb):
        return verb_status(scene, head, depth + 1)
    if parse.deps[verb] == "acl" and parse.lemmas[head] in DECISIONS:
        return noun_status(scene, head)
    if parse.deps[verb] not in ("xcomp", "ccomp"):
        return None
    lemma = parse.lemmas[head]
    effect = "planned" if lemma == "be" else scene.lexicon.governors.get(lemma)
    if lemma == "have" and any(parse.lower[child] == "yet" for child in parse.children(head)):
        return None
    if lemma in ("expect", "set", "poise") and parse.child(head, "auxpass") is None:
        return None
    if effect == "planned" and any(parse.lower[child] == "had" for child in parse.children(head, "aux")):
        return None
    above = verb_status(scene, head, depth + 1)
    if above is None or effect not in ("same", "planned", "decided"):
        return None
    return above if effect == "same" else "planned"


def _speaks(scene: Scene, verb: int) -> bool:
    """Whether the verb is one of saying something to somebody: who telephoned to demand a date has demanded it."""
    rows = scene.lexicon.verbs.get(scene.parse.lemmas[verb].lower(), ())
    return bool(rows) and rows[0].event_type in ("ACCUSE", "REQUEST", "SUPPORT", "THREATEN", "REJECT")


def _inherited(scene: Scene, verb: int, depth: int) -> Status | None:
    """A participle or a verb without tense of its own takes the status of what it hangs on."""
    parse = scene.parse
    dep, head = parse.deps[verb], parse.heads[verb]
    if head == verb:
        return "occurred" if parse.tags[verb] in ("VBN", "VBD") else None
    if dep == "pcomp" or (dep == "prep" and parse.tags[verb] == "VBG"):
        if parse.lower[head] in _BARE_PREPOSITIONS:
            return None
        above = governor(parse, verb)
        return verb_status(scene, above, depth + 1) if above is not None else None
    if dep in ("xcomp", "ccomp"):
        effect = scene.lexicon.governors.get(parse.lemmas[head])
        if effect == "same" or (effect == "said" and parse.tags[verb] != "VBG"):
            return verb_status(scene, head, depth + 1)
        return None
    if dep in ("acl", "relcl"):
        return "occurred"
    if parse.pos[head] in VERBAL:
        return verb_status(scene, head, depth + 1)
    above = governor(parse, verb)
    return verb_status(scene, above, depth + 1) if above is not None else None


def _is_reported(scene: Scene, verb: int, depth: int) -> bool:
    """Whether the clause above, if there is one, lets the act stand as a fact ("said that", not "feared that")."""
    parse = scene.parse
    dep, head = parse.deps[verb], parse.heads[verb]
    if dep != "ccomp" or head == verb:
        return True
    if parse.pos[head] not in VERBAL:
        return True
    if relative_that(parse, verb) is not None:
        return True
    if head > verb and parse.child(verb, "mark") is None:
        return not _conditional(parse, head)
    effect = scene.lexicon.governors.get(parse.lemmas[head])
    return effect in ("said", "same") and not _negated(parse, head)


def noun_status(scene: Scene, noun: int) -> Status | None:
    """The status of the act that the noun at `noun` names, by its own words and the verb that it hangs on."""
    parse = scene.parse
    words = {parse.lower[child] for child in parse.children(noun, "amod", "det", "neg", "advmod", "compound", "poss")}
    if parse.child(noun, "poss") is not None:
        words.add("the")
    if words & _HEDGES:
        return None
    planned = bool(words & _COMING)
    for above in parse.ancestors(noun):
        lemma = parse.lemmas[above]
        if parse.pos[above] in VERBAL:
            presupposed = bool(words & _KNOWN)
            put_off = lemma in ("put", "call") and _is_off(parse, above)
            unreal = (put_off or lemma in scene.lexicon.classes["unreal"]) and not (
                presupposed and lemma in ("refuse", "reject", "oppose")
            )
            if not presupposed and verb_status(scene, above) == "planned":
                planned = True
            if unreal or (not presupposed and (_blocks(parse, above) or verb_status(scene, above) is None)):
                return None
            break
        if lemma in scene.lexicon.classes["unreal_noun"]:
            return None
        if parse.pos[above] == "ADP" and parse.lower[above] in ("without", "ahead", "before", "against"):
            if parse.lower[above] in ("without", "against"):
                return None
            planned = planned or parse.lower[above] == "ahead"
    return "planned" if planned else "occurred"


def _is_off(parse: Parse, verb: int) -> bool:
    """Whether the verb's particle is "off": what is called or put off does not take place."""
    return any(parse.lower[child] == "off" for child in parse.children(verb, "prt"))


def _blocks(parse: Parse, verb: int) -> bool:
    words = {parse.lower[child] for child in parse.children(verb, "aux")}
    return _negated(parse, verb) or bool(words & (_MODALS | _FUTURE)) or _conditional(parse, verb)
