"""Quotes are found again by their exact words and surroundings, or said to be gone; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tablewright.anchors import Quote, Text, flat, nearest

TEXT = (
    "Japan and Norway met in Oslo on Tuesday. Japan pledged $5 million to Chad.\n\n"
    "“We agree,” the minister of Japan said. Norway, which has pledged $5 million in all, will follow Japan in May."
)

words = st.text("abc .,\n", min_size=0, max_size=60).map(lambda text: text.replace("\n", "\n\n"))


def quote_at(text: str, words: str, occurrence: int = 1) -> Quote:
    return Text(text).surroundings(*Text(text).occurrences(words)[occurrence - 1])


@pytest.mark.parametrize("occurrence", [1, 2, 3, 4])
def test_surroundings_tell_equal_words_apart(occurrence: int) -> None:
    span = Text(TEXT).occurrences("Japan")[occurrence - 1]
    assert Text(TEXT).locate(quote_at(TEXT, "Japan", occurrence)) == span


def test_more_surroundings_are_kept_where_few_do_not_tell() -> None:
    refrain = "We will meet again in the spring, the ministers said on Monday. "
    text = f"First. {refrain}Second. {refrain}Third."
    for occurrence in (1, 2):
        quote = quote_at(text, "spring", occurrence)
        assert Text(text).locate(quote) == Text(text).occurrences("spring")[occurrence - 1]


def test_a_quote_over_paragraphs_is_on_one_line() -> None:
    text = "He said: “We came.\n\nWe saw.” Then he left."
    start, end = text.index("We came"), text.index("”")
    quote = Text(text).surroundings(start, end)
    assert quote.exact == "We came. We saw."
    assert "\n" not in quote.prefix + quote.suffix
    assert Text(text).locate(quote) == (start, end)


@pytest.mark.parametrize(
    ("words", "occurrence", "before", "after"),
    [
        ("Japan", 2, "Japan and Norway met in Oslo on Tuesday.", "Nothing else happened on that day, it seems."),
        ("$5 million", 1, "to Chad", "to its neighbour Chad"),
        ("the minister of Japan", 1, "“We agree,”", "“We do not agree at all,”"),
    ],
)
def test_a_quote_survives_edits_beside_it(words: str, occurrence: int, before: str, after: str) -> None:
    quote = quote_at(TEXT, words, occurrence)
    edited = TEXT.replace(before, after)
    found = Text(edited).locate(quote)
    assert isinstance(found, tuple)
    # The words before the place, less the edit, are still those before it.
    place = Text(TEXT).occurrences(words)[occurrence - 1]
    assert edited[found[0] : found[1]] == words
    assert edited[found[1] :].endswith(TEXT[place[1] + 40 :])


def test_a_quote_whose_words_changed_is_gone() -> None:
    quote = quote_at(TEXT, "pledged $5 million to Chad")
    assert Text(TEXT.replace("to Chad", "to Mali")).locate(quote) == "gone"


def test_a_word_left_elsewhere_only_is_not_taken_for_the_one_that_went() -> None:
    quote = quote_at(TEXT, "Oslo")
    edited = TEXT.replace("in Oslo on Tuesday", "on Tuesday") + " Nobody knew why they had come to Oslo that week."
    assert Text(edited).locate(quote) == "moved"


def test_a_place_that_was_doubled_is_ambiguous() -> None:
    quote = quote_at(TEXT, "Chad")
    assert Text(f"{TEXT} {TEXT}").locate(quote) == "ambiguous"


def test_long_words_that_stand_once_need_no_surroundings() -> None:
    quote = quote_at(TEXT, "Norway, which has pledged $5 million in all")
    edited = f"All is new. {quote.exact}: that is what we read in the papers of the day."
    assert Text(edited).locate(quote) == (12, 12 + len(quote.exact))


@pytest.mark.parametrize(("before", "after"), [("Japan pl", "Japanese pl"), ("$5 million to", "$5.5 million to")])
def test_a_part_of_a_word_or_number_is_not_the_word(before: str, after: str) -> None:
    words = "Japan" if "Japan" in before else "$5"
    occurrence = 2 if words == "Japan" else 1
    text = TEXT.replace("$5 million in all", "much")
    found = Text(text.replace(before, after)).locate(quote_at(text, words, occurrence))
    assert found in ("gone", "moved", "ambiguous")


def test_bare_words_are_found_where_they_stand_once() -> None:
    assert Text(TEXT).locate(Quote("Oslo")) == (24, 28)
    assert Text(TEXT).locate(Quote("Japan")) == "ambiguous"
    assert Text(TEXT).locate(Quote("Paris")) == "gone"
    assert Text(TEXT).locate(Quote("")) == "gone"


def test_a_space_lost_at_a_cells_end_does_no_harm() -> None:
    quote = quote_at(TEXT, "Japan", 2)
    stripped = Quote(quote.exact, quote.prefix.strip(), quote.suffix.strip())
    assert Text(TEXT).locate(stripped) == Text(TEXT).locate(quote)


def test_nearest_prefers_the_rows_own_words_then_its_sentence() -> None:
    text = "Ana said so. Ben spoke of what he said, she said. Eve said nothing."
    main = (17, 38)
    sentence = (13, 49)

    def found(**how: bool) -> list[str]:
        return [text[end - 8 : end].strip() for _, end in nearest(Text(text), "said", main, sentence, **how)]

    assert found() == ["he said", "she said", "Ana said", "Eve said"]
    assert found(outside=True) == ["she said", "he said", "Ana said", "Eve said"]
    assert found(reach=False) == ["he said", "she said"]


@given(words, words, st.integers(0, 200), st.integers(1, 30))
def test_what_is_found_always_says_the_same(before: str, after: str, start: int, length: int) -> None:
    text = f"{before}{TEXT}{after}".strip()
    start = start % len(text)
    quote = Text(text).surroundings(start, min(len(text), start + length))
    found = Text(text).locate(quote)
    if isinstance(found, tuple):
        assert flat(text[found[0] : found[1]]).strip() == quote.exact.strip()


@given(words, words, words, st.data())
def test_edits_elsewhere_neither_lose_nor_move_a_quote(head: str, middle: str, tail: str, data: st.DataObject) -> None:
    text = Text(TEXT)
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 40)))
    assume(not TEXT[start].isspace() and not TEXT[end - 1].isspace())
    quote = text.surroundings(start, end)
    window = (start - len(quote.prefix) - 4, end + len(quote.suffix) + 4)
    cut = data.draw(st.sampled_from([max(0, window[0]), min(len(TEXT), window[1])]))
    # The parts before and after the surroundings are changed at will, and something is put in between.
    before = head if window[0] > 0 and cut == window[0] else TEXT[: max(0, window[0])]
    after = tail + middle if cut == window[1] else TEXT[window[1] :]
    kept = TEXT[max(0, window[0]) : window[1]]
    edited = before + kept + after
    assume(flat(edited).count(quote.prefix + quote.exact + quote.suffix) == 1)
    if not (quote.prefix or quote.suffix):
        return
    offset = start - max(0, window[0]) + len(before)
    assert Text(edited).locate(quote) == (offset, offset + end - start)
