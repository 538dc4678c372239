"""Builders that the tests share: a small project in a folder, and the command line run in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tablewright.cli import cli
from tablewright.paths import Project
from tablewright.schemafile import builtin_schemas_folder

ARTICLE = """\
# Ministers Meet in Geneva

By Ana Roth

Norwegian Foreign Minister Espen Barth Eide met Swiss Foreign Minister Ignazio Cassis in Geneva on Tuesday. "We agree
on the way forward," Eide said after the talks.

Norway pledged $20 million in humanitarian aid to Sudan. On March 13, Switzerland condemned the attack on a hospital in
El Fasher.
"""

DATASET = """\
name: talks
title: Talks
version: 1.0.0
licence: CC-BY-4.0
creators: [Ana Roth]
documents:
  - file: geneva.md
    published_on: 2024-03-15
"""


def make_project(
    root: Path, documents: dict[str, str] | None = None, dataset: str | None = None, **files: str
) -> Project:
    """A project in `root`: its documents by file name (one article by default), dataset.yaml, the eight schemas.

    `files` are further files by path, with "__" for "/" and "_csv" or "_yaml" for the ending.
    """
    documents = {"geneva.md": ARTICLE} if documents is None else documents
    source = root / "source"
    source.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    if dataset is None:
        entries = "".join(f"  - file: {name}\n    published_on: 2024-03-15\n" for name in documents)
        dataset = DATASET.split("documents:", maxsplit=1)[0] + (f"documents:\n{entries}" if entries else "")
    (source / "dataset.yaml").write_text(dataset, encoding="utf-8")
    (root / "schemas").mkdir(exist_ok=True)
    for path in builtin_schemas_folder().glob("*.yaml"):
        (root / "schemas" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Project(root)


def run(project: Project, *arguments: str, code: int = 0) -> Result:
    """Runs `tablewright ARGUMENTS` in the project and expects the exit code `code`."""
    command, *rest = arguments
    result = CliRunner().invoke(cli, [command, *rest, "-C", str(project.root)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, f"exit {result.exit_code}\n{result.output}"
    return result


def run_json(project: Project, *arguments: str, code: int = 0) -> Any:
    """Like `run` with `--json`; gives what was printed to standard output."""
    return json.loads(run(project, *arguments, "--json", code=code).stdout)


def dist_bytes(project: Project) -> dict[str, bytes]:
    """Every file of dist/ by name."""
    return {path.name: path.read_bytes() for path in sorted(project.dist.iterdir()) if path.is_file()}
