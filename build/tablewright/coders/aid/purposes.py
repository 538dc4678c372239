"""Through which fund a sum goes, and what it is for, as worded."""

from __future__ import annotations

from collections.abc import Iterator

from tablewright.coders.aid.frames import Frame
from tablewright.coders.aid.reading import Reading
from tablewright.parse import Parse

_CONTAINERS = frozenset({"to", "in", "through", "via", "into", "under", "from", "by", "as", "towards", "toward", "for"})
_EMPTY = frozenset({"NUM", "SYM", "ADP", "DET", "PUNCT", "CCONJ"})
_SCALES = frozenset({"thousand", "million", "billion", "trillion", "m", "bn", "year", "month", "fiscal", "financial"})


def channel_of(
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
        if not _says_nothing(reading, range(first, stop)):
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


def purpose_of(reading: Reading, frame: Frame, around: list[tuple[str, int, int]]) -> tuple[int, int] | None:
    """What the money is for, as worded: an infinitive with its "to", or the noun after "for"."""
    parse = reading.parse
    for token in _infinitives(parse, frame):
        return _words(parse, token, frame)
    for word, preposition, noun in around:
        if word not in {"for", "towards", "toward"} or preposition < frame.first:
            continue
        if reading.actor(noun) is not None or reading.cast.referents.get(noun) or _is_time(reading, noun):
            continue
        if not _says_nothing(reading, parse.tokens_between(*(found := _words(parse, noun, frame)))):
            return found
    for noun in frame.contents:
        preposition = parse.heads[noun]
        goods = parse.lower[preposition] == "in" or parse.lower[preposition - 1] == "worth"
        if (
            not goods
            or parse.pos[noun] == "PROPN"
            or parse.lemmas[noun].lower() in reading.words.money
            or reading.actor(noun) is not None
        ):
            continue
        found = _words(parse, noun, frame)  # "8 million in food vouchers", "1.6 billion worth of radars"
        if not _says_nothing(reading, parse.tokens_between(*found)):
            return found
    return None


def _infinitives(parse: Parse, frame: Frame) -> Iterator[int]:
    for anchor in frame.anchors:
        for verb in parse.children(anchor, "xcomp", "advcl", "relcl", "acl"):
            if verb < frame.stop or parse.child(verb, "auxpass") is not None:
                continue
            to = next((child for child in parse.children(verb, "aux") if parse.lower[child] == "to"), None)
            if to is not None and parse.words[to + 1] not in {"“", '"'}:  # quoted words say a motive
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


def _says_nothing(reading: Reading, tokens: range) -> bool:
    """Whether the words are only a date, a number or a sum: no purpose, and no name of a fund."""
    parse = reading.parse
    for token in tokens:
        start = parse.starts[token]
        in_date = any(date.start <= start < date.end for date in reading.dates)
        if not (in_date or parse.pos[token] in _EMPTY or parse.lower[token] in _SCALES or parse.words[token].isdigit()):
            return False
    return True
