"""Finds the sums of money that one actor gives, promises, is asked for or receives as assistance.

`sums` finds money, `frames` reads the grammar around it, `judge` decides whether it is aid, `roles` who gives what to
whom, `details` the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tablewright.coders.aid.details import currency_of, flags_of, home_currency, period_of
from tablewright.coders.aid.frames import Frame, frame_of
from tablewright.coders.aid.judge import Verdict, judge, judged_out, money_words
from tablewright.coders.aid.neighbours import subject_of
from tablewright.coders.aid.reading import Reading
from tablewright.coders.aid.roles import Roles, own_giver, roles_of
from tablewright.coders.aid.sums import Sum, find_sums
from tablewright.coders.aid.timing import act_date
from tablewright.knowledge.aid import load_aid_words
from tablewright.parse import Parse, Sentence
from tablewright.records import AidFigure, Cast, DateSpan, Document, Quotation

__all__ = ["find_aid"]


def find_aid(
    document: Document, parse: Parse, cast: Cast, dates: Sequence[DateSpan], quotations: Sequence[Quotation]
) -> tuple[AidFigure, ...]:
    """The aid figures of the body, in the order of the text."""
    coder = _Coder(
        document, Reading(parse, cast, tuple(dates), load_aid_words(), tuple(quotations)), home_currency(document)
    )
    for sentence in parse.sentences:
        coder.sentence(sentence)
    return tuple(coder.found)


@dataclass(slots=True)
class _Coder:
    """Codes one document. `found` are the figures so far; the last of them may be the whole of a part that follows."""

    document: Document
    reading: Reading
    home: str | None
    found: list[AidFigure] = field(default_factory=list)
    last_sentence: Sentence | None = None
    money_before: bool = False
    sums: list[Sum] = field(default_factory=list)

    def sentence(self, sentence: Sentence) -> None:
        """Adds the aid figures of a sentence."""
        self.money_before = False
        self.sums = find_sums(self.document.text, sentence.start, sentence.end)
        for each in self.sums:
            figure = self.figure(each, sentence)
            if figure is not None:
                self.found.append(figure)
                self.last_sentence = sentence
            self.money_before = self.money_before or bool(each.codes)

    def last(self, sentence: Sentence, reach: int) -> AidFigure | None:
        """The last figure, if it stands at most `reach` sentences before; an item goes on with what precedes its list."""
        if self.last_sentence is None:
            return None
        near = sentence.position - self.last_sentence.position <= reach
        return self.found[-1] if near or self.is_item(sentence) else None

    def is_item(self, sentence: Sentence) -> bool:
        """Whether the sentence is an item of a list."""
        return self.document.blocks[sentence.block].kind == "list_item"

    def figure(self, found: Sum, sentence: Sentence) -> AidFigure | None:
        """The aid figure that a sum is, or None."""
        frame = None if found.aside else frame_of(self.reading.parse, found, sentence)
        last = self.last(sentence, 1)
        if frame is None or not (found.codes or self.is_bare_money(frame, last)):
            return None
        verdict = self.verdict(frame, last)
        if verdict is None:
            return None
        roles = roles_of(self.reading, frame, verdict)
        if last is not None and self.is_part(frame, verdict, last):
            whole = last
            if roles.donor is None and (giver := own_giver(self.reading, frame, last.end)) is not None:
                whole = replace(last, donor_id=giver or None)
            verdict, roles = _of_whole(verdict, roles, whole, self.is_entry(frame))
        elif roles.donor is None and verdict.kind != "request":
            roles = replace(roles, donor=self.donor_before(frame, verdict))
        if not _is_aid(self.reading, frame, verdict, roles):
            return None
        roles = replace(roles, recipient=roles.recipient or self.recipient_before(frame, verdict, roles))
        row = self.row(frame, verdict, roles, last)
        if row is not None and last is not None and frame.part and self.goes_on(frame):
            return replace(row, date=row.date or last.date, channel=row.channel or last.channel)
        return row

    def is_bare_money(self, frame: Frame, last: AidFigure | None) -> bool:
        """Whether a number without a currency is money: a part of a sum before it, and no count of things."""
        return last is not None and (self.money_before or frame.part) and not _counts(self.reading.parse, frame)

    def verdict(self, frame: Frame, last: AidFigure | None) -> Verdict | None:
        """What the words make of the sum; where they leave it open, what a sum of aid before it does."""
        parse, words = self.reading.parse, self.reading.words
        verdict = judge(parse, frame, words)
        if verdict is None and self.is_gap(frame):
            return Verdict("request", "requested", True, "gap")
        if last is None or judged_out(parse, frame, words):
            return verdict
        if _is_further(self.document.text, frame.sum) and frame.relation == "object":
            return replace(verdict or Verdict("give", "delivered", True, "further"), strong=True)
        if verdict is None and self.is_part(frame, None, last):
            return Verdict("carry", "delivered", False, "part")
        return verdict

    def is_part(self, frame: Frame, verdict: Verdict | None, last: AidFigure) -> bool:
        """Whether the sum is a part of one before it: "of which …", an entry in a list, "with €5m going to X"."""
        shared = not frame.sum.codes or frame.preposition == "including" or verdict is None or verdict.kind == "carry"
        return frame.part or self.is_entry(frame) or (shared and self.goes_on(frame))

    def is_entry(self, frame: Frame) -> bool:
        """Whether the sum stands in an item of a list that has no verb of its own."""
        return self.is_item(frame.sentence) and frame.verb is None

    def goes_on(self, frame: Frame) -> bool:
        """Whether a sum of aid stands before this one in the sentence."""
        return self.last_sentence is not None and self.last_sentence.position == frame.sentence.position

    def is_gap(self, frame: Frame) -> bool:
        """Whether the sum is what an appeal still lacks: "faces a gap of $177 million"."""
        lemmas = {self.reading.parse.lemmas[noun] for noun in frame.nouns}
        return bool(lemmas & {"gap", "shortfall"}) and any(each.status == "requested" for each in self.found)

    def donor_before(self, frame: Frame, verdict: Verdict) -> str | None:
        """The donor of a sum that goes on with one before: "Vanuatu will receive …", "the package is worth …"."""
        if verdict.kind == "receive" and verdict.status == "pledged":
            whole = self.last(frame.sentence, 4)
            return whole.donor_id if whole is not None else None
        if verdict.kind == "carry" and verdict.rule == "noun" and verdict.status == "pledged":
            code = currency_of(self.document, self.reading, frame.sum, None, self.home)
            return next((each.donor_id for each in reversed(self.found) if each.currency == code), None)
        return None

    def recipient_before(self, frame: Frame, verdict: Verdict, roles: Roles) -> str | None:
        """The recipient that a run of gifts in one paragraph shares: "Berlin has given Kyiv €10bn. Paris added 3bn."."""
        if verdict.rule == "gap":
            return next(each.recipient_id for each in reversed(self.found) if each.status == "requested")
        if verdict.kind != "give" or roles.goal or roles.channel is not None or self.last_sentence is None:
            return None
        same = self.last_sentence.paragraph == frame.sentence.paragraph and not self.is_item(frame.sentence)
        recipient = self.found[-1].recipient_id if same else None
        return recipient if recipient != roles.donor else None

    def row(self, frame: Frame, verdict: Verdict, roles: Roles, last: AidFigure | None) -> AidFigure | None:
        """The row, or None if the currency cannot be told."""
        found, text = frame.sum, self.document.text
        currency = currency_of(self.document, self.reading, found, last, self.home)
        if currency is None:
            return None
        period = period_of(text, self.reading, frame)
        date = act_date(self.reading, frame, [each for each in self.sums if each.codes])
        purpose = text[slice(*roles.purpose)] if roles.purpose else None
        if purpose and period and purpose.endswith(period):
            purpose = purpose.removesuffix(period).rstrip(" ,")
        if purpose and date is not None and purpose.endswith(date.text):
            purpose = purpose.removesuffix(date.text).rstrip(" ,")
        humanitarian, financial, military = flags_of(self.reading, frame, roles)
        return AidFigure(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            amount=float(found.amount),
            amount_max=float(found.maximum) if found.maximum is not None else None,
            currency=currency,
            qualifier=found.qualifier,
            status=verdict.status,
            period=period,
            donor_id=self.reading.institution(roles.donor),
            recipient_id=roles.recipient,
            channel=text[slice(*roles.channel)] if roles.channel else None,
            purpose=purpose or None,
            humanitarian=humanitarian,
            financial=financial,
            military=military,
            date=date,
            rule=verdict.rule,
        )


def _is_further(text: str, found: Sum) -> bool:
    """Whether the sum comes on top of one before it: "a further $8.5 million"."""
    before = text[max(0, found.core - 20) : found.core].rstrip().lower()
    return before.endswith(("further", "another", "additional", "extra", "more"))


def _counts(parse: Parse, frame: Frame) -> bool:
    """Whether a bare number counts things: "30 million people"."""
    head = parse.heads[frame.top]
    if parse.deps[frame.top] in {"nummod", "compound"} and parse.pos[head] == "NOUN" and head >= frame.stop:
        return True
    following = frame.stop
    return following < len(parse) and parse.pos[following] in {"NOUN", "ADJ", "PROPN"}


def _of_whole(verdict: Verdict, roles: Roles, last: AidFigure, listed: bool) -> tuple[Verdict, Roles]:
    """A part of a sum named before has its donor, and what its own words leave open, from the whole."""
    if verdict.kind in {"carry", "noun"}:
        verdict = replace(verdict, status=last.status, rule="part")
    verdict = replace(verdict, strong=True)
    donor, recipient = roles.donor, roles.recipient
    if listed and recipient is None and donor is not None and last.donor_id is not None:
        donor, recipient = None, donor
    if verdict.status != "requested":
        donor = donor or last.donor_id
    if not listed and not roles.goal:
        recipient = recipient or last.recipient_id
    return verdict, replace(roles, donor=donor, recipient=recipient)


def _is_aid(reading: Reading, frame: Frame, verdict: Verdict, roles: Roles) -> bool:
    """Whether enough speaks for aid: a word of aid or of giving, and somebody who gives or receives."""
    if verdict.kind == "request":
        return verdict.strong
    if not verdict.strong:
        return roles.donor is not None and bool(roles.recipient or roles.channel or roles.abroad)
    if _is_domestic(reading, frame, roles):
        return False
    plain = verdict.kind in {"give", "receive"} and bool(money_words(reading.parse, frame) & reading.words.plain_aid)
    given = _is_by_many(reading, frame) or _is_by_us(reading, frame) or (frame.part and roles.goal)
    return plain or given or bool(roles.donor or roles.recipient or roles.channel)


def _is_by_us(reading: Reading, frame: Frame) -> bool:
    """Whether a speaker's side promises on top of what it gave: "we will provide a further £15 million"."""
    subject = subject_of(reading.parse, frame.verb) if frame.verb is not None else None
    if subject is None or reading.parse.lower[subject] != "we" or frame.relation != "object":
        return False
    before = range(max(frame.sentence.first, frame.first - 3), frame.stop)
    return any(reading.parse.lower[token] in {"further", "another", "additional", "extra"} for token in before)


def _is_by_many(reading: Reading, frame: Frame) -> bool:
    """Whether donors at large give: "donors pledged $1.1 billion"."""
    subject = subject_of(reading.parse, frame.verb) if frame.verb is not None else None
    if subject is None or reading.parse.tags[subject] not in {"NNS", "NNPS"}:
        return False
    return reading.parse.lemmas[subject].lower() in reading.words.donor


def _is_domestic(reading: Reading, frame: Frame, roles: Roles) -> bool:
    """Whether the money stays in the giver's own country: "to its farmers"."""
    if roles.recipient is not None:
        return False
    parse = reading.parse
    for token in range(frame.stop, min(frame.stop + 8, frame.sentence.stop)):
        if parse.lemmas[token] in reading.words.domestic:
            return True
    return False
