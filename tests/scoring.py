"""Hand-coded documents (tests/cases, whose README gives the format) as rows with offsets, to measure coders against.

Run as a script it tells what the machine misses, makes up or has otherwise, and the measures over all cases:

    python tests/scoring.py [CASE [TABLE]]
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tablewright import language, yamlfile
from tablewright.anchors import Text, flat
from tablewright.coding import code_document
from tablewright.config import DEFAULT_LANGUAGE_MODEL, stated
from tablewright.decisioncells import read_cell
from tablewright.errors import ProjectError
from tablewright.evaluation import Evaluation, evaluate, match_rows, same, with_participants
from tablewright.knowledge.bundle import load_knowledge
from tablewright.readers import read_document
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.tables import QUAD_CLASS, Row, document_rows

CASES = Path(__file__).parent / "cases"
TABLES = ("actors", "mentions", "quotations", "aid_figures", "events")
_IDS = {"mentions": "mention_id", "quotations": "quotation_id", "aid_figures": "aid_figure_id", "events": "event_id"}


class CaseError(Exception):
    """A case that does not hold together: a row whose words are not in its text, for one."""


@dataclass(frozen=True)
class Case:
    """A hand-coded document: its file, what is known of it, and the expected rows as written."""

    name: str
    file: Path
    about: Mapping[str, str]
    expected: Mapping[str, list[dict[str, str]]]


def case_names() -> list[str]:
    """All cases, in order."""
    return sorted(path.parent.name for path in CASES.glob("*/expected"))


def load_case(name: str, folder: Path = CASES) -> Case:
    """The case called `name`."""
    where = folder / name
    file = next(path for path in (where / "document.md", where / "document.txt") if path.exists())
    shown = f"{name}/document.yaml"
    value = yamlfile.load((where / "document.yaml").read_text(encoding="utf-8"), shown, ProjectError).value or {}
    if not isinstance(value, dict):
        raise CaseError(f"{shown}: not a list of keys")
    about = {key: _joined(each) for key, each in value.items()}
    expected = {table: _read(where / "expected" / f"{table}.csv") for table in TABLES}
    return Case(name, file, about, expected)


def _joined(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def gold_rows(case: Case, text: str) -> dict[str, list[Row]]:
    """The expected rows of a case by table, with participants, anchored in the canonical `text`.

    Raises `CaseError` with everything that cannot be found or is no value of its column.
    """
    return _Gold(case, text).rows()


class _Gold:
    def __init__(self, case: Case, text: str) -> None:
        self._case = case
        self._text = Text(text)
        self._schemas = load_schemas(builtin_schemas_folder())
        self._problems: list[str] = []

    def rows(self) -> dict[str, list[Row]]:
        tables: dict[str, list[Row]] = {table: [] for table in (*TABLES, "participants")}
        for table in TABLES:
            for number, cells in enumerate(self._case.expected[table], start=1):
                try:
                    row = self._row(table, number, cells)
                except ValueError as error:
                    self._problems.append(f"{self._case.name}/expected/{table}.csv, row {number}: {error}")
                    continue
                tables[table].append(row)
                if table == "events":
                    tables["participants"] += _participants(row["event_id"], cells)
        if self._problems:
            raise CaseError("\n".join(self._problems))
        return tables

    def _row(self, table: str, number: int, cells: dict[str, str]) -> Row:
        row = _values(self._schemas[table], cells)
        if table == "actors":
            return row
        row |= {_IDS[table]: f"{self._case.name}-{table}-{number}", "document_id": self._case.name}
        sentence = self._sentence(cells["sentence"])
        row["start"], row["end"] = self._span(cells["text"], sentence, int(cells.get("occurrence") or 1))
        row["text"] = self._text.text[row["start"] : row["end"]]
        if table == "events":
            start, end = self._inside(cells["trigger"], row["start"], row["end"])
            row |= {"trigger_start": start, "trigger_end": end, "quad_class": QUAD_CLASS.get(row["event_type"])}
        return row

    def _sentence(self, first_words: str) -> int:
        found = list(self._all(first_words, 0, len(self._text.text)))
        if len(found) != 1:
            raise ValueError(f"the sentence {first_words!r} is found {len(found)} times")
        return found[0][0]

    def _span(self, words: str, start: int, occurrence: int) -> tuple[int, int]:
        for number, span in enumerate(self._all(words, start, len(self._text.text)), start=1):
            if number == occurrence:
                return span
        raise ValueError(f"{words!r} is not in the text after the start of its sentence")

    def _inside(self, words: str, start: int, end: int) -> tuple[int, int]:
        for span in self._all(words, start, end):
            return span
        raise ValueError(f"the trigger {words!r} is not in the clause")

    def _all(self, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        yield from self._text.occurrences(words, start, end)


def _participants(event_id: str, cells: dict[str, str]) -> list[Row]:
    return [
        {"event_id": event_id, "actor_id": actor_id.strip(), "role": role}
        for role in ("source", "target")
        for actor_id in cells[role].split(";")
        if actor_id.strip()
    ]


def _values(schema: TableSchema, cells: dict[str, str]) -> Row:
    """The cells that are columns of the table, as values."""
    return {column: read_cell(schema.field(column), cell) for column, cell in cells.items() if column in schema.columns}


def code_cases(names: Iterable[str]) -> Iterator[tuple[Case, str, dict[str, list[Row]]]]:
    """Reads and codes cases as a build does; gives each with its canonical text and the machine's rows."""
    knowledge, model = load_knowledge(None), language.load_model(DEFAULT_LANGUAGE_MODEL)
    cases = {name: load_case(name) for name in names}
    documents = [read_document(case.file, case.file.name, stated(case.about, name)) for name, case in cases.items()]
    for document, parse in language.analyse(documents, model):
        coded = code_document(document, parse, knowledge)
        rows = document_rows(document, parse, coded.cast, coded.quotations, coded.aid, coded.events)
        yield cases[document.document_id], document.text, rows.tables


