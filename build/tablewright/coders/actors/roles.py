"""The grammar of roles: "Japanese Foreign Minister", "the EU's sanctions envoy", "President of Malawi"."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import is_capital, joined

DETERMINERS = frozenset({"the", "a", "an", "this", "that"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "your", "whose"})
_QUALIFIER_POS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
_COPULAS = frozenset({"be", "become", "remain"})
_TIMES = frozenset({"today", "yesterday", "tomorrow", "tonight", "am", "pm", "a.m.", "p.m."})
_LONGEST_TITLE = 4
_MOST_QUALIFIERS = 5


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun phrase at the tokens `first` to `stop`.

    `title` is the role's own words, from `title_first`; `head` the last word of the title; `owner` the hit or name that
    says for whom, as an actor id, `owner_pronoun` the token of "its" or "their", and `owner_token` that of a common noun
    ("the island's economy minister").
    """

    first: int
    stop: int
    title_first: int
    head: int
    title: str
    classes: frozenset[str]
    definite: bool
    owner: str | None = None
    owner_first: int | None = None
    owner_pronoun: int | None = None
    owner_token: int | None = None


def owner_at(draft: Draft, token: int) -> tuple[int, int, str] | None:
    """The country or organisation named at `token`: its tokens and id."""
    span = draft.name_at.get(token)
    if span is not None:
        return (span.first, span.stop, span.actor_id) if draft.kind_of(span.actor_id) != "person" else None
    hit = draft.hit_at.get(token)
    if hit is not None and hit.name.actor_id and draft.kind_of(hit.name.actor_id) != "person":
        return hit.first, hit.stop, hit.name.actor_id
    return None


def title_at(draft: Draft, token: int) -> int:
    """Where the longest title that begins at `token` stops; `token` itself if none does."""
    lower, titles = draft.parse.lower, draft.knowledge.titles
    for stop in range(min(token + _LONGEST_TITLE, len(lower)), token, -1):
        classes = titles.get(joined(lower, token, stop))
        if classes and classes != {"modifier"}:
            return stop
    return token


def role_at(draft: Draft, token: int, limit: int) -> Role | None:
    """The role noun phrase that begins at `token` and stops before `limit`, or None."""
    lower = draft.parse.lower
    at = token
    definite = lower[at] in {"the", "this", "that"}
    pronoun = at if lower[at] in POSSESSIVES else None
    if lower[at] in DETERMINERS or pronoun is not None:
        at += 1
    if at >= limit:
        return None
    while at + 1 < limit and draft.knowledge.is_title(lower[at], "modifier") and owner_at(draft, at + 1) is not None:
        at += 1
    owner = owner_at(draft, at)
    if owner is not None:
        at = owner[1]
        if at < limit and draft.words[at] in {"'s", "'"}:
            at += 1
    noun = _common_possessor(draft, at, limit) if owner is None else None
    if noun is not None:
        at = noun + 2
    found = _title(draft, at, limit)
    if found is None:
        return None
    first, stop = found
    classes = draft.knowledge.titles.get(_last_title(draft, first, stop), frozenset())
    end, title_end, after = _complement(draft, stop, limit)
    if owner is None and after is not None:
        owner = after
    if owner is None and noun is None and end == stop:
        noun = _common_owner(draft, stop, limit)
    return Role(
        token,
        end,
        first,
        stop - 1,
        draft.document.text[draft.parse.starts[first] : draft.parse.ends[title_end - 1]],
        classes,
        definite or pronoun is not None or (owner is not None and lower[token] not in {"a", "an"}),
        owner[2] if owner else None,
        owner[0] if owner else None,
        pronoun,
        noun,
    )


def _common_possessor(draft: Draft, at: int, limit: int) -> int | None:
    """The noun before "'s" in "the island's economy minister"."""
    for token in range(at, min(at + 4, limit - 1)):
        if draft.parse.pos[token] not in {"NOUN", "ADJ", "PROPN"}:
            return None
        if draft.words[token + 1] in {"'s", "'"}:
            return token
    return None


def _common_owner(draft: Draft, stop: int, limit: int) -> int | None:
    """The noun in "spokesman of the junta", "a spokesman for the group"."""
    lower = draft.parse.lower
    if stop + 2 < limit and lower[stop] in {"of", "for"} and lower[stop + 1] == "the":
        return stop + 2
    return None


def _last_title(draft: Draft, first: int, stop: int) -> str:
    lower = draft.parse.lower
    for start in range(max(first, stop - _LONGEST_TITLE), stop):
        if joined(lower, start, stop) in draft.knowledge.titles:
            return joined(lower, start, stop)
    return lower[stop - 1]


