"""The build from the command line: what it does, what it leaves alone, and what it says of bad input."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from builders import ARTICLE, dist_bytes, make_project, run, run_json
from tablewright.cli import cli
from tablewright.paths import Project

TABLES = ("actors", "aid_figures", "documents", "events", "mentions", "participants", "quotations", "sentences")
SECOND = 'Kenya sent 200 police officers to Haiti on June 25, 2024. "They will stay," President William Ruto said.\n'


def test_builds_all_tables_twice_over_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert run(project, "build").output.startswith("built ")
    names = {f"{table}.{ending}" for table in TABLES for ending in ("csv", "parquet")} | {"datapackage.json"}
    assert set(dist_bytes(project)) == names
    quotations = pd.read_parquet(project.dist / "quotations.parquet")
    assert list(quotations["text"]) == ["We agree on the way forward,"]
    assert list(quotations["speaker_id"]) == ["espen-barth-eide"]
    assert run(project, "build").output == "dist/ is up to date\n"
    assert run(project, "check").output.startswith("sound: ")


def test_the_same_sources_give_the_same_bytes_in_another_folder_and_with_two_processes(tmp_path: Path) -> None:
    documents = {"geneva.md": ARTICLE, **{f"d{n}.txt": SECOND.replace("200", str(n)) for n in range(40)}}
    one = make_project(tmp_path / "one", documents)
    two = make_project(tmp_path / "two", documents)
    run(one, "build")
    run(two, "build", "-j", "2")
    assert dist_bytes(one) == dist_bytes(two)


def test_a_step_by_step_build_gives_the_bytes_of_a_build_at_once(tmp_path: Path) -> None:
    project = make_project(tmp_path / "grown")
    run(project, "build")
    (project.source / "kenya.txt").write_text(SECOND, encoding="utf-8")
    run(project, "build")
    (project.source / "geneva.md").write_text(ARTICLE + "\nChad closed its border with Sudan.\n", encoding="utf-8")
    run(project, "build")
    grown = dist_bytes(project)
    run(project, "build", "-B")
    assert dist_bytes(project) == grown
    (project.source / "kenya.txt").unlink()
    run(project, "build")
    assert "kenya" not in set(pd.read_parquet(project.dist / "documents.parquet")["document_id"])
    fresh = dist_bytes(project)
    shutil.rmtree(project.work)
    shutil.rmtree(project.dist)
    run(project, "build")
    assert dist_bytes(project) == fresh


def test_touching_a_file_does_nothing(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    os.utime(project.source / "geneva.md", (1, 1))
    assert run(project, "build", "-n").output == "dist/ is up to date\n"
    assert run(project, "build").output == "dist/ is up to date\n"


def test_one_changed_document_is_worked_on_alone_and_the_plan_says_so(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"geneva.md": ARTICLE, "kenya.txt": SECOND})
    run(project, "build")
    (project.source / "kenya.txt").write_text(SECOND.replace("200", "400"), encoding="utf-8")
    planned = run_json(project, "build", "-n")["steps"]
    assert {step["target"] for step in planned if step["action"] in ("read", "analyse", "code")} == {"kenya"}
    assert "source/kenya.txt changed" in planned[0]["reasons"]
    before = dist_bytes(project)
    assert run_json(project, "build")["steps"] == planned
    after = dist_bytes(project)
    assert after["quotations.csv"] == before["quotations.csv"]
    assert after["sentences.csv"] != before["sentences.csv"]


def test_a_new_title_is_passed_on_without_coding_again(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    text = project.dataset_file.read_text(encoding="utf-8")
    project.dataset_file.write_text(text + "    title: Talks in Geneva\n", encoding="utf-8")
    steps = run_json(project, "build")["steps"]
    assert {step["part"] or step["action"] for step in steps if step["target"] == "geneva"} == {"read", "rows"}
    assert pd.read_parquet(project.dist / "documents.parquet")["title"].item() == "Talks in Geneva"


def test_a_changed_schema_writes_its_table_anew_and_no_other(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    path = project.schemas / "quotations.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Quotations", "title: Quotes"), encoding="utf-8")
    steps = run_json(project, "build")["steps"]
    assert [(step["action"], step["target"]) for step in steps] == [
        ("write", "quotations"),
        ("describe", "datapackage.json"),
    ]


def test_a_damaged_file_in_dist_is_made_again(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    good = dist_bytes(project)
    (project.dist / "events.csv").write_text("event_id\n", encoding="utf-8")
    run(project, "check", code=1)
    assert "dist/events.csv is not as it was built" in run(project, "build", "-n").output
    run(project, "build")
    assert dist_bytes(project) == good


def test_a_table_can_be_built_alone(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    for name in ("quotations.csv", "events.csv"):
        (project.dist / name).unlink()
    run(project, "build", "quotations")
    assert (project.dist / "quotations.csv").exists()
    run(project, "build", "nonsense", code=2)


def test_exit_code_says_whether_there_is_something_to_do(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build", "-n", code=0)
    run(project, "build", "-n", "--exit-code", code=1)
    run(project, "status", "--exit-code", code=1)
    run(project, "build")
    run(project, "build", "-n", "--exit-code", code=0)
    run(project, "status", "--exit-code", code=0)


def test_keep_going_builds_the_good_documents_and_names_the_bad(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"geneva.md": ARTICLE, "bad.txt": ""})
    result = run(project, "build", code=1)
    assert "source/bad.txt" in result.stderr
    assert not project.dist.exists()
    result = run(project, "build", "-k", code=1)
    assert "source/bad.txt" in result.stderr
    assert list(pd.read_parquet(project.dist / "documents.parquet")["document_id"]) == ["geneva"]
    # It is not forgotten, and mending it is enough.
    run(project, "build", "-n", "--exit-code", code=1)
    (project.source / "bad.txt").write_text(SECOND, encoding="utf-8")
    run(project, "build")
    assert list(pd.read_parquet(project.dist / "documents.parquet")["document_id"]) == ["bad", "geneva"]


BAD_INPUT: dict[str, tuple[str, str | bytes, str]] = {
    "listed document missing": ("source/dataset.yaml", "name: a\ntitle: A\ndocuments:\n  - file: none.md\n", "none.md"),
    "unknown key": ("source/dataset.yaml", "name: a\ntitle: A\ncolour: red\n", "source/dataset.yaml:3: unknown key"),
    "no YAML": ("source/dataset.yaml", "name: [a\ntitle: A\n", "source/dataset.yaml:2"),
    "path out of the project": (
        "source/dataset.yaml",
        "name: a\ntitle: A\ndocuments:\n  - file: ../../etc/passwd\n",
        "leaves source/",
    ),
    "duplicate id": ("source/geneva.txt", SECOND, "two documents have the id geneva"),
    "empty document": ("source/empty.md", "", "source/empty.md"),
    "not UTF-8": ("source/latin.txt", b"Caf\xe9 talks began in Geneva on Tuesday.\n", "source/latin.txt:1"),
    "binary": ("source/image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "source/image.txt"),
    "front matter": ("source/front.md", "---\ntitle: [a\n---\n\nText.\n", "source/front.md:"),
    "unknown type": ("schemas/events.yaml", "type: string", "schemas/events.yaml:"),
    "foreign key to nowhere": ("schemas/mentions.yaml", "resource: actors", "schemas/mentions.yaml:"),
    "actor list": ("source/actors.csv", "actor_id,nom\nx,X\n", "source/actors.csv"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_one_clear_message_and_leaves_dist_alone(tmp_path: Path, case: str) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    before = dist_bytes(project)
    name, content, expected = BAD_INPUT[case]
    path = project.root / name
    if name.startswith("schemas/"):
        assert isinstance(content, str)
        text = path.read_text(encoding="utf-8")
        assert content in text
        path.write_text(text.replace(content, content.split(":")[0] + ": nowhere", 1), encoding="utf-8")
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run(project, "build", code=1)
    assert expected in result.stderr
    assert "Traceback" not in result.output
    assert dist_bytes(project) == before


def test_a_table_or_column_of_the_codebook_cannot_be_taken_out(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (project.schemas / "mentions.yaml").unlink()
    assert "schemas/mentions.yaml: the table mentions is missing" in run(project, "build", code=1).stderr


def test_a_table_and_a_column_of_ones_own_are_carried_through(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    events = project.schemas / "events.yaml"
    text = events.read_text(encoding="utf-8")
    column = "  - {name: theme, type: string, title: Theme, description: What it is about., example: trade}\n"
    events.write_text(text.replace("primaryKey:", f"{column}primaryKey:", 1), encoding="utf-8")
    (project.schemas / "treaties.yaml").write_text(
        "name: treaties\ntitle: Treaties\ndescription: One row for each treaty.\nfields:\n"
        "  - {name: treaty_id, type: string, title: Treaty, description: Key., example: a,"
        " constraints: {required: true, unique: true}}\n"
        "primaryKey: treaty_id\n",
        encoding="utf-8",
    )
    run(project, "build")
    assert pd.read_parquet(project.dist / "events.parquet")["theme"].isna().all()
    assert list(pd.read_csv(project.dist / "treaties.csv").columns) == ["treaty_id"]
    run(project, "check")


def test_without_a_project_it_says_how_to_start_one(tmp_path: Path) -> None:
    result = run(Project(tmp_path), "build", code=1)
    assert "tablewright init" in result.stderr


def test_init_makes_a_project_that_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "my data: 1"
    assert CliRunner().invoke(cli, ["init", str(folder)]).exit_code == 0
    project = Project(folder)
    assert "sentences" in run(project, "build").output
    assert CliRunner().invoke(cli, ["init", str(folder)]).exit_code == 1
