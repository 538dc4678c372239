from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from tablecases import everything, thing
from tablewright.arrowtable import to_arrow
from tablewright.cli_diff import diff
from tablewright.console import Commands
from tablewright.datasetfiles import load_dataset_files, open_dataset_files
from tablewright.errors import BuildError, ProjectError
from tablewright.package import FileFacts, describe
from tablewright.rights import cut_to_rights
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import write_table


def make_dataset(folder: Path, *things: dict[str, object], title: str = "Things") -> Path:
    """A dataset of one table in `folder`, as a build writes it."""
    folder.mkdir(parents=True)
    table, findings = to_arrow(everything(), things)
    assert not findings
    write_table(everything(), table, folder)
    facts = {f"things.{form}": FileFacts("0" * 64, 1) for form in ("csv", "parquet")}
    (folder / "datapackage.json").write_bytes(describe({"name": "x", "title": title}, {"things": everything()}, facts))
    return folder


def make_project(root: Path) -> Path:
    """A project with two releases, and a build with one row more than the last."""
    (root / "source").mkdir(parents=True)
    (root / "source" / "dataset.yaml").write_text("name: x\ntitle: Things\n", encoding="utf-8")
    make_dataset(root / "dist", thing("a"), thing("b", words="new"), thing("c"))
    make_dataset(root / "dist" / "releases" / "1.9.0", thing("a"))
    make_dataset(root / "dist" / "releases" / "1.10.0", thing("a"), thing("b"))
    return root


