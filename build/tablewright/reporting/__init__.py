"""`tablewright report`: a page that shows a build to people, in one file.

tables, cut to rights for others ──▶ values ──▶ page          (values.py, shown.py; charts.py, page.py)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tablewright.errors import BuildError, ProjectError
from tablewright.package import DESCRIPTOR
from tablewright.paths import Project
from tablewright.reportmark import REPORT

if TYPE_CHECKING:
    from tablewright.records import Document
    from tablewright.reporting.values import Material
    from tablewright.rights import Redistribute
    from tablewright.standing import Status

MOST_DOCUMENTS = 1_000
"""A page with more documents is more than a browser opens with ease."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A report that was written: where, its bytes, and what of each document it shows."""

    path: Path
    size: int
    shown: Mapping[str, Redistribute]


def write_report(
    project: Project, output: Path | None = None, *, public: bool = False, documents: Sequence[str] = ()
) -> Reported:
    """Writes the report of the build to `output` (dist/report.html): of all documents, or of those named.

    A `public` report shows of each document what a release would. Raises `BuildError` when there is no build or it is
    out of date, and `ProjectError` for a document that there is not.
    """
    from tablewright.files import write_atomic

    material = project_material(project, public=public)
    page = report_page(material, documents)
    path = output or project.dist / REPORT
    write_atomic(path, page)
    return Reported(path, len(page), {name: material.rules[name] for name in _chosen(material, documents)})


def report_page(material: Material, documents: Sequence[str] = ()) -> bytes:
    """The page over all documents of the material, or over those named."""
    from tablewright.reporting.charts import chart_specs
    from tablewright.reporting.page import make_page
    from tablewright.reporting.values import Values

    chosen = _chosen(material, documents)
    if len(chosen) > MOST_DOCUMENTS:
        raise BuildError(
            f"a report shows at most {MOST_DOCUMENTS:,} documents; these are {len(chosen):,}",
            remedy="name some with --document",
        )
    values = Values(material, chosen)
    return make_page(values.index(), map(values.document, chosen), chart_specs())


def _chosen(material: Material, documents: Sequence[str]) -> list[str]:
    known = [str(name) for name in material.tables["documents"][1].column("document_id").to_pylist()]
    unknown = sorted(set(documents) - set(known))
    if unknown:
        raise ProjectError(
            f"no document {', '.join(unknown)}",
            remedy=f"known: {', '.join(known[:10])}" if known else "put a file into source/",
        )
    return [name for name in known if not documents or name in documents]


def project_material(project: Project, *, public: bool = False) -> Material:
    """What a report of the build is made from. Raises `BuildError` when there is no build or it is out of date."""
    from tablewright.config import load_dataset
    from tablewright.datasetfiles import load_dataset_files
    from tablewright.describe.facts import table_facts
    from tablewright.files import sha256_file
    from tablewright.reporting.measures import measure_quality
    from tablewright.reporting.values import Material
    from tablewright.rights import cut_to_rights, document_rules

    status = _status(project)
    dataset = load_dataset(project)
    tables = load_dataset_files(project.dist)
    rules, characters = document_rules(tables["documents"][1], dataset.redistribute)
    shown: dict[str, Redistribute] = rules if public else dict.fromkeys(rules, "full")
    facts = {name: table_facts(schema, table) for name, (schema, table) in tables.items()}
    quality, decided = measure_quality(
        project, {name: each.schema for name, each in facts.items()}, facts, undecided=sum(status.pending.values())
    )
    return Material(
        about=dataset.about,
        version=str(dataset.about.get("version", "")),
        tables=cut_to_rights(tables, rules, characters).tables if public else tables,
        rules=shown,
        read=document_reader(project),
        decided=decided,
        quality=quality,
        built=sha256_file(project.dist / DESCRIPTOR),
        public=public,
        closed=frozenset() if public else frozenset(name for name, rule in rules.items() if rule != "full"),
    )


def _status(project: Project) -> Status:
    from tablewright.standing import take_status

    if not (project.dist / DESCRIPTOR).is_file():
        raise BuildError("dist/ has not been built", remedy="run `tablewright build`")
    status = take_status(project)
    if status.out_of_date:
        raise BuildError(
            "dist/ is out of date", remedy="run `tablewright build` first; `tablewright build -n` says why"
        )
    return status


def document_reader(project: Project) -> Callable[[str], Document]:
    """What gives a document by its id, as it was read for the build."""
    from tablewright.cache import load_document

    def read(document_id: str) -> Document:
        try:
            return load_document(project, document_id)
        except (OSError, ValueError) as error:
            raise BuildError(
                f"the cache does not hold the text of {document_id}", remedy="run `tablewright build -B`"
            ) from error

    return read
