"""Settling rows on which people differ: a line that says how the row stands, while everybody's own coding stays."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import run, run_json
from reviewcases import TEXT, attack, desk, machine_rows, part, pledge, schemas
from servecases import Page, a_moment_later, built_project, norway
from tablewright.codings import coded_rows
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.decisioncells import layouts
from tablewright.decisionlines import read_lines, write_lines
from tablewright.decisions import digests
from tablewright.describe.agreement import measure_agreement
from tablewright.paths import Project
from tablewright.reviewfindings import settle

ANA, BEN, CARL, DANA = (Taker(name, dt.date(2024, 3, 15)) for name in ("ana", "ben", "carl", "dana"))
ROWS = machine_rows(TEXT, events=[pledge(), attack()], participants=[part(pledge(), "norway", "source")])
PLACE = {"trigger": "condemned", "status": "occurred", "summary": "Norway condemned it.", "source": "norway"}


def said(by: Taker, event_type: str | None = None) -> Decision:
    """What a person says of the pledge."""
    if event_type is None:
        return desk(ROWS, by=by).accept("events", pledge())
    return desk(ROWS, by=by).amend("events", pledge(), {"event_type": event_type})


def added(by: Taker, event_type: str = "ACCUSE", words: str = "condemned the attack") -> Decision:
    return desk(machine_rows(TEXT), by=by).add("events", "talks", words, {**PLACE, "event_type": event_type})


def settling(decision: Decision, by: Taker = CARL) -> Decision:
    return dataclasses.replace(decision, reviewer=by.reviewer, settles=True)


def test_a_settling_line_stands_whatever_others_say() -> None:
    lines = [said(ANA, "AID"), said(BEN), settling(said(ANA, "CONSULT"))]
    for order in (lines, lines[::-1]):
        stands, findings = settle(order)
        assert [each.values["event_type"] for each in stands] == ["CONSULT"]
        assert findings == []
    assert settle(lines[:2])[0] == []


def test_two_who_settle_differently_leave_the_row_undecided() -> None:
    lines = [said(ANA, "AID"), settling(said(ANA, "AID")), settling(said(BEN), DANA)]
    stands, findings = settle(lines)
    assert stands == []
    assert "dana differs from carl" in findings[0].message
    assert settle([*lines[:2], settling(said(ANA, "AID"), DANA)])[0] == [lines[1]]


def test_the_column_is_there_only_where_a_line_needs_it() -> None:
    layout = layouts(schemas())["events"]
    plain = write_lines(layout, [said(ANA)])
    assert "settles" not in plain
    text = write_lines(layout, [said(ANA), settling(said(ANA), ANA)])
    assert [line.rpartition(",")[2] for line in text.splitlines()] == ["settles", "", "true"]
    read, findings = read_lines(layout, text)
    assert findings == []
    assert [each.settles for each in read] == [False, True]
    assert read[1] == settling(said(ANA), ANA)


@pytest.mark.parametrize(("cell", "settles"), [("TRUE", True), ("false", False), ("", False)])
def test_what_a_spreadsheet_makes_of_the_cell(cell: str, settles: bool) -> None:
    layout = layouts(schemas())["events"]
    text = write_lines(layout, [settling(said(ANA))]).removesuffix("true\n") + f"{cell}\n"
    (read,), _ = read_lines(layout, text)
    assert read.settles is settles


def test_another_cell_is_a_finding() -> None:
    layout = layouts(schemas())["events"]
    text = write_lines(layout, [settling(said(ANA))]).removesuffix("true\n") + "yes\n"
    read, (finding,) = read_lines(layout, text)
    assert read == []
    assert (finding.line, finding.column) == (2, "settles")


def test_settling_changes_what_a_build_rests_on_and_nothing_else_did() -> None:
    plain = said(ANA)
    assert digests([plain]) != digests([dataclasses.replace(plain, settles=True)])
    assert digests([plain]) == digests([dataclasses.replace(plain, note="x", line=7)])


def test_agreement_leaves_settling_lines_out() -> None:
    lines = [said(ANA, "AID"), said(BEN)]
    with_third = [*lines, settling(said(ANA, "AID"))]
    assert measure_agreement(with_third) == measure_agreement(lines)
    assert {each.coders for each in measure_agreement(with_third)} == {2}
    (row,) = coded_rows(with_third)
    assert row.differing() == ["event_type"]
    assert [each.reviewer for each in row.settling] == ["carl"]


def test_a_row_that_one_added_is_passed_over_by_the_other_who_worked_there() -> None:
    lines = [said(ANA), said(BEN), added(ANA)]
    row = coded_rows(lines)[1]
    assert (row.without, row.differing()) == (("ben",), ["keep"])
    keep = next(each for each in measure_agreement(lines) if each.column == "keep")
    assert (keep.units, keep.agreed) == (2, 0.5)
    # Who did not work on the table is not asked.
    assert coded_rows([said(ANA), added(ANA)]) == []


def test_rows_added_apart_at_the_same_words_are_one_row() -> None:
    lines = [added(ANA, "ACCUSE"), added(BEN, "REJECT")]
    (row,) = coded_rows(lines)
    assert len(row.row_ids) == 2
    assert (row.without, row.differing()) == ((), ["event_type"])
    # One person's two rows at the same words are two.
    assert len(coded_rows([*lines, added(ANA, "AID")])) == 3


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return built_project(tmp_path)


def coded_twice(project: Project) -> tuple[Page, Any]:
    """Two coders who differ on the pledge; the first one's page, and the row."""
    ana, ben = Page(project, "ana", apart=True), Page(project, "ben", apart=True)
    row = norway(ana)
    ana.decide(row, "amend", changes={"event_type": "AID"})
    ben.decide(row)
    a_moment_later()
    return ana, row


