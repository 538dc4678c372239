"""Taking decisions: what a person says of a row becomes a line that stands by itself."""

from __future__ import annotations

from typing import Any

import pytest

from reviewcases import TEXT, aid, attack, desk, machine_rows, mention, part, pledge, row
from tablewright.errors import DecisionError
from tablewright.tables import Row

ROWS = machine_rows(
    events=[pledge(), attack()],
    participants=[part(pledge(), "norway", "source"), part(pledge(), "chad", "target")],
    aid_figures=[aid()],
    mentions=[mention(TEXT, "Chad", "chad")],
)
EVENT: dict[str, Any] = {
    "trigger": "met",
    "event_type": "CONSULT",
    "status": "occurred",
    "summary": "Japan and Chad met.",
}


def test_accepting_keeps_all_that_the_row_says() -> None:
    decision = desk(ROWS).accept("events", pledge())
    assert (decision.decision, decision.row_id) == ("confirm", pledge()["event_id"])
    assert decision.quote.exact == "Norway pledged $5 million to Chad"
    assert (decision.quote.prefix, decision.quote.suffix) == ("", " and condemned the attack.")
    assert decision.participants == {"source": ("norway",), "target": ("chad",)}
    assert "quad_class" not in decision.values
    assert decision.reviewer == "ana"


def test_amending_reads_cells_as_the_file_has_them() -> None:
    changes = {"amount": "6000000", "humanitarian": "TRUE", "purpose": "relief", "recipient_id": ""}
    decision = desk(ROWS).amend("aid_figures", aid(), changes)
    assert decision.decision == "amend"
    assert decision.changed == ("amount", "humanitarian", "purpose", "recipient_id")
    assert (decision.values["amount"], decision.values["recipient_id"]) == (6e6, None)


def test_amended_words_are_looked_for_where_the_row_stands() -> None:
    decision = desk(ROWS).amend("aid_figures", aid(), {"text": "$5 million to Chad"})
    assert (decision.quote.exact, decision.quote.prefix) == ("$5 million to Chad", "Norway pledged ")
    second = mention(TEXT, "Chad", "chad", 2)
    decision = desk(ROWS).amend("mentions", second, {"text": "and Chad"})
    assert decision.quote.suffix.startswith(" met in Oslo")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "5 million"}, "amount: '5 million' is no number"),
        ({"currency": "$"}, "currency: '$' does not match"),
        ({"currency": ""}, "currency is missing"),
        ({"donor_id": "narnia"}, "donor_id: there is no actor 'narnia'"),
        ({"text": "$7 million"}, "text: “$7 million” is not in the text"),
        ({"colour": "red"}, "there is no column 'colour'"),
        ({"start": "5"}, "there is no column 'start'"),
        ({"currency": "USD"}, "the row says that already"),
        ({}, "the row says that already"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, str], said: str) -> None:
    with pytest.raises(DecisionError) as caught:
        desk(ROWS).amend("aid_figures", aid(), changes)
    assert said in str(caught.value)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(DecisionError) as caught:
        desk(ROWS).amend("events", pledge(), {"event_type": "HUG", "source": "", "target": "", "quad_class": "x"})
    for said in ("'HUG' is not one of", "source or target is missing", "quad_class follows from"):
        assert said in str(caught.value)


def test_a_row_without_participants_is_not_accepted_but_may_be_rejected() -> None:
    with pytest.raises(DecisionError, match="source or target is missing"):
        desk(ROWS).accept("events", attack())
    assert desk(ROWS).reject("events", attack()).decision == "reject"


def test_a_trigger_has_to_stand_near_the_clause() -> None:
    with pytest.raises(DecisionError, match="trigger: “gave” does not stand"):
        desk(ROWS).amend("events", pledge(), {"trigger": "gave"})


def test_an_amended_decision_remembers_what_was_amended_before() -> None:
    first = desk(ROWS).amend("aid_figures", aid(), {"status": "delivered"})
    now: Row = {**aid(), "status": "delivered"}
    assert desk(ROWS).amend("aid_figures", now, {"amount": "1"}, first).changed == ("status", "amount")
    assert desk(ROWS).accept("aid_figures", now, first).decision == "amend"
    added = desk(ROWS).add("events", "talks", "Japan and Chad met", {**EVENT, "source": "japan; chad"})
    published = {**pledge(), **row("events", TEXT, "Japan and Chad met", **EVENT)}
    published |= {"trigger_start": published["end"] - 3, "trigger_end": published["end"], "event_id": added.row_id}
    again = desk(machine_rows(participants=[part(published, "japan", "source")])).amend(
        "events", published, {"status": "planned"}, added
    )
    assert again.decision == "add"


def test_an_added_row_says_where_it_stands() -> None:
    added = desk(ROWS).add("events", "talks", "Japan and Chad met", {**EVENT, "source": "japan; chad"})
    assert (added.decision, added.document_id) == ("add", "talks")
    assert added.row_id.startswith("talks-e")
    assert added.participants == {"source": ("japan", "chad"), "target": ()}


def test_words_that_stand_often_need_their_surroundings() -> None:
    cells = {"actor_id": "chad", "kind": "name"}
    with pytest.raises(DecisionError) as caught:
        desk(ROWS).add("mentions", "talks", "Chad", cells)
    assert "2 times" in str(caught.value)
    assert "Japan and [Chad] met" in str(caught.value)
    by_context = desk(ROWS).add("mentions", "talks", "Chad", {**cells, "prefix": "Japan and"})
    assert by_context.quote.suffix.startswith(" met")
    assert desk(ROWS).add("mentions", "talks", "Chad", cells, occurrence=2).row_id == by_context.row_id
    with pytest.raises(DecisionError, match="nowhere"):
        desk(ROWS).add("mentions", "talks", "Paris", cells)


def test_an_added_row_has_an_id_of_its_own() -> None:
    cells = {"currency": "USD", "amount": "5000000", "qualifier": "exact", "status": "pledged"}
    added = desk(ROWS).add("aid_figures", "talks", "$5 million", {**cells, "recipient_id": "japan"})
    assert added.row_id != aid()["aid_figure_id"]
    assert added.values["military"] is False


def test_actors_are_added_by_their_id() -> None:
    cells = {"name": "Frontex", "kind": "government_body"}
    assert desk({}).add("actors", "", "", {**cells, "actor_id": "frontex"}).row_id == "frontex"
    with pytest.raises(DecisionError, match="actor_id is missing"):
        desk({}).add("actors", "", "", cells)


def test_sentences_are_not_decided_on() -> None:
    with pytest.raises(DecisionError, match="no decisions are taken on 'sentences'"):
        desk(ROWS).accept("sentences", ROWS["sentences"][0])
