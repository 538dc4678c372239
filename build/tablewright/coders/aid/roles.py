"""Who gives and who receives a sum, through which fund and what for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tablewright.clauses import clause_verb, words
from tablewright.coders.aid.frames import Frame, agent_of, is_passive, phrases, subject_of
from tablewright.coders.aid.judge import Verdict
from tablewright.knowledge.aid import AidWords
from tablewright.parse import Parse
from tablewright.records import Cast, DateSpan

_ACTS_FOR = frozenset({"person", "government_body", "military"})
_ORGANS = words(
    "government authority administration army military force state board parliament congress cabinet council ministry "
    "treasury bank lawmaker legislature executive house senate taxpayer leader minister president official"
)
_PLACES = frozenset({"GPE", "NORP", "LOC"})
_HELPING = words("help support assist aid enable equip arm give let allow")
_CONTAINERS = frozenset({"to", "in", "through", "via", "into", "under", "from", "by", "as", "towards", "toward", "for"})


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read a document's sums."""

    parse: Parse
    cast: Cast
    dates: tuple[DateSpan, ...]
    words: AidWords

    def actor(self, token: int | None) -> str | None:
        """The one actor that the noun at `token` stands for; None for nobody or several."""
        if token is None:
            return None
        ids = self.cast.referents.get(token, ())
        if not ids and self.parse.pos[token] == "NOUN":
            ids = self._by_modifier(token)
        joint = any(self.cast.referents.get(each) for each in self.parse.conjuncts(token)[1:])
        return ids[0] if len(ids) == 1 and not joint else None

    def _by_modifier(self, noun: int) -> tuple[str, ...]:
        """ "The Mozambican government", "whose board": the state or body whose organ it is."""
        if self.parse.lemmas[noun] not in _ORGANS:
            return ()
        for child in self.parse.children(noun, "amod", "compound", "poss"):
            owner = child
            if self.parse.lower[child] == "whose" and (verb := clause_verb(self.parse, noun)) is not None:
                owner = self.parse.heads[verb]
            if ids := self.cast.referents.get(owner):
                return ids
        return ()

    def owner(self, actor_id: str | None) -> str | None:
        """Whose money an actor gives: a minister's country, an agency's; others give their own."""
        for _ in range(4):
            actor = self.cast.actors.get(actor_id) if actor_id is not None else None
            if actor is None or actor.kind not in _ACTS_FOR or actor.affiliation_id is None:
                break
            actor_id = actor.affiliation_id
        return actor_id

    def taker(self, actor_id: str | None) -> str | None:
        """Who receives: the most specific body; a person for the country or body."""
        actor = self.cast.actors.get(actor_id) if actor_id is not None else None
        if actor is not None and actor.kind == "person" and actor.affiliation_id is not None:
            return actor.affiliation_id
        return actor_id


def roles_of(reading: Reading, frame: Frame, verdict: Verdict) -> Roles:
    """Donor, recipient, channel and purpose of a sum that is aid."""
    parse = reading.parse
    around = phrases(parse, frame)
    channel, recipient_by_fund = _channel(reading, frame, around)
    if channel is not None:
        around = [each for each in around if not channel[0] <= parse.starts[each[2]] < channel[1]]
    purpose = _purpose(reading, frame, around)
    donor = _donor(reading, frame, verdict, around)
    recipient = recipient_by_fund or _recipient(reading, frame, verdict, around)
    if (recipient is None and channel is None) or verdict.kind == "request":
        recipient = recipient or _helped(reading, frame, purpose)
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
    abroad = any(word in {"to", "for", "on", "into"} and _is_place(parse, noun) for word, _, noun in around)
    to_military = actor is not None and actor.kind == "military"
    return Roles(donor, recipient, channel, purpose, to_military, goal, abroad)


def _is_place(parse: Parse, noun: int) -> bool:
    if parse.tags[noun] == "NNPS":
        return True
    named = (noun, *parse.children(noun, "amod", "compound", "poss"))
    return any((entity := parse.entity(each)) is not None and entity.label in _PLACES for each in named)


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
        asked = parse.child(frame.verb, "dobj", "dative") if frame.verb is not None else None
        return reading.owner(reading.actor(asked)) if asked is not None and asked != frame.top else None
    if (beside := _beside(reading, frame)) is not None:
        return reading.owner(beside)
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
    for word, _, noun in around:
        if word in {"from", "by"} and (actor := reading.actor(noun)) is not None:
            return reading.owner(actor)
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
    elif parse.deps[frame.top] != "conj":
        return None
    ids = reading.cast.referents.get(before, ()) if before >= frame.sentence.first else ()
    return ids[0] if len(ids) == 1 else None


