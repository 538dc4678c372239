"""The command `publish`: parses arguments, calls one function, prints what it gives."""

from __future__ import annotations

from pathlib import Path

import click

from tablewright.console import in_project, json_option, say_findings, say_json


@click.command(short_help="Bring a release to a host, to Zenodo or to Hugging Face.")
@click.argument("release", metavar="RELEASE")
@click.argument("target")
@in_project
@click.option("--confirm", is_flag=True, help="Make it public on Zenodo or Hugging Face; without it nothing is.")
@click.option("--reserve", is_flag=True, help="Reserve a DOI on Zenodo for RELEASE, a version still to be released.")
@click.option("--base-url", metavar="URL", help="Another InvenioRDM than zenodo.org, or TABLEWRIGHT_ZENODO_URL.")
@json_option
@click.pass_context
def publish(
    ctx: click.Context,
    release: str,
    target: str,
    folder: str | None,
    confirm: bool,
    reserve: bool,
    base_url: str | None,
    as_json: bool,
) -> None:
    """Publish RELEASE (a folder or an archive) to TARGET: a folder, an fsspec URL (s3://bucket/data), zenodo: or
    huggingface:OWNER/NAME.

    The release is verified first. A version that is there is never rewritten; what a broken connection left is
    finished by the same command. Tokens come from the environment: TABLEWRIGHT_ZENODO_TOKEN, HF_TOKEN.

    \b
    Examples:
      tablewright publish dist/releases/1.0.0 ../site/data
      tablewright publish talks-1.0.0.zip s3://our-bucket/data
      tablewright publish --reserve 1.1.0 zenodo:                   then tablewright release --doi DOI
      tablewright publish dist/releases/1.0.0 zenodo:               a draft, to be looked at
      tablewright publish dist/releases/1.0.0 zenodo: --confirm     public
      tablewright publish dist/releases/1.0.0 huggingface:ana/talks --confirm
    """
    from tablewright.publishing.targets import Order, carry_out

    done, findings = carry_out(Order(release, target, Path(folder) if folder else None, confirm, reserve, base_url))
    if done is None:
        say_findings(findings)
        click.echo("not published: the release is not sound", err=True)
        ctx.exit(1)
    if as_json:
        say_json(done.to_json())
        return
    for line in done.lines():
        click.echo(line)
