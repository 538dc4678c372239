"""Pronouns that stand for an actor: no mentions, but the other coders ask who "he" or "it" is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.grammar import shares_clause
from tablewright.parse import SUBJECT_DEPS
from tablewright.records import Mention

_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_HOMES_OF = frozenset({"his", "her", "whose"})
_HOMES_OF_SPEAKERS = frozenset({"my", "our", "your"})
_HOMES = frozenset({"country", "government", "nation"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_EMPTY_VERBS = frozenset({"seem", "appear", "rain", "snow", "happen", "turn", "matter", "take"})
# "Denied it", "put it": said of a saying, not of an actor.
_SAYING = frozenset({"put", "deny", "confirm", "say", "admit", "know", "do", "mean", "believe", "doubt"})
_REACH = 90
_SUBJECT_BONUS = 2.0
_POSSESSOR_BONUS = 1.2
_SENTENCE_COST = 1.2


def resolve_pronouns(draft: Draft) -> None:
    """Lets pronouns stand for the last suitable actor, subjects and possessors before others."""
    mentions = sorted(draft.mentions, key=lambda mention: mention.first)
    firsts = [mention.first for mention in mentions]
    for token, word in enumerate(draft.parse.lower):
        before = mentions[: bisect_left(firsts, token)] if word in _PERSON or word in _THING or word in _MANY else ()
        if not before:
            continue
        before = before[-12:]
        if word in _MANY:
            _resolve_many(draft, token, before)
        elif word in _PERSON:
            _refer(draft, token, antecedent(draft, token, before, person=True))
        elif not (word == "it" and _is_expletive(draft, token)):
            _refer(draft, token, antecedent(draft, token, before, person=False))


def settle_home_countries(draft: Draft) -> None:
    """Mentions of a person's country by "his country", "whose government", in an interview "our country" too."""
    mentions = sorted(draft.mentions, key=lambda mention: mention.first)
    firsts = [mention.first for mention in mentions]
    for token, word in enumerate(draft.parse.lower[:-1]):
        if draft.parse.lower[token + 1] not in _HOMES or token + 1 in draft.referents:
            continue
        if word in _HOMES_OF:
            owner = antecedent(draft, token, mentions[: bisect_left(firsts, token)][-12:], person=True)
        else:
            owner = next(iter(draft.referents.get(token, ())), None) if word in _HOMES_OF_SPEAKERS else None
        home = draft.knowledge.countries.get(draft.country_of(owner) or "") if owner else None
        if home is not None:
            draft.know(home, "home-country")
            draft.mention(home, token + 1, token + 2, "anaphor", "home-country")
            if word != "whose":
                draft.widen(token)


def _refer(draft: Draft, token: int, actor_id: str | None) -> None:
    if actor_id is not None:
        draft.refer(token, actor_id)


def _is_expletive(draft: Draft, token: int) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it rained", "put it"."""
    parse = draft.parse
    verb = parse.heads[token]
    if parse.deps[token] == "expl" or parse.lemmas[verb] in _EMPTY_VERBS:
        return True
    if parse.deps[token] == "dobj" and parse.lemmas[verb] in _SAYING:
        return True
    attribute = parse.child(verb, "acomp", "attr")
    if parse.lemmas[verb] != "be" or attribute is None:
        return False
    clause = parse.child(verb, "ccomp", "advcl", "xcomp", "csubj")
    return clause is not None or parse.child(attribute, "xcomp", "ccomp", "advcl", "relcl") is not None


def antecedent(draft: Draft, token: int, before: Sequence[Mention], *, person: bool) -> str | None:
    """The likeliest actor among the mentions before a pronoun; a person, or anything but a person."""
    here = draft.parse.sentence_of(token).position
    objects = {token} if draft.parse.deps[token] in {"dobj", "pobj", "dative"} else set()
    best: tuple[float, str] | None = None
    for mention in reversed(before):
        distance = token - mention.first
        if distance > _REACH:
            break
        if (draft.kind_of(mention.actor_id) == "person") != person or mention.stop > token:
            continue
        if token in objects and shares_clause(draft, mention.stop - 1, token):
            continue
        score = -distance / 30 - _SENTENCE_COST * (here - draft.parse.sentence_of(mention.first).position)
        score += _weight(draft, mention)
        if best is None or score > best[0]:
            best = (score, mention.actor_id)
    return best[1] if best else None


def _weight(draft: Draft, mention: Mention) -> float:
    """How much a mention's place in its clause draws a pronoun."""
    dep = draft.parse.deps[root_of(draft, mention)]
    if dep in SUBJECT_DEPS:
        return _SUBJECT_BONUS
    if dep == "poss":
        return _POSSESSOR_BONUS
    return -0.5 if dep in {"compound", "amod", "nmod"} else 0.0


def root_of(draft: Draft, mention: Mention) -> int:
    """The token of a mention that the others in it hang on."""
    parse = draft.parse
    root = mention.stop - 1
    while parse.heads[root] != root and mention.first <= parse.heads[root] < mention.stop:
        root = parse.heads[root]
    return root


def _resolve_many(draft: Draft, token: int, before: Sequence[Mention]) -> None:
    """ "They": the actors joined in the last phrase that names several, or one body of many ("the rebels")."""
    parse = draft.parse
    for mention in reversed(before):
        if token - mention.first > _REACH:
            return
        root = root_of(draft, mention)
        together = [*draft.referents.get(root, ())]
        for other in parse.conjuncts(root)[1:]:
            together.extend(draft.referents.get(other, ()))
        together = list(dict.fromkeys(together))
        if len(together) > 1 and parse.deps[root] in {*SUBJECT_DEPS, "pobj", "agent", "dobj", "poss"}:
            draft.refer(token, *together)
            return
        plural = parse.tags[root] in {"NNS", "NNPS"} and mention.kind in {"name", "anaphor"}
        if plural and draft.kind_of(mention.actor_id) in {"other", "military", "political_party"}:
            draft.refer(token, mention.actor_id)
            return
