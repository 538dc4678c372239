"""Decisions made of what came back from another program: rows confirmed, amended, rejected and added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Literal

from tablewright.anchors import Span, flat
from tablewright.deciding import Desk, Taker
from tablewright.decision import Decision, split_cell
from tablewright.decisioncells import guarded, read_cell
from tablewright.errors import DecisionError
from tablewright.interchange.anchoring import Anchoring
from tablewright.interchange.exchange import Found, Sheet
from tablewright.interchange.intake import Intake, Wrong
from tablewright.interchange.linking import with_links
from tablewright.interchange.matching import Matches, match
from tablewright.interchange.underreview import Documents, ReviewedDocument, Standing

Removed = Literal["told", "reject", "leave"]
Unchanged = Literal["confirm", "leave"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is understood.

    `unchanged`: whether a row that came back as it was is confirmed. `removed`: whether a row that did not come back
    is rejected: "told" where the file shows that the person had it before him. `annotator`: whose marks count, where
    a file has several people's.
    """

    unchanged: Unchanged = "confirm"
    removed: Removed = "told"
    annotator: str | None = None


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
            _SheetTaker(self, sheet, self.documents[document_id]).take()
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


class _SheetTaker:
    """One sheet while decisions are made of it."""

    def __init__(self, importer: Importer, sheet: Sheet, rows: ReviewedDocument) -> None:
        self._importer, self._sheet, self._rows = importer, sheet, rows
        self._intake, self._reading = importer.intake, importer.reading
        self._layouts = importer.documents.layouts
        self._desk: Desk = rows.desk(importer.by)

    def take(self) -> None:
        sheet = self._sheet
        standing = self._rows.standing
        if sheet.rejected:
            self._reject_whole(standing)
            return
        marks = self._placed()
        matches = match(marks, standing, sheet.carried)
        for mark, why in matches.unclear:
            self._wrong(mark.line, f"{mark.table}: {why}", "decide on them with `tablewright review`")
        cells = with_links(sheet, matches, standing)
        for mark, span, row in matches.same:
            self._try(mark.line, partial(self._decide, mark, span, row, cells))
        for mark, span in matches.new:
            if not mark.reject:
                self._try(mark.line, partial(self._add, mark, span, cells))
        self._remove(matches)

    def _wrong(self, line: int, message: str, remedy: str | None = None) -> None:
        self._intake.wrong(line, f"{self._rows.document_id}: {message}", remedy)

    def _try(self, line: int, decide: Callable[[], Decision | None]) -> None:
        try:
            decision = decide()
        except DecisionError as error:
            self._wrong(
                line, error.message, error.remedy or "mend it there, or decide on the row with `tablewright review`"
            )
        except Wrong as wrong:
            self._wrong(line, str(wrong), wrong.remedy)
        else:
            if decision is not None:
                self._importer.note(line, decision, self._rows)

    def _placed(self) -> list[tuple[Found, Span]]:
        anchoring = Anchoring(self._sheet, self._rows.places)
        changes = anchoring.changes()
        if changes:
            remedy = "marks are found by their words; look them over"
            self._intake.warn(self._sheet.line, f"{self._rows.document_id}: {changes}", remedy)
        found: list[tuple[Found, Span]] = []
        for mark in self._sheet.marks:
            try:
                found.append((mark, anchoring.place(mark)))
            except Wrong as wrong:
                self._wrong(mark.line, f"{mark.table}: {wrong}", wrong.remedy)
        return found

    def _decide(self, mark: Found, span: Span, row: Standing, cells: Mapping[int, dict[str, str]]) -> Decision | None:
        """What the mark says of the row; None where that is nothing new."""
        table, before = row.layout.table, self._rows.own(row.row_id, self._importer.by)
        if mark.reject:
            return self._desk.reject(table, row.row)
        changes = _changes(mark, row, cells.get(id(mark), mark.cells))
        spans: dict[str, Span] = {}
        if span != row.span:
            words = self._rows.text[span[0] : span[1]]
            self._whole_words(words, span)
            spans[row.layout.text] = span
            if flat(words) != flat(str(row.row[row.layout.text])):
                changes[row.layout.text] = guarded(flat(words))
        if changes or spans:
            return self._desk.amend(table, row.row, changes, before, spans)
        if self._sheet.by_machine or self._reading.unchanged == "leave":
            self._importer.leave(before is None)
            return None
        return self._desk.accept(table, row.row, before)

    def _whole_words(self, words: str, span: Span) -> int:
        """Which of the places of the words is meant, from 1. Raises `Wrong` where a word is cut."""
        places = self._rows.places.occurrences(words)
        if span not in places:
            raise Wrong(f"the mark {flat(words)!r} begins or ends within a word", "mark whole words")
        return places.index(span) + 1

    def _add(self, mark: Found, span: Span, cells: Mapping[int, dict[str, str]]) -> Decision:
        words = self._rows.text[span[0] : span[1]]
        occurrence = self._whole_words(words, span)
        given = {name: guarded(cell) for name, cell in cells.get(id(mark), mark.cells).items()}
        try:
            return self._desk.add(mark.table, self._rows.document_id, words, given, occurrence)
        except DecisionError as error:
            fields = " ".join(f"{name}=…" for name in self._missing(mark))
            remedy = f'tablewright review add {mark.table} {self._rows.document_id} "{flat(words)}" {fields}'.rstrip()
            raise DecisionError(f"a new mark at {flat(words)!r}: {error.message}", remedy=remedy) from error

    def _missing(self, mark: Found) -> list[str]:
        layout = self._layouts[mark.table]
        needed = [each.name for each in layout.values if each.required and each.type != "boolean"]
        return [name for name in (*needed, *layout.roles) if name != layout.text]

    def _remove(self, matches: Matches) -> None:
        """The rows that were sent and are not marked any more."""
        gone = [row for row in matches.gone if row.state != "rejected"]
        left = self._reading.removed == "leave" or not self._sheet.complete
        # A row whose mark is among those that something is wrong with was not taken away.
        if not gone or left or self._intake.wrong_in(self._sheet.line):
            self._importer.leave(len(gone))
            return
        doubt = self._doubt(gone, matches) if self._reading.removed == "told" else None
        if doubt:
            self._wrong(self._sheet.line, doubt, "--removed reject if so, or --removed leave")
            return
        for row in gone:
            self._try(self._sheet.line, partial(self._desk.reject, row.layout.table, row.row))

    def _doubt(self, gone: Sequence[Standing], matches: Matches) -> str | None:
        """Why it cannot be said that a person took the marks of these rows away."""
        back = [row for _, _, row in matches.same if row.row_id in set(self._sheet.carried)]
        ids = ", ".join(row.row_id for row in gone[:3]) + ("…" if len(gone) > 3 else "")
        if not back:
            return f"none of the rows that were sent came back ({ids}): whether they are rejected it does not say"
        spans = sorted(span for _, span, _ in matches.same)
        if self._sheet.one_layer and not any(one[1] > other[0] for one, other in pairwise(spans)):
            under = [row for row in gone if any(row.span[0] < end and start < row.span[1] for start, end in spans)]
            if under:
                return (
                    f"{under[0].row_id} did not come back; whether it was rejected, or the program dropped it because "
                    "marks may not overlap there, cannot be said"
                )
        return None

    def _reject_whole(self, standing: list[Standing]) -> None:
        rows = [row for row in standing if row.row_id in set(self._sheet.carried)]
        known = len(set(self._sheet.carried))
        if known > 1:
            remedy = "export one row at a time (--per row), or remove the wrong marks and accept"
            self._wrong(
                self._sheet.line, f"rejects a text with {known} rows: which of them is wrong it does not say", remedy
            )
        elif not rows:
            self._wrong(
                self._sheet.line, "rejects a text, and no row that is known", "decide with `tablewright review`"
            )
        for row in rows if known == 1 else ():
            self._try(self._sheet.line, partial(self._desk.reject, row.layout.table, row.row))


def _changes(mark: Found, row: Standing, cells: Mapping[str, str]) -> dict[str, str]:
    """The columns in which the mark says something else than the row, as cells."""
    changes: dict[str, str] = {}
    fields = {each.name: each for each in row.layout.values if each.name != row.layout.text}
    names = [*fields, *row.layout.roles] if mark.all_fields else list(cells)
    for name in names:
        new, old = cells.get(name, ""), row.cells.get(name, "")
        if name in row.layout.roles:
            same = set(split_cell(new)) == set(split_cell(old))
        else:
            try:
                same = name in fields and read_cell(fields[name], guarded(new)) == read_cell(fields[name], guarded(old))
            except ValueError:
                same = False
        if not same and flat(new).strip() != flat(old).strip():
            changes[name] = guarded(new)
    return changes
