"""Finds sums of money in a sentence: where they stand, how much, in what currency, and how exact.

It knows nothing of aid. A sum is found by its number; what stands before or after the number makes it money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from tablewright.coders.aid.numbers import NUMBER, has_scale, scale, value
from tablewright.knowledge.money import Money, load_money

Qualifier = Literal["exact", "at_least", "at_most", "approximately", "range"]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money: `start` to `end` with its qualifier, `core` where the currency and number begin.

    `codes` are the currencies that it may mean, none for a number whose currency stands elsewhere ("of which 30
    million"); `form` is how the currency is written. `aside` marks a conversion in brackets after another sum.
    """

    start: int
    core: int
    end: int
    amount: Decimal
    maximum: Decimal | None
    qualifier: Qualifier
    codes: tuple[str, ...]
    form: str
    aside: bool = False


_TAIL = re.compile(r" ?[-–—] ?| (?:to|and) ")
_AFTER_AND = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)

_QUALIFIERS: tuple[tuple[Qualifier, str], ...] = (
    ("at_most", "no more than|not more than|up to|as much as|at most|less than|fewer than|under|a maximum of|maximum of|just under|below"),
    ("at_least", "well over|just over|more than|at least|over|in excess of|upwards of|upward of|no less than|not less than|a minimum of|above|exceeding"),
    ("approximately", "approximately|about|around|roughly|nearly|almost|some|close to|an estimated|estimated|circa|more or less|in the region of|in the order of|on the order of|near"),
)  # fmt: skip
_BEFORE = re.compile(
    r"\b(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in _QUALIFIERS) + r")"
    r"(?: (?:a further|an additional|an extra|another|a total of))?\s+$",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    ("at_least", re.compile(r"\+| or more\b|-plus\b| plus\b(?! \w)")),
    ("approximately", re.compile(r" or so\b")),
    ("at_most", re.compile(r" or less\b")),
)
# Units that are other words too, or measures: they are money only after "million" or a nationality.
_DOUBTFUL = frozenset(
    [
        "pound",
        "pounds",
        "real",
        "won",
        "sol",
        "mark",
        "marks",
        "sum",
        "sums",
        "som",
        "soms",
        "crown",
        "crowns",
        "lev",
        "lek",
        "leu",
        "lei",
        "kip",
        "dong",
        "rand",
        "tala",
        "dram",
        "drams",
    ]
)
_CODE_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z]{3}) ?$")
# What stands between a sum and the same money in another currency: "1.8 billion crowns ($264 million)".
_AGAIN = re.compile(
    r" ?(?:[(\[] ?(?:or |equivalent to |equal to )?|,? (?:or|equivalent to|equal to|the equivalent of) )(?:about |around )?"
)
_HANDED_OVER = re.compile(r"\b(?:hand|turn|fork)(?:s|ed|ing)? over $", re.IGNORECASE)  # "over" is the verb's
_CUES = re.compile(
    r"[$€£¥₹₽₩₺₴₦₪฿₱₫₸₼₾֏৳]|\b[A-Z]{1,3}\.? ?\d|illion|trillion|crore|lakh|\d ?(?:bn|m|mn|k)\b|\d [A-Z]{3}\b|\b(?:dollar|euro|pound|yen|franc|kron|rupee)",
)


def find_sums(text: str, start: int, end: int) -> list[Sum]:
    """The sums of money between two offsets of `text`, in order, and the bare numbers that may be such."""
    line = text[start:end]
    if not _CUES.search(line):
        return []
    return [_moved(each, start) for each in _without_overlap(line, _sums(line, load_money()))]


def _moved(found: Sum, by: int) -> Sum:
    return replace(found, start=found.start + by, core=found.core + by, end=found.end + by)


def _without_overlap(line: str, sums: Iterator[Sum]) -> Iterator[Sum]:
    last: Sum | None = None
    for each in sums:
        if last is not None and each.core < last.end:
            continue
        follows = last is not None and _AGAIN.fullmatch(line, last.end, each.core) is not None
        yield replace(each, aside=follows and last is not None and last.codes != each.codes)
        last = each


def _sums(line: str, money: Money) -> Iterator[Sum]:
    position = 0
    while number := NUMBER.search(line, position):
        found = _sum_at(line, number, money)
        position = found.end if found is not None else number.end()
        if found is not None:
            yield found


def _sum_at(line: str, number: re.Match[str], money: Money) -> Sum | None:
    begin, symbol = _symbol_before(line, number.start(), money)
    if not symbol and number.start() and line[number.start() - 1].isalpha():
        return None
    last, end = _range_end(line, number, begin, money)
    unit_end, codes, form = _unit_after(line, end, money, last is not None or has_scale(number))
    if symbol:
        codes, form = _codes_of_symbol(symbol, money), symbol
        if len(symbol.rstrip(".")) == 1 and symbol.isalpha() and not has_scale(number) and "," not in number[0]:
            return None
        if form != "$" or not unit_end:
            unit_end = end
    elif not codes:
        if not has_scale(number if last is None else last):
            return None
        unit_end = end
    end = unit_end or end
    amount, maximum = _amounts(number, last)
    if maximum is not None and maximum <= amount:
        return None
    begin, end, qualifier = _qualified(line, begin, end, maximum is not None)
    if maximum is not None and qualifier == "range":
        begin = _range_word(line, begin)
    core = begin if not symbol else _symbol_before(line, number.start(), money)[0]
    return Sum(begin, max(begin, core), end, amount, maximum, qualifier, codes, form)


