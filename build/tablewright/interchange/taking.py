"""Decisions made of what came back from another program: rows confirmed, amended, rejected and added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tablewright.anchors import flat
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.interchange.exchange import Sheet
from tablewright.interchange.intake import Intake, Wrong
from tablewright.interchange.sheets import SheetTaker
from tablewright.interchange.underreview import Documents, ReviewedDocument

Removed = Literal["told", "reject", "leave"]
Unchanged = Literal["confirm", "leave"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is understood.

    `unchanged`: whether a row that came back as it was is confirmed. `removed`: whether a row that did not come back
    is rejected: "told" where the file shows that the person had it before him. `annotator`: whose marks count, where
    a file has several people's. `day`: when it was decided, whatever the file says.
    """

    unchanged: Unchanged = "confirm"
    removed: Removed = "told"
    annotator: str | None = None
    day: dt.date | None = None


@dataclass(slots=True)
class Taken:
    """What a file comes to: new decisions with the lines that they come from, and how many rows they leave alone."""

    decisions: list[tuple[int, Decision]] = field(default_factory=list)
    decided: int = 0
    """Rows that the person decided likewise before."""
    left: int = 0
    """Rows that came back as they were and still await a decision."""


class Importer:
    """Makes decisions of sheets; what is wrong with them is noted in the intake."""

    def __init__(self, documents: Documents, by: Taker, reading: Reading, intake: Intake) -> None:
        self.documents, self.by, self.reading, self.intake = documents, by, reading, intake
        self._taken = Taken()
        self._rows: dict[str, tuple[int, Decision]] = {}
        self._texts: dict[str, str] | None = None

    def take(self, sheets: Iterable[Sheet]) -> Taken:
        """All decisions that the sheets come to."""
        for sheet in self._of_one(list(sheets)):
            try:
                document_id = self._document(sheet)
            except Wrong as wrong:
                self.intake.wrong(sheet.line, str(wrong), wrong.remedy)
                continue
            SheetTaker(self, sheet, self.documents[document_id]).take()
        return self._taken

    def _of_one(self, sheets: list[Sheet]) -> list[Sheet]:
        """The sheets of the annotator who counts."""
        wanted = self.reading.annotator
        if wanted is not None:
            mine = [sheet for sheet in sheets if sheet.annotator == wanted]
            self.intake.skipped += len(sheets) - len(mine)
            return mine
        names = list(dict.fromkeys(sheet.annotator for sheet in sheets if sheet.annotator))
        if len(names) > 1:
            line = next(sheet.line for sheet in sheets if sheet.annotator == names[1])
            known = ", ".join(names[:10])
            self.intake.wrong(line, "several people annotated", f"import one after the other with --annotator: {known}")
            return []
        return sheets

    def _document(self, sheet: Sheet) -> str:
        """The id of the sheet's document. Raises `Wrong`."""
        if sheet.document in self.documents.ids:
            return str(sheet.document)
        if sheet.document is not None and sheet.document in self._addresses():
            return self._addresses()[sheet.document]
        if sheet.document is None and sheet.text is not None and sheet.text in self._addresses():
            return self._addresses()[sheet.text]
        what = (
            f"there is no document {sheet.document!r}" if sheet.document else "which document this is it does not say"
        )
        raise Wrong(what, f"name its document_id; known: {self.documents.some()}")

    def _addresses(self) -> Mapping[str, str]:
        """The documents by their texts and addresses; of two alike neither."""
        if self._texts is None:
            self._texts, twice = {}, set()
            for document_id in self.documents.ids:
                document = self.documents[document_id].document
                for name in filter(None, (document.text, document.url)):
                    twice.update({name} & self._texts.keys())
                    self._texts[name] = document_id
            for name in twice:
                del self._texts[name]
        return self._texts

    def note(self, line: int, decision: Decision, rows: ReviewedDocument) -> None:
        """Takes a decision in, unless the person decided so before."""
        line_before, before = self._rows.setdefault(decision.row_id, (line, decision))
        if not _alike(decision, before):
            message = f"{decision.row_id} is decided otherwise in line {line_before}"
            self.intake.wrong(line, message, "keep one of the two")
        elif before is decision and (own := rows.own(decision.row_id, self.by)) is not None and _alike(decision, own):
            self._taken.decided += 1
        elif before is decision:
            self._taken.decisions.append((line, decision))

    def leave(self, rows: int = 1) -> None:
        """Counts rows that still await a decision."""
        self._taken.left += rows


def _alike(one: Decision, other: Decision) -> bool:
    """Whether two decisions on a row say the same."""
    if not (one.publishes and other.publishes):
        return one.publishes == other.publishes
    roles = [{name: set(ids) for name, ids in each.participants.items()} for each in (one, other)]
    same_words = flat(one.quote.exact) == flat(other.quote.exact)
    return same_words and dict(one.values) == dict(other.values) and roles[0] == roles[1]
