"""Bodies of a state that common nouns and a country name: "China's foreign ministry", "the Bulgarian embassy"."""

from __future__ import annotations

from collections import Counter

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import is_capital
from tablewright.coders.actors.runs import ONLY_ONES
from tablewright.knowledge.actors import actor_slug
from tablewright.records import Actor

_FIELDS = frozenset(
    [
        "foreign",
        "defence",
        "defense",
        "finance",
        "interior",
        "trade",
        "commerce",
        "economy",
        "economic",
        "health",
        "energy",
        "oil",
        "petroleum",
        "justice",
        "education",
        "agriculture",
        "transport",
        "environment",
        "labour",
        "labor",
        "tourism",
        "industry",
        "information",
        "culture",
        "security",
        "home",
        "external",
        "internal",
        "public",
        "water",
        "power",
        "science",
        "technology",
        "planning",
        "development",
        "affairs",
        "emergency",
        "emergencies",
        "immigration",
        "housing",
        "communications",
        "railways",
        "mining",
        "mines",
        "fisheries",
        "food",
        "humanitarian",
        "religious",
        "social",
        "welfare",
        "investment",
        "digital",
        "infrastructure",
    ]
)
# One name for what papers spell in several ways.
_NAMES = {"foreign": "Foreign Affairs", "defense": "Defence"}

_WITH_ARTICLE = frozenset(
    [
        "United",
        "Netherlands",
        "Philippines",
        "Maldives",
        "Bahamas",
        "Gambia",
        "Democratic",
        "Dominican",
        "Central",
        "Czech",
        "Republic",
        "Holy",
        "Soviet",
        "Comoros",
        "Seychelles",
        "Marshall",
        "Solomon",
        "Cook",
        "Faroe",
    ]
)
_REGIONS = {"US": "USA", "GB": "GBR", "AU": "AUS", "IN": "IND", "CA": "CAN", "NZ": "NZL", "ZA": "ZAF", "NG": "NGA"}


def settle_bodies(draft: Draft) -> None:
    """Settles ministries, embassies and a state's only courts and chambers."""
    _settle_ministries(draft)
    _settle_embassies(draft)
    _settle_only_ones(draft)
    _settle_commission(draft)


def _settle_ministries(draft: Draft) -> None:
    """Without a country beside it, a ministry is that of its field named before, else of the country named last."""
    by_field: dict[str, str] = {}
    for token, word in enumerate(draft.parse.lower):
        if word != "ministry":
            continue
        found = _field_before(draft, token) or _field_after(draft, token)
        if found is None:
            continue
        first, stop, field = found
        named = _country(draft, first, stop)
        if named is not None:
            owner, first, stop = named
            actor_id = _body(draft, f"Ministry of {field}", owner)
        else:
            known = by_field.get(field)
            country = _last_country(draft, first)
            if known is None and country is None:
                continue
            actor_id = known or _body(draft, f"Ministry of {field}", country or "")
        by_field[field] = actor_id
        draft.settle(first, stop, actor_id, "ministry")


def _field_before(draft: Draft, token: int) -> tuple[int, int, str] | None:
    """The field in "foreign ministry", "trade and industry ministry"."""
    lower = draft.parse.lower
    first = token
    while first > 0 and lower[first - 1] in _FIELDS:
        first -= 1
        if first > 1 and lower[first - 1] in {"and", "&"} and lower[first - 2] in _FIELDS:
            first -= 1
    if first == token:
        return None
    return first, token + 1, _field(" ".join(lower[first:token]))


def _field_after(draft: Draft, token: int) -> tuple[int, int, str] | None:
    """The field in "Ministry of Commerce", "ministry of trade and industry"."""
    lower, words, pos = draft.parse.lower, draft.words, draft.parse.pos
    if token + 2 >= len(lower) or lower[token + 1] not in {"of", "for"}:
        return None
    stop = token + 2
    while stop < len(lower):
        named = words[stop][:1].isupper() and stop not in draft.hit_at and pos[stop] in {"PROPN", "NOUN", "ADJ"}
        joins = lower[stop] in {"and", "&", ","} and stop + 1 < len(lower) and lower[stop + 1] in {*_FIELDS, "and"}
        if not (lower[stop] in _FIELDS or named or joins):
            break
        stop += 1
    if stop == token + 2:
        return None
    return token, stop, _field(" ".join(lower[token + 2 : stop]).replace(" ,", ","))


def _field(words: str) -> str:
    return _NAMES.get(words, " ".join(word if word == "and" else word.capitalize() for word in words.split()))


