"""Who "he" is beside direct speech.

The cast resolves pronouns for all coders; beside a quotation the text says more. A writer brings a speaker in ("Pollock
says he hopes …"), quotes ("“Nicky Boje might be out,”") and goes on with "he said": the one who was just made to speak,
not somebody of whom the quotation tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, speaker_at
from tablewright.coders.quotations.subjects import subject_of

_SINGULAR = frozenset({"he", "she"})
_SENTENCES_BACK = 2


def settled(
    reading: Reading, quote: Quote, found: Attribution, before: Sequence[tuple[Quote, Attribution]]
) -> Attribution:
    """The attribution with "he" or "she" resolved anew where the cast names nobody, no person, or somebody who is
    rather spoken of than speaking."""
    speaker = found.speaker
    if speaker is None or speaker.stop - speaker.first != 1 or reading.parse.lower[speaker.first] not in _SINGULAR:
        return found
    pronoun, actors = speaker.first, speaker.actors
    just = _just_speaking(reading, quote, before, reading.parse.lower[pronoun])
    if _is_fit(reading, quote, pronoun, actors) and not _is_told_of(reading, quote, actors[0], just):
        return found
    persons = tuple(actor for actor in actors if reading.is_person(actor))
    return replace(found, speaker=replace(speaker, actors=just or persons))


def _is_fit(reading: Reading, quote: Quote, pronoun: int, actors: tuple[str, ...]) -> bool:
    """Whether the cast's answer is one person, who was spoken of shortly before and is not named in the quotation."""
    if len(actors) != 1 or not reading.is_person(actors[0]):
        return False
    if quote.first < pronoun and any(_names(reading, t, actors[0]) for t in range(quote.first, quote.stop)):
        return False
    sentences = reading.parse.sentences
    position = reading.parse.sentence_of(quote.first).position - 1
    first = sentences[max(0, position - _SENTENCES_BACK)].first
    return any(actors[0] in reading.actors(t) for t in range(first, pronoun) if t not in quote)


def _names(reading: Reading, token: int, actor: str) -> bool:
    mention = reading.mention(token)
    return mention is not None and mention.kind == "name" and mention.actor_id == actor


def _is_told_of(reading: Reading, quote: Quote, actor: str, just: tuple[str, ...]) -> bool:
    """Whether the sentence before has somebody else say something of `actor`: "Cheney says the video shows Bin
    Laden's guilt. “…,” he said"."""
    parse = reading.parse
    position = parse.sentence_of(quote.first).position - 2
    if (
        not just
        or just == (actor,)
        or position < 0
        or reading.parse.sentence_of(quote.first).first != quote.sentence_first
    ):
        return False
    sentence = parse.sentences[position]
    said = [t for t in range(sentence.first, sentence.stop) if reading.is_cue(t) and parse.deps[t] == "ROOT"]
    subject = subject_of(reading, said[0]) if said else None
    if subject is None or reading.actors(subject) != just:
        return False
    return not any(actor in reading.actors(t) and parse.deps[t] == "nsubj" for t in range(sentence.first, said[0]))


def _just_speaking(
    reading: Reading, quote: Quote, before: Sequence[tuple[Quote, Attribution]], pronoun: str
) -> tuple[str, ...]:
    """The person who said the last thing before the quotation: quoted, or with a verb of saying."""
    parse = reading.parse
    here = parse.sentence_of(quote.first).position
    for position in range(here - 1, max(0, here - 1 - _SENTENCES_BACK), -1):
        sentence = parse.sentences[position - 1]
        for verb in range(sentence.stop - 1, sentence.first - 1, -1):
            subject = subject_of(reading, verb) if reading.is_cue(verb) else None
            actors = speaker_at(reading, subject).actors if subject is not None else ()
            if _can_be(reading, actors, pronoun):
                return actors
        if before and sentence.first <= before[-1][0].first < sentence.stop:
            speaker = before[-1][1].speaker
            if speaker is not None and _can_be(reading, speaker.actors, pronoun):
                return speaker.actors
    return ()


def _can_be(reading: Reading, actors: tuple[str, ...], pronoun: str) -> bool:
    """Whether `actors` is one person whom the text does not call by the other pronoun."""
    if len(actors) != 1 or not reading.is_person(actors[0]):
        return False
    called = reading.pronouns_of.get(actors[0], set())
    return not called or pronoun in called