def rows(page: Page) -> Iterator[Any]:
    yield from page.get("api/differences")["rows"]


def test_the_page_is_told_who_says_what(project: Project) -> None:
    ana, row = coded_twice(project)
    told = ana.get("api/differences")
    assert told["reviewers"] == ["ana", "ben"]
    (found,) = told["rows"]
    assert (found["row_id"], found["columns"], found["settled"]) == (row["row_id"], ["event_type"], False)
    assert [(each["reviewer"], each["values"]["event_type"]) for each in found["decisions"]] == [
        ("ana", "AID"),
        ("ben", "AGREE"),
    ]
    assert (found["start"], found["end"], found["sentence"]) == (row["start"], row["end"], row["sentence"])
    by_column = {each["column"]: each for each in told["agreement"]}
    assert (by_column["event_type"]["agreeing"], by_column["event_type"]["rows"]) == (0.0, 1)
    assert by_column["keep"]["alpha"] is None


def test_settled_on_the_page_the_row_is_published_so_and_both_codings_stay(project: Project) -> None:
    _, row = coded_twice(project)
    run(project, "build", code=1)
    page = Page(project, "carl")
    assert page.row(row["row_id"])["state"] == "conflict"
    answer = page.post(
        "api/settle", row_id=row["row_id"], reviewer="ana", changes={"status": "planned"}, note="met and agreed"
    )
    (now,) = answer["rows"]
    assert (now["state"], now["settled"], now["values"]["event_type"]) == ("amended", "carl", "AID")
    (found,) = rows(page)
    assert (found["settled"], found["settlement"]["values"]["status"]) == (True, "planned")
    assert [each["reviewer"] for each in found["decisions"]] == ["ana", "ben"]
    run(project, "build")
    published = run_json(project, "show", row["row_id"])["row"]
    assert (published["event_type"], published["status"], published["coding"]) == ("AID", "planned", "amended")
    assert run_json(project, "status")["findings"] == []
    assert run_json(project, "evaluate")["tables"]["events"]["gold"] == 1


def test_a_settlement_is_taken_back_by_who_settled(project: Project) -> None:
    _, row = coded_twice(project)
    page = Page(project, "ana")
    page.post("api/settle", row_id=row["row_id"], reviewer="ben")
    assert page.row(row["row_id"])["state"] == "confirmed"
    a_moment_later()
    refused = Page(project, "ben").post("api/settle", 422, row_id=row["row_id"], reviewer="ana")
    assert refused["error"] == "ana settled this row already"
    (undone,) = page.post("api/undo", row_id=row["row_id"], settling=True)["rows"]
    assert (undone["state"], undone["mine"]["decision"]) == ("conflict", "amend")


