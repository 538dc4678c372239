"""Results as text for people: plans, findings, counts. Decides nothing and prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tablewright.errors import place

if TYPE_CHECKING:
    from tablewright.codings import Coded
    from tablewright.describe.model import Agreement
    from tablewright.desk import Pending
    from tablewright.evaluation import Evaluation
    from tablewright.lookup import FoundRow
    from tablewright.planned import Step
    from tablewright.records import Finding
    from tablewright.standing import Status


def step_line(step: Step, *, would: bool = False) -> str:
    """One step of a plan: "would code aid of anarchy-is-a-bridge: rules changed: coders/aid.py"."""
    what = f"{step.action} {step.part} of {step.target}" if step.part else f"{step.action} {step.target}"
    return f"{'would ' if would else ''}{what}: {'; '.join(step.reasons)}"


def finding_line(finding: Finding) -> str:
    """A finding as an editor's clickable line: "file:line: message (remedy)"."""
    column = f"column {finding.column}: " if finding.column and finding.column not in finding.message else ""
    remedy = f" ({finding.remedy})" if finding.remedy else ""
    return f"{place(finding.file, finding.line)}{column}{finding.message}{remedy}"


def counted(number: int, noun: str) -> str:
    """ "1 row", "2,000 rows", "no rows", "3 entries"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}" if number else f"no {plural}"


def counts_line(counts: Mapping[str, int]) -> str:
    """The rows of each table on one line."""
    return ", ".join(f"{name} {number:,}" for name, number in counts.items())


def columns(rows: Iterable[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows of cells as lines with the columns aligned; those in `right` to the right."""
    table = [list(row) for row in rows]
    if not table:
        return []
    widths = [max(len(row[index]) for row in table) for index in range(len(table[0]))]
    lines = []
    for row in table:
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def row_lines(found: FoundRow, style: Callable[[str], str], coloured: bool) -> list[str]:
    """A row for people to read; the words are styled on a terminal and set between » « elsewhere."""
    lines: list[str] = []
    if found.sentence is not None:
        words = found.sentence[found.start : found.end]
        shown_words = style(words) if coloured else f"»{words}«"
        lines += [f"{found.sentence[: found.start]}{shown_words}{found.sentence[found.end :]}", ""]
    shown = [(name, _cell(value)) for name, value in found.row.items() if value is not None]
    shown += [(each["role"], each["actor_id"]) for each in found.participants]
    shown.append(("table", found.table))
    if found.rule:
        shown.append(("rule", found.rule))
    return lines + columns(shown)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def status_lines(found: Status) -> list[str]:
    """The status for people to read."""
    lines: list[str] = []
    if found.steps:
        lines.append(f"out of date: {counted(len(found.steps), 'step')} to do (`tablewright build -n` lists them)")
        lines += [f"  {_first_line(step)}" for step in found.steps[:10]]
        lines += [f"  and {len(found.steps) - 10:,} more"] if len(found.steps) > 10 else []
    else:
        lines.append("dist/ is up to date")
    if found.report == "out of date":
        lines.append("dist/report.html shows older tables (`tablewright report` writes it anew)")
    waiting = {name: number for name, number in found.pending.items() if number}
    if waiting:
        lines.append(f"awaiting review: {counts_line(waiting)} (`tablewright review` lists them)")
    decided = {name: number for name, number in found.decided.items() if number}
    if decided:
        lines.append(f"decided: {counts_line(decided)}")
    if found.differences:
        lines.append(f"the machine now differs from {counted(len(found.differences), 'decided row')}:")
        lines += [f"  {_difference_line(each)}" for each in found.differences[:20]]
    if found.findings:
        lines.append(f"{counted(len(found.findings), 'finding')} at the last build:")
        lines += [f"  {finding_line(finding)}" for finding in found.findings]
    return lines


def _first_line(step: Mapping[str, Any]) -> str:
    part = f"{step['part']} of " if step["part"] else ""
    return f"{step['action']} {part}{step['target']}: {'; '.join(step['reasons'])}"


def _difference_line(difference: Mapping[str, Any]) -> str:
    return f"{difference['row_id']}: {difference['column']}: {difference['decided']} (machine: {difference['machine']})"


def pending_lines(pending: Pending) -> list[str]:
    """A row that awaits a decision, with its sentence, for people to read."""
    hidden = ("document_id", "sentence_id", "start", "end", "coding", "actor_id" if pending.table == "actors" else "")
    shown = [
        f"{name}={_cell(value)}"
        for name, value in pending.row.items()
        if value is not None
        and name not in hidden
        and not name.endswith(("_start", "_end", f"{pending.table[:-1]}_id"))
    ]
    rule = [f"  rule: {pending.rule}"] if pending.rule else []
    sentence = [f"  {pending.sentence}"] if pending.sentence else []
    return [f"{pending.row_id}  ({pending.table})", *sentence, f"  {'  '.join(shown)}", *rule, ""]


def difference_lines(row: Coded) -> list[str]:
    """A row on which people differ, for people to read: what each says in the columns in which they differ."""
    said = row.judgements()
    settled = ", settled" if row.settling else ""
    lines = [f"{' = '.join(row.row_ids)}  ({row.table}{settled})", f"  {row.decisions[0].quote.exact}".rstrip()]
    for column in row.differing():
        told = "; ".join(f"{reviewer}: {value or 'nothing'}" for reviewer, value in said[column].items())
        lines.append(f"  {column}: {told}")
    return [*(line for line in lines if line), ""]


def agreement_lines(agreement: Sequence[Agreement]) -> list[str]:
    """How far people agree, for people to read: a table of columns."""
    if not agreement:
        return ["no two people decided on the same row"]
    rows = [["column", "rows", "people", "agree", "alpha"]]
    for each in agreement:
        alpha = "–" if each.alpha is None else f"{each.alpha:.2f}"
        share = f"{each.agreed:.0%}"
        rows.append([f"{each.table}.{each.column}", f"{each.units:,}", str(each.coders), share, alpha])
    return columns(rows, right=frozenset(range(1, 5)))


def evaluation_lines(measured: Evaluation) -> list[str]:
    """The measures for people to read: a table of tables, the dataset's own measures, then accuracy a column."""
    if not measured.documents:
        return ["no decisions to measure against; `tablewright review` takes some"]
    rows = [["table", "people", "machine", "same", "precision", "recall", "F1"]]
    scores = {**measured.tables, "events, right type": measured.events_of_type}
    for name, score in scores.items():
        counts = [f"{number:,}" for number in (score.gold, score.machine, score.matched)]
        rows.append([name, *counts, *(_share(each) for each in (score.precision, score.recall, score.f1))])
    lines = [*columns(rows, right=frozenset(range(1, 7))), ""]
    shares = [
        [name, _share(each.share), f"{each.right:,} of {each.total:,}"] for name, each in measured.accuracies.items()
    ]
    lines += [*columns(shares), "", "accuracy of columns, over the rows found:"]
    told = [
        [f"{table}.{column}", _share(each.share), f"{each.right:,} of {each.total:,}"]
        for table, found in measured.columns.items()
        for column, each in found.items()
        if each.total
    ]
    return [*lines, *columns(told)]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
