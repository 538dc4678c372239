"""The review page's resources: what a page is told, and what becomes of its decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import run, run_json
from servecases import Page, a_moment_later, built_project, norway
from tablewright.decisions import load_decisions
from tablewright.schemafile import load_schemas


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(built_project(tmp_path))


def decisions(page: Page) -> list[Any]:
    return load_decisions(page.project, load_schemas(page.project.schemas))


def test_the_project_tells_its_tables_documents_and_actors(page: Page) -> None:
    told = page.get("api/project")
    assert (told["title"], told["reviewer"], told["apart"], told["problem"]) == ("Talks", "ana", False, None)
    assert [each["document_id"] for each in told["documents"]] == ["geneva", "nairobi"]
    geneva = told["documents"][0]
    assert (geneva["pending"], geneva["decided"], geneva["conflicts"]) == (5, 0, 0)
    events = next(each for each in told["tables"] if each["name"] == "events")
    kinds = {field["name"]: field["kind"] for field in events["fields"]}
    assert (kinds["event_type"], kinds["trigger"], kinds["date_start"], kinds["source"]) == (
        "code",
        "anchor",
        "date",
        "actors",
    )
    assert [field["name"] for field in events["fields"] if field["computed"]] == ["quad_class"]
    assert {each["actor_id"]: each["in_dataset"] for each in told["actors"]}.items() >= {
        "norway": True,
        "peru": False,
    }.items()


def test_a_document_has_its_text_and_rows_with_the_words_that_they_are_at(page: Page) -> None:
    told = page.get("api/documents/geneva")
    for row in told["rows"]:
        assert told["text"][row["start"] : row["end"]] == row["values"]["text"]
        for anchor in row["anchors"]:
            assert told["text"][anchor["start"] : anchor["end"]] == row["values"][anchor["field"]]
        assert row["state"] == "pending"
    pledge = norway(page)
    assert pledge["values"]["source"] == "norway"
    assert pledge["values"]["target"] == "sudan"
    assert pledge["rule"]
    assert "Norway pledged" in pledge["sentence"]
    assert any(block["kind"] == "title" for block in told["blocks"])


def test_counts_of_a_document_are_the_same_before_it_is_opened(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge)
    page.decide(page.rows("quotations")[0], "reject")
    fresh = Page(page.project)
    before = fresh.get("api/project")["documents"]
    assert before[0] | {"title": ""} == before[0] | {"title": "", "pending": 3, "decided": 2, "conflicts": 0}
    fresh.get("api/documents/geneva")
    assert fresh.get("api/project")["documents"] == before


def test_a_decision_is_in_the_file_when_it_is_answered_in_the_form_of_one_by_hand(page: Page) -> None:
    pledge = norway(page)
    answer = page.decide(pledge, "amend", changes={"event_type": "AID", "target": "sudan; chad"}, note="so it says")
    (row,) = answer["rows"]
    assert (row["state"], row["changed"], row["values"]["event_type"]) == ("amended", ["event_type", "target"], "AID")
    assert row["values"]["quad_class"] == "material_cooperation"
    assert row["machine"] == {"event_type": "AGREE", "target": "sudan"}
    assert answer["counts"]["geneva"] == {"pending": 4, "decided": 1, "conflicts": 0}
    other = Path(page.project.root.parent) / "by-hand"
    by_hand = built_project(other)
    changes = ("event_type=AID", "target=sudan; chad")
    run(by_hand, "review", "amend", row["row_id"], *changes, "--reviewer", "ana", "--note", "so it says")
    assert page.file().read_bytes() == (by_hand.review / "events.csv").read_bytes()


def test_accepting_rejecting_and_taking_back(page: Page) -> None:
    pledge = norway(page)
    assert page.decide(pledge)["rows"][0]["state"] == "confirmed"
    assert page.decide(pledge, "reject")["rows"][0]["state"] == "rejected"
    undone = page.post("api/undo", row_id=pledge["row_id"])
    assert undone["rows"][0] == pledge
    assert decisions(page) == []
    assert "no decision" in page.post("api/undo", 410, row_id=pledge["row_id"])["error"]


def test_an_accepted_amendment_stays_as_it_was_amended(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge, "amend", changes={"target": "chad"})
    row = page.decide(pledge, note="looked at again")["rows"][0]
    assert (row["state"], row["values"]["target"], row["decision"]["note"]) == ("amended", "chad", "looked at again")


def test_adding_a_row_at_selected_words_and_undoing_it(page: Page) -> None:
    text = page.get("api/documents/geneva")["text"]
    start = text.index(" the attack on a hospital")
    place = {"document_id": "geneva", "table": "mentions", "start": start, "end": start + 26}
    answer = page.post("api/add", **place, values={"actor_id": "sudan", "kind": "anaphor"})
    (row,) = answer["rows"]
    assert (row["state"], row["values"]["text"], row["start"]) == ("added", "the attack on a hospital", start + 1)
    again = page.post("api/add", 422, **place, values={"actor_id": "sudan", "kind": "anaphor"})
    assert "these words have a row already" in again["error"]
    assert page.post("api/undo", row_id=row["row_id"])["removed"] == [row["row_id"]]
    inside = page.post("api/add", 422, **place | {"start": start + 2}, values={"actor_id": "sudan", "kind": "anaphor"})
    assert inside["remedy"] == "select whole words"


def test_the_place_of_words_that_stand_more_than_once_can_be_said(page: Page) -> None:
    text = page.get("api/documents/geneva")["text"]
    meeting = page.rows("events")[0]
    foreign = text.index("Foreign", text.index("Foreign") + 1)
    page.decide(meeting, "amend", changes={"trigger": "Foreign"}, spans={"trigger": [foreign, foreign + 7]})
    (trigger,) = page.row(meeting["row_id"])["anchors"]
    assert (trigger["start"], trigger["end"]) == (foreign, foreign + 7)
    first = text.index("Foreign")
    page.decide(meeting, "amend", changes={}, spans={"trigger": [first, first + 7]})
    (trigger,) = page.row(meeting["row_id"])["anchors"]
    assert trigger["start"] == first


def test_an_added_actor_can_be_named_at_once(page: Page) -> None:
    values = {"actor_id": "market-union", "name": "Market Union", "kind": "ngo"}
    (row,) = page.post("api/add", table="actors", values=values)["rows"]
    assert (row["table"], row["state"], row["values"]["name"]) == ("actors", "added", "Market Union")
    assert page.decide(norway(page), "amend", changes={"target": "market-union"})["rows"][0]["state"] == "amended"
    assert "market-union" in [each["actor_id"] for each in page.get("api/project")["actors"]]


def test_a_rejected_actor_is_gone_from_the_rows_and_comes_back(page: Page) -> None:
    norway(page)
    sudan = next(row for row in page.get("api/actors")["rows"] if row["row_id"] == "sudan")
    stamp = page.get("api/changes?since=0")["stamp"]
    page.decide(sudan, "reject")
    changes = page.get(f"api/changes?since={stamp}")
    assert (changes["actors"], changes["documents"]) == (True, ["geneva"])
    assert norway(page)["values"]["target"] == ""
    page.post("api/undo", row_id="sudan")
    assert norway(page)["values"]["target"] == "sudan"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"event_type": "NONSENSE"}, "event_type"),
        ({"date_start": "15/03/2024"}, "write YYYY-MM-DD"),
        ({"target": "nobody-we-know"}, "there is no actor 'nobody-we-know'"),
        ({"quad_class": "x"}, "follows from the other columns"),
        ({"nothing": "x"}, "there is no column 'nothing'"),
        ({"trigger": "elephant"}, "does not stand near"),
        ({"summary": ""}, "summary is missing"),
        ({}, "says that already"),
    ],
)
def test_what_is_wrong_with_an_amendment_is_said_and_nothing_is_written(
    page: Page, changes: dict[str, str], said: str
) -> None:
    assert said in page.decide(norway(page), "amend", 422, changes=changes)["error"]
    assert not page.file().exists()


def test_a_text_that_looks_like_a_formula_comes_back_as_it_was_given(page: Page) -> None:
    pledge = norway(page)
    for summary in ("=1+1", "'=1+1", "-5 degrees", "@home", 'He said "no", twice', "ünïcödé 🕊"):
        row = page.decide(pledge, "amend", changes={"summary": summary})["rows"][0]
        assert row["values"]["summary"] == summary
        assert Page(page.project).row(pledge["row_id"])["values"]["summary"] == summary


def test_a_row_that_changed_since_it_was_shown_is_not_decided_unseen(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge, "reject", seen=pledge["version"])
    refused = page.decide(pledge, "accept", 409, seen=pledge["version"])
    assert refused["rows"][0]["state"] == "rejected"


def test_a_page_that_is_behind_gets_all_that_changed_since(page: Page) -> None:
    document = page.get("api/documents/geneva")
    one, other = page.rows("events")[:2]
    page.decide(one)
    answer = page.decide(other, since=document["stamp"])
    assert {row["row_id"] for row in answer["rows"]} == {one["row_id"], other["row_id"]}
    assert [row["row_id"] for row in page.decide(one, "reject")["rows"]] == [one["row_id"]]


def test_what_another_tab_decides_is_told(page: Page) -> None:
    pledge = norway(page)
    since = page.get("api/changes?since=0")["stamp"]
    answer = page.decide(pledge)
    told = page.get(f"api/changes?since={since}")
    assert (told["documents"], told["stamps"]) == (["geneva"], answer["stamps"])
    assert page.get(f"api/changes?since={told['stamp']}")["documents"] == []


def test_coding_apart_shows_ones_own_decisions_only(tmp_path: Path) -> None:
    project = built_project(tmp_path)
    ana, ben = Page(project, "ana", apart=True), Page(project, "ben", apart=True)
    pledge = norway(ana)
    ana.decide(pledge, "amend", changes={"event_type": "AID"})
    text = ana.get("api/documents/geneva")["text"]
    at = {"document_id": "geneva", "start": text.index("the talks"), "end": text.index("the talks") + 9}
    ana.post("api/add", **at, table="quotations", values={"kind": "term"})
    assert norway(ben) == pledge
    assert len(ben.rows("quotations")) == 1
    assert ben.get("api/documents/geneva")["counts"] == {"pending": 5, "decided": 0, "conflicts": 0}
    assert "no decision" in ben.post("api/undo", 410, row_id=pledge["row_id"])["error"]
    ben.decide(pledge)
    assert norway(ana)["values"]["event_type"] == "AID"
    assert [each.reviewer for each in decisions(ana) if each.row_id == pledge["row_id"]] == ["ana", "ben"]


def test_everybodys_decisions_are_seen_and_where_people_differ_the_row_awaits_one(tmp_path: Path) -> None:
    project = built_project(tmp_path)
    ana, ben, carl = Page(project, "ana"), Page(project, "ben"), Page(project, "carl")
    pledge = norway(ana)
    ana.decide(pledge, "amend", changes={"event_type": "AID"})
    a_moment_later()
    seen = norway(carl)
    assert (seen["state"], seen["decision"]["reviewer"], seen["mine"]) == ("amended", "ana", None)
    ben.decide(pledge, "amend", changes={"event_type": "CONSULT"})
    a_moment_later()
    seen = norway(carl)
    assert (seen["state"], seen["values"]["event_type"], seen["mine"]) == ("conflict", "AGREE", None)
    assert [each["values"]["event_type"] for each in seen["others"]] == ["AID", "CONSULT"]
    assert carl.get("api/documents/geneva")["counts"]["conflicts"] == 1
    assert carl.get("api/documents/geneva")["findings"][0]["code"] == "conflicting-decisions"
    seen = norway(ben)
    assert (seen["values"]["event_type"], seen["mine"]["decision"]) == ("CONSULT", "amend")
    assert [each["reviewer"] for each in seen["others"]] == ["ana"]
    ben.post("api/undo", row_id=pledge["row_id"])
    a_moment_later()
    assert norway(carl)["state"] == "amended"


def test_a_decision_that_no_longer_fits_is_told_and_the_machines_row_awaits_a_new_one(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge)
    text = page.file().read_text(encoding="utf-8").replace(",pledged,", ",promised,")
    page.file().write_text(text, encoding="utf-8")
    later = Page(page.project)
    told = later.get("api/documents/geneva")
    assert [each["code"] for each in told["findings"]] == ["stale-decision"]
    assert later.row(pledge["row_id"])["state"] == "pending"
    assert later.decide(pledge)["rows"][0]["state"] == "confirmed"
    assert later.get("api/documents/geneva")["findings"] == []


def test_reviewed_and_built_the_table_says_what_was_decided(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge, "amend", changes={"event_type": "AID"})
    page.decide(page.rows("quotations")[0], "reject")
    run(page.project, "build")
    assert run_json(page.project, "show", pledge["row_id"])["row"]["coding"] == "amended"
    status = run_json(page.project, "status")
    assert (status["decided"]["events"], status["pending"]["quotations"]) == (1, 0)
    # The page notices the build and says the same as before.
    assert norway(page)["state"] == "amended"


def test_a_row_or_document_that_is_not_there(page: Page) -> None:
    assert "no row" in page.decide({"row_id": "geneva-e0000000000"}, status=410)["error"]
    assert "no row" in page.decide({"row_id": "../../etc/passwd"}, status=410)["error"]
    assert "no document" in page.get("api/documents/oslo", 410)["error"]
    assert "no document" in page.get("api/documents/..%2f..%2fstate", 410)["error"]
    at = {"document_id": "oslo", "table": "mentions", "start": 0, "end": 2}
    page.post("api/add", 410, **at)
    page.post("api/add", 410, **at | {"document_id": "geneva", "table": "sentences"})
    page.post("api/add", 422, **at | {"document_id": "geneva", "end": 10**9})
