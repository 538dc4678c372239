"""The commands `release`, `verify` and `hydrate`: parse arguments, call one function, print what it gives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tablewright.console import in_project, json_option, project_at, say_findings, say_json, say_waiting

if TYPE_CHECKING:
    from tablewright.release import Released

_PLACE = click.Path(path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(short_help="Freeze the build as a version.")
@in_project
@click.option(
    "--bump",
    type=click.Choice(["auto", "major", "minor", "patch"]),
    default="auto",
    help="Which part of the version to raise; auto (the default) follows from what changed.",
)
@click.option("--version", "version", metavar="X", help="The version; one that the changes do not allow is refused.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The day of the release; today by default."
)
@click.option("--allow-unreviewed", is_flag=True, help="Release rows without a decision too; the release says so.")
@click.option("--stata", is_flag=True, help="Write Stata files, with variable and value labels.")
@click.option("--doi", metavar="DOI", help="The DOI that an archive has reserved for this version.")
@click.option("--concept-doi", metavar="DOI", help="The DOI that stands for all versions.")
@click.option("--draft", is_flag=True, help="Write only the changelog's entry, to edit before freezing.")
@json_option
@click.pass_context
def release(
    ctx: click.Context,
    folder: str | None,
    bump: Literal["auto", "major", "minor", "patch"],
    version: str | None,
    day: dt.datetime | None,
    allow_unreviewed: bool,
    stata: bool,
    doi: str | None,
    concept_doi: str | None,
    draft: bool,
    as_json: bool,
) -> None:
    """Freeze the build as a version under dist/releases/, as a folder and as an archive. What exists is never
    rewritten.

    The build has to be up to date, sound and reviewed. Texts are cut to what `redistribute` in dataset.yaml says of
    each document: full, quotes, or none (the default).

    \b
    Examples:
      tablewright release --draft       then edit dist/releases/CHANGELOG.md
      tablewright release
      tablewright release --bump minor --date 2024-05-01 --stata
    """
    from tablewright.release import Wanted
    from tablewright.release import release as freeze

    project = project_at(folder)
    today = dt.datetime.now(dt.UTC).date()
    wanted = Wanted(day.date() if day else today, bump, version, allow_unreviewed, stata, draft, doi, concept_doi)
    made, findings = freeze(project, wanted, waiting=say_waiting)
    if made is None:
        say_findings(findings)
        click.echo("not released", err=True)
        ctx.exit(1)
    if as_json:
        say_json(made.to_json(project))
        return
    for line in _release_lines(made, project):
        click.echo(line)


def _release_lines(made: Released, project: Any) -> list[str]:
    from tablewright.report import counted, counts_line

    if made.folder is None:
        return [f"would be {made.version}: {'; '.join(made.reasons)}", "edit dist/releases/CHANGELOG.md, then release"]
    lines = [f"released {made.version}: {counts_line(made.counts)}", f"  because: {'; '.join(made.reasons[:5])}"]
    for name, rule in made.rules.items():
        cut = f", {counted(made.left_out[name], 'cell')} beyond the quota" if made.left_out.get(name) else ""
        lines.append(f"  {name}: {rule}, {counted(made.quoted[name], 'character')} of its text{cut}")
    if made.undecided or made.stale:
        lines.append(f"  not reviewed: {counted(made.undecided, 'row')}; {counted(made.stale, 'stale decision')}")
    return [*lines, *(f"  {project.relative(path)}" for path in (made.folder, made.archive) if path)]


@click.command(short_help="Prove a release from its own files alone.")
@click.argument("path", type=_PLACE)
@click.option("--source", type=_FOLDER, metavar="DIR", help="Prove the anchors too, by the documents in DIR.")
@json_option
@click.pass_context
def verify(ctx: click.Context, path: Path, source: Path | None, as_json: bool) -> None:
    """Prove the release at PATH, a folder or an archive, from its own files alone: hashes, schemas, keys, places of
    words, rights, and descriptors against the data and each other. Needs neither the project nor its sources.

    \b
    Examples:
      tablewright verify talks-1.0.0.zip
      tablewright verify dist/releases/1.0.0 --source source
    """
    from tablewright.report import counts_line
    from tablewright.verify import verify as prove

    found = prove(path, source)
    if as_json:
        say_json(found.to_json())
    else:
        say_findings(found.findings)
        for name, state in found.documents.items():
            click.echo(f"{name}: {state}")
        if not found.findings:
            click.echo(f"sound: {found.name} {found.version}, {found.files:,} files; {counts_line(found.counts)}")
    ctx.exit(1 if found.findings else 0)


@click.command(short_help="Join the words to a release, from your own copies.")
@click.argument("path", type=_PLACE, metavar="RELEASE")
@click.option("--source", type=_FOLDER, required=True, metavar="DIR", help="The folder of your copies.")
@click.option("--out", type=_PLACE, metavar="DIR", help="Where to write; RELEASE-hydrated by default.")
@json_option
@click.pass_context
def hydrate(ctx: click.Context, path: Path, source: Path, out: Path | None, as_json: bool) -> None:
    """Join the words to RELEASE again (a folder or an archive), from your own copies of the documents in DIR. Says of
    each document whether it is the same, has moved, or is different.

    Every word is proved by the hash that the release gives. Exits 1 if words are missing.

    \b
    Example:
      tablewright hydrate talks-1.0.0.zip --source articles --out talks-with-texts
    """
    from tablewright.hydrate import hydrate as join
    from tablewright.hydrate import report_lines

    stem = path.name.removesuffix(".zip")
    target = out if out is not None else path.absolute().parent / f"{stem}-hydrated"
    found = join(path, source, target)
    if as_json:
        say_json(found.to_json())
    else:
        for line in report_lines(found):
            click.echo(line)
        click.echo(f"wrote {target.name}/")
    ctx.exit(0 if found.complete else 1)
