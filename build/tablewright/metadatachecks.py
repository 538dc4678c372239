"""Whether the metadata for other people's tools are so: Croissant, RO-Crate, DataCite, CITATION.cff, the card's head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tablewright.releasefacts import Facts, Problem, date_differs, differ, differ_in, licence_differs, short


def croissant(data: bytes, facts: Facts) -> Iterator[Problem]:
    """croissant.json: version, licence, the files with their hashes, a record set with the columns of each table."""
    said = json.loads(data)
    yield from differ("version", said.get("version"), facts.package.get("version"))
    yield from differ("name", said.get("name"), facts.package.get("title"))
    yield from differ("the creators", [each["name"] for each in _list(said.get("creator"))], facts.creators)
    yield from licence_differs(said.get("license"), facts)
    files = {each["contentUrl"]: each for each in said["distribution"]}
    wanted = {f"{table}.{form}" for table in facts.schemas for form in ("csv", "parquet")}
    yield from differ_in("files", files, wanted)
    for path, each in files.items():
        yield from differ(f"the hash of {path}", each.get("sha256"), facts.sha256.get(path))
        size = str(each.get("contentSize", "")).removesuffix(" B")
        yield from differ(f"the size of {path}", size, str(facts.bytes.get(path)))
    sets = {each["name"]: each for each in said["recordSet"]}
    for table, schema in facts.schemas.items():
        if table not in sets:
            yield f"there is no record set of {table}"
            continue
        fields = {each["name"]: each for each in sets[table]["field"]}
        yield from differ(f"the columns of {table}", list(fields), list(schema.columns))
        for column in schema.fields:
            if column.name in fields:
                kinds = _list(fields[column.name].get("dataType"))
                if not set(kinds) & _CROISSANT_TYPES[column.type]:
                    yield f"the type of {table}.{column.name} is {short(kinds)}; by the release it is {column.type}"
                source = fields[column.name].get("source", {})
                yield from differ(f"the file of {table}.{column.name}", source["fileObject"]["@id"], f"{table}.parquet")
                yield from differ(f"the source of {table}.{column.name}", source["extract"]["column"], column.name)


_CROISSANT_TYPES = {
    "string": {"sc:Text", "sc:URL"},
    "integer": {"sc:Integer", "cr:Int64"},
    "number": {"sc:Float", "sc:Number", "cr:Float64"},
    "boolean": {"sc:Boolean"},
    "date": {"sc:Date"},
}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def citation(data: bytes, facts: Facts) -> Iterator[Problem]:
    """CITATION.cff: title, version, licence, the number of authors."""
    said = yaml.safe_load(data)
    yield from differ("title", said.get("title"), facts.package.get("title"))
    yield from differ("version", str(said.get("version")), facts.package.get("version"))
    yield from date_differs(said.get("date-released"), facts)
    yield from differ("the number of authors", len(said.get("authors", ())), max(1, len(facts.creators)))
    yield from licence_differs(said.get("license") or said.get("license-url"), facts)


def crate(data: bytes, facts: Facts) -> Iterator[Problem]:
    """ro-crate-metadata.json: version, date, and every file of the release with its hash and size."""
    graph = {each["@id"]: each for each in json.loads(data)["@graph"]}
    root = graph["./"]
    yield from differ("version", root.get("version"), facts.package.get("version"))
    yield from differ("name", root.get("name"), facts.package.get("title"))
    yield from date_differs(root.get("datePublished"), facts)
    yield from licence_differs(
        root["license"]["@id"] if isinstance(root.get("license"), dict) else root.get("license"), facts
    )
    files = {name: each for name, each in graph.items() if "File" in _list(each["@type"])}
    wanted = set(facts.sha256) - {"ro-crate-metadata.json", "SHA256SUMS"}
    yield from differ_in("files", files, wanted)
    for name in sorted(set(files) & wanted):
        yield from differ(f"the hash of {name}", files[name].get("sha256"), facts.sha256[name])
        yield from differ(f"the size of {name}", str(files[name].get("contentSize")), str(facts.bytes[name]))


def datacite(data: bytes, facts: Facts) -> Iterator[Problem]:
    """datacite.json: title, version, date, creators, the rows of each table."""
    said = json.loads(data)
    yield from differ("version", said.get("version"), facts.package.get("version"))
    yield from differ("title", said["titles"][0]["title"], facts.package.get("title"))
    yield from differ("the number of creators", len(said["creators"]), max(1, len(facts.creators)))
    issued = [each["date"] for each in said.get("dates", ()) if each.get("dateType") == "Issued"]
    for date in issued:
        yield from date_differs(date, facts)
        yield from differ("the year of publication", str(said.get("publicationYear")), date[:4])
    for right in said.get("rightsList", ())[:1]:
        yield from licence_differs(right.get("rightsIdentifier") or right.get("rights"), facts)
    told = {
        match[2]: int(match[1].replace(",", "")) for each in said.get("sizes", ()) if (match := _SIZE.fullmatch(each))
    }
    if facts.rows:
        yield from differ("the number of rows", told, dict(facts.rows))


_SIZE = re.compile(r"([0-9,]+) rows? in ([a-z0-9_]+)")


def card(data: bytes, facts: Facts) -> Iterator[Problem]:
    """README.md: the head that lists the Parquet file of each table, the version, the rows of each table."""
    text = data.decode()
    if not text.startswith("---\n") or "\n---\n" not in text:
        yield "has no head in YAML"
        return
    head, body = text[4:].split("\n---\n", 1)
    said = yaml.safe_load(head)
    configs = {each["config_name"]: each["data_files"] for each in said["configs"]}
    wanted = {table: f"{table}.parquet" for table in facts.schemas}
    yield from differ_in("tables", configs.items(), wanted.items())
    yield from differ("the title", said.get("pretty_name"), facts.package.get("title"))
    if f"Version {facts.package.get('version')}," not in body:
        yield f"does not say that it is version {facts.package.get('version')}"
    for table, rows in facts.rows.items():
        if not re.search(rf"^\| *{table} *\| *{rows:,} *\|", body, re.MULTILINE):
            yield f"does not say that {table} has {rows:,} rows"
    licence = said.get("license")
    if licence != "other":
        yield from licence_differs(licence, facts)
