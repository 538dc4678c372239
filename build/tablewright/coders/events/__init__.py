"""Events: who did what to or with whom, by the codebook's rules, as records with their anchors.

The way of a row: `triggers` finds a word that says an act, `modality` asks whether the text reports it as a fact or a
plan, `arguments` finds who takes part, `types` settles what the verb leaves open, `places` where; `duplicates` drops
what was told before. The lexicon (knowledge/verbs.csv, nouns.csv) holds what is known of single words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tablewright.clauses import date_of
from tablewright.coders.events.arguments import Roles, faced, roles_of, subject_is_quoted, visited_from
from tablewright.coders.events.duplicates import without_repeats, without_sharpening
from tablewright.coders.events.grammar import VERBAL, doer, is_passive, own_tokens
from tablewright.coders.events.modality import Status, is_simple_present, noun_status, refuses, verb_status
from tablewright.coders.events.places import find_place, name_at
from tablewright.coders.events.scene import Scene, actors_of, make_scene
from tablewright.coders.events.summary import summarise
from tablewright.coders.events.triggers import Trigger, find_triggers, object_lemmas
from tablewright.coders.events.types import COOPERATIVE, decided_type, is_military
from tablewright.knowledge.verbs import Lexicon
from tablewright.parse import Parse
from tablewright.records import Cast, DateSpan, Document, Event, Quotation

_EARLIER = 6
_SOMEBODY = frozenset({"he", "she", "they", "it", "who"})
_SPOKEN = frozenset({"ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "CONCEDE"})
_STATIVE = frozenset({"support", "back", "oppose", "defend", "recognise", "recognize", "resist", "require", "champion"})
_GOING = frozenset({"CONSULT", "RETREAT", "MOBILIZE", "ASSAULT", "COERCE", "AID"})


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
    event_type = decided_type(scene, trigger, len(roles.sources))
    if event_type == "AID" and not roles.targets and is_military(scene, trigger):
        event_type = "MOBILIZE"
    if event_type == "MOBILIZE" and not roles.targets:
        roles = replace(roles, targets=faced(scene, trigger, roles.sources))
    if event_type is None or not _complete(scene, trigger, event_type, roles):
        return None
    if status is None:
        if event_type not in COOPERATIVE or not roles.sources or not (roles.targets or len(roles.sources) > 1):
            return None
        event_type, status = "REJECT", "occurred"
        if not roles.targets:
            roles = Roles(roles.sources[:1], roles.sources[1:], True)
    settled = _settled(scene, trigger, event_type, status, roles)
    return _record(scene, trigger, event_type, settled, roles) if settled is not None else None


def _complete(scene: Scene, trigger: Trigger, event_type: str, roles: Roles) -> bool:
    """Whether the act names those without whom it is no row."""
    needs = trigger.pattern.needs
    if not roles.sources and not roles.targets:
        return False
    if needs in ("crowd", "received"):
        return needs == "crowd" or bool(roles.targets)
    if trigger.verb is None and not roles.sources and event_type != "PROTEST":
        return False
    if trigger.pattern.joint == "joint" and (len(roles.sources) > 1 or needs == "joint" or trigger.verb is None):
        return len(roles.sources) > 1
    if trigger.verb is not None and not roles.sources and event_type in _SPOKEN | COOPERATIVE:
        head = doer(scene.parse, trigger.verb)
        known = head is not None and (
            scene.parse.lower[head] in _SOMEBODY
            or scene.parse.lemmas[head].lower() in scene.lexicon.classes["institution"]
        )
        if not known and (head is not None or not is_passive(scene.parse, trigger.verb)):
            return False
        if known:
            return bool(roles.targets)
    if not roles.sources and (needs == "host" or not _happened_to_actor(scene, trigger)):
        return False
    if needs in ("target", "host", "demand"):
        return bool(roles.counterpart or roles.targets)
    if needs == "object":
        return bool(roles.targets) or trigger.patient is not None or _has_complement(scene, trigger)
    return True


def _happened_to_actor(scene: Scene, trigger: Trigger) -> bool:
    """Whether an act without a known doer was done by somebody armed, or to a patient that is an actor itself."""
    parse, verb = scene.parse, trigger.verb
    head = doer(parse, verb) if verb is not None else None
    if head is not None:
        return parse.lemmas[head].lower() in scene.lexicon.classes["armed"]
    return trigger.patient is not None and bool(actors_of(scene, trigger.patient))


def _has_complement(scene: Scene, trigger: Trigger) -> bool:
    return trigger.verb is not None and scene.parse.child(trigger.verb, "xcomp", "ccomp") is not None


def _settled(scene: Scene, trigger: Trigger, event_type: str, status: Status, roles: Roles) -> Status | None:
    """The status once tense and participants are known together; None for a habit or a general state."""
    parse, verb = scene.parse, trigger.verb
    if verb is not None and parse.lemmas[verb] == "due":
        return "planned"
    if verb is None or not is_simple_present(parse, verb):
        return status
    if event_type in _SPOKEN:
        return None if parse.lemmas[verb] in _STATIVE else "occurred"
    if event_type == "COOPERATE" and trigger.pattern.words & {"together"} and len(roles.sources) > 1:
        return "ongoing"
    gives = event_type == "AID" and trigger.patient is not None and parse.deps[verb] != "relcl"
    return "ongoing" if gives and roles.sources and roles.targets and _is_goods(scene, trigger) else None


def _is_goods(scene: Scene, trigger: Trigger) -> bool:
    classes = scene.lexicon.classes
    things = object_lemmas(scene, trigger.patient) if trigger.patient is not None else frozenset[str]()
    return bool(things & (classes["aid"] | classes["money"]))


def _record(scene: Scene, trigger: Trigger, event_type: str, status: Status, roles: Roles) -> Event:
    parse = scene.parse
    span = _clause(parse, trigger)
    token = trigger.token
    start, end = parse.starts[span.start], parse.ends[span.stop - 1]
    place, code = _place(scene, trigger, event_type, span)
    date = date_of(parse, scene.dates, trigger.verb if trigger.verb is not None else token)
    if date is not None and status == "ongoing" and date.date_end is not None and event_type not in ("AID",):
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


def _place(scene: Scene, trigger: Trigger, event_type: str, span: range) -> tuple[str | None, str | None]:
    if event_type == "CONSULT" and trigger.patient is not None and trigger.light is None:
        place = name_at(scene, trigger.patient)
        if place is not None and place[1] is not None:
            return place
    tokens: Iterable[int] = span
    verb = trigger.verb if trigger.verb is not None else visited_from(scene, trigger)
    if verb is not None:
        aside = {t for a in scene.parse.children(trigger.patient, "acl") for t in scene.parse.subtree(a)} if trigger.patient else ()
        tokens = [t for t in own_tokens(scene.parse, verb) if t not in aside]
    heads = {token for token in (trigger.token, trigger.verb, trigger.patient) if token is not None}
    return find_place(scene, tokens, heads, goal=event_type in _GOING)


def _clause(parse: Parse, trigger: Trigger) -> range:
    """The tokens from first to last of the clause that reports the act, without what is coordinated with it."""
    head = trigger.token if trigger.verb is None else trigger.verb
    found = [head]
    for token in found:
        for child in parse.children(token):
            dep = parse.deps[child]
            if token == head and dep in ("conj", "parataxis") and parse.pos[child] in VERBAL:
                continue
            if token == head and dep == "advcl" and parse.child(child, "nsubj", "nsubjpass") is not None:
                continue
            if token == head and dep in ("cc", "punct", "mark", "preconj"):
                continue
            if trigger.verb is None and token == head and dep in ("relcl", "appos", "conj"):
                continue
            found.append(child)
    first, stop = min(found), max(found) + 1
    while (
        stop - 1 > head and parse.pos[stop - 1] in ("PUNCT", "CCONJ") and parse.words[stop - 1] not in ("”", '"', ")")
    ):
        stop -= 1
    while first < head and parse.pos[first] in ("PUNCT", "CCONJ") and parse.words[first] not in ("“", '"', "("):
        first += 1
    return range(first, stop)
