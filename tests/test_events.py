"""Events in small texts, one rule of the codebook a test."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tablewright.coders.actors import find_cast
from tablewright.coders.dates import find_dates
from tablewright.coders.events import find_events
from tablewright.coders.quotations import find_quotations
from tablewright.knowledge.bundle import Knowledge, load_knowledge
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.records import Block, Document, Event

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def model() -> Language:
    return load_model(DEFAULT_MODEL)


@cache
def knowledge() -> Knowledge:
    return load_knowledge(None)


def coded(text: str) -> tuple[Event, ...]:
    """The events of a text of one paragraph, published on Friday 15 March 2024."""
    block = Block("paragraph", 0, len(text), paragraph=1)
    document = Document("d", "d.md", "", text, "", (block,), "", published_on=dt.date(2024, 3, 15))
    _, parse = next(analyse([document], model()))
    known = knowledge()
    cast = find_cast(document, parse, known.actors)
    dates = find_dates(document, parse)
    quotations = find_quotations(document, parse, cast, dates, known.cues)
    return find_events(document, parse, cast, dates, quotations, known.lexicon, known.actors.places)


def types(text: str) -> list[str]:
    return [event.event_type for event in coded(text)]


@pytest.mark.parametrize(
    ("text", "event_type", "sources", "targets"),
    [
        ("Japan condemned Russia's attack.", "ACCUSE", ("japan",), ("russia",)),
        ("Iran was accused by France of fraud.", "ACCUSE", ("france",), ("iran",)),
        ("The EU imposed sanctions on Belarus.", "SANCTION", ("european-union",), ("belarus",)),
        ("The EU lifted its sanctions on Syria.", "RETREAT", ("european-union",), ("syria",)),
        ("Washington eased its embargo on Venezuela.", "CONCEDE", ("united-states",), ("venezuela",)),
        ("Kenya recalled its ambassador to Sudan.", "SANCTION", ("kenya",), ("sudan",)),
        ("Poland sent tanks to Ukraine.", "AID", ("poland",), ("ukraine",)),
        ("Poland moved two brigades to the border with Belarus.", "MOBILIZE", ("poland",), ("belarus",)),
        ("Mali pulled out of the treaty.", "SANCTION", ("mali",), ()),
        ("France withdrew its troops from Mali.", "RETREAT", ("france",), ("mali",)),
        ("Finland joined NATO.", "COOPERATE", ("finland",), ("nato",)),
        ("Tokyo joined the sanctions against Russia.", "SANCTION", ("japan",), ("russia",)),
        ("Hungary vetoed an EU statement.", "REJECT", ("hungary",), ("european-union",)),
        ("Kyiv urged Berlin to act.", "REQUEST", ("ukraine",), ("germany",)),
        ("Moscow threatened Warsaw with war.", "THREATEN", ("russia",), ("poland",)),
        ("Oman mediated between Iran and Israel.", "CONSULT", ("oman",), ("iran", "israel")),
    ],
)
def test_verbs_and_their_arguments(
    text: str, event_type: str, sources: tuple[str, ...], targets: tuple[str, ...]
) -> None:
    (event,) = coded(text)
    assert (event.event_type, event.sources, event.targets) == (event_type, sources, targets)


def test_joint_acts_make_every_side_a_source() -> None:
    (event,) = coded("Joe Biden met Xi Jinping in Bali on Monday.")
    assert event.sources == ("joe-biden", "xi-jinping")
    assert event.targets == ()
    assert event.date is not None
    assert event.date.date_start == dt.date(2024, 3, 11)


def test_visitor_is_source_and_host_target() -> None:
    (event,) = coded("Emmanuel Macron visited Germany in May.")
    assert (event.sources, event.targets) == (("emmanuel-macron",), ("germany",))


def test_light_verb_has_its_noun_as_trigger() -> None:
    (event,) = coded("Armenia and Azerbaijan held talks in Geneva.")
    assert (event.trigger, event.event_type) == ("talks", "CONSULT")
    assert (event.place, event.place_country_code) == ("Geneva", "CHE")


def test_list_of_acts_is_a_row_each() -> None:
    assert types("Japan joined the sanctions against Russia and condemned China.") == ["SANCTION", "ACCUSE"]


def test_outcome_of_an_act_adds_no_row() -> None:
    assert types("Israel attacked Lebanon on Monday, killing six soldiers.") == ["ASSAULT"]


def test_later_mention_of_the_same_act_adds_no_row() -> None:
    assert types("Russia invaded Ukraine in 2022. Russia's invasion of Ukraine shocked Europe.") == ["ASSAULT"]


def test_plan_keeps_its_type() -> None:
    (event,) = coded("Germany will attend the NATO summit in Vilnius.")
    assert (event.event_type, event.status) == ("CONSULT", "planned")


def test_announced_act_adds_no_row() -> None:
    (event,) = coded("Russia announced that it would withdraw its forces from Syria.")
    assert (event.event_type, event.status, event.trigger) == ("CONCEDE", "occurred", "announced")


def test_perfect_with_since_is_ongoing() -> None:
    (event,) = coded("Lithuania has sheltered refugees from Belarus since 2021.")
    assert event.status == "ongoing"


@pytest.mark.parametrize(
    "text",
    [
        "The European Union should impose sanctions on Georgia.",
        "If Russia attacks Poland, the alliance will respond.",
        "Turkey has never recognised Armenia.",
        "Relations between China and Australia are improving.",
        "Critics say that France could send troops to Ukraine.",
        "The minister noted that trade with India had grown.",
        "Would China attack Taiwan?",
        "Observers doubt that Iran will release the Americans.",
    ],
)
def test_what_is_not_reported_is_no_event(text: str) -> None:
    assert types(text) == []


def test_we_stands_for_the_speakers_body() -> None:
    (event,) = coded('"We condemn Russia," NATO Secretary General Jens Stoltenberg said.')
    assert (event.sources, event.targets) == (("nato",), ("russia",))


def test_quoted_act_of_another_is_no_event() -> None:
    assert types('"Russia attacked Ukraine," Jens Stoltenberg said.') == []


def test_anchors_and_summary() -> None:
    text = "On Tuesday Japan condemned Russia's attack on Ukraine."
    event = coded(text)[0]
    assert text[event.start : event.end] == event.text
    assert text[event.trigger_start : event.trigger_end] == event.trigger == "condemned"
    assert event.summary == "Japan condemned Russia's attack on Ukraine."
    assert event.rule.startswith("verbs:")


def test_target_is_not_taken_from_another_act() -> None:
    text = (
        "Norway pledged $20 million in humanitarian aid to Sudan. "
        "On March 13, Switzerland condemned the attack on a hospital in El Fasher."
    )
    pledge, condemnation = coded(text)
    assert (pledge.sources, pledge.targets) == (("norway",), ("sudan",))
    assert (condemnation.sources, condemnation.targets) == (("switzerland",), ())


def test_further_donors_of_a_list_are_a_row_each() -> None:
    found = coded("Norway pledged 5 million euros to Lebanon and the European Union 12 million.")
    assert [(event.sources, event.targets) for event in found] == [
        (("norway",), ("lebanon",)),
        (("european-union",), ("lebanon",)),
    ]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("The Ugandan delegation walked out of the talks with Kenya.", "REJECT"),
        ("Zambia signed off on a debt deal with China.", "SUPPORT"),
        ("The African Union lifted its suspension of Gabon.", "RETREAT"),
        ("It was Oman that mediated between Chad and Sudan.", "CONSULT"),
        ("Kenyan troops were put on alert on Friday.", "MOBILIZE"),
        ("Kenya sent a delegation to Uganda.", "CONSULT"),
        ("Malaysia vowed to defend its waters.", None),
        ("The talks between Cyprus and Turkey have been put off.", None),
        ("Sweden has yet to deliver the jets to Ukraine.", None),
    ],
)
def test_idioms(text: str, event_type: str | None) -> None:
    assert types(text) == ([event_type] if event_type else [])


def test_a_clause_that_opens_a_quotation_mark_closes_it() -> None:
    text = "Norway condemned the coup as “a betrayal of the people,” and the crowd went home."
    (event,) = coded(text)
    assert text[event.start : event.end] == "Norway condemned the coup as “a betrayal of the people,”"


def test_an_invitation_to_talks_in_a_month_looks_ahead() -> None:
    (event,) = coded("France has invited Egypt to talks in September.")
    assert event.date is not None
    assert event.date.date_start == dt.date(2024, 9, 1)


def test_parties_of_what_a_talk_is_about_do_not_talk() -> None:
    (event,) = coded("Emmanuel Macron spoke to Olaf Scholz in Berlin about the contracts with China and Russia.")
    assert set(event.sources) == {"emmanuel-macron", "olaf-scholz"}
