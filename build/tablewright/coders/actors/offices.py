"""What a document says of people's offices: role titles and whom they act for; and roles that stand for people."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft, Span
from tablewright.coders.actors.roles import POSSESSIVES, Role, role_after, role_at, role_before

_OFFICES = frozenset({"office", "voice", "rank", "occupation"})


def read_offices(draft: Draft) -> dict[str, list[Role]]:
    """The roles that stand beside people's names, by person; sets title, affiliation and country from them."""
    roles: dict[str, list[Role]] = {}
    for span in sorted(draft.names, key=lambda span: span.first):
        if draft.kind_of(span.actor_id) != "person":
            continue
        for role in _beside(draft, span):
            roles.setdefault(span.actor_id, []).append(role)
            _take(draft, span, role)
    for actor_id in [actor.actor_id for actor in draft.actors.values() if actor.kind == "person"]:
        _settle_country(draft, actor_id)
    return roles


def _beside(draft: Draft, span: Span) -> list[Role]:
    sentence = draft.parse.sentence_of(span.first)
    found = []
    before = role_before(draft, span.first, sentence.first) or _role_apposed(draft, span, sentence.first)
    if before is not None and before.classes & _OFFICES:
        found.append(before)
        _silence(draft, before)
    after = role_after(draft, span.stop, sentence.stop) or _role_of_copula(draft, span)
    if after is not None and after.classes & _OFFICES:
        found.append(after)
        _silence(draft, after)
    return found


def _role_apposed(draft: Draft, span: Span, floor: int) -> Role | None:
    """The role before a comma: "its foreign minister, Ahmed Attaf"."""
    if span.first - 2 < floor or draft.words[span.first - 1] != ",":
        return None
    return role_before(draft, span.first - 1, floor)


def _role_of_copula(draft: Draft, span: Span) -> Role | None:
    """The role that a sentence predicates: "Murat Nurtleu has been Kazakhstan's foreign minister"."""
    parse = draft.parse
    root = span.stop - 1
    while parse.heads[root] != root and span.first <= parse.heads[root] < span.stop:
        root = parse.heads[root]
    verb = parse.heads[root]
    if parse.deps[root] != "nsubj" or parse.lemmas[verb] not in {"be", "become", "remain"}:
        return None
    attribute = parse.child(verb, "attr")
    if attribute is None or parse.child(verb, "neg") is not None:
        return None
    tokens = [token for token in parse.subtree(attribute) if token <= attribute]
    return role_at(draft, tokens[0], parse.sentence_of(verb).stop) if tokens else None


def _silence(draft: Draft, role: Role) -> None:
    """A country's name or demonym inside a role is a part of it, unless it stands there as a possessor."""
    for token in range(role.first, role.title_first):
        hit = draft.hit_at.get(token)
        if (
            hit is not None
            and draft.kind_of(hit.name.actor_id) == "country"
            and draft.words[hit.stop] not in {"'s", "'"}
        ):
            draft.silent.update(range(hit.first, hit.stop))


def _take(draft: Draft, span: Span, role: Role) -> None:
    """Sets what the role says of the person, where nothing was said before."""
    actor = draft.actors[span.actor_id]
    if actor.role_title is None:
        draft.amend(actor.actor_id, role_title=role.title)
    owner = role.owner
    if owner is None and role.owner_pronoun is not None:
        owner = _antecedent(draft, role.owner_pronoun)
    if owner is None or role.classes <= {"occupation"}:
        return
    if actor.affiliation_id is None or (actor.actor_id in draft.knowledge.actors and actor.rule != "office"):
        draft.know(owner, "affiliation") if owner not in draft.actors else None
        known = draft.knowledge.actors.get(actor.actor_id)
        if known is not None and known.affiliation_id is not None and draft.country_of(owner) == known.country_code:
            return
        draft.amend(actor.actor_id, affiliation_id=owner, rule="office", country_code=draft.country_of(owner))


