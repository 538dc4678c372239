"""Nouns and numerals that stand for several actors at once: "both sides", "the two countries", "the three"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tablewright.coders.actors.draft import Draft

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_OF_TWO = {"former": 0, "latter": 1}
_BODIES = frozenset({"intergovernmental_organization", "other", "military", "ngo", "company", "government_body"})
_KINDS = {
    "any": frozenset({"country", "political_party", *_BODIES}),
    "country": frozenset({"country"}),
    "person": frozenset({"person"}),
    "organisation": _BODIES,
}
_SENTENCES_BACK = 3
_MOST_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention in the order of the text, as those that follow look back on it."""

    first: int
    stop: int
    actor_id: str
    kind: str
    sentence: int


def group_at(draft: Draft, token: int, seen: Sequence[Naming]) -> tuple[int, int, list[str], str] | None:
    """The group phrase that begins at `token`: its tokens, the actors it stands for, and the rule's name."""
    parse = draft.parse
    lower = parse.lower
    at = token
    if lower[at] == "the" and at + 1 < len(parse) and lower[at + 1] in _NUMBERS and lower[at + 1] != "both":
        at += 1
    elif lower[at] == "the" and at + 1 < len(parse) and lower[at + 1] in {"sides", "foes"}:
        found = _named_together(draft, token, 2, _KINDS["any"], seen)
        return (token, at + 2, found, "group") if found else None
    elif lower[at] == "the" and at + 1 < len(parse) and lower[at + 1] in _OF_TWO:
        return _of_two(draft, token, seen)
    elif lower[at] != "both":
        return None
    count = _NUMBERS[lower[at]]
    stop = at + 1
    while stop < len(parse) and stop - at <= _MOST_MODIFIERS and _modifies(draft, stop):
        stop += 1
    noun = lower[stop] if stop < len(parse) else ""
    use = draft.knowledge.noun("group", noun)
    if use is not None:
        found = _named_together(draft, token, count, _KINDS[use], seen)
        return (token, stop + 1, found, "group") if found else None
    if lower[at] == "both" or noun in {"-", "of"} or parse.pos[stop] in {"NOUN", "ADJ", "PROPN", "NUM"}:
        return None
    for kinds in (_KINDS["person"], _KINDS["any"]):
        found = _named_together(draft, token, count, kinds, seen, near=True)
        if found:
            return token, at + 1, found, "group"
    return None


def _of_two(draft: Draft, token: int, seen: Sequence[Naming]) -> tuple[int, int, list[str], str] | None:
    """ "The former", "the latter" without a noun: one of the two people, or the two others, named last in a sentence."""
    stop = token + 2
    if stop < len(draft.parse) and draft.parse.pos[stop] in {"NOUN", "PROPN", "ADJ", "NUM"}:
        return None
    for kinds in (_KINDS["person"], _KINDS["any"]):
        found = _named_together(draft, token, 2, kinds, seen, near=True)
        if found:
            return token, stop, [found[_OF_TWO[draft.parse.lower[token + 1]]]], "group"
    return None


def _modifies(draft: Draft, token: int) -> bool:
    """Whether a word may stand before a group's noun: "both nuclear-armed neighbours", "the two warring sides"."""
    parse = draft.parse
    if draft.knowledge.noun("group", parse.lower[token]) is not None or token in draft.hit_at:
        return False
    return parse.pos[token] in {"ADJ", "ADV"} or parse.tags[token] == "VBN" or parse.words[token] == "-"


def _named_together(
    draft: Draft, token: int, count: int, kinds: frozenset[str], seen: Sequence[Naming], *, near: bool = False
) -> list[str]:
    """The last actors of these kinds named together: in one sentence and no others with them, or joined by "and"."""
    here = draft.parse.sentence_of(token).position
    fitting = [naming for naming in seen if naming.kind in kinds]
    back = 1 if kinds == _KINDS["any"] and not near else _SENTENCES_BACK
    for position in range(here, max(here - back, 0) - 1, -1):
        inside = [naming for naming in fitting if naming.sentence == position]
        joined = _joined(draft, inside, count)
        if joined:
            return joined
        distinct = list(dict.fromkeys(naming.actor_id for naming in inside))
        if len(distinct) == count and (near or len({naming.kind for naming in inside}) == 1):
            return distinct
    return [] if near else _most_joined(draft, fitting, count)


def _most_joined(draft: Draft, namings: Sequence[Naming], count: int) -> list[str]:
    """The actors that the document joins most often, the last among equals: its two sides."""
    times: Counter[frozenset[str]] = Counter()
    last: dict[frozenset[str], list[str]] = {}
    for end in range(count, len(namings) + 1):
        row = _joined(draft, namings[end - count : end], count)
        if row:
            times[frozenset(row)] += 1
            last[frozenset(row)] = row
    if not times:
        return []
    most = max(times.values())
    return [row for pair, row in last.items() if times[pair] == most][-1]


def _joined(draft: Draft, namings: Sequence[Naming], count: int) -> list[str]:
    """The last `count` namings in a row that "and" and commas join."""
    for end in range(len(namings) - 1, count - 2, -1):
        row = namings[end - count + 1 : end + 1]
        if len({naming.actor_id for naming in row}) < count:
            continue
        if all(_links(draft, left, right) for left, right in pairwise(row)):
            return [naming.actor_id for naming in row]
    return []


def _links(draft: Draft, left: Naming, right: Naming) -> bool:
    """Whether only "and", a comma, "-" or words of a role stand between two namings."""
    between = range(left.stop, right.first)
    words = [draft.parse.lower[token] for token in between]
    if not words or len(words) > 7:
        return False
    if any(draft.parse.pos[token] in {"VERB", "AUX"} for token in between):
        return False
    if words[0].startswith(")") and len(words) > 1:
        words = words[1:]
    return words[0] in {"and", "-", "–"} or (words[0] == "," and "and" in words) or words == [","]
