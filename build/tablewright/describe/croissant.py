"""croissant.json: the dataset for machine-learning frameworks and dataset search, by Croissant 1.1.

Record sets are read from the Parquet files, whose types are right; the CSV files are listed beside them. Each coded
column refers to a record set of its own, of type sc:Enumeration, which holds the codes and what they mean.
"""

from __future__ import annotations

import json
from typing import Any

from tablewright.cells import to_text
from tablewright.describe.model import Creator, Release, SourceDocument, TableFacts
from tablewright.describe.words import (
    bibtex,
    doi_url,
    licence_url,
    media_type,
    orcid_url,
    purpose,
)
from tablewright.schema import Field

CROISSANT = "croissant.json"

_DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
# The context that the specification recommends, with the terms that mlcroissant looks for, and PROV.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(release: Release) -> bytes:
    """The bytes of croissant.json; the same release, the same bytes."""
    about = release.about
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": about.title,
        "alternateName": about.name,
        "description": about.description or about.title,
        "version": release.version,
        "datePublished": release.date.isoformat(),
        "citeAs": bibtex(release),
        "creator": [_agent(each) for each in about.creators],
        "publisher": {"@type": "sc:Organization", "name": about.publisher} if about.publisher else None,
        "license": licence_url(about.licence) or about.licence or None,
        "url": doi_url(release.doi) if release.doi else about.homepage,
        "sameAs": about.homepage if release.doi else None,
        "keywords": list(about.keywords),
        "inLanguage": sorted({each.language for each in release.documents if each.language}),
        "isLiveDataset": False,
        "prov:wasDerivedFrom": [_source(each) for each in release.documents],
        "prov:wasGeneratedBy": {"@type": "prov:Activity", "prov:label": f"Tablewright {release.tool_version}".strip()},
        **_responsible(release),
        "distribution": _files(release),
        "recordSet": [
            record_set
            for table in release.tables
            for record_set in (*(_codes(table, each) for each in table.schema.fields if each.categories), _rows(table))
        ],
    }
    filled = {name: value for name, value in described.items() if value not in (None, [], "")}
    return (json.dumps(filled, ensure_ascii=False, indent=2) + "\n").encode()


def _agent(creator: Creator) -> dict[str, Any]:
    agent: dict[str, Any] = {"@type": "sc:Person" if creator.is_person else "sc:Organization", "name": creator.name}
    given = {"givenName": creator.given_name, "familyName": creator.family_name, "email": creator.email}
    agent |= {name: value for name, value in given.items() if value}
    if address := orcid_url(creator.orcid) if creator.orcid else creator.url:
        agent["url"] = address
    if creator.affiliation:
        agent["affiliation"] = {"@type": "sc:Organization", "name": creator.affiliation}
    return agent


def _source(document: SourceDocument) -> dict[str, Any]:
    source: dict[str, Any] = {"@type": "sc:CreativeWork", "name": document.title}
    if document.url:
        source["url"] = document.url
    return source


def _responsible(release: Release) -> dict[str, Any]:
    """How the rows were annotated, in the vocabulary for responsible AI."""
    machine = sum(each.machine for each in release.quality.coding)
    people = sum(each.confirmed + each.amended + each.added for each in release.quality.coding)
    return {
        "rai:dataCollection": "Rows were coded from published documents; each is anchored to the words that say so.",
        "rai:dataAnnotationProtocol": "A machine codes first by the rules in codebook.html; people confirm, amend, "
        f"reject and add. Of the rows with a column `coding`, {machine} are the machine's alone and {people} were "
        "confirmed, amended or added by people.",
        "rai:machineAnnotationTools": [f"Tablewright {release.tool_version}".strip()],
        "rai:dataLimitations": "See CAVEATS.md and, for measured coding quality, quality.json.",
        "rai:dataReleaseMaintenancePlan": "Versions are numbered by what changed and never rewritten; see CHANGELOG.md.",
    }


def _files(release: Release) -> list[dict[str, Any]]:
    known = {file.path: file for file in release.files}
    files: list[dict[str, Any]] = []
    for table in release.tables:
        for form in ("parquet", "csv"):
            path = f"{table.name}.{form}"
            entry = {
                "@type": "cr:FileObject",
                "@id": path,
                "name": path,
                "description": purpose(release, path),
                "contentUrl": path,
                "contentSize": f"{known[path].bytes} B",
                # Not the registered name: it is what mlcroissant reads Parquet by.
                "encodingFormat": "application/x-parquet" if form == "parquet" else media_type(path),
                "sha256": known[path].sha256,
            }
            files.append(entry)
    return files


def _codes(table: TableFacts, field: Field) -> dict[str, Any]:
    name = f"{table.name}_{field.name}_codes"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"The codes of {table.name}.{field.name} and what they mean.",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/name"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/name",
                "name": "name",
                "description": "The code.",
                "dataType": "sc:Text",
            },
            {
                "@type": "cr:Field",
                "@id": f"{name}/description",
                "name": "description",
                "description": "What the code means.",
                "dataType": "sc:Text",
            },
        ],
        "data": [{f"{name}/name": each.value, f"{name}/description": each.label} for each in field.categories],
    }


def _rows(table: TableFacts) -> dict[str, Any]:
    schema = table.schema
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": schema.name,
        "description": f"{schema.description} Rows: {table.rows}.",
        "key": [{"@id": f"{schema.name}/{column}"} for column in schema.primary_key],
        "field": [_field(table, field) for field in schema.fields],
    }


def _field(table: TableFacts, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": f"{field.description}{_refers(table, field)} Example: {to_text(field.example)}",
        "dataType": "sc:URL" if field.format == "uri" else _DATA_TYPES[field.type],
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": field.name}},
    }
    if field.categories:
        described["references"] = {"field": {"@id": f"{table.name}_{field.name}_codes/name"}}
    return described


def _refers(table: TableFacts, field: Field) -> str:
    """Says of what table the values are keys.

    In words only: of `references` mlcroissant 1.1 makes joins, and it can join neither a table to itself nor one to
    a table that has `references` of its own; it would load no records then. datapackage.json has the keys in full.
    """
    for key in table.schema.foreign_keys:
        if key.fields == (field.name,):
            return f" Refers to {key.resource}.{key.reference_fields[0]}."
    return ""
