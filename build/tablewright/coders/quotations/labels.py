"""Labels: quotations that are nobody's particular words, titles of works and programmes, and terms."""

from __future__ import annotations

from tablewright.coders.quotations.reading import NOMINALS, Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, Speaker
from tablewright.coders.quotations.subjects import is_passive

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
# "Dubbed “…” by its critics": a name in use, whoever uses it.
_NICKNAMING = frozenset({"dub", "nickname", "know", "christen"})
# "The West talks of a “rules-based order”".
_TALKING = frozenset({"speak", "talk"})
_LONGEST_TERM = 5
_TITLE_LOOKBACK = 14
_APART_LOOKBACK = 6


def is_title(reading: Reading, quote: Quote) -> bool:
    """Whether the quotation is the title of a work or programme."""
    parse, works = reading.parse, reading.cues.work | reading.cues.programme
    words = [t for t in range(quote.first, quote.stop) if any(c.isalnum() for c in parse.words[t])]
    if not words or not (parse.words[words[0]][0].isupper() or parse.words[words[0]][0].isdigit()):
        return False
    before = _word_before(reading, quote)
    if before is not None and parse.lower[before] in _SURE_TITLING:
        return True
    if not _capitalised(reading, words):
        return False
    if before is not None and _brings_in_title(reading, quote, before, works):
        return True
    named = {reading.lemma(words[0]), reading.lemma(words[-1])}
    return _is_of_work(reading, quote, works) or (len(words) > 1 and bool(named & works))


def _is_of_work(reading: Reading, quote: Quote, works: frozenset[str]) -> bool:
    """Whether a noun behind the quotation says that it is a work: “Look East” policy; “Global Gateway”, a programme."""
    parse = reading.parse
    after = reading.skip_marks(quote.stop, quote.sentence_stop)
    if after >= quote.sentence_stop or reading.quoted[after]:
        return False
    if reading.text[quote.span.closed : parse.starts[after]].strip() or parse.words[after - 1] == ",":
        return parse.lower[after] in {"a", "an", "the", "his", "her", "its", "their"} and any(
            reading.lemma(t) in works and parse.pos[t] in NOMINALS for t in range(after + 1, min(after + 4, len(parse)))
        )
    return reading.lemma(after) in works and parse.pos[after] in NOMINALS


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


def _brings_in_title(reading: Reading, quote: Quote, before: int, works: frozenset[str]) -> bool:
    """A work or programme right before the marks, or a verb of titling with one near."""
    parse, cues = reading.parse, reading.cues
    if reading.lemma(before) in works and parse.pos[before] in NOMINALS:
        return True
    if parse.lower[before] in {"of", "in", "from", "on"} and before > quote.sentence_first:
        return reading.lemma(before - 1) in works | {"author", "writer", "director", "star", "producer"}
    titling = parse.lower[before] in cues.titling or reading.lemma(before) in cues.titling
    # "his essay in Foreign Affairs, “The Return of Geopolitics”": set off by a comma, a title of three words or more.
    apart = parse.words[before + 1] == "," and quote.stop - quote.first > 2
    reach = _TITLE_LOOKBACK if titling else _APART_LOOKBACK if apart else 0
    return any(
        reading.lemma(t) in works and parse.pos[t] in NOMINALS
        for t in range(max(0, before - reach), before)
        if not reading.quoted[t]
    )


def is_marked_term(reading: Reading, quote: Quote) -> bool:
    """Whether the words before it make the quotation a term: so-called, known as, the word."""
    parse, cues = reading.parse, reading.cues
    before = _word_before(reading, quote)
    if before is None:
        return False
    if reading.lemma(before) in cues.term and parse.pos[before] == "NOUN":
        # "Called her words “an insult”": whose words they are is said, and they are not the quoted ones.
        return reading.lemma(before) != "word" or parse.child(before, "poss") is None
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
    if lemma in _TALKING and not _speaks_alone(reading, found.speaker):
        return True
    heads = [t for t in range(found.speaker.first, found.speaker.stop) if parse.pos[t] in NOMINALS]
    generic = any(reading.lemma(t) in reading.cues.crowd and parse.tags[t] not in {"NN", "NNP"} for t in heads)
    return generic and not is_passive(parse, found.cue[0])


def _speaks_alone(reading: Reading, speaker: Speaker) -> bool:
    """Whether a speaker without a name stands for no crowd: "he", "a diplomat", "both presidents"."""
    parse = reading.parse
    return any(
        parse.lower[t] in {"he", "she", "i"}
        or reading.lemma(t) in reading.cues.voice
        or (reading.lemma(t) in reading.cues.nobody and parse.tags[t] == "NN")
        for t in range(speaker.first, speaker.stop)
    )


def is_short(reading: Reading, quote: Quote) -> bool:
    """Whether a quotation is short enough for a label."""
    return sum(1 for t in range(quote.first, quote.stop) if any(c.isalnum() for c in reading.parse.words[t])) <= 4
