"""The command `tablewright report`: parses arguments, calls one function, prints what it wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tablewright.console import in_project, json_option, project_at, say_json

if TYPE_CHECKING:
    from tablewright.paths import Project
    from tablewright.reporting import Reported


@click.command(short_help="Write a page that shows the dataset: texts with their rows, charts.")
@in_project
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="PATH", help="Write to PATH.")
@click.option("--public", is_flag=True, help="For others: show no more of a text than a release may hold.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this document; may be given again.")
@json_option
def report(folder: str | None, output: str | None, public: bool, documents: tuple[str, ...], as_json: bool) -> None:
    """Write dist/report.html: each document with the words of its rows marked, charts across documents, and how good
    the coding is. One file that opens from disk and loads nothing.

    It holds the texts of the documents. What is for others is made with --public: it shows of each document what
    `redistribute` in dataset.yaml allows.

    \b
    Examples:
      tablewright report
      tablewright report --public -o ~/talks.html
      tablewright report --document geneva
    """
    from pathlib import Path

    from tablewright.reporting import write_report

    project = project_at(folder)
    written = write_report(project, Path(output) if output else None, public=public, documents=documents)
    _say(project, written, as_json=as_json)


def _say(project: Project, written: Reported, *, as_json: bool) -> None:
    path = project.relative(written.path)
    if as_json:
        say_json({"file": path, "bytes": written.size, "documents": dict(written.shown)})
        return
    held = [name for name, rule in written.shown.items() if rule != "full"]
    kept = f"; {len(held):,} without their text" if held else ""
    count = len(written.shown)
    click.echo(f"wrote {path}: {count:,} document{'' if count == 1 else 's'}{kept}, {written.size / 1e6:.1f} MB")
