"""Label Studio: tasks with `predictions` for what the machine made and `annotations` for what people decided.

Form: Label Studio's documentation, "Import pre-annotated data" and "Label Studio task format", and the `Text`,
`Labels`, `Choices` and `TextArea` tags: a region is a result of type "labels", and what is said of it are further
results with its `id`. The ids of regions stay when a prediction becomes an annotation (`addAnnotationFromPrediction`
in `web/libs/editor/src/stores/Annotation/store.js` of HumanSignal/label-studio), and `data` comes back as it was.

Offsets: code points (`charsToCodePoints` in `web/libs/editor/src/utils/selection-tools.js`). Versions before October
2021 counted UTF-16 code units (issues #1347 and #1008): a region whose own `text` stands there only by that count is
read so. "\\r\\n" counts as two; the `text` of a region has "\\\\n" for a line's end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tablewright.decisioncells import Layout
from tablewright.interchange.exchange import TOOL, Found, Mark, Passage, Sheet
from tablewright.interchange.intake import (
    Intake,
    Wrong,
    day,
    items,
    mapping,
    needed_string,
    objects,
    sent_with,
    span,
    string,
    strings,
)
from tablewright.interchange.labelconfig import LABELS, TEXT, controls, read_control
from tablewright.interchange.offsets import Offsets, Unit

OFFSETS: Unit = "code-points"
# Ids differ between predictions and annotations, as Label Studio asks.
_DECIDED = "@decided"


def write(
    passages: Iterable[Passage], layouts: Mapping[str, Layout], unit: Unit = OFFSETS, *, lines: bool = False
) -> Iterator[str]:
    """A list of tasks for Label Studio, or with `lines` one task a line."""
    tasks = (json.dumps(_task(passage, layouts, unit), ensure_ascii=False) for passage in passages)
    if lines:
        yield from (f"{task}\n" for task in tasks)
        return
    yield "["
    for number, task in enumerate(tasks):
        yield f"{',' if number else ''}\n{task}"
    yield "\n]\n"


def _task(passage: Passage, layouts: Mapping[str, Layout], unit: Unit) -> dict[str, Any]:
    data = {TEXT: passage.text, "document_id": passage.document_id, "title": passage.title}
    about: dict[str, Any] = {**passage.about(), "offsets": unit}
    about["said"] = {mark.row_id: _said(mark) for mark in passage.marks}
    task: dict[str, Any] = {"data": {**data, TOOL: about}}
    pending = [mark for mark in passage.marks if mark.state == "machine"]
    standing = [mark for mark in passage.marks if mark.state != "rejected"]
    if pending:
        results = _results(passage, pending, layouts, unit, "")
        task["predictions"] = [{"model_version": TOOL, "result": results}]
    if len(pending) < len(passage.marks):
        # With what awaits a decision too, so that whoever opens it sees all rows.
        results = _results(passage, standing, layouts, unit, _DECIDED)
        task["annotations"] = [{"result": results, "was_cancelled": False, "ground_truth": False}]
        about["sent"] = _digest(results)
        about["decided"] = [mark.row_id for mark in standing if mark.state != "machine"]
    return task


def _results(
    passage: Passage, marks: Sequence[Mark], layouts: Mapping[str, Layout], unit: Unit, suffix: str
) -> list[dict[str, Any]]:
    offsets = Offsets(passage.text, unit)
    found: list[dict[str, Any]] = []
    for mark in marks:
        place = {"start": offsets.count(mark.start), "end": offsets.count(mark.end)}
        region = {"id": mark.row_id + suffix, "to_name": TEXT}
        words = passage.text[mark.start : mark.end]
        labels = {**place, "text": words, "labels": [mark.table]}
        said = {"meta": {"text": [_said(mark)]}}
        found.append({**region, "from_name": LABELS, "type": "labels", "value": labels, **said})
        for each in controls(layouts[mark.table]):
            if each.field in mark.cells:
                cell = mark.cells[each.field]
                value = {"choices": [cell]} if each.choices else {"text": [cell]}
                kind = "choices" if each.choices else "textarea"
                found.append({**region, "from_name": each.name, "type": kind, "value": {**place, **value}})
    ids = {mark.row_id for mark in marks}
    found += [
        {"type": "relation", "from_id": link.event + suffix, "to_id": link.mention + suffix, "direction": "right"}
        | {"labels": [link.role]}
        for link in passage.links
        if link.event in ids and link.mention in ids
    ]
    return found


def _said(mark: Mark) -> str:
    if mark.state == "machine":
        return f"machine{f': {mark.rule}' if mark.rule else ''}"
    note = f": {mark.note}" if mark.note else ""
    return f"{mark.state} by {mark.reviewer} on {mark.decided_on}{note}" if mark.reviewer else mark.state


def _digest(results: Sequence[Mapping[str, Any]]) -> str:
    """A hash of what the regions say, whatever else Label Studio put to them."""
    said = sorted(
        json.dumps(
            [each.get(name) for name in ("id", "from_name", "value", "from_id", "to_id", "labels")], sort_keys=True
        )
        for each in results
    )
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def read(intake: Intake, text: str, layouts: Mapping[str, Layout], unit: Unit | None = None) -> Iterator[Sheet]:
    """The sheets of a file from Label Studio (JSON export), one for each annotation; faults are noted in `intake`."""
    for line, record in intake.records(text):
        try:
            yield from _sheets(intake, line, record, layouts, unit)
        except Wrong as wrong:
            intake.wrong(line, str(wrong), wrong.remedy)


def _sheets(
    intake: Intake, line: int, record: Mapping[str, Any], layouts: Mapping[str, Layout], unit: Unit | None
) -> Iterator[Sheet]:
    data = mapping(record, "data")
    if TEXT not in data and isinstance(record.get(TEXT), str):
        remedy = "export it as JSON, not JSON-MIN or CSV: those leave out what was sent along"
        raise Wrong("the task is not in Label Studio's JSON format", remedy)
    words = needed_string(data, TEXT)
    taken = [each for each in objects(record, "annotations") if not _untouched(each, mapping(data, TOOL))]
    intake.skipped += not taken
    for annotation in taken:
        sheet, offsets = sent_with(data, line, words, unit, OFFSETS)
        sheet.document = sheet.document or string(data, "document_id")
        sheet.annotator, sheet.decided_on = _annotator(annotation), day(annotation, "updated_at", "created_at")
        results = objects(annotation, "result")
        sheet.marks = _marks(intake, line, results, offsets, words, layouts)
        _read_notes(sheet.marks, results, mapping(mapping(data, TOOL), "said"))
        sheet.carried = _shown(sheet, mapping(data, TOOL), annotation)
        sheet.links = _links(intake, line, results)
        yield sheet


def _untouched(annotation: Mapping[str, Any], about: Mapping[str, Any]) -> bool:
    """Whether nobody took a decision there: it was skipped, or is as it was sent and nobody spent time on it."""
    if annotation.get("was_cancelled") is True:
        return True
    return not annotation.get("lead_time") and _digest(objects(annotation, "result")) == about.get("sent")


def _annotator(annotation: Mapping[str, Any]) -> str | None:
    """Who annotated: the e-mail address where the export has it, else the number."""
    person = annotation.get("completed_by")
    if isinstance(person, dict):
        person = person.get("email") or person.get("id")
    return str(person) if isinstance(person, str | int) else None


def _shown(sheet: Sheet, about: Mapping[str, Any], annotation: Mapping[str, Any]) -> list[str]:
    """The rows that the annotator saw: those of the prediction, and those decided before where the annotation is
    made from the one that was sent with them.
    """
    decided = set(strings(items(about, "decided"), "decided"))
    mine = {mark.row_id for mark in sheet.marks}
    from_prediction = annotation.get("parent_prediction") is not None or not mine & decided
    return [row_id for row_id in sheet.carried if not (from_prediction and row_id in decided)]


def _marks(
    intake: Intake,
    line: int,
    results: Sequence[Mapping[str, Any]],
    offsets: Offsets,
    words: str,
    layouts: Mapping[str, Layout],
) -> list[Found]:
    marks: dict[str, Found] = {}
    for each in results:
        if each.get("type") == "labels":
            try:
                mark = _region(line, each, offsets, words, layouts)
                if mark.key in marks:
                    raise Wrong("stands twice", "export it again")
                marks[mark.key] = mark
            except Wrong as wrong:
                intake.wrong(line, f"region {each.get('id')!r}: {wrong}", wrong.remedy)
    for each in results:
        if each.get("type") not in ("labels", "relation"):
            try:
                _say(marks, each, layouts)
            except Wrong as wrong:
                intake.wrong(line, f"region {each.get('id')!r}: {wrong}", wrong.remedy)
    return list(marks.values())


def _region(line: int, each: Mapping[str, Any], offsets: Offsets, words: str, layouts: Mapping[str, Layout]) -> Found:
    value = mapping(each, "value")
    labels = strings(items(value, "labels"), "labels")
    if len(labels) != 1 or labels[0] not in layouts:
        raise Wrong(f"has the labels {labels}", f"a region has one label, of {', '.join(layouts)}")
    quote = string(value, "text")
    quote = quote.replace("\\n", "\n") if quote is not None else None
    start, end = value.get("start"), value.get("end")
    key = needed_string(each, "id")
    try:
        first, last = span(offsets, start, end)
    except Wrong:
        first, last = span(Offsets(words, "utf-16"), start, end)
        if words[first:last] != quote:
            raise
    if quote is not None and words[first:last].split() != quote.split():
        old = Offsets(words, "utf-16")
        if old.count(len(words)) != len(words):
            other = span(old, start, end)
            first, last = other if words[other[0] : other[1]].split() == quote.split() else (first, last)
    row_id = key.removesuffix(_DECIDED)
    return Found(line, labels[0], first, last, quote, all_fields=True, row_id=row_id, key=key)


def _read_notes(marks: Iterable[Found], results: Sequence[Mapping[str, Any]], said: Mapping[str, Any]) -> None:
    """Gives the marks what people wrote at their regions, besides what was sent there."""
    texts = {each.get("id"): mapping(each, "meta").get(TEXT) for each in results if each.get("type") == "labels"}
    for mark in marks:
        lines = texts.get(mark.key)
        written = " ".join(str(line) for line in lines) if isinstance(lines, list) else ""
        sent = said.get(mark.row_id or "")
        mark.note = written.replace(sent, "", 1).strip() or None if isinstance(sent, str) else written.strip() or None


def _say(marks: Mapping[str, Found], each: Mapping[str, Any], layouts: Mapping[str, Layout]) -> None:
    """Adds what a control says to the region that it is on."""
    mark = marks.get(needed_string(each, "id"))
    if mark is None:
        raise Wrong("has no label", "give the region a label, or remove it")
    table, name = read_control(needed_string(each, "from_name"))
    if table != mark.table:
        return  # what was said of the region before its label was changed
    known = {each.field for each in controls(layouts[table])}
    if name not in known:
        raise Wrong(f"says {name!r}, which is no column of {table}", f"columns are {', '.join(known)}")
    value = mapping(each, "value")
    said = strings(items(value, "choices") or items(value, TEXT), name)
    mark.cells[name] = "; ".join(part for part in said if part.strip())


def _links(intake: Intake, line: int, results: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for each in results:
        if each.get("type") == "relation":
            try:
                ends = needed_string(each, "from_id"), needed_string(each, "to_id")
                labels = strings(items(each, "labels"), "labels")
                if len(labels) != 1:
                    raise Wrong(f"has the labels {labels}", "a relation has one label, source or target")
                found.append((*(reversed(ends) if each.get("direction") == "left" else ends), labels[0]))
            except Wrong as wrong:
                intake.wrong(line, f"relation {each.get('from_id')!r}: {wrong}", wrong.remedy)
    return found
