"""A built project under review, and clients of its page, for the tests of `review --serve`."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from builders import ARTICLE, make_project, run
from tablewright.paths import Project
from tablewright.serving.app import make_app
from tablewright.serving.opened import Viewer
from tablewright.serving.operations import Review

HOST = "127.0.0.1:4000"
TOKEN = "the-token"  # noqa: S105  (of the tests' own server)
SECOND = """\
# Talks Go On

By Ana Roth

France condemned the strike on a market in Chad on March 2. Kenya pledged $3 million in humanitarian aid to Chad.
"""


@functools.cache
def _built() -> Path:
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    run(make_project(place, {"geneva.md": ARTICLE, "nairobi.md": SECOND}), "build")
    return place


def built_project(root: Path) -> Project:
    """A project of two documents, built."""
    shutil.copytree(_built(), root, dirs_exist_ok=True)
    return Project(root)


class Page:
    """What a page does: it asks, and posts from its own origin."""

    def __init__(self, project: Project, reviewer: str = "ana", *, apart: bool = False) -> None:
        self.project = project
        self.review = Review(project, Viewer(reviewer, apart))
        app = make_app(self.review, TOKEN, [HOST])
        self.client = TestClient(app, base_url=f"http://{HOST}/{TOKEN}/", raise_server_exceptions=False)

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        answer = self.client.post(path, json=body, headers={"origin": f"http://{HOST}"})
        assert answer.status_code == status, answer.text
        return answer.json()

    def rows(self, table: str, document_id: str = "geneva") -> list[Any]:
        return [row for row in self.get(f"api/documents/{document_id}")["rows"] if row["table"] == table]

    def row(self, row_id: str, document_id: str = "geneva") -> Any:
        return next(row for row in self.get(f"api/documents/{document_id}")["rows"] if row["row_id"] == row_id)

    def decide(self, row: Any, verdict: str = "accept", status: int = 200, **body: Any) -> Any:
        return self.post("api/decide", status, row_id=row["row_id"], verdict=verdict, **body)

    def file(self, table: str = "events") -> Path:
        return self.project.review / f"{table}.csv"


def save(path: Path, text: str, seconds_ago: float = 1.0) -> None:
    """Writes a file as an editor does, some time ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    then = time.time() - seconds_ago
    os.utime(path, (then, then))


def a_moment_later() -> None:
    """When a file that was just saved counts as saved whole."""
    time.sleep(0.25)


def norway(page: Page) -> Any:
    """The event of Norway's pledge."""
    return next(row for row in page.rows("events") if row["values"]["trigger"] == "pledged")
