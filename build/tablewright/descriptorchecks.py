"""Whether what a release says of itself is so: every descriptor against the tables, the files, and datapackage.json.

Each check reads one descriptor as its readers would and compares the facts in it. Nothing is made anew and compared,
so that a release stays provable when the words that describe it change with the tool.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from tablewright.contract import table_schema
from tablewright.metadatachecks import card, citation, crate, croissant, datacite
from tablewright.package import PARQUET_SUFFIX
from tablewright.records import Finding
from tablewright.releasefacts import Check, Facts, Problem, differ, differ_in, short


def check_descriptors(read: Callable[[str], bytes | None], facts: Facts) -> Iterator[Finding]:
    """What is wrong in the descriptors; `read` gives the bytes of a file of the release, None where there is none."""
    for name, check in CHECKS.items():
        data = read(name)
        if data is None:
            yield Finding("descriptor", "is missing", name, remedy="get a whole copy")
            continue
        try:
            problems = list(check(data, facts))
        except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            problems = [f"cannot be read: {type(error).__name__}: {error}"[:200]]
        for problem in problems:
            yield Finding("descriptor", problem, name)


def package(data: bytes, facts: Facts) -> Iterator[Problem]:
    """datapackage.json: each table as CSV and as Parquet, the same schema in both, the hash and size of each file."""
    said = json.loads(data)
    for key in ("name", "title", "version"):
        if not said.get(key) or not isinstance(said[key], str):
            yield f"{key} is missing"
    resources = {str(each["name"]): each for each in said["resources"]}
    wanted = [name for table in facts.schemas for name in (table, table + PARQUET_SUFFIX)]
    yield from differ_in("resources", resources, wanted)
    if len(resources) != len(said["resources"]):
        yield "two resources have one name"
    for table, schema in facts.schemas.items():
        for name, path, suffix in (
            (table, f"{table}.csv", ""),
            (table + PARQUET_SUFFIX, f"{table}.parquet", PARQUET_SUFFIX),
        ):
            if name not in resources:
                continue
            resource = resources[name]
            yield from differ(f"the path of {name}", resource.get("path"), path)
            yield from differ(f"the hash of {path}", resource.get("hash"), f"sha256:{facts.sha256.get(path)}")
            if "bytes" in resource or not suffix:
                yield from differ(f"the size of {path}", resource.get("bytes"), facts.bytes.get(path))
            described = {key: value for key, value in resource["schema"].items() if key != "$schema"}
            if described != table_schema(schema, resource_suffix=suffix):
                yield f"the schema of {name} is not that of the table: {_first_difference(described, table_schema(schema, resource_suffix=suffix))}"
            yield from differ(f"the format of {name}", resource.get("format"), path.rsplit(".", 1)[1])


def _first_difference(one: Any, other: Any, at: str = "") -> str:
    """Where two JSON values differ first, as a path."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *other]:
            if one.get(key) != other.get(key):
                return _first_difference(one.get(key), other.get(key), f"{at}/{key}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            if mine != theirs:
                return _first_difference(mine, theirs, f"{at}/{number}")
    return f"{at} is {short(one)} and {short(other)}"


def codebook(data: bytes, facts: Facts) -> Iterator[Problem]:
    """codebook.csv: every column with its type, and every code, in the order of the schemas."""
    lines = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    told = [(each["table"], each["column"], each["type"], each["required"]) for each in lines if not each["code"]]
    known = [
        (table, field.name, field.type, str(field.required).lower())
        for table, schema in facts.schemas.items()
        for field in schema.fields
    ]
    yield from differ_in("columns", told, known)
    codes = [(each["table"], each["column"], each["code"]) for each in lines if each["code"]]
    wanted = [
        (table, field.name, value)
        for table, schema in facts.schemas.items()
        for field in schema.fields
        for value in field.values
    ]
    yield from differ_in("codes", codes, wanted)


def quality(data: bytes, facts: Facts) -> Iterator[Problem]:
    """quality.json: the version, and how many rows of each table the machine, and people, coded."""
    said = json.loads(data)
    yield from differ("version", said.get("version"), facts.package.get("version"))
    if not facts.rows:
        return
    told = {
        each["table"]: {code: each[code] for code in ("machine", "confirmed", "amended", "added")}
        for each in said["coding"]
    }
    yield from differ("the coding of the rows", told, {name: dict(counts) for name, counts in facts.coding.items()})


def changelog(data: bytes, facts: Facts) -> Iterator[Problem]:
    """CHANGELOG.md: an entry of the version."""
    if str(facts.package.get("version")) not in data.decode():
        yield f"says nothing of version {facts.package.get('version')}"


def changes(data: bytes, facts: Facts) -> Iterator[Problem]:
    """diff.json: to which version it leads, and how many rows each table has after it."""
    said = json.loads(data)
    yield from differ("the version after", said.get("after"), facts.package.get("version"))
    if not facts.rows:
        return
    told = {name: counts["rows_after"] for name, counts in said["rows"].items()}
    # A table that went has no rows after, and is none of the release.
    there = {name: rows for name, rows in told.items() if rows or name in facts.rows}
    yield from differ("the number of rows after", there, dict(facts.rows))


CHECKS: Mapping[str, Check] = {
    "datapackage.json": package,
    "README.md": card,
    "CITATION.cff": citation,
    "croissant.json": croissant,
    "ro-crate-metadata.json": crate,
    "datacite.json": datacite,
    "codebook.csv": codebook,
    "quality.json": quality,
    "CHANGELOG.md": changelog,
    "diff.json": changes,
}
