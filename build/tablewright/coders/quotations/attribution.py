"""Whose words a quotation holds, by the grammar of its own sentence.

Tried in order: the words behind the quotation ("…," said X), the words before it (X called it "…", his warning that
"…", according to X), a predicate that is quoted itself (X "deplored" it), a colon, and an act that carries the words
(X committed money to "…").
"""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.coders.quotations.reading import MARKS, NOMINALS, Quote, Reading
from tablewright.coders.quotations.speakers import Speaker, speaker_at
from tablewright.coders.quotations.subjects import following_phrase, is_passive, owner_of, subject_of
from tablewright.parse import SUBJECT_DEPS

# How many tokens a direct speech may stand from its verb: room for "Lin Jian, a spokesman for the Chinese …, said".
_REACH_BEHIND = 40
# How many tokens behind a weak cue the quotation must begin: "began: …", "it read “…".
_TIGHT = 4
# Verbs that bring in words only right beside them; elsewhere they mean something else.
_WEAK = frozenset(
    [
        "read",
        "go",
        "begin",
        "continue",
        "finish",
        "think",
        "put",
        "find",
        "see",
        "view",
        "regard",
        "cast",
        "frame",
        "present",
        "rule",
        "sing",
        "reason",
        "signal",
        "sum",
        "object",
        "post",
        "report",
        "order",
        "begin",
        "offer",
        "relate",
        "reflect",
        "laugh",
        "sigh",
        "snap",
        "message",
        "text",
        "email",
    ]
)
_NEEDS_AS = frozenset({"see", "view", "regard", "cast", "frame", "present", "deem"})
_NO_ATTRIBUTION = frozenset(
    [
        "and",
        "but",
        "or",
        "nor",
        "that",
        "which",
        "who",
        "whose",
        "when",
        "where",
        "while",
        "because",
        "if",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "by",
        "into",
        "over",
        "after",
        "before",
        "than",
        "though",
        "although",
        "until",
        "since",
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "will",
        "would",
    ]
)
# What may stand between a noun of saying and the words: "his warning that “…”", "a message of “…”".
_AFTER_NOUN = frozenset({"that", ":", ",", "of", "is", "was"})
_APART = frozenset({"while", "whereas", "although", "though", "since", "after", "before", "because", "if", "when"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words, by which word (`cue`, tokens half-open), and at which token a date of the saying hangs (`anchor`)."""

    rule: str
    speaker: Speaker | None = None
    cue: tuple[int, int] | None = None
    anchor: int | None = None


def attribute(reading: Reading, quote: Quote) -> Attribution | None:
    """The attribution in the quotation's own sentence, or None."""
    opens = not any(any(c.isalnum() for c in reading.parse.words[t]) for t in range(quote.sentence_first, quote.first))
    behind = _behind(reading, quote)
    if behind is not None and (opens or _is_tight(reading, quote, behind)):
        return behind
    return (
        _before(reading, quote)
        or behind
        or _predicate(reading, quote)
        or _colon(reading, quote)
        or _act(reading, quote)
    )


def _is_tight(reading: Reading, quote: Quote, behind: Attribution) -> bool:
    """Whether the words behind a quotation inside a sentence are its own attribution rather than those before it."""
    begins = reading.skip_marks(quote.first - 1, quote.first)
    comma_before = quote.first >= 2 and reading.parse.words[quote.first - 2] in {",", "—", "–", ":", ";"}
    return begins == quote.first and comma_before and behind.cue is not None and behind.cue[0] - quote.stop < 8


def _behind(reading: Reading, quote: Quote) -> Attribution | None:
    """“…,” said Smith; “…,” Smith told reporters; “…”, according to Smith."""
    parse = reading.parse
    first = reading.skip_marks(quote.stop, quote.sentence_stop)
    if first >= quote.sentence_stop:
        return None
    if phrase := _source_phrase(reading, first, quote.sentence_stop):
        return phrase
    if parse.lower[first] in _NO_ATTRIBUTION or not _may_speak(reading, quote, first):
        return None
    for token in range(first, min(quote.sentence_stop, first + _REACH_BEHIND)):
        if reading.quoted[token] or parse.words[token] in {";", ":"}:
            return None
        if not _direct(reading, token):
            continue
        subject = _subject_behind(reading, token, first, quote.sentence_stop)
        if subject is not None:
            return Attribution("behind", speaker_at(reading, subject), (token, token + 1), token)
    return None


def _may_speak(reading: Reading, quote: Quote, first: int) -> bool:
    """Whether the punctuation lets an attribution follow: a comma or a stop that is no full stop."""
    last = reading.text[quote.span.end - 1]
    between = reading.text[quote.span.end : reading.parse.starts[first]]
    return last in ",?!…—–-" or "," in between or "—" in between or "–" in between or _direct(reading, first)


def _direct(reading: Reading, token: int) -> bool:
    if reading.quoted[token] or reading.lemma(token) not in reading.cues.direct:
        return False
    return reading.is_verb(token) and reading.parse.deps[token] not in {"amod", "compound"}


def _subject_behind(reading: Reading, verb: int, first: int, stop: int) -> int | None:
    parse = reading.parse
    for child in parse.children(verb, *SUBJECT_DEPS):
        if first <= child < stop and not reading.quoted[child]:
            return child
    if verb == first or parse.tags[verb - 1] == "RB":
        return following_phrase(reading, verb + 1, stop)
    return following_phrase(reading, first, verb)


def _source_phrase(reading: Reading, first: int, stop: int) -> Attribution | None:
    """According to Smith; in the words of Smith; as Smith put it."""
    parse = reading.parse
    for phrase in reading.cues.source_phrase:
        words = phrase.split()
        end = first + len(words)
        if end < stop and parse.lower[first:end] == words:
            source = _object_of(reading, first, end, stop)
            if source is not None:
                return Attribution("according-to", speaker_at(reading, source), (first, end), first)
    if parse.lower[first] == "as":
        for verb in range(first + 1, min(stop, first + 12)):
            if reading.is_cue(verb) and (subject := subject_of(reading, verb)) is not None and first < subject < verb:
                return Attribution("as-put", speaker_at(reading, subject), (verb, verb + 1), verb)
    return None


def _object_of(reading: Reading, first: int, end: int, stop: int) -> int | None:
    for token in range(end - 1, first - 1, -1):
        found = reading.parse.child(token, "pobj")
        if found is not None and found >= end:
            return found
    return following_phrase(reading, end, stop)


def _before(reading: Reading, quote: Quote) -> Attribution | None:
    """The nearest word of saying before the quotation whose clause holds it."""
    path = _path(reading, quote)
    for token in range(quote.first - 1, quote.sentence_first - 1, -1):
        if reading.quoted[token]:
            continue
        if reading.is_cue(token):
            found = _by_verb(reading, quote, token, path)
        elif reading.lemma(token) in reading.cues.noun and reading.parse.pos[token] == "NOUN":
            found = _by_noun(reading, quote, token, path)
        else:
            found = _source_phrase(reading, token, quote.first) if reading.lower_is_phrase(token) else None
        if found is not None:
            return found
    return None


def _path(reading: Reading, quote: Quote) -> list[int]:
    """The tokens above the quotation, nearest first."""
    roots = reading.roots(quote)
    return list(reading.above(roots[0])) if roots else []


def _by_verb(reading: Reading, quote: Quote, verb: int, path: list[int]) -> Attribution | None:
    parse, lemma = reading.parse, reading.lemma(verb)
    gap = sum(1 for t in range(verb + 1, quote.first) if parse.words[t] not in MARKS)
    if lemma in _WEAK and not _weak_fits(reading, quote, verb, gap):
        return None
    if gap > _TIGHT and _apart(reading, verb, path, quote):
        return None
    cue = (verb, verb + 1)
    subject = subject_of(reading, verb)
    if subject is None:
        nameless = is_passive(parse, verb) and gap <= _TIGHT and lemma in reading.cues.naming
        return Attribution("unspoken", None, cue, verb) if nameless else None
    return Attribution("before", speaker_at(reading, subject), cue, verb)


def _weak_fits(reading: Reading, quote: Quote, verb: int, gap: int) -> bool:
    between = reading.parse.lower[verb + 1 : quote.first]
    if reading.lemma(verb) in _NEEDS_AS:
        return "as" in between
    if reading.lemma(verb) == "put":
        return "it" in between or "writing" in between
    return gap <= 1 or ":" in between


def _apart(reading: Reading, verb: int, path: list[int], quote: Quote) -> bool:
    """Whether the quotation stands outside what `verb` says: behind a closed clause, or in a clause of its own."""
    parse = reading.parse
    if verb not in path:
        clause = next((t for t in (verb, *parse.ancestors(verb)) if parse.deps[t] in {"relcl", "acl"}), None)
        return clause is not None and clause not in path and _right_edge(reading, clause) < quote.first - 1
    below = path[path.index(verb) - 1] if path.index(verb) else None
    if below is None:
        return False
    if parse.deps[below] == "conj":
        return parse.child(below, "nsubj", "nsubjpass") is not None
    return parse.deps[below] == "advcl" and any(
        parse.lower[m] in _APART for m in parse.children(below, "mark", "advmod")
    )


def _right_edge(reading: Reading, token: int) -> int:
    return reading.parse.subtree(token)[-1]


def _by_noun(reading: Reading, quote: Quote, noun: int, path: list[int]) -> Attribution | None:
    """His warning that “…”; in a statement that “…”."""
    parse = reading.parse
    between = {*parse.lower[noun + 1 : quote.first]} - MARKS
    if not between <= _AFTER_NOUN and (noun not in path or "that" not in between):
        return None
    owner = owner_of(reading, noun)
    if owner is None:
        verb = next((t for t in parse.ancestors(noun) if reading.is_verb(t)), None)
        owner = subject_of(reading, verb) if verb is not None else None
    if owner is None or owner == noun:
        return None
    speaker = speaker_at(reading, owner)
    return Attribution("noun", speaker, (noun, noun + 1), noun) if speaker.actors else None


def _predicate(reading: Reading, quote: Quote) -> Attribution | None:
    """Beijing “strongly deplored” it: the words of the act are quoted themselves, so there is no cue."""
    parse = reading.parse
    for verb in range(quote.first, quote.stop):
        if not reading.is_verb(verb) or not reading.cues.is_saying(reading.lemma(verb)):
            continue
        subject = parse.child(verb, "nsubj")
        if subject is not None and quote.sentence_first <= subject < quote.first and reading.actors(subject):
            return Attribution("predicate", speaker_at(reading, subject), None, verb)
    return None


def _colon(reading: Reading, quote: Quote) -> Attribution | None:
    """Sugiono went further: “…”."""
    parse = reading.parse
    colon = quote.first - 1
    while colon > quote.sentence_first and parse.words[colon] in MARKS:
        colon -= 1
    if colon <= quote.sentence_first or parse.words[colon] != ":":
        return None
    return lead_in(reading, quote.sentence_first, colon)


def lead_in(reading: Reading, first: int, stop: int) -> Attribution | None:
    """The speaker that the clause in tokens `first` to `stop` brings in: its last cue, else its first subject."""
    parse = reading.parse
    for verb in range(stop - 1, first - 1, -1):
        if reading.is_cue(verb) and (subject := subject_of(reading, verb)) is not None:
            return Attribution("lead-in", speaker_at(reading, subject), (verb, verb + 1), verb)
    for verb in range(first, stop):
        if reading.is_verb(verb) and not reading.quoted[verb] and parse.deps[verb] not in {"relcl", "acl", "advcl"}:
            subject = subject_of(reading, verb)
            if subject is not None and (reading.actors(subject) or parse.lower[subject] in {"he", "she"}):
                return Attribution("lead-in", speaker_at(reading, subject), None, verb)
    return None


def _act(reading: Reading, quote: Quote) -> Attribution | None:
    """Japan committed $7 billion to “lead the world”: the actor of the act speaks."""
    parse = reading.parse
    verbal = reading.is_verb(quote.first) or quote.stop - quote.first > 4 or parse.lower[quote.first] == "to"
    if not verbal:
        return None
    purpose = "to" in {parse.lower[quote.first], parse.lower[max(0, quote.first - 2)]}
    for verb in _path(reading, quote):
        if not reading.is_verb(verb) or not (purpose or reading.lemma(verb) in reading.cues.act):
            continue
        subject = subject_of(reading, verb)
        if subject is not None and parse.pos[subject] in NOMINALS and not reading.quoted[subject]:
            speaker = speaker_at(reading, subject)
            if speaker.actors:
                return Attribution("act", speaker, None, verb)
    return None
