"""Rows to other programs and back: every offset names the row's words as the program itself would cut them, and what
a person found right there comes back as the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interchangecases import TABLES, approved, decided, documents, json_lines, messages, passages, taken, written
from reviewcases import ACTORS, BY, TEXT, aid, attack, desk, machine_rows, mention, part, pledge, row, schemas
from tablewright.anchors import Span
from tablewright.interchange.offsets import UNITS, Offsets
from tablewright.interchange.taking import Reading
from tablewright.review import apply_decisions
from tablewright.tables import Row

FORMS = ("labelstudio", "doccano", "prodigy", "webannotation")
CONFIRM = Reading(unchanged="confirm")

# Letters of one and of two UTF-16 units, accents of their own, Arabic and Hebrew, emoji of several code points.
WORDS = (
    "talks",
    "café",
    "cafe\u0301",
    "سلام",
    "שלום",
    "𝒜𝓃𝓃",
    "👍🏽",
    "👨‍👩‍👧",
    "🇳🇴",
    "x\u0323\u0307",
    "7.1",
    "“Ja”",
    "東京",
    "𠮷野",
)
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=4)


@st.composite
def texts_with_quotations(draw: st.DrawFn) -> tuple[str, list[Row]]:
    """A text of sentences and quotations at spans of whole words in it, no two at the same."""
    sentences = draw(SENTENCES)
    text = draw(st.sampled_from([" ", "\n\n"])).join(" ".join(words) + "." for words in sentences)
    spans: set[Span] = set()
    at = 0
    for words in sentences:
        first = draw(st.integers(0, len(words) - 1))
        last = draw(st.integers(first, len(words) - 1))
        start = at + sum(len(word) + 1 for word in words[:first])
        spans.add((start, start + len(" ".join(words[first : last + 1]))))
        at = text.index(".", at + len(" ".join(words))) + 1
        at += len(text[at:]) - len(text[at:].lstrip())
    return text, [_quotation(text, span, number) for number, span in enumerate(sorted(spans))]


def _quotation(text: str, span: Span, number: int) -> Row:
    sentence = next(each for each in machine_rows(text)["sentences"] if each["start"] <= span[0] < each["end"])
    found: Row = dict.fromkeys(schemas()["quotations"].columns)
    known = {"document_id": "talks", "sentence_id": sentence["sentence_id"], "coding": "machine", "kind": "statement"}
    place = {"start": span[0], "end": span[1], "text": text[slice(*span)], "quotation_id": f"talks-q{number:010x}"}
    return {**found, **known, **place}


def as_the_program_cuts(form: str, text: str) -> Iterator[tuple[str, str]]:
    """Each mark's row, or label, with its words as the program's own language would cut them out of the text."""
    if form == "webannotation":
        for each in json.loads(text).get("first", {}).get("items", []):
            yield each["id"].rpartition(":")[2], each["target"]["selector"][1]["exact"]
    elif form == "labelstudio":
        for task in json.loads(text):
            for region in task.get("predictions", [{"result": []}])[0]["result"]:
                value = region["value"]
                if region["type"] == "labels":
                    cut = task["data"]["text"][value["start"] : value["end"]]
                    assert cut == value["text"]
                    yield region["id"], cut
    elif form == "prodigy":
        for task in json_lines(text):
            for span in task["spans"]:
                tokens = task["tokens"][span["token_start"] : span["token_end"] + 1]
                assert (tokens[0]["start"], tokens[-1]["end"]) == (span["start"], span["end"])
                yield span["row_id"], task["text"][span["start"] : span["end"]]
    else:
        for record in json_lines(text):
            units = record["text"].encode("utf-16-le")
            for row_id, (start, end, _) in zip(record["tablewright"]["rows"], record["label"], strict=True):
                yield row_id, units[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60)
@given(case=texts_with_quotations())
def test_rows_go_out_and_come_back_the_same(form: str, case: tuple[str, list[Row]]) -> None:
    text, rows = case
    project = documents(text, {"quotations": rows})
    sent = written(form, passages(project))
    assert dict(as_the_program_cuts(form, sent)) == {each["quotation_id"]: each["text"] for each in rows}

    found, intake = taken(project, form, approved(form, sent), reading=CONFIRM)
    assert messages(intake) == []
    assert [verdict for verdict, _ in decided(found)] == ["confirm"] * len(rows)
    decisions = [decision for _, decision in found.decisions]
    reviewed = apply_decisions(text, machine_rows(text, quotations=rows), decisions, schemas(), ACTORS)
    assert reviewed.findings == []
    assert reviewed.rows["quotations"] == [{**each, "coding": "confirmed"} for each in rows]

    again, intake = taken(documents(text, {"quotations": rows}, decisions), form, approved(form, sent), reading=CONFIRM)
    assert (again.decisions, again.decided, messages(intake)) == ([], len(rows), [])


@given(
    case=texts_with_quotations(),
    form=st.sampled_from(["labelstudio", "doccano", "prodigy"]),
    change=st.sampled_from(["crlf", "bom", "trimmed"]),
)
@settings(max_examples=60)
def test_marks_are_found_again_in_a_text_whose_form_was_changed(
    case: tuple[str, list[Row]], form: str, change: str
) -> None:
    text, rows = case
    text = f"Before all.\n\n{text}\n\nAfter all."
    rows = [{**each, "start": each["start"] + 13, "end": each["end"] + 13} for each in rows]
    project = documents(text, {"quotations": rows})
    part_sent = passages(project)[0]
    changed = {
        "crlf": text.replace("\n", "\r\n"),
        "bom": "\ufeff" + text,
        "trimmed": text.removeprefix("Before all.\n\n"),
    }
    new = changed[change]
    shift = {"crlf": lambda at: at + text.count("\n", 0, at), "bom": lambda at: at + 1, "trimmed": lambda at: at - 13}
    moved = [replace(mark, start=shift[change](mark.start), end=shift[change](mark.end)) for mark in part_sent.marks]
    sent = written(form, [replace(part_sent, text=new, marks=tuple(moved))])

    found, intake = taken(project, form, approved(form, sent), reading=CONFIRM)
    assert all(finding.severity == "warning" for finding in intake.findings), messages(intake)
    assert bool(intake.findings) == (change != "trimmed")
    assert [verdict for verdict, _ in decided(found)] == ["confirm"] * len(rows)


@given(text=st.text(alphabet=st.sampled_from("aé\u0301😀𝒜\n"), max_size=12), unit=st.sampled_from(UNITS))
def test_offsets_count_as_an_encoding_does(text: str, unit: str) -> None:
    encoding, width = {"code-points": ("utf-32-le", 4), "utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1)}[unit]
    offsets = Offsets(text, unit)  # type: ignore[arg-type]
    counts = [len(text[:at].encode(encoding)) // width for at in range(len(text) + 1)]
    assert [offsets.count(at) for at in range(len(text) + 1)] == counts
    for count in range(-1, counts[-1] + 2):
        if count in counts:
            assert offsets.code_points(count) == counts.index(count)
        else:
            with pytest.raises(ValueError, match="lies"):
                offsets.code_points(count)


def test_every_table_goes_out_and_comes_back() -> None:
    event = pledge()
    rows: dict[str, list[Row]] = {
        "events": [event, attack()],
        "participants": [part(event, "norway", "source"), part(event, "chad", "target")],
        "aid_figures": [aid()],
        "mentions": [mention(TEXT, "Norway", "norway"), mention(TEXT, "Chad", "chad")],
        "quotations": [row("quotations", TEXT, "We agree,", kind="statement", speaker_id="espen-eide")],
    }
    rows["participants"].append(part(rows["events"][1], "norway", "source"))
    project = documents(TEXT, rows)
    for form in FORMS:
        found, intake = taken(project, form, approved(form, written(form, passages(project))), reading=CONFIRM)
        assert messages(intake) == []
        assert sorted(decided(found)) == sorted(("confirm", name) for name in TABLES for _ in rows[name]), form
        first = next(each for _, each in found.decisions if each.row_id == event["event_id"])
        expected = desk(machine_rows(TEXT, **rows)).accept("events", event)
        assert replace(first, decided_on=BY.decided_on) == expected


def test_rows_one_by_one_are_shown_in_their_paragraph() -> None:
    project = documents(
        TEXT, {"aid_figures": [aid()], "quotations": [row("quotations", TEXT, "We agree,", kind="term")]}
    )
    assert [len(each.marks) for each in passages(project, "row")] == [1, 1]
    assert [len(each.marks) for each in passages(project, "paragraph")] == [2]


def test_of_a_paragraph_without_end_a_row_is_shown_what_stands_around() -> None:
    text = f"{'Words and words. ' * 1000}“We agree,” he said.{' Words and words.' * 1000}"
    project = documents(text, {"quotations": [row("quotations", text, "We agree,", kind="statement")]})
    (passage,) = passages(project, "row")
    assert len(passage.text) < 3100
    assert (text[passage.start - 1], passage.text[:5]) == (" ", "Words")
    found, intake = taken(project, "prodigy", approved("prodigy", written("prodigy", [passage])))
    assert (decided(found), messages(intake)) == ([("confirm", "quotations")], [])
