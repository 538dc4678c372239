"""`tablewright review differences` and `settle`: the rows on which people differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tablewright.cli_review import changes_of, deciding, taker
from tablewright.console import in_project, json_option, project_at, say_json

if TYPE_CHECKING:
    import datetime as dt


@click.command(short_help="The rows on which people differ.")
@in_project
@click.option("--all", "everything", is_flag=True, help="Those that are settled, too.")
@json_option
def differences(folder: str | None, everything: bool, as_json: bool) -> None:
    """List the rows on which people differ, and how far they agree: Krippendorff's alpha a column, over all rows that
    two people or more judged. A row that one added counts as passed over by the others who decided on that table of
    the document.

    \b
    Example:
      tablewright review differences
    """
    from tablewright.decisions import load_decisions
    from tablewright.describe.agreement import measure_agreement
    from tablewright.report import agreement_lines, difference_lines
    from tablewright.schemafile import load_schemas
    from tablewright.settling import differences

    project = project_at(folder)
    decisions = load_decisions(project, load_schemas(project.schemas))
    rows = [each for each in differences(decisions) if everything or not each.settling]
    agreement = measure_agreement(decisions)
    if as_json:
        say_json({"agreement": [each.to_json() for each in agreement], "rows": [each.to_json() for each in rows]})
        return
    for line in [*(line for row in rows for line in difference_lines(row)), *agreement_lines(agreement)]:
        click.echo(line)
    if not rows:
        click.echo("people differ on no row" if everything else "people differ on no row that is not settled")


@click.command(short_help="Settle a row on which people differ.")
@click.argument("row_id")
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--as", "whose", metavar="NAME", help="As this person says, with the changes.")
@click.option("--reject", is_flag=True, help="The row is not to be in the dataset.")
@deciding
def settle(
    row_id: str,
    changes: tuple[str, ...],
    whose: str | None,
    reject: bool,
    folder: str | None,
    reviewer: str | None,
    day: dt.datetime | None,
    note: str | None,
) -> None:
    """Settle a row on which people differ. Their own decisions stay as they are; a line with `settles` says how the row
    stands.

    \b
    Examples:
      tablewright review settle report-e0a1b2c3d4 --as ana
      tablewright review settle report-e0a1b2c3d4 --as ben event_type=CONSULT --note "the host acts too"
      tablewright review settle report-q9f8e7d6c5 --reject
    """
    from tablewright.decisions import append_decisions, load_decisions
    from tablewright.desk import ReviewTable
    from tablewright.settling import Settlement, find_coded, settle_row

    if bool(whose) == reject:
        raise click.UsageError("say either --as NAME or --reject")
    if reject and changes:
        raise click.UsageError("a row that is not to be in the dataset has no values to change")
    project = project_at(folder)
    table = ReviewTable(project)
    coded = find_coded(load_decisions(project, table.schemas), row_id)
    settlement = Settlement(whose, changes_of(changes), reject)
    lines = settle_row(table, coded, taker(reviewer, day, note), settlement)
    append_decisions(project, table.schemas, lines)
    for line in lines:
        click.echo(f"settled {line.row_id}: {line.decision} → {line.file}")
