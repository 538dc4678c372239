"""What a document says of people's offices beside their names: role titles, and whom they act for."""

from __future__ import annotations

from tablewright.coders.actors.draft import Draft, Span
from tablewright.coders.actors.roles import Role, owner_at, role_after, role_before, role_predicated
from tablewright.parse import SUBJECT_DEPS

_OFFICES = frozenset({"office", "voice", "rank", "occupation"})
_STATE_OFFICES = frozenset({"minister", "president", "premier", "chancellor"})
_LEADING = frozenset({"head", "lead", "chair", "run", "govern", "direct", "command", "rule"})
# Words of the text before a title that say when, not what.
_LOOSE = frozenset({"new", "current", "the", "then", "formerly"})

# "His Colombian counterpart" says no office.
_RELATIVE = frozenset({"counterpart", "predecessor", "successor"})

Roles = dict[str, list[Role]]


def read_offices(draft: Draft) -> Roles:
    """The roles that stand beside people's names, by person; sets title, affiliation and country from them."""
    roles: Roles = {}
    for span in sorted(draft.names, key=lambda span: span.first):
        if draft.kind_of(span.actor_id) != "person":
            continue
        for role in _beside(draft, span):
            roles.setdefault(span.actor_id, []).append(role)
            _take_title(draft, span.actor_id, role)
            _take_owner(draft, span.actor_id, role, role.owner or _owner_behind(draft, span, role))
        _take_possessor(draft, span)
        _take_party(draft, span)
    return roles


def _owner_behind(draft: Draft, span: Span, role: Role) -> str | None:
    """The country behind a titled name: "Prime Minister James Marape of Papua New Guinea"."""
    if role.stop != span.first or role.classes <= {"occupation"} or draft.words[span.stop : span.stop + 1] != ["of"]:
        return None
    owner = owner_at(draft, span.stop + 1) if span.stop + 1 < len(draft.words) else None
    return owner[2] if owner is not None and draft.kind_of(owner[2]) == "country" else None


def _take_party(draft: Draft, span: Span) -> None:
    """Whom a person belongs to by "of" behind the name: "Luisa González of the Citizen Revolution movement"."""
    at = span.stop + 1
    if draft.actors[span.actor_id].affiliation_id is not None or draft.words[span.stop : at] != ["of"]:
        return
    if at < len(draft.words) and draft.parse.lower[at] == "the":
        at += 1
    owner = draft.name_at.get(at)
    if owner is None or draft.kind_of(owner.actor_id) in {"person", "country"}:
        return
    code = draft.country_of(owner.actor_id) or draft.actors[span.actor_id].country_code
    draft.amend(span.actor_id, affiliation_id=owner.actor_id, country_code=code, rule="office")


def _take_possessor(draft: Draft, span: Span) -> None:
    """Whom a person acts for by a bare possessor: "Amnesty International's Tigere Chagutah"."""
    actor = draft.actors[span.actor_id]
    if span.first < 2 or draft.words[span.first - 1] not in {"'s", "'"} or actor.affiliation_id is not None:
        return
    owner = draft.name_at.get(span.first - 2)
    if owner is not None and draft.kind_of(owner.actor_id) != "person":
        code = draft.country_of(owner.actor_id)
        draft.amend(span.actor_id, affiliation_id=owner.actor_id, country_code=code, rule="office")


def _beside(draft: Draft, span: Span) -> list[Role]:
    """The roles beside one name; what in them names a country is part of the role."""
    sentence = draft.parse.sentence_of(span.first)
    before = role_before(draft, span.first, sentence.first)
    if before is None and span.first - 2 >= sentence.first and draft.words[span.first - 1] == ",":
        before = role_before(draft, span.first - 1, sentence.first)
    after = role_after(draft, span.stop, sentence.stop) or role_predicated(draft, span.first, span.stop)
    found = [role for role in (before, after) if role is not None and role.classes & _OFFICES]
    for role in found:
        draft.described.update(range(role.first, role.head + 1))
        silence(draft, role)
    return found


def silence(draft: Draft, role: Role) -> None:
    """A country's name or demonym inside a role is a part of it, unless it stands there as a possessor."""
    for token in range(role.first, role.title_first):
        hit = draft.hit_at.get(token)
        if hit is None or draft.kind_of(hit.name.actor_id) != "country" or draft.words[hit.stop] in {"'s", "'"}:
            continue
        if hit.name.form == "metonym":
            continue
        draft.silent.update(range(hit.first, hit.stop))


