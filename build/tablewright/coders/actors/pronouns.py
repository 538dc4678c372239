"""Pronouns that stand for an actor: no mentions, but the other coders ask who "he" or "it" is."""

from __future__ import annotations

from bisect import bisect_left

from tablewright.coders.actors.draft import Draft
from tablewright.parse import SUBJECT_DEPS
from tablewright.records import Mention

_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_REACH = 90


def resolve_pronouns(draft: Draft) -> None:
    """Lets pronouns stand for the last suitable actor, subjects before others."""
    mentions = sorted(draft.mentions, key=lambda mention: mention.first)
    firsts = [mention.first for mention in mentions]
    for token, word in enumerate(draft.parse.lower):
        if word in _PERSON:
            wanted = {"person"}
        elif word in _THING:
            wanted = {
                "country",
                "intergovernmental_organization",
                "government_body",
                "military",
                "political_party",
                "company",
                "ngo",
                "media",
                "other",
            }
        elif word in _MANY:
            _resolve_many(draft, token, mentions, bisect_left(firsts, token))
            continue
        else:
            continue
        if word == "it" and _is_expletive(draft, token):
            continue
        found = _antecedent(draft, token, wanted, mentions, bisect_left(firsts, token))
        if found is not None:
            draft.refer(token, found)


def _is_expletive(draft: Draft, token: int) -> bool:
    """Whether "it" stands for nothing: "it is clear that", "it rained"."""
    parse = draft.parse
    if parse.deps[token] == "expl":
        return True
    verb = parse.heads[token]
    if parse.lemmas[verb] in {"seem", "appear", "rain", "snow", "happen", "turn", "matter"}:
        return True
    attribute = parse.child(verb, "acomp", "attr")
    clause = parse.child(verb, "ccomp", "advcl", "xcomp", "csubj")
    if parse.lemmas[verb] == "be" and attribute is not None:
        return clause is not None or parse.child(attribute, "xcomp", "ccomp", "advcl") is not None
    return False


def _antecedent(draft: Draft, token: int, kinds: set[str], mentions: list[Mention], before: int) -> str | None:
    """The best actor before a pronoun: near, and subject of its clause."""
    parse = draft.parse
    sentence = parse.sentence_of(token)
    best: tuple[float, str] | None = None
    for index in range(before - 1, -1, -1):
        mention = mentions[index]
        distance = token - mention.first
        if distance > _REACH:
            break
        if draft.kind_of(mention.actor_id) not in kinds or mention.stop > token:
            continue
        score = -distance / 30
        root = _root(draft, mention)
        if parse.deps[root] in SUBJECT_DEPS:
            score += 2.5
        elif parse.deps[root] in {"pobj", "compound", "amod"}:
            score -= 0.5
        if mention.first < sentence.first:
            score -= 0.7
        if best is None or score > best[0]:
            best = (score, mention.actor_id)
    return best[1] if best else None


def _root(draft: Draft, mention: Mention) -> int:
    parse = draft.parse
    root = mention.stop - 1
    while parse.heads[root] != root and mention.first <= parse.heads[root] < mention.stop:
        root = parse.heads[root]
    return root


def _resolve_many(draft: Draft, token: int, mentions: list[Mention], before: int) -> None:
    """ "They": the actors of the last subject that names several, or one body of many ("the rebels")."""
    parse = draft.parse
    for index in range(before - 1, -1, -1):
        mention = mentions[index]
        if token - mention.first > _REACH:
            return
        root = _root(draft, mention)
        joint = [mention.actor_id]
        for other in parse.conjuncts(root)[1:]:
            joint.extend(draft.referents.get(other, ()))
        together = draft.referents.get(root, ())
        if len(together) > 1:
            joint.extend(together)
        if len(dict.fromkeys(joint)) > 1 and parse.deps[root] in {*SUBJECT_DEPS, "pobj", "agent"}:
            draft.refer(token, *joint)
            return
        if (
            parse.tags[root] in {"NNS", "NNPS"}
            and draft.kind_of(mention.actor_id) != "person"
            and mention.kind != "demonym"
        ):
            draft.refer(token, mention.actor_id)
            return
