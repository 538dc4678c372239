"""The coders against documents coded by hand. The floors are the project's own targets for texts that nobody has seen.

.venv/bin/pytest tests/test_cases.py -rP      prints the figures
"""

from __future__ import annotations

import pytest

from scoring import case_names, code_cases, gold_rows
from tablewright.evaluation import AMOUNT, FULL_ROW, SPEAKER, Evaluation, evaluate
from tablewright.report import evaluation_lines
from tablewright.tables import Row


@pytest.fixture(scope="module")
def coded() -> list[tuple[str, str, dict[str, list[Row]], dict[str, list[Row]]]]:
    """Each case's name, text, machine rows and expected rows."""
    return [(case.name, text, rows, gold_rows(case, text)) for case, text, rows in code_cases(case_names())]


@pytest.fixture(scope="module")
def measured(coded: list[tuple[str, str, dict[str, list[Row]], dict[str, list[Row]]]]) -> Evaluation:
    measures = evaluate([(machine, gold) for _, _, machine, gold in coded])
    print("\n".join(evaluation_lines(measures)))
    return measures


def at_least(floor: float, value: float | None) -> bool:
    return value is not None and value >= floor


def test_quotations_are_found_with_their_speakers(measured: Evaluation) -> None:
    assert at_least(0.95, measured.tables["quotations"].f1)
    assert at_least(0.85, measured.accuracies[SPEAKER].share)


def test_aid_figures_are_found_with_amount_and_currency(measured: Evaluation) -> None:
    assert at_least(0.90, measured.tables["aid_figures"].f1)
    assert at_least(0.98, measured.accuracies[AMOUNT].share)


def test_actors_are_found(measured: Evaluation) -> None:
    assert at_least(0.85, measured.tables["actors"].f1)


def test_events_are_found_with_their_type_and_in_full(measured: Evaluation) -> None:
    assert at_least(0.60, measured.events_of_type.f1)
    assert at_least(0.50, measured.accuracies[FULL_ROW].share)


def test_every_anchor_of_every_case_holds(
    coded: list[tuple[str, str, dict[str, list[Row]], dict[str, list[Row]]]],
) -> None:
    parts = ("trigger", "speaker", "cue")
    anchors = [("start", "end", "text"), *((f"{part}_start", f"{part}_end", part) for part in parts)]
    for name, text, machine, _ in coded:
        for table, rows in machine.items():
            for row in rows:
                for start, end, words in anchors:
                    if row.get(start) is not None:
                        said = row["speaker_text"] if words == "speaker" else row[words]
                        assert text[row[start] : row[end]] == said, f"{name}: {table}: {row}"
