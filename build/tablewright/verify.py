"""`tablewright verify`: a release, folder or archive, proved from its own files alone.

In this order: the files are those of SHA256SUMS; the schemas are schemas; each table is of its types, in both of its
files; columns, keys, places of words; what may be passed on; decisions; what the descriptors say. Nothing in a release
is trusted: no path, link, pattern or size in it can harm the reader.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tablewright.archive import extract
from tablewright.columnchecks import check_columns, check_references
from tablewright.contract import arrow_schema
from tablewright.descriptorchecks import check_descriptors
from tablewright.errors import ProjectError, TablewrightError
from tablewright.package import DESCRIPTOR, schemas_of
from tablewright.placechecks import check_places
from tablewright.records import Finding
from tablewright.releasefacts import Facts
from tablewright.releaserights import check_rights
from tablewright.reporting.proving import check_report
from tablewright.reportmark import REPORT
from tablewright.reviewchecks import check_review
from tablewright.schema import TableSchema
from tablewright.sourcechecks import check_sources
from tablewright.statachecks import check_stata
from tablewright.sums import check_sums, walk
from tablewright.tablefiles import read_table
from tablewright.wordchecks import check_words

DOCUMENTS = "documents"
_LARGEST_TEXT = 256 << 20
_LARGEST_TABLE = 32 << 30
_WHOLE = "get a whole copy"

Dataset = dict[str, tuple[TableSchema, pa.Table]]


@dataclass(slots=True)
class Verification:
    """What a release says it is, the rows of each table, what was proved of its files, and everything that is wrong.

    `documents` says of each document, with a folder of sources, whether its copy is the "same".
    """

    name: str = ""
    version: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    files: int = 0
    documents: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The verification as JSON values."""
        return {
            "sound": not self.findings,
            "name": self.name,
            "version": self.version,
            "files": self.files,
            "rows": self.counts,
            "documents": self.documents,
            "findings": [each.to_json() for each in self.findings],
        }


def verify(path: Path, source: Path | None = None) -> Verification:
    """Proves the release at `path`, a folder or an archive; with `source`, a folder of the documents, the anchors too.

    Changes nothing. Raises `ProjectError` when there is nothing at `path` and `BuildError` for an archive that is not
    safe to unpack.
    """
    if path.is_dir():
        return _verify(path, source)
    if not path.is_file():
        raise ProjectError(f"there is no {path.name}", remedy="name the folder or the archive of a release")
    with tempfile.TemporaryDirectory(prefix="tablewright-") as place:
        return _verify(extract(path, Path(place)), source)


