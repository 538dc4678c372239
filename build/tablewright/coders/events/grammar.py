"""Who does what in a clause: subject, object, prepositional phrases, and the clause's own words.

The language model is small and errs; each question has a second answer that needs less of the tree.
"""

from __future__ import annotations

from collections.abc import Iterator

from tablewright.coders.events.scene import RELATIVES, antecedent
from tablewright.parse import Parse

SUBJECTS = ("nsubj", "nsubjpass")
VERBAL = frozenset({"VERB", "AUX"})
CLAUSES = frozenset({"advcl", "relcl", "ccomp", "parataxis", "csubj"})
_TWO_WORDS = frozenset({"according", "due", "owing", "prior", "thanks", "contrary", "close", "next"})
_OBJECT_CONTROL = frozenset(
    {"ask", "urge", "tell", "order", "force", "compel", "help", "allow", "enable", "let", "make", "have", "see", "find"}
)


def own_tokens(parse: Parse, verb: int) -> list[int]:
    """The words of the verb's clause, without clauses that hang on it or are coordinated with it, in order."""
    found = [verb]
    for token in found:
        for child in parse.children(token):
            dep = parse.deps[child]
            if dep in CLAUSES or (dep == "conj" and parse.pos[child] in VERBAL):
                continue
            found.append(child)
    return sorted(found)


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb's subject is the one it is done to."""
    if parse.tags[verb] not in ("VBN", "VBD"):
        return False
    if parse.child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if parse.tags[verb] != "VBN" and parse.child(verb, "agent") is None:
        return False
    if parse.child(verb, "aux", "nsubj") is not None:
        return False
    dep = parse.deps[verb]
    if _lost_relative(parse, verb) is not None or _lost_main_verb(parse, verb):
        return False
    if dep == "conj" and parse.pos[parse.heads[verb]] in VERBAL:
        return parse.child(verb, "dobj") is None and is_passive(parse, parse.heads[verb])
    return dep in ("acl", "advcl", "relcl") or parse.child(verb, "agent") is not None


def subject(parse: Parse, verb: int, depth: int = 0) -> int | None:
    """The head of the grammatical subject, taken from the clause above where the verb has none of its own."""
    own = parse.child(verb, *SUBJECTS)
    if own is not None:
        return own
    dep, head = parse.deps[verb], parse.heads[verb]
    if head == verb or depth > 6:
        return None
    if dep in ("relcl", "acl"):
        return head
    if dep == "conj" and parse.pos[head] not in VERBAL:
        return subject(parse, head, depth + 1) if parse.child(head, *SUBJECTS) is not None else None
    if dep in ("xcomp", "ccomp"):
        if parse.lemmas[head] in _OBJECT_CONTROL and not is_passive(parse, head):
            patient = parse.child(head, "dobj", "dative")
            if patient is not None:
                return patient
        return subject(parse, head, depth + 1)
    for above in parse.ancestors(verb):
        if parse.pos[above] in VERBAL:
            return subject(parse, above, depth + 1)
    return None


def doer(parse: Parse, verb: int) -> int | None:
    """The head of the phrase that names who acts: the subject, or the "by" phrase of a passive."""
    if is_passive(parse, verb):
        return agent(parse, verb)
    if _lost_relative(parse, verb) is not None or _lost_main_verb(parse, verb):
        return parse.heads[verb]
    return subject(parse, verb)


def agent(parse: Parse, verb: int) -> int | None:
    """The noun after "by" in a passive clause."""
    for token in preposition(parse, verb, "by"):
        return token
    return None


def patient(parse: Parse, verb: int) -> int | None:
    """The head of the phrase that names whom or what it is done to."""
    if is_passive(parse, verb):
        return subject(parse, verb)
    lost = _lost_relative(parse, verb)
    if lost is not None:
        return lost
    if lost_perfect(parse, verb):
        return parse.heads[verb]
    objects = parse.children(verb, "dobj", "obj")
    own = next((each for each in objects if parse.tags[each] != "WP"), objects[0] if objects else None)
    if own is not None:
        return antecedent(parse, own) if parse.lower[own] in RELATIVES else own
    for dep in ("oprd", "attr", "dative"):
        other = parse.child(verb, dep)
        if other is not None and parse.pos[other] in ("NOUN", "PROPN", "PRON", "NUM"):
            return other
    that = relative_that(parse, verb)
    if that is not None:
        return that
    clause = parse.child(verb, "ccomp", "xcomp")
    if clause is not None and parse.pos[clause] not in VERBAL:
        return parse.child(clause, "nsubj") or clause
    if parse.deps[verb] == "relcl" and parse.child(verb, "nsubj") is not None:
        relative = parse.child(verb, "nsubj")
        if relative is not None and parse.lower[relative] not in RELATIVES:
            return parse.heads[verb]
    return _shared_object(parse, verb)


