"""Short forms of people's names: surnames, first names alone, and a surname after a title."""

from __future__ import annotations

from collections import defaultdict

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CALENDAR, is_capital
from tablewright.coders.actors.names import PARTICLES, SUFFIXES, name_run
from tablewright.coders.actors.people import settle_person
from tablewright.coders.actors.roles import role_after, role_before, title_at

_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "mx"})

Forms = dict[tuple[str, ...], list[tuple[int, str]]]
"""Where the full names stand that a short form may stand for, and whose they are."""


def settle_short_forms(draft: Draft, single: list[tuple[int, int, str]]) -> None:
    """Settles surnames, then first names alone, of people whose full name the document gives; then the others."""
    strong, _ = _keys(draft)
    _settle_keys(draft, strong, "surname")
    for first, stop, rule in single:
        if draft.free(first, stop):
            _settle_single(draft, first, stop, rule)
    strong, weak = _keys(draft)
    _settle_keys(draft, strong, "surname")
    _settle_keys(draft, weak, "first-name")
    for token, word in enumerate(draft.words):
        known = draft.knowledge.surnames.get(word)
        if known and token not in draft.name_at and _may_be_short(draft, token, token + 1):
            draft.know(known, "known-surname")
            draft.settle(token, token + 1, known, "known-surname")
    _settle_honorifics(draft)


def _settle_single(draft: Draft, first: int, stop: int, rule: str) -> None:
    """One name after a title: the only known person of that surname, else somebody new."""
    known = draft.knowledge.by_surname.get(draft.words[stop - 1], ())
    role = role_after(draft, stop, draft.parse.sentence_of(first).stop)
    if role is None:
        role = role_before(draft, first, draft.parse.sentence_of(first).first)
    if role is not None and role.owner is not None:
        known = tuple(each for each in known if draft.country_of(each) == draft.country_of(role.owner or ""))
    if stop - first == 1 and len(known) == 1:
        draft.know(known[0], rule)
        draft.settle(first, stop, known[0], rule)
    else:
        settle_person(draft, first, stop, rule)


def _keys(draft: Draft) -> tuple[Forms, Forms]:
    """The short forms of each full name, with where the name stands: surnames, and single other words."""
    strong: defaultdict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    weak: defaultdict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    full = [(-1, actor_id, words) for actor_id, words in draft.introduced.items()]
    full += [
        (span.first, span.actor_id, draft.words[span.first : span.stop])
        for span in draft.names
        if draft.kind_of(span.actor_id) == "person"
    ]
    for at, actor_id, named in full:
        words = [word for word in named if word.lower() not in SUFFIXES]
        place = (at, actor_id)
        known = draft.knowledge.surname_of.get(actor_id)
        last = max((at for at, word in enumerate(words) if is_capital(word)), default=0)
        start = last
        if start > 1 and words[start - 1] == "-" and is_capital(words[start - 2]):
            start -= 2
        forms = {tuple(words[start : last + 1])}
        particle = start
        while particle > 0 and (words[particle - 1].lower() in PARTICLES or words[particle - 1] == "-"):
            particle -= 1
        forms.add(tuple(words[particle : last + 1]))
        if known is not None:
            forms = {known} if known[-1] in words else forms | {known}
        for form in forms:
            strong[form].append(place)
        for word in words:
            if is_capital(word) and len(word) > 1 and word[1] != "." and (word,) not in forms:
                weak[(word,)].append(place)
    return strong, weak


def _settle_keys(draft: Draft, forms: Forms, rule: str) -> None:
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        by_first[form[0]].append(form)
    for token, word in enumerate(draft.words):
        for form in by_first.get(word, ()):
            stop = token + len(form)
            if tuple(draft.words[token:stop]) != form or not draft.free(token, stop):
                continue
            if _may_be_short(draft, token, stop):
                before = [actor_id for first, actor_id in forms[form] if first <= token]
                draft.settle(token, stop, before[-1] if before else forms[form][0][1], rule)
                break


def _may_be_short(draft: Draft, first: int, stop: int) -> bool:
    """Whether a surname alone stands here, and not a part of another name or a word of the language."""
    parse, words = draft.parse, draft.words
    opens = first == parse.sentence_of(first).first
    named = any(parse.pos[token] == "PROPN" or parse.entity(token) is not None for token in range(first, stop))
    if not named and not (opens and parse.pos[first] in {"NOUN", "ADJ", "VERB", "X", "INTJ", "ADV"}):
        return False
    hit = draft.hit_at.get(first)
    if (
        hit is not None
        and hit.name.form in {"demonym", "capital"}
        and parse.lower[first - 1].rstrip(".") not in _HONORIFICS
    ):
        return False
    if stop < len(words) and is_capital(words[stop]) and parse.pos[stop] == "PROPN" and stop not in draft.name_at:
        return title_at(draft, stop) > stop or parse.sentence_of(first).stop <= stop
    if (
        first > 0
        and is_capital(words[first - 1])
        and parse.pos[first - 1] == "PROPN"
        and first - 1 not in draft.name_at
        and parse.lower[first - 1] not in CALENDAR
    ):
        return (
            title_at(draft, first - 1) > first - 1
            or draft.knowledge.is_title(parse.lower[first - 1])
            or first - 1 in draft.hit_at
        )
    return True


def _settle_honorifics(draft: Draft) -> None:
    """Settles a surname after an honorific that no full name explains ("Mr Demiri")."""
    for token, word in enumerate(draft.parse.lower):
        if word.rstrip(".") not in _HONORIFICS or token + 1 >= len(draft.words):
            continue
        stop = name_run(draft, token + 1, len(draft.words))
        if stop > token + 1 and draft.free(token + 1, stop):
            _settle_single(draft, token + 1, stop, "honorific")
