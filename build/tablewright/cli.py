"""The command line: parses arguments, calls one function, prints what it gives. Decides nothing.

Everything but click is imported inside the commands, so that `--help` and a build with nothing to do start at once.

Exit codes: 0 done, 1 findings or an expected error, 2 usage, 3 a bug in the tool, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from tablewright import __version__
from tablewright.cli_diff import diff
from tablewright.cli_documents import add
from tablewright.cli_lookup import schema, show, text
from tablewright.cli_publish import publish
from tablewright.cli_release import hydrate, release, verify
from tablewright.cli_report import report
from tablewright.cli_review import review
from tablewright.cli_settle import differences, settle
from tablewright.console import Commands, in_project, json_option, project_at, say_findings, say_json, say_waiting


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tablewright")
@in_project
def cli(folder: str | None) -> None:
    """Make datasets from documents: tables of events, actors, aid figures and quotations, each row anchored to the
    words that say so.

    Start with `tablewright init mydata`, put articles into mydata/source/, and run `tablewright build -C mydata`.
    """


@cli.command(short_help="Start a new dataset project that builds at once.")
@click.argument("folder", type=click.Path(file_okay=False), default=".", metavar="[DIR]")
def init(folder: str) -> None:
    """Start a new dataset project in DIR (the current folder by default) that builds at once.

    Nothing that exists is overwritten.

    \b
    Example:
      tablewright init elections && tablewright build -C elections
    """
    from pathlib import Path

    from tablewright.starter import start_project

    for name in start_project(Path(folder)):
        click.echo(f"wrote {name}")
    click.echo(f"next: tablewright build{'' if folder == '.' else f' -C {folder}'}")


@cli.command(short_help="Bring dist/ up to date.")
@click.argument("tables", nargs=-1, metavar="[TABLE]...")
@in_project
@click.option("-n", "--dry-run", is_flag=True, help="Print every step that would be done, with every reason.")
@click.option("-B", "--always-make", is_flag=True, help="Do all again, changed or not.")
@click.option("-k", "--keep-going", is_flag=True, help="Build the good documents and name the bad.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Use N processes.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every step as it is planned.")
@click.option("--exit-code", is_flag=True, help="With -n: exit 1 if there is something to do.")
@json_option
@click.pass_context
def build(
    ctx: click.Context,
    tables: tuple[str, ...],
    folder: str | None,
    dry_run: bool,
    always_make: bool,
    keep_going: bool,
    jobs: int,
    quiet: bool,
    verbose: bool,
    exit_code: bool,
    as_json: bool,
) -> None:
    """Bring dist/ up to date: all tables, or those named. Only what changed is done again.

    \b
    Examples:
      tablewright build
      tablewright build -n          what would be done, and why
      tablewright build -j 2 -k     two processes, past bad documents
    """
    from tablewright.pipeline import Options, build, known_tables, plan_build

    project = project_at(folder)
    unknown = sorted(set(tables) - set(known_tables(project))) if tables else []
    if unknown:
        raise click.BadParameter(f"no such table: {', '.join(unknown)}", param_hint="TABLE")
    options = Options(frozenset(tables), always_make, keep_going, jobs)
    if dry_run:
        plan = plan_build(project, options)
        _print_plan(plan, as_json=as_json, quiet=quiet)
        ctx.exit(1 if exit_code and plan else 0)
    progress, end = _progress(quiet=quiet)
    built = build(project, options, progress=progress, waiting=say_waiting)
    end()
    wrong = say_findings(built.findings)
    _print_built(built, as_json=as_json, quiet=quiet, verbose=verbose)
    ctx.exit(1 if wrong or built.result == "failed" else 0)


def _print_plan(plan: Any, *, as_json: bool, quiet: bool) -> None:
    from tablewright.report import step_line

    if as_json:
        say_json({"up_to_date": plan is None, "steps": [step.to_json() for step in plan.steps] if plan else []})
    elif not quiet:
        for step in plan.steps if plan else ():
            click.echo(step_line(step, would=True))
        if plan is None:
            click.echo("dist/ is up to date")


def _print_built(built: Any, *, as_json: bool, quiet: bool, verbose: bool) -> None:
    from tablewright.report import counts_line, step_line

    if as_json:
        found = [finding.to_json() for finding in built.findings]
        steps = [step.to_json() for step in built.plan.steps] if built.plan else []
        say_json({"result": built.result, "steps": steps, "rows": dict(built.counts), "findings": found})
        return
    if quiet:
        return
    if verbose and built.plan:
        for step in built.plan.steps:
            click.echo(step_line(step))
    if built.result == "fresh":
        click.echo("dist/ is up to date")
    elif built.result == "built":
        click.echo(f"built {counts_line(built.counts) or 'datapackage.json'}")
    else:
        click.echo("not built; dist/ is as it was", err=True)


def _progress(*, quiet: bool) -> tuple[Callable[[int, int, str], None], Callable[[], None]]:
    """A counter on one line of a terminal, and how to end it; elsewhere nothing."""
    if quiet or not sys.stderr.isatty():
        return lambda done, total, name: None, lambda: None
    shown = [False]

    def show(done: int, total: int, name: str) -> None:
        shown[0] = True
        click.echo(f"\r\033[K{done:,} of {total:,} documents: {name}"[:100], nl=False, err=True)

    def end() -> None:
        if shown[0]:
            click.echo("\r\033[K", nl=False, err=True)

    return show, end


@cli.command(short_help="Say what is out of date and what awaits review.")
@in_project
@click.option("--exit-code", is_flag=True, help="Exit 1 if something is out of date.")
@json_option
@click.pass_context
def status(ctx: click.Context, folder: str | None, exit_code: bool, as_json: bool) -> None:
    """Say what is out of date, what awaits review, and which decisions no longer fit the text.

    \b
    Example:
      tablewright status --exit-code || tablewright build
    """
    from tablewright.report import status_lines
    from tablewright.standing import take_status

    found = take_status(project_at(folder))
    if as_json:
        say_json(found.to_json())
    else:
        for line in status_lines(found):
            click.echo(line)
    ctx.exit(1 if exit_code and found.out_of_date else 0)


@cli.command(short_help="Prove dist/: schemas, keys, anchors.")
@in_project
@json_option
@click.pass_context
def check(ctx: click.Context, folder: str | None, as_json: bool) -> None:
    """Prove dist/ against the schemas and the sources: types, values, keys across tables, CSV against Parquet, and
    every anchor against the text. Changes nothing.

    \b
    Example:
      tablewright check && echo sound
    """
    from tablewright.proof import prove

    proof = prove(project_at(folder))
    if as_json:
        say_json({"rows": proof.counts, "findings": [each.to_json() for each in proof.findings]})
    else:
        say_findings(proof.findings)
        if not proof.findings:
            click.echo(f"sound: {', '.join(f'{name} {number:,}' for name, number in proof.counts.items())}")
    ctx.exit(1 if proof.findings else 0)


@cli.command(short_help="Measure the machine's coding against people's decisions.")
@in_project
@json_option
def evaluate(folder: str | None, as_json: bool) -> None:
    """Measure how well the machine codes: its rows against people's decisions, over the documents that have any.

    \b
    Example:
      tablewright evaluate --json > quality.json
    """
    from tablewright.quality import evaluate_project
    from tablewright.report import evaluation_lines

    measured = evaluate_project(project_at(folder))
    if as_json:
        say_json(measured.to_json())
        return
    for line in evaluation_lines(measured):
        click.echo(line)


for command in (add, show, text, schema, review, report, diff, release, verify, hydrate, publish):
    cli.add_command(command)

for command in (differences, settle):
    review.add_command(command)


def main() -> None:
    """The `tablewright` command. A bug ends with exit code 3 and the trace to report."""
    try:
        cli()
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("this is a bug in tablewright; please report it with the lines above", err=True)
        sys.exit(3)