def run(*arguments: str | Path, code: int = 0) -> Result:
    cli = Commands()
    cli.add_command(diff)
    result = CliRunner().invoke(cli, ["diff", *map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def run_json(*arguments: str | Path, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--json", code=code).stdout)


def test_the_latest_release_is_compared_with_the_build(tmp_path: Path) -> None:
    told = run_json("-C", make_project(tmp_path))
    assert (told["before"], told["after"], told["bump"]) == ("1.10.0", "dist", "minor")
    assert told["rows"]["things"] == {
        "rows_before": 2, "rows_after": 3, "added": 1, "withdrawn": 0, "changed": 1, "cells": 1
    }  # fmt: skip


def test_a_release_is_compared_with_the_build_or_with_another(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert run_json("1.9.0", "-C", project)["rows"]["things"]["added"] == 2
    assert run_json("1.9.0", "1.10.0", "-C", project)["rows"]["things"]["added"] == 1
    assert run_json("1.10.0", "1.9.0", "-C", project)["bump"] == "major"


def test_folders_need_no_project(tmp_path: Path) -> None:
    old = make_dataset(tmp_path / "old", thing("a"))
    new = make_dataset(tmp_path / "new", thing("a", words="x"), title="Other things")
    assert run(old, new).stdout.splitlines() == [
        "old → new: patch",
        "  things: 1 changed (words 1); 1 → 1 rows",
        "  the dataset's title changed",
        "",
        "things",
        "  ~ a",
        "      words: (missing) → x",
    ]


def test_an_archive_is_a_dataset_too(tmp_path: Path) -> None:
    old, new = make_dataset(tmp_path / "x-1.0.0", thing("a")), make_dataset(tmp_path / "new", thing("a"), thing("b"))
    with zipfile.ZipFile(tmp_path / "x-1.0.0.zip", "w") as archive:
        for path in sorted(old.iterdir()):
            archive.write(path, f"x-1.0.0/{path.name}")
    told = run_json(tmp_path / "x-1.0.0.zip", new)
    assert (told["before"], told["rows"]["things"]["added"]) == ("x-1.0.0.zip", 1)


def test_the_exit_code_says_whether_something_differs(tmp_path: Path) -> None:
    old, new = make_dataset(tmp_path / "old", thing("a")), make_dataset(tmp_path / "new", thing("b"))
    run(old, new)
    run(old, new, "--exit-code", code=1)
    assert run(old, old, "--exit-code").stdout == "old → old: the same\n"


def test_a_page_and_a_list_are_written(tmp_path: Path) -> None:
    old, new = make_dataset(tmp_path / "old", thing("a")), make_dataset(tmp_path / "new", thing("b"))
    page, table = tmp_path / "pages" / "changes.html", tmp_path / "lists" / "changes.csv"
    run(old, new, "--html", page, "--csv", table)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    with table.open(encoding="utf-8", newline="") as file:
        assert [(line["change"], line["row"]) for line in csv.DictReader(file)] == [("withdrawn", "a"), ("added", "b")]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    assert "there are 1.10.0, 1.9.0" in run("2.0.0", "-C", project, code=1).stderr
    assert "no folder or archive elsewhere" in run("elsewhere", "-C", project, code=1).stderr
    (tmp_path / "empty").mkdir()
    assert "no datapackage.json in empty/" in run(tmp_path / "empty", project / "dist", code=1).stderr
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    assert "text.zip" in run(tmp_path / "text.zip", project / "dist", code=1).stderr


def test_without_a_release_or_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "dataset.yaml").write_text("name: x\ntitle: Things\n", encoding="utf-8")
    assert "no release to compare with" in run("-C", tmp_path, code=1).stderr
    make_dataset(tmp_path / "dist" / "releases" / "1.0.0", thing("a"))
    assert "run `tablewright build`" in run("-C", tmp_path, code=1).stderr


def test_the_build_is_compared_as_a_release_would_hold_it(tmp_path: Path) -> None:
    """Words that may not be passed on are no change: the release before has none, and the next will have none."""
    project = make_project(tmp_path)
    schemas = {
        name: schema
        for name, schema in load_schemas(builtin_schemas_folder()).items()
        if name in ("documents", "sentences")
    }
    document: dict[str, object] = dict.fromkeys(("document_id", "title", "source_sha256", "text_sha256"), "x")
    document |= {"source_file": "source/x.md", "characters": 5, "words": 1, "language": "en"}
    sentence: dict[str, object] = {
        "sentence_id": "s",
        "document_id": "x",
        "paragraph": 1,
        "position": 1,
        "start": 0,
        "end": 5,
        "text": "Words",
    }
    tables = {
        name: (schemas[name], to_arrow(schemas[name], [row])[0])
        for name, row in (("documents", document), ("sentences", sentence))
    }
    write_dataset(project / "dist", tables)
    cut = cut_to_rights(tables, {"x": "none"}, {"x": 5}).tables
    write_dataset(project / "dist" / "releases" / "2.0.0", cut)
    assert run("-C", project).stdout == "2.0.0 → dist: the same\n"
    assert "tightened" in run("2.0.0", project / "dist", "-C", project).stdout


def write_dataset(folder: Path, tables: Mapping[str, tuple[TableSchema, pa.Table]]) -> None:
    folder.mkdir(exist_ok=True)
    for schema, table in tables.values():
        write_table(schema, table, folder)
    facts = {f"{name}.{form}": FileFacts("0" * 64, 1) for name in tables for form in ("csv", "parquet")}
    described = describe(
        {"name": "x", "title": "Things"}, {name: schema for name, (schema, _) in tables.items()}, facts
    )
    (folder / "datapackage.json").write_bytes(described)


def test_files_are_read_whole_or_a_column_at_a_time(tmp_path: Path) -> None:
    folder = make_dataset(tmp_path / "x", thing("a", tint="red", words="x"), thing("b"))
    whole, parts = load_dataset_files(folder)["things"], open_dataset_files(folder)["things"]
    assert whole[0].columns == everything().columns
    assert parts[1].num_rows == whole[1].num_rows == 2
    for name in everything().columns:
        column = parts[1].column(name)
        assert column.to_pylist() == whole[1].column(name).to_pylist(), name


@pytest.mark.parametrize("load", [load_dataset_files, open_dataset_files])
def test_files_that_are_not_as_described_are_refused(load: Any, tmp_path: Path) -> None:
    path = make_dataset(tmp_path / "x", thing("a")) / "things.parquet"
    pa.parquet.write_table(pa.table({"thing_id": ["a"]}), path)
    with pytest.raises(BuildError, match="the columns are thing_id"):
        load(tmp_path / "x")
    path.write_bytes(b"no Parquet")
    with pytest.raises(BuildError, match="cannot be read as"):
        load(tmp_path / "x")
    path.unlink()
    with pytest.raises(BuildError, match="is missing"):
        load(tmp_path / "x")
    (tmp_path / "x" / "datapackage.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ProjectError, match="not a Data Package"):
        load(tmp_path / "x")


def test_a_column_with_other_values_is_refused(tmp_path: Path) -> None:
    make_dataset(tmp_path / "x", thing("a"))
    path = tmp_path / "x" / "things.parquet"
    table = pa.parquet.read_table(path)
    colour = table.column_names.index("colour")
    pa.parquet.write_table(table.set_column(colour, "colour", pa.array(["green"])), path)
    with pytest.raises(BuildError, match="green"):
        open_dataset_files(tmp_path / "x")["things"][1].column("colour")
