"""The attribution that stands behind a quotation: “…,” said Smith; “…”, according to Smith."""

from __future__ import annotations

from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, speaker_at
from tablewright.coders.quotations.subjects import following_phrase, owner_of, subject_of
from tablewright.parse import SUBJECT_DEPS

# How many tokens a direct speech may stand from its verb: room for "Lin Jian, a spokesman for the Chinese …, said".
_REACH_BEHIND = 40
# "In the phrase of one official", "in Modi's words".
_WORDING = frozenset({"word", "phrase", "telling", "formulation", "view", "opinion", "description"})
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


def attributed_behind(reading: Reading, quote: Quote) -> Attribution | None:
    """“…,” said Smith; “…,” Smith told reporters; “…”, according to Smith."""
    parse = reading.parse
    first = reading.skip_marks(quote.stop, quote.sentence_stop)
    if first >= quote.sentence_stop:
        return None
    if relative := _relative_behind(reading, quote, first):
        return relative
    if phrase := source_phrase(reading, first, quote.sentence_stop):
        return phrase
    if parse.lower[first] in _NO_ATTRIBUTION or not _may_speak(reading, quote, first):
        return None
    for token in range(first, min(quote.sentence_stop, first + _REACH_BEHIND)):
        if reading.quoted[token] or parse.words[token] in {";", ":"}:
            return None
        if not _direct(reading, token, first):
            continue
        subject = _subject_behind(reading, token, first, quote.sentence_stop)
        if subject is not None:
            return Attribution("behind", speaker_at(reading, subject), (token, token + 1), token)
    return None


def _relative_behind(reading: Reading, quote: Quote, first: int) -> Attribution | None:
    """The “end of history” that Francis Fukuyama proclaimed."""
    parse = reading.parse
    if parse.lower[first] not in {"that", "which"} or reading.text[quote.span.end : parse.starts[first]].count(","):
        return None
    verb = parse.heads[first]
    if parse.deps[verb] != "relcl" or not reading.is_cue(verb):
        return None
    subject = parse.child(verb, "nsubj")
    if subject is None or subject <= first:
        return None
    return Attribution("relative", speaker_at(reading, subject), (verb, verb + 1), verb)


def far_behind(reading: Reading, quote: Quote) -> Attribution | None:
    """“…” of the occupation, a man from the group said: the verb ends a sentence that the quotation begins."""
    parse = reading.parse
    for token in range(quote.stop, min(quote.sentence_stop, quote.stop + _REACH_BEHIND)):
        if reading.quoted[token]:
            return None
        if _direct(reading, token) and parse.deps[token] in {"ROOT", "parataxis"}:
            subject = parse.child(token, "nsubj")
            if subject is not None and subject > quote.stop:
                return Attribution("far-behind", speaker_at(reading, subject), (token, token + 1), token)
    return None


def _may_speak(reading: Reading, quote: Quote, first: int) -> bool:
    """Whether the punctuation lets an attribution follow: a comma or a stop that is no full stop."""
    last = reading.text[quote.span.end - 1]
    between = reading.text[quote.span.end : reading.parse.starts[first]]
    return last in ",?!…—–-" or "," in between or "—" in between or "–" in between or _direct(reading, first, first)


def _direct(reading: Reading, token: int, first: int = -1) -> bool:
    """Whether `token` is a verb of direct speech; as the `first` word behind a quotation the parse may take it for an
    adjective ("…,” joked Ursula Muller")."""
    parse = reading.parse
    if reading.quoted[token] or reading.lemma(token) not in reading.cues.direct:
        return False
    if token == first and parse.tags[token] in {"VBD", "VBN", "VBZ"}:
        return True
    return reading.is_verb(token) and parse.deps[token] not in {"amod", "compound"}


def _subject_behind(reading: Reading, verb: int, first: int, stop: int) -> int | None:
    parse = reading.parse
    for child in parse.children(verb, *SUBJECT_DEPS):
        if first <= child < stop and not reading.quoted[child]:
            return child
    if verb == first or parse.tags[verb - 1] == "RB":
        return following_phrase(reading, verb + 1, stop)
    return following_phrase(reading, first, verb)


def source_phrase(reading: Reading, first: int, stop: int) -> Attribution | None:
    """According to Smith; in the words of Smith; as Smith put it."""
    parse = reading.parse
    for source_phrase in reading.cues.source_phrase:
        words = source_phrase.split()
        end = first + len(words)
        if end < stop and parse.lower[first:end] == words:
            source = _object_of(reading, first, end, stop)
            if source is not None:
                return Attribution("according-to", speaker_at(reading, source), (first, end), first)
    if parse.lower[first] == "in":
        noun = parse.child(first, "pobj")
        owner = owner_of(reading, noun) if noun is not None and reading.lemma(noun) in _WORDING else None
        if noun is not None and owner is not None and noun < stop:
            return Attribution("in-words-of", speaker_at(reading, owner), (noun, noun + 1), noun)
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
