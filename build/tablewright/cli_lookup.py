"""`tablewright show`, `text` and `schema`: one row, one document, the codebook."""

from __future__ import annotations

import sys

import click

from tablewright.console import in_project, json_option, project_at, say_json


@click.command(short_help="Show one row with its sentence and how it was coded.")
@click.argument("row_id")
@in_project
@json_option
def show(row_id: str, folder: str | None, as_json: bool) -> None:
    """Show the row ROW_ID: its sentence with the words marked, its values, and how it was coded.

    \b
    Example:
      tablewright show anarchy-is-a-bridge-q3f2a90c1d
    """
    from tablewright.lookup import find_row
    from tablewright.report import row_lines

    found = find_row(project_at(folder), row_id)
    if as_json:
        say_json(found.to_json())
        return
    for line in row_lines(found, lambda words: click.style(words, bold=True, underline=True), sys.stdout.isatty()):
        click.echo(line)


@click.command(short_help="Print the canonical text of a document.")
@click.argument("document")
@in_project
@click.option("--roles", is_flag=True, help="Print each part's role (heading, paragraph, footnote …) before it.")
def text(document: str, folder: str | None, roles: bool) -> None:
    """Print the canonical text of DOCUMENT (its id, or its file in source/): the text that every start and end counts
    in.

    \b
    Example:
      tablewright text anarchy-is-a-bridge | less
    """
    from tablewright.lookup import read_now

    read = read_now(project_at(folder), document)
    if not roles:
        click.echo(read.text)
        return
    for block in read.blocks:
        click.echo(f"[{block.kind}] {read.text[block.start : block.end]}\n")


@click.command(short_help="Print the codebook, from the schemas.")
@click.argument("table", required=False)
@in_project
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@json_option
def schema(table: str | None, folder: str | None, markdown: bool, as_json: bool) -> None:
    """Print the codebook of all tables, or of TABLE: every column with its type, meaning, codes and an example.

    \b
    Example:
      tablewright schema events
    """
    from tablewright.lookup import print_schema

    click.echo(print_schema(project_at(folder), table, "json" if as_json else "markdown" if markdown else "text"))
