"""Lists of words that more than one module needs, and how such a list is written."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a line, parted by spaces: a list that stays readable in code."""
    return frozenset(listed.split())


_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TO_NINETEEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
NUMBER_WORDS: dict[str, int] = {
    **{word: number for number, word in enumerate(_TO_NINETEEN.split(), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS.split(), 2)},
}
"""Numbers that are one word."""

GATHERINGS = words(
    "summit meeting conference talk session dialogue forum assembly congress ceremony gathering election poll vote "
    "referendum hearing exercise visit trip tour launch anniversary round deadline expiry tournament runoff ballot "
    "inauguration"
)
"""What people meet for: it is spoken of before it happens, and dates what is done at it."""

NOUNS_WITH_TO = words(
    "decision refusal plan offer promise bid attempt pledge threat agreement move failure intention proposal call demand "
    "request vow effort order readiness willingness commitment invitation deal"
)
"""Nouns that an infinitive completes: "its refusal last month to let them go"."""

OCCASION_PREPOSITIONS = frozenset({"at", "in", "during", "on"})
"""What joins an act to the occasion that dates it: "at the summit in July"."""
