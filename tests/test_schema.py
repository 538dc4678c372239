from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tablewright.errors import SchemaError
from tablewright.schema import Category, ForeignKey, TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas

SCHEMA = """\
name: things
title: Things
description: One row for each thing.
fields:
  - name: thing_id
    type: string
    title: Thing
    description: Key of the thing.
    example: a
  - name: colour
    type: string
    title: Colour
    description: What colour it has.
    example: red
    categories:
      - {value: red, label: Like blood}
      - {value: blue, label: Like the sky}
  - name: seen_on
    type: date
    title: Seen
    description: Day on which it was seen.
    example: 2023-07-10
    constraints: {minimum: "2000-01-01"}
primaryKey: thing_id
"""

# The tables of the codebook, "?" behind the columns that may be null.
CODEBOOK = """
documents: document_id title authors? publisher? published_on? language url? rights? source_file source_sha256
 text_sha256 characters words
sentences: sentence_id document_id section? paragraph position start end text
actors: actor_id name kind country_code? affiliation_id? role_title? wikidata_id? mention_count
mentions: mention_id actor_id document_id sentence_id start end text kind
events: event_id document_id sentence_id start end text trigger trigger_start trigger_end event_type quad_class status
 summary date_text? date_start? date_end? date_precision? place? place_country_code? coding
participants: event_id actor_id role
aid_figures: aid_figure_id document_id sentence_id start end text amount amount_max? period? qualifier currency status
 donor_id? recipient_id? channel? purpose? humanitarian financial military date_text? date_start? date_end?
 date_precision? coding
quotations: quotation_id document_id sentence_id start end text kind speaker_id? speaker_text? speaker_start?
 speaker_end? cue? cue_start? cue_end? date_text? date_start? date_end? date_precision? coding
"""


def write(folder: Path, text: str = SCHEMA, name: str = "things.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def things(folder: Path) -> TableSchema:
    return load_schemas(folder)["things"]


def test_a_schema_is_read_into_values(tmp_path: Path) -> None:
    schema = things(write(tmp_path))
    assert schema.columns == ("thing_id", "colour", "seen_on")
    assert schema.primary_key == ("thing_id",)
    assert schema.field("colour").categories == (Category("red", "Like blood"), Category("blue", "Like the sky"))
    assert schema.field("seen_on").minimum == dt.date(2000, 1, 1)
    assert schema.field("seen_on").example == dt.date(2023, 7, 10)


def test_a_key_column_is_required_and_unique(tmp_path: Path) -> None:
    key = things(write(tmp_path)).field("thing_id")
    assert (key.required, key.unique) == (True, True)


def test_columns_of_a_joint_key_are_required_and_not_unique(tmp_path: Path) -> None:
    schema = things(write(tmp_path, SCHEMA.replace("primaryKey: thing_id", "primaryKey: [thing_id, colour]")))
    assert [(field.required, field.unique) for field in schema.fields[:2]] == [(True, False), (True, False)]


def test_an_enumeration_without_meanings_is_its_own_label(tmp_path: Path) -> None:
    start = SCHEMA.index("    categories:")
    end = SCHEMA.index("  - name: seen_on")
    text = SCHEMA[:start] + "    constraints: {enum: [red, blue]}\n" + SCHEMA[end:]
    assert things(write(tmp_path, text)).field("colour").values == ("red", "blue")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("type: date", "type: datum", 19, "unknown type 'datum'"),
        ("title: Seen", "titel: Seen", 20, "unknown key 'titel'"),
        ("primaryKey: thing_id", "primaryKy: thing_id", 24, "unknown key 'primaryKy'"),
        ("name: colour", "name: thing_id", 10, "the column thing_id stands twice"),
        ("name: colour", "name: Colour", 10, "'Colour' is no name"),
        ("primaryKey: thing_id", "primaryKey: nothing", 24, "there is no column 'nothing'"),
        ("primaryKey: thing_id", "", 1, "primaryKey is missing"),
        ("example: red", "example: green", 14, "'green' is not one of red, blue"),
        ("example: 2023-07-10", "example: 1999-07-10", 22, "is less than 2000-01-01"),
        ("example: 2023-07-10", 'example: "soon"', 22, "'soon' is no date"),
        ("    example: a\n", "", 5, "the column thing_id has no example"),
        ("    example: a\n", "    example: 7\n", 9, "7 is no string"),
        ("title: Colour", f"title: {'x' * 81}", 12, "the title has 81 characters"),
        ("description: Key of the thing.", "description:", 8, "description is missing"),
        ('minimum: "2000-01-01"', "pattern: x", 23, "a date has no pattern"),
        ('minimum: "2000-01-01"', "enum: [a]", 18, "a date cannot be coded"),
        ("    example: a\n", "    example: a\n    constraints: {enum: []}\n", 10, "enum must be a list and not empty"),
        ("    example: a\n", '    example: a\n    constraints: {pattern: "["}\n', 10, "the pattern is not valid"),
        ("    example: a\n", "    example: a\n    constraints: {required: yes}\n", 10, "must be true or false"),
        ("    example: a\n", "    example: a\n    format: email\n", 10, "unknown format 'email'"),
        ("{value: blue,", "{value: red,", 17, "the value 'red' stands twice"),
        ("{value: blue,", "{code: blue,", 17, "unknown key 'code'"),
        ("name: things", "name: other", 1, "the table other is in things.yaml"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in SCHEMA
    with pytest.raises(SchemaError) as caught:
        load_schemas(write(tmp_path, SCHEMA.replace(old, new, 1)))
    assert message in caught.value.message
    assert (caught.value.file, caught.value.line) == ("schemas/things.yaml", line)
    assert caught.value.remedy


PARTS = """\
name: parts
title: Parts
description: One row for each part.
fields:
  - {name: part_id, type: string, title: Part, description: Key., example: b}
  - {name: thing_id, type: string, title: Thing, description: What it is a part of., example: a}
  - {name: start, type: integer, title: Start, description: Where it starts., example: 0}
primaryKey: part_id
foreignKeys:
  - fields: thing_id
    reference: {resource: things, fields: thing_id}
"""


def test_a_table_comes_after_what_it_refers_to(tmp_path: Path) -> None:
    write(tmp_path)
    schemas = load_schemas(write(tmp_path, PARTS, "parts.yaml"))
    assert list(schemas) == ["things", "parts"]
    assert schemas["parts"].foreign_keys == (ForeignKey(("thing_id",), "things", ("thing_id",)),)


def test_a_reference_without_a_resource_is_to_the_table_itself(tmp_path: Path) -> None:
    text = PARTS.replace("resource: things, fields: thing_id", "fields: part_id")
    schema = load_schemas(write(tmp_path, text, "parts.yaml"))["parts"]
    assert schema.foreign_keys[0].resource == "parts"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("resource: things", "resource: nowhere", "refers to a table nowhere that is not there"),
        ("fields: thing_id}", "fields: nothing}", "refers to things.nothing, a column that is not there"),
        ("fields: thing_id}", "fields: seen_on}", "thing_id and things.seen_on are of different types"),
        ("fields: thing_id}", "fields: colour}", "colour is no key of things"),
        ("fields: thing_id}", "fields: [thing_id, colour]}", "as many columns"),
    ],
)
def test_a_foreign_key_must_lead_somewhere(tmp_path: Path, old: str, new: str, message: str) -> None:
    write(tmp_path)
    with pytest.raises(SchemaError, match=message) as caught:
        load_schemas(write(tmp_path, PARTS.replace(old, new), "parts.yaml"))
    assert caught.value.file == "schemas/parts.yaml"
    assert caught.value.line in (10, 11)


