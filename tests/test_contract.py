from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from tablecases import COLOURS, everything, field, rows, thing
from tablewright.arrowtable import conform, to_arrow, to_frame
from tablewright.cells import from_text, problem, to_text
from tablewright.contract import arrow_schema, table_schema
from tablewright.frames import pandas_dtypes, pandera_schema
from tablewright.schema import Field, TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas
from tablewright.writer import write_parquet

BUILT_IN = load_schemas(builtin_schemas_folder())


def example_row(schema: TableSchema) -> dict[str, object]:
    return {each.name: each.example for each in schema.fields}


@pytest.mark.parametrize("schema", BUILT_IN.values(), ids=BUILT_IN)
def test_every_built_in_schema_holds_in_every_dialect(schema: TableSchema) -> None:
    table, findings = to_arrow(schema, [example_row(schema)])
    assert not findings
    assert table.schema.equals(arrow_schema(schema), check_metadata=True)
    frame = to_frame(schema, table)
    assert frame.dtypes.to_dict() == pandas_dtypes(schema)
    pandera_schema(schema).validate(frame)
    assert json.dumps(table_schema(schema))


def test_plain_read_parquet_gives_the_right_dtypes() -> None:
    table = to_arrow(everything(), [thing("a"), thing("b", words="x", more=2, shut=True, tint="blue")])[0]
    frame = pd.read_parquet(parquet(everything(), table))
    assert frame.dtypes.to_dict() == pandas_dtypes(everything())
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "thing_id": "str",
        "words": "str",
        "count": "Int64",
        "more": "Int64",
        "amount": "float64",
        "amount_max": "Float64",
        "open": "boolean",
        "shut": "boolean",
        "seen_on": "date32[day][pyarrow]",
        "gone_on": "date32[day][pyarrow]",
        "colour": "category",
        "tint": "category",
    }
    assert tuple(frame["tint"].cat.categories) == COLOURS


def parquet(schema: TableSchema, table: pa.Table) -> io.BytesIO:
    target = io.BytesIO()
    write_parquet(schema, table, target)
    return io.BytesIO(target.getvalue())


def test_a_column_of_nulls_keeps_type_and_categories() -> None:
    frame = pd.read_parquet(parquet(everything(), to_arrow(everything(), [thing()])[0]))
    assert tuple(frame["tint"].cat.categories) == COLOURS


def test_an_empty_table_keeps_types_and_categories() -> None:
    frame = to_frame(everything(), to_arrow(everything(), [])[0])
    assert len(frame) == 0
    assert frame.dtypes.to_dict() == pandas_dtypes(everything())


def test_an_empty_file_keeps_types_and_categories() -> None:
    table = pq.read_table(parquet(everything(), to_arrow(everything(), [])[0]))
    conformed, findings = conform(everything(), table)
    assert not findings
    assert to_frame(everything(), conformed).dtypes.to_dict() == pandas_dtypes(everything())


@given(rows())
@settings(deadline=None)
def test_rows_come_back_from_arrow_as_they_were(rows: list[dict[str, object]]) -> None:
    table, findings = to_arrow(everything(), rows)
    assert not findings
    assert table.to_pylist() == rows


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("count", "1", "'1' is no integer"),
        ("count", True, "True is no integer"),
        ("count", 1.5, "1.5 is no integer"),
        ("count", 2**63, "is too large for 64 bits"),
        ("amount", "1", "'1' is no number"),
        ("amount", True, "True is no number"),
        ("amount", float("nan"), "nan is not a finite number"),
        ("amount", float("inf"), "inf is not a finite number"),
        ("open", 1, "1 is neither true nor false"),
        ("seen_on", "2023-07-10", "is no date"),
        ("seen_on", dt.datetime(2023, 7, 10, tzinfo=dt.UTC), "is no date"),
        ("words", 5, "5 is no string"),
        ("words", "", "is an empty string"),
        ("words", "\ud800", "half a surrogate pair"),
        ("tint", "green", "'green' is not one of red, blue, a,b"),
        ("tint", 5, "5 is no string"),
    ],
)
def test_a_value_that_does_not_fit_is_a_finding_that_names_the_row(column: str, value: object, said: str) -> None:
    table, findings = to_arrow(everything(), [thing("a"), thing("b", **{column: value})])
    assert len(findings) == 1
    assert findings[0].message.startswith(f"things row 2 (thing_id 'b'): {column} ")
    assert said in findings[0].message
    assert (findings[0].table, findings[0].row, findings[0].column) == ("things", 2, column)
    assert table.column(column).to_pylist()[1] is None


