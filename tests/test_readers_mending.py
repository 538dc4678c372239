"""What conversion from PDF leaves behind, mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablewright.readers import read_document
from tablewright.readers.canonical import Vocabulary, flow
from tablewright.readers.marks import strip_marks

START = "The ministers of nine states met in Accra on Monday and spoke at length about the border. "


def text_of(folder: Path, text: str, name: str = "a.md") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path, name, {}).text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("coop-\neration", "cooperation"),
        ("the inter-\n  national law", "the international law"),
        ("Franco-\nGerman", "Franco-German"),
        ("the COVID-\n19 aid", "the COVID-19 aid"),
        ("a 20-\nyear plan", "a 20-year plan"),
        ("the U.S.-\nled talks", "the U.S.-led talks"),
        ("self-\ndefence", "self-defence"),
        ("a long-\nterm plan", "a long-term plan"),
        ("state-of-the-\nart", "state-of-the-art"),
        ("a strongly-\nworded note", "a strongly-worded note"),
        ("the co-\noperation of cooperation", "the cooperation of cooperation"),
        ("the re-\nentry; a re-entry", "the re-entry; a re-entry"),
        ("short-\nand long-term", "short- and long-term"),
        ("a word —\nand more", "a word — and more"),
        ("a word—\nand more", "a word—and more"),
        ("the coop- eration, then cooperation", "the cooperation, then cooperation"),
        ("pre- and post-war", "pre- and post-war"),
        ("nine-\nteen ten-\nder state-\nments", "nineteen tender statements"),
        ("ex-\ncessive, un-\narmed so-\nciety", "excessive, unarmed society"),
        ("an ex-\nminister, so-\ncalled", "an ex-minister, so-called"),
    ],
)
def test_hyphens_at_the_ends_of_lines(written: str, meant: str) -> None:
    assert flow(written, Vocabulary(written)) == meant


def test_characters_that_only_layout_needs(tmp_path: Path) -> None:
    assert text_of(
        tmp_path, f"{START}The \ufb01rst of\ufb01ce\u200b in Ca\u0301diz\u00a0gave in\xad\nfor\xadmation.\n"
    ).endswith("The first office in Cádiz gave information.")


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the security calculus", "in both of them has moved.", "the security calculus in both of them has moved."),
        ("he [reinforced the](#)", "[importance](#) of it.", "he reinforced the importance of it."),
        ("he [reinforced the", "importance](http://x.org/a) of it.", "he reinforced the importance of it."),
        ("she wrote in *Foreign", "affairs* of it.", "she wrote in Foreign affairs of it."),
        ("they spoke of the coop-", "eration of all.", "they spoke of the cooperation of all."),
        ("they called it the", "“great” game.", "they called it the “great” game."),
        ("they turned to the", "United Nations for help.", "they turned to the United Nations for help."),
        ("it was led by the U.S.", "military and others.", "it was led by the U.S. military and others."),
    ],
)
@pytest.mark.parametrize("between", ["", "12\n\n", "Page 3 of 9\n\n", "\f\n\n"])
def test_paragraphs_broken_over_a_page(tmp_path: Path, first: str, second: str, joined: str, between: str) -> None:
    text = f"{START}It is said that {first}\n\n{between}{second}\n\nThey left.\n"
    assert text_of(tmp_path, text) == f"{START}It is said that {joined}\n\nThey left."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("They met in May.", "al-Qaeda was not there."),
        ("They agreed on three points:", "first, that trade goes on."),
        ("A short line", "and another."),
        ("# A heading", "iPhones are sold here, they said on Monday."),
    ],
)
def test_paragraphs_that_stay_apart(tmp_path: Path, first: str, second: str) -> None:
    assert f"{first.strip('# ')}\n\n{second}" in text_of(tmp_path, f"{START}\n\n{first}\n\n{second}\n")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_running_headers_and_page_numbers(tmp_path: Path, name: str) -> None:
    text = f"""Strait Papers | No. 14

The border opens

{START}They agreed that the bor-

13

Strait Papers | No. 14

der would open in May,
Jane Doe
and that trade would go on. They said so in

- 14 -
Strait Papers | No. 14

Lagos.

Jane Doe

They left.
"""
    assert text_of(tmp_path, text, name) == (
        "Strait Papers | No. 14\n\nThe border opens\n\n"
        f"{START}They agreed that the border would open in May, and that trade would go on. They said so in Lagos.\n\n"
        "They left."
    )


def test_headings_that_come_again_stay(tmp_path: Path) -> None:
    text = "".join(
        f"## {country}\n\n### The week\n\n{START}{country} agreed.\n\n" for country in ("Mali", "Niger", "Chad")
    )
    assert text_of(tmp_path, text).count("The week") == 3


def test_what_repeats_but_is_no_header_stays(tmp_path: Path) -> None:
    text = f"{START}\n\n- Yes\n- No\n\nMore of it followed.\n\n- Yes\n- No\n\nNobody knew.\n\nNobody knew.\n"
    mended = text_of(tmp_path, text)
    assert mended.count("Yes") == 2
    assert mended.count("Nobody knew.") == 2


@pytest.mark.parametrize(
    ("body", "note", "meant"),
    [
        ("It was so.[1] Then more.", "[1] A source.", "It was so. Then more."),
        ("It was so.¹ Then more.", "¹ A source.", "It was so. Then more."),
        ("It was so.1 Then more.", "[1] A source.", "It was so. Then more."),
        ("It was so.2 Then more.", "NOTES\n\n1. A source.\n2. Another.", "It was so. Then more."),
        ("It cost $1.5 in No.1 Then more.", "No note.", "It cost $1.5 in No.1 Then more."),
        ("It was 5 km² and 10⁶ [people].", "¹ A source.", "It was 5 km² and 10⁶ [people]."),
    ],
)
def test_reference_marks(tmp_path: Path, body: str, note: str, meant: str) -> None:
    assert text_of(tmp_path, f"{START}{body}\n\n{note}\n", "a.txt").split("\n\n")[0] == START + meant


def test_words_broken_below_a_dateline_are_mended(tmp_path: Path) -> None:
    text = (
        "# A title\n\nGENEVA — The coalition took ef-\nfect on Monday, said the spokes-\nman of the ministry in Accra."
    )
    assert "The coalition took effect on Monday, said the spokesman of" in text_of(tmp_path, text)


def test_a_mark_of_two_digits_goes_as_a_whole() -> None:
    assert strip_marks("the deal¹² of 10⁶ tons on 3 km², signed.³⁴", set()) == "the deal of 10⁶ tons on 3 km², signed."
