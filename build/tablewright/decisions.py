"""People's decisions on rows: the files `source/review/<table>.csv`, read as a whole and written line by line.

A line stands by itself: it holds the words that the row is anchored to with their surroundings, and the values that
the person approved, whatever the machine says later. A new line goes below the last one of its document and a changed
one stays where it is, so that a decision changes one line and people may sort a file as they like.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tablewright.decision import Decision, review_file
from tablewright.decisionbook import Book, all_at_once, twice, unknown_table
from tablewright.decisioncells import layouts
from tablewright.decisionlines import read_lines
from tablewright.errors import DecisionError
from tablewright.files import digest
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema


def load_decisions(project: Project, schemas: Mapping[str, TableSchema]) -> list[Decision]:
    """All decisions, by table and in the order of the lines.

    Raises `DecisionError` with everything that is wrong with the files themselves, each with file, line and cell.
    Whether the decisions fit the texts is `review`'s to say.
    """
    decisions, findings = read_decisions(project, schemas)
    if findings:
        raise all_at_once(findings)
    return decisions


def read_decisions(project: Project, schemas: Mapping[str, TableSchema]) -> tuple[list[Decision], list[Finding]]:
    """The decisions that can be read, and what is wrong with the files."""
    known = layouts(schemas)
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for path in sorted(project.review.glob("*.csv")) if project.review.is_dir() else ():
        layout = known.get(path.stem)
        if layout is None:
            findings.append(unknown_table(path.stem, known))
            continue
        found, wrong = read_lines(layout, _text(path))
        decisions += found
        findings += wrong + twice(found)
    return decisions, findings


def strangers(decisions: Iterable[Decision], documents: Collection[str]) -> None:
    """Raises `DecisionError` for a review file none of whose decisions is on one of the `documents`."""
    by_table: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.document_id:
            by_table.setdefault(decision.table, []).append(decision)
    for table, found in by_table.items():
        if not any(decision.document_id in documents for decision in found):
            raise DecisionError(
                f"none of its documents is in the dataset ({found[0].document_id!r} is the first)",
                file=review_file(table),
                line=found[0].line,
                remedy="the file seems to be another dataset's; or a document_id changed: keep the old one in "
                "dataset.yaml",
            )


def digests(decisions: Iterable[Decision]) -> dict[str, dict[str, str]]:
    """A key of all decisions on each document and table, by document; "" has those on actors.

    What changes no published row (the note, the date, the line) changes no key.
    """
    lines: dict[str, dict[str, list[str]]] = {}
    for decision in decisions:
        tables = lines.setdefault(decision.document_id, {})
        tables.setdefault(decision.table, []).append(digest(*_meaning(decision)))
    return {
        document_id: {table: digest(*sorted(found)) for table, found in sorted(tables.items())}
        for document_id, tables in sorted(lines.items())
    }


def _meaning(decision: Decision) -> list[object]:
    quote = decision.quote
    values = {name: value if value is None else str(value) for name, value in decision.values.items()}
    return [
        decision.row_id,
        decision.decision,
        decision.reviewer,
        [quote.exact, quote.prefix, quote.suffix],
        dict(sorted(values.items())),
        {role: list(ids) for role, ids in decision.participants.items()},
        dict(decision.occurrences),
        list(decision.changed),
        *(["settles"] if decision.settles else []),
    ]


def append_decision(project: Project, schemas: Mapping[str, TableSchema], decision: Decision) -> None:
    """Writes a decision into its table's file, in place of the same reviewer's earlier one on that row.

    Raises `DecisionError` when the file is not valid (it is then left as it is), `BuildError` from the disk.
    """
    append_decisions(project, schemas, [decision])


def append_decisions(project: Project, schemas: Mapping[str, TableSchema], taken: Sequence[Decision]) -> None:
    """Like `append_decision` for several, each file written once."""
    write_decisions(Book(project, schemas), taken)


def write_decisions(book: Book, taken: Sequence[Decision]) -> set[str]:
    """Like `append_decisions`, into the files that `book` keeps. Gives the tables whose files others had changed."""
    anew: set[str] = set()
    for table in dict.fromkeys(decision.table for decision in taken):
        mine = [decision for decision in taken if decision.table == table]

        def put(lines: list[Decision], mine: Sequence[Decision] = mine) -> None:
            for decision in mine:
                _put(lines, decision)

        if book.change(table, put):
            anew.add(table)
    return anew


def remove_decision(
    project: Project,
    schemas: Mapping[str, TableSchema],
    table: str,
    row_id: str,
    reviewer: str | None = None,
    *,
    settling: bool = False,
) -> bool:
    """Takes the decision on a row back: one reviewer's own, with `settling` the line by which they settled it, or
    everybody's of every kind. False if there is none.
    """
    book = Book(project, schemas)
    book.refresh(patient=True)
    gone = [
        each
        for each in book.decisions(table)
        if each.row_id == row_id and (reviewer is None or (each.reviewer, each.settles) == (reviewer, settling))
    ]
    if gone:
        take_back(book, gone)
    return bool(gone)


def take_back(book: Book, decisions: Sequence[Decision]) -> set[str]:
    """Takes the lines of these decisions, or what they have become since, out of the files that `book` keeps. Gives
    the tables whose files others had changed.
    """
    anew: set[str] = set()
    for table in dict.fromkeys(decision.table for decision in decisions):
        gone = {decision.author for decision in decisions if decision.table == table}

        def take(lines: list[Decision], gone: Collection[tuple[str, str, bool]] = gone) -> None:
            lines[:] = [each for each in lines if each.author not in gone]

        if book.change(table, take):
            anew.add(table)
    return anew


def _put(lines: list[Decision], decision: Decision) -> None:
    for index, line in enumerate(lines):
        if line.author == decision.author:
            lines[index] = replace(decision, line=line.line)
            return
    same = [index for index, line in enumerate(lines) if line.document_id == decision.document_id]
    lines.insert(same[-1] + 1 if same else len(lines), decision)


def _text(path: Path) -> str:
    shown = review_file(path.stem)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError("the file is not UTF-8", file=shown, remedy="save it as CSV in UTF-8") from error
    except OSError as error:
        raise DecisionError(f"cannot be read: {error.strerror}", file=shown, remedy="check its permissions") from error