def test_many_rows_with_the_same_fault_are_shown_up_to_a_limit_and_counted() -> None:
    findings = to_arrow(everything(), [thing(str(n), words="") for n in range(1000)])[1]
    assert len(findings) == 11
    assert findings[-1].message == "things: 990 more rows like these (1,000 in all): words (value)"


def test_a_column_that_the_schema_does_not_know_is_a_finding() -> None:
    findings = to_arrow(everything(), [thing("a"), thing("b", weight=3)])[1]
    assert [finding.column for finding in findings] == ["weight"]


def test_a_column_that_a_row_leaves_out_is_null() -> None:
    row = thing()
    del row["words"]
    table, findings = to_arrow(everything(), [row])
    assert not findings
    assert table.column("words").to_pylist() == [None]


def test_conform_puts_codes_into_the_order_of_the_schema() -> None:
    table = to_arrow(everything(), [thing("a", colour="blue"), thing("b", colour="red")])[0]
    shuffled = table.set_column(10, "colour", table.column("colour").cast(pa.string()).dictionary_encode())
    conformed, findings = conform(everything(), shuffled)
    assert not findings
    assert conformed.equals(table)


def test_conform_finds_a_code_outside_the_enumeration() -> None:
    table = to_arrow(everything(), [thing("a"), thing("b")])[0]
    wrong = table.set_column(11, "tint", pa.array([None, "green"]))
    findings = conform(everything(), wrong)[1]
    assert [finding.message for finding in findings] == [
        "things row 2 (thing_id 'b'): tint 'green' is not one of red, blue, a,b"
    ]


def test_conform_finds_other_columns_and_other_types() -> None:
    table = to_arrow(everything(), [thing()])[0]
    assert conform(everything(), table.drop_columns(["words"]))[1][0].code == "columns"
    wrong = table.set_column(2, "count", pa.array(["many"]))
    assert [(finding.code, finding.column) for finding in conform(everything(), wrong)[1]] == [("type", "count")]


def test_a_descriptor_says_values_twice_and_examples_as_text() -> None:
    described = {each["name"]: each for each in table_schema(everything())["fields"]}
    assert described["tint"]["constraints"]["enum"] == list(COLOURS)
    assert [each["value"] for each in described["tint"]["categories"]] == list(COLOURS)
    assert described["open"]["example"] == "true"
    assert described["thing_id"]["constraints"] == {"required": True, "unique": True}


VALUES: list[tuple[Any, str]] = [
    (True, "true"),
    (7_100_000_000.0, "7100000000"),
    (1e22, "10000000000000000000000"),
    (1.5e-7, "0.00000015"),
    (-4, "-4"),
    (dt.date(2023, 7, 10), "2023-07-10"),
    ("NA", "NA"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_a_value_as_text(value: Any, text: str) -> None:
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("number", "7100000000", 7.1e9),
        ("integer", "-4", -4),
        ("date", "2023-07-10", dt.date(2023, 7, 10)),
        ("string", " NA\n", " NA\n"),
        ("integer", "", None),
    ],
)
def test_text_as_a_value(kind: Any, text: str, value: object) -> None:
    assert from_text(field("x", kind), text) == value


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("boolean", "TRUE", "neither true nor false"),
        ("integer", "1_000", "no integer"),
        ("integer", "1.0", "no integer"),
        ("integer", "9" * 30, "too large"),
        ("number", "1,000", "no number"),
        ("number", "nan", "no number"),
        ("number", "1e999", "finite"),
        ("date", "20230710", "no date"),
        ("date", "2023-02-30", "no date"),
    ],
)
def test_text_that_is_no_value(kind: Any, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        from_text(field("x", kind), text)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (field("x", "string", required=True), None, "is missing"),
        (field("x", "string"), None, None),
        (field("x", "string", pattern="[A-Z]{3}"), "JPNX", "does not match the pattern [A-Z]{3}"),
        (field("x", "string", pattern="a|b"), "ab", "does not match the pattern a|b"),
        (field("x", "string", format="uri"), "example.org", "is no URI"),
        (field("x", "string", format="uri"), "https://example.org/a", None),
        (field("x", "integer", minimum=1), 0, "is less than 1"),
        (field("x", "date", maximum=dt.date(2023, 1, 1)), dt.date(2024, 1, 1), "is more than 2023-01-01"),
    ],
)
def test_what_is_wrong_with_a_value(column: Field, value: object, said: str | None) -> None:
    assert problem(column, value) == said
