"""Runs of capitals that are an organisation's name by their head noun: "Mozambique Red Cross"."""

from __future__ import annotations

from collections.abc import Iterator

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import CALENDAR, CONNECTORS, is_capital
from tablewright.coders.actors.roles import title_at

_FUNCTION_POS = frozenset({"DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX", "VERB", "ADV", "PART", "INTJ"})
_COUNTRY_HEADS = frozenset({"government", "parliament"})
# "People's Party": the possessive is a part of the name.
_NAMED_POSSESSORS = frozenset({"people", "children", "women", "men", "workers", "farmers", "lord"})
# Other governments are the country's: "the Federal Government".
_OWN_GOVERNMENTS = frozenset({"unity", "regional", "transitional", "transition", "provincial", "state"})
# With a capital, the one such body of the country beside it or of the one that the document is about.
ONLY_ONES = {
    ("senate",): "Senate",
    ("congress",): "Congress",
    ("parliament",): "Parliament",
    ("supreme", "court"): "Supreme Court",
    ("constitutional", "court"): "Constitutional Court",
    ("national", "assembly"): "National Assembly",
    ("house", "of", "representatives"): "House of Representatives",
    ("central", "bank"): "Central Bank",
    ("national", "bank"): "National Bank",
    ("reserve", "bank"): "Reserve Bank",
}
_FIELD_WORDS = frozenset({"oil", "gas", "energy", "power", "trade", "mining", "resources"})
_OPENERS = frozenset({'"', "“", "‘", ":", "'"})


def organisation_runs(draft: Draft) -> Iterator[tuple[int, int]]:
    """The tokens of every run of capitals that is an organisation's name and longer than a settled one.

    A run that is something else ("Strategic Partnership Agreement") makes the country names in it silent.
    """
    for sentence in draft.parse.sentences:
        token = sentence.first
        while token < sentence.stop:
            if not _may_begin(draft, token, sentence.first):
                token += 1
                continue
            stop = _joined_stop(draft, token, run_stop(draft, token, sentence.stop), sentence.stop)
            found = _organisation(draft, token, stop, sentence.stop) if stop > token else None
            if found is not None:
                yield found
                stop = found[1]
            token = max(stop, token + 1)


def _may_begin(draft: Draft, token: int, sentence_first: int) -> bool:
    if not is_capital(draft.words[token]):
        return False
    opens = token == sentence_first or draft.words[token - 1] in _OPENERS
    return not (opens and draft.parse.pos[token] in _FUNCTION_POS and token not in draft.hit_at)


def run_stop(draft: Draft, token: int, limit: int) -> int:
    """Where the run of capitals that begins at `token` stops; titles end it."""
    words = draft.words
    stop = token
    while stop < limit:
        if words[stop].lower() in CALENDAR:
            break
        if is_capital(words[stop]) and (title_at(draft, stop) == stop or _is_head(draft, stop)):
            stop += 1
        elif words[stop] == "-" and stop + 1 < limit and is_capital(words[stop + 1]):
            span, following = draft.name_at.get(stop - 1), draft.name_at.get(stop + 1)
            if span is not None and following is not None and span is not following:
                break
            stop += 1
        elif words[stop] == "'s" and words[stop - 1].lower() in _NAMED_POSSESSORS:
            stop += 1
        else:
            break
    return stop


def _joined_stop(draft: Draft, first: int, stop: int, limit: int) -> int:
    """Where a run stops that "and" joins to its head: "the National Defence and Security Council".

    The first half must follow a determiner or possessive and be no name of its own, the second have none before it.
    """
    words, lower = draft.words, draft.parse.lower
    if stop + 1 >= limit or lower[stop] not in {"and", "&"} or not is_capital(words[stop + 1]) or first == 0:
        return stop
    if lower[first - 1] not in {"the", "'s", "its", "their"} or stop - first > 3:
        return stop
    head = head_kind(draft, stop - 1)
    settled = any(token in draft.name_at and token not in draft.hit_at for token in range(first, stop))
    named = draft.name_at.get(stop - 1)
    if settled or named is not None or (head is not None and lower[stop - 1] not in _FIELD_WORDS):
        return stop
    after = run_stop(draft, stop + 1, limit)
    return after if after > stop + 1 and head_kind(draft, after - 1) is not None else stop


def _is_head(draft: Draft, token: int) -> bool:
    return draft.knowledge.noun("organisation", draft.parse.lower[token]) is not None


