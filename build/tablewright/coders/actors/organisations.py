"""Organisations that the knowledge does not hold: by the letters, a head noun, a bracketed acronym, or the model."""

from __future__ import annotations

from tablewright.coders.actors.acronyms import Definition, find_definitions
from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CONNECTORS, Hit, is_capital
from tablewright.coders.actors.roles import title_at
from tablewright.knowledge.actors import actor_slug
from tablewright.records import Actor

_FUNCTION_POS = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "VERB", "ADV", "PART", "INTJ"})
_COUNTRY_HEADS = frozenset({"government", "parliament"})
_COMPANY_BANKS = frozenset({"central", "reserve", "state", "national", "people's"})
_SPEAKING_DEPS = frozenset({"nsubj", "nsubjpass", "agent", "poss", "pobj", "dobj", "conj", "appos", "compound"})
_MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def settle_organisations(draft: Draft) -> dict[str, str]:
    """Settles the names of organisations; returns the short forms that the document introduces, with their actors."""
    definitions = find_definitions(draft)
    for hit in draft.hits:
        if hit.name.form in {"name", "metonym"} and hit.name.always and draft.kind_of(hit.name.actor_id) != "person":
            draft.know(hit.name.actor_id, "known-name")
            draft.settle(hit.first, hit.stop, hit.name.actor_id, "known-name")
    _settle_runs(draft)
    short = _settle_definitions(draft, definitions)
    _settle_entities(draft)
    return short


def _settle_definitions(draft: Draft, definitions: list[Definition]) -> dict[str, str]:
    short: dict[str, str] = {}
    for definition in definitions:
        actor_id = _defined(draft, definition)
        if actor_id is not None:
            short[draft.words[definition.token]] = actor_id
            draft.settle(definition.token, definition.token + 1, actor_id, "acronym-introduced")
    for token, word in enumerate(draft.words):
        actor_id = short.get(word)
        span = draft.name_at.get(token)
        if actor_id and (span is None or (span.actor_id != actor_id and span.stop - span.first == 1)):
            draft.settle(token, token + 1, actor_id, "acronym-introduced")
    return short


def _defined(draft: Draft, definition: Definition) -> str | None:
    """The actor that an introduced acronym stands for; its full name is settled if it was not."""
    span = draft.name_at.get(definition.stop - 1)
    if span is not None and span.first <= definition.first + 1:
        return span.actor_id
    text = _text(draft, definition.first, definition.stop)
    last = draft.parse.lower[definition.stop - 1]
    if draft.knowledge.noun("not_actor", last) is not None and draft.knowledge.noun("organisation", last) is None:
        return None
    kind = _kind(draft, definition.first, definition.stop)
    actor_id = _new(draft, text, kind, definition.first, definition.stop, "acronym-introduced")
    draft.settle(definition.first, definition.stop, actor_id, "acronym-introduced")
    return actor_id


def _settle_runs(draft: Draft) -> None:
    """Settles runs of capitals that hold an organisation's head noun ("Mozambique Red Cross")."""
    for sentence in draft.parse.sentences:
        token = sentence.first
        while token < sentence.stop:
            if not _may_begin(draft, token, sentence.first):
                token += 1
                continue
            stop = _run(draft, token, sentence.stop)
            token = max(_settle_run(draft, token, stop, sentence.stop), token + 1)


def _may_begin(draft: Draft, token: int, sentence_first: int) -> bool:
    word = draft.words[token]
    if not is_capital(word):
        return False
    starts_speech = token == sentence_first or draft.words[token - 1] in {'"', "“", "‘", ":"}
    return not (starts_speech and draft.parse.pos[token] in _FUNCTION_POS and token not in draft.hit_at)


def _run(draft: Draft, token: int, limit: int) -> int:
    """Where the run of capitals that begins at `token` stops."""
    words = draft.words
    stop = token
    while stop < limit:
        if is_capital(words[stop]) and title_at(draft, stop) == stop:
            stop += 1
        elif words[stop] == "-" and stop + 1 < limit and is_capital(words[stop + 1]):
            span, following = draft.name_at.get(stop - 1), draft.name_at.get(stop + 1)
            if span is not None and following is not None and span is not following:
                break
            stop += 1
        elif words[stop] == "'s" and words[stop - 1].lower() in {"people", "children", "women", "men", "workers"}:
            stop += 1
        else:
            break
    return stop


def _head(draft: Draft, first: int, stop: int) -> int | None:
    """The token of an organisation's head noun in a run: its last word, or its first before "of"."""
    for token in (stop - 1, first):
        if stop > first and _head_kind(draft, token) is not None:
            return token
    return None


def _head_kind(draft: Draft, token: int) -> str | None:
    lower, noun = draft.parse.lower, draft.knowledge.noun
    pair = f"{lower[token - 1]} {lower[token]}" if token else ""
    return noun("organisation", pair) or noun("organisation", lower[token])


def _settle_run(draft: Draft, first: int, stop: int, limit: int) -> int:
    """Settles the run as an organisation if it is one; returns where to look on."""
    known = draft.name_at.get(first)
    if known is not None and known.stop >= stop and known.stop - known.first > 1:
        return known.stop
    head = _head(draft, first, stop)
    if head is None:
        return stop
    end = _complement(draft, stop, limit)
    if known is not None and known.first == first and known.stop == end:
        return end
    if end - first == 1 or _is_state(draft, first, end):
        return end
    lower = draft.parse.lower
    if end > stop and head == first and stop - first > 1:
        end = stop
    if head == first and end == stop and _head(draft, stop - 1, stop) is None:
        return stop
    if lower[head] == "ministry" or (head == stop - 1 and lower[stop - 1] == "ministry"):
        return end
    actor_id = _new(draft, _text(draft, first, end), _kind(draft, first, end), first, end, "organisation-head")
    draft.settle(first, end, actor_id, "organisation-head")
    return end


