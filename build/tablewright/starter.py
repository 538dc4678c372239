"""A new dataset project that builds at once."""

from __future__ import annotations

from pathlib import Path

from tablewright.errors import ProjectError
from tablewright.files import write_atomic
from tablewright.ids import slug
from tablewright.schemafile import builtin_schemas_folder

_DATASET = """\
# What this dataset is. Documents are the files in this folder that can be read: texts, web pages,
# PDF, Word, corpora (the README lists them). `tablewright add FILE` puts one here and says what was understood of it.
name: {name}
title: {title}
description: Say in a sentence or two what the dataset holds and where its documents come from.
version: 0.1.0
licence: CC-BY-4.0
creators:
  - title: Your name
# What the documents do not say of themselves, one entry a document:
documents:
  - file: example.md
    publisher: Tablewright
    published_on: 2024-03-15
"""

_EXAMPLE = """\
# Ministers Meet in Geneva

Norwegian Foreign Minister Espen Barth Eide met Swiss Foreign Minister Ignazio Cassis in Geneva on Tuesday. "We agree
on the way forward," Eide said after the talks.

Norway pledged $20 million in humanitarian aid to Sudan. On March 13, Switzerland condemned the attack on a hospital in
El Fasher.
"""

_README = """\
# {title}

`source/` holds the documents, what is known of them (`dataset.yaml`) and people's decisions (`review/`); `schemas/`
says what each column means; `dist/` is made by a build and edited by nobody.

    tablewright build       bring dist/ up to date
    tablewright review      see which rows await a decision
    tablewright status      see what is out of date
"""

_IGNORE = """\
# The cache; deleting it costs time and nothing else.
.tablewright/
"""


def start_project(folder: Path) -> list[str]:
    """Makes a project in `folder` and returns the files written. What exists stays as it is.

    Raises `ProjectError` when there is a dataset already, or `folder` is no folder that can be written.
    """
    if (folder / "source" / "dataset.yaml").exists():
        raise ProjectError(
            "there is a dataset here already",
            file="source/dataset.yaml",
            remedy="build it with `tablewright build`, or name another folder",
        )
    title = folder.absolute().name.replace("-", " ").replace("_", " ").strip() or "dataset"
    texts = {
        "README.md": _README.format(title=title.capitalize()),
        ".gitignore": _IGNORE,
        "source/dataset.yaml": _DATASET.format(name=slug(title) or "dataset", title=_quoted(title.capitalize())),
        "source/example.md": _EXAMPLE,
        "source/review/.gitkeep": "",
    }
    for path in sorted(builtin_schemas_folder().glob("*.yaml")):
        texts[f"schemas/{path.name}"] = path.read_text(encoding="utf-8")
    return [name for name, text in texts.items() if _write_new(folder / name, text)]


def _quoted(text: str) -> str:
    """`text` as a YAML string, whatever a folder may be called."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write_new(path: Path, text: str) -> bool:
    if path.exists():
        return False
    write_atomic(path, text.encode())
    return True
