"""Whose words a quotation holds, by the grammar of its own sentence.

Tried in order: the words behind the quotation ("…," said X), the words before it (X called it "…", his warning that
"…", according to X), a predicate that is quoted itself (X "deplored" it), a colon, and an act that carries the words
(X committed money to "…").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tablewright.coders.quotations.reading import MARKS, NOMINALS, Quote, Reading
from tablewright.coders.quotations.speakers import Speaker, phrase, speaker_at
from tablewright.coders.quotations.subjects import following_phrase, is_passive, owner_of, subject_of
from tablewright.parse import SUBJECT_DEPS

# How many tokens a direct speech may stand from its verb: room for "Lin Jian, a spokesman for the Chinese …, said".
_REACH_BEHIND = 40
# How many tokens behind a weak cue the quotation must begin: "began: …", "it read “…".
_TIGHT = 4
_NEAR = 2
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


def attribute(reading: Reading, quote: Quote, last: tuple[Quote, Attribution] | None) -> Attribution | None:
    """The attribution in the quotation's own sentence, or None. `last` is the quotation attributed last."""
    opens = reading.skip_marks(quote.sentence_first, quote.first) == quote.first
    behind = _behind(reading, quote)
    if behind is not None and (opens or _is_tight(reading, quote, behind)):
        return behind
    if last is not None and last[0].stop > quote.sentence_first:
        found = _before(reading, quote, last[0].stop) or behind
        return found or replace(last[1], rule="continued")
    return (
        _before(reading, quote, quote.sentence_first)
        or behind
        or _predicate(reading, quote)
        or _colon(reading, quote)
        or _frame(reading, quote)
        or _act(reading, quote)
        or (_far_behind(reading, quote) if opens else None)
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


def _far_behind(reading: Reading, quote: Quote) -> Attribution | None:
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


def _before(reading: Reading, quote: Quote, first: int) -> Attribution | None:
    """The nearest word of saying before the quotation, from token `first` on, whose clause holds it."""
    path = _path(reading, quote)
    for token in range(quote.first - 1, first - 1, -1):
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
    return lemma not in cues.near or gap <= _NEAR or ":" in between


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
    """The speaker that the clause in tokens `first` to `stop` brings in: its last cue, else the person it is about."""
    parse = reading.parse
    for verb in range(stop - 1, first - 1, -1):
        if reading.is_cue(verb) and (subject := subject_of(reading, verb)) is not None:
            return Attribution("lead-in", speaker_at(reading, subject), (verb, verb + 1), verb)
    for verb in range(first, stop):
        if reading.is_verb(verb) and not reading.quoted[verb] and parse.deps[verb] not in {"relcl", "acl", "advcl"}:
            subject = subject_of(reading, verb)
            if subject is not None and _is_person(reading, subject):
                return Attribution("lead-in", speaker_at(reading, subject), None, verb)
    return None


def _is_person(reading: Reading, token: int) -> bool:
    if reading.parse.lower[token] in {"he", "she"}:
        return True
    found = [reading.cast.actors.get(actor) for actor in reading.actors(token)]
    return any(actor is not None and actor.kind == "person" for actor in found)


def _frame(reading: Reading, quote: Quote) -> Attribution | None:
    """In their joint statement, X and Y reinforced “…”: what the subject does in a speech or text, it says."""
    parse = reading.parse
    verb = next((t for t in _path(reading, quote) if reading.is_verb(t) and parse.child(t, "nsubj") is not None), None)
    subject = subject_of(reading, verb) if verb is not None else None
    if verb is None or subject is None or subject > quote.first:
        return None
    for prep in parse.children(verb, "prep"):
        noun = parse.child(prep, "pobj")
        if prep < quote.first and parse.lower[prep] == "in" and noun is not None and not reading.quoted[noun]:
            lemma = reading.lemma(noun)
            if lemma in reading.cues.noun or lemma in reading.cues.document:
                return Attribution("frame", speaker_at(reading, subject), None, verb)
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
            speaker = _signers(reading, verb) or speaker_at(reading, subject)
            if speaker.actors:
                return Attribution("act", speaker, None, verb)
    return None


def _signers(reading: Reading, verb: int) -> Speaker | None:
    """The text that two sides have signed: "signed a joint declaration with Kishida"; both speak in it."""
    parse = reading.parse
    chain = [verb, *(t for t in parse.ancestors(verb) if reading.is_verb(t))]
    for deed in chain[:2]:
        text = parse.child(deed, "dobj")
        if text is None or reading.lemma(text) not in reading.cues.document:
            continue
        sides = [*parse.children(deed, "prep"), *parse.children(text, "prep")]
        partner = next((parse.child(prep, "pobj") for prep in sides if parse.lower[prep] == "with"), None)
        subject = subject_of(reading, deed)
        if partner is not None and subject is not None:
            actors = (*speaker_at(reading, subject).actors, *speaker_at(reading, partner).actors)
            first, stop = phrase(reading, text)
            return Speaker(first, min(stop, text + 1), tuple(dict.fromkeys(actors)))
    return None
