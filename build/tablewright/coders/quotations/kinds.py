"""Whether somebody's words are a statement, "a full clause with its subject, or more", or a fragment."""

from __future__ import annotations

from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.parse import SUBJECT_DEPS

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def is_statement(reading: Reading, quote: Quote) -> bool:
    """Whether the quotation is a full clause or more: one with its subject that hangs on no noun of the quotation, or
    a sentence of its own (an imperative, or words with a capital that the parse could not tie)."""
    finite = [t for t in range(quote.first, quote.stop) if reading.parse.tags[t] in _FINITE]
    if any(_has_clause(reading, quote, verb) for verb in finite):
        return True
    return _is_sentence(reading, quote, finite)


def _is_sentence(reading: Reading, quote: Quote, finite: list[int]) -> bool:
    parse, first = reading.parse, quote.first
    opens = reading.opens(quote)
    # After an adverbial ("In this part of the world that counts") the parse often takes the clause for a relative one.
    if opens and any(parse.pos[first] == "ADP" or not _hangs_on_noun(reading, verb) for verb in finite):
        return True
    if opens and any(parse.tags[t] == "VB" for t in reading.roots(quote)):
        return True
    if not parse.words[first][0].isupper() or parse.pos[first] == "PROPN":
        return False
    return any(parse.heads[verb] not in quote and parse.deps[verb] not in {"aux", "auxpass"} for verb in finite)


def _hangs_on_noun(reading: Reading, finite: int) -> bool:
    parse = reading.parse
    verb = parse.heads[finite] if parse.deps[finite] in {"aux", "auxpass"} else finite
    return parse.deps[verb] in {"relcl", "acl"}


def _has_clause(reading: Reading, quote: Quote, finite: int) -> bool:
    parse = reading.parse
    verb = parse.heads[finite] if parse.deps[finite] in {"aux", "auxpass"} else finite
    subjects = [child for child in parse.children(verb, *SUBJECT_DEPS) if child in quote]
    if verb not in quote or not subjects or any(_is_relative(reading, quote, verb, child) for child in subjects):
        return False
    token = verb
    while parse.heads[token] in quote and parse.heads[token] != token:
        if parse.deps[token] in {"relcl", "acl"}:
            return False
        if parse.deps[token] in {"ccomp", "advcl", "pcomp", "csubj", "xcomp"}:
            return _stands_alone(reading, quote, parse.heads[token])
        token = parse.heads[token]
    # "the maintenance of order so that they can work": the clause is no more than an adjunct of what comes before.
    return parse.deps[token] != "advcl" or quote.first in parse.subtree(token)


def _is_relative(reading: Reading, quote: Quote, verb: int, subject: int) -> bool:
    """Whether a subject is a relative pronoun: of a relative clause, or behind the noun that it takes up."""
    parse = reading.parse
    if parse.lower[subject] not in _RELATIVES or subject == quote.first:
        return False
    return parse.deps[verb] == "relcl" or parse.tags[subject] in {"WDT", "WP", "IN"}


def _stands_alone(reading: Reading, quote: Quote, verb: int) -> bool:
    """Whether the head of a subordinate clause is a clause with a subject itself."""
    parse = reading.parse
    while True:
        subject = parse.child(verb, *SUBJECT_DEPS)
        if subject is not None and subject in quote:
            return parse.deps[verb] not in {"relcl", "acl"}
        if parse.deps[verb] != "conj" or parse.heads[verb] not in quote:
            return False
        verb = parse.heads[verb]
