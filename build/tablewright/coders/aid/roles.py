"""Who gives and who receives a sum, through which fund and what for."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.clauses import clause_verb, coordinated, words
from tablewright.coders.aid.frames import Frame
from tablewright.coders.aid.judge import Verdict
from tablewright.coders.aid.neighbours import agent_of, is_passive, phrases, subject_of
from tablewright.coders.aid.purposes import channel_of, purpose_of
from tablewright.coders.aid.reading import Reading
from tablewright.parse import Parse

_PLACES = frozenset({"GPE", "NORP", "LOC"})
_ADDING = words("add chip match contribute")
_HELPING = words("help support assist aid enable equip arm give let allow")


@dataclass(frozen=True, slots=True)
class Roles:
    """The people and things around a sum; ids of actors, and words of the text by offsets.

    `goal` tells that the sum goes to somebody, known or not; `abroad` that it goes to a named people or place.
    """

    donor: str | None = None
    recipient: str | None = None
    channel: tuple[int, int] | None = None
    purpose: tuple[int, int] | None = None
    to_military: bool = False
    goal: bool = False
    abroad: bool = False


def roles_of(reading: Reading, frame: Frame, verdict: Verdict) -> Roles:
    """Donor, recipient, channel and purpose of a sum that is aid."""
    parse = reading.parse
    around = phrases(parse, frame)
    channel, recipient_by_fund = channel_of(reading, frame, around)
    if channel is not None:
        around = [each for each in around if not channel[0] <= parse.starts[each[2]] < channel[1]]
    purpose = purpose_of(reading, frame, around)
    donor = _donor(reading, frame, verdict, around)
    recipient = recipient_by_fund or _recipient(reading, frame, verdict, around)
    if (recipient is None and channel is None) or verdict.kind == "request":
        recipient = recipient or _helped(reading, frame, purpose)
    if recipient is None and channel is None and verdict.kind == "give":
        recipient = _of_coordinated(reading, frame)
    if verdict.kind == "request" and recipient is None:
        recipient = reading.taker(_asker(reading, frame))
    donor, recipient = _lender_first(reading, frame, donor, recipient)
    if donor == recipient and verdict.kind != "request":
        donor = None if verdict.kind == "receive" else donor
        recipient = recipient if verdict.kind == "receive" else None
    actor = reading.cast.actors.get(recipient) if recipient is not None else None
    goal = recipient is not None or (
        channel is None and any(word == "to" and at >= frame.stop for word, at, _ in around)
    )
    abroad = any(
        word in {"to", "for", "on", "into"} and (_is_place(parse, noun) or _is_in_another_country(reading, noun, donor))
        for word, _, noun in around
    )
    to_military = actor is not None and actor.kind == "military"
    return Roles(donor, recipient, channel, purpose, to_military, goal, abroad)


def _is_place(parse: Parse, noun: int) -> bool:
    if parse.tags[noun] == "NNPS":
        return True
    named = (noun, *parse.children(noun, "amod", "compound", "poss"))
    return any((entity := parse.entity(each)) is not None and entity.label in _PLACES for each in named)


def _is_in_another_country(reading: Reading, noun: int, donor: str | None) -> bool:
    """Whether a project stands in a country that is not the donor: "water projects in Tajikistan"."""
    parse = reading.parse
    inside = (parse.child(prep, "pobj") for prep in parse.children(noun, "prep") if parse.lower[prep] == "in")
    for place in inside:
        actor = reading.cast.actors.get(reading.actor(place) or "") if place is not None else None
        if actor is not None and actor.kind == "country" and actor.actor_id != donor:
            return True
    return False


def _lender_first(
    reading: Reading, frame: Frame, donor: str | None, recipient: str | None
) -> tuple[str | None, str | None]:
    """Who signs an agreement does not say who pays: between a country and a bank or fund, the latter does."""
    if frame.verb is None or reading.parse.lemmas[frame.verb] not in {"sign", "conclude", "ink", "seal", "agree"}:
        return donor, recipient
    kinds = [
        actor.kind if actor is not None else ""
        for actor in map(reading.cast.actors.get, (donor or "", recipient or ""))
    ]
    return (recipient, donor) if kinds[0] == "country" and kinds[1] not in {"country", ""} else (donor, recipient)


def _donor(reading: Reading, frame: Frame, verdict: Verdict, around: list[tuple[str, int, int]]) -> str | None:
    parse = reading.parse
    if verdict.kind == "request":
        objects = parse.children(frame.verb, "dobj", "dative") if frame.verb is not None else []
        asked = next((each for each in reversed(objects) if each < frame.first), objects[0] if objects else None)
        return reading.owner(reading.actor(asked)) if asked is not None and asked != frame.top else None
    if (beside := _beside(reading, frame)) is not None:
        return reading.owner(beside)
    if parse.deps[frame.top] == "conj" and (by := agent_of(parse, frame.top)) is not None:
        return reading.owner(reading.actor(by))  # "and $9 million by Finland"
    contents = (noun for noun in frame.contents if parse.lemmas[noun].lower() in reading.words.aid)
    for noun in (frame.top, *frame.nouns, *contents):
        possessed = noun < frame.first and parse.tags[noun + 1] == "POS"
        for owner in (*parse.children(noun, "poss"), *([noun] if possessed else [])):
            if (actor := reading.actor(owner)) is not None:
                return reading.owner(actor)
    if verdict.kind in {"give", "noun", "carry"} and frame.verb is not None:
        if is_passive(parse, frame.verb):
            agent = agent_of(parse, frame.verb)
        else:
            agent = subject_of(parse, frame.verb) if verdict.kind == "give" else None
        if agent is not None and (actor := reading.actor(agent)) is not None:
            return reading.owner(actor)
    for word, at, noun in around:
        if word in {"from", "by"} and (actor := reading.actor(noun)) is not None:
            return reading.owner(actor)
        if word == "from" and parse.heads[at] == frame.top and parse.deps[frame.top] == "conj":
            return None  # "$2bn from Norway and $1bn from a fund": the first sum's giver gives the first
    if verdict.rule == "noun-of-promise" and frame.verb is not None and not is_passive(parse, frame.verb):
        return reading.owner(reading.actor(subject_of(parse, frame.verb)))  # "countered with a promise of"
    return None


def _beside(reading: Reading, frame: Frame) -> str | None:
    """The actor right before the sum, in a list: "Norway (€5m) and Denmark (€3m)", "and the European Union EUR 12m"."""
    parse = reading.parse
    before = frame.first - 1
    while before >= frame.sentence.first and parse.starts[before] >= frame.sum.start:
        before -= 1
    if before < frame.sentence.first:
        return None
    bracket = parse.words[before] in {"(", ":", "):"}
    if bracket:
        before -= parse.words[before] != "):"
        while before > frame.sentence.first and parse.words[before] in {")", "):"}:
            before -= 2  # "Pacific Community (SPC): $22 million"
            before -= parse.words[before] == "("
    elif parse.deps[frame.top] != "conj" or _gapped_taker(reading, frame) is not None:
        return None
    ids = reading.cast.referents.get(before, ()) if before >= frame.sentence.first else ()
    return ids[0] if len(ids) == 1 else None


def _recipient(reading: Reading, frame: Frame, verdict: Verdict, around: list[tuple[str, int, int]]) -> str | None:
    parse, verb = reading.parse, frame.verb
    if verdict.kind == "receive" and verb is not None:
        return reading.taker(reading.actor(_receiver(parse, verb)))
    if (gapped := _gapped_taker(reading, frame)) is not None:
        return reading.taker(gapped)
    if verb is not None and verdict.kind != "request":
        given_to = ("dative", "dobj", "iobj", "nsubjpass") if frame.relation == "object" else ("dative", "dobj")
        for given in parse.children(verb, *given_to):
            if (given < frame.first or frame.relation == "subject") and (actor := reading.actor(given)) is not None:
                return reading.taker(actor)
    for named in frame.nouns:
        if parse.deps[named] == "ccomp" and (actor := reading.actor(parse.child(named, "nsubj"))) is not None:
            return reading.taker(actor)  # "made the Philippines a present of radars"
    for word, at, noun in around:
        into = (
            word in {"in", "into", "on"}
            and verb is not None
            and parse.lemmas[verb] in {"deposit", "inject", "place", "spend"}
        )
        if word not in {"to", "for", "toward", "towards", "with"} and not into:
            continue
        if (actor := reading.actor(noun)) is not None:
            return reading.taker(actor)
        owner = parse.child(noun, "poss")  # "for WFP's cash transfers"
        if word in {"for", "to"} and owner is not None and parse.pos[owner] == "PROPN":
            return reading.taker(reading.actor(owner))
        if (
            word == "to"
            and at >= frame.stop
            and parse.pos[noun] == "NOUN"
            and parse.lemmas[noun].lower() not in reading.words.fund
        ):
            return None
    if frame.preposition == "with" and verb is not None and parse.lemmas[verb] in {"come", "return", "leave", "emerge"}:
        return reading.taker(reading.owner(reading.actor(subject_of(parse, verb))))
    return None


def _gapped_taker(reading: Reading, frame: Frame) -> str | None:
    """Who takes the second sum in "gave Moldova €10 million and Georgia €5 million"."""
    parse, verb, before = reading.parse, frame.verb, frame.first - 1
    if verb is None or before <= verb or parse.pos[before] != "PROPN" or parse.starts[before] >= frame.sum.start:
        return None
    given = next((each for each in parse.children(verb, "dative") if parse.pos[each] == "PROPN"), None)
    first = before
    while first > verb and parse.pos[first - 1] in {"PROPN", "DET"}:
        first -= 1
    if given is None or given >= first or parse.lower[first - 1] not in {"and", ","}:
        return None
    ids = reading.cast.referents.get(before, ())
    return ids[0] if len(ids) == 1 else None


def _of_coordinated(reading: Reading, frame: Frame) -> str | None:
    """Whom the same donor has just been said to support: "has pledged support to Ukraine and committed $7 billion"."""
    parse = reading.parse
    if frame.verb is None or parse.child(frame.verb, "nsubj") is not None:
        return None
    for other in coordinated(parse, frame.verb):
        if other > frame.verb:
            continue
        for noun in parse.children(other, "dobj"):
            if parse.lemmas[noun].lower() not in reading.words.aid:
                continue
            for preposition in (*parse.children(noun, "prep"), *parse.children(other, "prep")):
                if parse.lower[preposition] in {"to", "for"}:
                    return reading.taker(reading.actor(parse.child(preposition, "pobj")))
    return None


def _receiver(parse: Parse, verb: int) -> int | None:
    """Who receives: the subject; of "with $61 million received to date", who it was received by, or the main subject."""
    if not is_passive(parse, verb):
        return subject_of(parse, verb)
    above = clause_verb(parse, parse.heads[verb])
    agent = agent_of(parse, verb)
    return subject_of(parse, above) if agent is None and above is not None else agent


def _helped(reading: Reading, frame: Frame, purpose: tuple[int, int] | None) -> str | None:
    """The actor that the purpose helps or gives something to: "to provide equipment to Ukraine"."""
    parse = reading.parse
    tokens = list(parse.tokens_between(*purpose)) if purpose is not None else []
    if frame.verb is not None and parse.lemmas[frame.verb] in _HELPING:
        besides = {below for each in parse.children(frame.verb, "conj") for below in parse.subtree(each)}
        tokens.extend(token for token in parse.subtree(frame.verb) if token > frame.verb and token not in besides)
    for token in tokens:
        is_object = parse.deps[token] in {"dobj", "dative", "nsubj"} and (
            parse.lemmas[parse.heads[token]] in _HELPING or parse.lemmas[parse.heads[parse.heads[token]]] in _HELPING
        )
        is_goal = parse.deps[token] == "pobj" and parse.lower[parse.heads[token]] == "to"
        if (is_object or is_goal) and (actor := reading.actor(token)) is not None:
            return reading.taker(actor)
    return None


def _asker(reading: Reading, frame: Frame) -> str | None:
    if frame.verb is None:
        return _poss(reading, frame)
    verb: int | None = frame.verb
    for _ in range(3):
        if verb is None:
            break
        if (actor := reading.actor(subject_of(reading.parse, verb))) is not None:
            return actor
        above = reading.parse.heads[verb]
        verb = clause_verb(reading.parse, above) if above != verb else None
    return _poss(reading, frame)


def _poss(reading: Reading, frame: Frame) -> str | None:
    for noun in frame.nouns:
        for owner in reading.parse.children(noun, "poss"):
            if (actor := reading.actor(owner)) is not None:
                return actor
    return None


def own_giver(reading: Reading, frame: Frame, after: int) -> str | None:
    """Who gives a part of a sum, where its own words say so: "; China added $5m", "and €1bn from Brussels".

    An empty id if they name somebody who is no actor. `after` is where the sum before it ends.
    """
    parse = reading.parse
    for preposition in parse.children(frame.top, "prep", "agent"):
        giver = parse.child(preposition, "pobj") if parse.lower[preposition] in {"from", "by"} else None
        if giver is not None and parse.pos[giver] == "PROPN":
            return reading.owner(reading.actor(giver)) or ""
    if frame.verb is None or frame.relation != "object" or parse.lemmas[frame.verb].lower() not in _ADDING:
        return None
    subject = parse.child(frame.verb, "nsubj")
    if subject is None or parse.starts[subject] < after:
        return None
    return reading.owner(reading.actor(subject)) or ""
