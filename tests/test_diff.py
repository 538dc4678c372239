from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given

from tablecases import everything, field, rows, thing
from tablewright.arrowtable import to_arrow
from tablewright.changelist import changed_rows
from tablewright.diff import Diff, diff
from tablewright.errors import BuildError
from tablewright.rowdiff import SAMPLE
from tablewright.schema import Anchor, Category, Field, ForeignKey, TableSchema
from tablewright.schemadiff import compare_schemas
from tablewright.versions import needed_bump

Rows = list[dict[str, object]]


def dataset(*things: dict[str, object], schema: TableSchema | None = None) -> dict[str, tuple[TableSchema, pa.Table]]:
    schema = schema or everything()
    made, findings = to_arrow(schema, things)
    assert not findings
    return {schema.name: (schema, made)}


def with_field(name: str, **changes: Any) -> TableSchema:
    schema = everything()
    return replace(
        schema, fields=tuple(replace(each, **changes) if each.name == name else each for each in schema.fields)
    )


def without(name: str) -> TableSchema:
    schema = everything()
    return replace(schema, fields=tuple(each for each in schema.fields if each.name != name))


def cells(found: Diff, table: str = "things") -> list[tuple[object, ...]]:
    return [
        (*key.values(), cell.column, cell.before, cell.after)
        for key, changed in changed_rows(found.table(table))
        for cell in changed
    ]


def ids(found: Diff, kind: str) -> list[object]:
    table: pa.Table = getattr(found.table("things"), kind)
    return table.column("thing_id").to_pylist()


def test_the_same_is_no_difference() -> None:
    found = diff(dataset(thing("a"), thing("b")), dataset(thing("b"), thing("a")))
    assert not found
    assert needed_bump(found).bump == "none"
    assert found.table("things").counts() == {
        "rows_before": 2, "rows_after": 2, "added": 0, "withdrawn": 0, "changed": 0, "cells": 0
    }  # fmt: skip


def test_rows_are_known_by_their_key() -> None:
    found = diff(
        dataset(thing("a"), thing("b"), thing("c", tint="red")),
        dataset(thing("d"), thing("c"), thing("b", words="x", count=2)),
    )
    assert found
    assert (ids(found, "withdrawn"), ids(found, "added"), ids(found, "changed")) == (["a"], ["d"], ["c", "b"])
    assert cells(found) == [("c", "tint", "red", None), ("b", "words", None, "x"), ("b", "count", 1, 2)]
    assert found.table("things").counts() == {
        "rows_before": 3, "rows_after": 3, "added": 1, "withdrawn": 1, "changed": 2, "cells": 3
    }  # fmt: skip


@given(rows(), rows())
def test_the_changes_are_those_that_a_look_at_each_row_finds(old: Rows, new: Rows) -> None:
    found = diff(dataset(*old), dataset(*new))
    before, after = ({row["thing_id"]: row for row in version} for version in (old, new))
    assert ids(found, "added") == [key for key in after if key not in before]
    assert ids(found, "withdrawn") == [key for key in before if key not in after]
    assert cells(found) == [
        (key, column, before[key][column], row[column])
        for key, row in after.items()
        if key in before
        for column in everything().columns
        if before[key][column] != row[column]
    ]


@given(rows())
def test_a_table_is_the_same_as_itself(version: Rows) -> None:
    assert not diff(dataset(*version), dataset(*reversed(version)))


def test_chunks_do_not_show() -> None:
    schema, _ = dataset()["things"]
    old = [dataset(thing(name, tint="red"))["things"][1] for name in "abcd"]
    new = [dataset(thing(name, tint="red"), thing(name * 2))["things"][1] for name in "cba"]
    found = diff({"things": (schema, pa.concat_tables(old))}, {"things": (schema, pa.concat_tables(new))})
    assert (ids(found, "withdrawn"), ids(found, "added"), cells(found)) == (["d"], ["cc", "bb", "aa"], [])


def test_the_first_rows_are_shown_and_all_are_counted() -> None:
    found = diff(dataset(thing("gone", words="old")), dataset(*(thing(str(number)) for number in range(30)))).table(
        "things"
    )
    assert [row["thing_id"] for row in found.first_added] == [str(number) for number in range(SAMPLE)]
    assert found.first_withdrawn == (thing("gone", words="old"),)
    assert found.added.num_rows == 30


def test_nothing_before_makes_everything_new() -> None:
    found = diff({}, dataset(thing("a")))
    assert [(each.kind, each.table) for each in found.schema] == [("table_added", "things")]
    assert ids(found, "added") == ["a"]
    assert found.table("things").first_added == (thing("a"),)


