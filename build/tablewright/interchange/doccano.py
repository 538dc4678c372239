"""doccano: JSONL for sequence labelling, with `label: [[start, end, label]]`, or `entities` and `relations`.

Forms: `backend/data_import/pipeline/label.py` and `backend/data_export/models.py` (`SpanLabel`, `ExportedSpan`,
`ExportedRelation`) of doccano/doccano 1.8.4. Any further key of a record is kept as the example's metadata and comes
back beside `text`; the ids of entities are doccano's own afterwards, and no quote is kept.

Offsets: what the browser counts, and the server keeps it as it is: UTF-16 code units (doccano issues #2290 and #99;
`Text.ts` of doccano/v-annotator; seen so in the page of 1.8.4). A project that counts grapheme clusters as one
character counts otherwise, and its files cannot be read where the two differ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tablewright.decisioncells import Layout
from tablewright.interchange.exchange import TOOL, Found, Passage, Sheet
from tablewright.interchange.intake import (
    Intake,
    Wrong,
    as_string,
    integer,
    items,
    needed_string,
    objects,
    sent_with,
    span,
    string,
)
from tablewright.interchange.labels import read_label
from tablewright.interchange.offsets import Offsets, Unit

OFFSETS: Unit = "utf-16"
# Characters that not all programs count as one: accents of their own, joiners, and what UTF-16 has two units for.
_COUNTED_APART = re.compile("[\u0300-\u036f\u200d\ufe0f\U00010000-\U0010ffff]")


def write(passages: Iterable[Passage], unit: Unit = OFFSETS, *, relations: bool = False) -> Iterator[str]:
    """The lines of a file for doccano; with `relations` in the form for projects that use them."""
    for passage in passages:
        about = {**passage.about(), "offsets": unit}
        record: dict[str, Any] = {"text": passage.text, "document_id": passage.document_id, TOOL: about}
        record.update(_entities(passage, unit) if relations else {"label": _labels(passage, unit)})
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _labels(passage: Passage, unit: Unit) -> list[list[Any]]:
    offsets = Offsets(passage.text, unit)
    return [[offsets.count(mark.start), offsets.count(mark.end), mark.label] for mark in _standing(passage)]


def _entities(passage: Passage, unit: Unit) -> dict[str, list[dict[str, Any]]]:
    offsets = Offsets(passage.text, unit)
    number = {mark.row_id: index for index, mark in enumerate(_standing(passage))}
    return {
        "entities": [
            {
                "id": number[mark.row_id],
                "start_offset": offsets.count(mark.start),
                "end_offset": offsets.count(mark.end),
                "label": mark.label,
            }
            for mark in _standing(passage)
        ],
        "relations": [
            {"id": index, "from_id": number[link.event], "to_id": number[link.mention], "type": link.role}
            for index, link in enumerate(passage.links)
            if link.event in number and link.mention in number
        ],
    }


def _standing(passage: Passage) -> list[Any]:
    return [mark for mark in passage.marks if mark.state != "rejected"]


def read(intake: Intake, text: str, layouts: Mapping[str, Layout], unit: Unit | None = None) -> Iterator[Sheet]:
    """The sheets of a file from doccano; faults are noted in `intake`. Without `unit`, what the file was sent with."""
    for line, record in intake.records(text):
        try:
            yield _sheet(intake, line, record, layouts, unit)
        except Wrong as wrong:
            intake.wrong(line, str(wrong), wrong.remedy)


def _sheet(
    intake: Intake, line: int, record: Mapping[str, Any], layouts: Mapping[str, Layout], unit: Unit | None
) -> Sheet:
    sheet, offsets = sent_with(record, line, needed_string(record, "text"), unit, OFFSETS)
    # Projects that do not allow overlapping drop marks when they load a file (`Spans.clean` of its `data_import`).
    sheet.one_layer = True
    sheet.document = sheet.document or string(record, "document_id")
    for number, (start, end, label, key) in enumerate(_spans(record), start=1):
        try:
            table, cells = read_label(layouts, label)
            first, last = span(offsets, start, end)
            if unit is None:
                _refuse_shifted(str(sheet.text), first, last)
        except Wrong as wrong:
            intake.wrong(line, f"label {number}: {wrong}", wrong.remedy)
            continue
        sheet.marks.append(Found(line, table, first, last, cells=cells, key=key))
    for comment in items(record, "Comments"):
        shown = comment.get("text") if isinstance(comment, dict) else comment
        intake.warn(line, f"a comment on the text is no row's, and is not taken: {str(shown)[:200]!r}")
    if "relations" in record:
        sheet.links = [
            (str(integer(each, "from_id")), str(integer(each, "to_id")), needed_string(each, "type"))
            for each in objects(record, "relations")
        ]
    return sheet


def _refuse_shifted(text: str, start: int, end: int) -> None:
    """Raises `Wrong` for a mark with white space at its ends behind characters that can be counted in several ways: it
    may have been counted otherwise, and the file does not hold the words that were meant.
    """
    words = text[start:end]
    if words != words.strip() and _COUNTED_APART.search(text, 0, end):
        raise Wrong(
            f"the mark {words!r} has white space at its ends: it may have been counted otherwise",
            "say how the file counts with --offsets; a doccano project must not count grapheme clusters",
        )


def _spans(record: Mapping[str, Any]) -> Iterator[tuple[object, object, str, str]]:
    for each in objects(record, "entities"):
        yield each.get("start_offset"), each.get("end_offset"), needed_string(each, "label"), str(each.get("id"))
    # Exports of older versions call it "labels" (doccano before 1.5).
    for each in items(record, "label") or items(record, "labels"):
        if not isinstance(each, list) or len(each) != 3:
            raise Wrong("a label is no [start, end, label]", "export the project as JSONL of sequence labelling")
        yield each[0], each[1], as_string(each[2], "label"), ""