def score(machine: Mapping[str, list[Row]], case: Case, text: str) -> Evaluation:
    """How well `machine`, the rows that were made of the case's document, agrees with the people's."""
    return evaluate([(machine, gold_rows(case, text))])


def differences(table: str, machine: Mapping[str, list[Row]], gold: Mapping[str, list[Row]]) -> list[str]:
    """What is missed (-), made up (+) or different (~) in a table, a line each."""
    theirs, ours = list(machine.get(table, ())), list(gold[table])
    if table == "events":
        theirs, ours = with_participants(theirs, machine), with_participants(ours, gold)
    pairs = match_rows(table, theirs, ours)
    matched = [id(row) for pair in pairs for row in pair]
    lines = [f"- {_shown(table, row)}" for row in ours if id(row) not in matched]
    lines += [f"+ {_shown(table, row)}" for row in theirs if id(row) not in matched]
    for row, right in pairs:
        wrong = [
            f"{name}: {_cell(right[name])} (machine: {_cell(row.get(name))})"
            for name in right
            if name not in ("start", "end", "trigger_start", "trigger_end", "document_id", *_IDS.values())
            and not same(row.get(name), right[name])
        ]
        if wrong:
            lines.append(f"~ {_shown(table, right)}\n    " + "\n    ".join(wrong))
    return lines


def _shown(table: str, row: Row) -> str:
    if table == "actors":
        return f"{row['actor_id']}: {row['name']} ({row['kind']})"
    words = flat(row["text"])
    if table == "events":
        parts = f"{_cell(row['source'])} → {_cell(row['target'])}"
        return f"{row['event_type']} [{row['trigger']}] {parts}: {words}"
    return words + (f" ({row['actor_id']})" if table == "mentions" else "")


def _cell(value: object) -> str:
    return "; ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def main(arguments: list[str]) -> None:
    """Prints the differences in one case, or the measures over all."""
    pairs = []
    for case, text, machine in code_cases(arguments[:1] or case_names()):
        gold = gold_rows(case, text)
        pairs.append((machine, gold))
        for table in (arguments[1:] or TABLES) if arguments else ():
            print(f"== {table}", *differences(table, machine, gold), sep="\n")
    measured = evaluate(pairs)
    for name, each in [*measured.tables.items(), ("events of the right type", measured.events_of_type)]:
        print(f"{name}: precision {each.precision:.2f} recall {each.recall:.2f} F1 {each.f1:.2f} of {each.gold}")
    for measure, accuracy in measured.accuracies.items():
        print(f"{measure}: {accuracy.right} of {accuracy.total}")


if __name__ == "__main__":
    main(sys.argv[1:])