def _complement(draft: Draft, stop: int, limit: int) -> int:
    """Where a name goes on after its first run: "of the Homeland", "for Refugees", "of Trade and Industry"."""
    words, lower = draft.words, draft.parse.lower
    end = stop
    while end < limit and lower[end] in CONNECTORS:
        at = end + 1
        if at < limit and lower[at] in {"the", "all"}:
            at += 1
        if at >= limit or not is_capital(words[at]):
            break
        after = _run(draft, at, limit)
        if after == at:
            break
        while after + 1 < limit and lower[after] in {"and", "&"} and is_capital(words[after + 1]):
            if draft.name_at.get(after + 1) is not None or draft.name_at.get(after - 1) is not None:
                break
            after = _run(draft, after + 1, limit)
        end = after
    return end


def _is_state(draft: Draft, first: int, stop: int) -> bool:
    """Whether a run only says which state: "Australian Government", "Government of Sudan"."""
    rest = [
        token
        for token in range(first, stop)
        if draft.parse.lower[token] not in _COUNTRY_HEADS and draft.parse.lower[token] not in CONNECTORS
    ]
    return len(rest) < stop - first and all(
        (hit := draft.hit_at.get(token)) is not None and draft.kind_of(hit.name.actor_id) == "country" for token in rest
    )


def _kind(draft: Draft, first: int, stop: int) -> str:
    for token in [*range(stop - 1, first - 1, -1)]:
        kind = _head_kind(draft, token)
        if kind is not None and (token == stop - 1 or draft.parse.lower[token + 1] in CONNECTORS):
            words = set(draft.parse.lower[first:stop])
            if draft.parse.lower[token] == "bank" and words & _COMPANY_BANKS:
                return "government_body"
            if draft.parse.lower[token] == "bank" and "development" in words:
                return "intergovernmental_organization"
            return kind
    return _head_kind(draft, first) or "other"


def _new(draft: Draft, text: str, kind: str, first: int, stop: int, rule: str) -> str:
    """The id of an organisation of that name, made known to the document if it is new."""
    actor_id = actor_slug(text)
    if actor_id in draft.knowledge.actors:
        draft.know(actor_id, rule)
    elif actor_id not in draft.actors:
        owner = _owner(draft, first, stop)
        code = draft.country_of(owner) if owner else None
        states = kind in {"government_body", "military"}
        draft.actors[actor_id] = Actor(
            actor_id, text, kind, code, owner if states or _bloc(draft, owner) else None, rule=rule
        )
    return actor_id


def _bloc(draft: Draft, owner: str | None) -> bool:
    return owner is not None and draft.kind_of(owner) == "intergovernmental_organization"


def _owner(draft: Draft, first: int, stop: int) -> str | None:
    """The country or organisation named in an organisation's name, or as its possessor just before it."""
    for token in [*range(first, stop), *([first - 2] if first > 1 and draft.words[first - 1] in {"'s", "'"} else [])]:
        hit: Hit | None = draft.hit_at.get(token)
        if hit is not None and hit.name.form in {"name", "demonym"}:
            kind = draft.kind_of(hit.name.actor_id)
            if kind in {"country", "intergovernmental_organization"} and hit.stop - hit.first < stop - first:
                return hit.name.actor_id
    return None


def _settle_entities(draft: Draft) -> None:
    """Settles what the model takes for an organisation, where nothing speaks against it."""
    for entity in draft.parse.entities:
        if entity.label != "ORG":
            continue
        first, stop = _trimmed(draft, entity.first, entity.stop)
        if first >= stop or not draft.free(first, stop) or not _is_name(draft, first, stop):
            continue
        actor_id = _new(draft, _text(draft, first, stop), _kind(draft, first, stop), first, stop, "model-organisation")
        draft.settle(first, stop, actor_id, "model-organisation")


def _trimmed(draft: Draft, first: int, stop: int) -> tuple[int, int]:
    while first < stop and not is_capital(draft.words[first]):
        first += 1
    while stop > first and not is_capital(draft.words[stop - 1]):
        stop -= 1
    return first, stop


def _is_name(draft: Draft, first: int, stop: int) -> bool:
    """Whether the tokens can be the name of an organisation that acts."""
    parse, knowledge = draft.parse, draft.knowledge
    lower = parse.lower
    for token in range(first, stop):
        hit = draft.hit_at.get(token)
        if lower[token] in _MONTHS_AND_DAYS or (hit is not None and hit.stop - hit.first == stop - first):
            return False
        if title_at(draft, token) > token and not knowledge.noun("organisation", lower[token]):
            return False
    last = stop - 1
    if knowledge.noun("not_actor", lower[last]) is not None or parse.tags[last] not in {"NNP", "NNPS"}:
        return False
    head = parse.heads[last]
    if parse.deps[last] in {"compound", "nmod", "amod"} and not first <= head < stop:
        return False
    if stop - first == 1:
        return draft.words[first].isupper() and len(draft.words[first]) > 2 and parse.deps[last] in _SPEAKING_DEPS
    return all(
        is_capital(draft.words[token]) or lower[token] in {*CONNECTORS, "the", "and", "&", "-", "'s"}
        for token in range(first, stop)
    )


def _text(draft: Draft, first: int, stop: int) -> str:
    return draft.document.text[draft.parse.starts[first] : draft.parse.ends[stop - 1]]
