from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from tablecases import everything, field, thing
from tablewright.arrowtable import to_arrow, to_frame
from tablewright.checks import check_anchors, check_foreign_keys, check_frame, check_tables
from tablewright.schema import Anchor, Field, ForeignKey, TableSchema

TEXT = "Oslo met Bern. 😀 Bern agreed."


def table(schema: TableSchema, *rows: dict[str, object]) -> pa.Table:
    made, findings = to_arrow(schema, rows)
    assert not findings
    return made


def messages(schema: TableSchema, *rows: dict[str, object]) -> list[str]:
    return [finding.message for finding in check_frame(schema, to_frame(schema, table(schema, *rows)))]


def with_field(name: str, **changes: object) -> TableSchema:
    schema = everything()
    return replace(
        schema,
        fields=tuple(replace(each, **changes) if each.name == name else each for each in schema.fields),  # type: ignore[arg-type]
    )


def test_a_good_table_has_no_findings() -> None:
    assert messages(everything(), thing("a"), thing("b", words="NA", tint="blue")) == []
    assert messages(everything()) == []


@pytest.mark.parametrize(
    ("schema", "values", "said"),
    [
        (everything(), {"count": None}, "count is missing"),
        (everything(), {"seen_on": None}, "seen_on is missing"),
        (everything(), {"colour": None}, "colour is missing"),
        (everything(), {"amount": None}, "amount is missing"),
        (with_field("words", pattern="[a-z]+"), {"words": "ab1"}, "words 'ab1' does not match the pattern [a-z]+"),
        (with_field("words", pattern="a|b"), {"words": "ab"}, "words 'ab' does not match the pattern a|b"),
        (with_field("words", pattern="(?!x).*"), {"words": "xy"}, "words 'xy' does not match the pattern (?!x).*"),
        (with_field("words", pattern="[a-z]+"), {"words": "ab\n"}, "words 'ab\\n' does not match the pattern [a-z]+"),
        (with_field("words", format="uri"), {"words": "example.org"}, "words 'example.org' is no URI"),
        (with_field("more", minimum=1), {"more": 0}, "more 0 is less than 1"),
        (with_field("amount_max", maximum=9), {"amount_max": 9.5}, "amount_max 9.5 is more than 9"),
        (
            with_field("gone_on", minimum=thing()["seen_on"]),
            {"gone_on": thing()["seen_on"].replace(year=2022)},  # type: ignore[attr-defined]
            "gone_on 2022-07-10 is less than 2023-07-10",
        ),
    ],
)
def test_a_row_that_breaks_a_constraint_is_named(schema: TableSchema, values: dict[str, object], said: str) -> None:
    assert messages(schema, thing("a"), thing("b", **values)) == [f"things row 2 (thing_id 'b'): {said}"]


def test_a_repeated_key_is_named_where_it_stands_again() -> None:
    assert messages(everything(), thing("a"), thing("b"), thing("a")) == [
        "things row 3 (thing_id 'a'): thing_id 'a' stands in a row before, too"
    ]


def test_a_joint_key_may_repeat_in_its_parts_only() -> None:
    schema = replace(with_field("thing_id", unique=False), primary_key=("thing_id", "count"))
    assert messages(schema, thing("a", count=1), thing("a", count=2)) == []
    assert messages(schema, thing("a", count=1), thing("a", count=2), thing("a", count=1)) == [
        "things row 3 (thing_id 'a', count 1): thing_id, count 'a', 1 stands in a row before, too"
    ]


def test_all_faults_are_reported_at_once() -> None:
    schema = with_field("more", minimum=1)
    assert len(messages(schema, thing("a", more=0), thing("a", count=None))) == 3


def test_failing_rows_are_shown_up_to_a_limit_and_counted() -> None:
    found = messages(with_field("more", minimum=1), *(thing(str(n), more=0) for n in range(200)))
    assert len(found) == 11
    assert found[-1].startswith("things: 190 more rows like these (200 in all)")


def test_a_code_outside_the_enumeration_is_an_error_never_a_null() -> None:
    frame = to_frame(everything(), table(everything(), thing("a"), thing("b")))
    frame["tint"] = frame["tint"].cat.add_categories(["green"])
    frame.loc[1, "tint"] = "green"
    found = [finding.message for finding in check_frame(everything(), frame)]
    assert "things row 2 (thing_id 'b'): tint 'green' is not one of red, blue, a,b" in found


