"""datacite.json in the terms of InvenioRDM's records."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]


def record_of(datacite: Values) -> dict[str, Any]:
    """The body that creates or replaces a draft: public once published, with files, described as datacite.json does."""
    issued = [each["date"] for each in datacite.get("dates", ()) if each.get("dateType") == "Issued"]
    abstract = [each["description"] for each in datacite.get("descriptions", ())]
    described = {
        "resource_type": {"id": "dataset"},
        "title": datacite["titles"][0]["title"],
        "publication_date": issued[0] if issued else datacite.get("publicationYear"),
        "creators": [_creator(each) for each in datacite.get("creators", ())],
        "publisher": datacite.get("publisher", {}).get("name"),
        # A description is HTML there.
        "description": f"<p>{html.escape(abstract[0])}</p>" if abstract else None,
        "version": datacite.get("version"),
        "rights": [_rights(each) for each in datacite.get("rightsList", ())],
        "subjects": [{"subject": each["subject"]} for each in datacite.get("subjects", ())],
        "related_identifiers": [_related(each) for each in datacite.get("relatedIdentifiers", ())],
    }
    return {
        "access": {"record": "public", "files": "public"},
        "files": {"enabled": True},
        "metadata": {name: value for name, value in described.items() if value not in (None, [], "")},
    }


def first_record(title: str, version: str, creators: list[str]) -> dict[str, Any]:
    """The body of a draft for a version that is still to be released."""
    return record_of(
        {"titles": [{"title": title}], "version": version, "creators": [{"name": each} for each in creators]}
    )


def _creator(creator: Values) -> dict[str, Any]:
    """A person has a family name there; whoever has none is taken for an organization."""
    if family := creator.get("familyName"):
        who: dict[str, Any] = {"type": "personal", "family_name": family}
        if given := creator.get("givenName"):
            who["given_name"] = given
    else:
        who = {"type": "organizational", "name": creator["name"]}
    identifiers = [
        {"scheme": "orcid", "identifier": each["nameIdentifier"].rsplit("/", 1)[-1]}
        for each in creator.get("nameIdentifiers", ())
        if each.get("nameIdentifierScheme") == "ORCID"
    ]
    if identifiers:
        who["identifiers"] = identifiers
    described: dict[str, Any] = {"person_or_org": who}
    if affiliations := creator.get("affiliation"):
        described["affiliations"] = [{"name": each["name"]} for each in affiliations]
    return described


def _rights(rights: Values) -> dict[str, Any]:
    if identifier := rights.get("rightsIdentifier"):
        return {"id": identifier.lower()}
    described: dict[str, Any] = {"title": {"en": rights["rights"]}}
    if link := rights.get("rightsUri"):
        described["link"] = link
    return described


def _related(related: Values) -> dict[str, Any]:
    return {
        "identifier": related["relatedIdentifier"],
        "scheme": related["relatedIdentifierType"].lower(),
        "relation_type": {"id": related["relationType"].lower()},
    }
