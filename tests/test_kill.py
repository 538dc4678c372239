"""A kill at any moment, a full disk, and two builds at once: nothing is lost and nothing is left behind."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders import ARTICLE, dist_bytes, make_project, run
from tablewright import dist
from tablewright.paths import Project
from tablewright.state import journal

BUILD = [sys.executable, "-c", "from tablewright.cli import main; main()", "build"]


def start(project: Project, *arguments: str) -> subprocess.Popen[str]:
    command = [*BUILD, "-C", str(project.root), *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603


def change(project: Project, words: str) -> None:
    (project.source / "geneva.md").write_text(f"{ARTICLE}\n{words}\n", encoding="utf-8")


@pytest.mark.parametrize("seconds", [0.3, 1.0, 1.6, 2.2])
def test_a_kill_leaves_the_old_build_or_the_new_one_and_no_lock(tmp_path: Path, seconds: float) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    old = dist_bytes(project)
    change(project, "Chad closed its border with Sudan.")
    process = start(project)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = dist_bytes(project)
    run(project, "build")
    assert left in (old, dist_bytes(project))
    run(project, "check")


def test_a_kill_of_a_build_with_two_processes_leaves_none_behind(tmp_path: Path) -> None:
    project = make_project(tmp_path, {f"d{n}.md": ARTICLE for n in range(200)})
    process = start(project, "-j", "2")
    deadline = time.monotonic() + 30
    while not list(project.work.glob("documents/*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    # The lock is free at once: a child that lived on would hold it.
    assert run(project, "build", "-j", "2").output.startswith("built")


def test_a_build_that_was_killed_between_its_moves_is_finished_by_the_next(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    old = dist_bytes(project)
    stage = dist.open_stage(project)
    for name in ("events.csv", "quotations.csv"):
        (stage / name).write_text("half\n", encoding="utf-8")
    (stage / "events.csv").replace(project.dist / "events.csv")
    journal(project).write_text('{"moved": ["events.csv", "quotations.csv"], "removed": []}', encoding="utf-8")
    dist.recover(project)
    assert (project.dist / "quotations.csv").read_text(encoding="utf-8") == "half\n"
    assert not journal(project).exists()
    run(project, "build")
    assert dist_bytes(project) == old


def test_a_second_build_waits_and_says_for_whom(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    from filelock import FileLock

    project.work.mkdir()
    with FileLock(project.work / "lock"):
        second = start(project)
        assert second.stderr is not None
        assert second.stderr.readline().startswith("waiting: ")
    output, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert output.startswith("built")


@pytest.mark.parametrize("kilobytes", [1, 16])
def test_a_full_disk_is_one_message_and_leaves_dist_alone(tmp_path: Path, kilobytes: int) -> None:
    """A limit on the size of files stands for the disk: the system refuses the write in the same way."""
    project = make_project(tmp_path)
    run(project, "build")
    old = dist_bytes(project)
    change(project, "Chad closed its border with Sudan.\n" * 200)
    limited = ["bash", "-c", f'ulimit -f {kilobytes} && exec "$@"', "bash", *BUILD, "-C", str(project.root)]
    done = subprocess.run(limited, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 1
    assert done.stderr.startswith("error: cannot write")
    assert "Traceback" not in done.stderr
    assert dist_bytes(project) == old


def test_a_kill_between_the_moves_and_then_a_removed_dist_is_no_dead_end(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    old = dist_bytes(project)
    stage = dist.open_stage(project)
    (stage / "events.csv").write_text("half\n", encoding="utf-8")
    journal(project).write_text('{"moved": ["events.csv"], "removed": []}', encoding="utf-8")
    shutil.rmtree(project.dist)
    run(project, "build")
    assert dist_bytes(project) == old


def test_a_dist_that_is_a_link_is_filled_file_by_file(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    run(project, "build")
    elsewhere = tmp_path / "elsewhere"
    project.dist.rename(elsewhere)
    project.dist.symlink_to(elsewhere)
    change(project, "Chad closed its border with Sudan.")
    run(project, "build")
    assert project.dist.is_symlink()
    run(project, "check")


def test_what_others_keep_in_dist_stays(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    (project.dist / "releases" / "1.0.0").mkdir(parents=True)
    (project.dist / "releases" / "1.0.0" / "events.csv").write_text("frozen\n", encoding="utf-8")
    change(project, "Chad closed its border with Sudan.")
    run(project, "build")
    assert (project.dist / "releases" / "1.0.0" / "events.csv").read_text(encoding="utf-8") == "frozen\n"


def test_a_dist_that_is_a_file_is_one_message(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    project.dist.write_text("mine\n", encoding="utf-8")
    assert "dist is a file" in run(project, "build", code=1).stderr
    assert project.dist.read_text(encoding="utf-8") == "mine\n"


def test_a_lost_or_damaged_description_is_made_again(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    old = dist_bytes(project)
    path = project.dist / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Talks", "Walks"), encoding="utf-8")
    run(project, "check", code=1)
    run(project, "build")
    path.unlink()
    run(project, "build")
    assert dist_bytes(project) == old
