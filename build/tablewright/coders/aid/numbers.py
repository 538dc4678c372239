"""Numbers of a sum of money, in figures and words: "7.1 billion", "750,000", "half a million", "500 crore"."""

from __future__ import annotations

import re
from decimal import Decimal

from tablewright.clauses.vocabulary import NUMBER_WORDS

_SMALL = {word: Decimal(number) for word, number in NUMBER_WORDS.items()}
_SCALES = {
    **dict.fromkeys(("k", "thousand"), Decimal(1000)),
    **dict.fromkeys(("m", "mn", "mln", "million", "millions"), Decimal(10**6)),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions"), Decimal(10**9)),
    **dict.fromkeys(("t", "tn", "trn", "trillion"), Decimal(10**12)),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "hundred": Decimal(100),
}
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?)"
_SPELT = rf"(?:{'|'.join(_SMALL)})"
_WORDED = (
    rf"(?:half a|a quarter of a|three[- ]quarters of a|an?|(?:an?|{_SPELT})(?: and (?:a half|a quarter))"
    rf"|{_SPELT}(?:[- ]{_SPELT})?)"
)
_SCALE = r"(?:hundred thousand|hundred million|hundred billion|thousand|million|billion|trillion|crore|lakh|bn|bln|mn|mln|tn|trn)"
NUMBER = re.compile(
    rf"(?<![\d.,])(?:(?P<digits>{_DIGITS})(?:(?P<short>[kmb]|bn|mn|mln|bln|tn)(?![\w-])|[ -]?(?P<scale>{_SCALE})\b)?"
    rf"|\b(?P<worded>{_WORDED})[ -](?P<wordscale>{_SCALE}|hundred)\b)",
    re.IGNORECASE,
)


def has_scale(number: re.Match[str]) -> bool:
    """Whether a match of `NUMBER` counts in thousands or more ("5 million")."""
    return bool(
        number["scale"] or number["short"] or (number["wordscale"] and number["wordscale"].lower() != "hundred")
    )


def value(number: re.Match[str]) -> Decimal:
    """The value of a match of `NUMBER`, with its scale."""
    digits = number["digits"]
    if digits is None:
        return _worded(number["worded"].lower()) * scale(number)
    digits = digits.replace(" ", "")
    if re.fullmatch(r"\d+,\d{1,2}", digits):
        digits = digits.replace(",", ".")
    return Decimal(digits.replace(",", "")) * scale(number)


def scale(number: re.Match[str]) -> Decimal:
    """What a match of `NUMBER` counts in: a million in "5 million", one without a word."""
    words = (number["scale"] or number["short"] or number["wordscale"] or "").lower().split()
    product = Decimal(1)
    for word in words:
        product *= _SCALES[word]
    return product


def _worded(words: str) -> Decimal:
    if words.startswith("half"):
        return Decimal("0.5")
    if words.startswith("a quarter"):
        return Decimal("0.25")
    if words.startswith("three") and "quarters" in words:
        return Decimal("0.75")
    whole, _, fraction = words.partition(" and ")
    total = sum((_SMALL.get(word, Decimal(1)) for word in re.split(r"[- ]", whole)), Decimal(0))
    return total + {"": Decimal(0), "a half": Decimal("0.5"), "a quarter": Decimal("0.25")}[fraction]
