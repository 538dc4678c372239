"""Machine rows against settled ones: what is the same row, and how the counts add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.evaluation import AMOUNT, FULL_ROW, SPEAKER, Score, evaluate, match_rows
from tablewright.tables import Row


def span(start: int, end: int, **values: Any) -> Row:
    return {"start": start, "end": end, "text": "x" * (end - start), **values}


def event(start: int, end: int, trigger: int, event_type: str = "AID", row_id: str = "e1", **values: Any) -> Row:
    at = {"trigger_start": trigger, "trigger_end": trigger + 3, "date_start": None, "date_end": None}
    return span(start, end, event_id=row_id, event_type=event_type, **{**at, **values})


def aid(start: int, end: int, **values: Any) -> Row:
    return span(start, end, **{"amount": 5.0, "amount_max": None, "currency": "USD", "donor_id": "norway", **values})


def part(event_id: str, actor_id: str, role: str = "source") -> Row:
    return {"event_id": event_id, "actor_id": actor_id, "role": role}


def test_precision_recall_and_f1() -> None:
    score = Score(gold=10, machine=8, matched=6)
    assert (score.precision, score.recall) == (0.75, 0.6)
    assert score.f1 == pytest.approx(2 / 3)
    assert Score().to_json() == {
        "gold": 0, "machine": 0, "matched": 0, "precision": None, "recall": None, "f1": None,
    }  # fmt: skip
    assert Score(gold=2).f1 == 0


def test_actors_match_by_id_and_their_columns_are_judged() -> None:
    gold = [{"actor_id": "norway", "kind": "country"}, {"actor_id": "chad", "kind": "country"}]
    machine = [{"actor_id": "norway", "kind": "other"}, {"actor_id": "oslo", "kind": "other"}]
    measured = evaluate([({"actors": machine}, {"actors": gold})])
    assert (measured.tables["actors"].matched, measured.tables["actors"].machine) == (1, 2)
    assert measured.columns["actors"]["kind"].share == 0


def test_mentions_match_by_their_span_the_right_actor_first() -> None:
    gold = [span(0, 5, actor_id="japan"), span(0, 5, actor_id="chad"), span(9, 12, actor_id="chad")]
    machine = [span(0, 5, actor_id="chad"), span(0, 5, actor_id="japan"), span(9, 13, actor_id="chad")]
    pairs = match_rows("mentions", machine, gold)
    assert [(row["actor_id"], right["actor_id"]) for row, right in pairs] == [("japan", "japan"), ("chad", "chad")]


def test_quotations_share_at_least_half_of_their_text() -> None:
    gold = [span(0, 10, speaker_id="ana"), span(20, 30, speaker_id=None)]
    machine = [span(1, 10, speaker_id="ben"), span(26, 34, speaker_id=None)]
    measured = evaluate([({"quotations": machine}, {"quotations": gold})])
    assert measured.tables["quotations"].matched == 1
    assert measured.accuracies[SPEAKER].to_json() == {"right": 0, "total": 1, "accuracy": 0.0}


def test_aid_figures_overlap_and_have_amount_and_currency_right() -> None:
    machine = [aid(0, 9), aid(20, 25, amount=7)]
    measured = evaluate([({"aid_figures": machine}, {"aid_figures": [aid(4, 9), aid(20, 25)]})])
    assert measured.tables["aid_figures"].f1 == 1
    assert measured.accuracies[AMOUNT].share == 0.5


def test_sums_to_each_of_two_are_told_apart_by_who_gets_them() -> None:
    gold = [aid(0, 5, recipient_id="chad"), aid(0, 5, recipient_id="niger")]
    machine = [aid(0, 5, recipient_id="niger"), aid(0, 5, recipient_id="chad")]
    pairs = match_rows("aid_figures", machine, gold)
    assert all(row["recipient_id"] == right["recipient_id"] for row, right in pairs)
    assert len(pairs) == 2


def test_events_match_by_trigger_or_clause_the_right_type_first() -> None:
    gold = [event(0, 30, 5, "AID", "g1"), event(0, 30, 20, "ACCUSE", "g2")]
    machine = [event(0, 30, 20, "ACCUSE", "m1"), event(0, 18, 6, "AGREE", "m2"), event(40, 50, 42, "AID", "m3")]
    pairs = match_rows("events", machine, gold)
    assert [(row["event_id"], right["event_id"]) for row, right in pairs] == [("m2", "g1"), ("m1", "g2")]
    measured = evaluate([({"events": machine}, {"events": gold})])
    assert (measured.tables["events"].matched, measured.events_of_type.matched) == (2, 1)


def test_a_full_row_has_type_source_target_and_date_right() -> None:
    gold = [event(0, 9, 1, row_id="g1"), event(10, 19, 11, row_id="g2", place="Oslo")]
    machine = [event(0, 9, 1, row_id="m1"), event(10, 19, 11, row_id="m2", place="Bergen")]
    ours = {"events": gold, "participants": [part("g1", "a"), part("g1", "b", "target"), part("g2", "a")]}
    theirs = {"events": machine, "participants": [part("m1", "a"), part("m1", "c", "target"), part("m2", "a")]}
    measured = evaluate([(theirs, ours)])
    assert measured.accuracies[FULL_ROW].to_json() == {"right": 1, "total": 2, "accuracy": 0.5}
    assert measured.columns["events"]["target"].share == 0.5
    parts = measured.tables["participants"]
    assert (parts.gold, parts.machine, parts.matched) == (3, 3, 2)


def test_documents_add_up() -> None:
    pair = ({"aid_figures": [aid(0, 9)]}, {"aid_figures": [aid(0, 9), aid(20, 25)]})
    measured = evaluate([pair, pair])
    assert measured.documents == 2
    assert measured.to_json()["tables"]["aid_figures"]["recall"] == 0.5
    assert measured.to_json()["tables"]["aid_figures"]["columns"]["amount"] == {
        "right": 2, "total": 2, "accuracy": 1.0,
    }  # fmt: skip


def test_places_and_ids_are_no_columns_to_be_judged() -> None:
    row = event(0, 9, 1, document_id="d", sentence_id="s", coding="confirmed")
    measured = evaluate([({"events": [row]}, {"events": [row]})])
    assert set(measured.columns["events"]) == {"text", "event_type", "date_start", "date_end", "source", "target"}


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8)


@given(spans, spans)
def test_no_row_is_matched_twice(ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> None:
    gold = [aid(start, start + length, number=n) for n, (start, length) in enumerate(ours)]
    machine = [aid(start, start + length, number=n) for n, (start, length) in enumerate(theirs)]
    pairs = match_rows("aid_figures", machine, gold)
    assert len({row["number"] for row, _ in pairs}) == len({right["number"] for _, right in pairs}) == len(pairs)
    assert all(row["start"] < right["end"] and right["start"] < row["end"] for row, right in pairs)
    assert len(match_rows("aid_figures", gold, gold)) == len(gold)
