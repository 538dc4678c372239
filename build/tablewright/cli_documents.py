"""`tablewright add`: documents put in place, and what is understood of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tablewright.console import Command, complain, in_project, json_option, project_at, say_json

if TYPE_CHECKING:
    from tablewright.adding import Added
    from tablewright.records import Document

_SAID = ("title", "author", "publisher", "published_on", "language", "url", "rights", "redistribute")
_HELP = {
    "title": "Its title.",
    "author": "An author; may be given again.",
    "publisher": "Who published it.",
    "published_on": "The day of publication, YYYY-MM-DD.",
    "language": "Its language, as en or pt-BR.",
    "url": "Where it was published.",
    "rights": "Licence or rights of its text.",
    "redistribute": "What a release may hold of its text: full, quotes, none.",
}


def _about(command: Command) -> Command:
    """Gives a command the options of what a document does not say of itself."""
    for name in reversed(_SAID):
        several: Any = {"multiple": True} if name == "author" else {}
        kind: Any = {"type": click.Choice(["full", "quotes", "none"])} if name == "redistribute" else {}
        metavar: Any = {} if kind else {"metavar": name.upper().replace("PUBLISHED_ON", "DAY")}
        command = click.option(f"--{name.replace('_', '-')}", name, help=_HELP[name], **several, **kind, **metavar)(
            command
        )
    return command


@click.command(short_help="Put documents into source/ and say what was understood of them.")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@in_project
@_about
@click.option(
    "--field", "fields", multiple=True, metavar="COLUMN=NAME", help="Of a corpus: the field for text, title …"
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "html"]), help="Of a corpus: what texts are in."
)
@click.option("--force", is_flag=True, help="Replace another file of the same name.")
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing.")
@json_option
def add(
    files: tuple[str, ...],
    folder: str | None,
    fields: tuple[str, ...],
    form: str | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Copy each FILE into source/ and say what was understood of it: title, date, authors, headings, first sentences.
    Look at it: a wrong reading is seen at once.

    What a document does not say of itself is given with the options and put into source/dataset.yaml. Of a file with
    one document a record (JSON lines, CSV, Parquet) the fields are guessed from their names; --field corrects a guess.
    A file that cannot be read is not left in source/.

    \b
    Examples:
      tablewright add report.pdf
      tablewright add page.html --published-on 2024-03-15 --publisher Reuters
      tablewright add speeches.csv.gz --field text=speech --field document_id=
    """
    from pathlib import Path

    from tablewright.adding import Wish, add_file
    from tablewright.errors import TablewrightError

    project = project_at(folder)
    if said["title"] and len(files) > 1:
        raise click.BadParameter("several documents have no title in common", param_hint="--title")
    about = {key: said[key] for key in _SAID if key != "author"}
    about["authors"] = "; ".join(said["author"])
    wish = Wish(about, _fields(fields), form, force, dry_run)
    found: list[dict[str, Any]] = []
    failed = False
    for file in files:
        try:
            added = add_file(project, Path(file), wish)
        except TablewrightError as error:
            failed = True
            found.append({"file": file, "error": str(error)})
            if not as_json:
                complain(error)
            continue
        found.append(_json(added, dry_run=dry_run))
        for line in () if as_json else _lines(added, dry_run=dry_run):
            click.echo(line)
    if as_json:
        say_json(found)
    click.get_current_context().exit(1 if failed else 0)


def _fields(pairs: Sequence[str]) -> dict[str, str]:
    """COLUMN=NAME arguments by column; nothing after the "=" takes a guess back."""
    from tablewright.readers.corpora.articles import ABOUT, ID, TEXT

    fields: dict[str, str] = {}
    for pair in pairs:
        column, equals, name = pair.partition("=")
        if not equals or column not in (TEXT, ID, *ABOUT):
            known = ", ".join((TEXT, ID, *ABOUT))
            raise click.BadParameter(f"{pair!r} is not COLUMN=NAME with one of {known}", param_hint="--field")
        fields[column] = name
    return fields


def _json(added: Added, *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": f"source/{added.file}",
        "state": added.state,
        "dry_run": dry_run,
        "documents": [_document_json(each) for each in added.documents],
        "count": added.count,
        "fields": dict(added.fields),
        "unused_fields": list(added.unused),
        "dataset_entry": "\n".join(added.entry) or None,
        "dataset_written": added.written,
        "hints": added.hints,
        "findings": [finding.to_json() for finding in added.findings],
    }


def _document_json(document: Document) -> dict[str, Any]:
    from tablewright.reading import first_words, headings, paragraphs

    return {
        "document_id": document.document_id,
        "title": document.title,
        "authors": document.authors,
        "publisher": document.publisher,
        "published_on": document.published_on.isoformat() if document.published_on else None,
        "language": document.language,
        "url": document.url,
        "rights": document.rights,
        "words": len(document.text.split()),
        "paragraphs": paragraphs(document),
        "headings": headings(document),
        "begins": first_words(document),
    }


def _lines(added: Added, *, dry_run: bool) -> Iterator[str]:
    would = "would be " if dry_run else ""
    yield {
        "added": f"source/{added.file}: {would}added",
        "replaced": f"source/{added.file}: {would}replaced",
        "there": f"source/{added.file}: is there already",
    }[added.state] + (f", a corpus of {added.count:,} documents" if added.fields else "")
    if added.fields:
        yield from _corpus_lines(added)
    else:
        yield from _document_lines(added.documents[0])
    for hint in added.hints:
        yield click.style(f"  {hint}", fg="yellow")
    if added.written or (added.entry and dry_run):
        yield f"  {'would be put' if dry_run else 'put'} into source/dataset.yaml:"
    elif added.entry:
        yield click.style("  put this into source/dataset.yaml, under documents:", fg="yellow")
    yield from (f"    {line}" for line in added.entry)


def _document_lines(document: Document) -> Iterator[str]:
    from tablewright.reading import first_words, headings, paragraphs
    from tablewright.report import counted

    said = {
        "id": document.document_id,
        "title": document.title,
        "authors": document.authors,
        "publisher": document.publisher,
        "date": document.published_on,
        "language": document.language,
        "address": document.url,
        "rights": document.rights,
        "length": f"{counted(len(document.text.split()), 'word')} in {counted(paragraphs(document), 'paragraph')}",
    }
    for name, value in said.items():
        if value is not None or name in ("authors", "publisher", "date"):
            yield f"  {name:<10} {'—' if value is None else value}"
    if found := headings(document):
        yield f"  {'headings':<10} {' · '.join(found[:6])}{f' … ({len(found)})' if len(found) > 6 else ''}"
    yield f"  {'begins':<10} {first_words(document)}"


def _corpus_lines(added: Added) -> Iterator[str]:
    from tablewright.reading import first_words
    from tablewright.report import finding_line

    yield f"  fields     {', '.join(f'{column} from {name}' for column, name in added.fields.items())}"
    if added.unused:
        yield f"  not used   {', '.join(added.unused[:20])}"
    for document in added.documents:
        day = document.published_on.isoformat() if document.published_on else "no date"
        by = f", {document.authors}" if document.authors else ""
        yield f"  {document.document_id}: {document.title} ({day}{by}; {len(document.text.split()):,} words)"
        yield f"    {first_words(document)}"
    for finding in added.findings:
        yield click.style(f"  {finding_line(finding)}", fg="yellow")
