"""Documents with rows for the tests of what is exchanged with other programs, and those programs' part in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reviewcases import ACTORS, BY, machine_rows, schemas
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.decisioncells import Layout, layouts
from tablewright.interchange import doccano, labelstudio, prodigy, webannotation
from tablewright.interchange.collecting import Choice, Piece, collect
from tablewright.interchange.exchange import Passage
from tablewright.interchange.intake import Intake
from tablewright.interchange.offsets import Unit
from tablewright.interchange.taking import Importer, Reading, Taken
from tablewright.interchange.underreview import Documents, ReviewedDocument
from tablewright.records import Block, Document
from tablewright.review import apply_decisions
from tablewright.tables import DocumentRows, Row

TABLES = ("quotations", "events", "aid_figures", "mentions")
LAYOUTS: Mapping[str, Layout] = layouts(schemas())


def documents(text: str, rows: Mapping[str, list[Row]], decisions: Sequence[Decision] = ()) -> Documents:
    """A project of one document, "talks", with the machine's rows and people's decisions on it."""
    tables = machine_rows(text, **rows) if "sentences" not in rows else dict(rows)
    by_row: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_row.setdefault(decision.row_id, []).append(decision)

    def load(document_id: str) -> ReviewedDocument:
        document = Document(document_id, "talks.md", "", text, "", (Block("paragraph", 0, len(text)),), "Talks")
        reviewed = apply_decisions(text, tables, decisions, schemas(), ACTORS)
        return ReviewedDocument(document, DocumentRows(tables, {}), reviewed, by_row, schemas(), lambda: ACTORS)

    return Documents(schemas(), ["talks"], load)


def passages(of: Documents, piece: Piece = "document", tables: tuple[str, ...] = TABLES) -> list[Passage]:
    return list(collect(of, Choice(tables=tables, piece=piece)))


def written(form: str, parts: Iterable[Passage], unit: Unit | None = None) -> str:
    """The file for a program."""
    if form == "labelstudio":
        return "".join(labelstudio.write(parts, LAYOUTS, unit or labelstudio.OFFSETS))
    if form == "doccano":
        return "".join(doccano.write(parts, unit or doccano.OFFSETS))
    if form == "prodigy":
        return "".join(prodigy.write(parts, unit or prodigy.OFFSETS))
    return "".join(webannotation.write(parts, LAYOUTS, "talks", "tablewright"))


MODULES = {"labelstudio": labelstudio, "doccano": doccano, "prodigy": prodigy, "webannotation": webannotation}


def taken(
    of: Documents, form: str, text: str, *, by: Taker = BY, reading: Reading | None = None, unit: Unit | None = None
) -> tuple[Taken, Intake]:
    """What a file from a program comes to, and what is wrong with it."""
    intake = Intake("file.jsonl")
    sheets = MODULES[form].read(intake, text, LAYOUTS, unit)
    return Importer(of, by, reading or Reading(), intake).take(sheets), intake


def messages(intake: Intake) -> list[str]:
    return [f"{finding.line}: {finding.message}" for finding in intake.findings]


def decided(found: Taken) -> list[tuple[str, str]]:
    """The decisions as (verdict, table)."""
    return [(decision.decision, decision.table) for _, decision in found.decisions]


def json_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


def as_lines(records: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


# What each program does with a file of ours when a person looks it through and finds it right.


def approved(form: str, text: str) -> str:
    return {"labelstudio": _submitted, "doccano": _exported, "prodigy": _answered, "webannotation": _by_person}[form](
        text
    )


def _submitted(text: str) -> str:
    """Label Studio's JSON export after the prediction was submitted as an annotation."""
    tasks = json.loads(text)
    for number, task in enumerate(tasks, start=1):
        result = task.pop("predictions", [{"result": []}])[0]["result"]
        for region in result:
            region["origin"] = "prediction"
        person = {"id": 1, "email": "ana@example.org", "first_name": "", "last_name": ""}
        annotation = {"id": number, "completed_by": person, "result": result, "was_cancelled": False, "lead_time": 9.5}
        annotation |= {"ground_truth": False, "parent_prediction": number, "parent_annotation": None, "task": number}
        task |= {"id": number, "annotations": [annotation], "drafts": [], "predictions": [], "meta": {}}
    return json.dumps(tasks, ensure_ascii=False)


def _exported(text: str) -> str:
    """doccano's JSONL export: ids of its own, metadata beside the text, labels in the order of the text."""
    found = []
    for number, record in enumerate(json_lines(text), start=1):
        labels = sorted(record.pop("label"))
        found.append({"id": number, "text": record.pop("text"), **record, "label": labels, "Comments": []})
    return as_lines(found)


def _answered(text: str) -> str:
    """Prodigy's db-out after every task was accepted."""
    hashes = {"_input_hash": -1583129254, "_task_hash": 742185611, "_is_binary": False, "_view_id": "spans_manual"}
    session = {"answer": "accept", "_timestamp": 1711962000, "_annotator_id": "ana", "_session_id": "ana"}
    return as_lines({**record, **hashes, **session} for record in json_lines(text))


def _by_person(text: str) -> str:
    """Web Annotations after a person took them over."""
    collection = json.loads(text)
    for each in collection.get("first", {}).get("items", []):
        each["creator"] = {"type": "Person", "name": "ana"}
        each["modified"] = "2024-04-01T10:00:00Z"
    return json.dumps(collection, ensure_ascii=False)
