"""Rights: what of the documents' words a release holds, by tables alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from releasecases import schemas
from tablewright.arrowtable import conform, to_arrow
from tablewright.contract import table_schema
from tablewright.files import sha256
from tablewright.rights import (
    HASH,
    Limits,
    Redistribute,
    cut_to_rights,
    passages,
    released_schema,
    shorten,
    source_columns,
)
from tablewright.schema import TableSchema
from tablewright.schemafile import from_resource

TEXT = "Norway pledged $5 million to Chad and condemned the attack on a market. " * 5


def event(number: int, start: int, end: int, **more: Any) -> dict[str, Any]:
    row = {field.name: field.example if field.required else None for field in schemas()["events"].fields}
    row |= {"event_id": f"e-{number}", "document_id": "a", "start": start, "end": end, "text": TEXT[start:end]}
    row |= {"trigger": TEXT[start : start + 6], "trigger_start": start, "trigger_end": start + 6}
    return row | more


def events(*rows: dict[str, Any]) -> dict[str, tuple[TableSchema, Any]]:
    schema = schemas()["events"]
    table, findings = to_arrow(schema, rows)
    assert not findings
    return {"events": (schema, table)}


def cut(rule: Redistribute, *rows: dict[str, Any], limits: Limits | None = None) -> list[dict[str, Any]]:
    made = cut_to_rights(events(*rows), {"a": rule}, {"a": len(TEXT)}, limits or Limits(100, 300, 1))
    schema, table = made.tables["events"]
    assert conform(schema, table)[1] == []
    return [dict(row) for row in table.to_pylist()]


def test_words_are_what_is_free_text_in_tables_with_anchors() -> None:
    assert {name: source_columns(schema) for name, schema in schemas().items() if source_columns(schema)} == {
        "sentences": ("section", "text"),
        "aid_figures": ("text", "period", "channel", "purpose", "date_text"),
        "events": ("text", "trigger", "date_text", "place"),
        "mentions": ("text",),
        "quotations": ("text", "speaker_text", "cue", "date_text"),
    }
    assert passages(schemas()) == {"sentences"}


def test_a_released_schema_is_looser_and_can_be_read_again() -> None:
    for schema in schemas().values():
        released = released_schema(schema)
        assert source_columns(released) == source_columns(schema)
        for name in source_columns(schema):
            assert not released.field(name).required
            assert released.columns.index(name + HASH) == released.columns.index(name) + 1
        resource = {"name": schema.name, "title": schema.title, "description": schema.description}
        assert table_schema(from_resource(resource | {"schema": table_schema(released)}, "x")) == table_schema(released)


def test_full_changes_nothing() -> None:
    tables = events(event(1, 0, 71))
    made = cut_to_rights(tables, {"a": "full"}, {"a": len(TEXT)})
    assert made.tables == tables
    assert made.quoted == {"a": len(TEXT)}


def test_quotes_are_cut_at_a_word_and_hashed_whole() -> None:
    row = cut("quotes", event(1, 0, 143))[0]
    assert (
        row["text"]
        == "Norway pledged $5 million to Chad and condemned the attack on a market. Norway pledged $5 million to"
    )
    assert TEXT.startswith(row["text"])
    assert row["text_sha256"] == sha256(TEXT[:143].encode())
    assert (row["start"], row["end"]) == (0, 143)
    assert row["trigger"] == "Norway"


def test_none_leaves_hashes_only_and_is_what_an_unknown_document_gets() -> None:
    row = cut("none", event(1, 0, 71, place="Chad"))[0]
    assert (row["text"], row["trigger"], row["place"]) == (None, None, None)
    assert row["place_sha256"] == sha256(b"Chad")
    assert row["summary"] == "Jens Stoltenberg visited Japan"
    other = cut_to_rights(events(event(1, 0, 71)), {}, {"a": len(TEXT)}).tables["events"][1].to_pylist()
    assert other[0]["text"] is None


def test_passages_lose_their_text() -> None:
    schema = schemas()["sentences"]
    row = {field.name: field.example if field.required else None for field in schema.fields}
    row |= {"document_id": "a", "start": 0, "end": 71, "text": TEXT[:71]}
    tables = events(event(1, 0, 71)) | {"sentences": (schema, to_arrow(schema, [row])[0])}
    made = cut_to_rights(tables, {"a": "quotes"}, {"a": len(TEXT)}, Limits(100, 300, 1))
    assert made.tables["sentences"][1].to_pylist()[0]["text"] is None
    assert made.tables["events"][1].to_pylist()[0]["text"] == TEXT[:71]


def test_the_quota_takes_the_longest_words_first_and_counts_each_character_once() -> None:
    rows = [event(1, 0, 71), event(2, 0, 71), event(3, 72, 143), event(4, 144, 180)]
    tables = cut_to_rights(events(*rows), {"a": "quotes"}, {"a": len(TEXT)}, Limits(100, 120, 1))
    texts = [row["text"] for row in tables.tables["events"][1].to_pylist()]
    assert texts == [TEXT[:71], TEXT[:71], None, TEXT[144:180]]
    assert tables.quoted == {"a": 71 + 6 + 36}
    assert tables.left_out == {"a": 1}


def test_of_a_short_text_no_more_than_a_share() -> None:
    assert Limits().quota(1_000) == 250
    assert Limits().quota(10**6) == 5_000


@given(st.text(), st.integers(1, 20))
def test_shortened_words_are_the_first_ones(text: str, length: int) -> None:
    words = shorten(text, length)
    assert words is None or (text.startswith(words) and len(words) <= length)
    if words not in (None, text):
        assert text[len(words or "")].isspace()


spans = st.tuples(st.integers(0, 300), st.integers(6, 59)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=8), st.integers(1, 80), st.integers(0, 200))
def test_never_more_than_the_quota_is_disclosed(places: list[tuple[int, int]], quote: int, quota: int) -> None:
    rows = [event(number, *place) for number, place in enumerate(places)]
    made = cut_to_rights(events(*rows), {"a": "quotes"}, {"a": len(TEXT)}, Limits(quote, quota, 1))
    told: set[int] = set()
    for row in made.tables["events"][1].to_pylist():
        for text, start in ((row["text"], row["start"]), (row["trigger"], row["trigger_start"])):
            if text is not None:
                assert len(text) <= quote
                assert TEXT[start : start + len(text)] == text
                told |= set(range(start, start + len(text)))
    assert len(told) == made.quoted["a"] <= quota


def test_our_own_words_go_where_they_repeat_words_that_go() -> None:
    own = "Norway condemned the attack on a market"
    for summary, kept in ((TEXT[:50], None), (own, own)):
        assert cut("none", event(1, 0, 71, summary=summary))[0]["summary"] == kept
        assert cut("quotes", event(1, 0, 71, summary=summary))[0]["summary"] == summary
        assert cut("quotes", event(1, 0, 143, summary=summary))[0]["summary"] == kept
