"""The lexicon's files are sound: every row can be used, and says something that the coder knows."""

from __future__ import annotations

from tablewright.knowledge.verbs import Pattern, load_lexicon

COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
CONFLICT = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
PLOVER = COOPERATION | CONFLICT
OPEN_TYPES = frozenset({"-", "light", "PROMISE", "ANNOUNCE", "LABEL", "RETALIATE", "EXERCISE"})
NEEDS = frozenset({"", "target", "object", "joint", "host", "crowd", "treaty", "named", "demand", "received", "none"})


def patterns() -> list[Pattern]:
    lexicon = load_lexicon()
    return [row for table in (lexicon.verbs, lexicon.nouns) for rows in table.values() for row in rows]


def test_types_and_needs_are_known() -> None:
    assert {row.event_type for row in patterns()} <= PLOVER | OPEN_TYPES
    assert {row.needs for row in patterns()} <= NEEDS
    assert {row.joint for row in patterns()} <= {"", "joint", "guest", "received"}


def test_every_type_has_verbs_and_nouns() -> None:
    lexicon = load_lexicon()
    for table in (lexicon.verbs, lexicon.nouns):
        found = {row.event_type for rows in table.values() for row in rows}
        assert found >= PLOVER


def test_rows_that_ask_for_most_come_first() -> None:
    for rows in load_lexicon().verbs.values():
        assert [row.weight for row in rows] == sorted((row.weight for row in rows), reverse=True)


def test_no_row_is_spoiled_by_a_lost_comma() -> None:
    for row in patterns():
        assert all(word == word.strip() and word for word in (*row.words, *row.objects, *row.near, *row.target))


def test_classes_hold_their_words_once() -> None:
    lexicon = load_lexicon()
    assert "agreement" in lexicon.classes["agreement"]
    assert lexicon.demonyms["Japanese"] == "JPN"