def _recipient(reading: Reading, frame: Frame, verdict: Verdict, around: list[tuple[str, int, int]]) -> str | None:
    parse, verb = reading.parse, frame.verb
    if verdict.kind == "receive" and verb is not None:
        return reading.taker(reading.actor(_receiver(parse, verb)))
    if verb is not None and verdict.kind != "request":
        given_to = ("dative", "dobj", "iobj", "nsubjpass") if frame.relation == "object" else ("dative", "dobj")
        for given in parse.children(verb, *given_to):
            if (given < frame.first or frame.relation == "subject") and (actor := reading.actor(given)) is not None:
                return reading.taker(actor)
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
        tokens.extend(token for token in parse.subtree(frame.verb) if token > frame.verb)
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


def _channel(
    reading: Reading, frame: Frame, around: list[tuple[str, int, int]]
) -> tuple[tuple[int, int] | None, str | None]:
    """The named fund or programme that the money goes through, and the recipient where the name is an organisation's."""
    parse, words = reading.parse, reading.words
    for word, _, noun in around:
        if word not in _CONTAINERS or parse.lemmas[noun].lower() not in words.fund:
            continue
        first, stop = _name(parse, noun)
        name = " ".join(parse.words[first:stop]).lower()
        if any(name.endswith(body) for body in words.body) and word not in {"through", "via"}:
            return None, reading.actor(noun)
        generic = word == "in" or parse.lemmas[noun].lower() in {"assistance", "package", "appeal", "project"}
        if stop - first < 2 or (generic and not parse.words[noun][0].isupper()):
            continue
        return (parse.starts[first], parse.ends[stop - 1]), None
    return None, None


def _name(parse: Parse, head: int) -> tuple[int, int]:
    """The tokens of a name or compound noun that ends in `head`, without article and possessive; a title in quotation
    marks without the noun after it."""
    if head >= 2 and parse.words[head - 1] in {"”", '"', "’", "'"}:
        first = head - 2
        while first > head - 10 and parse.words[first - 1] not in {"“", '"', "‘", "'"}:
            first -= 1
        return first, head - 1
    first = head
    while (
        first > 0
        and parse.heads[first - 1] in range(first - 1, head + 1)
        and parse.deps[first - 1] in {"compound", "amod", "nmod", "nummod", "punct", "poss", "case"}
    ):
        if parse.deps[first - 1] == "case" or parse.tags[first - 1] == "PRP$":
            break
        first -= 1
    return first, head + 1


def _purpose(reading: Reading, frame: Frame, around: list[tuple[str, int, int]]) -> tuple[int, int] | None:
    """What the money is for, as worded: an infinitive with its "to", or the noun after "for"."""
    parse = reading.parse
    for token in _infinitives(parse, frame):
        return _words(parse, token, frame)
    for word, preposition, noun in around:
        if word not in {"for", "towards", "toward"} or preposition < frame.first:
            continue
        if reading.actor(noun) is not None or reading.cast.referents.get(noun) or _is_time(reading, noun):
            continue
        return _words(parse, noun, frame)
    for noun in frame.contents:
        preposition = parse.heads[noun]
        goods = parse.lower[preposition] == "in" or parse.lower[preposition - 1] == "worth"
        if goods and parse.lemmas[noun].lower() not in reading.words.money and reading.actor(noun) is None:
            return _words(parse, noun, frame)  # "8 million in food vouchers", "1.6 billion worth of radars"
    return None


def _infinitives(parse: Parse, frame: Frame) -> Iterator[int]:
    for anchor in frame.anchors:
        for verb in parse.children(anchor, "xcomp", "advcl", "relcl", "acl"):
            if verb < frame.stop or parse.child(verb, "auxpass") is not None:
                continue
            if any(parse.lower[child] == "to" for child in parse.children(verb, "aux")):
                yield verb


def _words(parse: Parse, head: int, frame: Frame) -> tuple[int, int]:
    """The words below `head`, up to a relative clause, another sentence part, or a stop."""
    inside = set(parse.subtree(head))
    for token in sorted(inside):
        if token > head and parse.deps[token] in {"relcl", "parataxis", "advcl"} and parse.tags[token] != "VBG":
            inside -= set(parse.subtree(token))
    for owner in parse.children(head, "poss"):
        if parse.pos[owner] == "PROPN":
            inside -= set(parse.subtree(owner))  # "WFP's cash transfers" are cash transfers
    tokens = sorted(token for token in inside if token >= frame.stop)
    stop = 0
    while stop < len(tokens) and tokens[stop] == tokens[0] + stop:
        stop += 1
    tokens = tokens[:stop]
    while len(tokens) > 1 and (parse.pos[tokens[-1]] == "PUNCT" or parse.deps[tokens[-1]] == "cc"):
        tokens.pop()
    return parse.starts[tokens[0]], parse.ends[tokens[-1]]


def _is_time(reading: Reading, noun: int) -> bool:
    parse = reading.parse
    if parse.lemmas[noun] in {"year", "month", "week", "day", "decade", "time"} or parse.words[noun].isdigit():
        return True
    start = parse.starts[noun]
    return any(date.start <= start < date.end for date in reading.dates)
