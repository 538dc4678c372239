"""What people did in Label Studio, doccano, Prodigy and Web Annotation programs, and the decisions that come of it.

The files have the form that the programs themselves export: keys that mean nothing here are theirs.
"""

from __future__ import annotations

import json
from typing import Any

from interchangecases import (
    LAYOUTS,
    TABLES,
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
from reviewcases import BY, TEXT, aid, attack, desk, machine_rows, mention, part, pledge, row, spot
from tablewright.deciding import Taker
from tablewright.interchange.labelconfig import label_config
from tablewright.interchange.taking import Reading, Taken
from tablewright.interchange.underreview import Documents
from tablewright.tables import Row

WORDS = "We agree,"
BEN = Taker("ben", BY.decided_on)


def quotation(**values: Any) -> Row:
    return row("quotations", TEXT, WORDS, **{"kind": "statement", "speaker_id": "espen-eide", **values})


def project(*rows: Row) -> Documents:
    tables: dict[str, list[Row]] = {}
    for each in rows:
        name = next(name for name in TABLES if LAYOUTS[name].key in each)
        tables.setdefault(name, []).append(each)
    return documents(TEXT, tables)


def values(found: Taken, number: int = 0) -> dict[str, Any]:
    decision = found.decisions[number][1]
    return {**decision.values, "text": decision.quote.exact}


# Label Studio


def annotated(sent: str, *regions: dict[str, Any], keep: tuple[str, ...] = ("labels", "choices", "textarea")) -> str:
    """A task after its prediction was submitted with `regions` besides those of its results that are of a type kept."""
    (task,) = json.loads(approved("labelstudio", sent))
    task["annotations"][0]["result"] = [
        *(each for each in task["annotations"][0]["result"] if each["type"] in keep),
        *regions,
    ]
    return json.dumps([task])


def region(table: str, words: str, key: str = "dH8x_Qw1zr", **cells: str) -> list[dict[str, Any]]:
    """A region that a person marked in Label Studio, with what the controls beside it say."""
    start, end = spot(TEXT, words)
    place = {"start": start, "end": end}
    common = {"id": key, "to_name": "text", "origin": "manual"}
    shown = words.replace("\n", "\\n")
    first = {**common, "value": {**place, "text": shown, "labels": [table]}, "from_name": "label", "type": "labels"}
    found = [first]
    for name, cell in cells.items():
        coded = bool(LAYOUTS[table].schema.field(name).categories) if name not in ("source", "target") else False
        said = {"choices": [cell]} if coded else {"text": [cell]}
        kind = "choices" if coded else "textarea"
        found.append({**common, "value": {**place, **said}, "from_name": f"{table}__{name}", "type": kind})
    return found


def test_label_studio_amends_a_field_and_adds_a_row() -> None:
    of = project(quotation())
    sent = written("labelstudio", passages(of))
    text = annotated(sent, *region("quotations", "They came.\n\nThey left at once,", kind="statement", cue="he said"))
    text = text.replace('"choices": ["statement"]', '"choices": ["fragment"]', 1)
    found, intake = taken(of, "labelstudio", text)
    assert messages(intake) == []
    assert decided(found) == [("amend", "quotations"), ("add", "quotations")]
    assert found.decisions[0][1].changed == ("kind",)
    assert values(found, 1)["text"] == "They came. They left at once,"
    assert found.decisions[1][1].row_id.startswith("talks-q")
    of = documents(TEXT, {"quotations": [quotation()]}, [decision for _, decision in found.decisions])
    again, intake = taken(of, "labelstudio", text)
    assert (again.decisions, again.decided, messages(intake)) == ([], 2, [])


def test_label_studio_takes_a_cleared_field_for_empty() -> None:
    of = project(quotation())
    text = annotated(written("labelstudio", passages(of)), keep=("labels", "choices"))
    found, _ = taken(of, "labelstudio", text)
    assert found.decisions[0][1].changed == ("speaker_id",)
    assert values(found)["speaker_id"] is None


def test_label_studio_rejects_what_was_deleted_and_moves_what_was_drawn_anew() -> None:
    of = project(aid(), quotation())
    sent = written("labelstudio", passages(of))
    (task,) = json.loads(approved("labelstudio", sent))
    result = task["annotations"][0]["result"]
    aid_id = aid()["aid_figure_id"]
    task["annotations"][0]["result"] = [each for each in result if each["id"] == aid_id]
    for each in task["annotations"][0]["result"]:
        each["value"]["start"], each["value"]["end"] = spot(TEXT, "pledged $5 million")
        if each["type"] == "labels":
            each["value"]["text"] = "pledged $5 million"
    found, intake = taken(of, "labelstudio", json.dumps([task]))
    assert messages(intake) == []
    assert decided(found) == [("amend", "aid_figures"), ("reject", "quotations")]
    assert values(found)["text"] == "pledged $5 million"


def test_label_studio_of_old_counted_utf_16() -> None:
    text = "👍 Yes. “We agree,” he said."
    quoted = row("quotations", text, WORDS, kind="statement")
    of = documents(text, {"quotations": [quoted]})
    sent = approved("labelstudio", written("labelstudio", passages(of), "utf-16"))
    sent = sent.replace('"offsets": "utf-16"', '"offsets": null')
    found, intake = taken(of, "labelstudio", sent)
    assert (messages(intake), decided(found)) == ([], [("confirm", "quotations")])


def test_label_studio_leaves_alone_what_was_skipped_or_never_opened() -> None:
    of = project(aid())
    sent = written("labelstudio", passages(of))
    skipped = json.loads(approved("labelstudio", sent))
    skipped[0]["annotations"][0]["was_cancelled"] = True
    for text in (sent, json.dumps(skipped)):
        found, intake = taken(of, "labelstudio", text)
        assert (found.decisions, intake.skipped, messages(intake)) == ([], 1, [])


def test_label_studio_tells_decisions_that_were_sent_from_those_made_there() -> None:
    of = project(aid(), quotation())
    first, _ = taken(of, "labelstudio", approved("labelstudio", written("labelstudio", passages(of))))
    only_aid = [each for _, each in first.decisions if each.table == "aid_figures"]
    of = documents(TEXT, {"aid_figures": [aid()], "quotations": [quotation()]}, only_aid)
    (task,) = json.loads(written("labelstudio", passages(of)))
    assert len(task["predictions"]) == len(task["annotations"]) == 1
    untouched, intake = taken(of, "labelstudio", json.dumps([task]), by=BEN)
    assert (untouched.decisions, intake.skipped) == ([], 1)
    task["annotations"][0] |= {"lead_time": 3.2, "completed_by": 7}
    looked_over, _ = taken(of, "labelstudio", json.dumps([task]), by=BEN)
    assert sorted(decided(looked_over)) == [("confirm", "aid_figures"), ("confirm", "quotations")]


def test_label_studio_asks_whose_annotations_count() -> None:
    of = project(aid())
    (task,) = json.loads(approved("labelstudio", written("labelstudio", passages(of))))
    other = {**task["annotations"][0], "id": 2, "completed_by": {"id": 2, "email": "ben@example.org"}}
    task["annotations"].append(other)
    found, intake = taken(of, "labelstudio", json.dumps([task]))
    assert (found.decisions, messages(intake)) == ([], ["1: several people annotated"])
    assert "ana@example.org, ben@example.org" in str(intake.findings[0].remedy)
    found, intake = taken(of, "labelstudio", json.dumps([task]), reading=Reading(annotator="ben@example.org"))
    assert (decided(found), messages(intake)) == ([("confirm", "aid_figures")], [])


def test_relations_of_label_studio_name_who_takes_part() -> None:
    event = pledge()
    norway, chad = mention(TEXT, "Norway", "norway"), mention(TEXT, "Chad", "chad")
    tables = {"events": [event], "participants": [part(event, "norway", "source")], "mentions": [norway, chad]}
    of = documents(TEXT, tables)
    sent = written("labelstudio", passages(of))
    relation = {"type": "relation", "from_id": event["event_id"], "to_id": chad["mention_id"], "direction": "right"}
    text = annotated(sent, {**relation, "labels": ["target"]}, keep=("labels", "choices", "textarea", "relation"))
    found, intake = taken(of, "labelstudio", text)
    assert messages(intake) == []
    amended = next(decision for _, decision in found.decisions if decision.table == "events")
    assert amended.participants == {"source": ("norway",), "target": ("chad",)}
    assert amended.changed == ("target",)


def test_the_labelling_interface_asks_for_each_column_and_escapes_it() -> None:
    config = label_config(LAYOUTS[name] for name in TABLES)
    assert '<Label value="quotations"' in config
    assert 'name="events__event_type" toName="text" perRegion="true"' in config
    assert "white-space: pre-wrap" in config


# doccano


def labelled(of: Documents, *labels: list[Any], without: str | None = None) -> str:
    (record,) = json_lines(approved("doccano", written("doccano", passages(of))))
    record["label"] = [*(each for each in record["label"] if each[2] != without), *labels]
    return as_lines([record])


def test_doccano_leaves_undecided_what_came_back_as_it_was() -> None:
    of = project(aid(), quotation())
    found, intake = taken(of, "doccano", labelled(of), reading=Reading(unchanged="leave"))
    assert (found.decisions, found.left, messages(intake)) == ([], 2, [])


def test_doccano_amends_a_label_rejects_and_adds() -> None:
    of = project(aid(), attack(), quotation())
    start, end = spot(TEXT, "They left at once,")
    text = labelled(of, [start, end, "quotations/fragment"], without="events/ACCUSE")
    text = text.replace("quotations/statement", "quotations/term")
    found, intake = taken(of, "doccano", text, reading=Reading(unchanged="leave"))
    assert messages(intake) == []
    assert decided(found) == [("amend", "quotations"), ("add", "quotations"), ("reject", "events")]
    assert values(found)["kind"] == "term"
    assert values(found, 1)["text"] == "They left at once,"


def test_doccano_cannot_give_what_a_new_row_needs() -> None:
    of = project(quotation())
    start, end = spot(TEXT, "Japan")
    _, intake = taken(of, "doccano", labelled(of, [start, end, "mentions/name"]))
    assert messages(intake) == ["1: talks: a new mark at 'Japan': mentions: a row of mentions: actor_id is missing"]
    assert intake.findings[0].remedy == 'tablewright review add mentions talks "Japan" actor_id=… kind=…'


def test_doccano_may_have_dropped_marks_that_overlap() -> None:
    of = project(aid(), pledge())
    (record,) = json_lines(labelled(of))
    record["label"] = record["label"][:1]
    found, intake = taken(of, "doccano", as_lines([record]), reading=Reading("leave"))
    assert "may not overlap there" in messages(intake)[0]
    found, intake = taken(of, "doccano", as_lines([record]), reading=Reading("leave", "reject"))
    assert (len(found.decisions), messages(intake)) == (1, [])


def test_doccano_says_nothing_of_rows_none_of_which_came_back() -> None:
    of = project(quotation())
    _, intake = taken(of, "doccano", labelled(of, without="quotations/statement"))
    assert "none of the rows that were sent came back" in messages(intake)[0]


def test_doccano_with_relations_and_ids_of_its_own() -> None:
    event = pledge()
    norway, chad = mention(TEXT, "Norway", "norway"), mention(TEXT, "Chad", "chad")
    tables = {"events": [event], "participants": [part(event, "norway", "source")], "mentions": [norway, chad]}
    of = documents(TEXT, tables)
    from tablewright.interchange import doccano

    (record,) = json_lines("".join(doccano.write(passages(of), relations=True)))
    number = {each["label"] + str(each["start_offset"]): 100 + each["id"] for each in record["entities"]}
    for each in record["entities"]:
        each["id"] += 100
    event_key, norway_key, chad_key = (
        number[f"events/AGREE{event['start']}"],
        number[f"mentions/name{norway['start']}"],
        number[f"mentions/name{chad['start']}"],
    )
    assert [(each["type"], each["to_id"] + 100) for each in record["relations"]] == [("source", norway_key)]
    record["relations"] = [{"id": 9, "from_id": event_key, "to_id": chad_key, "type": "target"}]
    found, intake = taken(of, "doccano", as_lines([record]))
    assert messages(intake) == []
    amended = next(decision for _, decision in found.decisions if decision.table == "events")
    assert amended.participants == {"source": (), "target": ("chad",)}


def test_doccano_file_made_from_the_text_alone_finds_its_document() -> None:
    of = project(quotation())
    start, end = spot(TEXT, WORDS)
    text = as_lines([{"id": 1, "text": TEXT, "label": [[start, end, "quotations/statement"]], "Comments": []}])
    found, intake = taken(of, "doccano", text)
    assert (decided(found), messages(intake)) == ([("confirm", "quotations")], [])


# Prodigy


def answered(of: Documents, *answers: str) -> str:
    records = json_lines(approved("prodigy", written("prodigy", passages(of, "row"))))
    return as_lines({**record, "answer": answer} for record, answer in zip(records, answers, strict=True))


def test_prodigy_accepts_rejects_and_ignores_row_by_row() -> None:
    of = project(aid(), attack(), quotation())
    of_attack = attack()["event_id"]
    found, intake = taken(of, "prodigy", answered(of, "accept", "reject", "ignore"))
    assert (decided(found), messages(intake), intake.skipped) == (
        [("confirm", "aid_figures"), ("reject", "events")],
        [],
        1,
    )
    assert found.decisions[1][1].row_id == of_attack


def test_prodigy_says_not_which_row_of_several_is_wrong() -> None:
    of = project(aid(), quotation())
    (task,) = json_lines(approved("prodigy", written("prodigy", passages(of))))
    _, intake = taken(of, "prodigy", as_lines([{**task, "answer": "reject"}]))
    assert messages(intake) == ["1: talks: rejects a text with 2 rows: which of them is wrong it does not say"]


def test_prodigy_span_drawn_anew_has_lost_its_id() -> None:
    of = project(quotation())
    (task,) = json_lines(answered(of, "accept"))
    start, end = spot(TEXT, "“We agree,”")
    task["spans"] = [{"start": start, "end": end, "token_start": 1, "token_end": 5, "label": "quotations/fragment"}]
    found, intake = taken(of, "prodigy", as_lines([task]))
    assert "none of the rows that were sent came back" in messages(intake)[0]
    task["spans"][0]["label"] = "quotations/statement"
    found, intake = taken(of, "prodigy", as_lines([task]))
    assert (decided(found), messages(intake)) == ([("amend", "quotations")], [])
    assert values(found)["text"] == "“We agree,”"


def test_prodigy_task_sent_with_its_answer_is_nobodys_new_word() -> None:
    of = project(quotation())
    first, _ = taken(of, "prodigy", answered(of, "accept"))
    of = documents(TEXT, {"quotations": [quotation()]}, [each for _, each in first.decisions])
    sent = written("prodigy", passages(of, "row"))
    assert json_lines(sent)[0]["answer"] == "accept"
    found, intake = taken(of, "prodigy", sent, by=BEN)
    assert (found.decisions, intake.skipped) == ([], 1)


# Web Annotation


def annotation(words: str, *bodies: tuple[str, str], **more: Any) -> dict[str, Any]:
    """An annotation as RecogitoJS makes it, with the document's id as its source."""
    start, end = spot(TEXT, words)
    selectors = [
        {"type": "TextQuoteSelector", "exact": words},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
    body = [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in bodies]
    known = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "id": "#ccf99248-e2a0"}
    return {**known, "body": body, "target": {"source": "talks", "selector": selectors}, **more}


def test_web_annotations_of_the_machine_say_nothing_until_somebody_changes_them() -> None:
    of = project(aid(), quotation())
    sent = written("webannotation", passages(of))
    found, intake = taken(of, "webannotation", sent)
    assert (found.decisions, found.left, messages(intake)) == ([], 2, [])
    found, intake = taken(of, "webannotation", sent.replace("kind=statement", "kind=term"))
    assert (decided(found), messages(intake)) == ([("amend", "quotations")], [])


def test_web_annotations_have_what_the_model_asks_of_them() -> None:
    """What "must" be, by sections 3.1, 3.2.4, 3.3.1, 4.2 and 5.1 of the model; also checked by hand against its JSON-LD
    context with rdflib.
    """
    first, _ = taken(project(aid()), "prodigy", answered(project(aid()), "accept"))
    decisions = [each for _, each in first.decisions]
    sent = json.loads(written("webannotation", passages(documents(TEXT, {"aid_figures": [aid()]}, decisions))))
    assert (sent["@context"], sent["type"], sent["total"]) == (
        "http://www.w3.org/ns/anno.jsonld",
        "AnnotationCollection",
        1,
    )
    assert sent["first"]["partOf"] == sent["id"]
    (found,) = sent["first"]["items"]
    assert (found["type"], found["motivation"], found["created"]) == ("Annotation", "assessing", "2024-04-01T00:00:00Z")
    assert found["creator"] == {"type": "Person", "name": "ana"}
    assert found["id"].startswith("urn:")
    assert found["target"]["source"]["id"].startswith("urn:")
    assert all(body["type"] == "TextualBody" and isinstance(body["value"], str) for body in found["body"])
    assert [each["type"] for each in found["target"]["selector"]] == ["TextPositionSelector", "TextQuoteSelector"]


def test_web_annotation_adds_a_row_and_one_that_is_missing_says_nothing() -> None:
    of = project(quotation())
    tags = (("classifying", "aid_figures"), ("tagging", "qualifier=exact"), ("tagging", "status=pledged"))
    told = (("describing", "amount=5000000"), ("describing", "currency=USD"), ("describing", "donor_id=norway"))
    made = annotation("$5 million", *tags, *told, ("commenting", "clear"), creator={"type": "Person", "name": "ana"})
    found, intake = taken(of, "webannotation", json.dumps([made]))
    assert (decided(found), messages(intake)) == ([("add", "aid_figures")], [])
    assert values(found)["amount"] == 5_000_000
    assert values(found)["humanitarian"] is False


def test_web_annotation_rejects_by_a_body_that_assesses() -> None:
    of = project(quotation())
    made = annotation(WORDS, ("classifying", "quotations"), ("assessing", "reject"))
    found, intake = taken(of, "webannotation", as_lines([made]))
    assert (decided(found), messages(intake)) == ([("reject", "quotations")], [])


def test_web_annotation_is_found_by_its_quote_when_the_position_is_off() -> None:
    of = project(quotation())
    made = annotation(WORDS, ("classifying", "quotations"), ("tagging", "kind=term"))
    made["target"]["selector"][1] |= {"start": 3, "end": 9}
    found, intake = taken(of, "webannotation", as_lines([made]))
    assert (decided(found), messages(intake)) == ([("amend", "quotations")], [])
    made["target"]["selector"] = made["target"]["selector"][1:]
    _, intake = taken(of, "webannotation", as_lines([made]))
    assert messages(intake) == ["1: annotation #ccf99248-e2a0: has no TextQuoteSelector"]


def test_rejected_rows_are_told_and_stay_rejected() -> None:
    of = project(quotation(), aid())
    rejected = desk(machine_rows(TEXT, quotations=[quotation()])).reject("quotations", quotation())
    of = documents(TEXT, {"quotations": [quotation()], "aid_figures": [aid()]}, [rejected])
    sent = written("webannotation", passages(of))
    assert '"value": "reject"' in sent
    found, intake = taken(of, "webannotation", sent)
    assert (found.decisions, found.decided, found.left, messages(intake)) == ([], 1, 1, [])
    assert json_lines(written("prodigy", passages(of, "row")))[1]["answer"] == "reject"
    for form in ("doccano", "labelstudio"):
        found, intake = taken(of, form, approved(form, written(form, passages(of))), reading=Reading("confirm"))
        assert (decided(found), messages(intake)) == ([("confirm", "aid_figures")], []), form


def test_the_day_and_the_reason_are_those_of_the_file() -> None:
    of = project(quotation())
    (task,) = json.loads(approved("labelstudio", written("labelstudio", passages(of))))
    task["annotations"][0]["updated_at"] = "2024-05-06T09:30:00.123456Z"
    region = task["annotations"][0]["result"][0]
    region["meta"]["text"] = [f"{region['meta']['text'][0]} he said so himself"]
    found, _ = taken(of, "labelstudio", json.dumps([task]))
    decision = found.decisions[0][1]
    assert (decision.note, decision.decided_on.isoformat()) == ("he said so himself", "2024-05-06")
    found, _ = taken(of, "prodigy", answered(of, "accept"))
    assert found.decisions[0][1].decided_on.isoformat() == "2024-04-01"
    noted = annotation(WORDS, ("classifying", "quotations"), ("tagging", "kind=term"), ("commenting", "scare quotes"))
    found, _ = taken(of, "webannotation", json.dumps({**noted, "created": "2024-05-07T00:00:00Z"}))
    decision = found.decisions[0][1]
    assert (decision.note, decision.decided_on.isoformat()) == ("scare quotes", "2024-05-07")


def test_a_comment_in_doccano_is_not_lost_in_silence() -> None:
    of = project(quotation())
    (record,) = json_lines(labelled(of))
    found, intake = taken(of, "doccano", as_lines([{**record, "Comments": ["who is he?"]}]))
    assert [finding.severity for finding in intake.findings] == ["warning"]
    assert "who is he?" in messages(intake)[0]
    assert len(found.decisions) == 1


def test_a_rejected_row_that_is_marked_again_is_taken_back() -> None:
    rejected = desk(machine_rows(TEXT, quotations=[quotation()])).reject("quotations", quotation())
    of = documents(TEXT, {"quotations": [quotation()], "aid_figures": [aid()]}, [rejected])
    start, end = spot(TEXT, WORDS)
    text = labelled(of, [start, end, "quotations/statement"])
    found, intake = taken(of, "doccano", text, reading=Reading(unchanged="leave"))
    assert (decided(found), found.left, messages(intake)) == ([("confirm", "quotations")], 1, [])
