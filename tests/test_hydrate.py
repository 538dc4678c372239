"""Hydration: words joined to a release again, from copies that are the same, have moved, or differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import tablewright as tw
from builders import ARTICLE
from releaseproject import LIMA, TEXTS, built_project, released
from tablewright.cli_release import hydrate as hydrate_command
from tablewright.console import Commands
from tablewright.copies import Copies
from tablewright.errors import ProjectError
from tablewright.files import sha256
from tablewright.hydrate import hydrate
from tablewright.moved import Finder
from tablewright.paths import Project
from tablewright.rights import HASH, own_columns, source_columns
from tablewright.schemafile import builtin_schemas_folder, load_schemas


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = built_project(tmp_path_factory.mktemp("project"))
    released(project)
    return project


@pytest.fixture
def release(project: Project) -> Path:
    return project.releases / "1.0.0"


def copies(folder: Path, **changed: str) -> Path:
    folder.mkdir()
    for name, text in (TEXTS | {f"{key}.md": text for key, text in changed.items()}).items():
        if text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in pq.read_table(folder / f"{table}.parquet").to_pylist()]


def holds(out: Path, source: Path) -> None:
    """Every anchor of `out` is what stands there in the copies."""
    copies_there = Copies(source, {})
    texts = {row["document_id"]: copies_there.read(row).text for row in rows(out, "documents")}
    for name, schema in load_schemas(builtin_schemas_folder()).items():
        for anchor in schema.anchors:
            for row in rows(out, name):
                if row[anchor.start] is not None:
                    text = texts[row[anchor.document]]
                    assert text[row[anchor.start] : row[anchor.end]] == row[anchor.text]


def test_the_same_texts_give_back_every_cell_of_the_build(project: Project, release: Path, tmp_path: Path) -> None:
    found = hydrate(release, project.source, tmp_path / "out")
    assert {name: each.state for name, each in found.documents.items()} == dict.fromkeys(
        ("geneva", "lima", "oslo"), "same"
    )
    assert found.complete
    for name, schema in load_schemas(project.schemas).items():
        hashes = {f"{column}{HASH}" for column in (*source_columns(schema), *own_columns(schema))}
        again = [
            {key: value for key, value in row.items() if key not in hashes} for row in rows(tmp_path / "out", name)
        ]
        assert again == rows(project.dist, name)
    assert len(tw.load(tmp_path / "out").events) == len(rows(release, "events"))


def test_moved_words_are_anchored_anew(release: Path, tmp_path: Path) -> None:
    added = ARTICLE.replace("Norway pledged", "An editor has added this paragraph since.\n\nNorway pledged")
    source = copies(tmp_path / "copies", geneva=added, lima=LIMA.replace("Peru recalled", "LIMA - Peru recalled"))
    found = hydrate(release, source, tmp_path / "out")
    states = {name: each.state for name, each in found.documents.items()}
    assert states["oslo"] == "same"
    assert states["geneva"] == "moved"
    assert states["lima"] in ("moved", "different")
    for name, state in states.items():
        if state == "different":
            # Its offsets are still those of the text that was coded.
            (source / f"{name}.md").write_text(TEXTS[f"{name}.md"], encoding="utf-8")
    holds(tmp_path / "out", source)


def test_another_text_is_different_and_gets_no_false_word(release: Path, tmp_path: Path) -> None:
    source = copies(tmp_path / "copies", lima="# Cats\n\nCats sleep most of the day. Peru is far away.\n", geneva="")
    found = hydrate(release, source, tmp_path / "out")
    states = {name: each.state for name, each in found.documents.items()}
    assert states == {"geneva": "missing", "lima": "different", "oslo": "same"}
    assert not found.complete
    for row in rows(tmp_path / "out", "mentions"):
        if row["text"] is not None and row["document_id"] == "lima":
            assert row["text"] == "Peru"
    assert [row["text_sha256"] for row in rows(tmp_path / "out", "documents")] == [row["text_sha256"] for row in rows(release, "documents")]  # fmt: skip


def test_one_changed_sentence_keeps_the_words_of_the_others(release: Path, tmp_path: Path) -> None:
    source = copies(tmp_path / "copies", lima=LIMA.replace("$3 million", "$4 million"))
    found = hydrate(release, source, tmp_path / "out")
    lima = found.documents["lima"]
    assert lima.state == "different"
    assert lima.words * 0.6 < lima.filled < lima.words
    texts = [row["text"] for row in rows(tmp_path / "out", "quotations") if row["document_id"] == "lima"]
    assert texts == ["Nobody wins by silence,"]


def test_a_copy_is_found_by_name_by_content_and_by_id(release: Path, tmp_path: Path) -> None:
    source = tmp_path / "copies"
    (source / "old").mkdir(parents=True)
    (source / "old" / "geneva.md").write_text(ARTICLE, encoding="utf-8")
    (source / "saved page.md").write_text(LIMA, encoding="utf-8")
    (source / "oslo.markdown").write_text(TEXTS["oslo.md"], encoding="utf-8")
    found = hydrate(release, source, tmp_path / "out")
    assert found.complete


def test_an_archive_is_hydrated_too_and_nothing_is_written_over(project: Project, tmp_path: Path) -> None:
    archive = project.releases / "talks-1.0.0.zip"
    assert hydrate(archive, project.source, tmp_path / "out").complete
    with pytest.raises(ProjectError, match="holds files already"):
        hydrate(archive, project.source, tmp_path / "out")


def test_the_finder_follows_what_has_shifted() -> None:
    old = "One. Two went. Three stayed here. Two went."
    new = "Zero. One. Two went. And Three stayed here. Two went."
    finder = Finder(new, same=False)
    for start, end in ((0, 4), (5, 14), (15, 33), (34, 43)):
        span = finder.find(start, end, sha256(old[start:end].encode()))
        assert span is not None
        assert new[slice(*span)] == old[start:end]
    assert finder.find(34, 43, sha256(b"Two went.")) == (44, 53)
    assert finder.find(0, 4, sha256(b"Gone")) is None


def test_the_command_says_what_became_of_each_document(project: Project, tmp_path: Path) -> None:
    group = Commands("tablewright", commands=[hydrate_command])
    arguments = ["hydrate", str(project.releases / "1.0.0"), "--source", str(project.source)]
    result = CliRunner().invoke(group, [*arguments, "--out", str(tmp_path / "one")])
    assert result.exit_code == 0, result.output
    assert "geneva: the same text; " in result.output
    source = copies(tmp_path / "copies", oslo="")
    result = CliRunner().invoke(
        group,
        ["hydrate", str(project.releases / "1.0.0"), "--source", str(source), "--out", str(tmp_path / "two"), "--json"],
    )
    assert result.exit_code == 1
    assert json.loads(result.stdout)["documents"]["oslo"]["state"] == "missing"