def _lost_relative(parse: Parse, verb: int) -> int | None:
    """What "which the two sides signed" is about, where the parser took the verb for a participle on "sides"."""
    head = parse.heads[verb]
    if parse.deps[verb] != "acl" or parse.tags[verb] != "VBN" or head >= verb or parse.child(verb, "agent") is not None:
        return None
    before = min(parse.subtree(head)[0], head) - 1
    if before > 0 and parse.lower[before] in RELATIVES and parse.deps[before] != "nsubj" and verb - head <= 3:
        return noun_before(parse, before)
    return next(
        (noun_before(parse, t) for t in range(max(0, head - 4), head) if parse.lower[t] == "which" and t > 0), None
    )


def _lost_main_verb(parse: Parse, verb: int) -> bool:
    """Whether a main verb was taken for a participle on its own subject: it has an object, which a passive has not."""
    if parse.deps[verb] != "acl" or parse.tags[verb] != "VBN" or parse.heads[verb] > verb:
        return False
    return parse.child(verb, "dobj", "oprd") is not None and parse.child(verb, "agent") is None


def lost_perfect(parse: Parse, verb: int) -> bool:
    """Whether the participle of a perfect was taken for an adjective: "has sheltered refugees"."""
    head = parse.heads[verb]
    if parse.deps[verb] != "amod" or parse.tags[verb] != "VBN" or parse.deps[head] != "dobj":
        return False
    return parse.lemmas[parse.heads[head]] == "have" and verb - parse.heads[head] <= 2


def noun_before(parse: Parse, token: int) -> int | None:
    """The head of the noun phrase that ends just before `token`, a comma left aside."""
    at = token - 1
    while at > 0 and parse.pos[at] == "PUNCT":
        at -= 1
    if at < 0 or parse.pos[at] not in ("NOUN", "PROPN", "NUM", "PRON"):
        return None
    while True:
        above = parse.heads[at]
        if above == at or above > token or parse.pos[above] not in ("NOUN", "PROPN", "ADP"):
            return at
        if parse.pos[above] == "ADP" and (
            parse.pos[at] != "PROPN" or parse.pos[parse.heads[above]] not in ("NOUN", "PROPN")
        ):
            return at
        at = parse.heads[above] if parse.pos[above] == "ADP" else above


def relative_that(parse: Parse, verb: int) -> int | None:
    """What "the withdrawal that he announced" is about, where the parser took the relative for a "that" clause."""
    if parse.deps[verb] not in ("ccomp", "advcl", "acl") or parse.child(verb, "dobj") is not None:
        return None
    mark = parse.child(verb, "mark")
    if mark is None or parse.lower[mark] != "that" or mark == 0 or parse.pos[mark - 1] not in ("NOUN", "PROPN"):
        return None
    return noun_before(parse, mark)


def _shared_object(parse: Parse, verb: int) -> int | None:
    """The object that coordinated verbs share: that of the next one ("attacked and killed the guards"), or the
    relative pronoun of the one before ("whom they overthrew and still hold")."""
    head = parse.heads[verb]
    if parse.deps[verb] == "conj" and parse.deps[head] == "relcl" and parse.child(verb, *SUBJECTS) is None:
        above = patient(parse, head)
        return above if above is not None and above < head else None
    for other in parse.children(verb, "conj"):
        if parse.pos[other] in VERBAL and other - verb <= 3 and parse.child(other, *SUBJECTS) is None:
            return parse.child(other, "dobj")
    return None


def preposition(parse: Parse, verb: int, word: str) -> Iterator[int]:
    """The objects of each `word` phrase in the verb's clause after the verb, wherever the parser hung it."""
    for token in own_tokens(parse, verb):
        if parse.lower[token] == word and parse.deps[token] in ("prep", "agent", "dative", "prt", "mark", "advmod"):
            if token < verb and (parse.heads[token] != verb or word == "between"):
                continue
            if word == "to" and token and parse.lower[token - 1] in _TWO_WORDS:
                continue
            if word == "with" and _is_in_topic(parse, token):
                continue
            inner = parse.child(token, "pobj", "pcomp")
            if inner is not None:
                yield inner


def _is_in_topic(parse: Parse, token: int) -> bool:
    """Whether a phrase tells whose the topic of a talk is: "about the contracts with China"."""
    noun = parse.heads[token]
    return parse.deps[noun] == "pobj" and parse.lower[parse.heads[noun]] == "about"


def governor(parse: Parse, token: int) -> int | None:
    """The nearest verb above `token`."""
    for above in parse.ancestors(token):
        if parse.pos[above] in VERBAL:
            return above
    return None
