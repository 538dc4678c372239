"""A small document with the machine's rows on it, for the tests of decisions and review."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import Any

from tablewright.deciding import Desk, Taker
from tablewright.ids import RowIds
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.tables import QUAD_CLASS, Row

TEXT = (
    "Norway pledged $5 million to Chad and condemned the attack. Japan and Chad met in Oslo on Tuesday.\n\n"
    "“We agree,” Espen Eide said. “They came.\n\nThey left at once,” he said."
)
ACTORS = frozenset({"norway", "chad", "japan", "espen-eide", "france"})
BY = Taker("ana", dt.date(2024, 3, 15))


@functools.cache
def _schemas() -> dict[str, TableSchema]:
    return load_schemas(builtin_schemas_folder())


def schemas() -> dict[str, TableSchema]:
    """The built-in schemas, in a dictionary of the caller's own."""
    return dict(_schemas())


def sentences_of(text: str) -> list[Row]:
    """One row for each stretch up to a stop."""
    ids = RowIds("talks", "s")
    rows: list[Row] = []
    for found in re.finditer(r"\S[^.]*\.", text):
        words = found.group()
        rows.append(
            {
                "sentence_id": ids.next(words),
                "document_id": "talks",
                "position": len(rows) + 1,
                "start": found.start(),
                "end": found.end(),
                "text": words,
            }
        )
    return rows


def machine_rows(text: str = TEXT, **rows: list[Row]) -> dict[str, list[Row]]:
    """The machine's tables: sentences and what `rows` give, by table."""
    tables: dict[str, list[Row]] = {name: [] for name in ("mentions", "events", "participants", "aid_figures")}
    return {**tables, "quotations": [], "actors": [], "sentences": sentences_of(text), **rows}


def spot(text: str, words: str, occurrence: int = 1) -> tuple[int, int]:
    """Where the words stand for the nth time."""
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return start, start + len(words)


def _place(text: str, start: int) -> str:
    return next(str(row["sentence_id"]) for row in sentences_of(text) if row["start"] <= start < row["end"])


def row(table: str, text: str, words: str, occurrence: int = 1, **values: Any) -> Row:
    """A machine's row at the words, with an id as the machine makes it."""
    start, end = spot(text, words, occurrence)
    known = {"document_id": "talks", "sentence_id": _place(text, start), "start": start, "end": end}
    filled: Row = dict.fromkeys(schemas()[table].columns)
    filled.update({**known, "text": text[start:end], **values})
    if "coding" in filled:
        filled["coding"] = "machine"
    if "quad_class" in filled:
        filled["quad_class"] = QUAD_CLASS[filled["event_type"]]
    wording = {"events": ("trigger", "event_type"), "mentions": ("text", "actor_id")}.get(table, ("text",))
    key = schemas()[table].primary_key[0]
    # A second row of the same wording in a sentence counts on, as the machine's do.
    ids = RowIds("talks", {"events": "e", "mentions": "m", "aid_figures": "a", "quotations": "q"}[table])
    filled[key] = values.get(key) or ids.next(filled["sentence_id"], *(str(filled[name]) for name in wording))
    return filled


def event(text: str, words: str, trigger: str, event_type: str, **values: Any) -> Row:
    start = spot(text, words)[0] + words.index(trigger)
    base = {"trigger": trigger, "trigger_start": start, "trigger_end": start + len(trigger), "event_type": event_type}
    return row("events", text, words, **{**base, "status": "occurred", "summary": f"{words}.", **values})


def part(of: Row, actor_id: str, role: str) -> Row:
    return {"event_id": of["event_id"], "actor_id": actor_id, "role": role}


def pledge(text: str = TEXT, **values: Any) -> Row:
    return event(text, "Norway pledged $5 million to Chad", "pledged", "AGREE", **values)


def attack(text: str = TEXT, **values: Any) -> Row:
    return event(text, "condemned the attack", "condemned", "ACCUSE", **values)


def aid(text: str = TEXT, words: str = "$5 million", **values: Any) -> Row:
    given = {"amount": 5e6, "currency": "USD", "qualifier": "exact", "status": "pledged", "donor_id": "norway"}
    flags = {"humanitarian": False, "financial": False, "military": False}
    return row("aid_figures", text, words, **{**given, **flags, "recipient_id": "chad", **values})


def mention(text: str, words: str, actor_id: str, occurrence: int = 1, **values: Any) -> Row:
    return row("mentions", text, words, occurrence, **{"actor_id": actor_id, "kind": "name", **values})


def desk(rows: Mapping[str, list[Row]], text: str = TEXT, by: Taker = BY) -> Desk:
    return Desk(schemas(), ACTORS, by, text, rows)
