"""Quotation marks: which pairs are quotations, and what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.coders.quotations.marks import find_spans
from tablewright.records import Block, BlockKind, Document


def document(*paragraphs: str, kinds: tuple[BlockKind, ...] = ()) -> Document:
    """A document of `paragraphs`, blank lines between, body text unless `kinds` says otherwise."""
    blocks, start = [], 0
    for number, paragraph in enumerate(paragraphs):
        kind = kinds[number] if kinds else "paragraph"
        blocks.append(Block(kind, start, start + len(paragraph), None, number + 1))
        start += len(paragraph) + 2
    return Document("d", "d.txt", "", "\n\n".join(paragraphs), "", tuple(blocks), "")


def quoted(*paragraphs: str, kinds: tuple[BlockKind, ...] = ()) -> list[str]:
    """The texts of the quotations in `paragraphs`."""
    read = document(*paragraphs, kinds=kinds)
    return [read.text[span.start : span.end] for span in find_spans(read)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We agree,” he said.", ["We agree,"]),
        ('"We agree," he said. "All of us."', ["We agree,", "All of us."]),
        ("‘We agree,’ he said.", ["We agree,"]),
        ("'We agree,' he said.", ["We agree,"]),
        ("He called it „ein Anfang“ and left.", ["ein Anfang"]),
        ("He called it „początek” and left.", ["początek"]),
        ("« La paix », he said.", ["La paix"]),
        ("He called it “a ‘historic’ day”.", ["a ‘historic’ day"]),
        ("‘He told us: “Stop,”’ she said.", ["He told us: “Stop,”"]),
        ("It is “soft“ power.", ["soft"]),
    ],
)
def test_marks_of_every_style_hold_a_quotation(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The allies' ministers met in the '90s at the party's house.",
        "The allies’ ministers met in the ’90s at the party’s house.",
        "A 6\" gun and a 12' boat.",
        "’Tis the season, and rock ’n’ roll it isn’t.",
        "He said “” and nothing else.",
        'A stray ” mark and a stray " one.',
    ],
)
def test_apostrophes_primes_and_strays_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_apostrophes_inside_single_marks_do_not_close_them() -> None:
    assert quoted("‘We’re not the allies’ servants,’ he said, ‘or anyone’s.’") == [
        "We’re not the allies’ servants,",
        "or anyone’s.",
    ]
    assert quoted("The party's creed was 'growth first', its leaders' 'big idea'.") == ["growth first", "big idea"]


def test_marks_opened_again_at_each_paragraph_make_one_quotation() -> None:
    assert quoted("“It was cold.", "“It was dark.", "“Then it was over,” she said.") == [
        "It was cold.\n\n“It was dark.\n\n“Then it was over,"
    ]


def test_a_missing_closing_mark_does_not_reach_the_next_paragraph() -> None:
    assert quoted("He said: “It was cold.", "Nobody answered. “Yes,” she said.") == ["It was cold.", "Yes,"]
    assert quoted("They named it “cold and went home.", "Nobody answered.") == []


def test_a_quotation_does_not_run_over_a_heading() -> None:
    assert quoted("“It was cold.", "Later", "“It was dark,” he said.", kinds=("paragraph", "heading", "paragraph")) == [
        "It was cold.",
        "It was dark,",
    ]


def test_only_body_text_has_quotations() -> None:
    kinds: tuple[BlockKind, ...] = ("title", "paragraph", "pull_quote", "footnote")
    assert quoted("“Never”", "He said “no”.", "“Never”", "“Never”", kinds=kinds) == ["no"]


def test_a_block_quotation_after_a_colon_needs_no_marks() -> None:
    kinds: tuple[BlockKind, ...] = ("paragraph", "block_quote", "block_quote", "paragraph")
    assert quoted("He wrote:", "We are here.", "We stay.", "So he wrote.", kinds=kinds) == ["We are here.\n\nWe stay."]
    assert quoted("He wrote.", "We are here.", kinds=("paragraph", "block_quote")) == []


@given(st.lists(st.text(alphabet="ab s.,’‘'\"“”„«»9\u00a0", max_size=40), min_size=1, max_size=4))
def test_spans_are_in_order_apart_and_inside_the_body(paragraphs: list[str]) -> None:
    read = document(*paragraphs)
    end = 0
    for span in find_spans(read):
        assert end <= span.opened <= span.start < span.end <= span.closed <= len(read.text)
        assert any(char.isalnum() for char in read.text[span.start : span.end])
        end = span.closed


def test_paragraphs_that_only_open_marks_do_not_swallow_the_document() -> None:
    assert quoted(*["“Again"] * 3, "The end.") == ["Again"] * 3
