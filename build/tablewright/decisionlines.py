"""The lines of a review file: read with all that is wrong with them, written one way only."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tablewright.anchors import Quote, flat
from tablewright.decision import JOINT, VERDICTS, Decision, Verdict, review_file, split_cell
from tablewright.decisioncells import (
    Layout,
    guarded,
    missing,
    occurrence_column,
    read_cell,
    read_date,
    unguarded,
    write_cell,
)
from tablewright.records import Finding
from tablewright.schema import Value


def read_lines(layout: Layout, text: str) -> tuple[list[Decision], list[Finding]]:
    """The decisions in the `text` of a review file, and what is wrong with it: with a file as a whole, or with
    single cells, all at once. Lines with something wrong are not among the decisions.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    findings: list[Finding] = []
    decisions: list[Decision] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        findings = _header_findings(layout, header)
        if findings:
            return [], findings
        for line, cells in _lines(reader):
            parsed = _Line(layout, header, cells, line).read()
            if isinstance(parsed, Decision):
                decisions.append(parsed)
            else:
                findings.extend(parsed)
    except csv.Error as error:
        remedy = "mend the quotation marks in this line, or save the file as CSV in UTF-8"
        finding = Finding(
            "decision-file", f"is no CSV: {error}", review_file(layout.table), reader.line_num, remedy=remedy
        )
        return decisions, [*findings, finding]
    return decisions, findings


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each line with a cell filled, with its number in the file; a cell may hold line breaks."""
    before = 1
    for cells in reader:
        line, before = before + 1, reader.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_findings(layout: Layout, header: Sequence[str]) -> list[Finding]:
    """What keeps the file from being the table's review file."""
    known = (*layout.columns, layout.settling)
    if len(header) == 1 and any(separator in header[0] for separator in ";\t"):
        remedy = "save it as CSV with commas"
        return [_wrong(layout, 1, "the columns are not parted by commas", remedy=remedy)]
    if layout.key not in header:
        remedy = f"the first line names the columns: {', '.join(layout.columns)}"
        return [_wrong(layout, 1, f"no column {layout.key}: this is no review file of {layout.table}", remedy=remedy)]
    findings = [
        _wrong(layout, 1, f"unknown column {name!r}", name, f"remove it; known: {', '.join(known)}")
        for name in header
        if name not in known
    ]
    findings += [
        _wrong(layout, 1, f"the column {name} stands twice", name, "remove one of the two")
        for name in dict.fromkeys(header)
        if header.count(name) > 1 and name in known
    ]
    findings += [
        _wrong(layout, 1, f"the column {name} is missing", name, "add it to the first line")
        for name in layout.required
        if name not in header
    ]
    return findings


def _wrong(layout: Layout, line: int, message: str, column: str | None = None, remedy: str | None = None) -> Finding:
    return Finding("decision-file", message, review_file(layout.table), line, column, remedy, table=layout.table)


