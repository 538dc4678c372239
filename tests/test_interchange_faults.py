"""Files that are cut off, twisted or hostile: one clear line each, and nothing is guessed or lost."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interchangecases import (
    MODULES,
    approved,
    as_lines,
    decided,
    documents,
    json_lines,
    messages,
    passages,
    taken,
    written,
)
from reviewcases import TEXT, aid, row, spot
from tablewright.interchange.taking import Reading

FORMS = tuple(MODULES)


def quotation(text: str = TEXT, words: str = "We agree,") -> dict[str, Any]:
    return row("quotations", text, words, kind="statement", speaker_id="espen-eide")


def of_one() -> Any:
    return documents(TEXT, {"quotations": [quotation()], "aid_figures": [aid()]})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "1: is no JSON: "),
        ('{"text": NaN}', "1: is no JSON: NaN is no JSON value"),
        ('{"text": "a", "text": "b"}', "1: is no JSON: 'text' stands twice in an object"),
        ("\n\n[1, 2]", "3: 1 is no JSON object"),
        ('[{"a": 1}', "1: is no JSON: the list does not end"),
        ("[" * 100_000, "1: is no JSON: nested too deeply"),
        ('{"text": ' + "[" * 100_000, "1: is no JSON: nested too deeply"),
        ('{"start": ' + "9" * 5000 + "}", "1: is no JSON: Exceeds the limit"),
    ],
)
def test_no_json(form: str, text: str, message: str) -> None:
    found, intake = taken(of_one(), form, text)
    assert not found.decisions
    assert any(each.startswith(message) for each in messages(intake)), messages(intake)


def test_a_line_that_is_no_json_hides_no_other() -> None:
    of = of_one()
    good = approved("prodigy", written("prodigy", passages(of, "row")))
    found, intake = taken(of, "prodigy", "{broken\n" + good)
    assert len(found.decisions) == 2
    assert [finding.line for finding in intake.findings] == [1]


def change(form: str, **changes: Any) -> str:
    """The file of one document with its first mark changed."""
    text = approved(form, written(form, passages(of_one())))
    if form == "labelstudio":
        tasks = json.loads(text)
        tasks[0]["annotations"][0]["result"][0]["value"] |= changes
        return json.dumps(tasks)
    records = json_lines(text)
    if form == "prodigy":
        records[0]["spans"][0] |= changes
    else:
        records[0]["label"][0] = [
            changes.get(name, old) for name, old in zip(("start", "end", "label"), records[0]["label"][0], strict=True)
        ]
    return as_lines(records)


@pytest.mark.parametrize("form", ["labelstudio", "doccano", "prodigy"])
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "4"}, "'start' is '4', no whole number"),
        ({"start": True}, "'start' is True, no whole number"),
        ({"start": 1.5}, "'start' is 1.5, no whole number"),
        ({"start": None}, "'start' is None, no whole number"),
        ({"start": -1}, "lies before the text"),
        ({"end": 10**9}, "lies behind the end of the text"),
        ({"start": 20, "end": 20}, "holds no words"),
    ],
)
def test_offsets_that_are_none(form: str, changes: dict[str, Any], message: str) -> None:
    found, intake = taken(of_one(), form, change(form, **changes), reading=Reading("confirm"))
    assert any(message in each for each in messages(intake)), messages(intake)
    # The row whose mark is broken is not taken for rejected.
    assert "reject" not in [verdict for verdict, _ in decided(found)]


@pytest.mark.parametrize("form", ["doccano", "prodigy"])
def test_labels_of_other_making(form: str) -> None:
    for label, message in (("PERSON", "names no table"), ("quotations/loud", "has no code of quotations")):
        _, intake = taken(of_one(), form, change(form, label=label))
        assert message in messages(intake)[0]
        assert intake.findings[0].remedy


def test_a_mark_within_a_word_or_within_a_character_is_refused() -> None:
    text = "Yes 👍 We agree, he said."
    of = documents(text, {"quotations": [row("quotations", text, "We agree,", kind="statement")]})
    (record,) = json_lines(approved("doccano", written("doccano", passages(of))))
    start, end, label = record["label"][0]
    _, intake = taken(of, "doccano", as_lines([{**record, "label": [[start, end, label], [start + 1, end, label]]}]))
    assert "begins or ends within a word" in messages(intake)[0]
    _, intake = taken(of, "doccano", as_lines([{**record, "label": [[start, end, label], [5, 12, label]]}]))
    assert "lies within a character" in messages(intake)[0]


def test_a_file_counted_otherwise_is_read_when_told_so() -> None:
    text = "Yes 👍 We agree, he said."
    of = documents(text, {"quotations": [row("quotations", text, "We agree,", kind="statement")]})
    hand_made = as_lines([{"text": text, "document_id": "talks", "label": [[6, 15, "quotations/statement"]]}])
    _, intake = taken(of, "doccano", hand_made)
    assert "it may have been counted otherwise" in messages(intake)[0]
    found, _ = taken(of, "doccano", hand_made, unit="code-points")
    assert decided(found) == [("confirm", "quotations")]


def test_a_mark_twice_and_one_of_a_row_decided_otherwise() -> None:
    of = of_one()
    sent = json_lines(approved("prodigy", written("prodigy", passages(of, "row"))))
    found, intake = taken(of, "prodigy", as_lines([*sent, *sent]))
    assert (len(found.decisions), messages(intake)) == (2, [])
    rejected = {**sent[0], "answer": "reject"}
    _, intake = taken(of, "prodigy", as_lines([*sent, rejected]))
    assert messages(intake) == [f"3: {aid()['aid_figure_id']} is decided otherwise in line 1"]


def test_an_unknown_document_and_an_unknown_actor() -> None:
    of = of_one()
    _, intake = taken(
        of, "prodigy", approved("prodigy", written("prodigy", passages(of))).replace('"talks"', '"walks"')
    )
    assert "there is no document 'walks'" in messages(intake)[0]
    sent = approved("labelstudio", written("labelstudio", passages(of)))
    _, intake = taken(of, "labelstudio", sent.replace('["espen-eide"]', '["nobody"]'))
    assert "there is no actor 'nobody'" in messages(intake)[0]


def test_a_text_in_other_normalization_is_found_by_its_words() -> None:
    text = "At the café Eide said “Déjà vu, we agree” and left. They went on."
    of = documents(text, {"quotations": [row("quotations", text, "Déjà vu, we agree", kind="statement")]})
    (task,) = json_lines(approved("prodigy", written("prodigy", passages(of))))
    task["text"] = unicodedata.normalize("NFD", text)
    words = unicodedata.normalize("NFD", "Déjà vu, we agree")
    start = task["text"].index(words)
    task["spans"][0] |= {"start": start, "end": start + len(words)}
    found, intake = taken(of, "prodigy", as_lines([task]))
    assert decided(found) == [("confirm", "quotations")]
    assert messages(intake) == [
        "1: talks: the text came back with letters and accents joined otherwise (Unicode normalization)"
    ]
    assert intake.findings[0].severity == "warning"


def test_a_text_with_other_words_keeps_only_what_stands_there_still() -> None:
    of = of_one()
    (task,) = json_lines(approved("prodigy", written("prodigy", passages(of))))
    longer = "An editor's remark.\n\n" + TEXT.replace("$5 million", "$6 million")
    shift = len("An editor's remark.\n\n")
    for span in task["spans"]:
        span["start"], span["end"] = span["start"] + shift, span["end"] + shift
    found, intake = taken(of, "prodigy", as_lines([{**task, "text": longer}]))
    assert "the text is not the document's as it is now" in messages(intake)[0]
    assert "“$6 million” are not in the document" in messages(intake)[1]
    assert decided(found) == [("confirm", "quotations")]


def test_a_quote_that_is_not_what_stands_there() -> None:
    sent = change("labelstudio", text="We disagree,")
    _, intake = taken(of_one(), "labelstudio", sent)
    assert "not “We disagree,”" in messages(intake)[0]


def test_half_a_character_is_no_text() -> None:
    sent = approved("prodigy", written("prodigy", passages(of_one()))).replace("Norway pledged", "\\ud83d pledged")
    _, intake = taken(of_one(), "prodigy", sent)
    assert messages(intake)[0] == "1: 'text' has half of a character in it"


def test_a_missing_field_names_the_remedy() -> None:
    start, end = spot(TEXT, "They left at once,")
    (record,) = json_lines(approved("doccano", written("doccano", passages(of_one()))))
    record["label"].append([start, end, "events/ACCUSE"])
    _, intake = taken(of_one(), "doccano", as_lines([record]))
    assert "trigger is missing; status is missing; summary is missing" in messages(intake)[0]
    assert str(intake.findings[0].remedy).startswith(
        'tablewright review add events talks "They left at once," trigger=…'
    )


# JSON of any shape, with the keys that mean something.
KEYS = st.sampled_from(
    [
        "text",
        "label",
        "entities",
        "relations",
        "spans",
        "answer",
        "data",
        "annotations",
        "result",
        "value",
        "tablewright",
        "rows",
        "start",
        "end",
        "labels",
        "type",
        "id",
        "from_name",
        "items",
        "first",
        "body",
        "target",
        "selector",
        "document_id",
        "was_cancelled",
        "completed_by",
        "exact",
        "purpose",
        "creator",
        "from_id",
        "choices",
        "_session_id",
        "offsets",
        "sent",
        "decided",
    ]
)
WORDS = [
    "x",
    "accept",
    "reject",
    "labels",
    "relation",
    "Annotation",
    "AnnotationPage",
    "TextQuoteSelector",
    "TextPositionSelector",
    "talks",
    "a=b",
]
SCALARS = st.sampled_from([None, True, 0, -1, 3, 10**18, 1.5, "", TEXT, "quotations", "\ud800", *WORDS])
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5))


@settings(max_examples=300)
@given(form=st.sampled_from(FORMS), record=st.dictionaries(KEYS, JSON, max_size=6))
def test_any_json_is_read_or_refused(form: str, record: dict[str, Any]) -> None:
    taken(of_one(), form, json.dumps(record))


@settings(max_examples=200)
@given(data=st.data(), form=st.sampled_from(FORMS))
def test_a_file_with_one_value_twisted_is_read_or_refused(data: st.DataObject, form: str) -> None:
    sent = approved(form, written(form, passages(of_one())))
    record = json.loads(sent if form in ("labelstudio", "webannotation") else sent.split("\n")[0])
    place: Any = record
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(JSON)
        break
    taken(of_one(), form, json.dumps(record))
