"""The W3C's Web Annotation: JSON-LD, an AnnotationCollection with its pages.

Form: "Web Annotation Data Model" and "Web Annotation Vocabulary", W3C Recommendations of 23 February 2017. A row is
an Annotation whose bodies are its table (classifying), its coded columns (tagging) and the others (describing), each
"column=value"; a decision has a body (assessing) with the verdict. The target's selectors are a TextPositionSelector
and a TextQuoteSelector with the words before and after.

Offsets: code points, "not code units" (section 4.2.4 of the model, to which 4.2.5 refers; w3c/web-annotation #206).
The model has dates with a time only: a decision, of which the day is known, is written as made at midnight UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from tablewright.anchors import CONTEXT
from tablewright.decision import VERDICTS
from tablewright.decisioncells import Layout
from tablewright.interchange.exchange import Found, Mark, Passage, Sheet
from tablewright.interchange.intake import Intake, Wrong, as_integer, as_string, day, needed_string, string
from tablewright.interchange.offsets import Unit

OFFSETS: Unit = "code-points"
_CONTEXT_FILE = "http://www.w3.org/ns/anno.jsonld"
_URN = "urn:tablewright:"
_VERDICTS = {"confirmed": "confirm", "amended": "amend", "added": "add", "rejected": "reject"}
_PLURAL = ("body", "target", "selector", "creator", "motivation", "items")


def write(
    passages: Iterable[Passage], layouts: Mapping[str, Layout], dataset: str, program: str, *, lines: bool = False
) -> Iterator[str]:
    """An AnnotationCollection, or with `lines` one Annotation a line. `dataset` is the name that makes the ids
    unlike those of others; `program` what made the machine's rows.
    """
    annotations = (
        _annotation(passage, mark, layouts[mark.table], dataset, program)
        for passage in passages
        for mark in passage.marks
    )
    if lines:
        for each in annotations:
            yield json.dumps({"@context": _CONTEXT_FILE, **each}, ensure_ascii=False) + "\n"
        return
    found = list(annotations)
    base = f"{_URN}{quote(dataset, safe='')}:annotations"
    page = {"id": f"{base}:1", "type": "AnnotationPage", "partOf": base, "startIndex": 0, "items": found}
    whole = {"@context": _CONTEXT_FILE, "id": base, "type": "AnnotationCollection", "total": len(found)}
    yield json.dumps({**whole, **({"first": page} if found else {})}, ensure_ascii=False, indent=1) + "\n"


def _annotation(passage: Passage, mark: Mark, layout: Layout, dataset: str, program: str) -> dict[str, Any]:
    name = f"{_URN}{quote(dataset, safe='')}"
    decided = mark.state != "machine"
    made: dict[str, Any] = {
        "id": f"{name}:row:{quote(mark.row_id, safe='')}",
        "type": "Annotation",
        "motivation": "assessing" if decided else "classifying",
        "creator": {"type": "Person", "name": mark.reviewer}
        if mark.reviewer
        else {"type": "Software", "name": program},
        "body": _bodies(mark, layout),
        "target": _target(passage, mark, name),
    }
    if mark.decided_on is not None:
        made["created"] = f"{mark.decided_on.isoformat()}T00:00:00Z"
    return made


def _bodies(mark: Mark, layout: Layout) -> list[dict[str, str]]:
    coded = {field.name for field in layout.values if field.categories or field.type == "boolean"}
    bodies = [_body("classifying", mark.table)]
    bodies += [
        _body("tagging" if name in coded else "describing", f"{name}={cell}") for name, cell in mark.cells.items()
    ]
    if mark.state != "machine":
        bodies.append(_body("assessing", _VERDICTS[mark.state]))
    if mark.note:
        bodies.append(_body("commenting", mark.note))
    return bodies


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _target(passage: Passage, mark: Mark, name: str) -> dict[str, Any]:
    text, start, end = passage.text, mark.start, mark.end
    source: dict[str, Any] = {"id": f"{name}:document:{quote(passage.document_id, safe='')}", "type": "Text"}
    source |= {"format": "text/plain", "language": passage.language}
    if passage.url:
        source["via"] = passage.url
    place = {"type": "TextPositionSelector", "start": passage.start + start, "end": passage.start + end}
    words = {"type": "TextQuoteSelector", "exact": text[start:end]}
    words |= {"prefix": text[max(0, start - CONTEXT) : start], "suffix": text[end : end + CONTEXT]}
    return {"source": source, "selector": [place, words]}


def read(intake: Intake, text: str, layouts: Mapping[str, Layout], unit: Unit | None = None) -> Iterator[Sheet]:
    """The sheets of a file of Web Annotations: a collection, a page, a list, or one a line. An annotation that is
    missing says nothing; one that the machine made counts only where somebody changed it, which `taking` sees.
    """
    if unit not in (None, OFFSETS):
        intake.wrong(1, "Web Annotations count code points", "leave --offsets out")
        return
    for line, record in intake.records(text):
        for number, each in enumerate(_annotations(intake, line, record), start=1):
            try:
                yield _sheet(line, each, layouts)
            except Wrong as wrong:
                shown = each.get("id") if isinstance(each.get("id"), str) else number
                intake.wrong(line, f"annotation {shown}: {wrong}", wrong.remedy)


def _annotations(intake: Intake, line: int, record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    kinds = _many(record.get("type"))
    if "Annotation" in kinds:
        yield record
        return
    if "AnnotationCollection" in kinds:
        record = record.get("first") if isinstance(record.get("first"), dict) else {}  # type: ignore[assignment]
        kinds = _many(record.get("type"))
    if "AnnotationPage" not in kinds:
        intake.wrong(line, "is neither an Annotation nor a collection with a page of them", "give the annotations")
        return
    for each in _many(record.get("items")):
        if isinstance(each, dict):
            yield each
        else:
            intake.wrong(line, "the page names an annotation that is not in the file", "give the annotations whole")
    if record.get("next"):
        intake.wrong(line, "the collection has a further page that is not in the file", "import each page")


def _many(value: object) -> list[Any]:
    """One or several values as a list, as JSON-LD lets one stand for a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _sheet(line: int, record: Mapping[str, Any], layouts: Mapping[str, Layout]) -> Sheet:
    targets = _many(record.get("target"))
    if len(targets) != 1 or not isinstance(targets[0], dict):
        raise Wrong("has no one target with a selector", "a row marks one place in one text")
    target = targets[0]
    row_id, mine = _named(record.get("id"), ":row:")
    mark = Found(line, "", row_id=row_id or None, all_fields=mine, key=str(record.get("id") or ""))
    _read_place(mark, target)
    _read_bodies(mark, record, layouts)
    creator, software = _creator(record)
    when = day(record, "modified", "created")
    return Sheet(
        line,
        [mark],
        document=_source(target),
        complete=False,
        by_machine=software,
        annotator=None if software else creator,
        decided_on=when,
    )


