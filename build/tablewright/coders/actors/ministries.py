"""Ministries, whose names are common nouns with a country beside them: "China's foreign ministry"."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft
from tablewright.knowledge.actors import actor_slug
from tablewright.records import Actor

_FIELDS = frozenset(
    "foreign defence defense finance interior trade commerce economy economic health energy oil petroleum justice education "
    "agriculture transport environment labour labor tourism industry information culture security home external internal "
    "public water power science technology planning development affairs emergency emergencies immigration housing "
    "communications railways mining mines fisheries food humanitarian religious social welfare investment".split()
)
# One name for what papers spell in several ways.
_NAMES = {"foreign": "Foreign Affairs", "defense": "Defence", "external affairs": "External Affairs"}


def settle_ministries(draft: Draft) -> None:
    """Settles the names of ministries. Without a country beside it, a ministry is that of its field named before,
    else of the country named last."""
    lower = draft.parse.lower
    by_field: dict[str, str] = {}
    for token, word in enumerate(lower):
        if word != "ministry":
            continue
        found = _field_before(draft, token) or _field_after(draft, token)
        if found is None:
            continue
        first, stop, field = found
        named = _country(draft, first, stop)
        if named is not None:
            country, first, stop = named
            actor_id = _ministry(draft, field, country)
        else:
            known = by_field.get(field) or _last_country(draft, first, field)
            if known is None:
                continue
            actor_id = known
        by_field[field] = actor_id
        draft.settle(first, stop, actor_id, "ministry")


def _field_before(draft: Draft, token: int) -> tuple[int, int, str] | None:
    """ "foreign ministry", "trade and industry ministry"."""
    lower = draft.parse.lower
    first = token
    while first > 0 and (
        lower[first - 1] in _FIELDS or (lower[first - 1] in {"and", "&"} and lower[first - 2] in _FIELDS)
    ):
        first -= 1
    if first == token:
        return None
    return first, token + 1, _field(" ".join(lower[first:token]))


def _field_after(draft: Draft, token: int) -> tuple[int, int, str] | None:
    """ "Ministry of Commerce", "ministry of trade and industry"."""
    lower, words = draft.parse.lower, draft.words
    if token + 2 >= len(lower) or lower[token + 1] not in {"of", "for"}:
        return None
    stop = token + 2
    while stop < len(lower) and (
        lower[stop] in _FIELDS
        or (
            words[stop][:1].isupper() and stop not in draft.hit_at and draft.parse.pos[stop] in {"PROPN", "NOUN", "ADJ"}
        )
        or (lower[stop] in {"and", "&", ","} and stop + 1 < len(lower) and lower[stop + 1] in {*_FIELDS, "and"})
    ):
        stop += 1
    if stop == token + 2:
        return None
    return token, stop, _field(" ".join(lower[token + 2 : stop]).replace(" ,", ","))


def _field(words: str) -> str:
    return _NAMES.get(words, " ".join(word if word == "and" else word.capitalize() for word in words.split()))


def _country(draft: Draft, first: int, stop: int) -> tuple[str, int, int] | None:
    """The country beside a ministry, and the tokens of the name: a demonym belongs to it, a possessor does not."""
    hit = draft.hit_at.get(first - 1) if first else None
    if hit is not None and hit.name.form in {"demonym", "name"} and draft.kind_of(hit.name.actor_id) == "country":
        return hit.name.actor_id, hit.first, stop
    if first > 1 and draft.words[first - 1] in {"'s", "'"}:
        hit = draft.hit_at.get(first - 2)
        if hit is not None and hit.name.form != "place" and draft.kind_of(hit.name.actor_id) == "country":
            return hit.name.actor_id, first, stop
    if stop + 1 < len(draft.words) and draft.parse.lower[stop] == "of":
        at = stop + 2 if draft.parse.lower[stop + 1] == "the" else stop + 1
        hit = draft.hit_at.get(at)
        if hit is not None and hit.name.form == "name" and draft.kind_of(hit.name.actor_id) == "country":
            return hit.name.actor_id, first, hit.stop
    return None


def _ministry(draft: Draft, field: str, country: str) -> str:
    draft.know(country, "ministry")
    actor_id = f"{country}-ministry-of-{actor_slug(field)}"
    for known in (f"ministry-of-{actor_slug(field)}-of-{country}", actor_id):
        if known in draft.knowledge.actors:
            return draft.know(known, "ministry").actor_id
    if actor_id not in draft.actors:
        name = f"Ministry of {field} of {draft.knowledge.actors[country].name}"
        code = draft.knowledge.actors[country].country_code
        draft.actors[actor_id] = Actor(actor_id, name, "government_body", code, country, rule="ministry")
    return actor_id


def _last_country(draft: Draft, before: int, field: str) -> str | None:
    for hit in reversed(draft.hits):
        if hit.first < before and hit.name.form in {"name", "demonym", "capital"}:
            if draft.kind_of(hit.name.actor_id) == "country":
                return _ministry(draft, field, hit.name.actor_id)
    return None
