"""Questions to the parse that several rules ask."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft
from tablewright.parse import SUBJECT_DEPS

_CLAUSE_DEPS = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "conj", "pcomp", "csubj", "parataxis"})


def shares_clause(draft: Draft, subject: int, other: int) -> bool:
    """Whether `subject` is the subject of the verb that `other` stands under, so that the two are two actors.

    A possessor inside the clause ("Japan praised the country's envoy") may well be the subject again.
    """
    parse = draft.parse
    root = subject
    while parse.deps[root] in {"compound", "conj", "nmod", "appos"} and parse.heads[root] != root:
        root = parse.heads[root]
    if parse.deps[root] not in SUBJECT_DEPS or parse.deps[other] == "poss":
        return False
    verb = parse.heads[root]
    for above in parse.ancestors(other):
        if above == verb:
            return True
        if parse.pos[above] in {"VERB", "AUX"} and parse.deps[above] in _CLAUSE_DEPS:
            return False
    return False


_OPENING, _CLOSING, _EITHER = frozenset("“«„"), frozenset("”»"), '"'


def quoted_tokens(draft: Draft) -> bytearray:
    """For each token whether it stands in double quotation marks; a new paragraph begins outside of them."""
    flags = bytearray(len(draft.parse))
    quoted, block = False, -1
    for sentence in draft.parse.sentences:
        if sentence.block != block:
            quoted, block = False, sentence.block
        for token in range(sentence.first, sentence.stop):
            word = draft.words[token]
            if word in _OPENING or word in _CLOSING or word == _EITHER:
                quoted = word in _OPENING or (word == _EITHER and not quoted)
            elif quoted:
                flags[token] = 1
    return flags
