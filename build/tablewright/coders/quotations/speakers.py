"""Who a subject is: from the token of a verb's subject to the words and the actor of the speaker.

Rules from the codebook: a pronoun or title resolves to the actor it stands for and keeps its words; joint speakers
have no id; a document speaks for its issuer; an unnamed voice of a named body is the body, "a diplomat" nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tablewright.coders.quotations.reading import NOMINALS, Reading
from tablewright.coders.quotations.subjects import subject_of
from tablewright.parse import Parse

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_BODY_PREPOSITIONS = frozenset({"for", "of", "from", "at", "with", "in", "by", "to"})
_NOT_NAME_KINDS = frozenset({"role", "anaphor"})
_WITHIN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "case", "predet", "quantmod", "advmod"})
# How far back, in tokens, "the report" may have been introduced.
_REACH = 400


@dataclass(frozen=True, slots=True)
class Speaker:
    """The speaker's words, tokens `first` to `stop`, and the actors they stand for (several: joint speakers)."""

    first: int
    stop: int
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words, by which word (`cue`, tokens half-open), and at which token a date of the saying hangs
    (`anchor`)."""

    rule: str
    speaker: Speaker | None = None
    cue: tuple[int, int] | None = None
    anchor: int | None = None


def speaker_at(reading: Reading, token: int) -> Speaker:
    """The speaker whom the subject `token` names."""
    partners = [token, *(t for t in reading.parse.conjuncts(token)[1:] if reading.parse.pos[t] in NOMINALS)]
    single = [_single(reading, each) for each in partners]
    if len(single) == 1:
        return single[0]
    actors = tuple(dict.fromkeys(actor for each in single for actor in each.actors))
    # Of one named and one unnamed speaker neither speaks alone.
    known = actors if all(each.actors for each in single) else ()
    return Speaker(min(s.first for s in single), max(s.stop for s in single), known)


def _single(reading: Reading, token: int) -> Speaker:
    parse = reading.parse
    if parse.pos[token] == "PRON" or parse.lower[token] in _RELATIVES:
        return _pronoun(reading, token)
    token = _apposed_name(reading, token)
    mention = reading.mention(token)
    if mention is not None and (mention.kind not in _NOT_NAME_KINDS or mention.stop > token):
        ids = reading.actors(token) if mention.kind in _NOT_NAME_KINDS else (mention.actor_id,)
        return Speaker(mention.first, mention.stop, ids)
    entity = parse.entity(token)
    if entity is not None and entity.label == "PERSON" and parse.pos[token] == "PROPN":
        return Speaker(entity.first, entity.stop, reading.actors(token))
    first, stop = phrase(reading, token)
    return Speaker(first, stop, reading.actors(token) or body_of(reading, token))


def _pronoun(reading: Reading, token: int) -> Speaker:
    parse = reading.parse
    if parse.lower[token] not in _RELATIVES or parse.deps[token] not in {"nsubj", "nsubjpass"}:
        whole = phrase(reading, token) if parse.children(token, "prep") else (token, token + 1)
        return Speaker(*whole, reading.actors(token) or body_of(reading, token))
    if reading.actors(token):
        return Speaker(token, token + 1, reading.actors(token))
    clause = next((each for each in parse.ancestors(token) if parse.deps[each] == "relcl"), None)
    if clause is None:
        return Speaker(token, token + 1, ())
    return Speaker(token, token + 1, speaker_at(reading, parse.heads[clause]).actors)


def _apposed_name(reading: Reading, token: int) -> int:
    """The name beside a role: "the spokesman of the junta, Colonel Amadou Abdramane"."""
    parse = reading.parse
    if parse.pos[token] not in {"NOUN", "PROPN"} or _is_name_of_person(reading, token):
        return token
    hosts = [token] if reading.lemma(token) not in reading.cues.voice else [token, *_owners(parse, token)]
    for other in (each for host in hosts for each in parse.children(host, "appos")):
        mention, entity = reading.mention(other), parse.entity(other)
        named = mention is not None and mention.kind == "name"
        if named and parse.pos[token] == "PROPN":
            named = _is_name_of_person(reading, other)
        if parse.pos[other] == "PROPN" and (named or (entity is not None and entity.label == "PERSON")):
            return other
    return token


def _is_name_of_person(reading: Reading, token: int) -> bool:
    mention = reading.mention(token)
    return mention is not None and mention.kind == "name" and reading.is_person(mention.actor_id)


def _owners(parse: Parse, token: int) -> list[int]:
    """The body of a role, to which the parse may have tied the name: "the spokesman of the junta, Colonel …"."""
    found = [token]
    for each in found:
        found.extend(obj for prep in parse.children(each, "prep") for obj in parse.children(prep, "pobj"))
    return found[1:]


def phrase(reading: Reading, token: int) -> tuple[int, int]:
    """The noun phrase of `token` without clauses and appositions, as tokens."""
    parse = reading.parse
    tokens = {token}
    todo = [token]
    while todo:
        for child in parse.children(todo.pop()):
            if parse.deps[child] in _WITHIN or parse.deps[child] in {"prep", "pobj", "pcomp"}:
                tokens.add(child)
                todo.append(child)
    first, stop = token, token + 1
    while first - 1 in tokens:
        first -= 1
    while stop in tokens:
        stop += 1
    return first, stop


def body_of(reading: Reading, token: int) -> tuple[str, ...]:
    """The body that an unnamed voice or a document speaks for, or nobody."""
    lemma = reading.lemma(token)
    if lemma in reading.cues.nobody:
        return _attached(reading, token, national=False)
    is_document = lemma in reading.cues.document
    if not is_document and lemma not in reading.cues.voice and reading.parse.lower[token] != "one":
        return ()
    found = _attached(reading, token, national=True) or (_issued(reading, token) if is_document else ())
    if found or not _definite(reading, token):
        return found
    return _introduced(reading, token, lemma)


def _issued(reading: Reading, token: int) -> tuple[str, ...]:
    """Who put out a document: "Hamas issued a statement saying", "in a statement, NATO"."""
    parse = reading.parse
    verb = parse.heads[token]
    if parse.deps[token] != "dobj" or not reading.is_verb(verb):
        return ()
    subject = subject_of(reading, verb)
    return reading.actors(subject) if subject is not None and subject != token else ()


def _attached(reading: Reading, token: int, *, national: bool) -> tuple[str, ...]:
    """The actors in the noun phrase of `token`: "for NATO", "NATO", "NATO's", "Turkish", "issued by NATO"."""
    for other, inside in _attachments(reading, token):
        actors = reading.actors(other) or _antecedent(reading, other)
        if inside and not national and all(_is_country(reading, actor) for actor in actors):
            continue
        if not actors and reading.parse.pos[other] in NOMINALS:
            actors = body_of(reading, other) if other > token else ()
        if actors:
            partners = (reading.actors(each) for each in reading.parse.conjuncts(other)[1:])
            return tuple(dict.fromkeys([*actors, *(a for each in partners for a in each)]))
    return ()


def _antecedent(reading: Reading, token: int) -> tuple[str, ...]:
    """The body whose people "one of them" and "one of whom" are: "the army's negotiators …, one of whom said"."""
    parse = reading.parse
    if parse.lower[token] not in {"them", "whom"}:
        return ()
    first = parse.sentence_of(token).first
    plurals = (t for t in range(token - 1, first - 1, -1) if parse.tags[t] == "NNS" and not reading.quoted[t])
    return next((found for t in plurals if (found := body_of(reading, t))), ())


def _attachments(reading: Reading, token: int) -> Iterator[tuple[int, bool]]:
    """The nouns that tell whose a voice or document is, and whether they stand before it ("a NATO diplomat")."""
    parse = reading.parse
    for prep in parse.children(token, "prep", "agent"):
        if parse.lower[prep] in _BODY_PREPOSITIONS:
            yield from ((obj, False) for obj in parse.children(prep, "pobj"))
    for clause in parse.children(token, "acl"):
        for agent in parse.children(clause, "agent"):
            yield from ((obj, False) for obj in parse.children(agent, "pobj"))
    yield from ((child, True) for child in parse.children(token, "poss", "compound", "nmod", "amod"))


def _is_country(reading: Reading, actor: str) -> bool:
    known = reading.cast.actors.get(actor)
    return known is None or known.kind == "country"


def _definite(reading: Reading, token: int) -> bool:
    return any(reading.parse.lower[child] in {"the", "this", "that"} for child in reading.parse.children(token, "det"))


def _introduced(reading: Reading, token: int, lemma: str) -> tuple[str, ...]:
    """Whom the same noun spoke for where it last stood with a body: "Japan's ambassador … the ambassador"."""
    parse = reading.parse
    for other in range(token - 1, max(-1, token - _REACH), -1):
        if parse.lemmas[other].lower() == lemma and parse.pos[other] in NOMINALS:
            found = reading.actors(other) or _attached(reading, other, national=True)
            if found:
                return found
    return ()
