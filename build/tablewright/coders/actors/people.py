"""People: full names by the knowledge, the model, titles and apposition; then the short forms of those names."""

from __future__ import annotations

from collections.abc import Iterator

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CALENDAR, is_capital
from tablewright.coders.actors.names import SUFFIXES, ends_in_brand, is_name, name_run, stands_alone
from tablewright.coders.actors.organisations import in_place
from tablewright.coders.actors.roles import role_after, role_before, role_predicated, title_at
from tablewright.knowledge.actors import actor_slug
from tablewright.records import Actor

_SAYING = frozenset(
    [
        "say",
        "tell",
        "add",
        "ask",
        "warn",
        "note",
        "write",
        "argue",
        "claim",
        "insist",
        "explain",
        "reply",
        "announce",
        "declare",
        "admit",
        "deny",
        "remark",
        "recall",
        "observe",
        "suggest",
        "stress",
        "urge",
        "believe",
        "think",
        "call",
        "describe",
        "meet",
        "visit",
        "win",
        "resign",
        "become",
        "serve",
        "live",
        "work",
        "laugh",
        "smile",
    ]
)


def settle_people(draft: Draft) -> list[tuple[int, int, str]]:
    """Settles full names; returns where single names stand that may be people's, and by what rule."""
    for hit in draft.hits:
        if hit.name.form == "name" and draft.kind_of(hit.name.actor_id) == "person" and stands_alone(draft, hit.stop):
            draft.know(hit.name.actor_id, "known-person")
            _spell(draft, hit.name.actor_id, hit.first, hit.stop)
            draft.settle(hit.first, hit.stop, hit.name.actor_id, "known-person")
    single: list[tuple[int, int, str]] = []
    for first, stop, rule in _candidates(draft):
        if stop - first == 1 or (stop - first == 3 and draft.words[first + 1] == "-"):
            single.append((first, stop, rule))
        elif draft.free(first, stop) or _outweighs(draft, first, stop) or ends_in_brand(draft, first, stop):
            settle_person(draft, first, stop, rule)
    return single


def _spell(draft: Draft, actor_id: str, first: int, stop: int) -> None:
    """Gives a person the accents that the document writes where the known name is the same without them."""
    text = draft.document.text[draft.parse.starts[first] : draft.parse.ends[stop - 1]]
    known = draft.actors[actor_id].name
    if text != known and not text.isascii() and known.isascii() and actor_slug(text) == actor_slug(known):
        draft.amend(actor_id, name=text)


def _outweighs(draft: Draft, first: int, stop: int) -> bool:
    """Whether a name of two words and more takes in a place or country of one ("Jordan Henderson")."""
    covered = {draft.name_at[token] for token in range(first, stop) if token in draft.name_at}
    return (
        all(
            span.first >= first
            and span.stop <= stop
            and span.stop - span.first == 1
            and span.rule == "known-name"
            and draft.kind_of(span.actor_id) == "country"
            and span.first == first
            for span in covered
        )
        and stop - first == 2
    )


def _candidates(draft: Draft) -> Iterator[tuple[int, int, str]]:
    """Where a person's full name may stand: by the model, after a title, and before an apposition."""
    for entity in draft.parse.entities:
        if entity.label == "PERSON":
            first, stop = _trimmed(draft, entity.first, entity.stop)
            if stop - first < 2 or not is_name(draft, first, stop):
                continue
            if not in_place(draft, stop - 1) or _is_titled(draft, first):
                yield first, stop, "model-person"
    for sentence in draft.parse.sentences:
        token = sentence.first
        while token < sentence.stop:
            stop = name_run(draft, token, sentence.stop)
            if stop == token:
                token += 1
                continue
            if (draft.free(token, stop) or ends_in_brand(draft, token, stop)) and is_name(draft, token, stop):
                rule = _evidence(draft, token, stop, sentence.first, sentence.stop)
                if rule is not None:
                    yield token, stop, rule
            token = stop


def _trimmed(draft: Draft, first: int, stop: int) -> tuple[int, int]:
    """The tokens of an entity without titles before and possessives after the name."""
    moved = True
    while moved and first < stop:
        moved = False
        after = title_at(draft, first)
        if after > first or not is_capital(draft.words[first]):
            first, moved = max(after, first + 1), True
    while stop > first and (
        not (is_capital(draft.words[stop - 1]) or draft.parse.lower[stop - 1] in SUFFIXES)
        or (stop - first > 2 and draft.knowledge.is_title(draft.parse.lower[stop - 1], "honorific"))
    ):
        stop -= 1
    starts, ends = draft.parse.starts, draft.parse.ends
    while stop + 1 < len(draft.words) and draft.words[stop] == "-" and draft.words[stop + 1].isalpha():
        if not ends[stop - 1] == starts[stop] == ends[stop] - 1 == starts[stop + 1] - 1:
            break
        stop += 2
    while (
        first > 0
        and is_capital(draft.words[first - 1])
        and draft.parse.pos[first - 1] == "PROPN"
        and draft.parse.heads[first - 1] in range(first, stop)
        and first - 1 not in draft.hit_at
        and draft.parse.lower[first - 1] not in CALENDAR
        and title_at(draft, first - 1) == first - 1
    ):
        first -= 1
    return first, stop


def _evidence(draft: Draft, first: int, stop: int, floor: int, limit: int) -> str | None:
    """What says that a run of capitals is a person: a title before, a role after, or a verb that people do."""
    parse = draft.parse
    before = role_before(draft, first, floor)
    if stop - first == 1 and draft.parse.tags[first] == "NNPS":
        return None
    titled = {"office", "voice", "rank"} if stop - first == 1 else {"office", "voice", "rank", "honorific"}
    if before is not None and before.classes & titled:
        return "title-before"
    if (
        stop - first > 1
        and first - 2 > floor
        and draft.words[first - 1] == ","
        and draft.words[stop : stop + 1] == [","]
    ):
        before = role_before(draft, first - 1, floor)
        if before is not None and before.definite and before.classes & {"office", "voice", "rank"}:
            return "role-before"
    after = role_after(draft, stop, limit)
    if (
        after is not None
        and after.classes & {"office", "voice", "rank", "occupation"}
        and (parse.deps[stop - 1] != "pobj" or (stop - first > 1 and after.definite and not in_place(draft, stop - 1)))
    ):
        return "role-after"
    predicated = role_predicated(draft, first, stop)
    if predicated is not None and predicated.classes & {"office", "voice"}:
        return "role-predicated"
    if stop - first >= 2 and first not in draft.hit_at:
        root = stop - 1
        while parse.heads[root] != root and first <= parse.heads[root] < stop:
            root = parse.heads[root]
        if parse.deps[root] == "nsubj" and parse.lemmas[parse.heads[root]] in _SAYING:
            return "name-speaks"
    return None


def _is_titled(draft: Draft, first: int) -> bool:
    before = role_before(draft, first, draft.parse.sentence_of(first).first)
    return before is not None and bool(before.classes & {"office", "voice", "rank", "honorific"})


def settle_person(draft: Draft, first: int, stop: int, rule: str) -> None:
    text = draft.document.text[draft.parse.starts[first] : draft.parse.ends[stop - 1]]
    actor_id = actor_slug(text)
    if actor_id in draft.knowledge.actors:
        draft.know(actor_id, rule)
    elif actor_id not in draft.actors:
        draft.actors[actor_id] = Actor(actor_id, text, "person", rule=rule)
    draft.settle(first, stop, actor_id, rule)
