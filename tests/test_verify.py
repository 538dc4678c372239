"""Verification: a sound release is sound, and of the faults planted in it every one is found.

`tests/bench/faults.py` shows the same faults beside what frictionless finds.
"""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from releasefaults import FAULTS, Fault, edit_json, plant, resource, seal
from releaseproject import built_project, decide, released
from tablewright.archive import write_archive
from tablewright.cli_release import verify as verify_command
from tablewright.console import Commands
from tablewright.errors import BuildError
from tablewright.release import Released
from tablewright.verify import verify


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Released:
    project = built_project(tmp_path_factory.mktemp("project"))
    decide(project)
    return released(project)


@pytest.fixture
def folder(made: Released, tmp_path: Path) -> Path:
    assert made.folder is not None
    return Path(shutil.copytree(made.folder, tmp_path / "release"))


def said(folder: Path) -> str:
    return "\n".join(f"{each.code} {each.file or ''} {each.message}" for each in verify(folder).findings)


def test_a_release_is_sound_as_folder_and_as_archive(made: Released) -> None:
    assert made.folder is not None
    assert made.archive is not None
    for path in (made.folder, made.archive):
        found = verify(path)
        assert found.findings == []
        assert (found.name, found.version) == ("talks", "1.0.0")
        assert found.counts == dict(made.counts)


def test_the_anchors_are_proved_by_the_sources(made: Released, tmp_path: Path) -> None:
    assert made.folder is not None
    source = made.folder.parents[2] / "source"
    found = verify(made.folder, source)
    assert found.findings == []
    assert set(found.documents.values()) == {"same"}
    (tmp_path / "geneva.md").write_text((source / "geneva.md").read_text().replace("Geneva", "Basel"))
    found = verify(made.folder, tmp_path)
    assert found.documents == {"geneva": "different", "lima": "missing", "oslo": "missing"}
    assert {each.code for each in found.findings} == {"source-differs", "source"}


def test_sealing_alone_is_no_fault(folder: Path) -> None:
    seal(folder)
    assert said(folder) == ""


@pytest.mark.parametrize("which", FAULTS, ids=lambda each: each.name)
def test_finds_every_fault(which: Fault, folder: Path) -> None:
    plant(which, folder)
    assert said(folder)


def test_there_are_faults_enough() -> None:
    assert len(FAULTS) >= 25
    assert len({each.name for each in FAULTS}) == len(FAULTS)


def test_a_row_moved_within_its_text_is_found_by_the_sources(made: Released, folder: Path) -> None:
    from releasefaults import edit_rows

    def change(rows: list[dict[str, object]]) -> None:
        row = next(each for each in rows if each["document_id"] == "lima")
        row.update(start=int(str(row["start"])) + 1, end=int(str(row["end"])) + 1)

    edit_rows(folder, "mentions", change)
    seal(folder)
    assert said(folder) == "", "a text of which nothing is told cannot be proved from the release alone"
    assert made.folder is not None
    found = verify(folder, made.folder.parents[2] / "source")
    assert {each.code for each in found.findings} == {"anchor"}


def test_a_pattern_cannot_hang_the_reader(folder: Path) -> None:
    def change(package: object) -> None:
        for name in ("actors", "actors_parquet"):
            fields = resource(package, name)["schema"]["fields"]  # type: ignore[arg-type]
            field = next(each for each in fields if each["name"] == "name")
            field["constraints"] = {"required": True, "pattern": "(x+x+)+y"}

    edit_json(folder / "datapackage.json", change)
    start = time.perf_counter()
    assert "does not match" in said(folder)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("text", ["[]", "{", "{}", '{"resources": 1}', "[" * 100_000, '{"resources": [{"format": "csv", "name": "../x", "schema": {}}]}'])  # fmt: skip
def test_a_damaged_description_is_a_finding(text: str, folder: Path) -> None:
    (folder / "datapackage.json").write_text(text)
    assert "description datapackage.json" in said(folder)


@pytest.mark.parametrize("name", ["croissant.json", "CITATION.cff", "README.md", "quality.json", "codebook.csv", "diff.json"])  # fmt: skip
@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"[]", b"{" * 50_000])
def test_a_damaged_descriptor_is_a_finding(name: str, data: bytes, folder: Path) -> None:
    (folder / name).write_bytes(data)
    assert f"descriptor {name}" in said(folder)


def test_an_archive_packed_anew_is_proved_too(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "again.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("talks-1.0.0")
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"talks-1.0.0/{path.relative_to(folder)}")
    assert verify(tmp_path / "again.zip").findings == []


def test_a_damaged_archive_is_refused(folder: Path, tmp_path: Path) -> None:
    write_archive(folder, tmp_path / "good.zip", "talks-1.0.0")
    data = bytearray((tmp_path / "good.zip").read_bytes())
    data[5_000] ^= 1
    (tmp_path / "bad.zip").write_bytes(bytes(data))
    with pytest.raises(BuildError, match="damaged"):
        verify(tmp_path / "bad.zip")


def test_the_command_says_what_was_proved(folder: Path) -> None:
    group = Commands("tablewright", commands=[verify_command])
    result = CliRunner().invoke(group, ["verify", str(folder)])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("sound: talks 1.0.0, ")
    (folder / "extra.txt").write_text("x")
    result = CliRunner().invoke(group, ["verify", str(folder), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["findings"][0]["code"] == "extra"
    assert CliRunner().invoke(group, ["verify", str(folder.parent / "none")]).exit_code == 1
