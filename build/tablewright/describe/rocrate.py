"""ro-crate-metadata.json: the folder as an RO-Crate 1.3, for research repositories."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from tablewright.describe.model import Creator, File, Release, SourceDocument
from tablewright.describe.words import (
    doi_url,
    licence_url,
    media_type,
    orcid_url,
    purpose,
    release_citation,
)

ROCRATE = "ro-crate-metadata.json"

_VERSION = "https://w3id.org/ro/crate/1.3"
_PROGRAM = "#tablewright"
_PROFILES = {
    "croissant.json": ("http://mlcommons.org/croissant/1.1", "Croissant 1.1"),
    "datapackage.json": ("https://datapackage.org/profiles/2.0/datapackage.json", "Data Package 2.0"),
}
Entity = dict[str, Any]


def rocrate(release: Release, more: Iterable[File] = ()) -> bytes:
    """The bytes of ro-crate-metadata.json; `more` are files besides `release.files`, the other descriptors."""
    files = {file.path: file for file in (*release.files, *more)}
    people = [_agent(each) for each in release.about.creators]
    documents = [_document(each) for each in release.documents]
    folders = sorted({f"{path.split('/')[0]}/" for path in files if "/" in path})
    graph: list[Entity] = [
        {
            "@id": ROCRATE,
            "@type": "CreativeWork",
            "name": "RO-Crate metadata",
            "conformsTo": {"@id": _VERSION},
            "about": {"@id": "./"},
        },
        _root(release, files, folders, people, documents),
        *(_file(release, file) for _, file in sorted(files.items())),
        *(_folder(folder, files) for folder in folders),
        *documents,
        *_agents(release, people),
        *_licence(release),
        *_making(release, files),
        *_profiles(files),
    ]
    described = {"@context": f"{_VERSION}/context", "@graph": [_plain(each) for each in graph]}
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(entity: Entity) -> Entity:
    """The entity without what is not known, and without lists of one value, which the standard does not like."""
    known = {name: value for name, value in entity.items() if value not in (None, [], "")}
    return {name: value[0] if isinstance(value, list) and len(value) == 1 else value for name, value in known.items()}


def _refer(entities: Iterable[Entity]) -> list[dict[str, str]]:
    return [{"@id": each["@id"]} for each in entities]


def _root(
    release: Release, files: Mapping[str, File], folders: list[str], people: list[Entity], documents: list[Entity]
) -> Entity:
    about = release.about
    top = [path for path in sorted(files) if "/" not in path]
    licence = licence_url(about.licence)
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "alternateName": about.name,
        "description": about.description or about.title,
        "datePublished": release.date.isoformat(),
        "version": release.version,
        "license": {"@id": licence} if licence else about.licence or "not stated",
        "author": _refer(people),
        "publisher": {"@id": "#publisher"} if about.publisher else _refer(people),
        "keywords": list(about.keywords),
        "inLanguage": sorted({each.language for each in release.documents if each.language}),
        "url": about.homepage,
        "identifier": doi_url(release.doi) if release.doi else None,
        "creditText": release_citation(release),
        "isBasedOn": _refer(documents),
        "mentions": {"@id": "#build"} if release.tool_version else None,
        "hasPart": [{"@id": path} for path in (*top, *folders)],
    }
    return root


def _file(release: Release, file: File) -> Entity:
    entity: Entity = {
        "@id": file.path,
        "@type": "File",
        "name": file.path,
        "description": purpose(release, file.path),
        "encodingFormat": media_type(file.path),
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
    }
    if file.path in _PROFILES:
        entity["conformsTo"] = {"@id": _PROFILES[file.path][0]}
    return entity


def _folder(folder: str, files: Mapping[str, File]) -> Entity:
    said = {"review/": "People's decisions on the rows", "stata/": "The tables for Stata"}
    return {
        "@id": folder,
        "@type": "Dataset",
        "name": folder.rstrip("/"),
        "description": said.get(folder, f"The files in {folder}"),
        "hasPart": [{"@id": path} for path in sorted(files) if path.startswith(folder)],
    }


def _agent(creator: Creator) -> Entity:
    address = orcid_url(creator.orcid) if creator.orcid else creator.url
    entity: Entity = {
        "@id": address or f"#{creator.name.replace(' ', '-')}",
        "@type": "Person" if creator.is_person else "Organization",
        "name": creator.name,
    }
    for name, value in (("givenName", creator.given_name), ("familyName", creator.family_name)):
        if value:
            entity[name] = value
    if creator.email:
        entity["contactPoint"] = {"@id": f"mailto:{creator.email}"}
    if creator.affiliation:
        entity["affiliation"] = {"@id": f"#{creator.affiliation.replace(' ', '-')}"}
    return entity


def _agents(release: Release, people: list[Entity]) -> list[Entity]:
    """The creators, with the organizations and addresses that they refer to, each once."""
    entities = {each["@id"]: each for each in people}
    for creator in release.about.creators:
        if creator.affiliation:
            name = f"#{creator.affiliation.replace(' ', '-')}"
            entities.setdefault(name, {"@id": name, "@type": "Organization", "name": creator.affiliation})
        if creator.email:
            contact = {
                "@id": f"mailto:{creator.email}",
                "@type": "ContactPoint",
                "name": f"E-mail of {creator.name}",
                "contactType": "author",
                "email": creator.email,
            }
            entities.setdefault(contact["@id"], contact)
    if release.about.publisher:
        entities["#publisher"] = {"@id": "#publisher", "@type": "Organization", "name": release.about.publisher}
    return list(entities.values())


def _document(document: SourceDocument) -> Entity:
    entity: Entity = {
        "@id": document.url or f"#document-{document.document_id}",
        "@type": "CreativeWork",
        "name": document.title,
        "identifier": document.document_id,
        "author": [name for name in (document.authors or "").split("; ") if name],
        "publisher": document.publisher,
        "datePublished": document.published_on.isoformat() if document.published_on else None,
        "inLanguage": document.language,
        "usageInfo": document.rights,
    }
    return entity


def _licence(release: Release) -> list[Entity]:
    address = licence_url(release.about.licence)
    if address is None:
        return []
    name = release.about.licence
    return [
        {"@id": address, "@type": "CreativeWork", "name": name, "description": f"The licence of the dataset: {name}"}
    ]


def _making(release: Release, files: Mapping[str, File]) -> list[Entity]:
    """The run of the program that made the files of the crate."""
    if not release.tool_version:
        return []
    return [
        {
            "@id": "#build",
            "@type": "CreateAction",
            "name": f"Tablewright {release.tool_version} built version {release.version}",
            "description": "Coded the documents, laid people's decisions over the rows, checked and wrote the tables.",
            "instrument": {"@id": _PROGRAM},
            "object": _refer(_document(each) for each in release.documents),
            "result": [{"@id": path} for path in sorted(files)],
        },
        {
            "@id": _PROGRAM,
            "@type": "SoftwareApplication",
            "name": "Tablewright",
            # The standard asks for an address; the program has none of its own yet, so it points at itself.
            "url": _PROGRAM,
            "version": release.tool_version,
        },
    ]


def _profiles(files: Mapping[str, File]) -> list[Entity]:
    """The standards that files of the crate follow."""
    return [
        {"@id": address, "@type": "CreativeWork", "name": name}
        for path, (address, name) in _PROFILES.items()
        if path in files
    ]
