"""Organisations told by a common noun beside their name: "the toolmaker ASML", "Sovcomflot, the shipping company"."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import is_capital
from tablewright.coders.actors.organisations import is_name, new_organisation

_SEATED = frozenset({"registered", "based", "headquartered", "incorporated"})


def settle_described(draft: Draft) -> None:
    """Settles names that a common noun beside them calls an organisation.

    "the toolmaker ASML", "Sovcomflot, the Russian shipping company".
    """
    for token, word in enumerate(draft.parse.lower):
        kinds = draft.knowledge.noun("anaphor", word) or ""
        kind = next((each for each in kinds.split() if each in {"company", "media", "ngo", "political_party"}), None)
        if kind is None or draft.parse.tags[token] not in {"NN", "NNP"} or draft.words[token] != word:
            continue
        after = _plain_run(draft, token + 1)
        before = _described_before(draft, token)
        for first, stop in ((token + 1, after), before):
            if stop > first and draft.free(first, stop) and is_name(draft, first, stop, strict=False):
                actor_id = new_organisation(draft, first, stop, "described", kind)
                draft.settle(first, stop, actor_id, "described")
            _take_country(draft, first, stop, token)


def _take_country(draft: Draft, first: int, stop: int, noun: int) -> None:
    """The country of an organisation by the words that describe it: "the Russian firm X", "X, a firm based in Oslo"."""
    span = draft.name_at.get(first) if stop > first else None
    if span is None or (span.first, span.stop) != (first, stop) or draft.country_of(span.actor_id) is not None:
        return
    hit = next((draft.hit_at[at] for at in range(noun - 3, noun) if at in draft.hit_at), None)
    code = draft.country_of(hit.name.actor_id) if hit is not None and hit.name.form == "demonym" else None
    lower = draft.parse.lower
    if code is None and lower[noun + 2 : noun + 3] == ["in"] and lower[noun + 1] in _SEATED:
        place = draft.hit_at.get(noun + 3)
        code = draft.knowledge.places.get(" ".join(place.name.words)) if place is not None else None
    if code is not None and draft.kind_of(span.actor_id) not in {"person", "country", "intergovernmental_organization"}:
        draft.amend(span.actor_id, country_code=code)


def _plain_run(draft: Draft, token: int) -> int:
    stop = token
    while stop < len(draft.words) and is_capital(draft.words[stop]) and draft.parse.pos[stop] == "PROPN":
        stop += 1
    return stop


def _described_before(draft: Draft, token: int) -> tuple[int, int]:
    """The run before ", the Russian shipping company"; empty if the noun at `token` is in no such apposition."""
    at = token - 1
    while at > 0 and token - at < 5 and draft.parse.pos[at] in {"ADJ", "NOUN", "PROPN"}:
        at -= 1
    if draft.parse.lower[at] not in {"the", "a", "an"} or at < 2 or draft.words[at - 1] != ",":
        return token, token
    first = at - 1
    opener = draft.parse.sentence_of(at).first
    while first > opener and is_capital(draft.words[first - 1]):
        if draft.parse.pos[first - 1] != "PROPN" and first - 1 != opener:
            break
        first -= 1
    return first, at - 1
