"""Which date belongs to an act. In each text, stars stand before the acts; the list holds the date of each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest

from tablewright.clauses import clause_verb, coordinated, date_of, outlook
from tablewright.coders.dates import find_dates
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.parse import Parse
from tablewright.records import Block, Document

ACTS = [
    ("On Tuesday the Treasury *imposed sanctions on X, *accusing him of buying weapons.", ["On Tuesday", "On Tuesday"]),
    ("Fidan *telephoned Borrell on Wednesday to *demand a date.", ["on Wednesday", "on Wednesday"]),
    ("The commission *recommended on Tuesday that the EU *open talks with Bosnia.", ["on Tuesday", ""]),
    ("Germany, which on Wednesday *co-hosted the conference, *promised 244 million euros.", ["on Wednesday", ""]),
    (
        "He visited Canberra on 11 February and, with the prime minister, *opened negotiations on a pact.",
        ["on 11 February"],
    ),
    (
        "In 2021, Japan and NATO held a war game, and in 2022, Tokyo *joined the centre and *designated experts.",
        ["in 2022", "in 2022"],
    ),
    ("Niger *said last week that they had *put aircraft on alert.", ["last week", ""]),
    ("The *withdrawal from Niger that Macron *announced on September 24 continues.", ["", "on September 24"]),
    ("They *agreed to *meet again in Tirana in June.", ["", "in June"]),
    ("Macron flew to Riyadh in October and came home with the kingdom's *promise of aid.", ["in October"]),
    ("Last week the Navy *landed supplies at the *request of Fiji.", ["Last week", ""]),
    ("Three years ago Russia launched its *invasion of Ukraine.", ["Three years ago"]),
    ("In March the UN *condemned Russia's *invasion of Ukraine.", ["In March", ""]),
    ("At the Vilnius summit in July, an agreement will be *unveiled.", ["in July"]),
    ("At the Shangri-La Dialogue in June 2023, Li *blasted such ties.", ["in June 2023"]),
    ("The exercise *took place shortly after the meeting in Oslo in May.", [""]),
    ("The 2013 Joint Political *Declaration was signed.", ["2013"]),
    ("Vikram Misri travelled to Dhaka earlier this month for *talks with Yunus.", ["earlier this month"]),
    ("The *talks in Rome were the first since 2019.", [""]),
    ("It was the first *visit to Pakistan since 2015.", [""]),
    ("Macron *met Xi in Paris and *signed a deal on Monday.", ["on Monday", "on Monday"]),
    ("France *offered aid, and Germany *sent tanks on Tuesday.", ["", "on Tuesday"]),
    ("Milei *cancelled his trip to the bloc's July summit.", [""]),
    ('"They were paid in advance," he *told reporters on Sunday.', ["on Sunday"]),
    ("On Friday, he said, the army *attacked the town.", ["On Friday"]),
    ("Russia *attacked Ukraine in February 2022, killing thousands.", ["in February 2022"]),
    ("In a speech on Tuesday, Biden *called him a dictator.", ["on Tuesday"]),
    ("The ministers *met on Monday, a day after the army *shelled the camp.", ["on Monday", "a day after"]),
    ("The ministers met on Monday. A day after the army shelled the camp, they *left.", ["A day after"]),
    ("The army, which *invaded in 2022, *withdrew.", ["in 2022", ""]),
    ("Japan *announced in March that it would *send 20 trucks in April.", ["in March", "in April"]),
    ("The president *signed the law that parliament had *passed in May.", ["", "in May"]),
    ("Kyiv was *attacked on Sunday with drones and missiles.", ["on Sunday"]),
    ("Brussels *stopped its support for Niger in late July.", ["in late July"]),
    ("Washington *condemned the attack on Tuesday.", ["on Tuesday"]),
    ("NATO's 1999 *bombing of Serbia began in March.", ["1999"]),
    ("The March 2023 *announcement of plans pleased him.", ["March 2023"]),
    (
        "Turkey *accused Greece on Monday of arming islands and, on Tuesday, *recalled its envoy.",
        ["on Monday", "on Tuesday"],
    ),
    ("Chad, which has sheltered them since April, *shut its border on Monday.", ["on Monday"]),
    ("On Wednesday Somalia ordered Ahmed to surrender and *sent 400 soldiers.", ["On Wednesday"]),
    ("In February Paris *committed aid, while Italy *sent guns.", ["In February", "In February"]),
    ("In 2012, when the rebels *took the city, peacekeepers watched.", ["In 2012"]),
    ("It turned back boats on Sunday, the day on which Hasina *told parliament so.", ["on Sunday"]),
    ("On 24 June he is to *receive Scholz in Poznan.", ["On 24 June"]),
    ("In a statement issued on Monday, Russia *condemned the raid.", ["on Monday"]),
    ("The agency *applauded the *decision on 3 June to waive duty.", ["", "on 3 June"]),
    ("He *signed the pact on Monday and will *visit Rome.", ["on Monday", ""]),
]

Read = Callable[[str], tuple[Document, Parse]]


@pytest.fixture(scope="module")
def read() -> Read:
    nlp = load_model(DEFAULT_MODEL)

    def read(text: str) -> tuple[Document, Parse]:
        blocks = (Block("paragraph", 0, len(text), None, 1),)
        document = Document("d", "d.txt", "", text, "", blocks, "Title", published_on=dt.date(2024, 6, 5))
        return next(iter(analyse([document], nlp)))

    return read


@pytest.mark.parametrize(("text", "expected"), ACTS)
def test_date_of_an_act(read: Read, text: str, expected: list[str]) -> None:
    stars = [match.start() for match in re.finditer(r"\*", text)]
    document, parse = read(text.replace("*", ""))
    dates = find_dates(document, parse)
    found = []
    for number, star in enumerate(stars):
        token = parse.token_at(star - number)
        assert token is not None
        date = date_of(parse, dates, token)
        found.append(date.text if date is not None else "")
    assert found == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("They met in Rome.", "met", "past"),
        ("They have met in Rome.", "met", "past"),
        ("They will meet in Rome.", "meet", "future"),
        ("They are meeting in Rome.", "meeting", "future"),
        ("They agreed to meet in Rome.", "meet", "future"),
        ("They began to meet in Rome.", "meet", "past"),
        ("It was signed in May.", "signed", "past"),
    ],
)
def test_outlook(read: Read, text: str, verb: str, expected: str) -> None:
    _, parse = read(text)
    assert outlook(parse, parse.words.index(verb)) == expected


def test_the_verb_of_a_clause(read: Read) -> None:
    _, parse = read("The minister said that Japan had joined the talks in Rome.")
    assert clause_verb(parse, parse.words.index("Rome")) == parse.words.index("joined")
    assert clause_verb(parse, parse.words.index("minister")) == parse.words.index("said")


def test_coordinated_verbs(read: Read) -> None:
    _, parse = read("Japan joined the talks, sent an envoy and signed the pact.")
    verbs = [parse.words.index(word) for word in ("joined", "sent", "signed")]
    assert next(iter(coordinated(parse, verbs[2]))) in verbs[:2]
    assert set(coordinated(parse, verbs[0])) == set(verbs[1:])
