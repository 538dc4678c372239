"""What all commands share: the project they work on, messages, JSON, and errors as exit codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tablewright.errors import TablewrightError, place

if TYPE_CHECKING:
    from tablewright.paths import Project
    from tablewright.records import Finding

Command = TypeVar("Command", bound=Callable[..., Any])


class Commands(click.Group):
    """A group of commands with one place where errors become messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TablewrightError as error:
            complain(error)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("interrupted; what was done is kept and dist/ is whole", err=True)
            ctx.exit(130)


def complain(error: TablewrightError) -> None:
    """Prints an expected error: where, what, and what to do."""
    click.echo(click.style("error: ", fg="red") + place(error.file, error.line) + error.message, err=True)
    if error.remedy:
        click.echo(f"  {error.remedy}", err=True)


def say_findings(findings: Sequence[Finding]) -> bool:
    """Prints findings to standard error; returns whether one of them is an error."""
    from tablewright.report import finding_line

    for finding in findings:
        wrong = finding.severity == "error"
        click.echo(
            click.style(f"{finding.severity}: ", fg="red" if wrong else "yellow") + finding_line(finding), err=True
        )
    return any(finding.severity == "error" for finding in findings)


def say_waiting(holder: str) -> None:
    """Prints whom this build waits for."""
    click.echo(f"waiting: {holder} is building this project", err=True)


def say_json(value: object) -> None:
    """Prints a value as JSON for scripts."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def in_project(command: Command) -> Command:
    """Gives a command the option -C."""
    option = click.option(
        "-C",
        "folder",
        type=click.Path(exists=True, file_okay=False),
        metavar="DIR",
        help="Work on the project in DIR.",
    )
    return option(command)


def project_at(folder: str | None) -> Project:
    """The project that -C names, before or behind the command, or that the current folder lies in."""
    # pathlib costs `--help` a noticeable part of its time.
    from pathlib import Path

    from tablewright.paths import find_project

    given = click.get_current_context().find_root().params.get("folder")
    return find_project(Path(folder or given or "."))


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
