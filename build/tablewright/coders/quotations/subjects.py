"""Whose doing a verb or noun is: the token of its subject, through passives, participles and coordination."""

from __future__ import annotations

from tablewright.coders.quotations.reading import NOMINALS, Reading
from tablewright.parse import Parse

_INTO_CLAUSE = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "conj", "prep", "parataxis", "dep", "acl", "aux", "pobj"})
# "The radio quoted a witness as saying": who says is the object.
_QUOTING = frozenset({"quote", "cite"})
_WITHIN = frozenset({"compound", "amod", "nmod", "poss", "det", "nummod", "quantmod", "case", "predet"})
_INVERSION_REACH = 3


def subject_of(reading: Reading, verb: int, depth: int = 0) -> int | None:
    """The token that does what `verb` says; None for a passive without an agent.

    A participle or infinitive takes its subject from the verb above ("imposed sanctions, accusing him"), a participle
    behind a noun the noun ("a statement saying").
    """
    parse = reading.parse
    agent = _agent(parse, verb)
    if agent is not None:
        return agent
    if is_passive(parse, verb):
        return None
    # Of two subjects ("Peace, the Pope told the crowd, …") the one right before the verb.
    subjects = parse.children(verb, "nsubj")
    subject = next((t for t in reversed(subjects) if t < verb), subjects[0] if subjects else None)
    if subject is not None and not reading.quoted[subject]:
        real = _unclosed_apposition(parse, subject, verb)
        return subject if real is None else real
    if subject is not None or depth > 6:
        return None
    fronted = _fronted(reading, verb)
    if fronted is not None or parse.heads[verb] == verb:
        return fronted
    return _controller(reading, verb, depth)


def _agent(parse: Parse, verb: int) -> int | None:
    for agent in parse.children(verb, "agent"):
        return parse.child(agent, "pobj")
    if not is_passive(parse, verb):
        return None
    for prep in parse.children(verb, "prep"):
        if parse.lower[prep] == "by":
            return parse.child(prep, "pobj")
    return None


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether `verb` is a passive: "was called", "a step denounced by", "when asked"."""
    if parse.tags[verb] != "VBN" or parse.child(verb, "nsubj") is not None:
        return False
    if parse.child(verb, "nsubjpass", "auxpass", "agent") is not None:
        return True
    if any(parse.lemmas[aux].lower() == "have" for aux in parse.children(verb, "aux")):
        return False
    # "The ministry called it …", where the parse takes the past tense for a participle: it has an object.
    if any(child > verb for child in parse.children(verb, "dobj", "oprd", "ccomp")):
        return False
    if parse.deps[verb] == "conj":
        return is_passive(parse, parse.heads[verb])
    return True


def _unclosed_apposition(parse: Parse, subject: int, verb: int) -> int | None:
    """The real subject where the parse took it for an apposition: "Peace, the Pope told the crowd, …".

    An apposition is closed by a comma; a noun right before its verb is none.
    """
    before = verb - 1
    while before > subject and parse.pos[before] in {"AUX", "ADV"}:
        before -= 1
    for name in parse.children(subject, "appos"):
        if subject < name <= before and parse.subtree(name)[-1] == before and parse.pos[before] in NOMINALS:
            return name
    return None


def _fronted(reading: Reading, verb: int) -> int | None:
    """The name that the parse took into an adverbial before the verb: "In June Maria Zakharova accused …",
    "Speaking in Addis Ababa, Moussa Faki Mahamat, the chairperson, expressed …"."""
    parse = reading.parse
    if parse.tags[verb] not in {"VBD", "VBZ", "VBP"} or parse.deps[verb] in {"conj", "advcl", "xcomp"}:
        return None
    inside = {token for child in parse.children(verb, "prep", "csubj", "advcl") for token in parse.subtree(child)}
    names = [token for token in sorted(inside) if token < verb and not reading.quoted[token]]
    return next((token for token in reversed(names) if reading.is_person_name(token)), None)


def _controller(reading: Reading, verb: int, depth: int) -> int | None:
    parse = reading.parse
    head, dep = parse.heads[verb], parse.deps[verb]
    if dep == "acl" and parse.pos[head] in NOMINALS:
        return head
    if dep not in _INTO_CLAUSE:
        return None
    while parse.deps[head] in {"prep", "agent"} and parse.heads[head] != head:
        head = parse.heads[head]
    if reading.is_verb(head):
        if is_passive(parse, head):
            return parse.child(head, "nsubjpass")
        if reading.lemma(head) in _QUOTING and (quoted := parse.child(head, "dobj")) is not None:
            return quoted
        return subject_of(reading, head, depth + 1)
    return head if parse.pos[head] in NOMINALS and dep != "conj" else None


def owner_of(reading: Reading, noun: int) -> int | None:
    """Whose a noun of saying is: "his warning", "a statement by NATO", "NATO issued a statement"."""
    parse = reading.parse
    owner = parse.child(noun, "poss")
    if owner is not None:
        return owner
    for prep in parse.children(noun, "prep", "agent"):
        obj = parse.child(prep, "pobj")
        if obj is None or parse.lower[prep] not in {"by", "from", "of"}:
            continue
        speaks = reading.actors(obj) or reading.lemma(obj) in reading.cues.voice | reading.cues.nobody
        if parse.lower[prep] != "of" or speaks:
            return obj
    return None


def following_phrase(reading: Reading, start: int, stop: int) -> int | None:
    """The head of the noun phrase that begins within a few tokens of `start`, where the parse has no subject."""
    parse = reading.parse
    for token in range(start, min(stop, start + _INVERSION_REACH)):
        if reading.quoted[token]:
            return None
        if parse.pos[token] in NOMINALS:
            head = token
            while parse.deps[head] in _WITHIN and head < parse.heads[head] < stop:
                head = parse.heads[head]
            return head if parse.pos[head] in NOMINALS else None
        if parse.pos[token] not in {"DET", "ADJ", "ADV", "PUNCT", "NUM"}:
            return None
    return None