def _verify(folder: Path, source: Path | None) -> Verification:
    found = Verification()
    paths, links = walk(folder)
    found.files = len(paths)
    sha256, wrong = check_sums(folder, paths)
    found.findings += [*links, *wrong]
    try:
        package = _package(folder, paths)
        schemas = schemas_of(package)
    except (TablewrightError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = error.message if isinstance(error, TablewrightError) else f"cannot be read: {type(error).__name__}"
        found.findings.append(Finding("description", message, DESCRIPTOR, remedy=_WHOLE))
        return found
    found.name, found.version = str(package.get("name", "")), str(package.get("version", ""))
    tables = _read_tables(folder, paths, schemas, found)
    if tables is not None:
        _check_tables(folder, paths, package, tables, found)
        if source is not None:
            found.documents, wrong = check_sources(tables, package, source)
            found.findings += wrong
    sizes = {name: (folder / name).stat().st_size for name in paths}
    coding = {name: _coding(table) for name, (_, table) in (tables or {}).items() if "coding" in table.column_names}
    # The hashes that SHA256SUMS tells were compared with the files above.
    facts = Facts(package, schemas, found.counts if tables is not None else {}, coding, sha256, sizes)
    found.findings += check_descriptors(lambda name: _bytes(folder, paths, name), facts)
    found.findings += check_report(_bytes(folder, paths, REPORT), package, sha256)
    return found


def _bytes(folder: Path, paths: list[str], name: str) -> bytes | None:
    """A small file of the release; None when it is not there (`walk` found no regular file of that name)."""
    path = folder / name
    return path.read_bytes() if name in paths and path.stat().st_size <= _LARGEST_TEXT else None


def _package(folder: Path, paths: list[str]) -> Mapping[str, Any]:
    data = _bytes(folder, paths, DESCRIPTOR)
    if data is None:
        raise ProjectError("is missing: this is no release", file=DESCRIPTOR)
    package = json.loads(data)
    if not isinstance(package, dict):
        raise ProjectError("is no Data Package", file=DESCRIPTOR)
    return package


def _read_tables(
    folder: Path, paths: list[str], schemas: Mapping[str, TableSchema], found: Verification
) -> Dataset | None:
    """The tables, whole; None when one of them cannot be read as its schema says, which the findings then tell."""
    tables: Dataset = {}
    for name, schema in schemas.items():
        # What is missing is told by SHA256SUMS, where it names the file.
        missing = [each for each in (f"{name}.parquet", f"{name}.csv") if each not in paths]
        told = {each.file for each in found.findings if each.code == "missing"}
        found.findings += [
            Finding("missing", "is missing", each, remedy=_WHOLE) for each in missing if each not in told
        ]
        table, wrong = _read(folder, schema) if not missing else (None, [])
        found.findings += wrong
        if table is not None:
            tables[name] = schema, table
            found.counts[name] = table.num_rows
    extra = {path.removesuffix(".parquet") for path in paths if path.endswith(".parquet") and "/" not in path}
    found.findings += [
        Finding("extra", f"is not described in {DESCRIPTOR}", f"{name}.parquet")
        for name in sorted(extra - schemas.keys())
    ]
    return tables if len(tables) == len(schemas) else None


def _read(folder: Path, schema: TableSchema) -> tuple[pa.Table | None, list[Finding]]:
    """A table from its two files, which have to hold the same; None when it cannot be read as its schema says."""
    path = folder / f"{schema.name}.parquet"
    findings = list(_check_types(schema, path))
    if findings:
        return None, findings
    table, findings = read_table(schema, path, "parquet")
    if findings:
        return None, findings
    try:
        # Arrow does not look at the bytes of a string before somebody reads it.
        table.validate(full=True)
    except pa.ArrowInvalid as error:
        return None, [Finding("unreadable", f"holds what is no text: {error}", path.name)]
    csv, findings = read_table(schema, folder / f"{schema.name}.csv", "csv")
    if not findings and not csv.equals(table):
        message = f"does not hold what {path.name} holds: {_first_difference(csv, table)}"
        findings.append(Finding("csv-differs", message, f"{schema.name}.csv", remedy=_WHOLE))
    return table, findings


def _first_difference(csv: pa.Table, table: pa.Table) -> str:
    if csv.num_rows != table.num_rows:
        return f"{csv.num_rows:,} rows, not {table.num_rows:,}"
    for name in table.column_names:
        if not csv.column(name).equals(table.column(name)):
            return f"column {name}"
    return "another order"


def _check_types(schema: TableSchema, path: Path) -> Iterator[Finding]:
    """Whether a Parquet file says the columns and types of its schema, and to pandas too, before its data are read."""
    try:
        with pq.ParquetFile(path) as file:
            metadata, stored = file.metadata, file.schema_arrow
    except (pa.ArrowException, OSError) as error:
        yield Finding("unreadable", f"cannot be read as Parquet: {error}", path.name, remedy=_WHOLE)
        return
    size = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if size > _LARGEST_TABLE:
        yield Finding("unreadable", f"would take {size:,} bytes of memory", path.name)
    wanted = arrow_schema(schema)
    if stored.names != wanted.names:
        message = f"the columns are {', '.join(stored.names)}; the schema says {', '.join(wanted.names)}"
        yield Finding("columns", message, path.name, remedy=_WHOLE)
    elif stored.types != wanted.types:
        wrong = [
            name for name, one, other in zip(wanted.names, stored.types, wanted.types, strict=True) if one != other
        ]
        yield Finding("type", f"columns are of other types than the schema says: {', '.join(wrong)}", path.name)
    elif (stored.metadata or {}).get(b"pandas") != (wanted.metadata or {}).get(b"pandas"):
        yield Finding("pandas", "tells pandas other types than the schema says", path.name, remedy=_WHOLE)


def _check_tables(
    folder: Path, paths: list[str], package: Mapping[str, Any], tables: Dataset, found: Verification
) -> None:
    """Everything that concerns what the tables hold; what one check finds does not keep the others from looking."""
    schemas = {name: schema for name, (schema, _) in tables.items()}
    plain = {name: table for name, (_, table) in tables.items()}
    for name, schema in schemas.items():
        found.findings += check_columns(schema, plain[name])
    found.findings += check_references(schemas, plain)
    found.findings += check_places(tables)
    lengths = _lengths(tables)
    words, quoted = check_words(tables, lengths)
    found.findings += words
    found.findings += check_rights(package, tables, lengths, quoted)
    found.findings += _check_attrs(folder, package, schemas)
    found.findings += check_review(folder, paths, tables)
    found.findings += check_stata(folder, paths, tables)


def _lengths(tables: Dataset) -> dict[str, int]:
    """The length of each document's text; nothing where there is no such table."""
    if DOCUMENTS not in tables or not {"document_id", "characters"} <= set(tables[DOCUMENTS][0].columns):
        return {}
    table = tables[DOCUMENTS][1]
    pairs = zip(table.column("document_id").to_pylist(), table.column("characters").to_pylist(), strict=True)
    return {str(name): int(length or 0) for name, length in pairs}


def _check_attrs(folder: Path, package: Mapping[str, Any], schemas: Mapping[str, TableSchema]) -> Iterator[Finding]:
    """Whether each Parquet file gives `df.attrs` the title, version and licence of the release."""
    licences = package.get("licenses") or [{}]
    licence = licences[0].get("path") or licences[0].get("title") or licences[0].get("name")
    known = {"title": package.get("title"), "version": package.get("version"), "licence": licence}
    for name in schemas:
        told = (pq.read_schema(folder / f"{name}.parquet").metadata or {}).get(b"PANDAS_ATTRS")
        try:
            attrs = json.loads(told) if told is not None else {}
            wrong = [key for key, value in known.items() if value is not None and attrs.get(key) != value]
        except (ValueError, AttributeError, RecursionError):
            wrong = list(known)
        if wrong:
            yield Finding("attrs", f"df.attrs would not be that of the release: {', '.join(wrong)}", f"{name}.parquet")


def _coding(table: pa.Table) -> dict[str, int]:
    found = Counter(table.column("coding").to_pylist())
    return {code: found[code] for code in ("machine", "confirmed", "amended", "added")}