def test_an_anchor_names_columns_of_the_right_type(tmp_path: Path) -> None:
    write(tmp_path)
    anchors = "anchors:\n  - {start: start, end: start, text: start, document: thing_id}\n"
    with pytest.raises(SchemaError, match="text of an anchor must be a column of type string"):
        load_schemas(write(tmp_path, PARTS + anchors, "parts.yaml"))


def test_a_file_that_is_no_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "things.yaml").write_bytes(b"name: \xff")
    with pytest.raises(SchemaError, match="not UTF-8"):
        load_schemas(tmp_path)


def test_a_folder_without_schemas_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no schema"):
        load_schemas(tmp_path)
    with pytest.raises(SchemaError, match="no folder"):
        load_schemas(tmp_path / "nowhere")


def test_a_schema_with_the_wrong_ending_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"call it things\.yaml"):
        load_schemas(write(tmp_path, name="things.yml"))


def test_the_built_in_schemas_are_the_codebook() -> None:
    schemas = load_schemas(builtin_schemas_folder())
    tables = dict(line.split(": ") for line in CODEBOOK.replace("\n ", " ").strip().splitlines())
    assert sorted(schemas) == sorted(tables)
    for name, columns in tables.items():
        found = [field.name + ("" if field.required else "?") for field in schemas[name].fields]
        assert found == columns.split(), name


def test_every_span_of_the_built_in_tables_is_an_anchor() -> None:
    for schema in load_schemas(builtin_schemas_folder()).values():
        spans = {name for name in schema.columns if name == "start" or name.endswith("_start")} - {"date_start"}
        assert spans == {anchor.start for anchor in schema.anchors}, schema.name


def test_a_column_means_the_same_in_all_built_in_tables() -> None:
    """Only keys are required in one table and not in another; type and pattern never differ."""
    seen: dict[str, tuple[object, ...]] = {}
    for schema in load_schemas(builtin_schemas_folder()).values():
        for field in schema.fields:
            if field.name in ("kind", "status"):
                continue
            about = (field.type, field.values)
            assert seen.setdefault(field.name, about) == about, field.name
