"""Decisions made of one sheet: each mark compared with the row that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from tablewright.anchors import Span, flat
from tablewright.deciding import Desk
from tablewright.decision import Decision, split_cell
from tablewright.decisioncells import guarded, read_cell
from tablewright.errors import DecisionError
from tablewright.interchange.anchoring import Anchoring
from tablewright.interchange.exchange import Found, Sheet
from tablewright.interchange.intake import Wrong
from tablewright.interchange.linking import with_links
from tablewright.interchange.matching import Matches, match
from tablewright.interchange.underreview import ReviewedDocument, Standing

if TYPE_CHECKING:
    from tablewright.interchange.taking import Importer


class SheetTaker:
    """One sheet while decisions are made of it."""

    def __init__(self, importer: Importer, sheet: Sheet, rows: ReviewedDocument) -> None:
        self._importer, self._sheet, self._rows = importer, sheet, rows
        self._intake, self._reading = importer.intake, importer.reading
        self._layouts = importer.documents.layouts
        self._desk: Desk = rows.desk(importer.by)

    def take(self) -> None:
        """Notes the decisions, and what is wrong with the sheet."""
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
            self._try(mark.line, partial(self._decide, mark, span, row, cells), mark.note)
        for mark, span in matches.new:
            if mark.reject:
                self._wrong(mark.line, f"{mark.table}: rejects a row that is not there", "leave the annotation out")
            else:
                self._try(mark.line, partial(self._add, mark, span, cells), mark.note)
        self._remove(matches)

    def _wrong(self, line: int, message: str, remedy: str | None = None) -> None:
        self._intake.wrong(line, f"{self._rows.document_id}: {message}", remedy)

    def _try(self, line: int, decide: Callable[[], Decision | None], note: str | None = None) -> None:
        """Notes the decision, with what the file says of when and why it was taken, or why there is none."""
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
                day = self._reading.day or self._sheet.decided_on or decision.decided_on
                self._importer.note(line, replace(decision, note=note or decision.note, decided_on=day), self._rows)

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
        # Whoever marks the words of a rejected row again says something, also where unchanged rows say nothing.
        nothing = self._reading.unchanged == "leave" and row.state != "rejected"
        if self._sheet.by_machine or nothing:
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
