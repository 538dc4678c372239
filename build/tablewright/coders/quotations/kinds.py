"""What a quotation is: a title, a term, or somebody's words, and then a statement or a fragment."""

from __future__ import annotations

from tablewright.coders.quotations.reading import MARKS, NOMINALS, Quote, Reading
from tablewright.coders.quotations.speakers import Attribution
from tablewright.coders.quotations.subjects import is_passive
from tablewright.parse import SUBJECT_DEPS

_SURE_TITLING = frozenset({"titled", "entitled", "headlined"})
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "and",
        "or",
        "but",
        "nor",
        "by",
        "with",
        "from",
        "as",
        "is",
        "la",
        "le",
        "de",
        "del",
        "der",
        "und",
        "et",
        "y",
    ]
)
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
# "Dubbed “…” by its critics": a name in use, whoever uses it.
_NICKNAMING = frozenset({"dub", "nickname", "know", "christen"})
_LONGEST_TERM = 5
_TITLE_LOOKBACK = 14


def is_title(reading: Reading, quote: Quote) -> bool:
    """Whether the quotation is the title of a work or programme."""
    parse, cues = reading.parse, reading.cues
    words = [t for t in range(quote.first, quote.stop) if any(c.isalnum() for c in parse.words[t])]
    if not words or (not parse.words[words[0]][0].isupper() and not parse.words[words[0]][0].isdigit()):
        return False
    before = _word_before(reading, quote)
    if before is not None and parse.lower[before] in _SURE_TITLING:
        return True
    if not _capitalised(reading, words):
        return False
    if before is not None and _brings_in_title(reading, quote, before):
        return True
    if quote.stop + 1 < quote.sentence_stop:
        after = quote.stop + 1 if parse.words[quote.stop] in MARKS else quote.stop
        if reading.lemma(after) in cues.programme or reading.lemma(after) in cues.work:
            return parse.pos[after] in NOMINALS
    named = {reading.lemma(words[0]), reading.lemma(words[-1])}
    return len(words) > 1 and bool(named & (cues.programme | cues.work))


def _word_before(reading: Reading, quote: Quote) -> int | None:
    token = quote.first - 1
    while token >= quote.sentence_first and not any(c.isalnum() for c in reading.parse.words[token]):
        token -= 1
    return token if token >= quote.sentence_first else None


def _capitalised(reading: Reading, words: list[int]) -> bool:
    parse = reading.parse
    return all(
        parse.words[t][0].isupper()
        or parse.words[t][0].isdigit()
        or parse.lower[t] in _SMALL_WORDS
        or len(parse.words[t]) < 3
        for t in words
    )


def _brings_in_title(reading: Reading, quote: Quote, before: int) -> bool:
    """A work or programme right before the marks, or a verb of titling with one near."""
    parse, cues = reading.parse, reading.cues
    works = cues.work | cues.programme
    if reading.lemma(before) in works and parse.pos[before] in NOMINALS:
        return True
    if parse.lower[before] in {"of", "in", "from", "on"} and before > quote.sentence_first:
        return reading.lemma(before - 1) in works | {"author", "writer", "director", "star", "producer"}
    if parse.lower[before] not in cues.titling and reading.lemma(before) not in cues.titling:
        return False
    return any(
        reading.lemma(t) in works and parse.pos[t] in NOMINALS
        for t in range(max(0, before - _TITLE_LOOKBACK), before)
        if not reading.quoted[t]
    )


def is_marked_term(reading: Reading, quote: Quote) -> bool:
    """Whether the words before it make the quotation a term: so-called, known as, the word."""
    parse, cues = reading.parse, reading.cues
    before = _word_before(reading, quote)
    if before is None:
        return False
    if reading.lemma(before) in cues.term and parse.pos[before] == "NOUN":
        return True
    start = parse.starts[max(quote.sentence_first, before - 3)]
    lead = reading.text[start : parse.ends[before]].lower()
    return any(lead.endswith(phrase) for phrase in cues.term_phrase)


def is_usage(reading: Reading, quote: Quote, found: Attribution) -> bool:
    """Whether an attribution names a usage rather than a speaker: "people call it", "what is called"."""
    if found.cue is None:
        return False
    lemma = reading.lemma(found.cue[0])
    if lemma == "read":
        return not any(
            reading.is_verb(t) or reading.parse.words[t] in {"!", "?"} for t in range(quote.first, quote.stop)
        )
    short = quote.stop - quote.first <= _LONGEST_TERM
    if found.speaker is None:
        return short
    if not short or lemma not in reading.cues.label or found.speaker.actors:
        return False
    if lemma in _NICKNAMING:
        return True
    parse = reading.parse
    heads = [t for t in range(found.speaker.first, found.speaker.stop) if parse.pos[t] in NOMINALS]
    generic = any(reading.lemma(t) in reading.cues.crowd and parse.tags[t] not in {"NN", "NNP"} for t in heads)
    return generic and not is_passive(parse, found.cue[0])


def is_short(reading: Reading, quote: Quote) -> bool:
    """Whether a quotation is short enough for a label."""
    return sum(1 for t in range(quote.first, quote.stop) if any(c.isalnum() for c in reading.parse.words[t])) <= 4


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
