"""Common nouns that point back: "the bloc", "the ministry", "both countries"."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.roles import POSSESSIVES
from tablewright.records import Mention

_PAIRS = frozenset({"both", "two"})
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_REACH = 400


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention in the order of the text, as those that follow look back on it."""

    first: int
    actor_id: str
    kind: str


def settle_anaphors(draft: Draft) -> None:
    """Mentions by common nouns, from left to right, so that one may lean on another."""
    named = _namings(draft)
    parse = draft.parse
    at = 0
    seen: list[Naming] = []
    for token in range(len(parse)):
        while at < len(named) and named[at].first < token:
            seen.append(named[at])
            at += 1
        found = _group(draft, token, seen) or _single(draft, token, seen)
        if found is None:
            continue
        first, stop, actor_ids, rule = found
        if any(index in draft.referents or index in draft.name_at for index in range(first, stop)):
            continue
        for actor_id in actor_ids:
            draft.mention(actor_id, first, stop, "anaphor", rule)
            seen.append(Naming(first, actor_id, draft.kind_of(actor_id)))


def _namings(draft: Draft) -> list[Naming]:
    order = sorted(draft.mentions, key=lambda mention: (mention.first, mention.stop))
    return [Naming(mention.first, mention.actor_id, draft.kind_of(mention.actor_id)) for mention in order]


def _single(draft: Draft, token: int, seen: list[Naming]) -> tuple[int, int, list[str], str] | None:
    """ "the bloc", "whose country": one actor, the last before that the noun fits."""
    parse = draft.parse
    lower = parse.lower
    determiner = lower[token]
    if determiner != "the" and determiner not in POSSESSIVES and determiner != "this":
        return None
    stop = _noun_phrase(draft, token)
    if stop is None:
        return None
    noun = lower[stop - 1]
    wide = draft.knowledge.noun("anaphor", noun)
    fitting = _last_fitting(draft, noun, set(wide.split()) if wide else set(), token, seen)
    if fitting is None:
        return None
    if determiner in POSSESSIVES:
        return None
    return token, stop, [fitting], "anaphor"


def _noun_phrase(draft: Draft, token: int) -> int | None:
    """Where a determiner with one noun, or a noun of two words, stops; None if more words make it another thing."""
    parse = draft.parse
    at = token + 1
    if at >= len(parse) or parse.pos[at] not in {"NOUN", "PROPN", "ADJ"}:
        return None
    pair = parse.lower[at] + " " + parse.lower[at + 1] if at + 1 < len(parse) else ""
    stop = at + 2 if draft.knowledge.noun("anaphor", pair) is not None else at + 1
    if parse.tags[stop - 1] not in {"NN", "NNP", "NNS", "NNPS"}:
        return None
    if stop < len(parse) and (
        parse.pos[stop] in {"NOUN", "PROPN"} or parse.lower[stop] in {"of", "-", "that", "which"}
    ):
        return None
    return stop


def _last_fitting(draft: Draft, noun: str, kinds: set[str], token: int, seen: list[Naming]) -> str | None:
    if "country" in kinds and noun in {"government", "republic"}:
        kinds = {"country"}
    for naming in reversed(seen):
        if token - naming.first > _REACH:
            return None
        known = draft.knowledge.actors.get(naming.actor_id)
        if known is not None and noun in known.nouns:
            return naming.actor_id
        if naming.kind in kinds and _name_fits(draft, naming.actor_id, noun):
            return naming.actor_id
        name = draft.actors[naming.actor_id].name.lower().split()
        if noun in name and naming.kind not in {"person", "country"}:
            return naming.actor_id
    return None


def _name_fits(draft: Draft, actor_id: str, noun: str) -> bool:
    """A body with a kind noun in its own name or nouns goes by that noun, not by another of its kind."""
    actor = draft.actors[actor_id]
    if actor.kind in {"country"}:
        return True
    known = draft.knowledge.actors.get(actor_id)
    own = known.nouns if known else frozenset()
    if own or actor.kind == "government_body":
        generic = {"organization", "organisation", "agency", "body", "group", "company", "firm"}
        return (
            noun in own or noun in actor.name.lower().split() or (noun in generic and actor.kind != "government_body")
        )
    return True


def _group(draft: Draft, token: int, seen: list[Naming]) -> tuple[int, int, list[str], str] | None:
    """ "both sides", "the two countries", "the two": the last actors named together, or the last two of a kind."""
    parse = draft.parse
    lower = parse.lower
    at = token
    if lower[at] == "the" and at + 1 < len(parse) and lower[at + 1] in _NUMBERS:
        at += 1
    elif lower[at] != "both":
        return None
    count = _NUMBERS[lower[at]]
    noun = lower[at + 1] if at + 1 < len(parse) else ""
    use = draft.knowledge.noun("group", noun)
    if use is None:
        if lower[at] == "both" or parse.pos[at + 1] in {"NOUN", "ADJ", "PROPN", "NUM"} or noun in {"-", "of"}:
            return None
        found = _last_of(
            draft,
            count,
            {"country", "person", "intergovernmental_organization", "other", "military", "political_party", "company"},
            seen,
        )
        return (token, at + 1, found, "group") if found else None
    kinds = {
        "any": {
            "country",
            "intergovernmental_organization",
            "other",
            "military",
            "political_party",
            "government_body",
            "company",
        },
        "country": {"country"},
        "person": {"person"},
        "organisation": {"intergovernmental_organization", "other", "military", "ngo", "company", "government_body"},
    }[use]
    found = _last_of(draft, count, kinds, seen)
    return (token, at + 2, found, "group") if found else None


def _last_of(draft: Draft, count: int, kinds: set[str], seen: list[Naming]) -> list[str]:
    found: list[str] = []
    for naming in reversed(seen):
        if naming.kind in kinds and naming.actor_id not in found:
            found.append(naming.actor_id)
        if len(found) == count:
            return found[::-1]
    return []


def mention_key(mention: Mention) -> tuple[int, int, str]:
    """The order of mentions in the text."""
    return mention.start, -mention.end, mention.actor_id
