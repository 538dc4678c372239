"""datacite.json: the metadata that a DOI is registered with, by DataCite 4.5.

The schema in JSON asks for no DOI, so a release that has none yet is described all the same.
"""

from __future__ import annotations

import json
from typing import Any

from tablewright.describe.model import About, Creator, Release
from tablewright.describe.words import full_name, licence_id, licence_url, media_type, orcid_url

DATACITE = "datacite.json"


def datacite(release: Release) -> bytes:
    """The bytes of datacite.json; the same release, the same bytes."""
    about = release.about
    languages = {each.language for each in release.documents if each.language}
    described: dict[str, Any] = {
        "doi": release.doi,
        "url": about.homepage,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Coded text data"},
        "creators": [_creator(each) for each in about.creators] or [{"name": about.title}],
        "titles": [{"title": about.title}],
        "publisher": {"name": about.publisher or about.by},
        "publicationYear": str(release.date.year),
        "subjects": [{"subject": each} for each in about.keywords],
        "dates": [{"date": release.date.isoformat(), "dateType": "Issued"}],
        "language": languages.pop() if len(languages) == 1 else None,
        "relatedIdentifiers": _related(release),
        "sizes": [f"{table.rows} rows in {table.name}" for table in release.tables],
        "formats": sorted(
            {media_type(f"{table.name}.{form}") for table in release.tables for form in ("csv", "parquet")}
        ),
        "version": release.version,
        "rightsList": _rights(about),
        "descriptions": [{"description": about.description, "descriptionType": "Abstract"}]
        if about.description
        else [],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    filled = {name: value for name, value in described.items() if value not in (None, [], "")}
    return (json.dumps(filled, ensure_ascii=False, indent=2) + "\n").encode()


def _creator(creator: Creator) -> dict[str, Any]:
    described: dict[str, Any] = {"name": full_name(creator)}
    if creator.is_person:
        described["nameType"] = "Personal"
    described |= {
        name: value for name, value in (("givenName", creator.given_name), ("familyName", creator.family_name)) if value
    }
    if creator.orcid:
        described["nameIdentifiers"] = [
            {
                "nameIdentifier": orcid_url(creator.orcid),
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ]
    if creator.affiliation:
        described["affiliation"] = [{"name": creator.affiliation}]
    return described


def _related(release: Release) -> list[dict[str, str]]:
    """The documents that the rows were coded from, and the dataset that this is a version of."""
    related = [
        {
            "relatedIdentifier": document.url,
            "relatedIdentifierType": "URL",
            "relationType": "IsDerivedFrom",
            "resourceTypeGeneral": "Text",
        }
        for document in release.documents
        if document.url
    ]
    if release.concept_doi:
        related.append(
            {
                "relatedIdentifier": release.concept_doi,
                "relatedIdentifierType": "DOI",
                "relationType": "IsVersionOf",
                "resourceTypeGeneral": "Dataset",
            }
        )
    return related


def _rights(about: About) -> list[dict[str, str]]:
    if not about.licence:
        return []
    rights = {"rights": about.licence}
    if address := licence_url(about.licence):
        rights["rightsUri"] = address
    if identifier := licence_id(about.licence):
        rights |= {
            "rightsIdentifier": identifier,
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    return [rights]
