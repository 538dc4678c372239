"""Attributions without a word of saying beside the quotation: a quoted predicate, a colon, a speech or text in which
something is done, an act that carries the words.
"""

from __future__ import annotations

from tablewright.coders.quotations.reading import MARKS, Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, Speaker, phrase, speaker_at
from tablewright.coders.quotations.subjects import owner_of, subject_of


def quoted_predicate(reading: Reading, quote: Quote) -> Attribution | None:
    """Beijing “strongly deplored” it: the words of the act are quoted themselves, so there is no cue."""
    parse = reading.parse
    for verb in range(quote.first, quote.stop):
        subject = parse.child(verb, "nsubj", "nsubjpass") if reading.is_verb(verb) else None
        if subject is None or not quote.sentence_first <= subject < quote.first:
            continue
        if (found := _noun_subject(reading, subject)) is not None:
            return found
        if reading.cues.is_saying(reading.lemma(verb)) and reading.actors(subject):
            return Attribution("predicate", speaker_at(reading, subject), None, verb)
    return None


def behind_colon(reading: Reading, quote: Quote) -> Attribution | None:
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
        subject = subject_of(reading, verb) if reading.is_cue(verb) else None
        if subject is not None and (verb == stop - 1 or reading.lemma(verb) not in reading.cues.near):
            return Attribution("lead-in", speaker_at(reading, subject), (verb, verb + 1), verb)
    for verb in range(first, stop):
        if reading.is_verb(verb) and not reading.quoted[verb] and parse.deps[verb] not in {"relcl", "acl", "advcl"}:
            subject = subject_of(reading, verb)
            if subject is not None and _is_person(reading, subject):
                return Attribution("lead-in", speaker_at(reading, subject), None, verb)
            if subject is not None and (found := _noun_subject(reading, subject)) is not None:
                return found
    return None


def equated(reading: Reading, quote: Quote) -> Attribution | None:
    """Modi's message was “come home”."""
    verb = next((t for t in reading.path(quote) if reading.is_verb(t)), None)
    if verb is None or reading.lemma(verb) != "be" or verb > quote.first:
        return None
    subject = subject_of(reading, verb)
    return _noun_subject(reading, subject) if subject is not None else None


def _noun_subject(reading: Reading, noun: int) -> Attribution | None:
    """The one whose words a noun of saying holds: "Ms Sheinbaum's reply was short:"."""
    owner = owner_of(reading, noun) if reading.lemma(noun) in reading.cues.noun else None
    if owner is None or not reading.actors(owner):
        return None
    return Attribution("noun", speaker_at(reading, owner), (noun, noun + 1), noun)


def _is_person(reading: Reading, token: int) -> bool:
    if reading.parse.lower[token] in {"he", "she"}:
        return True
    return any(reading.is_person(actor) for actor in reading.actors(token))


def framed(reading: Reading, quote: Quote) -> Attribution | None:
    """In their joint statement, X and Y reinforced “…”: what the subject does in a speech or text, it says."""
    parse = reading.parse
    verb = next((t for t in reading.path(quote) if reading.is_verb(t) and parse.child(t, "nsubj") is not None), None)
    subject = subject_of(reading, verb) if verb is not None else None
    if verb is None or subject is None or subject > quote.first or reading.lemma(verb) == "be":
        return None
    for prep in parse.children(verb, "prep"):
        noun = parse.child(prep, "pobj")
        if prep < quote.first and parse.lower[prep] == "in" and noun is not None and not reading.quoted[noun]:
            lemma = reading.lemma(noun)
            if lemma in reading.cues.noun or lemma in reading.cues.document:
                return Attribution("frame", speaker_at(reading, subject), None, verb)
    return None


def acted(reading: Reading, quote: Quote) -> Attribution | None:
    """Japan committed $7 billion to “lead the world”: the actor of the act speaks; so does a document that acts."""
    parse = reading.parse
    verbal = reading.is_verb(quote.first) or quote.stop - quote.first > 4 or parse.lower[quote.first] == "to"
    purpose = "to" in {parse.lower[quote.first], parse.lower[max(0, quote.first - 2)]}
    for verb in reading.path(quote):
        if not reading.is_verb(verb) or parse.lemmas[verb].lower() in {"be", "have"}:
            continue
        subject = subject_of(reading, verb)
        if subject is None or subject > quote.first or reading.quoted[subject]:
            continue
        signers = _signers(reading, verb)
        if signers is not None:
            return Attribution("signed", signers, None, verb)
        if reading.lemma(subject) in reading.cues.document:
            return Attribution("document", speaker_at(reading, subject), None, verb)
        if verbal and (purpose or reading.lemma(verb) in reading.cues.act):
            speaker = speaker_at(reading, subject)
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