def test_a_table_that_went_withdraws_its_rows() -> None:
    found = diff(dataset(thing("a")), {})
    assert [(each.kind, each.table) for each in found.schema] == [("table_removed", "things")]
    assert ids(found, "withdrawn") == ["a"]


def parts(*rows_of_parts: tuple[str, int, str]) -> dict[str, tuple[TableSchema, pa.Table]]:
    fields = (
        field("whole", "string", required=True),
        field("number", "integer", required=True),
        field("words", "string"),
    )
    schema = TableSchema("parts", "Parts", "One row for each part.", fields, ("whole", "number"))
    return dataset(*({"whole": a, "number": b, "words": c} for a, b, c in rows_of_parts), schema=schema)


def test_a_key_of_several_columns_counts_as_a_whole() -> None:
    found = diff(
        parts(("a", 1, "x"), ("a", 11, "y"), ("b", 1, "z")), parts(("a1", 1, "x"), ("a", 11, "Y"), ("b", 1, "z"))
    )
    table = found.table("parts")
    assert table.withdrawn.to_pylist() == [{"whole": "a", "number": 1}]
    assert table.added.to_pylist() == [{"whole": "a1", "number": 1}]
    assert cells(found, "parts") == [("a", 11, "words", "y", "Y")]


@pytest.mark.parametrize("kind", ["old", "new"])
def test_a_key_that_stands_twice_is_an_error(kind: str) -> None:
    once, twice = dataset(thing("b"), thing("a")), dataset(thing("a"), thing("b"), thing("a"))
    with pytest.raises(BuildError, match="share a key"):
        diff(*((twice, once) if kind == "old" else (once, twice)))


def test_another_key_makes_every_row_another() -> None:
    fields = tuple(replace(each, required=True) if each.name == "words" else each for each in everything().fields)
    schema = replace(everything(), fields=fields, primary_key=("words",))
    found = diff(dataset(thing("a", words="x")), dataset(thing("a", words="x"), schema=schema))
    table = found.table("things")
    assert (table.added.to_pylist(), table.withdrawn.to_pylist()) == ([{"words": "x"}], [{"thing_id": "a"}])
    assert (table.first_added, table.first_withdrawn) == ((thing("a", words="x"),), (thing("a", words="x"),))


def test_a_column_that_came_or_went_changes_no_cells() -> None:
    row = {name: value for name, value in thing("a").items() if name != "words"}
    whole, part = dataset(thing("a", words="x")), dataset(row, schema=without("words"))
    for found, kind in ((diff(whole, part), "column_removed"), (diff(part, whole), "column_added")):
        assert [(each.kind, each.column) for each in found.schema] == [(kind, "words")]
        assert not found.table("things")


def test_codes_in_another_order_are_the_same_values() -> None:
    colours = tuple(Category(value, value) for value in ("blue", "green", "red", "a,b"))
    found = diff(
        dataset(thing("a", tint="red"), thing("b", tint="blue"), thing("c")),
        dataset(
            thing("a", tint="red"), thing("b", tint="green"), thing("c", tint="red"),
            schema=with_field("tint", categories=colours),
        ),
    )  # fmt: skip
    assert cells(found) == [("b", "tint", "blue", "green"), ("c", "tint", None, "red")]
    assert [(each.kind, each.what) for each in found.schema] == [
        ("value_added", "value green"), ("values_reordered", "order of values")
    ]  # fmt: skip


def test_a_retyped_column_is_compared_by_what_it_reads() -> None:
    whole = dataset(thing("a", more=1), thing("b", more=10**15), thing("c", more=2))
    for kind, values in (("number", (1.0, 1e15, 2.5)), ("string", ("1", str(10**15), "2.5"))):
        things = [thing(name, more=value) for name, value in zip("abc", values, strict=True)]
        found = diff(whole, dataset(*things, schema=with_field("more", type=kind, example="1")))
        assert [each[:2] for each in cells(found)] == [("c", "more")]
        assert ("retyped", "more") in [(each.kind, each.column) for each in found.schema]


def test_a_coded_column_that_becomes_free_keeps_its_values() -> None:
    found = diff(
        dataset(thing("a", tint="red")), dataset(thing("a", tint="red"), schema=with_field("tint", categories=()))
    )
    assert cells(found) == []
    assert [(each.kind, each.what) for each in found.schema] == [("loosened", "values")]


