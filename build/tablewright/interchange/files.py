"""Exporting to a file of another program and importing one, from end to end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tablewright.config import load_dataset
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.decisions import append_decisions
from tablewright.errors import BuildError
from tablewright.files import disk_errors, write_atomic
from tablewright.interchange import doccano, labelstudio, prodigy, webannotation
from tablewright.interchange.collecting import Choice, Piece, collect
from tablewright.interchange.exchange import Passage, Sheet
from tablewright.interchange.intake import Intake, read_text
from tablewright.interchange.labelconfig import label_config
from tablewright.interchange.offsets import Unit
from tablewright.interchange.taking import Importer, Reading, Unchanged
from tablewright.interchange.underreview import Documents, documents_of
from tablewright.paths import Project
from tablewright.records import Finding

Form = Literal["webannotation", "labelstudio", "doccano", "prodigy"]
_MODULES = {"labelstudio": labelstudio, "doccano": doccano, "prodigy": prodigy, "webannotation": webannotation}


@dataclass(frozen=True, slots=True)
class Wish:
    """What to export: in whose format, which documents and tables (none for all), how cut into tasks, how counted."""

    form: Form
    documents: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    pending: bool = False
    per: Piece | None = None
    relations: bool = False
    offsets: Unit | None = None


def export_file(
    project: Project, wish: Wish, output: str | None, config: str | None, say: Callable[..., None]
) -> dict[str, Any]:
    """Writes the rows into the file `output`, or says them piece by piece; gives what was written, for scripts.

    Raises `DecisionError` for a document or table that is not there, `BuildError` from the disk.
    """
    documents = documents_of(project)
    piece: Piece = wish.per or ("row" if wish.form == "prodigy" else "document")
    choice = Choice(wish.documents, wish.tables, wish.pending, piece)
    told: dict[str, Any] = {"format": wish.form, "file": output, "offsets": wish.offsets or _MODULES[wish.form].OFFSETS}
    seen: set[str] = set()
    told |= {"documents": 0, "tasks": 0, "rows": 0}

    def counted() -> Iterator[Passage]:
        for passage in collect(documents, choice):
            seen.add(passage.document_id)
            told["tasks"] += 1
            told["rows"] += len(passage.marks)
            yield passage

    lines = output is not None and output.endswith(".jsonl")
    parts = _parts(project, documents, wish, counted(), lines)
    if output is None:
        for part in parts:
            say(part, nl=False)
    else:
        _write(Path(output), "".join(parts))
    if config is not None:
        _write(Path(config), label_config(documents.layouts[name] for name in documents.exchanged(wish.tables)))
        told["config"] = config
    return {**told, "documents": len(seen)}


def _parts(
    project: Project, documents: Documents, wish: Wish, passages: Iterator[Passage], lines: bool
) -> Iterator[str]:
    if wish.form == "doccano":
        return doccano.write(passages, wish.offsets or doccano.OFFSETS, relations=wish.relations)
    if wish.form == "prodigy":
        return prodigy.write(passages, wish.offsets or prodigy.OFFSETS)
    if wish.form == "labelstudio":
        return labelstudio.write(passages, documents.layouts, wish.offsets or labelstudio.OFFSETS, lines=lines)
    from tablewright import __version__

    name = str(load_dataset(project).about.get("name", "dataset"))
    return webannotation.write(passages, documents.layouts, name, f"tablewright {__version__}", lines=lines)


def _write(path: Path, text: str) -> None:
    if not path.parent.is_dir():
        raise BuildError(f"there is no folder {path.parent}", file=str(path), remedy="make it, or name another file")
    with disk_errors(path.parent):
        write_atomic(path, text.encode())


@dataclass(slots=True)
class Imported:
    """What came of a file: the decisions with the lines that they come from, and what is wrong with it."""

    decisions: list[tuple[int, Decision]] = field(default_factory=list)
    decided: int = 0
    left: int = 0
    skipped: int = 0
    findings: list[Finding] = field(default_factory=list)
    dry_run: bool = False
    written: bool = False

    @property
    def errors(self) -> bool:
        """Whether something is wrong with the file."""
        return any(finding.severity == "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """What came of the file as JSON values."""
        made = [
            {"row_id": each.row_id, "table": each.table, "document_id": each.document_id, "decision": each.decision}
            | {"changed": list(each.changed), "line": line}
            for line, each in self.decisions
        ]
        counts = {"decided_before": self.decided, "left_undecided": self.left, "without_decision": self.skipped}
        findings = [finding.to_json() for finding in self.findings]
        return {"written": self.written, "decisions": made, **counts, "findings": findings}


def import_file(project: Project, file: str, options: Mapping[str, Any]) -> Imported:
    """Takes the decisions from the file: all of them or none, unless `options` say to keep going.

    `options` are those of `tablewright review import` by name. Raises `DecisionError` when the file cannot be read at
    all, or a review file is not valid; `BuildError` from the disk.
    """
    form: Form = options["form"]
    text = read_text(Path(file))
    documents = documents_of(project)
    day = options["day"].date() if options.get("day") else None
    taker = Taker(options["reviewer"], day or dt.datetime.now().astimezone().date(), options.get("note"))
    # doccano's file does not say which documents somebody looked at to the end.
    unchanged: Unchanged = options.get("unchanged") or ("leave" if form == "doccano" else "confirm")
    reading = Reading(unchanged, options.get("removed") or "told", options.get("annotator"), day)
    intake = Intake(Path(file).name)
    sheets: Iterator[Sheet] = _MODULES[form].read(intake, text, documents.layouts, options.get("offsets"))
    taken = Importer(documents, taker, reading, intake).take(sheets)
    imported = Imported(
        taken.decisions, taken.decided, taken.left, intake.skipped, intake.findings, bool(options.get("dry_run"))
    )
    if not imported.dry_run and (options.get("keep_going") or not imported.errors):
        append_decisions(project, documents.schemas, [decision for _, decision in taken.decisions])
        imported.written = True
    return imported
