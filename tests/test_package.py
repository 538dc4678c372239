from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tablecases import everything, thing
from tablewright.arrowtable import to_arrow
from tablewright.errors import ProjectError
from tablewright.files import sha256_file
from tablewright.package import DESCRIPTOR, FileFacts, describe, document_sources, hashes_of, schemas_of
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import write_table

ABOUT = {
    "name": "things",
    "title": "Things",
    "version": "1.0.0",
    "licence": "CC-BY-4.0",
    "creators": [{"title": "Ana Roth", "orcid": "0000-0001-2345-6789"}],
    "keywords": ["things"],
}
SCHEMAS = {"things": everything()}


def package(about: dict[str, Any] = ABOUT) -> dict[str, Any]:
    files = {"things.csv": FileFacts("a" * 64, 10), "things.parquet": FileFacts("b" * 64, 20)}
    loaded: dict[str, Any] = json.loads(describe(about, SCHEMAS, files, [{"title": "An article"}]))
    return loaded


def test_a_package_says_what_the_dataset_is() -> None:
    described = package()
    assert described["licenses"] == [{"name": "CC-BY-4.0"}]
    assert described["contributors"] == [
        {"title": "Ana Roth", "path": "https://orcid.org/0000-0001-2345-6789", "roles": ["creator"]}
    ]
    assert described["sources"] == [{"title": "An article"}]
    assert described["version"] == "1.0.0"


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("https://example.org/terms", {"path": "https://example.org/terms"}),
        ("all rights reserved", {"name": "other", "title": "all rights reserved"}),
    ],
)
def test_a_licence_is_a_name_an_address_or_words(licence: str, said: dict[str, str]) -> None:
    assert package(ABOUT | {"licence": licence})["licenses"] == [said]


def test_each_table_is_there_as_csv_and_as_parquet() -> None:
    csv, parquet = package()["resources"]
    assert (csv["name"], csv["path"], csv["hash"], csv["bytes"]) == ("things", "things.csv", f"sha256:{'a' * 64}", 10)
    assert (parquet["name"], parquet["path"]) == ("things_parquet", "things.parquet")
    assert "bytes" not in parquet


def test_foreign_keys_stay_within_a_format() -> None:
    schemas = load_schemas(builtin_schemas_folder())
    files = {f"{name}.{form}": FileFacts("a" * 64, 1) for name in schemas for form in ("csv", "parquet")}
    resources = {each["name"]: each for each in json.loads(describe(ABOUT, schemas, files))["resources"]}
    referred = {
        name: [key["reference"]["resource"] for key in resources[name]["schema"].get("foreignKeys", ())]
        for name in ("actors", "participants", "participants_parquet")
    }
    assert referred == {
        "actors": [""],
        "participants": ["events", "actors"],
        "participants_parquet": ["events_parquet", "actors_parquet"],
    }


def test_the_schemas_come_back_from_the_descriptor() -> None:
    schemas = load_schemas(builtin_schemas_folder())
    files = {f"{name}.{form}": FileFacts("a" * 64, 1) for name in schemas for form in ("csv", "parquet")}
    back = schemas_of(json.loads(describe(ABOUT, schemas, files)))
    assert list(back) == list(schemas)
    for name, schema in schemas.items():
        assert (back[name].fields, back[name].primary_key) == (schema.fields, schema.primary_key)
        assert (back[name].foreign_keys, back[name].anchors) == (schema.foreign_keys, schema.anchors)


def test_a_package_without_tables_is_an_error() -> None:
    with pytest.raises(ProjectError, match="no tables"):
        schemas_of({"name": "x", "resources": []})


def test_hashes_by_file() -> None:
    assert hashes_of(package()) == {"things.csv": "a" * 64, "things.parquet": "b" * 64}


def test_sources_are_the_documents_each_once() -> None:
    files = ["a.md", "b.md", "c.md", "many.csv", "many.csv"]
    urls = ["https://a.example", None, "https://a.example", None, "https://b.example"]
    documents = pa.table({"title": ["A", "B", "A", "C", "D"], "url": urls, "source_file": files})
    expected = [{"title": "A", "path": "https://a.example"}, {"title": "B"}, {"title": "many.csv"}]
    assert document_sources(documents) == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_frictionless_finds_the_package_valid(tmp_path: Path) -> None:
    """An outside referee on files of the real contract: one row with a value in every column, one with nulls."""
    frictionless = pytest.importorskip("frictionless")
    table = to_arrow(everything(), [thing("a", words='=NA "x"\n', more=1, amount_max=2e15, tint="a,b"), thing("b")])[0]
    files = {path.name: facts(path) for path in write_table(everything(), table, tmp_path)}
    (tmp_path / DESCRIPTOR).write_bytes(describe(ABOUT, SCHEMAS, files))
    report = frictionless.validate(str(tmp_path / DESCRIPTOR))
    assert report.valid, report.flatten(["title", "note"])


def facts(path: Path) -> FileFacts:
    return FileFacts(sha256_file(path), path.stat().st_size)
