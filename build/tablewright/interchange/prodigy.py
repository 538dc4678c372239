"""Prodigy: JSONL of tasks with `text`, `tokens`, `spans` and, once answered, `answer`.

Form: Prodigy's documentation, "Annotation interfaces" (`ner`, `spans`, `spans_manual`): a span has `start`, `end`,
`label` and, for the manual interfaces, `token_start` and `token_end` (the last token itself); `answer` is "accept",
"reject" or "ignore". Keys that it does not know are passed through. `_input_hash` and `_task_hash` are Prodigy's to
make, when it loads a task.

Offsets: code points. Prodigy takes them from Python's strings, and its page only passes on those of the tokens.
"""

from __future__ import annotations

import json
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tablewright.decisioncells import Layout
from tablewright.interchange.exchange import TOOL, Found, Mark, Passage, Sheet
from tablewright.interchange.intake import (
    Intake,
    Wrong,
    day,
    mapping,
    needed_string,
    objects,
    sent_with,
    span,
    string,
)
from tablewright.interchange.labels import read_label
from tablewright.interchange.offsets import Offsets, Unit

OFFSETS: Unit = "code-points"
_ANSWERS = ("accept", "reject", "ignore")
_JOINS = frozenset(("Mn", "Mc", "Me", "Cf", "Sk"))
_JOINER = "\u200d"


def write(passages: Iterable[Passage], unit: Unit = OFFSETS) -> Iterator[str]:
    """The lines of a file for Prodigy. A task whose rows people decided alike is answered already."""
    for passage in passages:
        yield json.dumps(_task(passage, unit), ensure_ascii=False) + "\n"


def _task(passage: Passage, unit: Unit) -> dict[str, Any]:
    answer = _answer(passage)
    # A rejected row is shown in a task that says so; beside others it would look like one that stands.
    marks = [mark for mark in passage.marks if mark.state != "rejected" or answer == "reject"]
    offsets = Offsets(passage.text, unit)
    tokens = list(_tokens(passage.text, {edge for mark in marks for edge in (mark.start, mark.end)}))
    starts = [start for start, _, _ in tokens]
    task: dict[str, Any] = {
        "text": passage.text,
        "tokens": [
            {"text": passage.text[start:end], "start": offsets.count(start), "end": offsets.count(end), "id": number}
            | {"ws": space}
            for number, (start, end, space) in enumerate(tokens)
        ],
        "spans": [_span(mark, offsets, starts) for mark in marks],
        "meta": _meta(passage),
        TOOL: {**passage.about(), "rows": [mark.row_id for mark in marks], "offsets": unit},
    }
    if answer:
        task["answer"] = answer
        task[TOOL]["sent_answered"] = True
    return task


def _answer(passage: Passage) -> str | None:
    """What people decided on all rows of the passage; None where not all are decided, or not alike."""
    states = {mark.state for mark in passage.marks}
    if not states or "machine" in states:
        return None
    return "accept" if "rejected" not in states else "reject" if len(states) == 1 else None


def _meta(passage: Passage) -> dict[str, str]:
    """What Prodigy shows below the text: of a single row, all that it says."""
    shown = {"document": passage.document_id}
    if len(passage.marks) == 1:
        mark = passage.marks[0]
        shown |= {**mark.cells, "row": mark.row_id, "state": mark.state, **({"rule": mark.rule} if mark.rule else {})}
    return shown


def _span(mark: Mark, offsets: Offsets, starts: list[int]) -> dict[str, Any]:
    return {
        "start": offsets.count(mark.start),
        "end": offsets.count(mark.end),
        "token_start": bisect_left(starts, mark.start),
        "token_end": bisect_left(starts, mark.end) - 1,
        "label": mark.label,
        "row_id": mark.row_id,
    }


def _tokens(text: str, edges: set[int]) -> Iterator[tuple[int, int, bool]]:
    """Each token's span and whether a space follows: as spaCy's, a space after a token is none itself, other white
    space is. They are cut at `edges` too, so that every mark is made of whole tokens.
    """
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and at not in edges and _together(text[at - 1], text[at]):
            continue
        if start < at:
            space = text[at : at + 1] == " " and not text[start].isspace() and at + 1 not in edges
            yield start, at, space
            start = at + 1 if space else at


def _together(one: str, other: str) -> bool:
    """Whether two neighbours are one token: parts of a word, white space, a letter and its accent, an emoji's parts."""
    if one.isspace() or other.isspace():
        return one.isspace() and other.isspace()
    if unicodedata.category(other) in _JOINS or one == _JOINER:
        return True
    return _of_word(one) and _of_word(other)


def _of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in _JOINS


def read(intake: Intake, text: str, layouts: Mapping[str, Layout], unit: Unit | None = None) -> Iterator[Sheet]:
    """The sheets of a file from Prodigy (`prodigy db-out`); faults are noted in `intake`."""
    for line, record in intake.records(text):
        try:
            sheet = _sheet(intake, line, record, layouts, unit)
        except Wrong as wrong:
            intake.wrong(line, str(wrong), wrong.remedy)
            continue
        if sheet is not None:
            yield sheet


def _sheet(
    intake: Intake, line: int, record: Mapping[str, Any], layouts: Mapping[str, Layout], unit: Unit | None
) -> Sheet | None:
    about = mapping(record, TOOL)
    answer = string(record, "answer")
    # Prodigy puts a time stamp on what is answered there.
    as_sent = bool(about.get("sent_answered")) and "_timestamp" not in record
    if answer is None or answer == "ignore" or as_sent:
        intake.skipped += 1
        return None
    if answer not in _ANSWERS:
        raise Wrong(f"the answer is {answer!r}", f"answers are {', '.join(_ANSWERS)}")
    sheet, offsets = sent_with(record, line, needed_string(record, "text"), unit, OFFSETS)
    sheet.rejected = answer == "reject"
    sheet.one_layer = record.get("_view_id") != "spans_manual"
    sheet.decided_on = day(record, "_timestamp")
    sheet.annotator = string(record, "_annotator_id") or string(record, "_session_id")
    for number, each in enumerate(objects(record, "spans"), start=1):
        try:
            sheet.marks.append(_found(line, each, offsets, layouts))
        except Wrong as wrong:
            intake.wrong(line, f"span {number}: {wrong}", wrong.remedy)
    return sheet


def _found(line: int, each: Mapping[str, Any], offsets: Offsets, layouts: Mapping[str, Layout]) -> Found:
    table, cells = read_label(layouts, needed_string(each, "label"))
    start, end = span(offsets, each.get("start"), each.get("end"))
    return Found(line, table, start, end, string(each, "text"), cells=cells, row_id=string(each, "row_id"))
