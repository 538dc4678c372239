"""Where releases stand: each in a folder of its own, with its archive beside it, moved into place as a whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tablewright.archive import write_archive
from tablewright.comparing import release_versions
from tablewright.datasetfiles import read_descriptor
from tablewright.files import disk_errors
from tablewright.paths import Project


def stage_of(project: Project) -> Path:
    """Where a release is made ready: on the disk that it will stand on, so that it can be moved at once."""
    stage = project.releases / ".stage"
    shutil.rmtree(stage, ignore_errors=True)
    return stage


def publish(project: Project, name: str, version: str, stage: Path) -> tuple[Path, Path]:
    """Moves a stage into place: its `folder` by one rename, which is when the release counts, then its `archive.zip`.

    Returns where they stand then.
    """
    folder = project.releases / version
    archive = project.releases / archive_name(name, version)
    with disk_errors(project.releases):
        for path in stage.rglob("*"):
            if path.is_file():
                _flush(path)
        (stage / "folder").rename(folder)
        (stage / "archive.zip").replace(archive)
    return folder, archive


def archive_name(name: str, version: str) -> str:
    """The name of a release's archive, which stands beside its folder."""
    return f"{name}-{version}.zip"


def mend(project: Project) -> list[str]:
    """Finishes what a kill left: a stage is taken away, the archive of a release that has none is made again.

    Returns the names of the archives made.
    """
    stage_of(project)
    made: list[str] = []
    for version in release_versions(project):
        folder = project.releases / version
        name = archive_name(str(read_descriptor(folder)["name"]), version)
        if not (project.releases / name).exists():
            aside = project.releases / f".{name}"
            with disk_errors(aside):
                write_archive(folder, aside, name.removesuffix(".zip"))
                aside.replace(project.releases / name)
            made.append(name)
    return made


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
