"""People meant by their role alone: "the president", "the Greek prime minister", "the commission's president"."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.offices import Roles, silence
from tablewright.coders.actors.roles import POSSESSIVES, Role, role_at

_FORMER = frozenset({"former", "ex", "late", "ousted", "deposed"})
_NOT_HOLDERS = frozenset({"successor", "predecessor", "deputy", "candidate", "owner", "founder"})


def settle_roles(draft: Draft, roles: Roles) -> None:
    """Mentions of people by their role alone."""
    for sentence in draft.parse.sentences:
        token = sentence.first
        while token < sentence.stop:
            role = _role(draft, token, sentence.stop, opens=token == sentence.first)
            if role is not None:
                holder = _holder(draft, role, roles)
                if holder is not None:
                    _mention(draft, role, holder)
                    token = role.head
            token += 1


def _role(draft: Draft, token: int, limit: int, *, opens: bool) -> Role | None:
    """The role alone that begins at `token`: with a determiner or a possessor, or called out ("Minister, …")."""
    lower = draft.parse.lower
    if token in draft.described:
        return None
    if (
        opens
        and token + 1 < limit
        and draft.words[token + 1] == ","
        and draft.knowledge.is_title(lower[token], "office")
    ):
        return role_at(draft, token, token + 1)
    if lower[token] not in {"the", "this"} and lower[token] not in POSSESSIVES:
        return None
    role = role_at(draft, token, limit)
    if role is None or not role.classes & {"office", "voice"} or role.head in draft.described:
        return None
    return role if _stands_alone(draft, role) else None


def _stands_alone(draft: Draft, role: Role) -> bool:
    """Whether no name goes with the role, and it is no attribute or part of another phrase."""
    parse = draft.parse
    after = role.head + 1
    if parse.tags[role.head] not in {"NN", "NNP"} or parse.deps[role.head] in {"attr", "compound"}:
        return False
    if any(_is_person(draft, token) for token in (after, role.stop)):
        return False
    if after < len(parse) and (parse.pos[after] in {"NOUN", "PROPN"} or parse.words[after] == "-"):
        return False
    return not (parse.deps[role.head] == "appos" and _is_person(draft, parse.heads[role.head]))


def _is_person(draft: Draft, token: int) -> bool:
    span = draft.name_at.get(token)
    return span is not None and draft.kind_of(span.actor_id) == "person"


def _holder(draft: Draft, role: Role, roles: Roles) -> str | None:
    """Who holds the role in this document: by the words of it, else as the only one of the country named in it."""
    owner = role.owner
    if owner is None and role.owner_token is not None:
        owner = next(iter(draft.referents.get(role.owner_token, ())), None)
        if owner is None:
            return None
    found = _by_title(draft, role, owner, roles) or _only_one_of(draft, role, owner, roles)
    return found or (_by_known_office(draft, role, roles) if owner is None and role.owner_pronoun is None else None)


def _by_known_office(draft: Draft, role: Role, roles: Roles) -> str | None:
    """The person last named who is known to hold the office, where the text gives no other role of theirs."""
    title = role.title.lower().replace("-", " ")
    before = [span for span in draft.names if span.first < role.first and span.actor_id not in roles]
    held = [span for span in before if draft.knowledge.office_of.get(span.actor_id) == title]
    # "Beijing praised the president": of another country than the one that praises.
    acting = {draft.country_of(actor_id) for actor_id in _subjects(draft, role.head)} - {None}
    held = [span for span in held if draft.country_of(span.actor_id) not in acting]
    return max(held, key=lambda span: span.first).actor_id if held else None


def _subjects(draft: Draft, token: int) -> tuple[str, ...]:
    """The actors that are the subject of the verb that `token` is an object of."""
    parse = draft.parse
    verb = parse.heads[token]
    if parse.deps[token] not in {"dobj", "pobj", "dative"}:
        return ()
    if parse.deps[token] == "pobj":
        verb = parse.heads[verb]
    subject = parse.child(verb, "nsubj")
    return draft.referents.get(subject, ()) if subject is not None else ()


def _by_title(draft: Draft, role: Role, owner: str | None, roles: Roles) -> str | None:
    head, title = draft.parse.lower[role.head], role.title.lower()
    if head in _NOT_HOLDERS:
        return None
    best: tuple[int, int, str] | None = None
    for actor_id, held in roles.items():
        actor = draft.actors[actor_id]
        for other in held:
            if draft.parse.lower[other.head] != head or other.first > role.first:
                continue
            if owner is not None and owner not in {
                actor.affiliation_id,
                draft.knowledge.countries.get(actor.country_code or ""),
            }:
                continue
            words = other.title.lower()
            if set(words.split()) & _FORMER and not set(title.split()) & _FORMER:
                continue
            if title != head and title not in words:
                continue
            score = (2 if words == title else 1, other.first, actor_id)
            best = score if best is None or score > best else best
    return best[2] if best else None


def _only_one_of(draft: Draft, role: Role, owner: str | None, roles: Roles) -> str | None:
    """The only person of the role's country named before it, where no other role of theirs is given."""
    if owner is None or draft.kind_of(owner) != "country" or "office" not in role.classes:
        return None
    head, code = draft.parse.lower[role.head], draft.country_of(owner)
    if head in _NOT_HOLDERS or code is None or head in {"ambassador", "envoy", "representative"}:
        return None
    found = {
        span.actor_id
        for span in draft.names
        if span.first < role.first
        and draft.kind_of(span.actor_id) == "person"
        and draft.country_of(span.actor_id) == code
        and all(draft.parse.lower[other.head] == head for other in roles.get(span.actor_id, ()))
    }
    return found.pop() if len(found) == 1 else None


def _mention(draft: Draft, role: Role, holder: str) -> None:
    """A mention of the holder; a possessor before the role is a mention of its own."""
    parse = draft.parse
    first = role.first
    if parse.lower[first] in POSSESSIVES or parse.words[role.title_first - 1] in {"'s", "’s", "'", "’"}:
        first = role.title_first
    if any(token in draft.referents for token in range(first, role.head + 1)):
        return
    draft.mention(holder, first, role.head + 1, "role", "role")
    silence(draft, role)
