"""The files of a release in the tools that its card names: Data Package, Hugging Face, DuckDB, Polars, pandas, Stata.

Known of the tools: frictionless 5.21 checks no hash of a Parquet file, no `categories` and no `uniqueKeys`, so the
hashes are checked here; `load_dataset` fails where one card lists CSV and Parquet, and gives coded columns as strings.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyreadstat
import pytest

from releasecases import ABOUT, DATE, make_release, tables
from tablewright.arrowtable import to_arrow
from tablewright.describe import describe_release
from tablewright.describe.facts import about_of
from tablewright.describe.loadlines import load_lines
from tablewright.describe.model import Release
from tablewright.describe.stata import stata_file, stata_files, stata_names
from tablewright.files import sha256_file
from tablewright.schema import Field

# Read by the library when it is imported: no network.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
import frictionless

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("release")


@pytest.fixture(scope="module", autouse=True)
def release(folder: Path) -> Release:
    release = make_release(folder)
    for name, data in describe_release(release).items():
        (folder / name).write_bytes(data)
    return release


def test_frictionless_finds_the_package_valid(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "note"])


def test_the_hashes_that_frictionless_does_not_check_hold(folder: Path) -> None:
    for each in json.loads((folder / "datapackage.json").read_text())["resources"]:
        assert each["hash"] == f"sha256:{sha256_file(folder / each['path'])}"


@pytest.mark.parametrize("name", list(tables()))
def test_hugging_face_loads_every_table(name: str, folder: Path, tmp_path: Path) -> None:
    loaded = datasets.load_dataset(str(folder), name, cache_dir=str(tmp_path))["train"]
    assert loaded.to_list() == tables()[name][1].to_pylist()


def test_hugging_face_loads_the_first_table_without_a_name(folder: Path, tmp_path: Path) -> None:
    assert "event_id" in datasets.load_dataset(str(folder), cache_dir=str(tmp_path))["train"].column_names


@pytest.mark.parametrize("name", list(tables()))
def test_duckdb_reads_the_same_from_both_files(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, release: Release
) -> None:
    monkeypatch.chdir(folder)
    line = next(line for reader, _, line in load_lines(release, name) if reader == "DuckDB")
    with duckdb.connect() as connection:
        found = connection.execute(line)
        columns = [each[0] for each in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        text = connection.execute(
            f"SELECT count(*) FROM (FROM read_csv('{name}.csv', all_varchar=true, header=true))"  # noqa: S608
        ).fetchone()
    expected = tables()[name][1].to_pylist()
    assert rows == expected
    assert text == (len(expected),)


@pytest.mark.parametrize("name", list(tables()))
def test_polars_reads_dates_and_codes(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, release: Release
) -> None:
    monkeypatch.chdir(folder)
    line = next(line for reader, _, line in load_lines(release, name) if reader == "Polars")
    known: dict[str, Any] = {}
    exec(line, known)  # noqa: S102 (the line that readers are told to run)
    frame: pl.DataFrame = known[name]
    assert frame.to_dicts() == tables()[name][1].to_pylist()
    for field in tables()[name][0].fields:
        if field.type == "date":
            assert frame.schema[field.name] == pl.Date


@pytest.mark.parametrize("name", list(tables()))
def test_stata_files_hold_the_values_and_labels(name: str, tmp_path: Path) -> None:
    schema, table = tables()[name]
    path = tmp_path / f"{name}.dta"
    path.write_bytes(stata_file(about_of(ABOUT), "1.2.0", DATE, schema, table))
    frame, known = pyreadstat.read_dta(str(path), apply_value_formats=True)
    names = stata_names(schema)
    assert known.column_names_to_labels == {names[field.name]: field.title for field in schema.fields}
    assert {column: list(labels.values()) for column, labels in known.variable_value_labels.items()} == {
        names[field.name]: list(field.values) for field in schema.fields if field.categories
    } | {names[field.name]: ["no", "yes"] for field in schema.fields if field.type == "boolean"}
    for field in schema.fields:
        expected = [_stata(field, value) for value in table.column(field.name).to_pylist()]
        assert [None if pd.isna(each) else each for each in frame[names[field.name]]] == expected, field.name


def _stata(field: Field, value: Any) -> Any:
    """What Stata has for a value: booleans with labels, and no missing texts but coded ones."""
    if value is None:
        return "" if field.type == "string" and not field.categories else None
    if field.type == "boolean":
        return "yes" if value else "no"
    return value


def test_stata_has_no_missing_text(tmp_path: Path) -> None:
    schema, table = tables()["events"]
    path = tmp_path / "events.dta"
    path.write_bytes(stata_file(about_of(ABOUT), "1.2.0", DATE, schema, table))
    frame = pd.read_stata(path)
    assert frame["place"].tolist() == ["Tokyo", ""]
    assert frame["date_start"].iloc[0] == dt.datetime(2023, 2, 1)  # noqa: DTZ001


def test_stata_files_are_the_same_each_time() -> None:
    made = stata_files(about_of(ABOUT), "1.2.0", DATE, tables())
    assert made == stata_files(about_of(ABOUT), "1.2.0", DATE, tables())
    assert sorted(made) == sorted(f"stata/{name}.dta" for name in tables())


def test_long_texts_and_empty_tables_fit_into_stata(tmp_path: Path) -> None:
    schema, table = tables()["sentences"]
    row = table.to_pylist()[0] | {"text": "大" * 3000}
    path = tmp_path / "sentences.dta"
    path.write_bytes(stata_file(about_of(ABOUT), "1.2.0", DATE, schema, to_arrow(schema, [row])[0]))
    assert pyreadstat.read_dta(str(path))[0]["text"].tolist() == ["大" * 3000]
    path.write_bytes(stata_file(about_of(ABOUT), "1.2.0", DATE, schema, table.slice(0, 0)))
    assert pyreadstat.read_dta(str(path))[0].shape == (0, len(schema.fields))
