"""Relations from events to mentions, read as the parts that actors have in the events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tablewright.anchors import Span
from tablewright.decision import JOINT, split_cell
from tablewright.decisioncells import EVENTS, ROLES
from tablewright.interchange.exchange import Found, Sheet
from tablewright.interchange.matching import Matches
from tablewright.interchange.underreview import Standing

_MENTIONS = "mentions"


def with_links(sheet: Sheet, matches: Matches, standing: Sequence[Standing]) -> dict[int, dict[str, str]]:
    """The cells of the marks whose relations say something new, by the mark's `id()`: a relation that was drawn adds
    the actor to the event, one that was taken away takes the actor out of it.
    """
    if sheet.links is None:
        return {}
    marks = {mark.key: mark for mark in sheet.marks}
    rows = {mark.key: row for mark, _, row in matches.same}
    spans = {mark.key: span for mark, span, _ in matches.same}
    spans |= {mark.key: span for mark, span in matches.new}
    mentions = {key: actor for key, mark in marks.items() if (actor := _actor(mark, rows.get(key)))}
    drawn: dict[str, set[tuple[str, str]]] = {}
    for event, mention, role in sheet.links:
        if role in ROLES and mention in mentions:
            drawn.setdefault(event, set()).add((role, mentions[mention]))
    found: dict[int, dict[str, str]] = {}
    for key, mark in marks.items():
        if mark.table == EVENTS and key in spans:
            row = rows.get(key)
            sent = _sent(row, mentions, rows, spans) if row else set()
            cells = _linked(mark, row, drawn.get(key, set()), sent)
            if cells is not None:
                found[id(mark)] = cells
    return found


def _actor(mark: Found, row: Standing | None) -> str | None:
    """The actor whom a mention names."""
    if mark.table != _MENTIONS:
        return None
    return mark.cells.get("actor_id") or (row.cells.get("actor_id") if row else None)


def _sent(
    event: Standing, mentions: Mapping[str, str], rows: Mapping[str, Standing], spans: Mapping[str, Span]
) -> set[tuple[str, str]]:
    """The relations that the event was sent with, as far as their mentions came back."""
    start, end = event.span
    within = {
        mentions[key] for key in mentions if key in rows and start <= rows[key].span[0] and rows[key].span[1] <= end
    }
    return {(role, each) for role in ROLES for each in split_cell(event.cells.get(role, "")) if each in within}


def _linked(
    mark: Found, row: Standing | None, drawn: set[tuple[str, str]], sent: set[tuple[str, str]]
) -> dict[str, str] | None:
    if drawn == sent:
        return None
    cells = dict(mark.cells)
    for role in ROLES:
        said = cells.get(role, row.cells.get(role, "") if row and not mark.all_fields else "")
        gone = {actor for each, actor in sent - drawn if each == role}
        new = sorted(actor for each, actor in drawn - sent if each == role)
        ids = [each for each in split_cell(said) if each not in gone]
        cells[role] = JOINT.join(dict.fromkeys([*ids, *new]))
    return cells