def _named(name: object, part: str) -> tuple[str, bool]:
    """The id in a name that this project gave, and whether it did."""
    if isinstance(name, str) and name.startswith(_URN) and part in name:
        return unquote(name.rpartition(part)[2]), True
    return "", False


def _source(target: Mapping[str, Any]) -> str | None:
    source = target.get("source")
    name = source.get("id") if isinstance(source, dict) else source
    found, _ = _named(name, ":document:")
    return found or (as_string(name, "source") if name is not None else None)


def _read_place(mark: Found, target: Mapping[str, Any]) -> None:
    for selector in _many(target.get("selector")):
        if not isinstance(selector, dict):
            continue
        kind = selector.get("type")
        if kind == "TextPositionSelector":
            mark.start = as_integer(selector.get("start"), "start")
            mark.end = as_integer(selector.get("end"), "end")
        elif kind == "TextQuoteSelector":
            mark.words = needed_string(selector, "exact")
            mark.prefix, mark.suffix = string(selector, "prefix") or "", string(selector, "suffix") or ""
    if mark.words is None:
        raise Wrong("has no TextQuoteSelector", "without the words nobody can tell whether the place is the one meant")


def _read_bodies(mark: Found, record: Mapping[str, Any], layouts: Mapping[str, Layout]) -> None:
    for body in _bodies_of(record):
        value = string(body, "value") or ""
        purpose = next(iter(_many(body.get("purpose"))), None)
        name, equals, cell = value.partition("=")
        if value in layouts and purpose in ("classifying", "tagging"):
            mark.table = value
        elif equals and purpose in ("tagging", "describing", "classifying"):
            mark.cells[name.strip()] = cell.strip()
        elif purpose == "assessing" and value in VERDICTS:
            mark.reject = value == "reject"
        elif purpose in ("commenting", None):
            mark.note = value or None
        else:
            raise Wrong(f"has a body {value!r} that says nothing of a row", "write column=value, or a table's name")
    if not mark.table:
        raise Wrong("does not say of which table the row is", f"add a body (classifying): {', '.join(layouts)}")
    known = {*(field.name for field in layouts[mark.table].values), *layouts[mark.table].roles}
    unknown = [name for name in mark.cells if name not in known]
    if unknown:
        raise Wrong(f"{', '.join(unknown)}: no column of {mark.table}", f"columns are {', '.join(sorted(known))}")


def _bodies_of(record: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    bodies = [{"value": each} if isinstance(each, str) else each for each in _many(record.get("body"))]
    if isinstance(record.get("bodyValue"), str):
        bodies.append({"value": record["bodyValue"]})
    for each in bodies:
        if not isinstance(each, dict):
            raise Wrong("has a body that is no JSON object")
    return bodies


def _creator(record: Mapping[str, Any]) -> tuple[str | None, bool]:
    """Who made the annotation, and whether that is a program."""
    creator = next(iter(_many(record.get("creator"))), None)
    if isinstance(creator, dict):
        name = creator.get("name") or creator.get("nickname") or creator.get("id")
        return (name if isinstance(name, str) else None), "Software" in _many(creator.get("type"))
    return (creator if isinstance(creator, str) else None), False
