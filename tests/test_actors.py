"""The actors coder, on sentences: who is named, by what kind of words, and what other words stand for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tablewright.coders.actors import find_cast
from tablewright.knowledge.actors import ActorKnowledge, load_actor_knowledge
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.parse import Parse
from tablewright.records import Block, Cast, Document

Code = Callable[[str], tuple[Cast, Parse]]


@pytest.fixture(scope="module")
def knowledge() -> ActorKnowledge:
    return load_actor_knowledge()


@pytest.fixture(scope="module")
def code(knowledge: ActorKnowledge) -> Code:
    nlp = load_model(DEFAULT_MODEL)

    def run(text: str) -> tuple[Cast, Parse]:
        [(document, parse)] = analyse([document_of(text)], nlp)
        return find_cast(document, parse, knowledge), parse

    return run


def document_of(text: str) -> Document:
    blocks, start = [], 0
    for number, paragraph in enumerate(text.split("\n\n"), start=1):
        blocks.append(Block("paragraph", start, start + len(paragraph), None, number))
        start += len(paragraph) + 2
    return Document("doc", "doc.txt", "", text, "", tuple(blocks), "A title")


def mentions(cast: Cast) -> list[tuple[str, str, str]]:
    return [(mention.text, mention.actor_id, mention.kind) for mention in cast.mentions]


def ids(cast: Cast) -> set[str]:
    return {mention.actor_id for mention in cast.mentions}


def standing_for(cast: Cast, parse: Parse, word: str) -> tuple[str, ...]:
    """Whom the last token `word` stands for."""
    token = max(token for token, text in enumerate(parse.lower) if text == word)
    return cast.referents.get(token, ())


def test_full_names_surnames_and_titles(code: Code) -> None:
    cast, _ = code(
        "NATO Secretary General Jens Stoltenberg met Japanese Foreign Minister Yoshimasa Hayashi. "
        "Stoltenberg praised Hayashi. Yoshimasa thanked him."
    )
    assert mentions(cast) == [
        ("NATO", "nato", "name"),
        ("Jens Stoltenberg", "jens-stoltenberg", "name"),
        ("Yoshimasa Hayashi", "yoshimasa-hayashi", "name"),
        ("Stoltenberg", "jens-stoltenberg", "name"),
        ("Hayashi", "yoshimasa-hayashi", "name"),
        ("Yoshimasa", "yoshimasa-hayashi", "name"),
    ]
    hayashi = cast.actors["yoshimasa-hayashi"]
    assert (hayashi.role_title, hayashi.affiliation_id, hayashi.country_code) == ("Foreign Minister", "japan", "JPN")


def test_an_affiliation_is_in_the_cast_without_a_mention(code: Code) -> None:
    cast, _ = code("The talks were opened by Norwegian Foreign Minister Kari Holm.")
    assert cast.actors["kari-holm"].affiliation_id == "norway"
    assert "norway" in cast.actors
    assert "norway" not in ids(cast)


def test_an_introduced_acronym_names_an_unknown_organisation(code: Code) -> None:
    cast, _ = code(
        "The National Council for the Renewal of the Lowlands (NCRL) refused. The NCRL said it would not yield."
    )
    assert [text for text, _, _ in mentions(cast)][:2] == ["National Council for the Renewal of the Lowlands", "NCRL"]
    assert ids(cast) == {"national-council-for-the-renewal-of-the-lowlands"}


@pytest.mark.parametrize(
    ("text", "actor_id"),
    [
        ("Beijing criticised the plan.", "china"),
        ("Sanctions against Moscow were tightened.", "russia"),
        ("Tehran's refusal surprised nobody.", "iran"),
        ("The report was rejected by Kigali.", "rwanda"),
        ("The Kremlin denied it.", "russia"),
        ("Washington and Seoul signed the deal.", "south-korea"),
    ],
)
def test_a_capital_that_acts_is_the_state(code: Code, text: str, actor_id: str) -> None:
    cast, _ = code(text)
    assert actor_id in ids(cast)
    assert "metonym" in {kind for _, _, kind in mentions(cast)}


@pytest.mark.parametrize(
    "text",
    [
        "The ministers will meet in Tokyo next week.",
        "He flew to Beijing on Monday.",
        "The Vilnius summit begins on Tuesday.",
        "Moscow's airport was closed.",
        "Residents left Kyiv by train.",
    ],
)
def test_a_capital_that_is_a_place_is_nobody(code: Code, text: str) -> None:
    assert mentions(code(text)[0]) == []


def test_a_demonym_names_the_state_only_in_its_own_doing(code: Code) -> None:
    assert mentions(code("Russian aggression worried them.")[0]) == [("Russian", "russia", "demonym")]
    assert mentions(code("Rwandan troops crossed the border.")[0]) == [("Rwandan", "rwanda", "demonym")]
    assert mentions(code("An old Italian restaurant closed.")[0]) == []


def test_both_halves_of_a_compound_are_mentions(code: Code) -> None:
    cast, _ = code("The NATO-Japan partnership grew, and the U.S.-Dutch-Japanese agreement was signed.")
    assert [actor_id for _, actor_id, _ in mentions(cast)] == [
        "nato",
        "japan",
        "united-states",
        "netherlands",
        "japan",
    ]


def test_members_of_an_organisation_are_no_mention_of_it(code: Code) -> None:
    assert "nato" not in ids(code("Several NATO members objected to the plan.")[0])


def test_ministries_take_the_country_beside_them(code: Code) -> None:
    cast, _ = code("China's foreign ministry protested. The Chinese Foreign Ministry said so. The ministry insisted.")
    assert mentions(cast) == [
        ("China", "china", "name"),
        ("foreign ministry", "china-ministry-of-foreign-affairs", "name"),
        ("Chinese Foreign Ministry", "china-ministry-of-foreign-affairs", "name"),
        ("The ministry", "china-ministry-of-foreign-affairs", "anaphor"),
    ]
    ministry = cast.actors["china-ministry-of-foreign-affairs"]
    assert (ministry.name, ministry.kind) == ("Ministry of Foreign Affairs of China", "government_body")
    assert ministry.affiliation_id == "china"


def test_common_nouns_point_back(code: Code) -> None:
    cast, _ = code("NATO and Japan held talks. The alliance praised the country, and both sides signed the text.")
    assert mentions(cast)[2:] == [
        ("The alliance", "nato", "anaphor"),
        ("the country", "japan", "anaphor"),
        ("both sides", "japan", "anaphor"),
        ("both sides", "nato", "anaphor"),
    ]


def test_both_sides_are_those_that_are_joined(code: Code) -> None:
    cast, _ = code("France and Germany signed the treaty. The two countries will train together.")
    assert [actor_id for text, actor_id, _ in mentions(cast) if text == "The two countries"] == ["france", "germany"]


def test_a_role_alone_is_a_mention_of_who_holds_it(code: Code) -> None:
    cast, _ = code("President Emmanuel Macron spoke in Lyon. The president left, and the French president came back.")
    assert [(text, kind) for text, _, kind in mentions(cast)] == [
        ("Emmanuel Macron", "name"),
        ("The president", "role"),
        ("the French president", "role"),
    ]


def test_a_known_office_is_enough(code: Code) -> None:
    cast, _ = code("Olaf Scholz hesitated. In the end the chancellor agreed.")
    assert mentions(cast)[-1] == ("the chancellor", "olaf-scholz", "role")


def test_the_army_is_that_of_the_country_it_was_named_with(code: Code) -> None:
    cast, _ = code("The Congolese army withdrew from the town. Uganda said the army had lost its way.")
    assert ("the army", "democratic-republic-of-the-congo", "anaphor") in mentions(cast)


def test_pronouns_are_no_mentions_but_stand_for_actors(code: Code) -> None:
    cast, parse = code("Angela Merkel thanked the troops. Then she left Berlin. NATO said it would stay.")
    assert standing_for(cast, parse, "she") == ("angela-merkel",)
    assert standing_for(cast, parse, "it") == ("nato",)
    assert not {"she", "it"} & {text for text, _, _ in mentions(cast)}


def test_they_stands_for_those_joined(code: Code) -> None:
    cast, parse = code("Kenya and Uganda closed the border. They reopened it on Friday.")
    assert standing_for(cast, parse, "they") == ("kenya", "uganda")


def test_laws_and_summits_are_no_actors(code: Code) -> None:
    cast, _ = code("The CHIPS and Science Act was debated at the Shangri-La Dialogue.")
    assert mentions(cast) == []


def test_another_states_congress_is_not_the_american_one(code: Code) -> None:
    assert "united-states-congress" not in ids(code("Peru's Congress rejected the budget.")[0])
    assert "united-states-congress" in ids(code("The U.S. Congress rejected the budget.")[0])


def test_a_company_is_known_by_its_description(code: Code) -> None:
    cast, _ = code("Sanctions hit Sovcomflot, the Russian shipping company, on Monday.")
    company = cast.actors["sovcomflot"]
    assert (company.kind, company.country_code) == ("company", "RUS")


def test_spans_and_referents_hold(code: Code) -> None:
    text = "The European Union (EU) praised Ukraine's Volodymyr Zelensky.\n\nBrussels said the bloc would help Kyiv."
    cast, parse = code(text)
    for mention in cast.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert parse.starts[mention.first] == mention.start
        assert all(mention.actor_id in cast.referents[token] for token in range(mention.first, mention.stop))
    assert {actor for found in cast.referents.values() for actor in found} <= cast.actors.keys()


def test_an_actor_has_the_same_id_whatever_else_the_document_says(code: Code) -> None:
    alone, _ = code("Foreign Minister Ahmed Attaf of Algeria spoke.")
    among, _ = code("Ahmed Attaf met Sergei Lavrov. Algeria thanked Russia.")
    assert "ahmed-attaf" in ids(alone) & ids(among)


def test_regions_are_actors_where_their_governments_act(code: Code) -> None:
    cast, _ = code(
        "Puntland broke with Somalia. Scotland's first minister, John Swinney, flew to Paris. "
        "Fighting went on in Tigray, and Scotland's hills are green."
    )
    assert [text for text, _, _ in mentions(cast)][:3] == ["Puntland", "Somalia", "Scotland"]
    assert "tigray" not in cast.actors
    assert mentions(cast).count(("Scotland", "scotland", "name")) == 1
    assert (cast.actors["puntland"].kind, cast.actors["puntland"].country_code) == ("government_body", "SOM")
    assert cast.actors["john-swinney"].affiliation_id == "scotland"


def test_the_former_and_the_latter(code: Code) -> None:
    cast, _ = code("Evo Morales quarrelled with Luis Arce; the former accused the latter of treason.")
    assert ("the former", "evo-morales", "anaphor") in mentions(cast)
    assert ("the latter", "luis-arce", "anaphor") in mentions(cast)


def test_a_neighbour_is_the_only_other_country_named(code: Code) -> None:
    cast, _ = code("Mozambique thanked Malawi. Mozambique sent boats to its neighbour.")
    assert ("its neighbour", "malawi", "anaphor") in mentions(cast)
    cast, _ = code("Mozambique met Malawi and Zambia. Mozambique sent boats to its neighbour.")
    assert not any(kind == "anaphor" for _, _, kind in mentions(cast))


def test_people_act_for_what_they_lead(code: Code) -> None:
    cast, _ = code("Germany met Hugh Todd, who runs Guyana's diplomacy. Luisa González of the Azure Party resigned.")
    assert cast.actors["hugh-todd"].affiliation_id == "guyana"
    assert cast.actors["luisa-gonzalez"].affiliation_id == "azure-party"


def test_names_keep_the_accents_of_the_text(code: Code) -> None:
    cast, _ = code("Nicolás Maduro met Viktor Orban.")
    assert (cast.actors["nicolas-maduro"].name, cast.actors["viktor-orban"].name) == ("Nicolás Maduro", "Viktor Orban")


def test_ships_bases_and_storms_are_nobody(code: Code) -> None:
    cast, _ = code("The vessel Xiang Yang Hong docked. Jets left Al Udeid air base for Oman.")
    assert ids(cast) == {"oman"}


def test_a_surname_may_be_the_name_of_a_company(code: Code) -> None:
    cast, _ = code("The Congolese foreign minister, Thérèse Kayikwamba Wagner, resigned.")
    assert ids(cast) == {"therese-kayikwamba-wagner"}


def test_a_company_is_of_the_country_that_its_description_gives(code: Code) -> None:
    cast, _ = code("The EU listed Tengri Chip Trading, a firm registered in Almaty.")
    assert cast.actors["tengri-chip-trading"].country_code == "KAZ"


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Pakistan announced it had arrested the gunmen.", ("pakistan",)),
        ("NATO trained the army. It also sent jets.", ("nato",)),
        ("Japan played well. It was a great start.", ()),
        ("Japan met the rebels. It is thought that they left.", ()),
        ("Japan ordered a ship. It was completed in May.", ()),
        ("A mission began in Japan. It included doctors.", ()),
        ("Japan praised the study. While the report shows progress, it omits much.", ()),
        ("Japan paid. “We believe it helped,” he said.", ()),
    ],
)
def test_it_as_a_subject_is_no_guess(code: Code, text: str, whom: tuple[str, ...]) -> None:
    assert standing_for(*code(text), "it") == whom
