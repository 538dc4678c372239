"""Who is who in a document: actors, their mentions, and what other words stand for them.

Rules in order, each leaning on those before it: known names and organisations (`organisations`, `runs`, `acronyms`),
bodies of a state (`bodies`), people (with `names`), those who answer in an interview, and the short forms of their names (`people`,
`interviews` with `topmatter`, `shortforms`), organisations by description (`described`), capitals and nationalities (`states`), offices beside names (`roles`, `offices`), common nouns
that point back (`anaphors`, `groups`), roles alone (`holders`), pronouns (`pronouns`). The draft that they share is in
`draft`.
"""

from __future__ import annotations

from tablewright.coders.actors.anaphors import settle_anaphors
from tablewright.coders.actors.bodies import settle_bodies
from tablewright.coders.actors.described import settle_described
from tablewright.coders.actors.draft import Draft, Span
from tablewright.coders.actors.holders import settle_roles
from tablewright.coders.actors.interviews import resolve_first_persons, settle_interview
from tablewright.coders.actors.offices import complete_offices, read_offices
from tablewright.coders.actors.organisations import settle_entities, settle_organisations
from tablewright.coders.actors.people import settle_people
from tablewright.coders.actors.pronouns import resolve_pronouns, settle_home_countries
from tablewright.coders.actors.shortforms import settle_short_forms
from tablewright.coders.actors.states import states_by_capital, states_by_nationality
from tablewright.knowledge.actors import ActorKnowledge
from tablewright.parse import Parse
from tablewright.records import Cast, Document

__all__ = ["find_cast"]

_MEMBERS = frozenset(["members", "countries", "nations", "states", "allies", "capitals", "governments"])


def find_cast(document: Document, parse: Parse, knowledge: ActorKnowledge) -> Cast:
    """The cast of `document`: its actors, the spans that mention them, and the tokens that stand for them."""
    draft = Draft.begin(document, parse, knowledge)
    settle_organisations(draft)
    settle_bodies(draft)
    single = settle_people(draft)
    interview = settle_interview(draft)
    settle_short_forms(draft, single)
    settle_described(draft)
    settle_entities(draft)
    states_by_capital(draft)
    roles = read_offices(draft)
    _mention_names(draft)
    states_by_nationality(draft)
    settle_anaphors(draft)
    settle_roles(draft, roles)
    resolve_first_persons(draft, interview)
    settle_home_countries(draft)
    resolve_pronouns(draft)
    complete_offices(draft, roles)
    return draft.cast()


def _mention_names(draft: Draft) -> None:
    """Mentions for the settled names; one inside a role that it only qualifies stands for nothing of its own."""
    for span in draft.names:
        if _is_branch(draft, span):
            continue
        if span.first in draft.silent or _only_members(draft, span):
            continue
        hit = draft.hit_at.get(span.first)
        metonym = hit is not None and hit.name.form == "metonym" and hit.stop == span.stop
        draft.mention(span.actor_id, span.first, span.stop, "metonym" if metonym else "name", span.rule)


def _only_members(draft: Draft, span: Span) -> bool:
    """Whether a name says whose members act: "NATO members" is no mention of NATO."""
    following = [word for word in draft.parse.lower[span.stop : span.stop + 2] if word != "-"]
    if draft.kind_of(span.actor_id) != "intergovernmental_organization" or not following:
        return False
    return following[0] in _MEMBERS or (following[0] == "member" and len(following) > 1)


def _is_branch(draft: Draft, span: Span) -> bool:
    """Whether a country's name only says which branch of an organisation: "Oxfam Australia"."""
    before = draft.name_at.get(span.first - 1)
    return (
        before is not None
        and draft.kind_of(span.actor_id) == "country"
        and draft.kind_of(before.actor_id) in {"ngo", "company", "media"}
    )
