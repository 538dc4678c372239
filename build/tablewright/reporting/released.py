"""The report of a release: what others may see, beside the release's codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tablewright.describe.codebookfiles import CODEBOOK_HTML
from tablewright.paths import Project
from tablewright.reporting import MOST_DOCUMENTS, document_reader, report_page
from tablewright.reporting.values import Material

if TYPE_CHECKING:
    from tablewright.describe.model import Quality
    from tablewright.release import Ready


def release_report(
    project: Project, ready: Ready, version: str, quality: Quality, decided: Mapping[str, str], built: str
) -> bytes | None:
    """The page for the tables of a release; None where they are of more documents than a page shows.

    `decided` says what people decided on rows, `built` is the hash of the release's datapackage.json.
    """
    if len(ready.rules) > MOST_DOCUMENTS:
        return None
    material = Material(
        about=ready.dataset.about,
        version=version,
        tables=ready.cut.tables,
        rules=ready.rules,
        read=document_reader(project),
        decided=decided,
        quality=quality,
        built=built,
        public=True,
        codebook=CODEBOOK_HTML,
    )
    return report_page(material)