def _symbol_before(line: str, start: int, money: Money) -> tuple[int, str]:
    """Where the currency before a number begins, and how it is written; `start` and nothing if there is none."""
    for gap in (0, 1):
        stop = start - gap
        if stop <= 0 or (gap and line[stop] != " "):
            continue
        for length in range(min(6, stop), 0, -1):
            form = line[stop - length : stop]
            if form in money.symbols and not (
                form[0].isalpha() and stop > length and line[stop - length - 1].isalnum()
            ):
                if gap and len(form) == 1 and form.isalpha():
                    continue
                return stop - length, form
    code = _CODE_BEFORE.search(line, max(0, start - 5), start)
    if code is not None and code[1] in money.codes:
        return code.start(1), code[1]
    return start, ""


def _codes_of_symbol(symbol: str, money: Money) -> tuple[str, ...]:
    return (symbol,) if symbol in money.codes else (money.symbols[symbol],)


def _unit_after(line: str, end: int, money: Money, scaled: bool) -> tuple[int, tuple[str, ...], str]:
    """The currency named after a number: where it ends, what it may mean, and its word."""
    following = _words_after(line, end)
    for place, (stop, word) in enumerate(following):
        lower = word.lower()
        if lower in money.words:
            name = " ".join(each for _, each in following[:place]).lower()
            two = f"{lower} {following[place + 1][1].lower()}" if place + 1 < len(following) else ""
            if two in money.words:
                return following[place + 1][0], money.words[two], two
            if name and (name, lower) in money.qualifiers:
                return stop, (money.qualifiers[name, lower],), f"{name} {lower}"
            if name or (lower in _DOUBTFUL and (not scaled or line[stop:].startswith(" of "))):
                return 0, (), ""
            return stop, money.words[lower], lower
        if place == 0 and word in money.codes:
            return stop, (word,), word
    return 0, (), ""


def _words_after(line: str, end: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in re.finditer(r"[ -]([A-Za-zÀ-ž.'’]+)", line[end : end + 60]):
        if match.start() != (found[-1][0] - end if found else 0):
            break
        word = match[1].rstrip("'’") if match[1] not in {"U.S.", "U.K.", "U.A.E."} else match[1]
        word = word if word.startswith("U.") else word.rstrip(".")
        found.append((end + match.start(1) + len(word), word))
        if len(found) == 5:
            break
    return found


def _range_end(line: str, number: re.Match[str], begin: int, money: Money) -> tuple[re.Match[str] | None, int]:
    """The upper end of a range that begins at `number`, and where the range's figures end."""
    joint = _TAIL.match(line, _own_unit_end(line, number, money))
    if joint is None:
        return None, number.end()
    stop = joint.end()
    for length in range(6, 0, -1):
        if line[stop : stop + length].rstrip() in money.symbols or line[stop : stop + length].rstrip() in money.codes:
            stop += length
            break
    last = NUMBER.match(line, stop)
    if last is None:
        return None, number.end()
    dash = joint[0].strip() in {"-", "–", "—"}
    if joint[0].strip() == "and" and not _AFTER_AND.search(line, 0, begin):
        return None, number.end()
    if not dash and not has_scale(last) and not (has_scale(number) is False and stop > joint.end()):
        return None, number.end()
    return last, last.end()


def _own_unit_end(line: str, number: re.Match[str], money: Money) -> int:
    """The end of a number with its own unit, in "5 million euros to 7 million euros"."""
    end, codes, _ = _unit_after(line, number.end(), money, scaled=True)
    return end if codes else number.end()


def _amounts(number: re.Match[str], last: re.Match[str] | None) -> tuple[Decimal, Decimal | None]:
    amount = value(number)
    if last is None:
        return amount, None
    maximum = value(last)
    if not (number["scale"] or number["short"] or number["wordscale"]):
        amount *= scale(last)
    return amount, maximum


def _qualified(line: str, begin: int, end: int, is_range: bool) -> tuple[int, int, Qualifier]:
    """The sum's borders with the words that qualify it, and what they say."""
    if is_range:
        return begin, end, "range"
    before = _BEFORE.search(line, max(0, begin - 45), begin)
    if before is not None and not _HANDED_OVER.search(line[max(0, begin - 60) : begin]):
        qualifier = next(name for name, _ in _QUALIFIERS if before[name])
        return before.start(), end, qualifier
    for name, pattern in _AFTER:
        if after := pattern.match(line, end):
            return begin, after.end(), name
    return begin, end, "exact"


def _range_word(line: str, begin: int) -> int:
    for pattern in (_AFTER_AND, _FROM):
        if word := pattern.search(line, max(0, begin - 9), begin):
            return word.start()
    return begin


@cache
def dollar_names() -> dict[str, str]:
    """Lower-case names of dollars' countries ("australian") to their codes, all but the American."""
    money = load_money()
    return {name: code for (name, word), code in money.qualifiers.items() if word == "dollars" and code != "USD"}
