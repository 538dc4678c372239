"""Finds the quotations of a document: the words in quotation marks, what they are, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from tablewright.clauses import date_of
from tablewright.coders.quotations.attribution import attribute
from tablewright.coders.quotations.continuation import carried
from tablewright.coders.quotations.kinds import is_statement
from tablewright.coders.quotations.labels import is_marked_term, is_short, is_title, is_usage
from tablewright.coders.quotations.marks import Span, find_spans
from tablewright.coders.quotations.pronouns import settled
from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.coders.quotations.signed import signed_below
from tablewright.coders.quotations.speakers import Attribution
from tablewright.knowledge.cues import Cues
from tablewright.parse import Parse
from tablewright.records import Cast, DateSpan, Document, Quotation

__all__ = ["find_quotations"]

Kind = Literal["statement", "fragment", "term", "title"]


def find_quotations(
    document: Document, parse: Parse, cast: Cast, dates: Sequence[DateSpan], cues: Cues
) -> tuple[Quotation, ...]:
    """The quotations of `document` in the order of the text (the codebook's "Rules for quotations")."""
    quotes = tuple(q for span in find_spans(document) if (q := _quote(parse, span)) is not None)
    reading = Reading(document, parse, cast, cues, quotes)
    found: list[Quotation] = []
    before: list[tuple[Quote, Attribution]] = []
    for quote in quotes:
        kind, attribution = _judge(reading, quote, before)
        if attribution is not None and attribution.speaker is not None:
            before.append((quote, attribution))
        found.append(_row(reading, quote, kind, attribution, dates))
    titles = {row.text for row in found if row.kind == "title"}
    return tuple(_known_title(row) if row.text.rstrip(",.; ") in titles else row for row in found)


def _known_title(row: Quotation) -> Quotation:
    """A term whose words the document has called a title elsewhere is that title."""
    if row.kind != "term":
        return row
    text = row.text.rstrip(",.; ")
    return replace(row, kind="title", text=text, end=row.start + len(text), rule="title-again")


def _quote(parse: Parse, span: Span) -> Quote | None:
    tokens = parse.tokens_between(span.start, span.end)
    if not tokens:
        return None
    first, last = parse.sentence_of(tokens[0]), parse.sentence_of(tokens[-1])
    return Quote(span, tokens[0], tokens[-1] + 1, first.first, last.stop)


def _judge(
    reading: Reading, quote: Quote, before: Sequence[tuple[Quote, Attribution]]
) -> tuple[Kind, Attribution | None]:
    """The kind and the attribution; a title or term has none."""
    if is_title(reading, quote):
        return "title", None
    if is_marked_term(reading, quote):
        return "term", None
    kind: Kind = "statement" if is_statement(reading, quote) else "fragment"
    found = signed_below(reading, quote) or attribute(reading, quote, before[-1] if before else None)
    if found is not None:
        found = settled(reading, quote, found, before)
    if found is not None and is_usage(reading, quote, found):
        return "term", None
    if found is None:
        found = carried(reading, quote, kind, before)
    if found is None and kind == "fragment" and is_short(reading, quote):
        return "term", None
    return kind, found


def _row(reading: Reading, quote: Quote, kind: Kind, found: Attribution | None, dates: Sequence[DateSpan]) -> Quotation:
    parse, text, span = reading.parse, reading.text, quote.span
    start, end = span.start, span.end
    if kind == "title":
        end = start + len(text[start:end].rstrip(",.; "))
    found = found or Attribution(kind)
    speaker, cue = found.speaker, found.cue
    speaker_start = parse.starts[speaker.first] if speaker else None
    speaker_end = parse.ends[speaker.stop - 1] if speaker else None
    cue_start = parse.starts[cue[0]] if cue and speaker else None
    cue_end = parse.ends[cue[1] - 1] if cue and speaker else None
    return Quotation(
        start=start,
        end=end,
        text=text[start:end],
        kind=kind,
        speaker_id=speaker.actors[0] if speaker and len(speaker.actors) == 1 else None,
        speaker_text=text[speaker_start:speaker_end] if speaker else None,
        speaker_start=speaker_start,
        speaker_end=speaker_end,
        cue=text[cue_start:cue_end] if cue_start is not None else None,
        cue_start=cue_start,
        cue_end=cue_end,
        date=date_of(parse, dates, found.anchor) if found.anchor is not None and speaker else None,
        rule=found.rule,
    )
