"""`tablewright review`: the rows that await a decision, and taking one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from tablewright.cli_interchange import export_rows, import_rows
from tablewright.console import Command, in_project, json_option, project_at, say_json

if TYPE_CHECKING:
    import datetime as dt

    from tablewright.deciding import Taker
    from tablewright.decision import Decision

_SHOWN = 20


def deciding(command: Command) -> Command:
    """Gives a command the options of one who decides."""
    options: list[Callable[..., Any]] = [
        in_project,
        click.option("--reviewer", envvar="TABLEWRIGHT_REVIEWER", metavar="NAME", help="Who decides; else the user."),
        click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="When it was decided; today by default."),
        click.option("--note", help="Why, in a few words."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def taker(reviewer: str | None, day: dt.datetime | None, note: str | None) -> Taker:
    """Who decides, by the options of `deciding`."""
    import datetime as dt
    import getpass

    from tablewright.deciding import Taker

    today = dt.datetime.now().astimezone().date()
    return Taker(reviewer or getpass.getuser(), day.date() if day else today, note)


def changes_of(pairs: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE arguments by field."""
    changes: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{pair!r} is not FIELD=VALUE", param_hint="FIELD=VALUE")
        changes[name] = value
    return changes


def _say(decisions: Sequence[Decision]) -> None:
    for decision in decisions:
        click.echo(f"{decision.decision} {decision.row_id} → {decision.file}")


@click.group(invoke_without_command=True, short_help="The rows that await a decision, and taking one.")
@in_project
@click.option("--table", help="Only this table; actors and mentions are listed only if named.")
@click.option("--document", help="Only this document.")
@click.option("--all", "everything", is_flag=True, help=f"All rows, not only the first {_SHOWN}.")
@click.option("--serve", is_flag=True, help="Review on a page in the browser, on this machine only.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="With --serve: the port, 0 for any free one.")
@click.option("--open/--no-browser", "browse", default=False, help="With --serve: open the page in a browser.")
@click.option(
    "--reviewer",
    envvar="TABLEWRIGHT_REVIEWER",
    metavar="NAME",
    help="With --serve: who decides, apart from all others; without it the user, who sees what everybody decided.",
)
@json_option
@click.pass_context
def review(
    ctx: click.Context,
    folder: str | None,
    table: str | None,
    document: str | None,
    everything: bool,
    serve: bool,
    port: int | None,
    browse: bool,
    reviewer: str | None,
    as_json: bool,
) -> None:
    """List the rows that await a decision; the commands below take one, and --serve opens a page to take them on.

    Decisions are kept in source/review/<table>.csv, which may as well be edited by hand.

    \b
    Examples:
      tablewright review --serve --open
      tablewright review --table events --document report
      tablewright review accept report-e0a1b2c3d4
    """
    if ctx.invoked_subcommand is not None:
        # Said before the command, it is meant for the command.
        ctx.default_map = {ctx.invoked_subcommand: {"reviewer": reviewer}}
        return
    if not serve:
        _refuse_alone(ctx)
    else:
        _serve(folder, reviewer, port, browse)
        return
    from tablewright.desk import ReviewTable
    from tablewright.report import counted, pending_lines

    rows = list(ReviewTable(project_at(folder)).pending(table, document))
    if as_json:
        say_json([row.to_json() for row in rows])
        return
    for row in rows if everything else rows[:_SHOWN]:
        for line in pending_lines(row):
            click.echo(line)
    more = f"; the first {_SHOWN} are shown, --all shows them all" if len(rows) > _SHOWN and not everything else ""
    click.echo(f"{counted(len(rows), 'row')} await a decision{more}" if rows else "no row awaits a decision")


def _refuse_alone(ctx: click.Context) -> None:
    """Refuses the options of --serve without it."""
    for name, option in (("port", "--port"), ("browse", "--open"), ("reviewer", "--reviewer")):
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option} goes with --serve")


def _serve(folder: str | None, reviewer: str | None, port: int | None, browse: bool) -> None:
    """Serves the review page until Ctrl-C, which is how it ends well."""
    import contextlib
    import getpass
    import sys
    import webbrowser

    from tablewright.serving.opened import Viewer
    from tablewright.serving.server import serve

    name = " ".join((reviewer or "").split())
    viewer = Viewer(name or getpass.getuser(), apart=bool(name))

    def started(address: str) -> None:
        click.echo(f"{viewer.reviewer} reviews{', apart from all others' if viewer.apart else ''}: {address}")
        click.echo("every decision is in source/review/ the moment it is taken; Ctrl-C ends the page", err=True)
        if browse and sys.stdout.isatty():
            webbrowser.open(address)

    with contextlib.suppress(KeyboardInterrupt):
        serve(project_at(folder), viewer, port, started)
    click.echo("stopped", err=True)


