"""Releases: what may be released, as which version, what is in it, and that a kill leaves no half one."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import tablewright as tw
from builders import run
from releaseproject import DATE, LIMA, TEXTS, built_project, dataset, decide, released
from tablewright.cli_release import release as release_command
from tablewright.console import Commands
from tablewright.errors import BuildError, ProjectError
from tablewright.paths import Project
from tablewright.release import Wanted, release
from tablewright.releasefolder import mend
from tablewright.verify import verify


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = built_project(tmp_path_factory.mktemp("project"))
    decide(project)
    return project


@pytest.fixture
def project(template: Project, tmp_path: Path) -> Project:
    """A copy of its own; the stamps of the build are those of the copied files, so it is built again in no time."""
    copy = Project(Path(shutil.copytree(template.root, tmp_path / "project")))
    run(copy, "build")
    return copy


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_first_release_has_everything_in_it(project: Project) -> None:
    made = released(project)
    assert (made.version, made.previous) == ("1.0.0", None)
    assert made.folder == project.releases / "1.0.0"
    assert made.archive == project.releases / "talks-1.0.0.zip"
    names = set(everything(made.folder))
    wanted = {"README.md", "CITATION.cff", "croissant.json", "ro-crate-metadata.json", "datacite.json", "codebook.html", "codebook.csv", "CAVEATS.md", "quality.json", "CHANGELOG.md", "diff.json", "diff.html", "changes.csv", "SHA256SUMS", "datapackage.json", "report.html"}  # fmt: skip
    wanted |= {f"{table}.{form}" for table in made.counts for form in ("csv", "parquet")}
    wanted |= {f"stata/{table}.dta" for table in made.counts} | {"review/events.csv", "review/quotations.csv"}
    assert names == wanted
    assert len(tw.load(made.folder).events) == made.counts["events"]
    with zipfile.ZipFile(made.archive) as archive:
        assert {name: archive.read(f"talks-1.0.0/{name}") for name in names} == everything(made.folder)


def test_the_same_build_gives_the_same_bytes(project: Project) -> None:
    made = released(project)
    assert made.folder is not None
    assert made.archive is not None
    first, archive = everything(made.folder), made.archive.read_bytes()
    shutil.rmtree(project.releases)
    again = released(project)
    assert again.folder is not None
    assert everything(again.folder) == first
    assert again.archive is not None
    assert again.archive.read_bytes() == archive


def test_nothing_of_a_closed_text_is_in_any_file(project: Project) -> None:
    made = released(project)
    assert made.folder is not None
    assert made.rules == {"geneva": "quotes", "lima": "none", "oslo": "full"}
    assert made.quoted["lima"] == 0
    assert 0 < made.quoted["geneva"] <= len(TEXTS["geneva.md"]) // 4
    told = b"\n".join(everything(made.folder).values()).decode("utf-8", "replace")
    told = re.sub(r"\s+", " ", told)
    # A summary is the coder's wording; it may come near to the text, but never with more than a clause of it.
    body = re.sub(r"\s+", " ", LIMA.split("Ruiz")[1]).strip()
    longest = max((length for length in range(10, 90) for at in range(len(body) - length) if body[at : at + length] in told), default=0)  # fmt: skip
    assert "Nobody wins by silence" not in told
    assert longest < 60


def test_the_decisions_are_cut_too(project: Project) -> None:
    made = released(project)
    assert made.folder is not None
    with (made.folder / "review" / "quotations.csv").open(encoding="utf-8", newline="") as file:
        lines = {line["document_id"]: line for line in csv.DictReader(file)}
    assert lines["oslo"]["text"].startswith("We train as we would fight")
    assert lines["oslo"]["prefix"]
    assert lines["lima"]["text"] == lines["lima"]["prefix"] == lines["lima"]["note"] == ""
    assert re.fullmatch("[0-9a-f]{64}", lines["lima"]["text_sha256"])
    assert lines["geneva"]["prefix"] == lines["geneva"]["suffix"] == ""
    assert lines["geneva"]["decision"] == "confirm"


def test_when_all_is_full_the_tables_are_those_of_the_build(project: Project) -> None:
    project.dataset_file.write_text(dataset(dict.fromkeys(TEXTS, "full")), encoding="utf-8")
    run(project, "build")
    made = released(project)
    assert made.folder is not None
    for name in made.counts:
        assert (made.folder / f"{name}.csv").read_bytes() == (project.dist / f"{name}.csv").read_bytes()
    assert verify(made.folder, project.source).findings == []


def refused(project: Project, match: str, **more: object) -> None:
    with pytest.raises((BuildError, ProjectError), match=match):
        release(project, Wanted(**({"date": DATE, "allow_unreviewed": True} | more)))  # type: ignore[arg-type]
    assert not list(project.releases.glob("*.zip")) or (project.releases / "1.0.0").is_dir()


def test_what_is_out_of_date_is_not_released(project: Project) -> None:
    (project.source / "lima.md").write_text(LIMA + "\nChile met Haiti.\n")
    refused(project, "out of date")


def test_unreviewed_rows_are_released_only_when_asked_for(project: Project) -> None:
    refused(project, "rows await a decision", allow_unreviewed=False)
    made = released(project)
    assert made.undecided > 0
    assert made.folder is not None
    assert "Released without full review" in (made.folder / "README.md").read_text()
    assert json.loads((made.folder / "quality.json").read_text())["undecided"] == made.undecided


@pytest.mark.parametrize("key", ["licence", "creators", "description"])
def test_what_a_reader_needs_has_to_be_said(key: str, project: Project) -> None:
    text = project.dataset_file.read_text()
    project.dataset_file.write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith(key))
    )
    run(project, "build")
    refused(project, f"needs {key}")


def test_a_damaged_build_is_not_released(project: Project) -> None:
    path = project.dist / "events.csv"
    stamp = path.stat()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CONSULT", b"SUPPORT", 1))
    import os

    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    with pytest.raises(BuildError, match="out of date"):
        release(project, Wanted(DATE, allow_unreviewed=True))


def test_a_version_is_never_written_again(project: Project) -> None:
    made = released(project)
    assert made.folder is not None
    before = everything(made.folder)
    refused(project, "never written again", version="1.0.0")
    refused(project, "nothing has changed")
    assert everything(made.folder) == before


def test_the_version_follows_from_the_change(project: Project) -> None:
    released(project)
    (project.source / "lima.md").write_text(LIMA + "\nChile gave $5 million to Peru on Friday.\n")
    run(project, "build")
    refused(project, "do not allow 1.0.1", bump="patch")
    refused(project, "not higher than 1.0.0", version="0.9.0")
    made = released(project)
    assert made.previous == "1.0.0"
    assert made.version in ("1.1.0", "2.0.0")
    assert made.folder is not None
    found = json.loads((made.folder / "diff.json").read_text())
    assert (found["before"], found["after"]) == ("1.0.0", made.version)
    assert found["rows"]["aid_figures"]["added"] == 1
    assert verify(made.folder).findings == []
    log = (made.folder / "CHANGELOG.md").read_text()
    assert log.index(f"## {made.version}") < log.index("## 1.0.0")


def test_closing_a_text_tells_no_word_of_it_in_the_difference(project: Project) -> None:
    project.dataset_file.write_text(dataset(dict.fromkeys(TEXTS, "full")), encoding="utf-8")
    run(project, "build")
    released(project)
    project.dataset_file.write_text(dataset(), encoding="utf-8")
    run(project, "build")
    made = released(project)
    assert made.folder is not None
    for name in ("diff.json", "diff.html", "changes.csv", "CHANGELOG.md"):
        assert "Nobody wins by silence" not in (made.folder / name).read_text()


def test_a_person_edits_the_changelog_before_freezing(project: Project) -> None:
    made = released(project, draft=True)
    assert made.folder is None
    assert not (project.releases / "1.0.0").exists()
    log = project.releases / "CHANGELOG.md"
    log.write_text(log.read_text().replace("First release", "Our first release, at last"))
    made = released(project)
    assert made.folder is not None
    assert "Our first release, at last" in (made.folder / "CHANGELOG.md").read_text()


def test_a_kill_leaves_no_half_release(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tablewright.releasefiles.sums", killed)
        with pytest.raises(KeyboardInterrupt):
            released(project)
    assert [path.name for path in project.releases.iterdir()] == []
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            released(project)
    assert [path.name for path in project.releases.iterdir()] == ["1.0.0"], "the folder is there, whole"
    assert verify(project.releases / "1.0.0").findings == []
    assert mend(project) == ["talks-1.0.0.zip"]
    assert verify(project.releases / "talks-1.0.0.zip").findings == []


def test_the_command_says_what_was_released(project: Project) -> None:
    group = Commands("tablewright", commands=[release_command])
    arguments = ["release", "-C", str(project.root), "--date", "2024-05-01"]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 1
    assert "rows await a decision" in result.output
    result = CliRunner().invoke(group, [*arguments, "--allow-unreviewed"])
    assert result.exit_code == 0, result.output
    assert "released 1.0.0: " in result.output
    assert "lima: none, no characters of its text" in result.output
    result = CliRunner().invoke(group, [*arguments, "--allow-unreviewed", "--bump", "patch", "--json"])
    assert json.loads(result.stdout)["folder"] == "dist/releases/1.0.1"


def test_the_day_is_the_one_given(project: Project) -> None:
    made, _ = release(project, Wanted(dt.date(2030, 1, 2), allow_unreviewed=True))
    assert made is not None
    assert made.folder is not None
    assert b"2030-01-02" in (made.folder / "CITATION.cff").read_bytes()


def test_a_reserved_doi_is_stamped_before_freezing(project: Project) -> None:
    made = released(project, doi="10.5281/zenodo.123", concept_doi="10.5281/zenodo.122")
    assert made.folder is not None
    for name in ("CITATION.cff", "datacite.json", "events.parquet"):
        assert b"10.5281/zenodo.123" in (made.folder / name).read_bytes()
    assert verify(made.folder).findings == []
