"""datapackage.json: what a dataset is and what its files hold, by the Data Package standard, version 2.

Each table is there twice. The CSV has the table's name, for the tools that read CSV only; the Parquet has the name
with `_parquet`. Foreign keys stay within one format.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright.contract import table_schema
from tablewright.errors import ProjectError
from tablewright.schema import TableSchema
from tablewright.schemafile import from_resource

if TYPE_CHECKING:
    import pyarrow as pa

DESCRIPTOR = "datapackage.json"
PARQUET_SUFFIX = "_parquet"

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_DIALECT = {"header": True, "delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}
# By the standard a licence's name is an identifier, as SPDX and the Open Definition have them.
_LICENCE_ID = re.compile(r"[A-Za-z0-9._+-]+")
_CSV_NOTE = (
    "Cells hold the values as they are, also those that start with =, +, - or @, which a spreadsheet would take for a "
    "formula when the file is opened: import it with all columns as text. An empty cell is a missing value; words such "
    "as NA are values."
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A published file's SHA-256, in hex, and its size in bytes."""

    sha256: str
    bytes: int


def describe(
    about: Mapping[str, Any],
    schemas: Mapping[str, TableSchema],
    files: Mapping[str, FileFacts],
    sources: Iterable[Mapping[str, str]] = (),
    more: Mapping[str, Any] | None = None,
) -> bytes:
    """The bytes of datapackage.json; the same in, the same out.

    `about` is what dataset.yaml says (name, title, description, version, licence, homepage, keywords, creators, corpora),
    `files` the facts of each table's `<name>.csv` and `<name>.parquet`, `sources` where the data come from
    (`title`, `path`), as `document_sources` makes them. `more` are further properties, of a release.
    """
    package: dict[str, Any] = {"$schema": _PROFILE}
    package |= {key: about[key] for key in ("name", "title", "description", "version", "homepage") if key in about}
    if about.get("keywords"):
        package["keywords"] = list(about["keywords"])
    if about.get("licence"):
        package["licenses"] = [_licence(about["licence"])]
    if about.get("creators"):
        package["contributors"] = [_contributor(creator) for creator in about["creators"]]
    if listed := [dict(source) for source in sources]:
        package["sources"] = listed
    if about.get("corpora"):
        # How the documents were taken out of files with many: who checks the anchors has to take them out alike.
        package["corpora"] = [{"path": name, **entry} for name, entry in about["corpora"].items()]
    package |= more or {}
    package["resources"] = [
        make(schema, files) for schema in schemas.values() for make in (_csv_resource, _parquet_resource)
    ]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def describe_again(package: Mapping[str, Any], files: Mapping[str, FileFacts]) -> bytes:
    """The bytes of a datapackage.json made by `describe`, for files that hold more than those it was made for.

    What a release says of rights goes for the release alone, and is left out.
    """
    again = {key: value for key, value in package.items() if key != "rights"}
    resources = []
    for each in package["resources"]:
        facts = files[each["path"]]
        new = {"hash": f"sha256:{facts.sha256}"} | ({"bytes": facts.bytes} if "bytes" in each else {})
        resources.append(each | new)
    return (json.dumps(again | {"resources": resources}, ensure_ascii=False, indent=2) + "\n").encode()


def document_sources(documents: pa.Table) -> list[dict[str, str]]:
    """The documents as sources of the package: title and, where it is known, address; each once, in their order. A
    file that holds many documents is one source, named by its path in source/.
    """
    titles, urls, files = (documents.column(name).to_pylist() for name in ("title", "url", "source_file"))
    held = Counter(files)
    sources: dict[tuple[Any, Any], dict[str, Any]] = {}
    for title, url, file in zip(titles, urls, files, strict=True):
        if held[file] > 1:
            sources[file, None] = {"title": file}
        else:
            sources[title, url] = {"title": title} | ({"path": url} if url else {})
    return list(sources.values())


def _licence(licence: str) -> dict[str, str]:
    if licence.startswith(("https://", "http://")):
        return {"path": licence}
    return {"name": licence} if _LICENCE_ID.fullmatch(licence) else {"name": "other", "title": licence}


def _contributor(creator: Mapping[str, str]) -> dict[str, Any]:
    contributor: dict[str, Any] = {
        key: creator[key] for key in ("title", "path", "email", "organization") if key in creator
    }
    if "orcid" in creator:
        contributor.setdefault("path", f"https://orcid.org/{creator['orcid'].removeprefix('https://orcid.org/')}")
    return contributor | {"roles": ["creator"]}


def _csv_resource(schema: TableSchema, files: Mapping[str, FileFacts]) -> dict[str, Any]:
    path = f"{schema.name}.csv"
    return {
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "description": f"{schema.description} {_CSV_NOTE}",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": files[path].bytes,
        "hash": f"sha256:{files[path].sha256}",
        "dialect": dict(_DIALECT),
        "schema": {"$schema": _SCHEMA_PROFILE} | table_schema(schema),
    }


def _parquet_resource(schema: TableSchema, files: Mapping[str, FileFacts]) -> dict[str, Any]:
    # No `bytes`: frictionless 5 counts none for Parquet and calls every number wrong.
    path = f"{schema.name}.parquet"
    return {
        "name": schema.name + PARQUET_SUFFIX,
        "type": "table",
        "title": schema.title,
        "description": schema.description,
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": f"sha256:{files[path].sha256}",
        "schema": {"$schema": _SCHEMA_PROFILE} | table_schema(schema, resource_suffix=PARQUET_SUFFIX),
    }


def schemas_of(package: Mapping[str, Any]) -> dict[str, TableSchema]:
    """The table schemas that a datapackage.json made by `describe` holds, by table.

    Raises `ProjectError` for a package without tables and `SchemaError` for a schema that is not valid.
    """
    resources = package.get("resources")
    tables = [each for each in resources if isinstance(each, dict)] if isinstance(resources, list) else []
    schemas = [from_resource(_without_note(each), DESCRIPTOR) for each in tables if each.get("format") == "csv"]
    if not schemas:
        raise ProjectError("describes no tables", file=DESCRIPTOR, remedy="build the dataset again")
    return {schema.name: schema for schema in schemas}


def _without_note(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    """A resource with the description that the table's schema has."""
    return {**resource, "description": str(resource.get("description", "")).removesuffix(f" {_CSV_NOTE}")}


def hashes_of(package: Mapping[str, Any]) -> dict[str, str]:
    """The SHA-256, in hex, of every file that a datapackage.json made by `describe` names, by file name."""
    return {str(each["path"]): str(each["hash"]).removeprefix("sha256:") for each in package["resources"]}