def head_kind(draft: Draft, token: int) -> str | None:
    """The kind of organisation that the noun at `token`, or it with the word before, is a head of."""
    lower, noun = draft.parse.lower, draft.knowledge.noun
    pair = f"{lower[token - 1]} {lower[token]}" if token else ""
    if noun("not_actor", pair) is not None:
        return None
    return noun("organisation", pair) or noun("organisation", lower[token])


def _organisation(draft: Draft, first: int, stop: int, limit: int) -> tuple[int, int] | None:
    """The tokens of the organisation that a run names, with its complement ("of the Homeland"); None if it is none."""
    known = draft.name_at.get(first)
    if known is not None and known.stop >= stop and known.stop - known.first > 1:
        return None
    lower = draft.parse.lower
    if draft.knowledge.noun("not_actor", lower[stop - 1]) is not None and not _is_head(draft, stop - 1):
        _silence(draft, first, stop)
        return None
    if head_kind(draft, stop - 1) is None and head_kind(draft, first) is None:
        return None
    end = complement_stop(draft, stop, limit)
    opens = head_kind(draft, first) in {"media", "company"} and stop - first == 2
    if head_kind(draft, stop - 1) is None and not opens and (end == stop or stop - first > 1):
        return None
    if head_kind(draft, stop - 1) == "media" or opens:
        before = first - 1
        if before > 0 and draft.words[before] == "The" and before != draft.parse.sentence_of(first).first:
            first = before
    if known is not None and known.first == first and known.stop == end:
        return None
    if end - first == 1 or is_state(draft, first, end) or "ministry" in lower[first:stop]:
        return None
    if tuple(lower[first:stop]) in ONLY_ONES or _is_place(draft, first, end):
        return None
    if only_governs(draft, first, stop):
        return None
    following = lower[end] if end < limit else ""
    if draft.parse.pos[min(end, limit - 1)] == "NOUN" and draft.knowledge.noun("not_actor", following) is not None:
        return None
    return first, end


def only_governs(draft: Draft, first: int, stop: int) -> bool:
    """Whether a run is the country's government and no actor of its own: "Federal Government"."""
    lower = draft.parse.lower
    return lower[stop - 1] == "government" and not _OWN_GOVERNMENTS & set(lower[first:stop])


def _is_place(draft: Draft, first: int, stop: int) -> bool:
    hit = draft.hit_at.get(first)
    return hit is not None and hit.name.form == "place" and (hit.first, hit.stop) == (first, stop)


def _silence(draft: Draft, first: int, stop: int) -> None:
    """A country in the name of a fund or law ("Ukraine Humanitarian Fund") is no mention; halves of a pair are."""
    if stop - first < 3 or "-" in draft.words[first:stop] or draft.parse.lower[stop - 1] in {"summit", "war", "talks"}:
        return
    for token in range(first, stop):
        hit = draft.hit_at.get(token)
        if hit is not None and hit.name.form == "name" and draft.kind_of(hit.name.actor_id) == "country":
            draft.silent.update(range(hit.first, hit.stop))


def complement_stop(draft: Draft, stop: int, limit: int) -> int:
    """Where a name goes on after its first run: "of the Homeland", "for Refugees", "of Trade and Industry"."""
    words, lower = draft.words, draft.parse.lower
    end = stop
    while end < limit and lower[end] in CONNECTORS:
        at = end + 1
        if at < limit and lower[at] in {"the", "all"}:
            at += 1
        if at >= limit or not is_capital(words[at]):
            break
        # "Tribunal of Justice": what begins a field is no title.
        after = max(run_stop(draft, at, limit), run_stop(draft, at + 1, limit) if _is_field(draft, at) else at)
        if lower[end - 1] == "office":
            after = max(after, title_at(draft, after))
        if after == at:
            break
        while after + 1 < limit and lower[after] in {"and", "&"} and is_capital(words[after + 1]):
            if draft.name_at.get(after + 1) is not None or draft.name_at.get(after - 1) is not None:
                break
            further = run_stop(draft, after + 1, limit)
            if further == after + 1:
                break
            after = further
        end = after
    return end


def _is_field(draft: Draft, token: int) -> bool:
    return draft.parse.lower[token] in {"justice", "state"}


def is_state(draft: Draft, first: int, stop: int) -> bool:
    """Whether a run only says which state: "Australian Government", "Government of Sudan"."""
    small = {*_COUNTRY_HEADS, *CONNECTORS, "the"}
    rest = [token for token in range(first, stop) if draft.parse.lower[token] not in small]
    return len(rest) < stop - first and all(
        (hit := draft.hit_at.get(token)) is not None and draft.kind_of(hit.name.actor_id) == "country" for token in rest
    )
