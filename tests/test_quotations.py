"""Quotations: what they are, and whose they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tablewright.coders.dates import find_dates
from tablewright.coders.quotations import find_quotations
from tablewright.knowledge.cues import load_cues
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.parse import Parse
from tablewright.records import Actor, Block, Cast, Document, Mention, Quotation

ACTORS = {
    "Oana Lungescu": Actor("oana-lungescu", "Oana Lungescu", "person"),
    "Jens Stoltenberg": Actor("jens-stoltenberg", "Jens Stoltenberg", "person"),
    "Stoltenberg": Actor("jens-stoltenberg", "Jens Stoltenberg", "person"),
    "Fumio Kishida": Actor("fumio-kishida", "Fumio Kishida", "person"),
    "Kishida": Actor("fumio-kishida", "Fumio Kishida", "person"),
    "Angela Merkel": Actor("angela-merkel", "Angela Merkel", "person"),
    "NATO": Actor("nato", "NATO", "intergovernmental_organization"),
    "Japan": Actor("japan", "Japan", "country", "JPN"),
    "Moscow": Actor("russia", "Russia", "country", "RUS"),
    "World Bank": Actor("world-bank", "World Bank", "intergovernmental_organization"),
}

Code = Callable[..., tuple[Quotation, ...]]


def cast_of(text: str, parse: Parse) -> Cast:
    """The people and bodies of ACTORS that `text` names, and "he" and "she" as the last person named before."""
    mentions: list[Mention] = []
    referents: dict[int, tuple[str, ...]] = {}
    for name, actor in ACTORS.items():
        start = -1
        while (start := text.find(name, start + 1)) >= 0:
            tokens = parse.tokens_between(start, start + len(name))
            if tokens and not any(token in referents for token in tokens):
                mentions.append(
                    Mention(actor.actor_id, start, start + len(name), name, "name", tokens[0], tokens[-1] + 1)
                )
                referents.update(dict.fromkeys(tokens, (actor.actor_id,)))
    people = {actor.actor_id for actor in ACTORS.values() if actor.kind == "person"}
    last: tuple[str, ...] = ()
    for token in range(len(parse)):
        if referents.get(token, ("",))[0] in people:
            last = referents[token]
        elif parse.lower[token] in {"he", "she"} and last:
            referents[token] = last
    return Cast({actor.actor_id: actor for actor in ACTORS.values()}, tuple(mentions), referents)


@pytest.fixture(scope="module")
def code() -> Code:
    nlp = load_model(DEFAULT_MODEL)
    cues = load_cues()

    def run(*paragraphs: str) -> tuple[Quotation, ...]:
        blocks, start = [], 0
        for number, paragraph in enumerate(paragraphs):
            blocks.append(Block("paragraph", start, start + len(paragraph), None, number + 1))
            start += len(paragraph) + 2
        text = "\n\n".join(paragraphs)
        read = Document("d", "d.txt", "", text, "", tuple(blocks), "", published_on=dt.date(2023, 7, 10))
        ((_, parse),) = analyse([read], nlp)
        rows = find_quotations(read, parse, cast_of(text, parse), find_dates(read, parse), cues)
        for row in rows:
            assert text[row.start : row.end] == row.text
            assert row.speaker_text is None or text[row.speaker_start : row.speaker_end] == row.speaker_text
            assert row.cue is None or text[row.cue_start : row.cue_end] == row.cue
        return rows

    return run


@pytest.mark.parametrize(
    ("text", "speaker_id", "speaker", "cue"),
    [
        ("“The door is open,” Stoltenberg said.", "jens-stoltenberg", "Stoltenberg", "said"),
        ("“The door is open,” said Jens Stoltenberg, who had come late.", "jens-stoltenberg", "Jens Stoltenberg", "said"),
        ("Stoltenberg told reporters that the door was “open”.", "jens-stoltenberg", "Stoltenberg", "told"),
        ("The door is “open,” according to Stoltenberg.", "jens-stoltenberg", "Stoltenberg", "according to"),
        ("As Stoltenberg put it, “the door is open.”", "jens-stoltenberg", "Stoltenberg", "put"),
        ("It was described by NATO spokesperson Oana Lungescu as “a first”.", "oana-lungescu", "Oana Lungescu", "described"),
        ("NATO’s 2022 Strategic Concept outlined a challenge to “interests and values”.", "nato", "NATO’s 2022 Strategic Concept", "outlined"),
        ("The report by the World Bank says growth will be “slow”.", "world-bank", "The report by the World Bank", "says"),
        ("A spokeswoman for NATO said the door was “open”.", "nato", "A spokeswoman for NATO", "said"),
        ("NATO’s negotiators, one of whom called it “a farce”, left.", "nato", "one of whom", "called"),
        ("A diplomat said the door was “shut”.", None, "A diplomat", "said"),
        ("Moscow rejected the plan, calling it “a farce”.", "russia", "Moscow", "calling"),
        ("His warning that NATO “cannot wait” was Stoltenberg’s last.", None, None, None),
        ("Stoltenberg’s warning that the alliance “cannot wait” came late.", "jens-stoltenberg", "Stoltenberg", "warning"),
        ("Stoltenberg went further: “We will not wait.”", "jens-stoltenberg", "Stoltenberg", None),
        ("Japan committed $7 billion to “lead the world”.", "japan", "Japan", None),
        ("Moscow “strongly condemned” the visit.", "russia", "Moscow", None),
        ("Stoltenberg and Kishida hailed “a new era”.", None, "Stoltenberg and Kishida", "hailed"),
    ],
)  # fmt: skip
def test_speaker_and_cue(code: Code, text: str, speaker_id: str | None, speaker: str | None, cue: str | None) -> None:
    (row,) = code(text)
    assert (row.speaker_id, row.speaker_text, row.cue) == (speaker_id, speaker, cue)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The door is open,” Stoltenberg said.", "statement"),
        ("“Don’t come,” Stoltenberg said.", "statement"),
        ("Stoltenberg called it “a door that never closes”.", "fragment"),
        ("Stoltenberg said he would “not wait”.", "fragment"),
        ("“No strings, no delay,” Stoltenberg said.", "fragment"),
        ("The so-called “Kivu reflex” is back.", "term"),
        ("What passes for “leadership” is silence.", "term"),
        ("People call it the “Middle Corridor”.", "term"),
        ("She wrote a book called “The Long Steppe”.", "title"),
        ("Japan runs an “Official Security Assistance” programme.", "title"),
        ("The “Maritime Zones Act” passed.", "title"),
    ],
)
def test_kind(code: Code, text: str, kind: str) -> None:
    (row,) = code(text)
    assert row.kind == kind
    assert kind not in {"term", "title"} or row.speaker_text is None


def test_a_title_ends_before_its_comma_and_a_quotation_keeps_it(code: Code) -> None:
    title, words = code("In a paper titled “Neighbors First,” NATO calls the plan “slow.”")
    assert (title.text, title.kind) == ("Neighbors First", "title")
    assert (words.text, words.speaker_id) == ("slow.", "nato")


def test_an_interrupted_quotation_is_a_row_for_each_part(code: Code) -> None:
    first, second = code("“We waited,” Stoltenberg said on Monday, “but nobody came.”")
    assert [first.text, second.text] == ["We waited,", "but nobody came."]
    assert first.speaker_id == second.speaker_id == "jens-stoltenberg"
    assert first.date == second.date is not None
    assert first.date is not None
    assert first.date.text == "on Monday"


def test_the_next_sentence_belongs_to_the_last_speaker(code: Code) -> None:
    rows = code("“We waited,” Stoltenberg said. “Nobody came.” Then he left.", "Moscow called the visit “a farce”.")
    assert [row.speaker_id for row in rows] == ["jens-stoltenberg", "jens-stoltenberg", "russia"]
    assert [row.cue for row in rows] == ["said", "said", "called"]


def test_a_paragraph_of_nothing_but_a_quotation_goes_on(code: Code) -> None:
    rows = code("“We waited,” Stoltenberg said.", "“Nobody came.”")
    assert [row.speaker_id for row in rows] == ["jens-stoltenberg", "jens-stoltenberg"]


def test_he_is_who_was_just_made_to_speak_not_who_is_spoken_of(code: Code) -> None:
    (row,) = code("Stoltenberg says he hopes that Kishida comes. “Kishida may be late,” he said.")
    assert (row.speaker_id, row.speaker_text) == ("jens-stoltenberg", "he")


def test_a_quotation_inside_a_quotation_adds_no_row(code: Code) -> None:
    (row,) = code("“You write ‘were killed’. You write ‘was shelled’,” Stoltenberg said.")
    assert row.kind == "statement"


def test_an_act_of_its_own_ends_what_a_verb_of_saying_governs(code: Code) -> None:
    (row,) = code(
        "Japan has pledged support, including at the summit, and has committed $7 billion to “lead the world”."
    )
    assert (row.speaker_id, row.cue, row.rule) == ("japan", None, "act")


def test_signers_of_a_text_speak_jointly(code: Code) -> None:
    (row,) = code(
        "Jens Stoltenberg signed a joint declaration with Fumio Kishida committing both to cooperation as “natural partners”."
    )
    assert row.speaker_id is None
    assert row.kind == "fragment"


def test_words_nobody_is_named_for_have_no_speaker(code: Code) -> None:
    (row,) = code("The “global south” is tired of lectures.")
    assert (row.kind, row.speaker_text, row.cue) == ("term", None, None)


def test_the_next_sentence_may_say_whose_words_they_were(code: Code) -> None:
    (row,) = code("“The door is closed.” With those words Angela Merkel ended the talks.")
    assert (row.speaker_id, row.cue, row.rule) == ("angela-merkel", None, "ahead")


def test_words_called_a_title_once_are_a_title_again(code: Code) -> None:
    rows = code("She wrote a book called “The Long Steppe”. Nobody has read “The Long Steppe,” he fears.")
    assert [(row.kind, row.text) for row in rows] == [("title", "The Long Steppe")] * 2


@pytest.mark.parametrize(
    "line",
    ["— Jens Stoltenberg, Secretary General", "- Jens Stoltenberg, Secretary General of NATO", "– Jens Stoltenberg"],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_signature_below_a_quotation_names_its_speaker(code: Code, line: str, gap: str) -> None:
    (quotation,) = code(f"“We stand together with all of our partners.”{gap}{line}")
    assert (quotation.speaker_id, quotation.speaker_text, quotation.cue) == (
        "jens-stoltenberg",
        "Jens Stoltenberg",
        None,
    )


def test_a_dash_behind_a_quotation_may_go_on_with_the_author(code: Code) -> None:
    (quotation,) = code("“We stand together with all of our partners.” — Japan refused to sign it.")
    assert quotation.speaker_id is None


def test_words_that_are_called_something_are_not_the_quoted_ones(code: Code) -> None:
    (quotation,) = code("Jens Stoltenberg called her words “an insult to our sovereignty”.")
    assert (quotation.kind, quotation.speaker_text, quotation.cue) == ("fragment", "Jens Stoltenberg", "called")
