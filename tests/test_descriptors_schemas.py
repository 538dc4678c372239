"""CITATION.cff and datacite.json, by the JSON schemas of the two standards as check-jsonschema and datacite ship them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from datacite import schema45

from releasecases import ABOUT, make_release
from tablewright.describe.citation import CITATION, citation_file
from tablewright.describe.datacite import datacite
from tablewright.describe.facts import about_of

RELEASES: dict[str, dict[str, Any]] = {
    "everything": {"doi": "10.5281/zenodo.2", "concept_doi": "10.5281/zenodo.1"},
    "no doi": {},
    "the least": {"about": about_of({"name": "x", "title": "X"}), "documents": ()},
    "a licence by address": {"about": about_of(ABOUT | {"licence": "https://example.org/terms"})},
    "a licence in words": {"about": about_of(ABOUT | {"licence": "all rights reserved"})},
}


@pytest.mark.parametrize("case", RELEASES)
def test_the_citation_follows_its_schema(case: str, tmp_path: Path) -> None:
    path = tmp_path / CITATION
    path.write_bytes(citation_file(make_release(tmp_path / "data", **RELEASES[case])))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("case", RELEASES)
def test_the_datacite_metadata_follow_their_schema(case: str, tmp_path: Path) -> None:
    described = json.loads(datacite(make_release(tmp_path, **RELEASES[case])))
    assert list(schema45.validator.iter_errors(described)) == []


def test_the_datacite_metadata_make_xml_too(tmp_path: Path) -> None:
    """The form in which a DOI is registered; it needs the DOI, and datacite 1.4 writes it without a check."""
    described = json.loads(datacite(make_release(tmp_path, **RELEASES["everything"])))
    assert "IsDerivedFrom" in schema45.tostring(described)
