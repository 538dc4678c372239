"""The review files belong to everybody: what others save shows up, and neither side overwrites the other."""

from __future__ import annotations

import csv
import errno
import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from builders import ARTICLE, run
from servecases import Page, a_moment_later, built_project, norway, save
from tablewright.decisionbook import Book
from tablewright.decisions import append_decisions, load_decisions
from tablewright.paths import Project
from tablewright.schemafile import load_schemas


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(built_project(tmp_path))


def decided(project: Project) -> dict[tuple[str, str], str]:
    """What the files say: who decided what on which row."""
    found = load_decisions(project, load_schemas(project.schemas))
    return {(each.row_id, each.reviewer): each.decision for each in found}


def events_of(page: Page, document_id: str = "geneva") -> list[Any]:
    return page.rows("events", document_id)


def test_a_decision_taken_elsewhere_shows_up(page: Page) -> None:
    pledge = norway(page)
    since = page.get("api/changes?since=0")["stamp"]
    run(page.project, "review", "reject", pledge["row_id"], "--reviewer", "ben")
    a_moment_later()
    assert page.get(f"api/changes?since={since}")["documents"] == ["geneva"]
    assert norway(page)["state"] == "rejected"
    assert page.get("api/project")["documents"][0]["decided"] == 1


def test_decisions_on_a_document_that_is_not_open_change_the_list_of_documents(page: Page) -> None:
    row_id = events_of(Page(page.project), "nairobi")[0]["row_id"]
    since = page.get("api/changes?since=0")["stamp"]
    run(page.project, "review", "accept", row_id)
    a_moment_later()
    told = page.get(f"api/changes?since={since}")
    assert (told["documents"], told["project"]) == ([], True)
    assert [each["decided"] for each in page.get("api/project")["documents"]] == [0, 1]


def test_a_line_edited_in_another_program_stays_as_it_was_edited(page: Page) -> None:
    first, second = events_of(page)[:2]
    page.decide(first)
    edited = page.file().read_text(encoding="utf-8").replace("confirm", "reject")
    save(page.file(), edited)
    page.decide(second)
    assert decided(page.project) == {(first["row_id"], "ana"): "reject", (second["row_id"], "ana"): "confirm"}
    assert page.get("api/changes?since=0")["lost"] == []


def test_an_old_copy_that_drops_decisions_is_noticed_and_they_can_be_put_back(page: Page) -> None:
    first, second = events_of(page)[:2]
    page.decide(first)
    old = page.file().read_text(encoding="utf-8")
    page.decide(first, "reject")
    page.decide(second)
    save(page.file(), old)
    lost = page.get("api/changes?since=0")["lost"]
    assert {(each["row_id"], each["decision"]) for each in lost} == {
        (first["row_id"], "reject"),
        (second["row_id"], "confirm"),
    }
    assert page.row(second["row_id"])["state"] == "pending"
    page.post("api/restore", row_ids=[first["row_id"], second["row_id"]])
    assert decided(page.project) == {(first["row_id"], "ana"): "reject", (second["row_id"], "ana"): "confirm"}
    assert page.get("api/changes?since=0")["lost"] == []


def test_a_decision_taken_back_that_an_old_copy_brings_again_is_lost_too(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge)
    old = page.file().read_text(encoding="utf-8")
    page.post("api/undo", row_id=pledge["row_id"])
    save(page.file(), old)
    (lost,) = page.get("api/changes?since=0")["lost"]
    assert (lost["row_id"], lost["decision"], lost["document_id"]) == (pledge["row_id"], "undone", "geneva")
    page.post("api/restore", row_ids=[pledge["row_id"]])
    assert decided(page.project) == {}


def test_a_loss_that_was_meant_is_let_go(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge)
    page.file().unlink()
    assert [each["row_id"] for each in page.get("api/changes?since=0")["lost"]] == [pledge["row_id"]]
    assert page.post("api/dismiss", row_ids=[pledge["row_id"]])["lost"] == []
    assert page.get("api/changes?since=0")["lost"] == []


@pytest.mark.parametrize(
    ("broken", "line", "said"),
    [
        ('event_id,decision\n"half', 1, "the column"),
        ("\x00\xff", None, "UTF-8"),
        ("{good}{line}\n", 3, "more cells"),
        ('{good}"half a li', 3, "no CSV"),
        ("{good}{twice}", 3, "decided in line 2 already"),
    ],
)
def test_a_broken_file_is_told_with_its_line_and_not_overwritten(
    page: Page, broken: str, line: int | None, said: str
) -> None:
    first, second = events_of(page)[:2]
    page.decide(first)
    good = page.file().read_text(encoding="utf-8")
    text = broken.replace("{good}", good).replace("{line}", "x," * 40).replace("{twice}", good.splitlines()[1])
    data = text.encode("latin-1") if "\xff" in text else text.encode()
    save(page.file(), "")
    page.file().write_bytes(data)
    os.utime(page.file(), (1, 1))
    problem = page.get("api/changes?since=0")["problem"]
    assert (problem["file"], problem["line"]) == ("source/review/events.csv", line)
    assert said in problem["error"]
    assert page.row(first["row_id"])["state"] == "confirmed"
    assert page.decide(second, status=409)["file"] == "source/review/events.csv"
    assert page.file().read_bytes() == data
    # Other tables' decisions are taken meanwhile, and this one's when the file is whole again.
    page.decide(page.rows("quotations")[0])
    save(page.file(), good)
    page.decide(second)
    assert page.get("api/changes?since=0")["problem"] is None
    assert len(decided(page.project)) == 3


