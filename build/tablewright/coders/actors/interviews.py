"""Interviews: whose the answers are, and whom "I", "we" and "you" stand for in them.

The one who answers is often named in full only above the text, and below by a label ("KOTZIAS:", "A:"). Everybody else
asks the cast whom a first person stands for, so it is settled here and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.grammar import quoted_tokens
from tablewright.coders.actors.offices import read_offices
from tablewright.coders.actors.people import settle_person
from tablewright.coders.actors.topmatter import TALK, interviewees, name_before, read_top
from tablewright.records import BODY_KINDS

_ASKERS = frozenset({"q", "question", "interviewer", "moderator", "host", "reporter", "journalist", "presenter"})
_ANSWER = frozenset({"a", "answer"})
_ONE = frozenset({"i", "me", "my", "mine", "myself"})
_OWN = frozenset({"we", "us", "our", "ours", "ourselves"})
_YOU = frozenset({"you", "your", "yours", "yourself"})
_FEWEST_QUESTIONS = 3


@dataclass(slots=True)
class Interview:
    """Who gives the answer, and who is asked, in which paragraph (by the block's number)."""

    answers: dict[int, str] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)


def settle_interview(draft: Draft) -> Interview:
    """Finds the people who answer and makes them known to the document, with the offices that the top gives them."""
    labelled = _labelled(draft)
    if not labelled:
        return _unlabelled(draft)
    asking = [label for label, blocks in labelled.items() if _asks(draft, label, blocks)]
    answering = [label for label in labelled if label not in asking]
    top = read_top(draft, answering)
    found = {label: whose for label in answering if (whose := _whose(draft, top, label)) is not None}
    people = dict(zip(found, _introduced(draft, top, list(found.values())), strict=True))
    answers = {block: person for label, person in people.items() for block in labelled[label]}
    only = set(people.values())
    asked = only.pop() if len(only) == 1 else None
    return Interview(answers, {block: asked for label in asking for block in labelled[label]} if asked else {})


def _unlabelled(draft: Draft) -> Interview:
    """An interview whose questions only their marks tell: the top says with whom, and what is no question answers."""
    body = [number for number, block in enumerate(draft.document.blocks) if block.kind in BODY_KINDS]
    questions = [number for number in body if _is_question(draft, number)]
    if len(questions) < _FEWEST_QUESTIONS:
        return Interview()
    top = read_top(draft, ())
    named = next(interviewees(top), None)
    whose = named or _introduced_in_text(draft, draft.document.blocks[questions[0]].start, spoken_to=True)
    if whose is None:
        return Interview()
    (person,) = _introduced(draft, top, [whose])
    answers = {number: person for number in body if number > questions[0] and number not in questions}
    return Interview(answers, dict.fromkeys(questions, person))


def _labelled(draft: Draft) -> dict[str, list[int]]:
    """The paragraphs under each speaker's label, by the number of the block."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(draft.document.blocks):
        if block.kind in BODY_KINDS and block.speaker:
            found[block.speaker].append(number)
    return dict(found)


def _is_question(draft: Draft, number: int) -> bool:
    block = draft.document.blocks[number]
    return draft.document.text[block.start : block.end].rstrip("”\"'’ ").endswith("?")


def _asks(draft: Draft, label: str, blocks: list[int]) -> bool:
    """Whether the speaker is the interviewer: by the label, as author or publisher, or by asking mostly."""
    plain = label.rstrip(" 0123456789:").lower()
    authors = [name.split()[-1].lower() for name in (draft.document.authors or "").split(";") if name.split()]
    publisher = (draft.document.publisher or "").lower()
    if plain in _ASKERS or plain in publisher or plain.rpartition(" ")[2] in authors:
        return True
    return sum(_is_question(draft, number) for number in blocks) * 2 > len(blocks)


def _whose(draft: Draft, top: Draft, label: str) -> tuple[int, int] | str | None:
    """Who answers under a label: a person of the body or of the knowledge by id, or the tokens of a name on top."""
    words = label.split(" (", maxsplit=1)[0].rstrip(": ").split()
    surname = words[-1].lower() if words else ""
    if surname in _ANSWER or draft.knowledge.is_title(surname):
        first = min(block.start for block in draft.document.blocks if block.speaker or block.kind == "speaker_label")
        return next(interviewees(top), None) or _introduced_in_text(draft, first)
    for actor in draft.actors.values():
        if actor.kind == "person" and actor.name.lower().split()[-1] == surname:
            return actor.actor_id
    named = name_before(top, surname)
    if named is not None and not top.words[named[0]].isupper():
        return named
    return draft.knowledge.surnames.get(words[-1].capitalize()) if words else None


def _introduced_in_text(draft: Draft, before: int, *, spoken_to: bool = False) -> str | None:
    """The only person whom the paragraphs before that offset name; with `spoken_to`, where they say that they talked."""
    named: dict[str, None] = {}
    for span in draft.names:
        if draft.parse.starts[span.first] < before and draft.kind_of(span.actor_id) == "person":
            named[span.actor_id] = None
    opening = range(bisect_left(draft.parse.starts, before))
    if len(named) != 1 or (spoken_to and not any(draft.parse.lower[token] in TALK for token in opening)):
        return None
    return next(iter(named))


def _introduced(draft: Draft, top: Draft, found: list[tuple[int, int] | str]) -> list[str]:
    """The ids of the people, made known to the document with what the top says; short forms of the names will find
    them."""
    for whose in found:
        if not isinstance(whose, str):
            _settle_all(top, top.words[whose[0] : whose[1]])
    read_offices(top)
    return [_known(draft, whose) if isinstance(whose, str) else _new(draft, top, whose) for whose in found]


def _settle_all(top: Draft, name: list[str]) -> None:
    for token in range(len(top.words) - len(name) + 1):
        stop = token + len(name)
        if top.words[token:stop] == name and top.free(token, stop):
            settle_person(top, token, stop, "interview")


def _known(draft: Draft, actor_id: str) -> str:
    if actor_id not in draft.actors:
        draft.know(actor_id, "interview")
    return actor_id


def _new(draft: Draft, top: Draft, name: tuple[int, int]) -> str:
    """The person of that name on top, with what is said of office there where the body has not named them."""
    actor = top.actors[top.name_at[name[0]].actor_id]
    draft.introduced[actor.actor_id] = top.words[name[0] : name[1]]
    if actor.actor_id not in draft.actors or actor.rule == "office":
        draft.actors[actor.actor_id] = actor
        above = actor.affiliation_id
        if above in top.actors and above not in draft.actors:
            draft.actors[above] = top.actors[above]
    return actor.actor_id


def resolve_first_persons(draft: Draft, interview: Interview) -> None:
    """Lets "I" stand for who answers, "we" for the body that the one speaks for, and "you" for who is asked."""
    for token, number in _outside_marks(draft, interview):
        word, person = draft.parse.lower[token], interview.answers.get(number)
        if word in _ONE and person is not None:
            draft.refer(token, person)
        elif word in _OWN and person is not None:
            draft.refer(token, draft.actors[person].affiliation_id or person)
        elif word in _YOU and number in interview.questions:
            draft.refer(token, interview.questions[number])


def _outside_marks(draft: Draft, interview: Interview) -> Iterator[tuple[int, int]]:
    """The tokens of questions and answers that stand in no quotation marks, with the block's number."""
    if not interview.answers:
        return
    quoted = quoted_tokens(draft)
    for sentence in draft.parse.sentences:
        if sentence.block in interview.answers or sentence.block in interview.questions:
            for token in range(sentence.first, sentence.stop):
                if not quoted[token]:
                    yield token, sentence.block
