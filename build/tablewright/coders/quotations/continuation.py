"""Whose words a quotation holds that its own sentence gives to nobody: the one who has just spoken, or is spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, Speaker
from tablewright.coders.quotations.uncued import lead_in
from tablewright.parse import Sentence


def carried(
    reading: Reading, quote: Quote, kind: str, before: Sequence[tuple[Quote, Attribution]]
) -> Attribution | None:
    """The attribution that the quotation takes over from the text before it, or None."""
    opens = _opens_sentence(reading, quote)
    last = before[-1] if before else None
    here = reading.parse.sentence_of(quote.first)
    above = _sentence_before(reading, here)
    if last is not None and _continues(reading, quote, kind, last[0], here):
        return replace(last[1], rule="continued")
    if not opens:
        return None
    ahead = _ahead(reading, quote) if kind == "statement" else None
    if above is None:
        return ahead
    if reading.text[above.end - 1] == ":":
        return lead_in(reading, above.first, above.stop)
    if above.paragraph == here.paragraph:
        found = lead_in(reading, above.first, above.stop) if kind == "statement" else None
        return replace(found, rule="topic", anchor=None) if found else None
    if ahead is not None and ahead.speaker is not None and not _is_pronoun(reading, ahead.speaker):
        return ahead
    if last is not None and _fills_sentence(reading, quote) and _in_paragraph(reading, last[0], above.paragraph):
        return replace(last[1], rule="next-paragraph")
    return ahead


def _ahead(reading: Reading, quote: Quote) -> Attribution | None:
    """“The border is closed.” With those words the general ended the talks: the next sentence is about the speaker."""
    ended = reading.parse.sentence_of(quote.stop - 1)
    if not _fills_sentence(reading, quote) or ended.position >= len(reading.parse.sentences):
        return None
    following = reading.parse.sentences[ended.position]
    if following.paragraph != ended.paragraph:
        return None
    found = lead_in(reading, following.first, following.stop)
    return replace(found, rule="ahead", cue=None, anchor=None) if found else None


def _is_pronoun(reading: Reading, speaker: Speaker) -> bool:
    return reading.parse.pos[speaker.first] == "PRON"


def _continues(reading: Reading, quote: Quote, kind: str, last: Quote, here: Sentence) -> bool:
    """Whether the quotation follows the last one in the same or the next sentence of the paragraph."""
    ended = reading.parse.sentence_of(last.stop - 1)
    if ended.paragraph != here.paragraph or here.position - ended.position > 1:
        return False
    words = sum(1 for t in range(quote.first, quote.stop) if any(c.isalnum() for c in reading.parse.words[t]))
    return here.position == ended.position or kind == "statement" or _opens_sentence(reading, quote) or words > 3


def _opens_sentence(reading: Reading, quote: Quote) -> bool:
    return reading.skip_marks(quote.sentence_first, quote.first) == quote.first


def _fills_sentence(reading: Reading, quote: Quote) -> bool:
    return (
        _opens_sentence(reading, quote) and reading.skip_marks(quote.stop, quote.sentence_stop) >= quote.sentence_stop
    )


def _in_paragraph(reading: Reading, quote: Quote, paragraph: int) -> bool:
    return reading.parse.sentence_of(quote.stop - 1).paragraph == paragraph


def _sentence_before(reading: Reading, sentence: Sentence) -> Sentence | None:
    index = sentence.position - 2
    return reading.parse.sentences[index] if index >= 0 else None
