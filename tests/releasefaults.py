"""Faults to plant in a release, each small and each of another kind, and the means to hide them from plain hashing.

A fault that is `sealed` is covered up: every hash and size that the release gives of a file is made anew, so that only
a check of what the files say can find it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from tablewright.files import sha256_file
from tablewright.reportmark import built_from
from tablewright.sums import SUMS, sums
from tablewright.writer import write_csv

Plant = Callable[[Path], None]


@dataclass(frozen=True)
class Fault:
    """A fault by name, and whether its traces in the hashes are covered up."""

    name: str
    plant: Plant
    sealed: bool


FAULTS: list[Fault] = []


def fault(name: str, *, sealed: bool = True) -> Callable[[Plant], Plant]:
    """Lists a function that plants a fault."""

    def keep(plant: Plant) -> Plant:
        FAULTS.append(Fault(name, plant, sealed))
        return plant

    return keep


def plant(which: Fault, folder: Path) -> None:
    """Plants a fault in the release in `folder`."""
    which.plant(folder)
    if which.sealed:
        seal(folder)


def seal(folder: Path) -> None:
    """Makes every hash and size anew; what a fault wrote into a descriptor as a lie about a file stays a lie."""
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        path = folder / resource["path"]
        if path.exists() and not resource.pop("lie", False):
            resource["hash"] = f"sha256:{sha256_file(path)}"
            if "bytes" in resource:
                resource["bytes"] = path.stat().st_size
    write_json(folder / "datapackage.json", package)
    _seal_report(folder)
    croissant = json.loads((folder / "croissant.json").read_text())
    for each in croissant["distribution"]:
        path = folder / each["contentUrl"]
        if path.exists() and not each.pop("lie", False):
            each |= {"sha256": sha256_file(path), "contentSize": f"{path.stat().st_size} B"}
    write_json(folder / "croissant.json", croissant)
    crate = json.loads((folder / "ro-crate-metadata.json").read_text())
    for each in crate["@graph"]:
        path = folder / each["@id"]
        if "sha256" in each and path.is_file() and not each.pop("lie", False):
            each |= {"sha256": sha256_file(path), "contentSize": str(path.stat().st_size)}
    write_json(folder / "ro-crate-metadata.json", crate)
    (folder / SUMS).write_bytes(sums(folder))


def _seal_report(folder: Path) -> None:
    """Lets the report say that it was made from the datapackage.json beside it."""
    path = folder / "report.html"
    if path.exists():
        page = path.read_bytes()
        path.write_bytes(
            page.replace(str(built_from(page)).encode(), sha256_file(folder / "datapackage.json").encode())
        )


def write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def edit_json(path: Path, change: Callable[[Any], object]) -> None:
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    write_json(path, value)


def edit_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))


def rows_of(folder: Path, table: str) -> tuple[pa.Schema, list[dict[str, Any]]]:
    read = pq.read_table(folder / f"{table}.parquet")
    return read.schema, read.to_pylist()


def put_rows(folder: Path, table: str, schema: pa.Schema, rows: list[dict[str, Any]]) -> None:
    """Writes both files of a table, as they stand, whatever the contract says."""
    plain = pa.schema([pa.field(each.name, each.type) for each in schema], metadata=_metadata(schema))
    made = pa.Table.from_pylist(rows, schema=plain)
    pq.write_table(made, folder / f"{table}.parquet")
    with (folder / f"{table}.csv").open("wb") as file:
        write_csv(made, file)


def _metadata(schema: pa.Schema) -> dict[bytes | str, bytes | str]:
    return cast("dict[bytes | str, bytes | str]", schema.metadata)


def edit_rows(folder: Path, table: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
    schema, rows = rows_of(folder, table)
    change(rows)
    put_rows(folder, table, schema, rows)


def resource(package: Mapping[str, Any], name: str) -> Any:
    return next(each for each in package["resources"] if each["name"] == name)


def column(package: Mapping[str, Any], name: str, field: str) -> Any:
    return next(each for each in resource(package, name)["schema"]["fields"] if each["name"] == field)


# ---- files


@fault("a byte flipped in a Parquet file", sealed=False)
def _(folder: Path) -> None:
    flip(folder / "events.parquet", 300)


@fault("a byte flipped in a CSV file", sealed=False)
def _(folder: Path) -> None:
    flip(folder / "events.csv", 400)


@fault("a byte flipped in the codebook", sealed=False)
def _(folder: Path) -> None:
    flip(folder / "codebook.html", 4000)


@fault("a Parquet file cut short", sealed=False)
def _(folder: Path) -> None:
    path = folder / "events.parquet"
    path.write_bytes(path.read_bytes()[:-200])


@fault("a file missing", sealed=False)
def _(folder: Path) -> None:
    (folder / "mentions.csv").unlink()


@fault("a file added", sealed=False)
def _(folder: Path) -> None:
    (folder / "notes.txt").write_text("not of this release\n")


@fault("SHA256SUMS missing", sealed=False)
def _(folder: Path) -> None:
    (folder / SUMS).unlink()


@fault("a path out of the release in SHA256SUMS", sealed=False)
def _(folder: Path) -> None:
    with (folder / SUMS).open("a") as file:
        file.write(f"{'0' * 64}  ../../etc/hosts\n")


@fault("a link in place of a file", sealed=False)
def _(folder: Path) -> None:
    data = (folder / "events.csv").read_bytes()
    (folder.parent / "elsewhere.csv").write_bytes(data)
    (folder / "events.csv").unlink()
    (folder / "events.csv").symlink_to(folder.parent / "elsewhere.csv")


@fault("a Parquet file that no descriptor names")
def _(folder: Path) -> None:
    (folder / "more.parquet").write_bytes((folder / "actors.parquet").read_bytes())


# ---- tables


@fault("two columns swapped")
def _(folder: Path) -> None:
    schema, rows = rows_of(folder, "mentions")
    order = [*schema.names]
    at = order.index("start")
    order[at], order[at + 1] = order[at + 1], order[at]
    put_rows(folder, "mentions", pa.schema([schema.field(name) for name in order], metadata=_metadata(schema)), rows)


@fault("the values of two columns swapped")
def _(folder: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["start"], row["end"] = row["end"], row["start"]

    edit_rows(folder, "mentions", change)


@fault("a cell of the CSV changed")
def _(folder: Path) -> None:
    edit_text(folder / "aid_figures.csv", "20000000", "200000000")


@fault("a row of the CSV left out")
def _(folder: Path) -> None:
    path = folder / "mentions.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


@fault("a key twice")
def _(folder: Path) -> None:
    edit_rows(folder, "mentions", lambda rows: rows[1].update(mention_id=rows[0]["mention_id"]))


@fault("a key of several columns twice")
def _(folder: Path) -> None:
    edit_rows(folder, "participants", lambda rows: rows.append(dict(rows[0])))


@fault("a foreign key to nothing")
def _(folder: Path) -> None:
    edit_rows(folder, "mentions", lambda rows: rows[0].update(actor_id="nobody"))


@fault("a foreign key to nothing within a table")
def _(folder: Path) -> None:
    edit_rows(folder, "actors", lambda rows: rows[0].update(affiliation_id="nobody"))


@fault("a value missing that is required")
def _(folder: Path) -> None:
    edit_rows(folder, "events", lambda rows: rows[0].update(quad_class=None))


@fault("a code that there is not")
def _(folder: Path) -> None:
    schema, rows = rows_of(folder, "events")
    rows[0]["event_type"] = "INVADE"
    fields = [pa.field(each.name, pa.string() if each.name == "event_type" else each.type) for each in schema]
    put_rows(folder, "events", pa.schema(fields, metadata=_metadata(schema)), rows)


@fault("a value against its pattern")
def _(folder: Path) -> None:
    edit_rows(folder, "actors", lambda rows: rows[0].update(country_code="Norway"))


@fault("a number below its minimum")
def _(folder: Path) -> None:
    edit_rows(folder, "aid_figures", lambda rows: rows[0].update(amount=-5.0))


@fault("a column of another type in Parquet")
def _(folder: Path) -> None:
    schema, rows = rows_of(folder, "mentions")
    table = pa.Table.from_pylist(rows, schema=schema)
    at = schema.get_field_index("start")
    pq.write_table(table.set_column(at, "start", table.column("start").cast(pa.float64())), folder / "mentions.parquet")


@fault("other types told to pandas")
def _(folder: Path) -> None:
    table = pq.read_table(folder / "mentions.parquet")
    told = table.schema.metadata[b"pandas"].replace(b'"Int64"', b'"float64"')
    pq.write_table(
        table.replace_schema_metadata({**table.schema.metadata, b"pandas": told}), folder / "mentions.parquet"
    )


@fault("another version in df.attrs")
def _(folder: Path) -> None:
    table = pq.read_table(folder / "events.parquet")
    told = table.schema.metadata[b"PANDAS_ATTRS"].replace(b'"1.0.0"', b'"1.0.1"')
    metadata = {**table.schema.metadata, b"PANDAS_ATTRS": told}
    pq.write_table(table.replace_schema_metadata(metadata), folder / "events.parquet")


# ---- words


@fault("an anchor shifted by one")
def _(folder: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        row = next(each for each in rows if each["document_id"] == "oslo")
        row.update(start=row["start"] + 1, end=row["end"] + 1)

    edit_rows(folder, "mentions", change)


@fault("an anchor beyond the text")
def _(folder: Path) -> None:
    edit_rows(folder, "mentions", lambda rows: rows[0].update(start=10**6, end=10**6 + 5))


@fault("a row moved out of its sentence, of a text of which nothing may be told")
def _(folder: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        row = next(each for each in rows if each["document_id"] == "lima")
        row.update(start=row["start"] + 150, end=row["end"] + 150)

    edit_rows(folder, "mentions", change)


@fault("words changed, their hash kept")
def _(folder: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        row = next(each for each in rows if each["trigger"])
        row["trigger"] = row["trigger"][::-1]

    edit_rows(folder, "events", change)


@fault("words and their hash changed together")
def _(folder: Path) -> None:
    from tablewright.files import sha256

    def change(rows: list[dict[str, Any]]) -> None:
        row = next(each for each in rows if each["document_id"] == "oslo")
        row["trigger"] = "X" * len(row["trigger"])
        row["trigger_sha256"] = sha256(row["trigger"].encode())

    edit_rows(folder, "events", change)


@fault("the text of a document that may only be quoted")
def _(folder: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            if row["document_id"] == "geneva":
                row["text"] = "x" * (row["end"] - row["start"])

    edit_rows(folder, "sentences", change)


@fault("a word of a document of which nothing may be told")
def _(folder: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        row = next(each for each in rows if each["document_id"] == "lima")
        row["text"] = "Peru"
        row["end"] = row["start"] + 9

    edit_rows(folder, "mentions", change)


# ---- descriptors


@fault("another version in datapackage.json")
def _(folder: Path) -> None:
    edit_json(folder / "datapackage.json", lambda said: said.update(version="2.0.0"))


@fault("another hash in datapackage.json")
def _(folder: Path) -> None:
    edit_json(
        folder / "datapackage.json", lambda said: resource(said, "events").update(hash=f"sha256:{'0' * 64}", lie=True)
    )


@fault("another hash of a Parquet file in datapackage.json")
def _(folder: Path) -> None:
    edit_json(
        folder / "datapackage.json",
        lambda said: resource(said, "events_parquet").update(hash=f"sha256:{'0' * 64}", lie=True),
    )


@fault("a looser schema for the Parquet than for the CSV")
def _(folder: Path) -> None:
    edit_json(
        folder / "datapackage.json", lambda said: column(said, "events_parquet", "trigger_start")["constraints"].clear()
    )


@fault("codes left out of the schema of the CSV")
def _(folder: Path) -> None:
    def change(said: Any) -> None:
        field = column(said, "events", "status")
        field["categories"].pop()
        field["constraints"]["enum"].pop()

    edit_json(folder / "datapackage.json", change)


@fault("more of a document said to be quoted than is")
def _(folder: Path) -> None:
    edit_json(folder / "datapackage.json", lambda said: said["rights"]["documents"][0].update(quotedCharacters=1))


@fault("another type in croissant.json")
def _(folder: Path) -> None:
    def change(said: Any) -> None:
        records = next(each for each in said["recordSet"] if each["name"] == "mentions")
        next(each for each in records["field"] if each["name"] == "start")["dataType"] = "sc:Boolean"

    edit_json(folder / "croissant.json", change)


@fault("a column left out of croissant.json")
def _(folder: Path) -> None:
    edit_json(
        folder / "croissant.json",
        lambda said: next(each for each in said["recordSet"] if each["name"] == "mentions")["field"].pop(),
    )


@fault("another hash in croissant.json")
def _(folder: Path) -> None:
    edit_json(folder / "croissant.json", lambda said: said["distribution"][0].update(sha256="0" * 64, lie=True))


@fault("another licence in croissant.json")
def _(folder: Path) -> None:
    edit_text(folder / "croissant.json", "licenses/by/4.0", "licenses/by-nc/4.0")


@fault("another version in CITATION.cff")
def _(folder: Path) -> None:
    edit_text(folder / "CITATION.cff", "version: 1.0.0", "version: 1.0.1")


@fault("another day in CITATION.cff")
def _(folder: Path) -> None:
    edit_text(folder / "CITATION.cff", "2024-05-01", "2024-06-01")


@fault("a file left out of the RO-Crate")
def _(folder: Path) -> None:
    def change(said: Any) -> None:
        said["@graph"] = [each for each in said["@graph"] if each["@id"] != "events.csv"]

    edit_json(folder / "ro-crate-metadata.json", change)


@fault("other counts of rows in datacite.json")
def _(folder: Path) -> None:
    def change(said: Any) -> None:
        said["sizes"][0] = re.sub(r"\d+", "99", said["sizes"][0], count=1)

    edit_json(folder / "datacite.json", change)


@fault("another year in datacite.json")
def _(folder: Path) -> None:
    edit_json(folder / "datacite.json", lambda said: said.update(publicationYear="2019"))


@fault("a table left out of the card's head")
def _(folder: Path) -> None:
    edit_text(folder / "README.md", "data_files: mentions.parquet", "data_files: events.parquet")


@fault("other counts of rows in the card")
def _(folder: Path) -> None:
    text = (folder / "README.md").read_text()
    (folder / "README.md").write_text(re.sub(r"(\| *events *\| *)\d+", r"\g<1>9999", text, count=1))


@fault("a code left out of the codebook")
def _(folder: Path) -> None:
    path = folder / "codebook.csv"
    lines = list(csv.reader(io.StringIO(path.read_text(), newline="")))
    kept = [line for line in lines if line[:2] != ["events", "status"] or line[3] != "planned"]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(kept)
    path.write_text(out.getvalue())


@fault("more rows said to be reviewed than are")
def _(folder: Path) -> None:
    def change(said: Any) -> None:
        said["coding"][0]["confirmed"] += said["coding"][0]["machine"]
        said["coding"][0]["machine"] = 0

    edit_json(folder / "quality.json", change)


@fault("a decision taken out")
def _(folder: Path) -> None:
    path = folder / "review" / "quotations.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))


@fault("a Stata file with a row less")
def _(folder: Path) -> None:
    import pandas as pd

    path = folder / "stata" / "mentions.dta"
    pd.read_stata(path, convert_categoricals=False).iloc[:-1].to_stata(path, write_index=False, version=118)


@fault("another version in diff.json")
def _(folder: Path) -> None:
    edit_json(folder / "diff.json", lambda said: said.update(after="0.9.0"))


@fault("a changelog that does not know the version")
def _(folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text("# Changelog\n")
