"""The currency, the period and the types of a sum of aid."""

from __future__ import annotations

import re

from tablewright.coders.aid.frames import Frame
from tablewright.coders.aid.judge import money_words
from tablewright.coders.aid.reading import Reading
from tablewright.coders.aid.roles import Roles
from tablewright.coders.aid.sums import Sum, dollar_names
from tablewright.knowledge.money import DEFAULTS, load_money
from tablewright.records import AidFigure, Document

_STATED = re.compile(
    r"\b(?:figures?|amounts?|sums?|dollars?|values?|prices?|currency)\b[^.\n]{0,40}\b(?:are|is|in)\b[^.\n]{0,20}?"
    r"\b(?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)?) dollars\b"
)
_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|several|a few)"
_UNIT = r"(?:years?|months?|weeks?|days?|quarters?|decades?)"
_PERIOD = re.compile(
    rf"\b(?:(?:a|per|each|every) (?:year|month|week|day|quarter)\b|annually\b|yearly\b|monthly\b"
    rf"|(?:over|across|during|for|within|in) (?:a |the )?(?:(?:next|coming|following|course of|period of) )*(?:the (?:next|coming) )?"
    rf"(?:{_COUNT}(?:[- ](?:to|or)[- ]{_COUNT})?[- ])?{_UNIT}(?: period)?\b(?! (?:ago|earlier|before))"
    rf"|{_COUNT}-(?:year|month|week|day)\b"
    r"|(?:from|between|over|for|in) (?:19|20)\d\d ?(?:to|and|-|–) ?(?:(?:19|20)\d\d|\d\d)\b|(?:through|until) (?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_ATTRIBUTIVE = re.compile(rf"\b({_COUNT}-(?:year|month|week|day)|annual|monthly|yearly)(?:,| |-long)", re.IGNORECASE)


def home_currency(document: Document) -> str | None:
    """What a bare "$" means in the document, where it or its publisher says so; None for the American dollar."""
    names = dollar_names()
    stated = _STATED.search(document.text)
    if stated is not None and (code := names.get(stated["name"].lower())) is not None:
        return code
    publisher = (document.publisher or "").lower()
    by_name = next((code for name, code in names.items() if re.search(rf"\b{re.escape(name)}\b", publisher)), None)
    if by_name is not None:
        return by_name
    return _by_country(publisher) or _by_domain(document.url or "")


def _by_country(publisher: str) -> str | None:
    countries = {
        "australia": "AUD",
        "canada": "CAD",
        "jamaica": "JMD",
        "fiji": "FJD",
        "barbados": "BBD",
        "namibia": "NAD",
    }
    return next((code for name, code in countries.items() if name in publisher), None)


def _by_domain(url: str) -> str | None:
    for domain, code in ((".gov.au", "AUD"), (".govt.nz", "NZD"), (".gc.ca", "CAD"), ("canada.ca", "CAD")):
        if domain in url:
            return code
    return None


def currency_of(
    document: Document, reading: Reading, found: Sum, last: AidFigure | None, home: str | None
) -> str | None:
    """The ISO code of a sum's currency: its own, or what its surroundings make of a shared word.

    None for a word such as "rupees" that nothing tells apart.
    """
    if not found.codes:
        return last.currency if last is not None else None
    if found.form == "$" or (found.form in {"dollar", "dollars"}):
        return home or "USD"
    if len(found.codes) == 1:
        return found.codes[0]
    money = load_money()
    for code in found.codes:
        unit = found.form.split()[-1]
        named = (f"{name} {unit}" for name in money.names[code])
        if any(phrase in document.text for phrase in named):
            return code
    nearby = _countries(reading, found.start, found.end)
    for code in found.codes:
        if money.countries[code] & nearby:
            return code
    return next((code for code in found.codes if code in DEFAULTS), None)


def _countries(reading: Reading, start: int, end: int) -> set[str]:
    """The countries of the actors in the sum's sentence."""
    sentence = reading.parse.sentence_at(start)
    if sentence is None:
        return set()
    found = set()
    for token in range(sentence.first, sentence.stop):
        for actor_id in reading.cast.referents.get(token, ()):
            actor = reading.cast.actors.get(actor_id)
            if actor is not None and actor.country_code is not None:
                found.add(actor.country_code)
    return found


def period_of(text: str, reading: Reading, frame: Frame) -> str | None:
    """The period that a sum is for ("a year", "over five years"), as worded."""
    parse = reading.parse
    limit = frame.sentence.end
    for token in range(frame.stop, frame.sentence.stop):
        if parse.tags[token] == "$" or parse.words[token] in {";", ":"}:
            limit = parse.starts[token]
            break
    after = text[frame.sum.end : min(limit, frame.sum.end + 110)]
    for match in _PERIOD.finditer(after):
        between = after[: match.start()]
        if not re.search(r"\b(?:who|which|that|after|since|before|when|where|while|in (?:19|20)\d\d)\b", between):
            return match[0]
    before = text[max(frame.sentence.start, frame.sum.start - 30) : frame.sum.start]
    attributive = list(_ATTRIBUTIVE.finditer(before))
    if attributive and re.fullmatch(r"[ ,]*(?:\w+ )?", before[attributive[-1].end() :]):
        return attributive[-1][1]
    return None


def flags_of(reading: Reading, frame: Frame, roles: Roles) -> tuple[bool, bool, bool]:
    """Whether the text says that the money is humanitarian, financial, military."""
    words = reading.words
    said = money_words(reading.parse, frame)
    if frame.verb is not None:
        said |= {reading.parse.lemmas[frame.verb].lower()} & {"lend", "loan", "borrow"}
    purpose = set(said)
    if roles.purpose is not None:
        tokens = reading.parse.tokens_between(*roles.purpose)
        purpose |= {reading.parse.lower[token] for token in tokens} | {
            reading.parse.lemmas[token].lower() for token in tokens
        }
    military = bool(purpose & words.military) or roles.to_military
    humanitarian = "humanitarian" in purpose or _is_humanitarian(reading, said)
    return humanitarian, bool(said & words.financial), military


def _is_humanitarian(reading: Reading, said: set[str]) -> bool:
    """Whether the money is called humanitarian, relief, or "food aid"; "food vouchers" are only what it buys."""
    if "humanitarian" in said or ("relief" in said and not said & {"debt", "tax"}):
        return True
    aid = {"aid", "assistance", "help", "response", "appeal", "support"}
    return bool(said & reading.words.humanitarian and said & aid)