def _decide(folder: str | None, row_ids: Sequence[str], by: Taker, verb: str, changes: dict[str, str]) -> None:
    from tablewright.desk import ReviewTable

    _say(ReviewTable(project_at(folder)).decide(row_ids, by, verb, changes))


@review.command(short_help="The rows are right as they are.")
@click.argument("row_ids", nargs=-1, required=True, metavar="ROW_ID...")
@deciding
def accept(
    row_ids: tuple[str, ...], folder: str | None, reviewer: str | None, day: dt.datetime | None, note: str | None
) -> None:
    """Confirm rows: they are right as they are.

    \b
    Example:
      tablewright review accept report-e0a1b2c3d4 report-q9f8e7d6c5 --reviewer ana
    """
    _decide(folder, row_ids, taker(reviewer, day, note), "accept", {})


@review.command(short_help="The rows are not to be in the dataset.")
@click.argument("row_ids", nargs=-1, required=True, metavar="ROW_ID...")
@deciding
def reject(
    row_ids: tuple[str, ...], folder: str | None, reviewer: str | None, day: dt.datetime | None, note: str | None
) -> None:
    """Reject rows: they are not to be in the dataset.

    \b
    Example:
      tablewright review reject report-e0a1b2c3d4 --note "a forecast, no act"
    """
    _decide(folder, row_ids, taker(reviewer, day, note), "reject", {})


@review.command(short_help="The row is right with other values.")
@click.argument("row_id")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
@deciding
def amend(
    row_id: str,
    changes: tuple[str, ...],
    folder: str | None,
    reviewer: str | None,
    day: dt.datetime | None,
    note: str | None,
) -> None:
    """Amend a row: right with these values. FIELD= empties a cell; an event also has the fields source and target,
    actor ids joined by "; ".

    \b
    Example:
      tablewright review amend report-e0a1b2c3d4 event_type=CONSULT target="france; italy"
    """
    _decide(folder, [row_id], taker(reviewer, day, note), "amend", changes_of(changes))


@review.command(short_help="A row that the machine missed.")
@click.argument("table")
@click.argument("document")
@click.argument("words")
@click.argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--occurrence", type=click.IntRange(min=1), help="Which of the places where the words stand, from 1.")
@deciding
def add(
    table: str,
    document: str,
    words: str,
    values: tuple[str, ...],
    occurrence: int | None,
    folder: str | None,
    reviewer: str | None,
    day: dt.datetime | None,
    note: str | None,
) -> None:
    """Add a row to TABLE at the WORDS of DOCUMENT that it is about. For an actor DOCUMENT and WORDS are "" and its
    values name it.

    \b
    Examples:
      tablewright review add quotations report "the quoted words" kind=statement speaker_id=france
      tablewright review add actors "" "" actor_id=acme name=Acme kind=company
    """
    from tablewright.desk import ReviewTable

    by = taker(reviewer, day, note)
    _say([ReviewTable(project_at(folder)).add(table, document, words, changes_of(values), by, occurrence)])


@review.command(short_help="Take decisions back.")
@click.argument("row_ids", nargs=-1, required=True, metavar="ROW_ID...")
@in_project
@click.option("--reviewer", envvar="TABLEWRIGHT_REVIEWER", metavar="NAME", help="Whose decision; else the user's.")
@click.option("--settling", is_flag=True, help="The lines by which they settled the rows, not their own decisions.")
@click.pass_context
def undo(
    ctx: click.Context, row_ids: tuple[str, ...], folder: str | None, reviewer: str | None, settling: bool
) -> None:
    """Take one's own decisions on rows back: the lines leave source/review/.

    \b
    Example:
      tablewright review undo report-e0a1b2c3d4 --reviewer ana
    """
    import getpass

    from tablewright.desk import ReviewTable

    undone = ReviewTable(project_at(folder)).undo(row_ids, reviewer or getpass.getuser(), settling=settling)
    for row_id in row_ids:
        click.echo(f"undone {row_id}" if row_id in undone else f"no decision on {row_id}", err=row_id not in undone)
    ctx.exit(0 if len(undone) == len(row_ids) else 1)


for _command in (export_rows, import_rows):
    review.add_command(_command)
