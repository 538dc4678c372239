"""States named by their capital, or by nationality alone: where these stand for the state, and where they do not."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CALENDAR, Hit
from tablewright.records import MentionKind

_GOVERNING = frozenset({"government", "regime", "authorities", "administration", "leadership", "junta"})
_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "around", "outside", "inside", "throughout", "across", "via", "through", "over", "into"}
    | {"within", "off", "above", "beyond", "along", "past"}
)
# What is said of a place as well as of a government.
_STATIVE = frozenset({"be", "have", "see", "suffer", "remain", "become", "produce", "border", "hold", "lack", "need"})


def states_by_capital(draft: Draft) -> None:
    """Settles capitals and regions that stand for the government; the others stay places."""
    for hit in draft.hits:
        if (
            hit.name.form not in {"capital", "metonym", "region"}
            or hit.name.always
            or not draft.free(hit.first, hit.stop)
        ):
            continue
        if acts(draft, hit) and not (hit.name.form == "region" and _only_has(draft, hit)):
            draft.know(hit.name.actor_id, "metonym")
            kind: MentionKind = "name" if hit.name.form == "region" else "metonym"
            draft.mention(hit.name.actor_id, hit.first, hit.stop, kind, "capital-acts")


def _only_has(draft: Draft, hit: Hit) -> bool:
    """Whether a region is rather the place of something: "Scotland's hills", "the war in Tigray", "Texas has oil"."""
    parse, noun = draft.parse, draft.knowledge.noun
    head = hit.stop - 1
    dep, governor = parse.deps[head], parse.heads[head]
    if hit.first and parse.lower[hit.first - 1] in _PLACE_PREPOSITIONS:
        return True
    if dep == "poss":
        word = parse.lower[governor]
        return not draft.knowledge.is_title(word) and noun("body", word) is None and noun("act", word) is None
    if dep in {"nsubj", "nsubjpass"}:
        return parse.lemmas[governor] in _STATIVE or parse.pos[governor] == "NOUN"
    return dep not in {"agent", "conj", "dobj", "dative"} and not (
        dep == "pobj" and parse.lower[governor] in {"with", "against", "by"}
    )


def acts(draft: Draft, hit: Hit) -> bool:
    """Whether a capital acts, or is acted on, as a government does."""
    parse, noun = draft.parse, draft.knowledge.noun
    head = hit.stop - 1
    if hit.stop < len(parse) and parse.words[hit.stop] == "-":
        return False
    if _before_town_noun(draft, hit.stop) or parse.child(head, "amod", "advmod") is not None:
        return False
    if hit.stop + 1 < len(parse) and parse.words[hit.stop] == "," and draft.hit_at.get(hit.stop + 1) is not None:
        following = draft.hit_at[hit.stop + 1]
        if following.name.actor_id == hit.name.actor_id and following.name.form == "name":
            return False
    for _ in range(6):
        if parse.deps[head] == "conj" and parse.heads[head] != head:
            head = parse.heads[head]
        else:
            break
    dep, governor = parse.deps[head], parse.heads[head]
    if dep in {"nsubj", "csubj"}:
        return noun("lying", parse.lemmas[governor]) is None
    if dep == "nsubjpass":
        return noun("taking", parse.lemmas[governor]) is None
    if dep == "poss":
        return draft.knowledge.noun("town", parse.lower[governor]) is None
    if _after_month(draft, hit.first):
        return True
    if dep == "compound":
        return parse.lower[governor] in _GOVERNING
    if dep == "pobj":
        return _acts_after(draft, governor)
    if dep in {"dobj", "dative"}:
        return noun("taking", parse.lemmas[governor]) is None
    return hit.stop < len(parse) and parse.tags[hit.stop] in {"VBD", "VBZ", "MD"}


def _before_town_noun(draft: Draft, stop: int) -> bool:
    """Whether a town noun follows, for this name or for it and another: "the Madrid and forthcoming Vilnius summits"."""
    parse = draft.parse
    for token in range(stop, min(stop + 5, len(parse))):
        if draft.knowledge.noun("town", parse.lower[token]) is not None:
            return parse.pos[token] in {"NOUN", "PROPN"}
        if parse.lower[token] != "and" and parse.pos[token] not in {"ADJ", "PROPN"}:
            return False
    return False


def _after_month(draft: Draft, token: int) -> bool:
    """Whether the parse took a month and the capital after it for one name: "In April Caracas moved tanks"."""
    parse = draft.parse
    return (
        token > 0
        and parse.lower[token - 1] in CALENDAR
        and token + 1 < len(parse)
        and parse.tags[token + 1] in {"VBD", "VBZ", "MD"}
    )


def _acts_after(draft: Draft, preposition: int) -> bool:
    """Whether a capital after this preposition stands for the government: "against Moscow", not "in Moscow"."""
    parse, noun = draft.parse, draft.knowledge.noun
    word = parse.lower[preposition]
    governor = parse.heads[preposition]
    lemma = parse.lemmas[governor].lower()
    if word in _PLACE_PREPOSITIONS:
        return word == "over" and parse.pos[governor] == "NOUN" and noun("motion", lemma) is None
    if word == "of":
        return noun("stance_of", parse.lower[governor]) is not None
    if word == "from":
        given = parse.child(governor, "dobj") if parse.pos[governor] == "VERB" else None
        words = [lemma, *(parse.lower[token] for token in (governor, given) if token is not None)]
        return any(noun("stance_from", each) is not None for each in words)
    if word in {"to", "for", "toward", "towards"}:
        moves = any(noun("motion", each) is not None for each in (lemma, parse.lower[governor]))
        return not moves and parse.pos[governor] != "ADV"
    return True


def states_by_nationality(draft: Draft) -> None:
    """Mentions of a state by its demonym, where that names the state's own doing or a body without a name."""
    for hit in draft.hits:
        if hit.name.form != "demonym" or hit.first in draft.silent or not draft.free(hit.first, hit.stop):
            continue
        if any(token in draft.referents for token in range(hit.first, hit.stop)):
            continue
        if _is_half(draft, hit) or _names_doing(draft, hit):
            draft.know(hit.name.actor_id, "demonym")
            draft.mention(hit.name.actor_id, hit.first, hit.stop, "demonym", "nationality")
            governor = _governor(draft, hit)
            if governor is not None and draft.knowledge.noun("body", draft.parse.lower[governor]) is not None:
                draft.refer(governor, hit.name.actor_id)