def test_withheld_cells_are_counted_and_not_shown() -> None:
    old, new = (
        dataset(thing("a", words="secret"), thing("z")),
        dataset(thing("a", words="hidden"), thing("b", words="new")),
    )
    found = diff(old, new, withheld={"things": {"words"}})
    assert found.table("things").cells == 1
    assert [cell for _, cell, *_ in cells(found)] == ["words"]
    assert cells(found)[0][2:] == (None, None)
    assert "words" not in found.table("things").first_added[0]


def test_what_a_dataset_says_of_itself_is_compared() -> None:
    found = diff(
        dataset(),
        dataset(),
        old_about={"title": "A", "version": "1"},
        new_about={"title": "B", "version": "2", "homepage": "x:y"},
    )
    assert [(each.what, each.before, each.after) for each in found.about] == [
        ("title", "A", "B"),
        ("homepage", None, "x:y"),
    ]
    assert found


NUMBER = field("n", "integer", example=1)
CODED = field("n", "string", categories=(Category("a", "A"), Category("b", "B")))


def contract(*fields: Field, **more: Any) -> dict[str, TableSchema]:
    key = field("id", "string", required=True, unique=True)
    return {"t": TableSchema("t", "T", "One row.", (key, *fields), ("id",), **more)}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (NUMBER, replace(NUMBER, type="number"), "retyped"),
        (NUMBER, replace(NUMBER, format="uri"), "retyped"),
        (NUMBER, replace(NUMBER, required=True), "tightened"),
        (NUMBER, replace(NUMBER, unique=True), "tightened"),
        (NUMBER, replace(NUMBER, pattern="x"), "tightened"),
        (replace(NUMBER, pattern="x"), replace(NUMBER, pattern="y"), "tightened"),
        (replace(NUMBER, pattern="x"), NUMBER, "loosened"),
        (NUMBER, replace(NUMBER, minimum=0), "tightened"),
        (replace(NUMBER, minimum=0), replace(NUMBER, minimum=1), "tightened"),
        (replace(NUMBER, minimum=1), replace(NUMBER, minimum=0), "loosened"),
        (replace(NUMBER, minimum=1), NUMBER, "loosened"),
        (replace(NUMBER, maximum=1), replace(NUMBER, maximum=0), "tightened"),
        (replace(NUMBER, maximum=0), replace(NUMBER, maximum=1), "loosened"),
        (replace(NUMBER, required=True), NUMBER, "loosened"),
        (CODED, replace(CODED, categories=CODED.categories[:1]), "value_removed"),
        (replace(CODED, categories=CODED.categories[:1]), CODED, "value_added"),
        (CODED, replace(CODED, categories=CODED.categories[::-1]), "values_reordered"),
        (CODED, replace(CODED, categories=(Category("a", "X"), CODED.categories[1])), "words_changed"),
        (replace(CODED, categories=()), CODED, "tightened"),
        (NUMBER, replace(NUMBER, title="X"), "words_changed"),
        (NUMBER, replace(NUMBER, description="X"), "words_changed"),
        (NUMBER, replace(NUMBER, example=2), "words_changed"),
    ],
)
def test_each_change_of_a_column_has_its_kind(old: Field, new: Field, kind: str) -> None:
    assert [(each.kind, each.column) for each in compare_schemas(contract(old), contract(new))] == [(kind, "n")]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"foreign_keys": (ForeignKey(("n",), "u", ("u_id",)),)}, "foreign key"),
        ({"anchors": (Anchor("start", "end", "n"),)}, "anchor"),
    ],
)
def test_a_promise_between_columns_tightens(more: dict[str, Any], what: str) -> None:
    plain, promised = contract(NUMBER), contract(NUMBER, **more)
    assert [(each.kind, each.what) for each in compare_schemas(plain, promised)] == [("tightened", what)]
    assert [(each.kind, each.what) for each in compare_schemas(promised, plain)] == [("loosened", what)]


def test_columns_out_of_order_and_in_between() -> None:
    other = field("m", "string")
    assert [each.kind for each in compare_schemas(contract(NUMBER, other), contract(other, NUMBER))] == [
        "columns_reordered"
    ]
    assert [each.kind for each in compare_schemas(contract(NUMBER), contract(other, NUMBER))] == ["column_added"]
    renamed = compare_schemas(contract(NUMBER), contract(replace(NUMBER, name="m")))
    assert [(each.kind, each.column) for each in renamed] == [("column_removed", "n"), ("column_added", "m")]