def test_a_file_that_is_being_saved_is_waited_for(page: Page) -> None:
    """The first half of a file is a whole file too, with decisions missing."""
    first, second, third = events_of(page)
    page.decide(first)
    page.decide(second)
    whole = page.file().read_text(encoding="utf-8")
    half = "".join(whole.splitlines(keepends=True)[:2])

    def slowly() -> None:
        with page.file().open("w", encoding="utf-8") as file:
            file.write(half)
            file.flush()
            time.sleep(0.15)
            file.write(whole.removeprefix(half))

    editor = threading.Thread(target=slowly)
    editor.start()
    time.sleep(0.05)
    page.decide(third)
    editor.join()
    assert len(decided(page.project)) == 3
    assert page.get("api/changes?since=0")["lost"] == []


def test_a_save_between_reading_and_replacing_is_not_overwritten(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = events_of(page)[:2]
    page.decide(first)
    edited = page.file().read_text(encoding="utf-8").replace(",ana,", ",ben,")
    write = Book._write
    saved: list[str] = []

    def meanwhile(book: Book, table: str, decisions: Any) -> None:
        if not saved:
            saved.append(table)
            save(page.file(), edited)
        write(book, table, decisions)

    monkeypatch.setattr(Book, "_write", meanwhile)
    page.decide(second)
    assert saved == ["events"]
    assert decided(page.project) == {(first["row_id"], "ben"): "confirm", (second["row_id"], "ana"): "confirm"}


def test_two_coders_at_two_servers_lose_nothing(tmp_path: Path) -> None:
    project = built_project(tmp_path)
    pages = [Page(project, name, apart=True) for name in ("ana", "ben")]
    row_ids = [row["row_id"] for row in pages[0].get("api/documents/geneva")["rows"]]

    def code(page: Page) -> None:
        for row_id in row_ids:
            page.decide({"row_id": row_id})

    threads = [threading.Thread(target=code, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert decided(project) == {(row_id, name): "confirm" for row_id in row_ids for name in ("ana", "ben")}
    assert [page.get("api/changes?since=0")["lost"] for page in pages] == [[], []]


def test_a_server_and_the_command_line_lose_nothing(page: Page) -> None:
    schemas = load_schemas(page.project.schemas)
    first, second, third = events_of(page)
    page.decide(first)
    (kept,) = load_decisions(page.project, schemas)
    others = [kept.__class__(**{**_values(kept), "reviewer": f"r{number}"}) for number in range(20)]

    def decide_all() -> None:
        for each in others:
            append_decisions(page.project, schemas, [each])

    command = threading.Thread(target=decide_all)
    command.start()
    page.decide(second)
    page.decide(third)
    command.join()
    assert len(decided(page.project)) == 23


def _values(decision: Any) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in decision.__slots__}


def test_a_read_only_file_is_left_alone(page: Page) -> None:
    first, second = events_of(page)[:2]
    page.decide(first)
    before = page.file().read_bytes()
    page.file().chmod(0o444)
    refused = page.decide(second, status=409)
    assert (refused["error"], refused["file"]) == ("is read-only", "source/review/events.csv")
    assert page.file().read_bytes() == before
    page.file().chmod(0o644)
    page.decide(second)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_disk_that_refuses_costs_the_decision_in_hand_only(
    page: Page, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    first, second = events_of(page)[:2]
    page.decide(first)
    before = page.file().read_bytes()

    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    refused = page.decide(second, status=500)
    assert os.strerror(number) in refused["error"]
    assert "dist/" not in refused["remedy"]
    monkeypatch.undo()
    assert page.file().read_bytes() == before
    assert [each.name for each in page.project.review.iterdir()] == ["events.csv"]
    assert page.row(second["row_id"])["state"] == "pending"
    page.decide(second)
    assert len(decided(page.project)) == 2


def test_a_build_meanwhile_is_taken_in(page: Page) -> None:
    pledge = norway(page)
    page.decide(pledge)
    since = page.get("api/changes?since=0")["stamp"]
    (page.project.source / "geneva.md").write_text(f"{ARTICLE}\nChad closed its border with Sudan.\n", "utf-8")
    (page.project.source / "oslo.md").write_text(ARTICLE.replace("Geneva", "Oslo"), "utf-8")
    run(page.project, "build")
    told = page.get(f"api/changes?since={since}")
    assert (told["documents"], told["project"]) == (["geneva"], True)
    assert [each["document_id"] for each in page.get("api/project")["documents"]] == ["geneva", "nairobi", "oslo"]
    assert any("closed its border" in row["sentence"] for row in page.rows("events"))
    assert page.row(pledge["row_id"])["state"] == "confirmed"
    (page.project.source / "oslo.md").unlink()
    run(page.project, "build")
    page.get("api/documents/oslo", 410)


def test_without_the_cache_the_page_says_so(page: Page) -> None:
    norway(page)
    (page.project.work / "state.json").unlink()
    assert page.get("api/changes?since=0")["problem"]["remedy"] == "run `tablewright build` first"
    run(page.project, "build")
    assert page.get("api/changes?since=0")["problem"] is None
    for path in page.project.work.glob("documents/*.json"):
        path.unlink()
    assert "run `tablewright build`" in Page(page.project).get("api/documents/geneva", 500)["remedy"]


def test_what_is_written_is_what_a_spreadsheet_reads(page: Page) -> None:
    for row in page.get("api/documents/geneva")["rows"]:
        page.decide(row)
    for path in page.project.review.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        assert len({len(cells) for cells in lines}) == 1