class _Line:
    """A line of a review file while it is read."""

    def __init__(self, layout: Layout, header: Sequence[str], cells: Sequence[str], line: int) -> None:
        self._layout, self._header, self._line = layout, header, line
        self._cells = dict(zip(header, cells, strict=False))
        self._surplus = any(cell.strip() for cell in cells[len(header) :])
        self._findings: list[Finding] = []

    def read(self) -> Decision | list[Finding]:
        """The decision, or all that is wrong with the line."""
        layout = self._layout
        if self._surplus:
            # Which cell is which cannot be told then.
            remedy = "put texts and numbers with commas in quotes"
            self._add("the line has more cells than the first line has columns", None, remedy)
            return self._findings
        verdict = self._verdict()
        document = self._needed(layout.document) if layout.document is not None else ""
        values = {each.name: self._value(each.name, verdict) for each in layout.values}
        participants = {role: self._ids(role) for role in layout.roles}
        if verdict not in (None, "reject") and participants and not any(participants.values()):
            self._add("an event has at least one participant", layout.roles[0], "name an actor as source or target")
        exact = flat(str(values.get(layout.text) or ""))
        if layout.anchors and not exact:
            self._add(f"the column {layout.text} is empty", layout.text, "give the row's words")
        quote = Quote(exact, self._context("prefix"), self._context("suffix"))
        occurrences = self._occurrences()
        decided_on = self._date()
        reviewer = self._needed(layout.names["reviewer"])
        changed = self._changed()
        settles = self._settles()
        row_id = self._cells.get(layout.key, "").strip()
        if not row_id and verdict == "add" and layout.document is not None:
            row_id = _id_of_words(layout.table, document, quote, values)
        elif not row_id:
            self._add(f"the column {layout.key} is empty", layout.key, "only an added row may leave its id out")
        if self._findings or verdict is None or decided_on is None:
            return self._findings
        return Decision(
            table=layout.table,
            row_id=row_id,
            decision=verdict,
            reviewer=reviewer,
            decided_on=decided_on,
            document_id=document,
            quote=quote,
            values=values,
            participants=participants,
            occurrences=occurrences,
            changed=changed,
            note=self._own("note") or None,
            settles=settles,
            line=self._line,
        )

    def _add(self, message: str, column: str | None, remedy: str | None = None) -> None:
        if column is not None and column in self._header:
            message = f"cell {_letters(self._header.index(column))} ({column}): {message}"
        self._findings.append(_wrong(self._layout, self._line, message, column, remedy))

    def _own(self, name: str) -> str:
        return unguarded(self._cells.get(self._layout.names[name], "").strip())

    def _context(self, name: str) -> str:
        return flat(unguarded(self._cells.get(self._layout.names[name], "")))

    def _needed(self, column: str) -> str:
        value = unguarded(self._cells.get(column, "").strip())
        if not value:
            self._add("is empty", column, "fill it in")
        return value

    def _verdict(self) -> Verdict | None:
        column = self._layout.names["decision"]
        found = self._cells.get(column, "").strip().lower()
        if found in VERDICTS:
            return found
        self._add(f"{found!r} is no decision", column, f"write one of {', '.join(VERDICTS)}")
        return None

    def _value(self, column: str, verdict: Verdict | None) -> Value | None:
        schema_field = self._layout.schema.field(column)
        try:
            value = read_cell(schema_field, self._cells.get(column, ""))
        except ValueError as error:
            # What a rejected row held need not be right: that may be why it was rejected.
            if verdict != "reject" or column == self._layout.text:
                self._add(str(error), column)
            return None
        if verdict != "reject" and missing(schema_field, value) and column != self._layout.text:
            self._add("is empty, and the column needs a value", column, "fill it in")
        return flat(value) if isinstance(value, str) else value

    def _ids(self, column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(split_cell(self._cells.get(column, ""))))

    def _occurrences(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for anchor in self._layout.others:
            column = occurrence_column(anchor)
            cell = self._cells.get(column, "").strip()
            if not cell:
                continue
            if cell.isdecimal() and int(cell) > 0:
                found[anchor.text] = int(cell)
            else:
                self._add(f"{cell!r} does not count an occurrence", column, "write 1, 2, … or leave it empty")
        return found

    def _date(self) -> dt.date | None:
        column = self._layout.names["decided_on"]
        cell = self._needed(column)
        try:
            return read_date(cell) if cell else None
        except ValueError as error:
            self._add(str(error), column)
            return None

    def _settles(self) -> bool:
        column = self._layout.settling
        cell = self._cells.get(column, "").strip().lower()
        if cell not in ("", "true", "false"):
            self._add(f"{cell!r} does not say whether the line settles the row", column, "write true or leave it empty")
        return cell == "true"

    def _changed(self) -> tuple[str, ...]:
        column = self._layout.names["changed"]
        known = {each.name for each in self._layout.values} | set(self._layout.roles)
        found = split_cell(self._cells.get(column, ""))
        for name in found:
            if name not in known:
                self._add(f"{name!r} is no column of {self._layout.table}", column)
        return tuple(found)


def _letters(index: int) -> str:
    """A column as spreadsheets name it: A, B … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _id_of_words(table: str, document: str, quote: Quote, values: Mapping[str, Value | None]) -> str:
    """The id of an added row that a person gave none: it stays as long as the line says the same."""
    wording = "\x1f".join([table, quote.exact, quote.prefix, quote.suffix, *(f"{n}={v}" for n, v in values.items())])
    return f"{document}-{table[0]}{hashlib.sha256(wording.encode()).hexdigest()[:10]}"


def write_lines(layout: Layout, decisions: Sequence[Decision]) -> str:
    """A review file's text: UTF-8's characters, commas, one line a decision."""
    columns = columns_for(layout, decisions)
    return "".join([header_line(columns), *(decision_line(layout, columns, each) for each in decisions)])


def columns_for(layout: Layout, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """The columns of a file with these decisions."""
    settling = any(decision.settles for decision in decisions)
    return (*layout.columns, layout.settling) if settling else layout.columns


def header_line(columns: Sequence[str]) -> str:
    """The first line of a file."""
    return _csv_line(columns)


def decision_line(layout: Layout, columns: Sequence[str], decision: Decision) -> str:
    """The line of a decision in a file with these columns."""
    cells = _cells(layout, decision)
    return _csv_line([cells.get(column, "") for column in columns])


def _csv_line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cells(layout: Layout, decision: Decision) -> dict[str, str]:
    names = layout.names
    cells = {column: write_cell(value) for column, value in decision.values.items()}
    cells |= {role: JOINT.join(ids) for role, ids in decision.participants.items()}
    for anchor in layout.others:
        if anchor.text in decision.occurrences:
            cells[occurrence_column(anchor)] = str(decision.occurrences[anchor.text])
    if layout.document is not None:
        cells[layout.document] = decision.document_id
        cells[layout.text] = write_cell(decision.quote.exact)
        cells[names["prefix"]] = guarded(decision.quote.prefix)
        cells[names["suffix"]] = guarded(decision.quote.suffix)
    return cells | {
        layout.key: decision.row_id,
        names["decision"]: decision.decision,
        names["changed"]: JOINT.join(decision.changed),
        names["reviewer"]: write_cell(decision.reviewer),
        names["decided_on"]: decision.decided_on.isoformat(),
        names["note"]: write_cell(decision.note),
        layout.settling: "true" if decision.settles else "",
    }
