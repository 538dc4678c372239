"""Finds the sums of money that one actor gives, promises, is asked for or receives as assistance.

`sums` finds money, `frames` reads the grammar around it, `judge` decides whether it is aid, `roles` who gives what to
whom, `details` the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tablewright.clauses import date_of
from tablewright.coders.aid.details import currency_of, flags_of, home_currency, period_of
from tablewright.coders.aid.frames import Frame, frame_of
from tablewright.coders.aid.judge import Verdict, judge
from tablewright.coders.aid.roles import Reading, Roles, roles_of
from tablewright.coders.aid.sums import Sum, find_sums
from tablewright.knowledge.aid import load_aid_words
from tablewright.parse import Parse, Sentence
from tablewright.records import AidFigure, Cast, DateSpan, Document, Quotation

__all__ = ["find_aid"]


def find_aid(
    document: Document, parse: Parse, cast: Cast, dates: Sequence[DateSpan], quotations: Sequence[Quotation]
) -> tuple[AidFigure, ...]:
    """The aid figures of the body, in the order of the text."""
    reading = Reading(parse, cast, tuple(dates), load_aid_words())
    home = home_currency(document)
    found: list[AidFigure] = []
    last: AidFigure | None = None
    seen: Sentence | None = None
    for sentence in parse.sentences:
        sums = find_sums(document.text, sentence.start, sentence.end)
        previous: Sum | None = None
        for each in sums:
            near = (
                last
                if (seen is not None and sentence.position - seen.position <= 1) or _follows(document, sentence)
                else None
            )
            figure = _figure(document, reading, each, sentence, near, previous, home)
            if figure is not None:
                found.append(figure)
                last, seen = figure, sentence
            if each.codes:
                previous = each
    return tuple(found)


def _follows(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence is an item of a list, which goes on with what stands before the list."""
    return document.blocks[sentence.block].kind == "list_item"


def _figure(
    document: Document,
    reading: Reading,
    found: Sum,
    sentence: Sentence,
    last: AidFigure | None,
    previous: Sum | None,
    home: str | None,
) -> AidFigure | None:
    """The aid figure that a sum is, or None."""
    if found.aside:
        return None
    frame = frame_of(reading.parse, found, sentence)
    if frame is None:
        return None
    if not found.codes and (last is None or not _is_money(reading.parse, frame, last, previous)):
        return None
    verdict = judge(reading.parse, frame, reading.words)
    listed = _follows(document, sentence)
    if verdict is None and not ((frame.part or listed) and last is not None):
        return None
    if verdict is None:
        verdict = Verdict("carry", "delivered", False, "part")
    roles = roles_of(reading, frame, verdict)
    verdict, roles = _with_total(verdict, roles, frame, last, listed)
    if not _is_aid(reading, frame, verdict, roles):
        return None
    currency = currency_of(document, reading, found, last, home)
    if currency is None:
        return None
    humanitarian, financial, military = flags_of(reading, frame, roles)
    date = date_of(reading.parse, reading.dates, frame.verb if frame.verb is not None else frame.top)
    return AidFigure(
        start=found.start,
        end=found.end,
        text=document.text[found.start : found.end],
        amount=float(found.amount),
        amount_max=float(found.maximum) if found.maximum is not None else None,
        currency=currency,
        qualifier=found.qualifier,
        status=verdict.status,
        period=period_of(document.text, reading, frame),
        donor_id=roles.donor,
        recipient_id=roles.recipient,
        channel=document.text[slice(*roles.channel)] if roles.channel else None,
        purpose=document.text[slice(*roles.purpose)] if roles.purpose else None,
        humanitarian=humanitarian,
        financial=financial,
        military=military,
        date=date,
        rule=verdict.rule,
    )


def _is_money(parse: Parse, frame: Frame, last: AidFigure, previous: Sum | None) -> bool:
    """Whether a bare number ("of which 30 million") is money: it counts no noun, and money stands before it."""
    head = parse.heads[frame.top]
    counts = parse.deps[frame.top] in {"nummod", "compound"} and parse.pos[head] == "NOUN"
    if counts and head >= frame.stop:
        return False
    following = frame.stop
    if following < len(parse) and parse.pos[following] in {"NOUN", "ADJ", "PROPN"}:
        return False
    return previous is not None or frame.part


def _with_total(
    verdict: Verdict, roles: Roles, frame: Frame, last: AidFigure | None, listed: bool
) -> tuple[Verdict, Roles]:
    """A part of a sum named before has its donor and status from the whole."""
    if last is None or not (frame.part or listed):
        return verdict, roles
    if verdict.kind in {"carry", "noun"}:
        verdict = replace(verdict, status=last.status, strong=True, rule="part")
    donor = roles.donor
    recipient = roles.recipient
    if listed and recipient is None and donor is not None and last.donor_id is not None:
        donor, recipient = last.donor_id, donor
    if verdict.status == "requested":
        return verdict, replace(roles, recipient=recipient or last.recipient_id)
    return verdict, replace(
        roles, donor=donor or last.donor_id, recipient=recipient or (last.recipient_id if frame.part else None)
    )


def _is_aid(reading: Reading, frame: Frame, verdict: Verdict, roles: Roles) -> bool:
    """Whether enough speaks for aid: a word of aid or of giving, and somebody who gives or receives."""
    if verdict.kind == "request":
        return verdict.strong
    if verdict.strong:
        return bool(roles.donor or roles.recipient or roles.channel) and not _is_domestic(reading, frame, roles)
    return roles.donor is not None and (roles.recipient is not None or roles.channel is not None)


def _is_domestic(reading: Reading, frame: Frame, roles: Roles) -> bool:
    """Whether the money stays in the giver's own country: "to its farmers"."""
    if roles.recipient is not None:
        return False
    parse = reading.parse
    for token in range(frame.stop, min(frame.stop + 8, frame.sentence.stop)):
        if parse.lemmas[token] in reading.words.domestic:
            return True
    return False
