"""`tablewright report`: what the page holds, for the project and for others, and what commands say of it."""

from __future__ import annotations

import dataclasses
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_project, run, run_json
from reportcases import HOSTILE_TITLE, TEXTS, flat, make_hostile, make_rights, parts, strings
from tablewright.cache import load_document
from tablewright.datasetfiles import load_dataset_files
from tablewright.files import sha256_file
from tablewright.paths import Project
from tablewright.reporting.shown import Shown, show_quotes
from tablewright.rights import Dataset, cut_to_rights
from tablewright.schema import Anchor, Field, TableSchema
from tablewright.verify import verify

RUN = 40
"""Characters in a row that are a document's wording, and no names that anybody would use."""


@pytest.fixture(scope="module")
def rights(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_rights(tmp_path_factory.mktemp("rights"))
    run(project, "build")
    return project


@pytest.fixture
def copy(rights: Project, tmp_path: Path) -> Project:
    """The project for a test that changes it."""
    shutil.copytree(rights.root, tmp_path / "copy", symlinks=True)
    return Project(tmp_path / "copy")


def report(project: Project, *options: str) -> bytes:
    run(project, "report", *options)
    return (project.dist / "report.html").read_bytes()


def test_the_page_stands_by_itself(rights: Project) -> None:
    page = report(rights).decode()
    assert page.startswith("<!DOCTYPE html>")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "connect-src" not in policy[1]
    asked = [(tag, name, value) for tag, names in tags(page) for name, value in names if name in ("src", "href")]
    assert asked
    assert all(tag == "a" and value.startswith("#") for tag, _, value in asked)


def tags(page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The elements of a page as a browser finds them, with their attributes."""
    found: list[tuple[str, list[tuple[str, str]]]] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, [(name, value or "") for name, value in attrs]))

    Parser().feed(page)
    return found


def test_the_page_has_each_text_with_its_rows(rights: Project) -> None:
    found = parts(report(rights))
    columns = {each["name"]: [column["name"] for column in each["columns"]] for each in found["index"]["tables"]}
    for at, about in enumerate(found["index"]["documents"]):
        shown = found[f"document-{at}"]
        document = load_document(rights, about["document_id"])
        assert shown["text"] == document.text
        assert [block[0] for block in shown["blocks"]] == [block.kind for block in document.blocks]
        assert about["counts"] == {name: len(rows) for name, rows in shown["rows"].items()}
        for name, rows in shown["rows"].items():
            for _, _, start, end, anchors, *cells in rows:
                values = dict(zip(columns[name], cells, strict=True))
                assert shown["text"][start:end] == values["text"]
                for field, first, last in anchors:
                    assert shown["text"][first:last] == values[field]


def test_the_same_build_gives_the_same_bytes(rights: Project) -> None:
    assert report(rights) == report(rights)


def test_the_page_says_that_it_is_not_for_others(rights: Project) -> None:
    assert parts(report(rights))["index"]["closed"] == 2
    assert parts(report(rights, "--public"))["index"]["closed"] == 0
    assert parts(report(rights, "--document", "open"))["index"]["closed"] == 0


def test_one_document_and_another_place(rights: Project, tmp_path: Path) -> None:
    told = run_json(rights, "report", "--document", "open", "-o", str(tmp_path / "some" / "page.html"))
    assert told["documents"] == {"open": "full"}
    page = (tmp_path / "some" / "page.html").read_bytes()
    assert told["bytes"] == len(page)
    assert [each["document_id"] for each in parts(page)["index"]["documents"]] == ["open"]
    assert "harbour master" not in page.decode()


def test_what_cannot_be_reported_says_why(copy: Project, tmp_path: Path) -> None:
    assert "no document nowhere" in run(copy, "report", "--document", "nowhere", code=1).stderr
    (copy.source / "open.md").write_text(TEXTS["open.md"] + "\nMore.\n", encoding="utf-8")
    assert "dist/ is out of date" in run(copy, "report", code=1).stderr
    assert "dist/ has not been built" in run(make_project(tmp_path / "new"), "report", code=1).stderr
    run(copy, "build")
    (copy.work / "documents" / "open.json").write_text("{}\n", encoding="utf-8")
    assert "tablewright build" in run(copy, "report", code=1).stderr


def test_status_knows_a_report_of_older_tables(copy: Project) -> None:
    (copy.dist / "report.html").unlink(missing_ok=True)
    assert run_json(copy, "status")["report"] is None
    before = report(copy)
    assert run_json(copy, "status")["report"] == "current"
    (copy.source / "open.md").write_text(TEXTS["open.md"] + "\nJapan praised France.\n", encoding="utf-8")
    run(copy, "build")
    # A build leaves what is not its own where it was.
    assert (copy.dist / "report.html").read_bytes() == before
    run(copy, "check")
    assert "dist/report.html shows older tables" in run(copy, "status").stdout
    assert report(copy) != before
    assert "older tables" not in run(copy, "status").stdout


def places_shared(text: str, page: str) -> set[int]:
    """The places of a text's characters that stand in a page within a run of some length."""
    runs = {at: text[at : at + RUN] for at in range(len(text) - RUN + 1)}
    starts = [at for at, run in runs.items() if run == run.strip() and flat(run) in page]
    return {place for at in starts for place in range(at, at + RUN)}


def places_quoted(tables: Dataset, document: str) -> set[int]:
    """The places of a document's characters that released tables hold."""
    return {
        place
        for schema, table in tables.values()
        for row in table.to_pylist()
        for anchor in schema.anchors
        if row[anchor.document] == document and row[anchor.text]
        for place in range(row[anchor.start], row[anchor.start] + len(row[anchor.text]))
    }


def test_the_page_for_others_shows_no_more_than_a_release(rights: Project) -> None:
    page = report(rights, "--public")
    told = flat("\n".join(strings(list(parts(page).values()))))
    raw = flat(page.decode())
    texts = {name: load_document(rights, name).text for name in ("open", "quoted", "closed")}
    assert flat(texts["open"]) in flat(parts(page)["document-1"]["text"])
    assert not places_shared(texts["closed"], told)
    assert not places_shared(texts["closed"], raw)
    tables = load_dataset_files(rights.dist)
    lengths = {name: len(text) for name, text in texts.items()}
    cut = cut_to_rights(tables, {"open": "full", "quoted": "quotes", "closed": "none"}, lengths)
    shared = places_shared(texts["quoted"], told) | places_shared(texts["quoted"], raw)
    assert shared
    assert shared <= places_quoted(cut.tables, "quoted")
    held = {
        about["document_id"]: parts(page)[f"document-{at}"]
        for at, about in enumerate(parts(page)["index"]["documents"])
    }
    assert held["closed"]["text"] == ""
    assert sum(end - start for _, start, end in held["quoted"]["blocks"]) <= cut.quoted["quoted"]


def test_a_release_holds_the_page_for_others(copy: Project) -> None:
    made = run_json(copy, "release", "--allow-unreviewed", "--date", "2024-05-01")
    folder = copy.root / made["folder"]
    page = (folder / "report.html").read_bytes()
    found = parts(page)
    assert found["index"]["public"] is True
    assert found["index"]["built"] == sha256_file(folder / "datapackage.json")
    assert found["index"]["codebook"] == "codebook.html"
    assert not places_shared(load_document(copy, "closed").text, flat(page.decode()))
    codebook = (folder / "codebook.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'id="([^"]+)"', codebook))
    for table in found["index"]["tables"]:
        assert f'href="report.html#table={table["name"]}"' in codebook
        assert table["name"] in anchors
        own = {"source", "target"} if table["name"] == "events" else set()
        assert {f"{table['name']}.{each['name']}" for each in table["columns"] if each["name"] not in own} <= anchors
    assert "events.event_type.CONSULT" in anchors
    assert "report.html" in (folder / "SHA256SUMS").read_text(encoding="utf-8")
    assert verify(folder).findings == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r'(tablewright-built" content=")[0-9a-f]{64}', r"\g<1>" + "0" * 64, "was not made from the datapackage.json"),
        (r'("shown":"none","text":")', r"\1The whole text of it", "none allows 0"),
        (r'("shown":"none","text":"","blocks":\[)', r'\1["excerpt",0,9]', "none allows 0"),
        (r'(id="index">\{)', r"\1,", "cannot be read"),
    ],
)
def test_verify_proves_the_report(copy: Project, old: str, new: str, said: str) -> None:
    made = run_json(copy, "release", "--allow-unreviewed", "--date", "2024-05-01")
    folder = copy.root / made["folder"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    changed = re.sub(old, new, page, count=1)
    assert changed != page
    (folder / "report.html").write_text(changed, encoding="utf-8")
    found = verify(folder).findings
    assert any(each.code == "report" and said in each.message for each in found)


def test_a_release_of_an_older_tool_has_no_report(copy: Project) -> None:
    made = run_json(copy, "release", "--allow-unreviewed", "--date", "2024-05-01")
    folder = copy.root / made["folder"]
    (folder / "report.html").unlink()
    assert all("report.html" in (each.file or "") + each.message for each in verify(folder).findings)


def test_no_text_breaks_out_of_the_page(tmp_path: Path) -> None:
    project = make_hostile(tmp_path)
    run(project, "build")
    page = report(project).decode()
    clean = report(make_built(tmp_path / "clean")).decode()
    assert [tag for tag, _ in tags(page)] == [tag for tag, _ in tags(clean)]
    assert parts(page.encode())["index"]["documents"][0]["title"] == HOSTILE_TITLE


def make_built(root: Path) -> Project:
    project = make_project(root)
    run(project, "build")
    return project


def field(name: str) -> Field:
    return Field(name, "string", name, name, name)


NOTES = TableSchema(
    "notes",
    "Notes",
    "Notes",
    tuple(map(field, ("note_id", "start", "end", "text"))),
    ("note_id",),
    anchors=(Anchor("start", "end", "text"),),
)


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=8))
def test_quoted_words_stand_once_and_in_order(text: str, spans: list[tuple[int, int]]) -> None:
    rows: list[dict[str, Any]] = [
        {"start": start, "end": start + length, "text": text[start : start + length]}
        for start, length in spans
        if start + length <= len(text)
    ]
    shown: Shown = show_quotes("quotes", {"notes": (NOTES, rows)})
    assert shown.text == "\n\n".join(shown.text[start:end] for _, start, end in shown.blocks)
    held = {at for row in rows for at in range(row["start"], row["end"])}
    assert sum(end - start for _, start, end in shown.blocks) == len(held)
    for row in rows:
        start, end = shown.place(row["start"], row["end"])
        assert shown.text[start:end] == row["text"]


def test_a_place_that_is_not_shown_is_nowhere() -> None:
    shown = show_quotes("quotes", {"notes": (NOTES, [{"start": 10, "end": 14, "text": "word"}])})
    assert shown.place(2, 8) == (0, 0)
    assert shown.place(12, 30) == (2, 4)
    assert dataclasses.replace(shown, passages=()).place(12, 30) == (0, 0)
