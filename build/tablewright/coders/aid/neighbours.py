"""Who and what stands beside a sum: the subject of its verb, the agent, the prepositional phrases."""

from __future__ import annotations

from collections.abc import Iterator

from tablewright.clauses import clause_verb, is_clause_verb
from tablewright.coders.aid.frames import Frame, after_period
from tablewright.parse import Parse

_ROUTING = frozenset(
    {"pay", "channel", "deliver", "disburse", "distribute", "route", "spend", "administer", "manage", "provide", "send"}
)


def subject_of(parse: Parse, verb: int) -> int | None:
    """Who does `verb`: its own subject, or the one that it takes over from the verb above; None if nobody is named."""
    for _ in range(6):
        own = parse.child(verb, "nsubj")
        if own is not None:
            return _antecedent(parse, own, verb)
        if is_passive(parse, verb):
            return agent_of(parse, verb)
        dep, head = parse.deps[verb], parse.heads[verb]
        if dep in {"ROOT", "conj", "ccomp"} and (name := _name_before(parse, verb)) is not None:
            return name
        if dep == "acl" and _is_misread(parse, verb):
            return head
        if dep not in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep"} or head == verb:
            return None
        if dep == "xcomp" and (told := parse.child(head, "dobj", "dative")) is not None and _is_to(parse, verb):
            return told
        above = head if is_clause_verb(parse, head) else clause_verb(parse, head)
        if above is None or above == verb:
            return None
        verb = above
    return None


def _name_before(parse: Parse, verb: int) -> int | None:
    """The name right before a verb that the parser gave no subject: "In February Paris committed …"."""
    before = verb - 1
    while before > 0 and parse.deps[before] in {"aux", "advmod", "neg"}:
        before -= 1
    return before if before >= 0 and parse.pos[before] == "PROPN" and parse.tags[verb] != "VBG" else None


def _is_to(parse: Parse, verb: int) -> bool:
    return any(parse.lower[child] == "to" for child in parse.children(verb, "aux"))


def _antecedent(parse: Parse, subject: int, verb: int) -> int:
    """What a relative pronoun stands for."""
    if parse.lower[subject] in {"which", "that", "who"} and parse.deps[verb] == "relcl":
        return parse.heads[verb]
    return subject


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether `verb` is passive, or a participle after its noun ("money given by")."""
    if parse.child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if parse.tags[verb] != "VBN" or parse.deps[verb] not in {"acl", "relcl", "advcl"} or parse.children(verb, "aux"):
        return False
    return not _is_misread(parse, verb)


def _is_misread(parse: Parse, verb: int) -> bool:
    """Whether a participle after the noun is the sentence's own verb: "The board approved on Friday a loan"."""
    noun = parse.heads[verb]
    if parse.deps[verb] != "acl" or parse.deps[noun] != "ROOT" or parse.child(verb, "dobj") is None:
        return False
    return agent_of(parse, verb) is None


def agent_of(parse: Parse, verb: int) -> int | None:
    """Who a passive verb is done by."""
    for by in parse.children(verb, "agent"):
        return parse.child(by, "pobj")
    for by in parse.children(verb, "prep"):
        if parse.lower[by] == "by":
            return parse.child(by, "pobj")
    return None


def _times(parse: Parse, anchor: int) -> Iterator[int]:
    """The years and months below a token, on which the parser hangs what follows: "over five years for drones"."""
    for child in parse.children(anchor, "npadvmod", "prep"):
        for token in (child, *parse.children(child, "pobj")):
            if parse.lemmas[token] in {"year", "month", "week"}:
                yield token


def _meant(parse: Parse, noun: int) -> int:
    """What "which" stands for in "to which they contributed"; any other noun is itself."""
    if parse.lower[noun] not in {"which", "whom"}:
        return noun
    verb = clause_verb(parse, noun)
    return parse.heads[verb] if verb is not None and parse.deps[verb] == "relcl" else noun


def phrases(parse: Parse, frame: Frame) -> list[tuple[str, int, int]]:
    """The prepositional phrases that may say who, how and what for: preposition, its token, its noun; nearest first.

    What follows the sum comes before what precedes it.
    """
    found: list[tuple[str, int, int]] = []
    anchors = set(frame.anchors)
    for anchor in frame.anchors:
        anchors.update(_times(parse, anchor))
        anchors.update(
            verb for verb in parse.children(anchor, "acl", "relcl", "advcl") if parse.lemmas[verb] in _ROUTING
        )
    for token in range(frame.sentence.first, frame.sentence.stop):
        if parse.deps[token] not in {"prep", "dative", "agent"} or frame.first <= token < frame.stop:
            continue
        head = parse.heads[token]
        follows = token == after_period(parse, frame.stop) and parse.lower[token] in {"to", "for"}
        if follows or head in anchors or (parse.deps[head] == "prep" and parse.heads[head] in anchors):
            goals = parse.children(token, "pobj", "pcomp")
            found.extend((parse.lower[token], token, _meant(parse, noun)) for noun in goals)
    return sorted(found, key=lambda each: (each[1] < frame.stop, abs(each[1] - frame.stop)))