def _is_half(draft: Draft, hit: Hit) -> bool:
    """Whether a demonym is a half of a compound with another actor: "Chinese-Russian", "NATO-Japanese"."""
    for dash, other in ((hit.first - 1, hit.first - 2), (hit.stop, hit.stop + 1)):
        if 0 <= dash < len(draft.words) and draft.words[dash] == "-":
            beside = draft.hit_at.get(other)
            if beside is not None and beside.name.form in {"name", "demonym"}:
                return True
    return False


def _governor(draft: Draft, hit: Hit) -> int | None:
    """The noun that a demonym modifies."""
    parse = draft.parse
    head = hit.stop - 1
    for _ in range(6):
        if parse.deps[head] == "conj" and parse.pos[parse.heads[head]] in {"ADJ", "PROPN"}:
            head = parse.heads[head]
        else:
            break
    if parse.deps[head] in {"amod", "compound", "nmod", "poss"} and parse.heads[head] > head:
        return parse.heads[head]
    after = hit.stop
    return after if after < len(parse) and parse.pos[after] == "NOUN" else None


def _names_doing(draft: Draft, hit: Hit) -> bool:
    parse, noun = draft.parse, draft.knowledge.noun
    governor = _governor(draft, hit)
    if governor is None:
        before = parse.lower[hit.first - 1] if hit.first else ""
        word = draft.words[hit.stop - 1]
        return (
            before == "the"
            and not (parse.tags[hit.stop - 1] in {"NN", "NNP", "JJ"} and word.endswith(("an", "i", "ian")))
            and parse.deps[hit.stop - 1] in {"nsubj", "nsubjpass", "pobj", "dobj", "dative"}
            and parse.pos[hit.stop - 1] in {"PROPN", "NOUN", "ADJ"}
        )
    if parse.pos[governor] == "PROPN" and governor in draft.name_at:
        return False
    word = parse.lower[governor]
    pair = f"{parse.lower[governor - 1]} {word}" if governor - 1 > hit.first else ""
    return any(noun(use, form) is not None for use in ("body", "act") for form in (pair, word) if form)