def _title(draft: Draft, at: int, limit: int) -> tuple[int, int] | None:
    """The title with its qualifiers from `at`: the longest chain of titles ("Army chief General")."""
    first = at
    stop: int | None = None
    parse = draft.parse
    while at < limit and at - first <= _MOST_QUALIFIERS + 3:
        after = title_at(draft, at)
        if after > at:
            at = stop = min(after, limit)
            if at + 1 < limit and parse.lower[at] == "and" and title_at(draft, at + 1) > at + 1:
                at += 1
        elif stop is not None or not _qualifies(draft, at):
            break
        else:
            at += 1
    return (first, stop) if stop is not None else None


def _qualifies(draft: Draft, token: int) -> bool:
    """Whether a token may stand between owner and title ("sanctions", "newly elected", "-")."""
    parse = draft.parse
    if token in draft.name_at or ((hit := draft.hit_at.get(token)) is not None and hit.name.actor_id):
        return False
    word = parse.lower[token]
    if word == "-" or draft.knowledge.is_title(word, "modifier"):
        return True
    if word in _TIMES or parse.deps[token] == "npadvmod":
        return False
    if parse.pos[token] == "VERB":
        return parse.tags[token] in {"VBN", "VBG"} and parse.deps[token] in {"amod", "compound"}
    return parse.pos[token] in _QUALIFIER_POS


def _complement(draft: Draft, stop: int, limit: int) -> tuple[int, int, tuple[int, int, str] | None]:
    """What follows a title: "of Malawi", "for Foreign Affairs", "to the United Nations".

    Returns where the role stops, where its title stops, and the owner named in it. A complement that names an actor
    is the owner and no part of the title; one that names a field is part of it.
    """
    lower = draft.parse.lower
    if stop + 1 >= limit or lower[stop] not in {"of", "for", "to", "at", "with"}:
        return stop, stop, None
    at = stop + 1
    while at < limit and lower[at] in DETERMINERS:
        at += 1
    if at >= limit:
        return stop, stop, None
    owner = owner_at(draft, at)
    if owner is not None:
        if lower[stop] == "to":
            return owner[1], owner[1], None
        return owner[1], stop, owner
    end = at
    while end < limit and (is_capital(draft.words[end]) or lower[end] in {"and", "the", ",", "-"}) and end - at < 9:
        if lower[end] == "," and not (end + 1 < limit and _lists_on(draft, end + 1, limit)):
            break
        end += 1
    while end > at and lower[end - 1] in {"and", "the", ",", "-"}:
        end -= 1
    if end > at and lower[stop] in {"of", "for"} and draft.free(at, end):
        return end, end, None
    return stop, stop, None


def _lists_on(draft: Draft, token: int, limit: int) -> bool:
    """Whether a comma goes on a list of fields: "Foreign Affairs, Trade and Tourism"."""
    lower = draft.parse.lower
    for at in range(token, min(token + 4, limit)):
        if lower[at] == "and":
            return at > token and at + 1 < limit and is_capital(draft.words[at + 1])
        if not is_capital(draft.words[at]):
            return False
    return False


def role_before(draft: Draft, name_first: int, floor: int) -> Role | None:
    """The role that stands right before the name at `name_first`, looking back to `floor` at most."""
    best: Role | None = None
    for start in range(name_first - 1, max(floor, name_first - 14) - 1, -1):
        if draft.parse.pos[start] in {"PUNCT", "ADP", "SCONJ", "AUX"} and draft.words[start] not in {"-", "of", "for"}:
            break
        role = role_at(draft, start, name_first)
        if role is not None and role.stop == name_first:
            best = role
    return best


def role_after(draft: Draft, name_stop: int, limit: int) -> Role | None:
    """The role in apposition after a name: ", its foreign minister," or ", spokesman for the junta"."""
    if name_stop + 1 >= limit or draft.words[name_stop] not in {",", "(", "—", "–"}:
        return None
    at = name_stop + 1
    if draft.parse.lower[at] == "who" and at + 2 < limit and draft.parse.lemmas[at + 1] in {"be", "head", "lead"}:
        return None
    role = role_at(draft, at, limit)
    if role is None or (role.stop < limit and draft.parse.pos[role.stop] in {"NOUN", "PROPN"}):
        return None
    if role.head + 1 < limit and draft.words[role.head + 1] in {"'s", "'"}:
        return None
    return role


def role_predicated(draft: Draft, first: int, stop: int) -> Role | None:
    """The role that a sentence predicates of the name `first` to `stop`: "Murat Nurtleu has been Kazakhstan's foreign minister"."""
    parse = draft.parse
    root = stop - 1
    while parse.heads[root] != root and first <= parse.heads[root] < stop:
        root = parse.heads[root]
    verb = parse.heads[root]
    if parse.deps[root] != "nsubj" or parse.lemmas[verb] not in _COPULAS:
        return None
    attribute = parse.child(verb, "attr")
    if attribute is None or parse.child(verb, "neg") is not None:
        return None
    tokens = [token for token in parse.subtree(attribute) if token <= attribute]
    return role_at(draft, tokens[0], parse.sentence_of(verb).stop) if tokens else None
