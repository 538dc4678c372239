"""`review export` and `review import` from the command line to the published table."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest

from builders import ARTICLE, make_project, run
from interchangecases import approved, as_lines, json_lines
from tablewright.paths import Project

FORMS = ("labelstudio", "doccano", "prodigy", "webannotation")
BY = ("--reviewer", "ana", "--date", "2024-04-01")
CONFIRM = ("--unchanged", "confirm")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built project whose article has emoji, accents of their own, and the line ends of Windows."""
    article = ARTICLE.replace("a hospital in", "a hospital 💥👨‍👩‍👧 near a cafe\u0301 in").replace("\n", "\r\n")
    root = tmp_path_factory.mktemp("built")
    project = make_project(root)
    (project.source / "geneva.md").write_bytes(article.encode())
    run(project, "build")
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Project:
    shutil.copytree(built, tmp_path / "project")
    return Project(tmp_path / "project")


def export(project: Project, form: str, *options: str) -> str:
    return run(project, "review", "export", "--format", form, *options).stdout


def import_back(project: Project, form: str, text: str, *options: str, code: int = 0) -> str:
    file = project.root.parent / f"{form}.back"
    file.write_text(text, encoding="utf-8")
    return run(project, "review", "import", str(file), "--format", form, *BY, *options, code=code).output


def codings(project: Project) -> dict[str, list[str]]:
    tables = ("aid_figures", "events", "quotations")
    return {name: pd.read_parquet(project.dist / f"{name}.parquet")["coding"].tolist() for name in tables}


def review_files(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(project.review.glob("*.csv"))}


@pytest.mark.parametrize("form", FORMS)
def test_what_was_found_right_there_is_confirmed_here(project: Project, form: str) -> None:
    text = approved(form, export(project, form))
    said = import_back(project, form, text, *CONFIRM, "-n")
    assert not review_files(project)
    assert import_back(project, form, text, *CONFIRM) == said
    files = review_files(project)
    again = import_back(project, form, text, *CONFIRM)
    assert "decided so before" in again
    assert review_files(project) == files
    run(project, "build")
    assert {coding for found in codings(project).values() for coding in found} == {"confirmed"}
    run(project, "check")


def test_all_or_nothing_unless_told_to_keep_going(project: Project) -> None:
    tasks = json_lines(approved("prodigy", export(project, "prodigy")))
    tasks[1]["spans"][0]["end"] = 10**6
    text = as_lines(tasks)
    said = import_back(project, "prodigy", text, code=1)
    assert "prodigy.back:2: span 1: the mark from" in said
    assert "nothing is taken: " in said
    assert not review_files(project)
    said = import_back(project, "prodigy", text, "-k", code=1)
    assert f"{len(tasks) - 1} confirmed" in said
    assert review_files(project)


def test_scripts_read_what_was_written_and_what_was_taken(project: Project) -> None:
    out = project.root.parent / "tasks.json"
    config = project.root.parent / "labels.xml"
    options = ("--table", "quotations", "--document", "geneva", "-o", str(out), "--config", str(config), "--json")
    told = json.loads(export(project, "labelstudio", *options))
    assert (told["rows"], told["documents"], told["tasks"], told["offsets"]) == (1, 1, 1, "code-points")
    assert ElementTree.parse(config).getroot().tag == "View"  # noqa: S314 - our own file
    found: dict[str, Any] = json.loads(
        import_back(project, "labelstudio", approved("labelstudio", out.read_text(encoding="utf-8")), "--json")
    )
    assert found["written"] is True
    assert [(each["table"], each["decision"]) for each in found["decisions"]] == [("quotations", "confirm")]


@pytest.mark.parametrize("form", ["labelstudio", "webannotation"])
def test_a_file_named_jsonl_has_one_record_a_line(project: Project, form: str) -> None:
    out = project.root.parent / "out.jsonl"
    export(project, form, "-o", str(out))
    records = json_lines(out.read_text(encoding="utf-8"))
    assert len(records) == (1 if form == "labelstudio" else 4)
    if form == "webannotation":
        assert "4 left undecided" in import_back(project, form, as_lines(records))
    else:
        assert "4 confirmed" in import_back(project, form, approved(form, json.dumps(records)))


def test_only_what_awaits_a_decision_goes_out_when_asked(project: Project) -> None:
    before = len(json_lines(export(project, "prodigy", "--pending")))
    import_back(project, "prodigy", approved("prodigy", export(project, "prodigy", "--table", "quotations")))
    assert len(json_lines(export(project, "prodigy", "--pending"))) == before - 1
    assert len(json_lines(export(project, "prodigy"))) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--table", "actors"), "its rows mark no words in a text"),
        (("--table", "acts"), "there is no such table under review"),
        (("--document", "oslo"), "no document 'oslo'"),
        (("-o", "nowhere/out.jsonl"), "there is no folder nowhere"),
    ],
)
def test_what_is_not_there_is_told(project: Project, options: tuple[str, ...], message: str) -> None:
    assert message in run(project, "review", "export", "--format", "doccano", *options, code=1).output


def test_a_file_that_is_no_text_is_told(project: Project) -> None:
    file = project.root.parent / "back.jsonl"
    file.write_bytes(b"\xff\xfe{")
    said = run(project, "review", "import", str(file), "--format", "doccano", *BY, code=1).output
    assert "back.jsonl: the file is not UTF-8" in said


def test_a_byte_order_mark_and_empty_lines_are_no_matter(project: Project) -> None:
    text = approved("prodigy", export(project, "prodigy"))
    assert "confirmed" in import_back(project, "prodigy", "\ufeff" + text.replace("\n", "\r\n\r\n"))


def test_the_help_says_that_the_text_goes_out(project: Project) -> None:
    said = run(project, "review", "export", "--help").output
    assert "full text of the documents" in " ".join(said.split())
    assert "Example" in said
    assert "Example" in run(project, "review", "import", "--help").output
