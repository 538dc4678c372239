"""Where an act took place, by the words of its own clause."""

from __future__ import annotations

from collections.abc import Container, Iterable

from tablewright.coders.events.scene import Scene

_WHERE = frozenset({"in", "at", "near", "into", "to", "outside", "off", "around", "across"})
_STRICT = frozenset({"in", "at", "near", "outside", "off", "around", "into", "through", "across"})
_UNSURE_LABELS = frozenset({"GPE", "LOC", "FAC", "PERSON", "ORG"})
_BODIES = frozenset(
    {"council", "parliament", "court", "assembly", "congress", "senate", "house", "committee", "summit"}
)
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def find_place(
    scene: Scene, tokens: Iterable[int], heads: Container[int], goal: bool = False, visit: bool = False
) -> tuple[str | None, str | None]:
    """The first place among the clause's tokens, as in the text, and its country's alpha-3 code where known.

    A phrase that hangs on a noun other than `heads` may tell where that is, not the act ("the war in Ukraine").
    With `goal` the place gone to counts as well ("moved to Ankoko island"), but for an actor's name, whom something is
    sent to, that holds only of a `visit`.
    """
    parse = scene.parse
    for token in tokens:
        if parse.lower[token] not in (_WHERE if goal else _STRICT) or parse.pos[token] not in ("ADP", "SCONJ"):
            continue
        inner = parse.child(token, "pobj")
        above = parse.heads[token]
        if inner is None or (above not in heads and parse.lemmas[above] in scene.lexicon.classes["situation"]):
            continue
        if parse.lower[token] == "to" and not visit and inner in scene.cast.referents:
            continue
        place = name_at(scene, inner) or _unknown_name(scene, inner)
        if place is not None:
            return place
    return None, None


def name_at(scene: Scene, token: int) -> tuple[str, str | None] | None:
    """The place name that `token` heads and its country, if it is one."""
    parse = scene.parse
    entity = parse.entity(token)
    if entity is not None and entity.label in _PLACE_LABELS:
        first, stop = entity.first, entity.stop
        if parse.lower[first] == "the":
            first += 1
    else:
        first = token
        while parse.pos[first - 1 if first else 0] == "PROPN" and parse.heads[first - 1] == token and first:
            first -= 1
        stop = token + 1
    if first >= stop:
        return None
    text = scene.document.text[parse.starts[first] : parse.ends[stop - 1]]
    code = scene.places.get(text) or scene.places.get(parse.words[token])
    if code is None and entity is None:
        return None
    if code is None and entity is not None and entity.label not in _PLACE_LABELS:
        return None
    return text, code


def _unknown_name(scene: Scene, token: int) -> tuple[str, None] | None:
    """A proper name after a preposition of place that nobody knows, and that is nobody's."""
    parse = scene.parse
    entity = parse.entity(token)
    if (
        parse.pos[token] != "PROPN"
        or token in scene.cast.referents
        or parse.child(token, "compound") in scene.cast.referents
    ):
        return None
    if entity is not None and entity.label not in _UNSURE_LABELS:
        return None
    first = token
    while parse.pos[first - 1] == "PROPN" and parse.heads[first - 1] == token:
        first -= 1
    if parse.child(token, "det") is not None and parse.lower[token] in _BODIES:
        return None
    return scene.document.text[parse.starts[first] : parse.ends[token]], None


def host_of(scene: Scene, token: int) -> tuple[str, ...]:
    """The country that hosts whoever goes to the place at `token`: the government whose capital or land it is."""
    place = name_at(scene, token)
    if place is None or place[1] is None:
        return ()
    country = scene.countries.get(place[1])
    return (country,) if country else ()
