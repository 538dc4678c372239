"""Interviews: who answers, and whom "I", "we" and "you" stand for in question and answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tablewright.coders.actors import find_cast
from tablewright.knowledge.actors import load_actor_knowledge
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.parse import Parse
from tablewright.records import Block, Cast, Document

Paragraph = tuple[str, str | None]
Code = Callable[..., tuple[Cast, Parse]]


@pytest.fixture(scope="module")
def code() -> Code:
    nlp, knowledge = load_model(DEFAULT_MODEL), load_actor_knowledge()

    def run(title: str, *paragraphs: Paragraph, authors: str | None = None) -> tuple[Cast, Parse]:
        blocks, text = [Block("title", 0, len(title))], title
        for number, (paragraph, speaker) in enumerate(paragraphs, start=1):
            start = len(text) + 2
            text += "\n\n" + paragraph
            blocks.append(Block("paragraph", start, len(text), None, number, speaker))
        document = Document("doc", "doc.txt", "", text, "", tuple(blocks), title, authors=authors)
        [(document, parse)] = analyse([replace(document)], nlp)
        return find_cast(document, parse, knowledge), parse

    return run


def standing_for(cast: Cast, parse: Parse, word: str) -> list[tuple[str, ...]]:
    return [cast.referents.get(token, ()) for token, text in enumerate(parse.lower) if text == word]


def test_the_title_gives_name_and_office_of_whom_a_label_means(code: Code) -> None:
    cast, parse = code(
        "A conversation with Stella Hadjiyianni, formerly energy minister of Cyprus",
        ("You resigned. Why?", "LINDQVIST"),
        ("I told Turkey no. We had an agreement.", "HADJIYIANNI"),
        authors="Anna Lindqvist",
    )
    actor = cast.actors["stella-hadjiyianni"]
    assert (actor.name, actor.kind, actor.country_code) == ("Stella Hadjiyianni", "person", "CYP")
    assert (actor.affiliation_id, actor.role_title) == ("cyprus", "energy minister")
    assert standing_for(cast, parse, "you") == standing_for(cast, parse, "i") == [("stella-hadjiyianni",)]
    assert standing_for(cast, parse, "we") == [("cyprus",)]
    assert [mention.text for mention in cast.mentions] == ["Turkey"]


def test_a_body_names_whom_a_label_means(code: Code) -> None:
    cast, parse = code("Talks", ("They asked Jens Stoltenberg. I told them so.", "STOLTENBERG"))
    assert standing_for(cast, parse, "i") == [("jens-stoltenberg",)]


def test_answers_without_a_name_are_those_of_the_person_introduced(code: Code) -> None:
    cast, parse = code(
        "Five questions",
        ("Laisa Tuimavana works for the climate office of Fiji.", None),
        ("What did the summit bring?", "Q"),
        ("We got a promise.", "A"),
    )
    assert standing_for(cast, parse, "we") == [("laisa-tuimavana",)]


def test_questions_without_labels_make_an_interview_where_the_top_says_so(code: Code) -> None:
    paragraphs = [("What do you expect?", None), ("I expect nothing.", None)] * 3
    cast, parse = code("Interview with Finance Minister Kwame Boateng of Ghana", *paragraphs)
    assert cast.actors["kwame-boateng"].affiliation_id == "ghana"
    assert set(standing_for(cast, parse, "i")) == {("kwame-boateng",)}
    cast, _ = code("What next?", *paragraphs)
    assert not cast.actors


def test_words_in_marks_are_somebody_elses(code: Code) -> None:
    cast, parse = code(
        "Interview with Stella Hadjiyianni",
        ("And then?", "Q"),
        ("He said: “We have built a road.” I laughed.", "HADJIYIANNI"),
        ("And Ankara?", "Q"),
        ("Nothing.", "HADJIYIANNI"),
    )
    assert standing_for(cast, parse, "we") == [()]
    assert standing_for(cast, parse, "i") == [("stella-hadjiyianni",)]


def test_our_country_is_the_speakers_and_your_government_that_of_who_is_asked(code: Code) -> None:
    cast, _ = code(
        "Interview with Finance Minister Kwame Boateng of Ghana",
        ("Has your government paid?", "Q"),
        ("Our country has.", "A"),
    )
    assert [(mention.text, mention.actor_id) for mention in cast.mentions] == [
        ("your government", "ghana"),
        ("Our country", "ghana"),
    ]
