"""What the model is filled with: dataset.yaml, the tables as Arrow, the files of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute

from tablewright.describe.model import (
    About,
    CodingCount,
    ColumnFacts,
    Creator,
    File,
    Redistribute,
    SourceDocument,
    TableFacts,
)
from tablewright.files import sha256_file
from tablewright.schema import Field, TableSchema

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

_ORCID = "https://orcid.org/"


def about_of(said: Mapping[str, Any]) -> About:
    """What dataset.yaml (`config.Dataset.about`) says, in the model's terms."""
    return About(
        name=said["name"],
        title=said["title"],
        description=said.get("description", ""),
        licence=said.get("licence", ""),
        creators=tuple(_creator(each) for each in said.get("creators", ())),
        keywords=tuple(said.get("keywords", ())),
        homepage=said.get("homepage"),
        publisher=said.get("publisher"),
    )


def _creator(said: Mapping[str, str]) -> Creator:
    orcid = said.get("orcid")
    return Creator(
        name=said["title"],
        given_name=said.get("given_name"),
        family_name=said.get("family_name"),
        email=said.get("email"),
        url=said.get("path"),
        orcid=orcid.removeprefix(_ORCID) if orcid else None,
        affiliation=said.get("organization"),
    )


def document_facts(
    documents: pa.Table,
    redistribute: Mapping[str, Redistribute] | None = None,
    quoted: Mapping[str, int] | None = None,
) -> tuple[SourceDocument, ...]:
    """The rows of the documents table; `redistribute` ("none" where it says nothing) and `quoted` are by document_id."""
    names = set(SourceDocument.__slots__) & set(documents.column_names)
    return tuple(
        SourceDocument(
            **{name: row[name] for name in names},
            redistribute=(redistribute or {}).get(row["document_id"], "none"),
            quoted_characters=(quoted or {}).get(row["document_id"]),
        )
        for row in documents.to_pylist()
    )


def table_facts(schema: TableSchema, table: pa.Table) -> TableFacts:
    """What the columns of `table`, which is in the types of `schema`, hold."""
    return TableFacts(schema, table.num_rows, tuple(_column(each, table.column(each.name)) for each in schema.fields))


def _column(field: Field, values: pa.ChunkedArray[Any]) -> ColumnFacts:
    lowest = highest = None
    if field.type in ("integer", "number", "date") and values.null_count < len(values):
        ends = _compute.min_max(values).as_py()
        lowest, highest = ends["min"], ends["max"]
    return ColumnFacts(
        name=field.name,
        missing=values.null_count,
        distinct=len(_compute.unique(values.drop_null())),
        lowest=lowest,
        highest=highest,
        counts=_counts(field, values),
    )


def _counts(field: Field, values: pa.ChunkedArray[Any]) -> dict[str, int]:
    """How often each code stands, those that never do included; of booleans true and false."""
    codes: tuple[str, ...] = ("true", "false") if field.type == "boolean" else field.values
    if not codes:
        return {}
    counted = _compute.value_counts(values.cast(pa.string())).to_pylist()
    found = {each["values"]: each["counts"] for each in counted}
    return {code: found.get(code, 0) for code in codes}


def coding_counts(tables: Mapping[str, TableFacts], rejected: Mapping[str, int]) -> tuple[CodingCount, ...]:
    """How the rows of each table with a column `coding` came to be; `rejected` counts rows that people took out."""
    counted: list[CodingCount] = []
    for name, table in tables.items():
        for column in table.columns:
            if column.name == "coding":
                known = {code: count for code, count in column.counts.items() if code in CodingCount.__slots__}
                counted.append(CodingCount(name, **known, rejected=rejected.get(name, 0)))
    return tuple(counted)


def files_in(folder: Path) -> tuple[File, ...]:
    """Every file in `folder` and below, by path, with its hash and size."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(File(path.relative_to(folder).as_posix(), sha256_file(path), path.stat().st_size) for path in paths)
