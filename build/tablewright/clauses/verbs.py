"""Which verb a word stands under, what it is coordinated with, and whether it looks back or ahead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tablewright.clauses.vocabulary import words
from tablewright.parse import SUBJECT_DEPS, Parse

Outlook = Literal["past", "future", "near"]

_AHEAD_AUXILIARIES = words("will 'll ’ll wo shall would 'd ’d could should may might must can ca")

# What is said to follow these has not happened yet.
PLANNING = words(
    "plan agree expect promise pledge vow intend hope want schedule set due aim decide threaten offer ask urge invite "
    "demand prepare propose order vote consider slate commit seek likely ready wish need request appeal be"
)

_SCHEDULED = frozenset(["schedule", "plan", "expect", "slate", "due", "set"])

_SAYING = words("say tell write report state note add argue warn call describe quote recall")


def clause_verb(parse: Parse, token: int) -> int | None:
    """The verb of the clause that `token` stands in (itself, if it is one); None in a clause without a verb."""
    if is_clause_verb(parse, token):
        return token
    return next((above for above in parse.ancestors(token) if is_clause_verb(parse, above)), None)


def is_clause_verb(parse: Parse, token: int) -> bool:
    """Whether `token` is a verb that heads a clause: no auxiliary, no participle used as an adjective."""
    if parse.pos[token] not in {"VERB", "AUX"}:
        return False
    return parse.deps[token] not in {"aux", "auxpass", "amod", "compound", "nmod", "prep", "case"}


def coordinated(parse: Parse, token: int) -> Iterator[int]:
    """The verbs coordinated with `token`: those before it, nearest first, then those after it, nearest first."""
    first = token
    while parse.deps[first] == "conj" and is_clause_verb(parse, parse.heads[first]):
        first = _finite_head(parse, first)
        yield first
    chain = [each for each in parse.conjuncts(first) if is_clause_verb(parse, each)]
    if _is_spliced(parse, first):
        chain.extend(each for each in parse.conjuncts(parse.heads[first]) if is_clause_verb(parse, each))
    chain.extend(each for verb in tuple(chain) for each in parse.children(verb, "ccomp") if _is_spliced(parse, each))
    yield from sorted((each for each in chain if each not in {token, first}), key=lambda e: (e > token, abs(e - token)))


def _is_spliced(parse: Parse, verb: int) -> bool:
    """Whether a clause that hangs on a later verb only stands beside it: "Greece sent help, Ankara declined it"."""
    head = parse.heads[verb]
    if parse.deps[verb] not in {"ccomp", "parataxis"} or head <= verb or parse.lemmas[head].lower() in _SAYING:
        return False
    subject = parse.child(head, "nsubj", "nsubjpass")
    if subject is None or subject < verb or parse.child(verb, "mark") is not None:
        return False
    if parse.child(head, "dobj", "conj") is None:
        return False  # "the army attacked, officials confirmed"
    between = parse.words[verb:subject]
    return "," in between and not {";", "”", '"', "—"} & set(between)


def _finite_head(parse: Parse, verb: int) -> int:
    """What `verb` is coordinated with: a past tense not with the infinitive before it, but with the verb over that.

    "Ordered him to surrender and sent soldiers": the parser joins "sent" to "surrender".
    """
    head = parse.heads[verb]
    while (
        parse.tags[verb] in {"VBD", "VBZ"}
        and parse.tags[head] == "VB"
        and parse.deps[head] in {"xcomp", "advcl", "ccomp"}
    ):
        head = parse.heads[head]
    return head


def has_subject(parse: Parse, verb: int) -> bool:
    """Whether `verb` has a subject of its own."""
    return parse.child(verb, *SUBJECT_DEPS) is not None


def outlook(parse: Parse, verb: int) -> Outlook:
    """Whether the clause of `verb` speaks of what was ("past") or of what is to come ("future")."""
    # The month of May gets taken for the auxiliary.
    auxiliaries = {parse.lower[c] for c in parse.children(verb, "aux", "auxpass") if parse.words[c] != "May"}
    if auxiliaries & _AHEAD_AUXILIARIES:
        return "future"
    lemma, tag = parse.lemmas[verb].lower(), parse.tags[verb]
    complements = (parse.lemmas[child].lower() for child in parse.children(verb, "acomp", "attr", "prep"))
    if (lemma in _SCHEDULED and tag == "VBN") or (lemma == "be" and "due" in complements):
        return "future"
    if auxiliaries & {"have", "has", "had", "was", "were", "having", "'ve", "’ve"} or tag in {"VBD", "VBN"}:
        return "past"
    if tag in {"VBZ", "VBP"}:
        return "past" if lemma in _SAYING else "future"
    if tag == "VBG" and auxiliaries & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"}:
        return "future"
    head = parse.heads[verb]
    if head == verb:
        return "past"
    if "to" in auxiliaries and parse.lemmas[head].lower() in PLANNING:
        return "future"
    if tag == "VB" and parse.deps[verb] == "conj" and parse.tags[head] in {"VBD", "VBZ", "VBP"}:
        return "future"  # a present tense that is tagged as a bare form: "overthrew him and still hold him"
    above = clause_verb(parse, head)
    return outlook(parse, above) if above is not None and above != verb else "past"


def top_token(parse: Parse, tokens: range) -> int:
    """The one of `tokens` that hangs on a word outside of them."""
    return next((t for t in tokens if parse.heads[t] not in tokens or parse.heads[t] == t), tokens[-1])
