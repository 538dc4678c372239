"""One build at a time: the second waits, and is told for whom.

The lock is the operating system's, so a killed build leaves none behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
from collections.abc import Callable, Iterator

from tablewright.files import disk_errors, write_cache
from tablewright.paths import Project


@contextlib.contextmanager
def locked(project: Project, waiting: Callable[[str], None]) -> Iterator[None]:
    """Holds the project's lock. Where another process has it, calls `waiting` once with its description and waits."""
    from filelock import FileLock, Timeout

    with disk_errors(project.work):
        project.work.mkdir(exist_ok=True)
    lock = FileLock(project.work / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting(_holder(project))
        lock.acquire()
    try:
        about = {"process": os.getpid(), "host": socket.gethostname()}
        write_cache(project.work / "lock.json", json.dumps(about).encode())
        yield
    finally:
        lock.release()


def _holder(project: Project) -> str:
    try:
        about = json.loads((project.work / "lock.json").read_text(encoding="utf-8"))
        return f"process {about['process']} on {about['host']}"
    except (OSError, ValueError, KeyError):
        return "another process"