def _antecedent(draft: Draft, pronoun: int) -> str | None:
    """The country or organisation that "its" or "their" before a role stands for: the nearest one before."""
    if draft.parse.lower[pronoun] not in {"its", "their", "whose"}:
        return None
    best: Span | None = None
    for span in draft.names:
        if (
            span.stop <= pronoun
            and draft.kind_of(span.actor_id) != "person"
            and (best is None or span.first > best.first)
        ):
            best = span
    return best.actor_id if best else None


def _settle_country(draft: Draft, actor_id: str) -> None:
    """A known person keeps a known affiliation only where the document names that actor too."""
    actor = draft.actors[actor_id]
    if actor.affiliation_id is not None and actor.affiliation_id not in draft.actors:
        home = draft.knowledge.countries.get(actor.country_code or "")
        draft.amend(actor_id, affiliation_id=home if home in draft.actors else None)


def settle_roles(draft: Draft, roles: dict[str, list[Role]]) -> None:
    """Mentions of people by their role alone: "the president", "the Greek prime minister"."""
    parse = draft.parse
    for sentence in parse.sentences:
        token = sentence.first
        while token < sentence.stop:
            lower = parse.lower[token]
            if lower not in {"the", "this"} and lower not in POSSESSIVES:
                token += 1
                continue
            role = role_at(draft, token, sentence.stop)
            if role is not None and role.classes & {"office", "voice"} and _alone(draft, role):
                holder = _holder(draft, role, roles)
                if holder is not None:
                    _mention(draft, role, holder)
                    token = role.head
            token += 1


def _alone(draft: Draft, role: Role) -> bool:
    """Whether no name goes with the role, and it is a phrase of its own."""
    parse = draft.parse
    after = role.head + 1
    if any(
        token in draft.name_at and draft.kind_of(draft.name_at[token].actor_id) == "person"
        for token in (role.stop, role.stop + 1)
        if token < len(parse)
    ) and parse.words[role.stop] in {",", *draft.words[role.stop : role.stop + 1]}:
        return parse.words[role.stop] == "," and parse.deps[role.head] != "appos" and role.stop + 1 not in draft.name_at
    if after < len(parse) and parse.pos[after] in {"NOUN", "PROPN"} and parse.words[after] not in {"'s", "’s"}:
        return False
    if parse.deps[role.head] == "appos" and parse.tags[role.head] == "NN":
        head = parse.heads[role.head]
        return not (head in draft.name_at and draft.kind_of(draft.name_at[head].actor_id) == "person")
    return parse.tags[role.head] in {"NN", "NNP"} and parse.deps[role.head] not in {"attr", "compound"}


def _holder(draft: Draft, role: Role, roles: dict[str, list[Role]]) -> str | None:
    """The person who holds the role in this document: the one whose role is worded alike, the last before it."""
    head = draft.parse.lower[role.head]
    title = role.title.lower()
    best: tuple[int, int, str] | None = None
    for actor_id, held in roles.items():
        for other in held:
            if draft.parse.lower[other.head] != head or other.first > role.first:
                continue
            owner = draft.actors[actor_id].affiliation_id
            if role.owner is not None and owner not in {role.owner, None}:
                continue
            score = 2 if other.title.lower() == title else 1
            if best is None or (score, other.first) > best[:2]:
                best = (score, other.first, actor_id)
    if best is None or (best[0] == 1 and len(title.split()) > 1 and title not in _titles(roles[best[2]])):
        return None
    return best[2]


def _titles(held: list[Role]) -> str:
    return " | ".join(role.title.lower() for role in held)


def _mention(draft: Draft, role: Role, holder: str) -> None:
    first = role.first + 1 if draft.parse.lower[role.first] in POSSESSIVES else role.first
    draft.mention(holder, first, role.head + 1, "role", "role")
    for token in range(role.first, role.head + 1):
        hit = draft.hit_at.get(token)
        if hit is not None:
            draft.silent.update(range(hit.first, hit.stop))
