"""What a person approved stands, found anew in the text; the rest stays the machine's; nothing is guessed."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from reviewcases import (
    ACTORS,
    BY,
    TEXT,
    aid,
    attack,
    desk,
    event,
    machine_rows,
    mention,
    part,
    pledge,
    row,
    schemas,
    spot,
)
from tablewright.actorreview import added_actors, review_actors
from tablewright.deciding import Desk
from tablewright.decision import Decision
from tablewright.records import Finding
from tablewright.review import Reviewed, apply_decisions
from tablewright.reviewfindings import homeless
from tablewright.tables import Row


def review(rows: dict[str, list[Row]], *decisions: Decision, text: str = TEXT, rejected: Any = ()) -> Reviewed:
    lined = [dataclasses.replace(each, line=number) for number, each in enumerate(decisions, start=2)]
    return apply_decisions(text, rows, lined, schemas(), ACTORS, rejected)


def with_events(text: str, *events: Row, **tables: list[Row]) -> dict[str, list[Row]]:
    parts = [part(each, "norway", "source") for each in events] + [part(each, "chad", "target") for each in events]
    return machine_rows(text, events=list(events), participants=parts, **tables)


def only(findings: list[Finding]) -> Finding:
    (finding,) = findings
    return finding


def test_without_decisions_the_machines_rows_stand() -> None:
    rows = with_events(TEXT, pledge())
    result = review(rows)
    assert result.rows == rows
    assert result.pending["events"] == rows["events"]
    assert (result.findings, result.differences) == ([], [])


def test_a_confirmed_row_is_published_as_confirmed() -> None:
    rows = with_events(TEXT, pledge(), attack())
    result = review(rows, desk(rows).accept("events", pledge()))
    assert result.rows["events"] == [{**pledge(), "coding": "confirmed"}, attack()]
    assert result.pending["events"] == [attack()]
    assert sorted(map(str, result.rows["participants"])) == sorted(map(str, rows["participants"]))
    assert (result.findings, result.differences) == ([], [])


def test_an_amended_row_keeps_its_id_and_says_what_the_person_said() -> None:
    rows = with_events(TEXT, pledge())
    decision = desk(rows).amend("events", pledge(), {"event_type": "AID", "target": "chad; japan"})
    result = review(rows, decision)
    (published,) = result.rows["events"]
    assert published["event_id"] == pledge()["event_id"]
    assert (published["event_type"], published["quad_class"]) == ("AID", "material_cooperation")
    assert published["coding"] == "amended"
    assert [each["actor_id"] for each in result.rows["participants"]] == ["norway", "chad", "japan"]
    # That the machine says otherwise in what was amended is no news.
    assert result.differences == []


def test_a_rejected_row_is_not_published_nor_are_its_participants() -> None:
    rows = with_events(TEXT, pledge(), attack())
    result = review(rows, desk(rows).reject("events", pledge()))
    assert result.rows["events"] == [attack()]
    assert {each["event_id"] for each in result.rows["participants"]} == {attack()["event_id"]}
    assert result.rejected["events"] == result.judged["events"] == [pledge()]
    assert {each["event_id"] for each in result.judged["participants"]} == {pledge()["event_id"]}


def test_an_added_row_stands_in_the_order_of_the_text() -> None:
    rows = with_events(TEXT, attack())
    values = {"trigger": "pledged", "event_type": "AGREE", "status": "occurred", "summary": "Norway pledged."}
    added = desk(rows).add("events", "talks", "Norway pledged $5 million to Chad", {**values, "source": "norway"})
    result = review(rows, added)
    assert [each["coding"] for each in result.rows["events"]] == ["added", "machine"]
    assert result.rows["events"][0]["event_id"] == pledge()["event_id"]
    # Should the machine find it later, it is that row.
    result = review(with_events(TEXT, pledge(), attack()), added)
    assert [each["coding"] for each in result.rows["events"]] == ["added", "machine"]


@pytest.mark.parametrize("head", ["", "Much has happened. ", "A heading\n\nNorway pledged $9 million to nobody. "])
def test_decisions_survive_edits_elsewhere(head: str) -> None:
    rows = with_events(TEXT, pledge(), aid_figures=[aid()])
    taken = [desk(rows).accept("events", pledge()), desk(rows).amend("aid_figures", aid(), {"status": "delivered"})]
    text = head + TEXT.replace("met in Oslo", "came to Oslo")
    result = review(machine_rows(text), *taken, text=text)
    assert result.findings == []
    for table, words in (("events", "Norway pledged $5 million to Chad"), ("aid_figures", "$5 million")):
        (published,) = result.rows[table]
        assert (published["start"], published["end"]) == spot(text, words)
        assert text[published["start"] : published["end"]] == published["text"] == words
        sentence = next(each for each in result.rows["sentences"] if each["end"] >= published["end"])
        assert published["sentence_id"] == sentence["sentence_id"]


def test_a_row_whose_borders_and_fields_the_machine_moved_is_the_same_row() -> None:
    rows = with_events(TEXT, pledge(), aid_figures=[aid()])
    taken = [desk(rows).accept("events", pledge()), desk(rows).accept("aid_figures", aid())]
    moved = event(TEXT, "Norway pledged $5 million", "pledged", "AID", summary=f"{pledge()['text']}.")
    wider = aid(TEXT, "$5 million to Chad", amount=5.0)
    assert moved["event_id"] != pledge()["event_id"]
    result = review(with_events(TEXT, moved, aid_figures=[wider]), *taken)
    assert result.rows["events"] == [{**pledge(), "coding": "confirmed"}]
    assert result.rows["aid_figures"] == [{**aid(), "coding": "confirmed"}]
    said = [(each.table, each.column, each.decided, each.machine) for each in result.differences]
    assert said == [
        ("aid_figures", "text", "$5 million", "$5 million to Chad"),
        ("aid_figures", "amount", 5e6, 5.0),
        ("events", "text", "Norway pledged $5 million to Chad", "Norway pledged $5 million"),
        ("events", "event_type", "AGREE", "AID"),
    ]
    assert result.differences[-1].line == 2
    assert result.differences[-1].to_json()["file"] == "source/review/events.csv"


def test_differences_in_participants_and_lost_rows_are_told() -> None:
    rows = with_events(TEXT, pledge(), attack())
    taken = [desk(rows).accept("events", each) for each in (pledge(), attack())]
    now = machine_rows(TEXT, events=[pledge()], participants=[part(pledge(), "france", "source")])
    said = [(each.column, each.decided, each.machine) for each in review(now, *taken).differences]
    assert said == [("source", "norway", "france"), ("target", "chad", ""), ("", "condemned the attack", None)]


def test_a_rejected_row_stays_rejected_when_borders_and_type_shift() -> None:
    rows = with_events(TEXT, pledge(), attack())
    decision = desk(rows).reject("events", attack())
    moved = event(TEXT, "and condemned the attack", "condemned", "REJECT")
    result = review(with_events(TEXT, pledge(), moved), decision)
    assert result.rows["events"] == [pledge()]


def test_a_rejected_row_takes_no_other_with_it() -> None:
    both = event(TEXT, "Norway pledged $5 million to Chad and condemned the attack", "condemned", "ACCUSE")
    rows = with_events(TEXT, both)
    result = review(with_events(TEXT, pledge()), desk(rows).reject("events", both))
    assert result.rows["events"] == [pledge()]


def test_of_two_actors_on_one_span_one_may_be_rejected() -> None:
    both = [mention(TEXT, "Japan and Chad", actor) for actor in ("japan", "chad")]
    rows = machine_rows(mentions=both)
    assert review(rows, desk(rows).reject("mentions", both[0])).rows["mentions"] == [both[1]]
    wider = [mention(TEXT, "Japan and Chad met", actor) for actor in ("japan", "chad")]
    assert review(machine_rows(mentions=wider), desk(rows).reject("mentions", both[0])).rows["mentions"] == [wider[1]]


def test_a_second_actor_added_to_a_span_leaves_the_first() -> None:
    first = mention(TEXT, "Japan and Chad", "japan")
    rows = machine_rows(mentions=[first])
    added = desk(rows).add("mentions", "talks", "Japan and Chad", {"actor_id": "chad", "kind": "name"})
    assert [each["actor_id"] for each in review(rows, added).rows["mentions"]] == ["japan", "chad"]


def test_pieces_of_what_a_person_took_as_one_are_not_published() -> None:
    whole = row("quotations", TEXT, "They came.\n\nThey left at once,", kind="statement")
    rows = machine_rows(quotations=[whole])
    taken = desk(rows).accept("quotations", whole)
    pieces = [row("quotations", TEXT, words, kind="statement") for words in ("They came.", "They left at once,")]
    result = review(machine_rows(quotations=pieces), taken)
    assert [each["text"] for each in result.rows["quotations"]] == ["They came.\n\nThey left at once,"]
    assert result.pending["quotations"] == []
    assert result.judged["quotations"] == pieces


def test_the_words_of_a_speaker_are_found_anew() -> None:
    quoted = row("quotations", TEXT, "They came.\n\nThey left at once,", kind="statement", speaker_id="espen-eide")
    start = TEXT.rindex("he said")
    quoted |= {"speaker_text": "he", "speaker_start": start, "speaker_end": start + 2}
    quoted |= {"cue": "said", "cue_start": start + 3, "cue_end": start + 7}
    rows = machine_rows(quotations=[quoted])
    decision = desk(rows).accept("quotations", quoted)
    text = f"It was cold. {TEXT}"
    (published,) = review(machine_rows(text), decision, text=text).rows["quotations"]
    assert published["speaker_start"] == quoted["speaker_start"] + 13
    assert text[published["cue_start"] : published["cue_end"]] == "said"
    gone = TEXT.replace("he said", "it was said")
    assert "speaker_text" in only(review(machine_rows(gone), decision, text=gone).findings).message


def test_a_speaker_is_not_looked_for_in_another_sentence() -> None:
    text = "The RSF agreed. The RSF called it “unjust”, in a word."
    start = text.rindex("RSF")
    speaker: dict[str, Any] = {"speaker_text": "RSF", "speaker_start": start, "speaker_end": start + 3}
    quoted = row("quotations", text, "unjust", kind="fragment", **speaker)
    decision = desk(machine_rows(text), text).accept("quotations", quoted)
    edited = text.replace("The RSF called", "They called")
    assert "speaker_text" in only(review(machine_rows(edited), decision, text=edited).findings).message
    # Where it stood in another sentence from the first, the decision says so.
    far = {**quoted, "speaker_start": 4, "speaker_end": 7}
    decision = desk(machine_rows(text), text).accept("quotations", far)
    assert decision.occurrences == {"speaker_text": 2}
    assert review(machine_rows(text), decision).rows["quotations"] == []
    assert review(machine_rows(text), decision, text=text).rows["quotations"][0]["speaker_start"] == 4


def test_which_of_two_equal_words_is_meant_is_kept() -> None:
    text = "Chad agreed to what Norway agreed. Nobody else did."
    words = "Chad agreed to what Norway agreed"
    second = event(text, words, "agreed", "AGREE")
    start = text.rindex("agreed")
    second |= {"trigger_start": start, "trigger_end": start + 6}
    rows = with_events(text, second)
    decision = desk(rows, text).accept("events", second)
    assert decision.occurrences == {"trigger": 2}
    assert review(machine_rows(text), decision, text=text).rows["events"][0]["trigger_start"] == start


def test_ids_stay_when_a_sentence_of_the_same_wording_is_put_before() -> None:
    text = "Norway left. A long day ended there. Norway left. That was all."
    first, second = (event(text, "Norway left", "left", "RETREAT") for _ in range(2))
    second = row("events", text, "Norway left", 2, **{name: first[name] for name in ("trigger", "event_type")})
    second |= {"trigger_start": second["start"] + 7, "trigger_end": second["end"], "status": "occurred", "summary": "x"}
    short = text[text.index("A long") :]
    alone = event(short, "Norway left", "left", "RETREAT")
    assert alone["event_id"] == first["event_id"]
    rows = with_events(short, alone)
    result = review(with_events(text, first, second), desk(rows, short).accept("events", alone), text=text)
    published = [(each["coding"], each["event_id"], each["start"]) for each in result.rows["events"]]
    assert published == [("machine", second["event_id"], 0), ("confirmed", alone["event_id"], second["start"])]
    assert {each["event_id"] for each in result.rows["participants"]} == {first["event_id"], second["event_id"]}


def test_a_decision_whose_words_are_gone_is_told_with_its_line() -> None:
    rows = with_events(TEXT, pledge())
    decision = desk(rows).accept("events", pledge())
    text = TEXT.replace("$5 million", "$6 million")
    changed = event(text, "Norway pledged $6 million to Chad", "pledged", "AGREE")
    result = review(with_events(text, changed), decision, text=text)
    finding = only(result.findings)
    assert "no longer stand" in finding.message
    assert (finding.code, finding.file, finding.line) == ("stale-decision", "source/review/events.csv", 2)
    assert finding.severity == "error"
    assert result.rows["events"] == [changed]


def test_words_that_stand_twice_are_ambiguous() -> None:
    rows = with_events(TEXT, pledge())
    text = f"{TEXT} {TEXT}"
    result = review(machine_rows(text), desk(rows).accept("events", pledge()), text=text)
    assert "ambiguous" in only(result.findings).message
    assert result.rows["events"] == []


def test_a_date_that_a_spreadsheet_mangled_is_told() -> None:
    rows = with_events(TEXT, pledge())
    decision = desk(rows).accept("events", pledge())
    mangled = dataclasses.replace(decision, values={**decision.values, "date_text": "12-Mar"})
    assert "12-Mar" in only(review(rows, mangled).findings).message


def test_an_unknown_actor_is_told_and_the_row_not_published() -> None:
    rows = with_events(TEXT, pledge(), aid_figures=[aid()])
    decision = desk(rows).accept("events", pledge())
    other = dataclasses.replace(decision, participants={"source": ("narnia",), "target": ()})
    result = review(rows, other)
    finding = only(result.findings)
    assert (finding.code, finding.column) == ("unknown-actor", "source")
    assert "narnia" in finding.message
    assert result.rows["events"] == []


def test_two_people_who_agree_make_one_decision_and_who_differ_none() -> None:
    rows = with_events(TEXT, pledge())
    first = desk(rows).accept("events", pledge())
    second = dataclasses.replace(first, reviewer="ben")
    assert review(rows, first, second).rows["events"][0]["coding"] == "confirmed"
    against = dataclasses.replace(desk(rows).reject("events", pledge()), reviewer="ben")
    result = review(rows, first, against)
    finding = only(result.findings)
    assert finding.code == "conflicting-decisions"
    assert finding.line == 3
    assert "line 2" in finding.message
    assert result.rows["events"] == result.pending["events"] == [pledge()]


def test_decisions_on_documents_that_are_gone_are_told() -> None:
    rows = with_events(TEXT, pledge())
    decision = dataclasses.replace(desk(rows).accept("events", pledge()), line=7)
    assert homeless([decision], {"talks"}) == []
    assert only(homeless([decision], {"other"})).line == 7


def test_rejected_actors_go_with_their_mentions_and_their_part_in_events() -> None:
    talks = event(TEXT, "Japan and Chad met in Oslo", "met", "CONSULT")
    actors: list[Row] = [
        {"actor_id": "chad", "affiliation_id": None},
        {"actor_id": "espen-eide", "affiliation_id": "chad"},
    ]
    rows = machine_rows(
        mentions=[mention(TEXT, "Chad", "chad"), mention(TEXT, "Japan", "japan")],
        events=[pledge(), talks],
        participants=[part(pledge(), "chad", "target"), part(talks, "japan", "source"), part(talks, "chad", "source")],
        aid_figures=[aid()],
        actors=actors,
    )
    result = review(rows, rejected={"chad"})
    assert result.rows["mentions"] == [mention(TEXT, "Japan", "japan")]
    assert result.rows["events"] == [talks]
    assert result.rows["participants"] == [part(talks, "japan", "source")]
    assert result.rows["aid_figures"] == [{**aid(), "recipient_id": None}]
    assert result.rows["actors"] == [{"actor_id": "espen-eide", "affiliation_id": None}]
    decided = review(rows, desk(rows).accept("aid_figures", aid()), rejected={"chad"})
    assert only(decided.findings).code == "unknown-actor"


def test_actors_are_decided_for_the_whole_dataset() -> None:
    table = desk({})
    machine = {"actor_id": "espen-eide", "name": "Eide", "kind": "person", "affiliation_id": "norway"}
    taken = [
        table.amend("actors", machine, {"name": "Espen Barth Eide"}),
        table.reject("actors", {"actor_id": "oslo", "name": "Oslo", "kind": "other"}),
        table.add("actors", "", "", {"actor_id": "frontex", "name": "Frontex", "kind": "government_body"}),
    ]
    reviewed = review_actors(taken, schemas(), ACTORS)
    assert {actor_id: each["name"] for actor_id, each in reviewed.decided.items()} == {
        "espen-eide": "Espen Barth Eide",
        "frontex": "Frontex",
    }
    assert reviewed.decided["espen-eide"]["affiliation_id"] == "norway"
    assert reviewed.rejected == {"oslo"}
    assert reviewed.findings == ()
    assert added_actors(taken) == {"espen-eide", "frontex"}


def test_an_affiliation_has_to_be_an_actor() -> None:
    cells = {"actor_id": "frontex", "name": "Frontex", "kind": "government_body"}
    decision = desk({}).add("actors", "", "", cells)
    lost = dataclasses.replace(decision, values={**decision.values, "affiliation_id": "narnia"})
    reviewed = review_actors([lost], schemas(), ACTORS)
    assert only(list(reviewed.findings)).code == "unknown-actor"
    assert reviewed.decided == {}


def test_columns_and_tables_of_the_projects_own_are_carried_through() -> None:
    known = schemas()
    status = known["aid_figures"].field("purpose")
    field = dataclasses.replace(status, name="salience", title="Salience")
    known["aid_figures"] = dataclasses.replace(known["aid_figures"], fields=(*known["aid_figures"].fields, field))
    rows = machine_rows(aid_figures=[aid()])
    taken = Desk(known, ACTORS, BY, TEXT, rows).amend("aid_figures", aid(), {"salience": "high"})
    result = apply_decisions(TEXT, rows, [taken], known, ACTORS)
    assert result.rows["aid_figures"][0]["salience"] == "high"