def _take_title(draft: Draft, actor_id: str, role: Role) -> None:
    if draft.actors[actor_id].role_title is None and draft.parse.lower[role.head] not in _RELATIVE:
        words = role.title.split()
        while len(words) > 1 and words[0].lower() in _LOOSE:
            words = words[1:]
        draft.amend(actor_id, role_title=" ".join(words))


def _take_owner(draft: Draft, actor_id: str, role: Role, owner: str | None, *, explicit: bool = True) -> None:
    """Sets whom a person acts for. What is known stands against a pronoun, and a country adds nothing to it."""
    actor = draft.actors[actor_id]
    if owner is None or owner == actor_id or actor.rule == "office":
        return
    if role.classes <= {"occupation"}:
        # "The Lebanese writer": of the country, not for it.
        if explicit and actor.country_code is None and draft.kind_of(owner) == "country":
            draft.amend(actor_id, country_code=draft.country_of(owner))
        return
    known = draft.knowledge.actors.get(actor_id)
    if known is not None and known.affiliation_id is not None:
        if not explicit:
            return
        if draft.kind_of(owner) == "country" and draft.country_of(owner) == known.country_code:
            draft.know(known.affiliation_id, "affiliation")
            draft.amend(actor_id, rule="office")
            return
    if owner not in draft.actors:
        draft.know(owner, "affiliation")
    draft.amend(actor_id, affiliation_id=owner, country_code=draft.country_of(owner), rule="office")


def complete_offices(draft: Draft, roles: Roles) -> None:
    """Affiliations that lean on other words ("the island's economy minister"), once these are resolved.

    Somebody known keeps a known affiliation only where the document names that actor too.
    """
    for actor_id, held in roles.items():
        for role in held:
            for token in (role.owner_token, role.owner_pronoun):
                owner = next(iter(draft.referents.get(token, ())), None) if token is not None else None
                if owner is not None and draft.kind_of(owner) != "person":
                    _take_owner(draft, actor_id, role, owner, explicit=token == role.owner_token)
            if draft.actors[actor_id].affiliation_id is None and draft.parse.lower[role.head] in _STATE_OFFICES:
                _take_owner(draft, actor_id, role, _country_in_hand(draft, role))
    _take_led(draft)
    named = {mention.actor_id for mention in draft.mentions}
    named |= {hit.name.actor_id for hit in draft.hits if hit.first in draft.silent}
    for actor_id in [actor.actor_id for actor in draft.actors.values() if actor.kind == "person"]:
        actor = draft.actors[actor_id]
        if actor.affiliation_id is None or actor.rule == "office" or actor.affiliation_id in named:
            continue
        home = draft.knowledge.countries.get(actor.country_code or "")
        draft.amend(actor_id, affiliation_id=home if home in named else None)


def _take_led(draft: Draft) -> None:
    """Whom people act for by what they lead: "Petković, who heads the government's Office for Kosovo"."""
    for span in draft.names:
        actor = draft.actors[span.actor_id]
        if actor.kind != "person" or actor.affiliation_id is not None:
            continue
        led = _led(draft, span)
        if led is not None:
            draft.amend(span.actor_id, affiliation_id=led, country_code=draft.country_of(led) or actor.country_code)


def _led(draft: Draft, span: Span) -> str | None:
    parse = draft.parse
    root = span.stop - 1
    while parse.heads[root] != root and span.first <= parse.heads[root] < span.stop:
        root = parse.heads[root]
    verbs = parse.children(root, "relcl")
    if parse.deps[root] == "nsubj":
        verbs.append(parse.heads[root])
    for verb in verbs:
        thing = parse.child(verb, "dobj") if parse.lemmas[verb] in _LEADING else None
        if thing is None or parse.tags[verb] not in {"VBZ", "VBP"} or parse.child(verb, "neg") is not None:
            continue
        for token in (thing, *parse.children(thing, "poss", "amod", "compound")):
            found = draft.referents.get(token, ())
            if len(found) == 1 and found[0] != span.actor_id and draft.kind_of(found[0]) != "person":
                return found[0]
    return None


def _country_in_hand(draft: Draft, role: Role) -> str | None:
    """The country that the text is about where it names a minister of no country: the last subject or possessor,
    in the same sentence or the one before."""
    here = draft.parse.sentence_of(role.first).position
    for mention in sorted(draft.mentions, key=lambda mention: -mention.first):
        if mention.first >= role.first or draft.kind_of(mention.actor_id) != "country":
            continue
        if draft.parse.sentence_of(mention.first).position < here - 1:
            return None
        if draft.parse.deps[mention.stop - 1] in {*SUBJECT_DEPS, "poss"}:
            return mention.actor_id
    return None
