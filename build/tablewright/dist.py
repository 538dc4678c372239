"""`dist/` is replaced as a whole or not at all.

New files are made ready in `.tablewright/stage/`. Then a journal says which of them belong in `dist/` (that is the
moment at which the build counts), each is moved over the old one, and the journal is taken away. A kill before the
journal leaves the old build; a kill after it leaves a journal, and whoever comes next finishes the moves.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from tablewright.files import disk_errors, dumps, write_atomic
from tablewright.paths import Project
from tablewright.state import journal


def open_stage(project: Project) -> Path:
    """An empty folder to write the new files into."""
    stage = project.work / "stage"
    with disk_errors(stage):
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
    return stage


def commit(project: Project, stage: Path, outdated: Iterable[str] = ()) -> list[str]:
    """Moves all files of the stage into `dist/` and removes the files `outdated` (names in `dist/`).

    Returns the names of the files moved. Raises `BuildError`, with `dist/` as it was, when the disk refuses.
    """
    names = sorted(path.name for path in stage.iterdir())
    with disk_errors(project.dist):
        project.dist.mkdir(exist_ok=True)
        for name in names:
            _flush(stage / name)
    write_atomic(journal(project), dumps({"moved": names, "removed": sorted(outdated)}).encode())
    recover(project)
    return names


def recover(project: Project) -> None:
    """Finishes the moves that a journal tells of; does nothing without one."""
    try:
        told = json.loads(journal(project).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    stage = project.work / "stage"
    with disk_errors(project.dist):
        for name in told["moved"]:
            # Already moved if it is gone from the stage: the journal is carried out twice to the same end.
            if (stage / name).exists():
                os.replace(stage / name, project.dist / name)
        for name in told["removed"]:
            (project.dist / name).unlink(missing_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        journal(project).unlink()


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
