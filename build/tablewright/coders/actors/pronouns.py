"""Pronouns that stand for an actor: no mentions, but the other coders ask who "he" or "it" is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.grammar import quoted_tokens, shares_clause
from tablewright.parse import SUBJECT_DEPS
from tablewright.records import Mention

_PERSON = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_THING = frozenset({"it", "its", "itself"})
_HOMES_OF = frozenset({"his", "her", "whose"})
_HOMES_OF_SPEAKERS = frozenset({"my", "our", "your"})
_HOMES = frozenset({"country", "government", "nation"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_EMPTY_VERBS = frozenset(
    {
        "seem",
        "appear",
        "rain",
        "snow",
        "happen",
        "turn",
        "matter",
        "take",
        "emerge",
        "follow",
        "sound",
        "feel",
        "transpire",
        "come",
        "coincide",
    }
)
# "It was accused" is said of an actor, "it was completed" of anything.
_SUFFERING = frozenset(
    {
        "surround",
        "criticize",
        "admit",
        "urge",
        "tell",
        "ask",
        "oust",
        "sanction",
        "criticise",
        "oblige",
        "bar",
        "fine",
        "represent",
        "elect",
        "suspend",
        "condemn",
        "allow",
        "order",
        "blame",
        "expect",
        "expel",
        "accuse",
        "force",
        "warn",
        "isolate",
        "invade",
        "found",
        "threaten",
        "defeat",
        "exclude",
        "invite",
        "attack",
        "sue",
        "lead",
        "praise",
        "ban",
    }
)
_WITHIN_SUBJECT = frozenset({"amod", "compound", "poss", "nmod", "conj", "appos"})
_OPEN = frozenset({"likely", "unlikely"})
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
    quoted = quoted_tokens(draft)
    for token, word in enumerate(draft.parse.lower):
        if word not in _PERSON and word not in _THING and word not in _MANY:
            continue
        before: Sequence[Mention] = mentions[: bisect_left(firsts, token)][-12:]
        if not before:
            continue
        if quoted[token]:
            before = _said_too(draft, token, before, quoted, person=word in _PERSON)
        if word in _MANY:
            _resolve_many(draft, token, before)
        elif word in _PERSON:
            _refer(draft, token, antecedent(draft, token, before, person=True))
        elif not (word == "it" and _is_expletive(draft, token)):
            if word == "it" and draft.parse.deps[token] in SUBJECT_DEPS:
                before = [mention for mention in before if _leads(draft, token, mention)]
            found = antecedent(draft, token, before, person=False)
            _refer(draft, token, found or (_same_it(draft, token) if word == "it" else None))


def _said_too(
    draft: Draft, token: int, before: Sequence[Mention], quoted: bytearray, *, person: bool
) -> Sequence[Mention]:
    """The mentions that a pronoun inside quotation marks may stand for: not whom the writer names as the speaker."""
    here = draft.parse.sentence_of(token).first
    return [mention for mention in before if quoted[mention.first] or (person and mention.first < here)]


def _same_it(draft: Draft, token: int) -> str | None:
    """Whom an "it" before in the sentence stands for, as its subject."""
    for other in range(token - 1, draft.parse.sentence_of(token).first - 1, -1):
        if draft.parse.lower[other] == "it" and draft.parse.deps[other] in SUBJECT_DEPS:
            return next(iter(draft.referents.get(other, ())), None)
    return None


def _leads(draft: Draft, token: int, mention: Mention) -> bool:
    """Whether a mention is the subject that "it" at `token` may take up: of a clause before in the sentence, or of the
    last sentence as a whole where nothing else has become the subject since. "The Haitian government" counts."""
    parse = draft.parse
    root = root_of(draft, mention)
    while parse.deps[root] in _WITHIN_SUBJECT and parse.heads[root] != root:
        root = parse.heads[root]
    if parse.deps[root] not in SUBJECT_DEPS:
        return False
    here, there = parse.sentence_of(token), parse.sentence_of(mention.first)
    if there.position == here.position:
        return True
    if there.position < here.position - 2 or parse.deps[parse.heads[root]] != "ROOT":
        return False
    # What has become the subject since: any in a sentence between, a thing in this one.
    between = any(parse.deps[other] in SUBJECT_DEPS for other in range(there.stop, here.first))
    return not between and not any(
        parse.deps[other] in SUBJECT_DEPS and parse.tags[other] == "NN" and other not in draft.referents
        for other in range(here.first, token)
    )


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
    told = parse.child(verb, "ccomp", "csubj", "csubjpass") is not None
    if parse.deps[token] == "nsubjpass" and (told or parse.lemmas[verb] not in _SUFFERING):
        return True
    attribute = parse.child(verb, "acomp", "attr")
    if parse.lemmas[verb] == "be" and attribute is None and parse.child(verb, "xcomp") is not None:
        return True
    if parse.lemmas[verb] not in {"be", "become"} or attribute is None:
        return False
    if parse.deps[attribute] == "attr":
        # "It was a great start": of what has been told.
        return True
    if parse.lower[attribute] in _OPEN:
        return parse.child(attribute, "xcomp") is None
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
