"""What the words around a date decide: whether it is one, which way it looks, and which words belong to it."""

from __future__ import annotations

from tablewright.clauses import GATHERINGS, Outlook, clause_verb, modified_noun, outlook, top_token, words
from tablewright.coders.dates.intervals import Interval, span
from tablewright.parse import Parse

# A gathering may be named before it happens: "the July summit" is the nearest one, not the latest.
_COMING = words("due upcoming forthcoming scheduled planned expected slated set likely next coming future")
_DOCUMENTS = words(
    "statement letter report footage photo photograph video image interview speech article memo data figure poll survey "
    "picture message document decree ruling law agreement deal resolution"
)
_HOLY = words("bloody black good palm easter holy ash super maundy")
# Nouns that a number in the thousands counts in the plural, and a year does not, and the other way round.
_YEARLY = words("election talk protest sanction game olympic riot demonstration attack hearing primary")
_NAMED_BY_DAY = frozenset({"month-day", "day-month", "month", "weekday", "days-of-month", "month-days"})
_QUANTITY = words("percent % km kilometres kilometers miles metres meters hours gmt tonnes tons dollars euros")
_BEFORE_YEAR = frozenset("iqrvdwbOMe,z&-")


def direction(parse: Parse, first: int, stop: int) -> Outlook:
    """Whether a date without a year looks back, ahead, or to the nearest that fits."""
    noun = modified_noun(parse, first, stop)
    if noun is not None:
        return _of_noun(parse, noun)
    top = top_token(parse, range(first, stop))
    nouns: list[int] = []
    for above in (top, *parse.ancestors(top)):
        if parse.pos[above] == "ADJ" and parse.lower[above] in _COMING:
            return "future"
        if parse.pos[above] in {"VERB", "AUX"}:
            break
        if above != top and parse.pos[above] in {"NOUN", "PROPN"}:
            nouns.append(above)
    if any(_is_coming(parse, noun) for noun in nouns):
        return "future"
    verb = clause_verb(parse, top)
    if verb is None:
        return "near"
    if nouns and parse.lemmas[verb].lower() == "invite":
        return "future"  # whom somebody has invited to talks in June goes there later
    if nouns and parse.tags[verb] in {"VBZ", "VBP"}:
        return _of_noun(parse, nouns[0])  # "it follows a larger quake in September"
    return outlook(parse, verb)


def _of_noun(parse: Parse, noun: int) -> Outlook:
    if _is_coming(parse, noun):
        return "future"
    return "near" if parse.lemmas[noun].lower() in GATHERINGS else "past"


def _is_coming(parse: Parse, noun: int) -> bool:
    return any(parse.lower[child] in _COMING for child in parse.children(noun, "amod", "acl"))


def is_no_date(parse: Parse, rule: str, letters: str, offset: int, first: int, stop: int) -> bool:
    """Whether the words only look like a date: "the March 23 Movement", "2000 soldiers", "may". `offset` is the
    token of the first letter."""
    before = letters[first - offset - 1] if first > offset else ""
    if rule == "month":
        if stop < len(parse) and parse.lower[stop] == "quarter":
            return True  # "the September quarter" is no September
        entity = parse.entity(first)
        if entity is not None and entity.label == "PERSON":
            return True
        bare = before and before in "iqrvdwbOAeLNT&o"
        named = modified_noun(parse, first, stop) is not None
        return not (bare or named) or _is_named_after(parse, first, stop)
    if rule in _NAMED_BY_DAY:
        after_holy = first > offset and parse.lower[first - 1] in _HOLY
        return after_holy or _is_named_after(parse, first, stop)
    if rule == "day-only":
        return stop < len(parse) and parse.pos[stop] in {"NOUN", "PROPN", "ADJ"}  # "on the 2nd floor"
    if rule in {"year", "year-year"}:
        return _is_number(parse, before, first, stop)
    return False


def _is_named_after(parse: Parse, first: int, stop: int) -> bool:
    noun = modified_noun(parse, first, stop)
    if noun is None or parse.pos[noun] != "PROPN" or parse.deps[top_token(parse, range(first, stop))] == "poss":
        return False
    return stop < len(parse) and parse.pos[stop] == "PROPN" and parse.words[stop][0].isupper()


def _is_number(parse: Parse, before: str, first: int, stop: int) -> bool:
    """Whether four figures count things rather than name a year."""
    if stop < len(parse) and parse.lower[stop] in _QUANTITY:
        return True
    if first > 0 and parse.tags[first - 1] == "$":
        return True
    noun = modified_noun(parse, first, stop)
    if noun is None:
        top = top_token(parse, range(first, stop))
        return not (
            (before and before in _BEFORE_YEAR) or parse.words[first - 1] == "(" or parse.deps[top] == "npadvmod"
        )
    if parse.lemmas[noun].lower() in _YEARLY or parse.pos[noun] == "PROPN":
        return False
    determined = any(parse.deps[child] in {"det", "poss"} for child in parse.children(noun))
    return not determined or (parse.tags[noun] == "NNS" and not determined)


def extended(
    parse: Parse, letters: str, offset: int, first: int, stop: int, found: Interval
) -> tuple[int, Interval] | None:
    """The first token of the date with the preposition that belongs to it, and the interval that it makes of the date.

    "Since 2021" has no end, "by June" no start; "until June" and "before 2020" date nothing: None.
    """
    if modified_noun(parse, first, stop) is not None:
        return first, found
    place = first - offset
    if place >= 2 and found.precision == "day" and letters[place - 1] in "Oo" and letters[place - 2] in "He":
        place -= 2  # "the night of June 7", "early on Tuesday"
        if place and letters[place - 1] == "t":
            place -= 1
    if not place:
        return offset + place, found
    if parse.lower[offset + place - 2 : offset + place] in (["at", "least"], ["at", "most"]):
        place -= 2
    letter = letters[place - 1] if place else ""
    if letter in {"i", "o"}:
        return offset + place - 1, found
    if letter == "q" or (letter == "r" and _opens(parse, offset + place - 1)):
        return offset + place - 1, span(found.start, None)
    if letter == "v":
        return offset + place - 1, span(None, found.end)
    if letter in {"d", "b", "A"}:
        return None
    if place and parse.lower[offset + place - 1] == "for":
        if letters[place] == "L":
            return offset + place, found  # "what he begged them for last week"
        return (offset + place - 1, found) if _is_planned(parse, offset + place - 1) else None
    return offset + place, found


def _opens(parse: Parse, preposition: int) -> bool:
    """ "From May" opens a stretch of time; in "a statement from May" it tells whose statement it is."""
    return preposition == 0 or parse.lemmas[preposition - 1].lower() not in _DOCUMENTS


def _is_planned(parse: Parse, preposition: int) -> bool:
    return parse.lemmas[parse.heads[preposition]].lower() in {"schedule", "plan", "set", "slate", "call", "due"}