def test_of_rows_added_apart_the_one_that_is_not_taken_over_goes(project: Project) -> None:
    pages = {name: Page(project, name, apart=True) for name in ("ana", "ben")}
    text = pages["ana"].get("api/documents/geneva")["text"]
    at = {
        "document_id": "geneva",
        "table": "events",
        "start": text.index("the talks"),
        "end": text.index("the talks") + 9,
    }
    values = {"trigger": "talks", "status": "occurred", "summary": "They talked.", "source": "norway"}
    for name, event_type in (("ana", "CONSULT"), ("ben", "COOPERATE")):
        pages[name].post("api/add", **at, values={**values, "event_type": event_type})
    a_moment_later()
    page = Page(project, "carl")
    (found,) = rows(page)
    assert len(found["row_ids"]) == 2
    page.post("api/settle", row_id=found["row_id"], reviewer="ben")
    states = {row["state"]: row["values"]["event_type"] for row in page.rows("events") if row["settled"]}
    assert states == {"added": "COOPERATE", "rejected": "CONSULT"}
    (found,) = rows(page)
    assert (found["settled"], found["settlement"]["decision"]) == (True, "add")


def test_a_row_that_only_one_added_is_settled_by_not_having_it(project: Project) -> None:
    ana, _ = coded_twice(project)
    text = ana.get("api/documents/geneva")["text"]
    at = {
        "document_id": "geneva",
        "table": "events",
        "start": text.index("the talks"),
        "end": text.index("the talks") + 9,
    }
    values = {"trigger": "talks", "status": "occurred", "summary": "They talked.", "event_type": "CONSULT"}
    (new,) = ana.post("api/add", **at, values={**values, "source": "norway"})["rows"]
    page = Page(project, "carl")
    found = next(row for row in rows(page) if row["row_id"] == new["row_id"])
    assert [(each["reviewer"], each["decision"]) for each in found["decisions"]] == [("ana", "add"), ("ben", "none")]
    assert found["columns"] == ["keep"]
    page.post("api/settle", row_id=new["row_id"], reviewer="ben")
    assert page.row(new["row_id"])["state"] == "rejected"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "it is not said whose"),
        ({"reviewer": "zoe"}, "zoe has not decided"),
        ({"reviewer": "ana", "changes": {"event_type": "NONSENSE"}}, "event_type"),
        ({"reject": True, "changes": {"status": "planned"}}, "no values to change"),
    ],
)
def test_a_settlement_that_cannot_be(project: Project, how: dict[str, Any], said: str) -> None:
    _, row = coded_twice(project)
    page = Page(project, "carl")
    assert said in page.post("api/settle", 422, row_id=row["row_id"], **how)["error"]
    assert "no two people" in page.post("api/settle", 422, row_id="geneva-e0000000000", reject=True)["error"]


def test_from_the_command_line(project: Project) -> None:
    row_id = run_json(project, "review", "--table", "aid_figures")[0]["row_id"]
    run(project, "review", "amend", row_id, "status=delivered", "--reviewer", "ana")
    run(project, "review", "amend", row_id, "status=requested", "--reviewer", "ben")
    listed = run(project, "review", "differences").output
    assert "status: ana: delivered; ben: requested" in listed
    assert "aid_figures.status" in listed
    told = run_json(project, "review", "differences")
    assert told["rows"][0]["differing"] == {"status": {"ana": "delivered", "ben": "requested"}}
    settled = run(project, "review", "settle", row_id, "--as", "ana", "purpose=relief", "--reviewer", "carl").output
    assert settled == f"settled {row_id}: amend → source/review/aid_figures.csv\n"
    assert "no row that is not settled" in run(project, "review", "differences").output
    assert ", settled)" in run(project, "review", "differences", "--all").output
    run(project, "review", "undo", row_id, "--reviewer", "carl", code=1)
    run(project, "review", "undo", row_id, "--reviewer", "carl", "--settling")
    run(project, "review", "settle", row_id, "--reject", "--reviewer", "carl")
    run(project, "review", "settle", row_id, "--reviewer", "carl", code=2)
    run(project, "review", "settle", row_id, "--as", "ben", "--reviewer", "dana", code=1)
    run(project, "build")
    run(project, "show", row_id, code=1)