def _country(draft: Draft, first: int, stop: int) -> tuple[str, int, int] | None:
    """The country beside a body, and the tokens of the name: a demonym belongs to it, a possessor does not."""
    hit = draft.hit_at.get(first - 1) if first else None
    if hit is not None and hit.name.form in {"demonym", "name"} and draft.kind_of(hit.name.actor_id) == "country":
        return hit.name.actor_id, hit.first, stop
    if first > 1 and draft.words[first - 1] in {"'s", "'"}:
        hit = draft.hit_at.get(first - 2)
        if hit is not None and hit.name.form != "place" and draft.kind_of(hit.name.actor_id) == "country":
            return hit.name.actor_id, first, stop
    if stop + 1 < len(draft.words) and draft.parse.lower[stop] == "of":
        hit = draft.hit_at.get(stop + 2 if draft.parse.lower[stop + 1] == "the" else stop + 1)
        if hit is not None and hit.name.form == "name" and draft.kind_of(hit.name.actor_id) == "country":
            return hit.name.actor_id, first, hit.stop
    return None


def _body(draft: Draft, body: str, country: str, place: str = "") -> str:
    """The id of a country's body of that name, made known to the document if it is new."""
    draft.know(country, "body")
    known = draft.knowledge.actors[country]
    article = "the " if known.name.split()[0] in _WITH_ARTICLE else ""
    name = f"{body} of {article}{known.name}{place}"
    only = body in ONLY_ONES.values() or body == "Embassy"
    for actor_id in (actor_slug(name), f"{known.actor_id}-{actor_slug(body)}"):
        if actor_id in draft.knowledge.actors:
            return draft.know(actor_id, "body").actor_id
    actor_id = actor_slug(name) if only else f"{known.actor_id}-{actor_slug(body)}"
    if actor_id not in draft.actors:
        draft.actors[actor_id] = Actor(
            actor_id, name, "government_body", known.country_code, known.actor_id, rule="body"
        )
    return actor_id


def _last_country(draft: Draft, before: int) -> str | None:
    """The country named last before a token."""
    for hit in reversed(draft.hits):
        if hit.first >= before or hit.name.form not in {"name", "demonym", "capital"}:
            continue
        if draft.kind_of(hit.name.actor_id) == "country":
            return hit.name.actor_id
    return None


def _settle_embassies(draft: Draft) -> None:
    """ "the Bulgarian embassy in Skopje" is an actor of its own; "its embassy in Belgium" names nobody."""
    lower = draft.parse.lower
    for token, word in enumerate(lower):
        hit = draft.hit_at.get(token - 1) if token else None
        if word not in {"embassy", "consulate"} or hit is None or hit.name.form not in {"demonym", "name"}:
            continue
        if draft.kind_of(hit.name.actor_id) != "country":
            continue
        place = ""
        if token + 2 < len(lower) and lower[token + 1] == "in" and (where := draft.hit_at.get(token + 2)) is not None:
            place = " in " + " ".join(where.name.words)
        actor_id = _body(draft, word.capitalize(), hit.name.actor_id, place)
        draft.settle(hit.first, token + 1, actor_id, "embassy")


def _settle_only_ones(draft: Draft) -> None:
    """ "The Senate", "the Supreme Court" with capitals: that of the country that the document speaks of most."""
    lower, words = draft.parse.lower, draft.words
    country: str | None = None
    for token in range(1, len(lower)):
        for forms, body in ONLY_ONES.items():
            stop = token + len(forms)
            if lower[token] != forms[0] or tuple(lower[token:stop]) != forms or not words[token][0].isupper():
                continue
            if not draft.free(token, stop) or (stop < len(words) and words[stop][:1].isupper()):
                continue
            named = _country(draft, token, stop)
            if named is None and lower[token - 1] not in {"the", "a"}:
                continue
            country = country or _main_country(draft)
            owner, first, end = named or (country or _last_country(draft, token) or "", token, stop)
            if not owner:
                continue
            draft.settle(first, end, _body(draft, body, owner), "only-one")


def _settle_commission(draft: Draft) -> None:
    """ "The Commission" with a capital is the European one in a document that names the European Union."""
    if not any(hit.name.actor_id in {"european-union", "european-commission"} for hit in draft.hits):
        return
    for token in range(1, len(draft.words)):
        if (
            draft.words[token] != "Commission"
            or draft.parse.lower[token - 1] != "the"
            or not draft.free(token, token + 1)
        ):
            continue
        following = draft.words[token + 1] if token + 1 < len(draft.words) else ""
        if not is_capital(following) and following not in {"of", "on", "for"}:
            draft.know("european-commission", "commission")
            draft.settle(token, token + 1, "european-commission", "commission")


def _main_country(draft: Draft) -> str | None:
    """The country of the document's variety of English where the text names it, else the one named most by far."""
    counts = Counter(
        hit.name.actor_id
        for hit in draft.hits
        if hit.name.form != "place" and draft.kind_of(hit.name.actor_id) == "country"
    )
    region = _REGIONS.get(draft.document.language.partition("-")[2].upper(), "")
    home = draft.knowledge.countries.get(region)
    if home in counts:
        return home
    [(first, most), (_, next_most)] = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > 1 and most >= 2 * next_most else None
