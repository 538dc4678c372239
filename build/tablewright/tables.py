"""One document's records as rows of the published tables: ids given, sentences found, columns named.

Rows are dicts in the columns' order with plain values (str, int, float, bool, None, datetime.date). What belongs to
the dataset as a whole (actors across documents, mention counts) is `resolve`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tablewright.ids import RowIds
from tablewright.knowledge.actors.model import KnownActor
from tablewright.parse import Parse, Sentence
from tablewright.records import Actor, AidFigure, Cast, DateSpan, Document, Event, Quotation

Row = dict[str, Any]

ROW_LETTERS = {"sentences": "s", "mentions": "m", "events": "e", "aid_figures": "a", "quotations": "q"}
"""The letter that tells a table's ids from another's."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The rows of one document by table, and the rule that made each row, by the row's id."""

    tables: dict[str, list[Row]]
    rules: dict[str, str] = field(default_factory=dict)


def document_rows(
    document: Document,
    parse: Parse,
    cast: Cast,
    quotations: Iterable[Quotation],
    aid: Iterable[AidFigure],
    events: Iterable[Event],
) -> DocumentRows:
    """All rows that the machine makes of one document.

    Returns rows for documents, sentences, actors (the document's own view of each), mentions, events, participants,
    aid_figures and quotations.
    """
    places = _Places(document, parse)
    rules: dict[str, str] = {}
    event_rows, participants = _event_rows(places, events, rules)
    tables = {
        "documents": [_document_row(document)],
        "sentences": places.rows,
        "actors": [actor_row(actor) for actor in cast.actors.values()],
        "mentions": _mention_rows(places, cast, rules),
        "events": event_rows,
        "participants": participants,
        "aid_figures": _aid_rows(places, aid, rules),
        "quotations": _quotation_rows(places, quotations, rules),
    }
    rules.update({actor.actor_id: actor.rule for actor in cast.actors.values()})
    return DocumentRows(tables, rules)


class _Places:
    """The sentences of a document as rows, and the sentence that a character lies in."""

    def __init__(self, document: Document, parse: Parse) -> None:
        self.document_id = document.document_id
        self._parse = parse
        ids = RowIds(document.document_id, ROW_LETTERS["sentences"])
        self.rows: list[Row] = []
        self._row_of: dict[int, Row] = {}
        for sentence in parse.sentences:
            row = _sentence_row(document, sentence, ids)
            self.rows.append(row)
            self._row_of[sentence.position] = row

    def ids(self, table: str) -> RowIds:
        return RowIds(self.document_id, ROW_LETTERS[table])

    def sentence(self, offset: int) -> Row:
        sentence = self._parse.sentence_at(offset)
        if sentence is None:
            raise ValueError(f"{self.document_id}: a coder anchored a row at {offset}, outside the body")
        return self._row_of[sentence.position]


def _document_row(document: Document) -> Row:
    return {
        "document_id": document.document_id,
        "title": document.title,
        "authors": document.authors,
        "publisher": document.publisher,
        "published_on": document.published_on,
        "language": document.language,
        "url": document.url,
        "rights": document.rights,
        "source_file": document.source_file,
        "source_sha256": document.source_sha256,
        "text_sha256": document.text_sha256,
        "characters": len(document.text),
        "words": len(document.text.split()),
    }


def _sentence_row(document: Document, sentence: Sentence, ids: RowIds) -> Row:
    text = document.text[sentence.start : sentence.end]
    return {
        "sentence_id": ids.next(text),
        "document_id": document.document_id,
        "section": sentence.section,
        "paragraph": sentence.paragraph,
        "position": sentence.position,
        "start": sentence.start,
        "end": sentence.end,
        "text": text,
    }


def actor_row(actor: Actor | KnownActor) -> Row:
    """An actor as a document has it: the columns of the actors table but for the mention count."""
    return {
        "actor_id": actor.actor_id,
        "name": actor.name,
        "kind": actor.kind,
        "country_code": actor.country_code,
        "affiliation_id": actor.affiliation_id,
        "role_title": actor.role_title,
        "wikidata_id": actor.wikidata_id,
    }


def _mention_rows(places: _Places, cast: Cast, rules: dict[str, str]) -> list[Row]:
    ids = places.ids("mentions")
    rows: list[Row] = []
    for mention in cast.mentions:
        sentence = places.sentence(mention.start)
        row_id = ids.next(sentence["sentence_id"], mention.text, mention.actor_id)
        rules[row_id] = mention.rule
        rows.append(
            {
                "mention_id": row_id,
                "actor_id": mention.actor_id,
                "document_id": places.document_id,
                "sentence_id": sentence["sentence_id"],
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "kind": mention.kind,
            }
        )
    return rows


