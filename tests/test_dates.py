"""Dates: what is one, and which days it means. All texts are published on Wednesday, 5 June 2024."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.coders.dates import find_dates, intervals
from tablewright.language import DEFAULT_MODEL, analyse, load_model
from tablewright.records import Block, DateSpan, Document

PUBLISHED = dt.date(2024, 6, 5)
Find = Callable[..., list[tuple[str, str]]]


def document_of(text: str, published_on: dt.date | None) -> Document:
    blocks = (Block("paragraph", 0, len(text), None, 1),)
    return Document("d", "d.txt", "", text, "", blocks, "Title", published_on=published_on)


def shown(date: DateSpan) -> tuple[str, str]:
    """The words and the days: one day by itself, others as "first/last", an open end empty."""
    if date.date_start == date.date_end:
        return date.text, str(date.date_start)
    return date.text, f"{date.date_start or ''}/{date.date_end or ''}"


@pytest.fixture(scope="module")
def find() -> Find:
    nlp = load_model(DEFAULT_MODEL)

    def find(text: str, published_on: dt.date | None = PUBLISHED) -> list[tuple[str, str]]:
        document, parse = next(iter(analyse([document_of(text, published_on)], nlp)))
        dates = find_dates(document, parse)
        assert all(document.text[date.start : date.end] == date.text for date in dates)
        return [shown(date) for date in dates]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 5 March 2024 they met.", [("On 5 March 2024", "2024-03-05")]),
        ("On March 5, 2024, they met.", [("On March 5, 2024", "2024-03-05")]),
        ("He spoke on 2024-03-05 in Rome.", [("on 2024-03-05", "2024-03-05")]),
        ("He spoke on Tuesday, June 4.", [("on Tuesday, June 4", "2024-06-04")]),
        ("He met her Oct. 3.", [("Oct. 3", "2023-10-03")]),
        ("They met on July 11.", [("on July 11", "2023-07-11")]),
        ("On December 2 of last year they met.", [("On December 2 of last year", "2023-12-02")]),
        ("They met in May 2023.", [("in May 2023", "2023-05-01/2023-05-31")]),
        ("In May, they signed.", [("In May", "2024-05-01/2024-05-31")]),
        ("They met in December last year.", [("in December last year", "2023-12-01/2023-12-31")]),
        ("They met last December.", [("last December", "2023-12-01/2023-12-31")]),
        ("In 1999, NATO bombed Serbia for 78 days.", [("In 1999", "1999-01-01/1999-12-31")]),
        ("In the 1990s it was calm.", [("In the 1990s", "1990-01-01/1999-12-31")]),
        ("In early 2023 they met.", [("In early 2023", "2023-01-01/2023-04-30")]),
        ("They met in mid-2023.", [("in mid-2023", "2023-05-01/2023-08-31")]),
        ("In late July 2023 he left.", [("In late July 2023", "2023-07-21/2023-07-31")]),
        ("In mid-April the army left.", [("In mid-April", "2024-04-11/2024-04-20")]),
        ("He was elected in spring 2019.", [("in spring 2019", "2019-03-01/2019-05-31")]),
        ("The winter of 2022 was hard.", [("The winter of 2022", "2022-12-01/2023-02-28")]),
        ("Last summer they met.", [("Last summer", "2023-06-01/2023-08-31")]),
        ("In the first quarter of 2024 it grew.", [("In the first quarter of 2024", "2024-01-01/2024-03-31")]),
        ("In the second half of 2023, exports fell.", [("In the second half of 2023", "2023-07-01/2023-12-31")]),
        ("On the night of May 7 they attacked.", [("On the night of May 7", "2024-05-07")]),
    ],
)
def test_dates_of_the_calendar(find: Find, text: str, expected: list[tuple[str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From 3 to 7 May they trained.", [("From 3 to 7 May", "2024-05-03/2024-05-07")]),
        ("They trained May 3–7.", [("May 3–7", "2024-05-03/2024-05-07")]),
        (
            "It lasted from 28 February to 2 March 2022.",
            [("from 28 February to 2 March 2022", "2022-02-28/2022-03-02")],
        ),
        ("Between 2014 and 2018 they fought.", [("Between 2014 and 2018", "2014-01-01/2018-12-31")]),
        ("Between March and May they trained.", [("Between March and May", "2024-03-01/2024-05-31")]),
        ("On Saturday and Sunday they met.", [("On Saturday and Sunday", "2024-06-01/2024-06-02")]),
        ("Since 2021, they have worked together.", [("Since 2021", "2021-01-01/")]),
        ("Since early August they have fought.", [("Since early August", "2023-08-01/")]),
        ("By 2030 it will end.", [("By 2030", "/2030-12-31")]),
        ("It runs until February.", []),
    ],
)
def test_stretches(find: Find, text: str, expected: list[tuple[str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They spoke on Tuesday.", [("on Tuesday", "2024-06-04")]),
        ("Envoys sat down on Wednesday.", [("on Wednesday", "2024-06-05")]),
        ("He said yesterday it was over.", [("yesterday", "2024-06-04")]),
        ("This morning he spoke.", [("This morning", "2024-06-05")]),
        ("Last Friday he spoke.", [("Last Friday", "2024-05-31")]),
        ("They met over the weekend.", [("over the weekend", "2024-06-01/2024-06-02")]),
        ("Last week they left.", [("Last week", "2024-05-27/2024-06-02")]),
        ("Earlier this month he flew to Rome.", [("Earlier this month", "2024-06-01/2024-06-05")]),
        ("Two years ago they signed.", [("Two years ago", "2022-01-01/2022-12-31")]),
        ("Two months ago they met.", [("Two months ago", "2024-04-01/2024-04-30")]),
        ("Three days ago he spoke.", [("Three days ago", "2024-06-02")]),
        ("Over the past two weeks, rebels advanced.", [("Over the past two weeks", "2024-05-22/2024-06-05")]),
        ("At the end of May the embassy closed.", [("At the end of May", "2024-05-21/2024-05-31")]),
    ],
)
def test_looking_back(find: Find, text: str, expected: list[tuple[str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He will meet Xi on Tuesday.", [("on Tuesday", "2024-06-11")]),
        ("They agreed to meet again in Tirana in June.", [("in June", "2024-06-01/2024-06-30")]),
        ("They will meet in September.", [("in September", "2024-09-01/2024-09-30")]),
        ("He is due in Niamey on Saturday.", [("on Saturday", "2024-06-08")]),
        ("Marco Rubio is to speak with Wang on Friday.", [("on Friday", "2024-06-07")]),
        ("She is meeting Modi on Thursday.", [("on Thursday", "2024-06-06")]),
        ("The ceasefire expires on 15 June.", [("on 15 June", "2024-06-15")]),
        ("He will visit Vanuatu next month.", [("next month", "2024-07-01/2024-07-31")]),
        ("He will be here next Friday.", [("next Friday", "2024-06-14")]),
        ("Early next year she will visit Hanoi.", [("Early next year", "2025-01-01/2025-04-30")]),
        ("In three days they will go.", [("In three days", "2024-06-08")]),
        ("The bloc's July summit was cancelled.", [("July", "2024-07-01/2024-07-31")]),
    ],
)
def test_looking_ahead(find: Find, text: str, expected: list[tuple[str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 7 May he was sworn in. The next day he flew to Rome.", ("The next day", "2024-05-08")),
        ("On 7 May he was sworn in. Two days later he resigned.", ("Two days later", "2024-05-09")),
        ("On 7 May he was sworn in. A week later he resigned.", ("A week later", "2024-05-14")),
        ("On 7 May he was sworn in. Hours later he resigned.", ("Hours later", "2024-05-07")),
        ("On 7 May he was sworn in. That same day he resigned.", ("That same day", "2024-05-07")),
        ("On 7 May he was sworn in. A month later he resigned.", ("A month later", "2024-06-01/2024-06-30")),
        ("In March he resigned. The following month they met.", ("The following month", "2024-04-01/2024-04-30")),
        ("In 2019 they signed. Three years later it lapsed.", ("Three years later", "2022-01-01/2022-12-31")),
        ("In June 2023 he spoke. He had spoken a year earlier.", ("a year earlier", "2022-06-01/2022-06-30")),
        ("Envoys met on Monday, a day after troops shelled a camp.", ("a day after", "2024-06-02")),
        ("They met on 7 May. A day after the army fired, they left.", ("A day after", "2024-05-08")),
    ],
)
def test_counting_from_an_act(find: Find, text: str, expected: tuple[str, str]) -> None:
    assert find(text)[-1] == expected


def test_a_year_earlier_counts_from_publication_where_nothing_is_dated(find: Find) -> None:
    assert find("He had spoken a year earlier.") == [("a year earlier", "2023-06-01/2023-06-30")]


def test_years_and_months_in_names_of_acts_are_dates(find: Find) -> None:
    assert find("The 2013 Joint Political Declaration was signed.") == [("2013", "2013-01-01/2013-12-31")]
    assert find("The May 2023 announcement pleased him.") == [("May 2023", "2023-05-01/2023-05-31")]
    assert find("Tuesday's attack killed five.") == [("Tuesday", "2024-06-04")]
    assert find("The September 11 attacks changed it.") == [("September 11", "2001-09-11")]


@pytest.mark.parametrize(
    "text",
    [
        "He may go.",
        "Theresa May resigned.",
        "The march in Paris drew 2000 people.",
        "2000 soldiers came.",
        "The March 23 Movement attacked.",
        "May Day rallies drew thousands.",
        "The Sunday Times said so.",
        "It cost 2023 dollars.",
        "It was the worst crisis in 12 years.",
        "Turkey has blocked it for two years.",
        "In recent weeks tension rose.",
        "At the time, nobody noticed.",
        "Rescuers came two days before landfall.",
        "On 1/2/2024 they met.",
        "The September quarter was weak.",
    ],
)
def test_what_only_looks_like_a_date(find: Find, text: str) -> None:
    assert find(text) == []


def test_nothing_is_guessed_without_a_day_of_publication(find: Find) -> None:
    text = "On Tuesday they met. In May they signed. Last year they talked. On 3 May 2022 they fought in 2021."
    assert find(text, None) == [("On 3 May 2022", "2022-05-03"), ("in 2021", "2021-01-01/2021-12-31")]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 400), st.sampled_from(["day", "week"]))
def test_steps_of_days_come_back(date: dt.date, count: int, unit: str) -> None:
    there = intervals.step(intervals.day(date), count, unit)
    assert there is not None
    assert intervals.step(there, -count, unit) == intervals.day(date)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(-30, 30))
def test_weeks_run_from_monday_to_sunday(date: dt.date, offset: int) -> None:
    week = intervals.week(date, offset)
    assert week.start is not None
    assert week.end is not None
    assert (week.start.weekday(), week.end.weekday(), (week.end - week.start).days) == (0, 6, 6)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 12))
def test_a_month_without_a_year_is_never_on_the_wrong_side(today: dt.date, number: int) -> None:
    past = intervals.nearest_year(today, (number, 1), "past")
    future = intervals.nearest_year(today, (number, 1), "future")
    assert dt.date(past, number, 1) <= today <= intervals.month_end(future, number)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_the_parts_of_a_month_make_up_the_month(year: int, number: int) -> None:
    whole = intervals.month(year, number)
    early, mid, late = (intervals.part(whole, word) for word in ("early", "mid", "late"))
    assert (early.start, late.end) == (whole.start, whole.end)
    assert early.end is not None
    assert mid.start == early.end + dt.timedelta(days=1)
    assert mid.end is not None
    assert late.start == mid.end + dt.timedelta(days=1)
