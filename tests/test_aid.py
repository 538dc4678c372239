"""Aid figures: which sums are aid, how much in what money, and who gives what to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.coders.actors import find_cast
from tablewright.coders.aid import find_aid
from tablewright.coders.aid.sums import find_sums
from tablewright.coders.dates import find_dates
from tablewright.coders.quotations import find_quotations
from tablewright.knowledge.actors import load_actor_knowledge
from tablewright.knowledge.cues import load_cues
from tablewright.knowledge.money import load_money
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.records import AidFigure, Block, Document

Code = Callable[..., tuple[AidFigure, ...]]


Coder = Callable[[bool], Code]


@pytest.fixture(scope="module")
def coder() -> Coder:
    nlp = load_model(DEFAULT_MODEL)
    knowledge = load_actor_knowledge(None)
    cues = load_cues()

    def coder(quotes: bool) -> Code:
        """A function that codes paragraphs, with the quotations in them or without."""

        def code(*paragraphs: str, publisher: str | None = None) -> tuple[AidFigure, ...]:
            document = make_document(paragraphs, publisher)
            _, parse = next(iter(analyse([document], nlp)))
            cast = find_cast(document, parse, knowledge)
            dates = find_dates(document, parse)
            quotations = find_quotations(document, parse, cast, dates, cues) if quotes else ()
            return find_aid(document, parse, cast, dates, quotations)

        return code

    return coder


@pytest.fixture(scope="module")
def code(coder: Coder) -> Code:
    return coder(False)


@pytest.fixture(scope="module")
def quoted(coder: Coder) -> Code:
    return coder(True)


def make_document(paragraphs: Sequence[str], publisher: str | None) -> Document:
    """A document of these paragraphs; one that begins with "- " is an item of a list."""
    text, blocks = "", []
    for number, each in enumerate(paragraphs, 1):
        body = each.removeprefix("- ")
        kind = "list_item" if body != each else "paragraph"
        blocks.append(Block(kind, len(text), len(text) + len(body), None, number))  # type: ignore[arg-type]
        text += body + "\n\n"
    return Document(
        "d",
        "d.txt",
        "",
        text.rstrip(),
        "",
        tuple(blocks),
        "T",
        publisher=publisher,
        published_on=dt.date(2024, 6, 5),
    )


def way(figure: AidFigure) -> str:
    """A figure in a line: millions, currency, status, donor > recipient, and its types by first letters."""
    types = "H" * figure.humanitarian + "F" * figure.financial + "M" * figure.military
    people = f"{figure.donor_id or ''}>{figure.recipient_id or ''}"
    return f"{figure.amount / 1e6:g} {figure.currency} {figure.status} {people} {types}".rstrip()


@pytest.mark.parametrize(
    ("text", "words", "amount", "maximum", "qualifier", "code"),
    [
        ("It gave $7.1 billion.", "$7.1 billion", 7.1e9, None, "exact", "USD"),
        ("It gave US$5m.", "US$5m", 5e6, None, "exact", "USD"),
        ("It gave NZ$20 million.", "NZ$20 million", 20e6, None, "exact", "NZD"),
        ("It gave $A8,800.", "$A8,800", 8800, None, "exact", "AUD"),
        ("It gave €500m.", "€500m", 500e6, None, "exact", "EUR"),
        ("It gave EUR 20 million.", "EUR 20 million", 20e6, None, "exact", "EUR"),
        ("It gave CHF 750,000.", "CHF 750,000", 750e3, None, "exact", "CHF"),
        ("It gave CHF 12,5 million.", "CHF 12,5 million", 12.5e6, None, "exact", "CHF"),
        ("It gave 45 million Norwegian kroner.", "45 million Norwegian kroner", 45e6, None, "exact", "NOK"),
        ("It gave 100 million Canadian dollars.", "100 million Canadian dollars", 100e6, None, "exact", "CAD"),
        ("It gave half a billion euros.", "half a billion euros", 0.5e9, None, "exact", "EUR"),
        ("It gave two and a half million pounds.", "two and a half million pounds", 2.5e6, None, "exact", "GBP"),
        ("It gave a million yen.", "a million yen", 1e6, None, "exact", "JPY"),
        ("It gave Rs 500 crore.", "Rs 500 crore", 5e9, None, "exact", "INR"),
        ("It gave over $7 million.", "over $7 million", 7e6, None, "at_least", "USD"),
        ("It gave up to $7 million.", "up to $7 million", 7e6, None, "at_most", "USD"),
        ("It gave nearly £2bn.", "nearly £2bn", 2e9, None, "approximately", "GBP"),
        ("It gave $5 million or more.", "$5 million or more", 5e6, None, "at_least", "USD"),
        ("It gave €5–7 million.", "€5–7 million", 5e6, 7e6, "range", "EUR"),
        ("It gave $5 million to $7 million.", "$5 million to $7 million", 5e6, 7e6, "range", "USD"),
        ("Between 20 and 30 million euros went.", "Between 20 and 30 million euros", 20e6, 30e6, "range", "EUR"),
        ("A $61-billion package came.", "$61-billion", 61e9, None, "exact", "USD"),
        ("A 30-million-euro loan came.", "30-million-euro", 30e6, None, "exact", "EUR"),
    ],
)
def test_sums(text: str, words: str, amount: float, maximum: float | None, qualifier: str, code: str) -> None:
    (found,) = find_sums(text, 0, len(text))
    assert text[found.start : found.end] == words
    assert (float(found.amount), found.maximum and float(found.maximum)) == (amount, maximum)
    assert (found.qualifier, found.codes[0]) == (qualifier, code)


@pytest.mark.parametrize(
    "text", ["He wore an N95 mask.", "The P5 met.", "It took 500 pounds of bombs.", "Some 30,000 troops came in 2024."]
)
def test_no_sums(text: str) -> None:
    assert [each for each in find_sums(text, 0, len(text)) if each.codes] == []


@given(st.integers(1, 999), st.sampled_from(["million", "billion"]), st.sampled_from(sorted(load_money().codes)))
def test_a_code_before_or_after_the_number_is_the_same_money(number: int, scale: str, code: str) -> None:
    before, after = f"It gave {code} {number} {scale}.", f"It gave {number} {scale} {code}."
    (one,), (other,) = find_sums(before, 0, len(before)), find_sums(after, 0, len(after))
    assert (one.amount, one.codes) == (other.amount, other.codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan pledged $30 million to Ukraine.", ["30 USD pledged japan>ukraine"]),
        ("Germany promised 244 million euros in humanitarian aid.", ["244 EUR pledged germany> H"]),
        ("The United States gave the Philippines $500 million in military financing.", ["500 USD delivered united-states>philippines FM"]),
        ("A $61 billion aid package for Ukraine was approved in April.", ["61000 USD pledged >ukraine"]),
        ("The World Bank said it would lend Kenya $750 million.", ["750 USD pledged world-bank>kenya F"]),
        ("Beijing has lent Laos more than $10 billion since 2013.", ["10000 USD delivered china>laos F"]),
        ("Ethiopia will receive $1.5 billion from the World Bank.", ["1500 USD pledged world-bank>ethiopia"]),
        ("Vietnam accepted $13 million in flood relief from Australia.", ["13 USD delivered australia>vietnam H"]),
        ("Israel gets $3.8 billion a year in military aid from the United States.", ["3800 USD delivered united-states>israel M"]),
        ("Lebanon was promised $11 billion at a Paris conference.", ["11000 USD pledged >lebanon"]),
        ("South Korea plans to give Vietnam $200 million in development assistance.", ["200 USD pledged south-korea>vietnam"]),
        ("Sweden's contribution of 200 million kronor will go to UNICEF.", ["200 SEK pledged sweden>unicef"]),
        ("Turkey delivered $30 million worth of generators to Ukraine.", ["30 USD delivered turkey>ukraine"]),
        ("Donors promised $6.4 billion for Yemen.", ["6400 USD pledged >yemen"]),
        ("The EU's €3 billion for Syrian refugees in Turkey has been disbursed.", ["3000 EUR delivered european-union>"]),
        ("Denmark countered with a promise of up to 1.5 billion kroner.", ["1500 DKK pledged denmark>"]),
        ("Viktor Orbán blocked €6 billion in military aid that the EU had set aside for Ukraine.", ["6000 EUR pledged european-union>ukraine M"]),
        ("The World Food Programme appealed for $80 million.", ["80 USD requested >world-food-programme"]),
        ("Kyiv has asked its partners for €300 million to buy gas.", ["300 EUR requested >ukraine"]),
        ("The United Nations is seeking $4 billion to help Yemen.", ["4000 USD requested >yemen"]),
    ],
)  # fmt: skip
def test_aid(code: Code, text: str, expected: list[str]) -> None:
    assert [way(figure) for figure in code(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Trade between China and Russia reached $240 billion last year.",
        "The court fined Google €2.4 billion.",
        "Damage was put at $1.4 billion.",
        "Britain should give Ukraine £3 billion a year.",
        "China could lend Sri Lanka $4 billion if the IMF agrees.",
        "If Congress agrees, Washington would send Kyiv $60 billion.",
        "The World Bank froze $300 million in aid to Afghanistan.",
        "Trump withheld $391 million in aid to Ukraine.",
        "Taiwan bought $2.2 billion in arms from the United States.",
        "The US State Department announced a $10 million reward for information.",
        "Moscow's military budget rose to $140 billion.",
        "Remittances to Nepal reached $9 billion.",
        "Investors poured $12 billion into Vietnam.",
        "The ransom of $5 million was paid.",
        "The government spent $3 billion on new roads.",
        "Virgin Blue has begun offering $5 flights from Melbourne.",
        "Adani Power was owed some $800 million.",
    ],
)
def test_no_aid(code: Code, text: str) -> None:
    assert code(text) == ()


def test_a_total_and_its_parts_are_a_row_each(code: Code) -> None:
    figures = code(
        "Brussels has committed €8.5 million to the two countries, with €5 million going to Mozambique.",
        "France offered about 110 million euros, of which 30 million, Paris said, had already been sent to Chad.",
    )
    assert [way(figure) for figure in figures] == [
        "8.5 EUR pledged european-union>",
        "5 EUR pledged european-union>mozambique",
        "110 EUR pledged france>",
        "30 EUR delivered france>chad",
    ]


def test_entries_of_a_list_go_on_with_what_stands_before_it(code: Code) -> None:
    figures = code(
        "Australia today announced A$118 million in new assistance to the Pacific, as follows:",
        "- Kiribati: up to A$21.5 million, for drinking water; and",
        "- Solomon Islands: A$30 million.",
    )
    assert [way(figure) for figure in figures[1:]] == [
        "21.5 AUD pledged australia>kiribati",
        "30 AUD pledged australia>solomon-islands",
    ]


def test_actors_in_brackets_give_their_own_sums(code: Code) -> None:
    figures = code("Norway (500 million kroner) and Denmark (€20 million) pledged new aid to Gaza.")
    assert [way(figure) for figure in figures] == ["500 NOK pledged norway>", "20 EUR pledged denmark>"]


def test_a_conversion_in_brackets_adds_no_row(code: Code) -> None:
    (figure,) = code("Denmark said it would donate 1.8 billion Danish crowns ($264 million) to Ukraine.")
    assert (figure.currency, figure.text) == ("DKK", "1.8 billion Danish crowns")


def test_a_bare_dollar_is_the_publishers(code: Code) -> None:
    text = "The Government gave Tuvalu $5 million in aid."
    assert [figure.currency for figure in code(text)] == ["USD"]
    assert [figure.currency for figure in code(text, publisher="Australian Department of Trade")] == ["AUD"]


def test_money_through_a_fund_has_the_fund_as_channel(code: Code) -> None:
    (figure,) = code("New Zealand has pledged NZ$20 million to the Pacific Resilience Facility.")
    assert (figure.channel, figure.recipient_id) == ("Pacific Resilience Facility", None)


def test_purpose_period_and_date(code: Code) -> None:
    (figure,) = code("On Friday Japan promised Malawi ¥600 million over two years to rebuild health posts.")
    assert (figure.purpose, figure.period) == ("to rebuild health posts", "over two years")
    assert figure.date is not None
    assert figure.date.date_start == dt.date(2024, 5, 31)


def test_the_date_is_that_of_the_promise(code: Code) -> None:
    (figure,) = code("Japan undertook on Tuesday to provide Pakistan with ¥900 million in emergency grant aid.")
    assert figure.date is not None
    assert (figure.date.text, way(figure)) == ("on Tuesday", "900 JPY pledged japan>pakistan HF")


def test_words_of_the_goods_are_the_purpose_and_do_not_make_it_humanitarian(code: Code) -> None:
    (figure,) = code("The United Kingdom contributed £8 million in food vouchers to Sudan.")
    assert (figure.purpose, figure.humanitarian) == ("food vouchers", False)
    (figure,) = code("The United Kingdom contributed £8 million in food aid to Sudan.")
    assert (figure.purpose, figure.humanitarian) == (None, True)


def test_a_persons_pledge_is_the_countrys(code: Code) -> None:
    (figure,) = code("Japanese Prime Minister Fumio Kishida pledged $30 million to Ukraine.")
    assert figure.donor_id == "japan"


def dated(figure: AidFigure) -> str:
    """A figure as donor > recipient, what it is for, and the words of its date."""
    return f"{figure.donor_id or ''}>{figure.recipient_id or ''} {figure.purpose or '-'}, {figure.date.text if figure.date else '-'}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway gave NOK 50 million in 2022 and Sweden pledged SEK 120 million.",
            ["norway> -, in 2022", "sweden> -, -"],
        ),
        (
            "Canada gave Haiti $25 million in 2021 and $30 million in 2022.",
            ["canada>haiti -, in 2021", "canada>haiti -, in 2022"],
        ),
        (
            "In 2021 the EU gave Ukraine €25 million and in 2022 €30 million.",
            ["european-union>ukraine -, In 2021", "european-union>ukraine -, in 2022"],
        ),
        (
            "$12 million was given to Somalia by Denmark in 2019 and $9 million by Finland in 2020.",
            ["denmark>somalia -, in 2019", "finland>somalia -, in 2020"],
        ),
        (
            "Sri Lanka was granted a $1 billion loan by India in 2022 and a $500 million credit line by China.",
            ["india>sri-lanka -, in 2022", "china>sri-lanka -, in 2022"],
        ),
        (
            "The agency asked Belgium for €5 million and the Netherlands for €8 million.",
            ["belgium> -, -", "netherlands> -, -"],
        ),
    ],
)
def test_each_of_two_sums_has_its_own_giver_and_date(code: Code, text: str, expected: list[str]) -> None:
    assert [dated(each) for each in code(text)] == expected


def test_a_government_named_by_its_country_gives_that_country_s_money(code: Code) -> None:
    text = "The Government of Japan today contributed US$14.5 million to UNICEF to support humanitarian work in Chad."
    assert [way(each) for each in code(text)] == ["14.5 USD delivered japan>unicef H"]
    assert way(code("The Emir of Qatar pledged $50 million to Lebanon.")[0]) == "50 USD pledged qatar>lebanon"


def test_who_announces_money_is_no_donor(code: Code) -> None:
    alone = code("I met Josep Borrell in Brussels. He promised €10 million for the schools of Gaza.")
    assert [dated(each) for each in alone] == ["> the schools of Gaza, -"]
    placed = code("We met Josep Borrell, the EU's foreign policy chief, and he promised €10 million.")
    assert [dated(each) for each in placed] == ["european-union> -, -"]


def test_a_gift_to_a_body_goes_to_no_other(code: Code) -> None:
    [named] = code("Oslo met Chad's ministers. Poland donated to the Polish Red Cross $3 million for refugees.")
    assert dated(named) == "poland>polish-red-cross refugees, -"
    _, unknown = code("Norway gave Chad $5 million. Poland donated $3 million to a group of nurses.")
    assert unknown.recipient_id is None


def test_over_belongs_to_the_handing(code: Code) -> None:
    [figure] = code("The Embassy of Japan handed over $1.2 million to UNICEF.")
    assert (figure.text, figure.qualifier, figure.donor_id) == ("$1.2 million", "exact", "japan")


def test_a_part_has_the_giver_that_its_own_words_name(code: Code) -> None:
    _, added = code("Russia lent Belarus $1.5 billion in 2020; China added $500 million in 2021.")
    assert dated(added) == "china>belarus -, in 2021"
    _, other = code("Kyiv got $2 billion from Norway and $1 billion from Xyloria in March.")
    assert dated(other) == ">ukraine -, in March"


def test_to_say_that_one_will_give_is_the_promise(code: Code) -> None:
    [figure] = code("Norway said on Tuesday it would provide $38 million to Honduras.")
    assert dated(figure) == "norway>honduras -, on Tuesday"


def test_we_in_quoted_words_is_the_speaker_s_country_or_body(quoted: Code) -> None:
    [given] = quoted("“We will give €5 million to Moldova,” said Italian Prime Minister Giorgia Meloni.")
    assert way(given) == "5 EUR pledged italy>moldova"
    [taken] = quoted("“We received $3 million from Norway last year,” said Amina Ali of Save the Children.")
    assert way(taken) == "3 USD delivered norway>save-the-children"


def test_we_outside_quoted_words_is_nobody(code: Code) -> None:
    assert [each.donor_id for each in code("We have provided $200 million to Yemen.")] == [None]


def test_two_governments_two_takers_and_a_city(code: Code) -> None:
    [joint] = code("The Government of Chad and the Government of Canada pledged $30 million to UNHCR.")
    assert joint.donor_id is None
    two = code("Italy gave Moldova €10 million and Georgia €5 million in 2023.")
    assert [each.recipient_id for each in two] == ["moldova", "georgia"]
    assert [each.purpose for each in code("Ukraine's allies pledged €1 billion in Berlin.")] == [None]


def test_money_for_projects_in_another_country_is_aid(code: Code) -> None:
    (figure,) = code("The European Union announced 20 million euros for water projects in Tajikistan.")
    assert (figure.donor_id, figure.amount, figure.status) == ("european-union", 20e6, "pledged")
    assert not code("France announced 20 million euros for water projects in France.")


def test_a_speaker_promises_for_us_and_a_part_goes_on_with_it(code: Code) -> None:
    whole, part = code(
        "I can announce that we will provide a further £15 million this year, of which £6 million will go to Rohingya "
        "refugees in Bangladesh."
    )
    assert (whole.amount, whole.status, part.amount, part.status) == (15e6, "pledged", 6e6, "pledged")
