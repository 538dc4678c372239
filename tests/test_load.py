from __future__ import annotations

import copy
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import tablewright as tw
from tablecases import everything, rows, thing
from tablewright.arrowtable import to_arrow
from tablewright.errors import BuildError, ProjectError
from tablewright.files import sha256_file
from tablewright.frames import pandas_dtypes
from tablewright.package import DESCRIPTOR, FileFacts, describe
from tablewright.schema import TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import write_table

Rows = list[dict[str, object]]


def publish(folder: Path, schemas: dict[str, TableSchema], rows: dict[str, Rows]) -> Path:
    """Writes a dataset as a build does; rows need only the columns that matter."""
    files: dict[str, FileFacts] = {}
    for name, schema in schemas.items():
        table, findings = to_arrow(schema, rows.get(name, []))
        assert not findings
        for path in write_table(schema, table, folder):
            files[path.name] = FileFacts(sha256_file(path), path.stat().st_size)
    (folder / DESCRIPTOR).write_bytes(describe({"name": "x", "title": "X"}, schemas, files))
    return folder


def example(table: str, **values: object) -> dict[str, object]:
    """A row of a built-in table: its examples, and nulls where they may be."""
    schema = load_schemas(builtin_schemas_folder())[table]
    return {field.name: field.example if field.required else None for field in schema.fields} | values


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Two events, one of two participants and one of none; a sentence; quotations and aid with and without actors."""
    actors = [("oslo", "Norway"), ("bern", "Switzerland")]
    tables: dict[str, Rows] = {
        "documents": [example("documents", document_id="d")],
        "sentences": [example("sentences", sentence_id="s", document_id="d", text="Oslo met Bern.", section="Talks")],
        "actors": [example("actors", actor_id=key, name=name, kind="country") for key, name in actors],
        "events": [example("events", event_id=key, document_id="d", sentence_id="s") for key in ("e", "f")],
        "participants": [{"event_id": "e", "actor_id": key, "role": "source"} for key, _ in actors],
        "quotations": [
            example("quotations", quotation_id="q", document_id="d", sentence_id="s", speaker_id="oslo"),
            example("quotations", quotation_id="r", document_id="d", sentence_id="s"),
        ],
        "aid_figures": [
            example("aid_figures", aid_figure_id="a", document_id="d", sentence_id="s", recipient_id="bern")
        ],
    }
    return publish(tmp_path, load_schemas(builtin_schemas_folder()), tables)


@given(rows())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_and_parquet_give_equal_frames(tmp_path: Path, rows: Rows) -> None:
    publish(tmp_path, {"things": everything()}, {"things": rows})
    parquet, csv = tw.load(tmp_path).things, tw.load(tmp_path, format="csv").things
    pd.testing.assert_frame_equal(parquet, csv)
    assert parquet.dtypes.to_dict() == pandas_dtypes(everything())
    if rows:
        pd.testing.assert_frame_equal(parquet, pd.read_parquet(tmp_path / "things.parquet"))


def test_the_tables_are_attributes_and_items(talks: Path) -> None:
    tables = tw.load(talks)
    assert tables.events is tables["events"]
    assert "events" in dir(tables)
    assert sorted(tables) == sorted(load_schemas(builtin_schemas_folder()))
    assert len(tables) == 8
    assert "participants: 2 rows" in repr(tables)
    assert len(copy.copy(tables)) == 8
    with pytest.raises(AttributeError, match="there is no table 'evnts'; the tables are actors"):
        _ = tables.evnts


def test_an_empty_table_has_its_types(talks: Path) -> None:
    for form in ("parquet", "csv"):
        mentions = tw.load(talks, format=form).mentions
        assert list(mentions["kind"].cat.categories) == ["name", "metonym", "demonym", "role", "anaphor"]


def test_events_with_participants(talks: Path) -> None:
    joined = tw.load(talks).events_with_participants()
    assert joined[["event_id", "actor_name", "role"]].astype(object).where(lambda each: each.notna(), None).to_numpy().tolist() == [
        ["e", "Norway", "source"],
        ["e", "Switzerland", "source"],
        ["f", None, None],
    ]  # fmt: skip
    assert str(joined["role"].dtype) == "category"
    assert str(joined["trigger_start"].dtype) == "Int64"


def test_quotations_with_speakers(talks: Path) -> None:
    joined = tw.load(talks).quotations_with_speakers()
    assert joined["speaker_name"].fillna("nobody").tolist() == ["Norway", "nobody"]
    assert list(joined.columns).index("speaker_name") == list(joined.columns).index("speaker_id") + 1


def test_aid_with_names(talks: Path) -> None:
    joined = tw.load(talks).aid_with_names()
    assert joined["donor_name"].isna().all()
    assert joined["recipient_name"].tolist() == ["Switzerland"]


@pytest.mark.parametrize("table", ["events", "quotations", "aid_figures", "participants"])
def test_any_row_with_its_sentence(talks: Path, table: str) -> None:
    tables = tw.load(talks)
    joined = tables.with_sentence(table)
    assert len(joined) == len(tables[table])
    assert set(joined["sentence_text"]) == {"Oslo met Bern."}
    assert set(joined["section"]) == {"Talks"}


def test_a_joined_frame_with_its_sentence(talks: Path) -> None:
    tables = tw.load(talks)
    assert len(tables.with_sentence(tables.events_with_participants())) == 3


def test_a_row_that_stands_in_no_sentence_has_none_to_give(talks: Path) -> None:
    with pytest.raises(ValueError, match="no sentence_id"):
        tw.load(talks).with_sentence("actors")


def test_a_table_added_by_a_project_is_loaded(tmp_path: Path) -> None:
    schemas = load_schemas(builtin_schemas_folder()) | {"things": everything()}
    assert tw.load(publish(tmp_path, schemas, {"things": [thing()]})).things["colour"].tolist() == ["red"]


def test_a_folder_without_a_dataset_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"no datapackage\.json"):
        tw.load(tmp_path)
    (tmp_path / DESCRIPTOR).write_text("{", encoding="utf-8")
    with pytest.raises(ProjectError, match="not valid JSON"):
        tw.load(tmp_path)
    (tmp_path / DESCRIPTOR).write_text("[]", encoding="utf-8")
    with pytest.raises(ProjectError, match="not a Data Package"):
        tw.load(tmp_path)


def test_a_file_that_is_missing_is_an_error(talks: Path) -> None:
    (talks / "events.parquet").unlink()
    with pytest.raises(BuildError, match=r"events\.parquet is missing"):
        tw.load(talks)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PAR1 and no more", "cannot be read as parquet"),
        (b"", "cannot be read as parquet"),
    ],
)
def test_a_damaged_parquet_file_is_an_error(talks: Path, data: bytes, said: str) -> None:
    (talks / "events.parquet").write_bytes(data)
    with pytest.raises(BuildError, match=said):
        tw.load(talks)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",source\n", ",bystander\n", "role 'bystander' is not one of source, target"),
        ("event_id,", "event,", "the columns are event, actor_id, role"),
        ("e,oslo,source", "e,oslo", "Expected 3 columns, got 2"),
        ("e,oslo,source", 'e,"",source', "actor_id '' is an empty string"),
    ],
)
def test_a_damaged_csv_file_is_an_error(talks: Path, old: str, new: str, said: str) -> None:
    path = talks / "participants.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BuildError, match=said):
        tw.load(talks, format="csv")


def test_an_unknown_format_is_an_error(talks: Path) -> None:
    with pytest.raises(ValueError, match="parquet"):
        tw.load(talks, format="xlsx")  # type: ignore[arg-type]
