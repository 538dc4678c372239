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
from tablewright.decisioncells import Layout, layouts
from tablewright.decisionlines import read_lines, write_lines
from tablewright.errors import DecisionError, TablewrightError
from tablewright.files import digest, write_atomic
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
        raise _all_at_once(findings)
    return decisions


def read_decisions(project: Project, schemas: Mapping[str, TableSchema]) -> tuple[list[Decision], list[Finding]]:
    """The decisions that can be read, and what is wrong with the files."""
    known = layouts(schemas)
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for path in sorted(project.review.glob("*.csv")) if project.review.is_dir() else ():
        layout = known.get(path.stem)
        if layout is None:
            findings.append(_unknown_table(path.stem, known))
            continue
        found, wrong = read_lines(layout, _text(path))
        decisions += found
        findings += wrong + _twice(found)
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
    ]


def append_decision(project: Project, schemas: Mapping[str, TableSchema], decision: Decision) -> None:
    """Writes a decision into its table's file, in place of the same reviewer's earlier one on that row.

    Raises `DecisionError` when the file is not valid (it is then left as it is), `BuildError` from the disk.
    """
    append_decisions(project, schemas, [decision])


def append_decisions(project: Project, schemas: Mapping[str, TableSchema], taken: Sequence[Decision]) -> None:
    """Like `append_decision` for several, each file written once."""
    for table in dict.fromkeys(decision.table for decision in taken):
        layout, lines = _open(project, schemas, table)
        for decision in taken:
            if decision.table == table:
                _put(lines, decision)
        _write(project, layout, lines)


def remove_decision(
    project: Project, schemas: Mapping[str, TableSchema], table: str, row_id: str, reviewer: str | None = None
) -> bool:
    """Takes the decision on a row back (one reviewer's, or everybody's); False if there is none."""
    layout, lines = _open(project, schemas, table)
    left = [each for each in lines if each.row_id != row_id or reviewer not in (None, each.reviewer)]
    if len(left) == len(lines):
        return False
    _write(project, layout, left)
    return True


def _put(lines: list[Decision], decision: Decision) -> None:
    for index, line in enumerate(lines):
        if (line.row_id, line.reviewer) == (decision.row_id, decision.reviewer):
            lines[index] = replace(decision, line=line.line)
            return
    same = [index for index, line in enumerate(lines) if line.document_id == decision.document_id]
    lines.insert(same[-1] + 1 if same else len(lines), decision)


def _open(project: Project, schemas: Mapping[str, TableSchema], table: str) -> tuple[Layout, list[Decision]]:
    known = layouts(schemas)
    if table not in known:
        raise _all_at_once([_unknown_table(table, known)])
    path = project.review / f"{table}.csv"
    if not path.exists():
        return known[table], []
    decisions, findings = read_lines(known[table], _text(path))
    if findings:
        raise _all_at_once(findings)
    return known[table], decisions


def _write(project: Project, layout: Layout, lines: Sequence[Decision]) -> None:
    write_atomic(project.review / f"{layout.table}.csv", write_lines(layout, lines).encode())


def _text(path: Path) -> str:
    shown = review_file(path.stem)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError("the file is not UTF-8", file=shown, remedy="save it as CSV in UTF-8") from error
    except OSError as error:
        raise DecisionError(f"cannot be read: {error.strerror}", file=shown, remedy="check its permissions") from error


def _unknown_table(table: str, known: Mapping[str, Layout]) -> Finding:
    return Finding(
        "decision-file",
        f"there is no table {table!r} whose rows are reviewed",
        review_file(table),
        remedy=f"review files are {', '.join(f'{name}.csv' for name in known)}",
    )


def _twice(decisions: Sequence[Decision]) -> list[Finding]:
    """Rows on which the same person decided twice. Two people may: `review` compares what they say."""
    first: dict[tuple[str, str], Decision] = {}
    findings: list[Finding] = []
    for decision in decisions:
        before = first.setdefault((decision.row_id, decision.reviewer), decision)
        if before is not decision:
            findings.append(
                Finding(
                    "decision-twice",
                    f"{decision.row_id} is decided in line {before.line} already, by {decision.reviewer} too",
                    decision.file,
                    decision.line,
                    remedy="remove one of the two lines",
                    table=decision.table,
                )
            )
    return findings


def _all_at_once(findings: Sequence[Finding]) -> DecisionError:
    """One error that tells all of `findings`."""
    first = findings[0]
    if len(findings) == 1:
        return DecisionError(first.message, file=first.file, line=first.line, remedy=first.remedy)
    said = [
        str(TablewrightError(each.message, file=each.file, line=each.line, remedy=each.remedy)) for each in findings
    ]
    return DecisionError(f"{len(findings)} things are wrong with people's decisions:\n  " + "\n  ".join(said))
