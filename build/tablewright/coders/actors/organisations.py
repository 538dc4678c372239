"""Organisations: known ones, and new ones by a head noun, a bracketed acronym, an apposition, or the model."""

from __future__ import annotations

from tablewright.coders.actors.acronyms import Definition, find_definitions
from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CALENDAR, CONNECTORS, Hit, is_capital
from tablewright.coders.actors.roles import title_at
from tablewright.coders.actors.runs import head_kind, is_state, only_governs, organisation_runs
from tablewright.knowledge.actors import actor_slug
from tablewright.records import Actor

_STATE_BANKS = frozenset({"central", "reserve", "state", "national", "people's"})
_NAMING_DEPS = frozenset({"nsubj", "nsubjpass", "agent", "poss", "pobj", "dobj", "conj", "appos"})
_SMALL = frozenset({*CONNECTORS, "the", "and", "&", "-", "'s"})
_PLACE_PREPOSITIONS = frozenset(["in", "at", "near", "around", "outside", "inside", "across", "through", "into", "off"])
_SETTLEMENTS = frozenset(
    [
        "town",
        "city",
        "village",
        "settlement",
        "settlements",
        "suburb",
        "district",
        "province",
        "port",
        "island",
        "region",
        "area",
        "outskirts",
        "north",
        "south",
        "east",
        "west",
        "state",
        "towns",
        "villages",
        "cities",
    ]
)
_MOVING = frozenset(
    [
        "go",
        "send",
        "fly",
        "travel",
        "move",
        "drive",
        "march",
        "sail",
        "come",
        "return",
        "head",
        "push",
        "retreat",
        "withdraw",
        "flee",
        "walk",
    ]
)
_CURRENCIES = frozenset(
    {"usd", "eur", "gbp", "chf", "jpy", "cny", "aud", "nzd", "cad", "ceo", "gdp", "covid", "aids", "hiv"}
)


def settle_organisations(draft: Draft) -> None:
    """Settles the names of organisations that the knowledge, a head noun or the document's own acronyms tell."""
    definitions = find_definitions(draft)
    for hit in draft.hits:
        if hit.name.form not in {"name", "metonym"} or not hit.name.always or _is_anothers(draft, hit):
            continue
        if draft.kind_of(hit.name.actor_id) != "person":
            draft.know(hit.name.actor_id, "known-name")
            draft.settle(hit.first, hit.stop, hit.name.actor_id, "known-name")
    for first, stop in organisation_runs(draft):
        draft.settle(first, stop, new_organisation(draft, first, stop, "organisation-head"), "organisation-head")
    _settle_definitions(draft, definitions)


def _is_anothers(draft: Draft, hit: Hit) -> bool:
    """Whether a common name is another state's: "Peru's Congress" is not that of the United States."""
    code = draft.country_of(hit.name.actor_id)
    if code is None or draft.kind_of(hit.name.actor_id) == "country":
        return False
    possessed = hit.first > 1 and draft.words[hit.first - 1] in {"'s", "'"}
    owner = draft.hit_at.get(hit.first - 2 if possessed else hit.first - 1)
    if owner is not None and owner.name.form in {"name", "demonym"} and draft.kind_of(owner.name.actor_id) == "country":
        return draft.country_of(owner.name.actor_id) != code
    home = draft.knowledge.countries.get(code)
    generic = hit.name.words == ("Congress",)
    return generic and not any(other.name.actor_id == home for other in draft.hits)


def _settle_definitions(draft: Draft, definitions: list[Definition]) -> None:
    short: dict[str, str] = {}
    for definition in definitions:
        actor_id = _defined(draft, definition)
        if actor_id is not None:
            short[draft.words[definition.token]] = actor_id
            draft.settle(definition.token, definition.token + 1, actor_id, "acronym-introduced")
    for token, word in enumerate(draft.words):
        actor_id = short.get(word)
        span = draft.name_at.get(token)
        if actor_id and (span is None or (span.actor_id != actor_id and span.stop - span.first == 1)):
            draft.settle(token, token + 1, actor_id, "acronym-introduced")


def _defined(draft: Draft, definition: Definition) -> str | None:
    """The actor that an introduced acronym stands for; its full name is settled if it was not."""
    span = draft.name_at.get(definition.stop - 1)
    if span is not None and (definition.first is None or span.first <= definition.first + 1):
        known = draft.kind_of(span.actor_id)
        return span.actor_id if span.stop - span.first > 1 and known not in {"country", "person"} else None
    if definition.first is None:
        return None
    lower = draft.parse.lower
    last = definition.stop - 1
    if draft.knowledge.noun("not_actor", lower[last]) is not None and head_kind(draft, last) is None:
        return None
    actor_id = new_organisation(draft, definition.first, definition.stop, "acronym-introduced")
    draft.settle(definition.first, definition.stop, actor_id, "acronym-introduced")
    return actor_id


def organisation_kind(draft: Draft, first: int, stop: int) -> str:
    """The kind of the organisation that the tokens name, by its head noun; `other` without one."""
    lower = draft.parse.lower
    for token in range(stop - 1, first - 1, -1):
        kind = head_kind(draft, token)
        if kind is None or not (token == stop - 1 or lower[token + 1] in CONNECTORS):
            continue
        words = set(lower[first:stop])
        if lower[token] == "bank":
            return (
                "government_body"
                if words & _STATE_BANKS
                else "intergovernmental_organization"
                if "development" in words
                else kind
            )
        if words & {"state", "security", "federal", "supreme", "counter-terrorism"} and kind == "ngo":
            return "government_body"
        if "political" in words or (kind == "other" and words & {"action", "democratic", "popular", "unity"}):
            return "political_party"
        return kind
    return head_kind(draft, first) or "other"


