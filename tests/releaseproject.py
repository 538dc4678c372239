"""A project with a document of each setting of rights and decisions of people, released; for the tests of releases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from builders import ARTICLE, make_project, run
from tablewright.paths import Project
from tablewright.release import Released, Wanted, release

DATE = dt.date(2024, 5, 1)

OSLO = """\
# Allies Exercise Together

By Bo Dahl

Sweden and Finland held a joint exercise in the Baltic Sea on March 4. Swedish Defence Minister Pal Jonson said: "We
train as we would fight, together and at short notice."

Sweden pledged 90 million kronor in military aid to Moldova. Finland condemned the attack on a convoy near Odesa.
"""

LIMA = """\
# Peru Recalls Its Envoy

By Cara Ruiz

Peru recalled its ambassador from Bolivia on Monday. Peruvian Foreign Minister Elmer Schialer met the Chilean
ambassador in Lima. "Nobody wins by silence," Schialer said.

Chile donated $3 million to Haiti for the relief of the displaced.
"""

TEXTS = {"geneva.md": ARTICLE, "oslo.md": OSLO, "lima.md": LIMA}
RULES = {"geneva.md": "quotes", "oslo.md": "full", "lima.md": "none"}

_HEAD = """\
name: talks
title: Talks
description: Events, actors and quotations in three reports.
version: 1.0.0
licence: CC-BY-4.0
creators: [Ana Roth]
documents:
"""


def dataset(rules: dict[str, str] | None = None) -> str:
    """dataset.yaml with the setting of each document; none for a document that `rules` does not name."""
    entries = ""
    for name in TEXTS:
        entries += f"  - file: {name}\n    published_on: 2024-03-15\n    rights: all rights reserved\n"
        if name in (RULES if rules is None else rules):
            entries += f"    redistribute: {(RULES if rules is None else rules)[name]}\n"
    return _HEAD + entries


def built_project(root: Path, rules: dict[str, str] | None = None, texts: dict[str, str] | None = None) -> Project:
    """The project, built, with a quotation confirmed and an event rejected in each document."""
    project = make_project(root, documents=texts or TEXTS, dataset=dataset(rules))
    run(project, "build")
    return project


def decide(project: Project) -> None:
    """Confirms every quotation, rejects the first event of each document, and builds."""
    import pyarrow.parquet as pq

    quotations = [row["quotation_id"] for row in pq.read_table(project.dist / "quotations.parquet").to_pylist()]
    first: dict[str, str] = {}
    for row in pq.read_table(project.dist / "events.parquet").to_pylist():
        first.setdefault(row["document_id"], row["event_id"])
    by = ("--reviewer", "ana", "--date", "2024-04-01", "--note", "as agreed")
    run(project, "review", "accept", *quotations, *by)
    run(project, "review", "reject", *first.values(), *by)
    run(project, "build")


def released(project: Project, **more: object) -> Released:
    """The project's release, unreviewed rows and Stata files included."""
    wanted = Wanted(DATE, allow_unreviewed=True, stata=True, **more)  # type: ignore[arg-type]
    made, findings = release(project, wanted)
    assert made is not None, findings
    return made
