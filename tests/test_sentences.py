"""Where sentences end: after initials they do not, after a single capital that is a name they do."""

from __future__ import annotations

import pytest

from tablewright.sentences import sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["He wrote on X.", "“Colombia will not look on.”"],
        ["She posted it on X.", "The visit ended."],
        ["It was plan B.", "Then it failed."],
        ["George W. Bush met J. Edgar.", "A. A. Milne wrote."],
        ["The U.S. Treasury acted on Monday.", "It was late."],
        ["Gen. A. Smith met No. 10.", "“Why?” the minister asked.", "He left."],
        ["But on X. he denied it."],
    ],
)
def test_a_single_capital_ends_a_sentence_where_the_next_begins_one(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences
