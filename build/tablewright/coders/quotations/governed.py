"""The attribution that stands before a quotation: X called it “…”; his warning that “…”."""

from __future__ import annotations

from tablewright.coders.quotations.behind import source_phrase
from tablewright.coders.quotations.reading import MARKS, Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, speaker_at
from tablewright.coders.quotations.subjects import is_passive, owner_of, subject_of

# How many tokens behind a weak cue the quotation must begin: "began: …", "it read “…".
_TIGHT = 4
_NEAR = 2
# What may stand between a noun of saying and the words: "his warning that “…”", "a message of “…”".
_AFTER_NOUN = frozenset({"that", ":", ",", "of", "is", "was"})
_APART = frozenset({"while", "whereas", "although", "though", "since", "after", "before", "because", "if", "when"})


def governing(reading: Reading, quote: Quote, first: int) -> Attribution | None:
    """The nearest word of saying before the quotation, from token `first` on, whose clause holds it."""
    path = reading.path(quote)
    for token in range(quote.first - 1, first - 1, -1):
        if reading.quoted[token]:
            continue
        if reading.is_cue(token):
            found = _by_verb(reading, quote, token, path)
        elif reading.lemma(token) in reading.cues.noun and reading.parse.pos[token] == "NOUN":
            found = _by_noun(reading, quote, token, path)
        else:
            found = source_phrase(reading, token, quote.first) if reading.lower_is_phrase(token) else None
        if found is not None:
            return found
    return None


def _by_verb(reading: Reading, quote: Quote, verb: int, path: list[int]) -> Attribution | None:
    parse, lemma = reading.parse, reading.lemma(verb)
    gap = sum(1 for t in range(verb + 1, quote.first) if parse.words[t] not in MARKS)
    if not _fits(reading, quote, verb, gap):
        return None
    if gap > _TIGHT and _apart(reading, verb, path, quote):
        return None
    cue = (verb, verb + 1)
    subject = subject_of(reading, verb)
    if subject is None:
        nameless = is_passive(parse, verb) and gap <= _TIGHT and lemma in reading.cues.naming
        return Attribution("unspoken", None, cue, verb) if nameless else None
    return Attribution("before", speaker_at(reading, subject), cue, verb)


def _fits(reading: Reading, quote: Quote, verb: int, gap: int) -> bool:
    """Whether a verb that is a saying only in some uses is one here."""
    between = reading.parse.lower[verb + 1 : quote.first]
    lemma, cues = reading.lemma(verb), reading.cues
    if lemma == "put":
        return "it" in between or "writing" in between
    if lemma in cues.with_as:
        return "as" in between
    return lemma not in cues.near or gap <= _NEAR or between[:1] == ["that"] or ":" in between


def _apart(reading: Reading, verb: int, path: list[int], quote: Quote) -> bool:
    """Whether the quotation stands outside what `verb` says: behind a closed clause, or in a clause of its own."""
    parse = reading.parse
    if verb not in path:
        clause = next((t for t in (verb, *parse.ancestors(verb)) if parse.deps[t] in {"relcl", "acl"}), None)
        return clause is not None and clause not in path and _is_closed(reading, clause, quote)
    below = path[path.index(verb) - 1] if path.index(verb) else None
    if below is None:
        return False
    if parse.deps[below] == "conj" and reading.is_verb(below):
        return True
    return parse.deps[below] == "advcl" and any(
        parse.lower[m] in _APART for m in parse.children(below, "mark", "advmod")
    )


def _is_closed(reading: Reading, clause: int, quote: Quote) -> bool:
    """Whether words or a comma stand between the end of a clause and the quotation."""
    edge = reading.parse.subtree(clause)[-1]
    return any(reading.parse.words[t] not in MARKS for t in range(edge + 1, quote.first))


def _by_noun(reading: Reading, quote: Quote, noun: int, path: list[int]) -> Attribution | None:
    """His warning that “…”; in a statement that “…”."""
    parse = reading.parse
    between = {*parse.lower[noun + 1 : quote.first]} - MARKS
    if not between <= _AFTER_NOUN and (noun not in path or "that" not in between):
        return None
    head = parse.heads[noun]
    if parse.deps[noun] in {"dobj", "nsubj"} and reading.lemma(head) in reading.cues.label and not between:
        return None  # "called her words “an insult”": the words are what is labelled
    owner = owner_of(reading, noun)
    if owner is None:
        verb = next((t for t in parse.ancestors(noun) if reading.is_verb(t)), None)
        # "It was, in the phrase of X": what is so is not who says so.
        owner = subject_of(reading, verb) if verb is not None and reading.lemma(verb) != "be" else None
    if owner is None or owner == noun:
        return None
    speaker = speaker_at(reading, owner)
    unnamed = reading.lemma(owner) in reading.cues.voice | reading.cues.nobody
    return Attribution("noun", speaker, (noun, noun + 1), noun) if speaker.actors or unnamed else None