def _event_rows(places: _Places, events: Iterable[Event], rules: dict[str, str]) -> tuple[list[Row], list[Row]]:
    ids = places.ids("events")
    rows: list[Row] = []
    participants: list[Row] = []
    for event in events:
        sentence = places.sentence(event.trigger_start)
        row_id = ids.next(sentence["sentence_id"], event.trigger, event.event_type)
        rules[row_id] = event.rule
        rows.append(
            {
                "event_id": row_id,
                "document_id": places.document_id,
                "sentence_id": sentence["sentence_id"],
                "start": event.start,
                "end": event.end,
                "text": event.text,
                "trigger": event.trigger,
                "trigger_start": event.trigger_start,
                "trigger_end": event.trigger_end,
                "event_type": event.event_type,
                "quad_class": QUAD_CLASS[event.event_type],
                "status": event.status,
                "summary": event.summary,
                **date_columns(event.date),
                "place": event.place,
                "place_country_code": event.place_country_code,
                "coding": "machine",
            }
        )
        for role, actor_ids in (("source", event.sources), ("target", event.targets)):
            participants.extend({"event_id": row_id, "actor_id": actor_id, "role": role} for actor_id in actor_ids)
    return rows, participants


def _aid_rows(places: _Places, aid: Iterable[AidFigure], rules: dict[str, str]) -> list[Row]:
    ids = places.ids("aid_figures")
    rows: list[Row] = []
    for figure in aid:
        sentence = places.sentence(figure.start)
        row_id = ids.next(sentence["sentence_id"], figure.text)
        rules[row_id] = figure.rule
        rows.append(
            {
                "aid_figure_id": row_id,
                "document_id": places.document_id,
                "sentence_id": sentence["sentence_id"],
                "start": figure.start,
                "end": figure.end,
                "text": figure.text,
                "amount": figure.amount,
                "amount_max": figure.amount_max,
                "period": figure.period,
                "qualifier": figure.qualifier,
                "currency": figure.currency,
                "status": figure.status,
                "donor_id": figure.donor_id,
                "recipient_id": figure.recipient_id,
                "channel": figure.channel,
                "purpose": figure.purpose,
                "humanitarian": figure.humanitarian,
                "financial": figure.financial,
                "military": figure.military,
                **date_columns(figure.date),
                "coding": "machine",
            }
        )
    return rows


def _quotation_rows(places: _Places, quotations: Iterable[Quotation], rules: dict[str, str]) -> list[Row]:
    ids = places.ids("quotations")
    rows: list[Row] = []
    for quotation in quotations:
        sentence = places.sentence(quotation.start)
        row_id = ids.next(sentence["sentence_id"], quotation.text)
        rules[row_id] = quotation.rule
        rows.append(
            {
                "quotation_id": row_id,
                "document_id": places.document_id,
                "sentence_id": sentence["sentence_id"],
                "start": quotation.start,
                "end": quotation.end,
                "text": quotation.text,
                "kind": quotation.kind,
                "speaker_id": quotation.speaker_id,
                "speaker_text": quotation.speaker_text,
                "speaker_start": quotation.speaker_start,
                "speaker_end": quotation.speaker_end,
                "cue": quotation.cue,
                "cue_start": quotation.cue_start,
                "cue_end": quotation.cue_end,
                **date_columns(quotation.date),
                "coding": "machine",
            }
        )
    return rows


def date_columns(date: DateSpan | None) -> Row:
    """The four columns that say when, all null without a date."""
    return {
        "date_text": date.text if date else None,
        "date_start": date.date_start if date else None,
        "date_end": date.date_end if date else None,
        "date_precision": date.precision if date else None,
    }


QUAD_CLASS = {
    "AGREE": "verbal_cooperation",
    "CONSULT": "verbal_cooperation",
    "SUPPORT": "verbal_cooperation",
    "CONCEDE": "verbal_cooperation",
    "COOPERATE": "material_cooperation",
    "AID": "material_cooperation",
    "RETREAT": "material_cooperation",
    "REQUEST": "verbal_conflict",
    "ACCUSE": "verbal_conflict",
    "REJECT": "verbal_conflict",
    "THREATEN": "verbal_conflict",
    "PROTEST": "material_conflict",
    "SANCTION": "material_conflict",
    "MOBILIZE": "material_conflict",
    "COERCE": "material_conflict",
    "ASSAULT": "material_conflict",
}
"""The quad class of each PLOVER type, by the codebook's table."""
