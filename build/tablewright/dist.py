"""`dist/` is replaced as a whole or not at all.

The new `dist/` is made ready in `.tablewright/stage/`, with links to the files of the old one that stay. Then the two
folders change places, in one step of the file system: a kill before it leaves the old build, a kill after it the new
one. Where a file system cannot do that (`dist/` is a link, a mount, on another disk), the files are moved one by one,
and a journal tells whoever comes next to finish the moves.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from tablewright.errors import BuildError
from tablewright.files import disk_errors, dumps, write_atomic
from tablewright.paths import Project
from tablewright.state import journal

# From <linux/fs.h> and <fcntl.h>; Python has no name for them.
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def open_stage(project: Project) -> Path:
    """An empty folder to write the new files into."""
    stage = _stage(project)
    with disk_errors(stage):
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
    return stage


def _stage(project: Project) -> Path:
    return project.work / "stage"


def commit(project: Project, stage: Path, outdated: Iterable[str] = ()) -> None:
    """Puts all files of the stage into `dist/` and takes the files `outdated` (names in `dist/`) out of it.

    Raises `BuildError`, with `dist/` as it was, when the disk refuses or `dist` is no folder.
    """
    outdated = sorted(outdated)
    if project.dist.exists() and not project.dist.is_dir():
        raise BuildError("dist is a file, not a folder", file="dist", remedy="move it away and build again")
    names = sorted(path.name for path in stage.iterdir())
    with disk_errors(project.dist):
        for name in names:
            _flush(stage / name)
        if not _swap(project, stage, outdated):
            write_atomic(journal(project), dumps({"moved": names, "removed": outdated}).encode())
            recover(project)
        shutil.rmtree(stage, ignore_errors=True)


def _swap(project: Project, stage: Path, outdated: list[str]) -> bool:
    """Completes the stage with what stays of `dist/` and lets the two change places. False where that cannot be."""
    if project.dist.is_symlink():
        return False
    try:
        if not project.dist.exists():
            os.rename(stage, project.dist)
            return True
        for path in sorted(project.dist.rglob("*")):
            place = stage / path.relative_to(project.dist)
            if path.is_dir() and not path.is_symlink():
                place.mkdir(exist_ok=True)
            elif not place.exists() and path.relative_to(project.dist).as_posix() not in outdated:
                os.link(path, place, follow_symlinks=False)
        return _exchange(stage, project.dist)
    except OSError:
        return False


def _exchange(one: Path, other: Path) -> bool:
    """Lets two folders change places in one step, where the system can (Linux)."""
    import ctypes

    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


def recover(project: Project) -> None:
    """Finishes the moves that a journal tells of; does nothing without one."""
    try:
        told = json.loads(journal(project).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    stage = _stage(project)
    with disk_errors(project.dist):
        project.dist.mkdir(exist_ok=True)
        for name in told["moved"]:
            # Already moved if it is gone from the stage: the journal is carried out twice to the same end.
            if (stage / name).exists():
                _move(stage / name, project.dist / name)
        for name in told["removed"]:
            (project.dist / name).unlink(missing_ok=True)
        shutil.rmtree(stage, ignore_errors=True)
        journal(project).unlink()


def _move(source: Path, target: Path) -> None:
    """Replaces `target` whole, also where it lies on another disk."""
    aside = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, aside)
    _flush(aside)
    os.replace(aside, target)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
