"""`tablewright review export` and `tablewright review import`: for those who review elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from tablewright.console import in_project, json_option, project_at, say_findings, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tablewright.interchange.files import Imported

# As in interchange.files, which `--help` need not load.
_FORMATS = ("webannotation", "labelstudio", "doccano", "prodigy")
_UNITS = ("code-points", "utf-16", "utf-8")

_HINTS = {
    "labelstudio": "the labelling interface that fits them: --config FILE writes it",
    "doccano": "the project there has to allow overlapping spans, and must not count grapheme clusters as one character",
    "prodigy": "one task a row is for `prodigy mark NAME FILE --view-id spans`; --per paragraph for spans_manual",
}

_format = click.option("--format", "form", type=click.Choice(_FORMATS), required=True, help="Whose format.")
_offsets = click.option(
    "--offsets", type=click.Choice(_UNITS), help="What a start and an end count; by default what the program counts."
)


@click.command("export", short_help="Write rows and decisions for a program to annotate in.")
@in_project
@_format
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this document; may be repeated.")
@click.option("--table", "tables", multiple=True, metavar="TABLE", help="Only this table; may be repeated.")
@click.option("--pending", is_flag=True, help="Only rows that await a decision.")
@click.option("--per", type=click.Choice(["document", "paragraph", "row"]), help="What one task shows.")
@click.option("--relations", is_flag=True, help="doccano: the form for projects with relations.")
@click.option("--config", type=click.Path(dir_okay=False), metavar="FILE", help="Label Studio: write its XML here.")
@_offsets
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write here, not to the screen.")
@json_option
def export_rows(
    folder: str | None,
    form: str,
    documents: tuple[str, ...],
    tables: tuple[str, ...],
    pending: bool,
    per: str | None,
    relations: bool,
    config: str | None,
    offsets: str | None,
    output: str | None,
    as_json: bool,
) -> None:
    """Write rows and decisions for a program to annotate in: Label Studio, doccano, Prodigy, or one that reads the
    W3C's Web Annotations.

    The files hold the full text of the documents (Web Annotations: the rows' words and some around them): mind whose
    it is before you pass them on. All tables but mentions go out unless --table says which. A task shows a document;
    for Prodigy, which accepts and rejects tasks as a whole, a row in its paragraph.

    \b
    Examples:
      tablewright review export --format prodigy --pending -o pending.jsonl
      tablewright review export --format labelstudio --config labels.xml -o tasks.json
    """
    from tablewright.interchange.files import Wish, export_file

    if as_json and output is None:
        raise click.UsageError("--json says what was written: name the file with -o")
    wish = Wish(form, documents, tables, pending, per, relations, offsets)  # type: ignore[arg-type]
    told = export_file(project_at(folder), wish, output, config, click.echo)
    if as_json:
        say_json(told)
    elif output is not None:
        click.echo(f"{output}: {told['rows']:,} rows of {told['documents']:,} documents in {told['tasks']:,} tasks")
        if form in _HINTS and config is None:
            click.echo(_HINTS[form])


@click.command("import", short_help="Take decisions from a program's file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@in_project
@_format
@click.option("--reviewer", required=True, metavar="NAME", help="Whose decisions they are.")
@click.option("--annotator", metavar="NAME", help="Whose marks count, as the file calls them, if several people's.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="When it was decided; today by default.")
@click.option("--note", help="Why, in a few words.")
@click.option("--unchanged", type=click.Choice(["confirm", "leave"]), help="What a row is that came back as it was.")
@click.option("--removed", type=click.Choice(["reject", "leave"]), help="What a row is that did not come back.")
@_offsets
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be decided.")
@click.option("-k", "--keep-going", is_flag=True, help="Take what can be taken though something is wrong.")
@json_option
@click.pass_context
def import_rows(ctx: click.Context, /, file: str, folder: str | None, as_json: bool, **options: Any) -> None:
    """Take decisions from a file that Label Studio (JSON), doccano (JSONL), Prodigy (`db-out`) or a Web Annotation
    program gave back: rows that came back as they were are confirmed, others amended, rejected or added.

    Nothing is guessed. A mark whose words are not in the text, or that leaves a needed field out, is told with its
    line, and then nothing is taken from the file. Importing a file twice changes nothing the second time. doccano
    does not say which documents somebody finished: there, rows as they were stay undecided unless --unchanged confirm
    is given.

    \b
    Example:
      tablewright review import annotated.jsonl --format prodigy --reviewer ana -n
    """
    from tablewright.interchange.files import import_file

    imported = import_file(project_at(folder), file, options)
    if as_json:
        say_json(imported.to_json())
    else:
        say_findings(imported.findings)
        _say(imported)
    ctx.exit(1 if imported.errors else 0)


def _say(imported: Imported) -> None:
    for _, decision in imported.decisions:
        if decision.decision != "confirm":
            columns = f": {', '.join(decision.changed)}" if decision.changed else ""
            click.echo(f"{'would ' if imported.dry_run else ''}{decision.decision} {decision.row_id}{columns}")
    counts: Counter[str] = Counter(decision.decision for _, decision in imported.decisions)
    said = [f"{counts[verdict]:,} {word}" for verdict, word in _WORDS if counts[verdict]]
    said += [f"{imported.decided:,} decided so before"] if imported.decided else []
    said += [f"{imported.left:,} left undecided"] if imported.left else []
    said += [f"{imported.skipped:,} tasks without a decision"] if imported.skipped else []
    before = "nothing is taken: " if imported.errors and not imported.written else ""
    click.echo(before + _sentence(said))


_WORDS = (("confirm", "confirmed"), ("amend", "amended"), ("reject", "rejected"), ("add", "added"))


def _sentence(said: Sequence[str]) -> str:
    return ", ".join(said) if said else "the file decides nothing"
