"""CITATION.cff: how to cite the dataset, by the Citation File Format 1.2.0."""

from __future__ import annotations

from typing import Any

import yaml

from tablewright.describe.model import Creator, Release, SourceDocument
from tablewright.describe.words import licence_url, orcid_url

CITATION = "CITATION.cff"

# The format takes identifiers of SPDX only, and not all of them; these are the ones that data come under.
_KNOWN = ("CC0-1.0", "CC-BY-", "PDDL-1.0", "ODbL-1.0", "ODC-By-1.0", "MIT", "Apache-2.0")


def citation_file(release: Release) -> bytes:
    """The bytes of CITATION.cff; the same release, the same bytes."""
    about = release.about
    described: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": about.title,
        "abstract": about.description or None,
        "authors": [_author(each) for each in about.creators] or [{"name": about.title}],
        "version": release.version,
        "date-released": release.date.isoformat(),
        "doi": release.doi,
        "identifiers": _identifiers(release),
        **_licence(about.licence),
        "url": about.homepage,
        "keywords": list(dict.fromkeys(about.keywords)),
        "references": [_reference(each) for each in release.documents],
    }
    filled = {name: value for name, value in described.items() if value not in (None, [], "")}
    text = yaml.safe_dump(filled, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def _author(creator: Creator) -> dict[str, str]:
    """A person where the parts of the name are known, else an entity: the format has no person of one name."""
    if creator.family_name:
        named = {"family-names": creator.family_name, "given-names": creator.given_name}
        named["affiliation"] = creator.affiliation
    else:
        named = {"name": creator.name}
    named |= {"email": creator.email, "website": creator.url}
    named["orcid"] = orcid_url(creator.orcid) if creator.orcid else None
    return {key: value for key, value in named.items() if value}


def _identifiers(release: Release) -> list[dict[str, str]]:
    dois = ((release.doi, "This version"), (release.concept_doi, "All versions"))
    return [{"type": "doi", "value": doi, "description": said} for doi, said in dois if doi]


def _licence(licence: str) -> dict[str, str]:
    if licence.startswith(_KNOWN):
        return {"license": licence}
    address = licence_url(licence)
    return {"license-url": address} if address else {}


def _reference(document: SourceDocument) -> dict[str, Any]:
    """A document that the dataset was coded from."""
    authors = [name for name in (document.authors or "").split("; ") if name]
    reference: dict[str, Any] = {
        "type": "article",
        "title": document.title,
        "authors": [{"name": name} for name in authors] or [{"name": document.publisher or document.title}],
        "url": document.url,
    }
    if document.publisher:
        reference["publisher"] = {"name": document.publisher}
    if document.published_on:
        reference["date-published"] = document.published_on.isoformat()
        reference["year"] = document.published_on.year
    return {key: value for key, value in reference.items() if value}
