"""The command `tablewright diff`: parses arguments, calls one function, prints or writes what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tablewright.console import in_project, json_option, say_json

if TYPE_CHECKING:
    from pathlib import Path

    from tablewright.diff import Diff
    from tablewright.versions import Needed

_FILE = click.Path(dir_okay=False)


@click.command(short_help="Say what changed between releases or builds: columns, rows, cells.")
@click.argument("old", required=False)
@click.argument("new", required=False)
@in_project
@click.option("--html", "page", type=_FILE, metavar="FILE", help="Write a page that a browser opens.")
@click.option("--csv", "table", type=_FILE, metavar="FILE", help="Write every single change, a line each.")
@click.option("--exit-code", is_flag=True, help="Exit 1 if something differs.")
@json_option
@click.pass_context
def diff(
    ctx: click.Context,
    old: str | None,
    new: str | None,
    folder: str | None,
    page: str | None,
    table: str | None,
    exit_code: bool,
    as_json: bool,
) -> None:
    """Say what changed from OLD to NEW: columns, rows by their keys, cells, and which version that asks for.

    OLD and NEW are versions of releases, folders or archives of datasets; without NEW it is the build in dist/,
    without OLD the latest release. A renamed column counts as one removed and one added.

    \b
    Examples:
      tablewright diff                          the latest release against the build
      tablewright diff 1.0.0 1.1.0 --html changes.html
      tablewright diff talks-1.0.0.zip dist --csv changes.csv
    """
    from pathlib import Path

    from tablewright.changelog import diff_lines
    from tablewright.comparing import compare
    from tablewright.diffpages import to_json
    from tablewright.versions import needed_bump

    found = compare(old, new, folder=Path(folder) if folder else None)
    needed = needed_bump(found)
    _write(found, needed, Path(page) if page else None, Path(table) if table else None)
    if as_json:
        say_json(to_json(found, needed))
    else:
        for line in diff_lines(found, needed):
            click.echo(line)
    ctx.exit(1 if exit_code and found else 0)


def _write(found: Diff, needed: Needed, page: Path | None, table: Path | None) -> None:
    from tablewright.changelist import write_changes
    from tablewright.diffpages import diff_html
    from tablewright.files import disk_errors, write_atomic

    if page is not None:
        write_atomic(page, diff_html(found, needed, title="Changes"))
    if table is not None:
        table.parent.mkdir(parents=True, exist_ok=True)
        with disk_errors(table), table.open("w", encoding="utf-8", newline="") as file:
            write_changes(found, file)