def new_organisation(draft: Draft, first: int, stop: int, rule: str, kind: str | None = None) -> str:
    """The id of the organisation that the tokens name, made known to the document if it is new."""
    text = draft.document.text[draft.parse.starts[first] : draft.parse.ends[stop - 1]]
    actor_id = actor_slug(text)
    if actor_id in draft.knowledge.actors:
        draft.know(actor_id, rule)
    elif actor_id not in draft.actors:
        kind = kind or organisation_kind(draft, first, stop)
        owner = _owner(draft, first, stop)
        above = owner
        if owner is None or draft.kind_of(owner) == "country":
            above = owner if kind in {"government_body", "military"} else None
        elif kind in {"ngo", "company", "government_body", "other"}:
            kind = "intergovernmental_organization"
        code = draft.country_of(owner) if owner else None
        draft.actors[actor_id] = Actor(actor_id, text, kind, code, above, rule=rule)
    return actor_id


def _owner(draft: Draft, first: int, stop: int) -> str | None:
    """The country or organisation named in an organisation's name, or as its possessor just before it."""
    before = [first - 2] if first > 1 and draft.words[first - 1] in {"'s", "'"} else []
    for token in [*range(first, stop), *before]:
        hit = draft.hit_at.get(token)
        if hit is None or hit.name.form not in {"name", "demonym"} or hit.stop - hit.first >= stop - first:
            continue
        if draft.kind_of(hit.name.actor_id) in {"country", "intergovernmental_organization"}:
            return hit.name.actor_id
    return None


def settle_entities(draft: Draft) -> None:
    """Settles what the model takes for an organisation, where nothing speaks against it."""
    for entity in draft.parse.entities:
        if entity.label != "ORG":
            continue
        first, stop = entity.first, entity.stop
        while first < stop and not is_capital(draft.words[first]):
            first += 1
        while stop > first and not is_capital(draft.words[stop - 1]):
            stop -= 1
        free = draft.free(first, stop) or (stop - first > 1 and _ends_in_country(draft, first, stop))
        if first < stop and free and is_name(draft, first, stop, strict=True):
            actor_id = new_organisation(draft, first, stop, "model-organisation")
            draft.settle(first, stop, actor_id, "model-organisation")


def _ends_in_country(draft: Draft, first: int, stop: int) -> bool:
    """Whether only the last word is a settled name, of a country: "Bank Indonesia", "Vente Venezuela"."""
    span = draft.name_at.get(stop - 1)
    return (
        span is not None
        and span.first == stop - 1
        and draft.kind_of(span.actor_id) == "country"
        and draft.free(first, stop - 1)
    )


def in_place(draft: Draft, token: int) -> bool:
    """Whether the name that ends at `token` stands where a place would: "in Alei Sinai", "the town of Hill Top"."""
    parse = draft.parse
    root = token
    while parse.deps[root] in {"conj", "compound"} and parse.heads[root] != root:
        root = parse.heads[root]
    governor = parse.heads[root]
    if parse.deps[root] != "pobj":
        return False
    if parse.lower[governor] in _PLACE_PREPOSITIONS:
        return True
    above = parse.heads[governor]
    if parse.lower[governor] == "of":
        return parse.lower[above] in _SETTLEMENTS or parse.pos[above] == "ADV"
    return parse.lower[governor] in {"to", "towards", "toward", "from"} and parse.lemmas[above] in _MOVING


def is_name(draft: Draft, first: int, stop: int, *, strict: bool) -> bool:
    """Whether the tokens can be the name of an organisation that acts; `strict` where only the model says so."""
    parse, noun = draft.parse, draft.knowledge.noun
    lower = parse.lower
    if is_state(draft, first, stop) or only_governs(draft, first, stop):
        return False
    for token in range(first, stop):
        hit = draft.hit_at.get(token)
        if lower[token] in CALENDAR or (hit is not None and hit.stop - hit.first == stop - first):
            return False
        if title_at(draft, token) > token and head_kind(draft, token) is None:
            return False
        if head_kind(draft, token) is None and noun("not_actor", lower[token]) is not None:
            return False
        if not is_capital(draft.words[token]) and lower[token] not in _SMALL:
            return False
    last = stop - 1
    if noun("not_actor", " ".join(lower[max(first, last - 1) : stop])) is not None:
        return False
    opens = first == parse.sentence_of(first).first
    if (parse.tags[last] not in {"NNP", "NNPS"} and (strict or not opens)) or lower[last] in _CURRENCIES:
        return False
    if not strict:
        return True
    outside = not first <= parse.heads[last] < stop
    if parse.deps[last] in {"compound", "nmod", "amod"} and outside:
        return False
    if first > 0 and draft.words[first - 1] in {"“", '"', "‘", "”"}:
        return False
    if head_kind(draft, last) is None and in_place(draft, last):
        return False
    if stop - first == 1:
        word = draft.words[first]
        return word.isupper() and len(word) > 2 and parse.deps[last] in _NAMING_DEPS and word.isalpha()
    return True
