"""Events: who did what to or with whom, by the codebook's rules, as records with their anchors.

The way of a row: `triggers` finds a word that says an act, `modality` asks whether the text reports it as a fact or a
plan, `arguments` finds who takes part, `kinds` settles what the verb leaves open, `completeness` asks whether those are
named without whom it is no row; `sharpening` and `duplicates` drop what only tells an act again. What is known of
single words stands in the lexicon (knowledge/verbs/); `scene` is all that the modules look at, `grammar` reads clauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tablewright.clauses import date_of
from tablewright.coders.events.arguments import faced, roles_of, subject_is_quoted
from tablewright.coders.events.completeness import is_complete, settled_status
from tablewright.coders.events.duplicates import without_repeats
from tablewright.coders.events.gapping import gapped_gifts
from tablewright.coders.events.kinds import COOPERATIVE, decided_type, is_military
from tablewright.coders.events.modality import Status, noun_status, refuses, verb_status
from tablewright.coders.events.roles import Roles
from tablewright.coders.events.scene import Scene, make_scene
from tablewright.coders.events.sharpening import without_sharpening
from tablewright.coders.events.span import clause_of, place_of
from tablewright.coders.events.summary import summarise
from tablewright.coders.events.triggers import Trigger, find_triggers
from tablewright.knowledge.verbs import Lexicon
from tablewright.parse import Parse
from tablewright.records import Cast, DateSpan, Document, Event, Quotation

_EARLIER = 6


def find_events(
    document: Document,
    parse: Parse,
    cast: Cast,
    dates: tuple[DateSpan, ...],
    quotations: tuple[Quotation, ...],
    lexicon: Lexicon,
    places: Mapping[str, str | None],
) -> tuple[Event, ...]:
    """The events of a document in the order of the text. `places` maps names of places to ISO alpha-3 codes."""
    scene = make_scene(document, parse, cast, dates, quotations, lexicon, places)
    found: list[tuple[Trigger, Event]] = []
    for trigger in find_triggers(scene):
        event = _event(scene, trigger, [event for _, event in found[-_EARLIER:]])
        if event is not None:
            found.append((trigger, event))
            found.extend((trigger, gift) for gift in gapped_gifts(scene, trigger, event))
    kept = without_sharpening(scene, found)
    return tuple(without_repeats([event for _, event in kept], [parse.lemmas[t.token].lower() for t, _ in kept]))


def _event(scene: Scene, trigger: Trigger, earlier: list[Event]) -> Event | None:
    """The event that the trigger reports, or None where a rule of the codebook leaves it out."""
    parse = scene.parse
    if parse.words[parse.sentence_of(trigger.token).stop - 1] == "?" or subject_is_quoted(scene, trigger):
        return None
    status = noun_status(scene, trigger.token) if trigger.verb is None else verb_status(scene, trigger.verb)
    refused = status is None and trigger.verb is not None and refuses(parse, trigger.verb)
    if status is None and not refused:
        return None
    roles = roles_of(scene, trigger, earlier)
    event_type = decided_type(scene, trigger, len(roles.sources), aimed=bool(roles.targets))
    if event_type == "AID" and not roles.targets and is_military(scene, trigger):
        event_type = "MOBILIZE"
    if event_type == "MOBILIZE" and not roles.targets:
        roles = replace(roles, targets=faced(scene, trigger, roles.sources))
    if event_type is None or not is_complete(scene, trigger, event_type, roles):
        return None
    if status is None:
        if event_type not in COOPERATIVE or not roles.sources or not (roles.targets or len(roles.sources) > 1):
            return None
        event_type, status = "REJECT", "occurred"
        if not roles.targets:
            roles = Roles(roles.sources[:1], roles.sources[1:], True)
    settled = settled_status(scene, trigger, event_type, status, roles)
    return _record(scene, trigger, event_type, settled, roles) if settled is not None else None


def _record(scene: Scene, trigger: Trigger, event_type: str, status: Status, roles: Roles) -> Event:
    parse = scene.parse
    span = clause_of(parse, trigger)
    token = trigger.token
    start, end = parse.starts[span.start], parse.ends[span.stop - 1]
    place, code = place_of(scene, trigger, event_type, span)
    date = date_of(parse, scene.dates, trigger.verb if trigger.verb is not None else token)
    if date is not None and status == "ongoing" and date.date_end is not None and event_type != "AID":
        status = "occurred" if trigger.verb is None else status
    return Event(
        start=start,
        end=end,
        text=scene.document.text[start:end],
        trigger=parse.words[token],
        trigger_start=parse.starts[token],
        trigger_end=parse.ends[token],
        event_type=event_type,
        status=status,
        summary=summarise(scene, trigger, event_type, status, (roles.sources, roles.targets), span),
        sources=roles.sources,
        targets=roles.targets,
        place=place,
        place_country_code=code,
        date=date,
        rule=trigger.pattern.rule,
    )
