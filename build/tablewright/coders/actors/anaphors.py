"""Common nouns that point back to one actor ("the bloc", "the ministry") or to several ("both countries")."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.grammar import shares_clause
from tablewright.coders.actors.groups import Naming, group_at
from tablewright.coders.actors.lookup import Hit
from tablewright.coders.actors.roles import title_at
from tablewright.parse import SUBJECT_DEPS

_REACH = 600
_MOST_MODIFIERS = 3
_BODIES = frozenset({"army", "military", "junta", "police", "government", "parliament", "navy", "regime", "air force"})
# Officers who rule under the name of a council: "the National Council …", then "the junta", "the generals".
_JUNTA = frozenset({"junta", "generals"})
_RULING = frozenset({"council", "committee", "junta", "movement"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor"})
_CENTRES = frozenset({"government", "federal government", "central government"})
_GENERIC = frozenset({"organization", "organisation", "agency", "body", "group", "company", "firm"})


@dataclass(slots=True)
class _Back:
    """What was named before the token in hand, and whom each noun stood for last.

    `bodies` has the nouns that a country's name went with ("the Congolese army", "Myanmar's junta"): "the army" is then
    that country's.
    """

    seen: list[Naming] = field(default_factory=list)
    chains: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, tuple[int, str]] = field(default_factory=dict)


def settle_anaphors(draft: Draft) -> None:
    """Mentions by common nouns, from left to right, so that one may lean on another."""
    named = [_naming(draft, mention.first, mention.stop, mention.actor_id) for mention in draft.mentions]
    # A country inside a role ("the Chinese ambassador") is no mention, but words may point back to it.
    silent = (hit for hit in draft.hits if _in_role(draft, hit) and hit.name.actor_id in draft.actors)
    named += [_naming(draft, hit.first, hit.stop, hit.name.actor_id) for hit in silent]
    named.sort(key=lambda naming: (naming.first, naming.stop))
    back, at = _Back(), 0
    for token in range(len(draft.parse)):
        while at < len(named) and named[at].first < token:
            back.seen.append(named[at])
            _remember_body(draft, named[at], back)
            at += 1
        found = group_at(draft, token, back.seen) or _single(draft, token, back) or _neighbour(draft, token, back)
        if found is None:
            continue
        first, stop, actor_ids, rule = found
        if any(index in draft.referents or index in draft.name_at for index in (first, stop - 1)):
            continue
        for actor_id in actor_ids:
            draft.mention(actor_id, first, stop, "anaphor", rule)
            back.seen.append(_naming(draft, first, stop, actor_id))


def _remember_body(draft: Draft, naming: Naming, back: _Back) -> None:
    if naming.kind != "country":
        return
    at = naming.stop + 1 if draft.words[naming.stop : naming.stop + 1] == ["'s"] else naming.stop
    if at < len(draft.words) and draft.parse.lower[at] in _BODIES:
        back.bodies[draft.parse.lower[at]] = (naming.first, naming.actor_id)


def _in_role(draft: Draft, hit: Hit) -> bool:
    if hit.name.form != "demonym" or any(token in draft.referents for token in range(hit.first, hit.stop)):
        return False
    return hit.first in draft.silent or (hit.stop < len(draft.parse) and title_at(draft, hit.stop) > hit.stop)


def _naming(draft: Draft, first: int, stop: int, actor_id: str) -> Naming:
    return Naming(first, stop, actor_id, draft.kind_of(actor_id), draft.parse.sentence_of(first).position)


def _single(draft: Draft, token: int, back: _Back) -> tuple[int, int, list[str], str] | None:
    """ "The bloc": one actor, the likeliest before that the noun fits."""
    if draft.parse.lower[token] not in {"the", "this"}:
        return None
    phrase = _phrase(draft, token)
    if phrase is None:
        return None
    noun, stop = phrase
    apposed = _apposed(draft, token, stop)
    if apposed is not None:
        for index in range(token, stop):
            draft.refer(index, apposed)
        return None
    capital = draft.words[stop - 1][:1].isupper() and token != draft.parse.sentence_of(token).first
    fitting = _likeliest(draft, noun, token, stop, back, capital=capital)
    if fitting is None:
        return None
    back.chains[noun] = fitting
    return token, stop, [fitting], "anaphor"


def _neighbour(draft: Draft, token: int, back: _Back) -> tuple[int, int, list[str], str] | None:
    """ "Its southern neighbour": the other one, where this sentence and the one before name just two countries."""
    parse = draft.parse
    if parse.lower[token] not in {"its", "his"}:
        return None
    stop = token + 1
    while stop < len(parse) and stop - token < 4 and parse.pos[stop] in {"ADJ", "NOUN"}:
        if parse.lower[stop] in _NEIGHBOURS:
            break
        stop += 1
    else:
        return None
    here = parse.sentence_of(token).position
    near = [naming for naming in back.seen if naming.kind == "country" and naming.sentence >= here - 1]
    owner = next((n for n in reversed(near) if parse.deps[n.stop - 1] in {*SUBJECT_DEPS, "poss"}), None)
    others = {naming.actor_id for naming in near} - {owner.actor_id if owner else ""}
    if owner is None or len(others) != 1 or stop >= len(parse) or parse.deps[stop] == "appos":
        return None
    return token, stop + 1, [others.pop()], "neighbour"


def _apposed(draft: Draft, token: int, stop: int) -> str | None:
    """The organisation that a phrase between commas describes: "PDVSA, the state oil firm, …"."""
    before = draft.name_at.get(token - 2) if token > 1 and draft.words[token - 1] == "," else None
    if before is None or draft.kind_of(before.actor_id) == "person":
        return None
    return before.actor_id if draft.words[stop : stop + 1] in ([","], ["."], [";"]) else None


def _phrase(draft: Draft, token: int) -> tuple[str, int] | None:
    """The noun, and where it stops, of the phrase that a determiner begins; None if more words make it another thing."""
    parse = draft.parse
    sentence = parse.sentence_of(token)
    for at in range(token + 1, min(token + _MOST_MODIFIERS + 2, sentence.stop)):
        pair = f"{parse.lower[at]} {parse.lower[at + 1]}" if at + 1 < sentence.stop else ""
        for noun, stop in ((pair, at + 2), (parse.lower[at], at + 1)):
            if noun and _points_back(draft, noun) and _ends_phrase(draft, stop):
                modifiers = parse.lower[token + 1 : at]
                return (noun, stop) if _plain(draft, noun, modifiers, token + 1, at) else None
        if parse.pos[at] not in {"ADJ", "NOUN", "PROPN"} and parse.words[at] != "-":
            return None
    return None


def _points_back(draft: Draft, noun: str) -> bool:
    return draft.knowledge.noun("anaphor", noun) is not None or noun in draft.knowledge.own_nouns or noun in _BODIES


def _ends_phrase(draft: Draft, stop: int) -> bool:
    parse = draft.parse
    if parse.tags[stop - 1] not in {"NN", "NNP", "NNS", "NNPS"}:
        return False
    if stop >= len(parse):
        return True
    if parse.lower[stop] in {"of", "that"}:
        return parse.heads[stop] != stop - 1 and parse.lower[stop] == "of"
    return parse.pos[stop] not in {"NOUN", "PROPN"} and parse.lower[stop] not in {"-", "which"}


def _plain(draft: Draft, noun: str, modifiers: list[str], first: int, stop: int) -> bool:
    """Whether the words before the noun leave it the actor named before."""
    known = draft.knowledge.noun
    if any(known("another", word) is not None for word in modifiers):
        return False
    for token in range(first, stop):
        # "The Iran-aligned group" is the group named before, "the Energy Support Fund" something else.
        if draft.words[token][:1].isupper() and (draft.words[token + 1] != "-" or draft.words[stop][:1].isupper()):
            return False
    if noun == "government" and any(word != "-" and known("governs", word) is None for word in modifiers):
        return False
    return not any((hit := draft.hit_at.get(token)) and hit.name.form == "demonym" for token in range(first, stop))


def _likeliest(draft: Draft, noun: str, token: int, stop: int, back: _Back, *, capital: bool) -> str | None:
    """The actor before that the noun fits best: near, a subject, and the one the noun stood for before."""
    kinds = set((draft.knowledge.noun("anaphor", noun) or "").split())
    here = draft.parse.sentence_of(token).position
    best: tuple[float, str] | None = None
    if noun in back.bodies:
        first, country = back.bodies[noun]
        best = (-(token - first) / 40 + 1.0, country)
    # "Jubaland broke with the federal government": with that of its own country.
    bodies = (each for each in back.seen if each.sentence == here and each.kind == "government_body")
    regions = {draft.country_of(each.actor_id) for each in bodies} - {None} if noun in _CENTRES else set()
    judged: dict[str, bool] = {}
    times = Counter(naming.actor_id for naming in back.seen) if noun == "government" else Counter[str]()
    for naming in reversed(back.seen):
        if token - naming.first > _REACH:
            break
        fits = judged.get(naming.actor_id)
        if fits is None:
            fits = judged[naming.actor_id] = _fits(draft, naming.actor_id, noun, kinds, capital=capital)
        if not fits:
            continue
        if naming.sentence == here and shares_clause(draft, naming.stop - 1, stop - 1):
            continue
        score = -(token - naming.first) / 40 - 0.5 * min(here - naming.sentence, 3)
        score += 1.0 if draft.parse.deps[naming.stop - 1] in SUBJECT_DEPS else 0.0
        score += 0.25 * min(times[naming.actor_id], 6)
        score += 2.5 if back.chains.get(noun) == naming.actor_id else 0.0
        score += 2.0 if naming.kind == "country" and draft.country_of(naming.actor_id) in regions else 0.0
        if best is None or score > best[0]:
            best = (score, naming.actor_id)
    return best[1] if best else None


def _fits(draft: Draft, actor_id: str, noun: str, kinds: set[str], *, capital: bool) -> bool:
    """Whether the noun may stand for the actor: by its own nouns, its name, or its kind."""
    actor = draft.actors[actor_id]
    known = draft.knowledge.actors.get(actor_id)
    own = known.nouns if known else frozenset[str]()
    if actor.kind == "person":
        return False
    named = noun in actor.name.lower().split() and actor.kind != "country"
    if capital and noun not in {"government", "kingdom", "republic"}:
        return named
    if noun in own or named:
        return True
    if noun in _JUNTA:
        rules = actor.kind == "government_body" and bool(_RULING & set(actor.name.lower().split()))
        return rules and (known is None or "junta" in own)
    if actor.kind not in kinds:
        return False
    if actor.kind == "country":
        return True
    if own or actor.kind == "government_body":
        return noun in _GENERIC and actor.kind != "government_body"
    return True