def test_a_frame_with_other_columns_or_types_is_found() -> None:
    frame = to_frame(everything(), table(everything(), thing("a")))
    assert [each.column for each in check_frame(everything(), frame.astype({"more": "float64"}))] == ["more"]
    assert check_frame(everything(), frame.drop(columns="more"))
    assert check_frame(everything(), frame.assign(extra=1))
    assert check_frame(everything(), frame[list(reversed(frame.columns))])


def parts(*foreign_keys: ForeignKey) -> TableSchema:
    fields: tuple[Field, ...] = (
        field("part_id", "string", required=True, unique=True),
        field("thing_id", "string"),
        field("count", "integer"),
        field("whole_id", "string"),
    )
    return TableSchema("parts", "Parts", "One row for each part.", fields, ("part_id",), foreign_keys)


def test_a_foreign_key_to_no_row_is_found() -> None:
    schema = parts(ForeignKey(("thing_id",), "things", ("thing_id",)))
    rows: list[dict[str, object]] = [
        {"part_id": "p", "thing_id": "a"},
        {"part_id": "q", "thing_id": "z"},
        {"part_id": "r"},
    ]
    tables = {"things": table(everything(), thing("a")), "parts": table(schema, *rows)}
    assert [finding.message for finding in check_foreign_keys(schema, tables)] == [
        "parts row 2 (part_id 'q'): thing_id 'z' is not in things.thing_id"
    ]


def test_a_joint_foreign_key_counts_as_a_whole() -> None:
    schema = parts(ForeignKey(("thing_id", "count"), "things", ("thing_id", "count")))
    rows: list[dict[str, object]] = [
        {"part_id": "p", "thing_id": "a", "count": 1},
        {"part_id": "q", "thing_id": "a", "count": 2},
        {"part_id": "r", "thing_id": "z", "count": None},
    ]
    tables = {"things": table(everything(), thing("a", count=1)), "parts": table(schema, *rows)}
    assert [finding.row for finding in check_foreign_keys(schema, tables)] == [2]


def test_a_table_may_refer_to_itself() -> None:
    schema = parts(ForeignKey(("whole_id",), "parts", ("part_id",)))
    rows: list[dict[str, object]] = [{"part_id": "p", "whole_id": "q"}, {"part_id": "q", "whole_id": "x"}]
    assert [finding.row for finding in check_foreign_keys(schema, {"parts": table(schema, *rows)})] == [2]


def quotes() -> TableSchema:
    fields = (
        field("quote_id", "string", required=True, unique=True),
        field("document_id", "string", required=True),
        field("start", "integer"),
        field("end", "integer"),
        field("text", "string"),
    )
    anchors = (Anchor("start", "end", "text"),)
    return TableSchema("quotes", "Quotes", "One row for each quote.", fields, ("quote_id",), anchors=anchors)


def quote(start: int | None, end: int | None, text: str | None, document: str = "d") -> dict[str, object]:
    return {"quote_id": "q", "document_id": document, "start": start, "end": end, "text": text}


@pytest.mark.parametrize(
    "row", [quote(0, 4, "Oslo"), quote(17, 21, "Bern"), quote(None, None, None), quote(15, 16, "😀")]
)
def test_an_anchor_that_holds(row: dict[str, object]) -> None:
    assert check_anchors(quotes(), table(quotes(), row), {"d": TEXT}) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (quote(0, 4, "Bern"), "'Bern' is said to stand at 0-4 of d, where the text has 'Oslo'"),
        (quote(-5, 4, "Oslo"), "'Oslo' is said to stand at -5-4; the text has 29 characters"),
        (quote(90, 94, "Oslo"), "'Oslo' is said to stand at 90-94; the text has 29 characters"),
        (quote(4, None, None), "empty has start 4 and end empty; all are given, or none"),
        (quote(None, None, "Oslo"), "'Oslo' has start empty and end empty; all are given, or none"),
        (quote(0, 4, "Oslo", "e"), "cannot be looked up: there is no text of 'e'"),
    ],
)
def test_an_anchor_that_does_not_hold(row: dict[str, object], said: str) -> None:
    found = check_anchors(quotes(), table(quotes(), row), {"d": TEXT})
    assert [finding.message for finding in found] == [f"quotes row 1 (quote_id 'q'): text {said}"]
    assert found[0].code == "anchor"


def test_all_tables_are_looked_at() -> None:
    schemas = {"things": everything(), "quotes": quotes()}
    tables = {"things": table(everything(), thing("a", count=None)), "quotes": table(quotes(), quote(0, 4, "Bern"))}
    assert {finding.table for finding in check_tables(schemas, tables, {"d": TEXT})} == {"things", "quotes"}
