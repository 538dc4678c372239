"""The letters and neighbours of a person's name: where one may stop, and what speaks against it."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CALENDAR, is_capital
from tablewright.coders.actors.roles import title_at

PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "bint",
        "ibn",
        "ben",
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "abu",
        "ould",
        "e",
        "y",
        "ul",
        "ur",
        "al-",
        "zu",
        "af",
    ]
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_VESSELS = frozenset(
    {
        "vessel",
        "ship",
        "frigate",
        "destroyer",
        "drillship",
        "tanker",
        "trawler",
        "carrier",
        "cutter",
        "ferry",
        "corvette",
    }
    | {
        "yacht",
        "submarine",
        "icebreaker",
        "warship",
        "freighter",
        "satellite",
        "rocket",
        "cyclone",
        "hurricane",
        "typhoon",
    }
)
_PREMISES = frozenset(
    {"base", "airbase", "camp", "airport", "airfield", "port", "prison", "jail", "dam", "mosque", "stadium", "hospital"}
    | {
        "field",
        "mine",
        "refinery",
        "pipeline",
        "bridge",
        "canal",
        "crossing",
        "neighbourhood",
        "neighborhood",
        "district",
    }
)
_SHIPS = frozenset({"uss", "hms", "brp", "ins", "mv", "hmas", "hmcs", "rfs", "ss", "mt"})
_LONGEST = 5


def stands_alone(draft: Draft, stop: int) -> bool:
    """Whether the name that stops here is not part of another: "George Bush Airport", "King Leopold's Ghost"."""
    following = stop + 1 if stop < len(draft.words) and draft.words[stop] == "'s" else stop
    if following >= len(draft.words) or not is_capital(draft.words[following]):
        return True
    return draft.knowledge.noun("not_actor", draft.parse.lower[following]) is None


def name_run(draft: Draft, token: int, limit: int) -> int:
    """Where a run of words that look like a person's name stops; `token` if none begins there."""
    words, lower, pos = draft.words, draft.parse.lower, draft.parse.pos
    if (
        not is_capital(words[token])
        or pos[token] not in {"PROPN", "NOUN", "ADJ", "X"}
        or title_at(draft, token) > token
    ):
        return token
    stop = token + 1
    while stop < limit and stop - token < _LONGEST + 3:
        if is_capital(words[stop]) and pos[stop] in {"PROPN", "NOUN", "ADJ", "X"} and title_at(draft, stop) == stop:
            stop += 1
        elif words[stop] == "-" and stop + 1 < limit and words[stop + 1].isalpha() and words[stop - 1] != "-":
            stop += 2
        elif (
            lower[stop] in PARTICLES
            and stop + 1 < limit
            and (is_capital(words[stop + 1]) or words[stop + 1] in {"-", "der", "den", "la"})
        ) or lower[stop] in SUFFIXES:
            stop += 1
        else:
            break
    return stop


def is_name(draft: Draft, first: int, stop: int) -> bool:
    """Whether nothing in the words speaks against a person's name."""
    lower, noun = draft.parse.lower, draft.knowledge.noun
    if stop - first > _LONGEST + 3 or not stands_alone(draft, stop) or _is_thing(draft, first, stop):
        return False
    for token in range(first, stop):
        hit = draft.hit_at.get(token)
        if hit is not None and (
            hit.name.form == "demonym"
            or hit.stop - hit.first > 1
            or (hit.first > first and not ends_in_brand(draft, first, stop))
            or stop - first == 1
        ):
            return False
        if lower[token] in CALENDAR:
            return False
        if draft.words[token].isupper() and len(draft.words[token]) > 3 and stop - first > 1:
            return False
        if lower[token] in _SHIPS:
            return False
        if noun("not_actor", lower[token]) is not None or noun("organisation", lower[token]) is not None:
            return False
        if not (
            is_capital(draft.words[token])
            or lower[token] in PARTICLES
            or draft.words[token - 1] == "-"
            or draft.words[token] == "-"
            or lower[token] in SUFFIXES
        ):
            return False
    return True


def _is_thing(draft: Draft, first: int, stop: int) -> bool:
    """Whether a common noun beside the name calls it a ship, a storm or a place: "the vessel Xiang Yang Hong",
    "Al Udeid air base"."""
    lower, words = draft.parse.lower, draft.words
    if first and lower[first - 1] in _VESSELS and words[first - 1] == lower[first - 1]:
        return True
    return any(lower[at] in _PREMISES and words[at] == lower[at] for at in range(stop, min(stop + 2, len(words))))


def ends_in_brand(draft: Draft, first: int, stop: int) -> bool:
    """Whether only the last word is a settled name, of no country: "Thérèse Kayikwamba Wagner" is not the company."""
    span = draft.name_at.get(stop - 1)
    return (
        span is not None
        and span.first == stop - 1
        and span.rule == "known-name"
        and draft.kind_of(span.actor_id) in {"company", "other", "military", "media"}
        and draft.free(first, stop - 1)
        and first not in draft.hit_at
    )
