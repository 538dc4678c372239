"""Which date belongs to an act.

The codebook's rule: "to an event only from its own clause or one coordinated with it".
"""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.clauses.hosts import date_top, embracing_noun, is_first_of_its_kind, is_since, timed_verb
from tablewright.clauses.verbs import (
    PLANNING,
    clause_verb,
    coordinated,
    has_subject,
    is_clause_verb,
    outlook,
)
from tablewright.clauses.vocabulary import NOUNS_WITH_TO, OCCASION_PREPOSITIONS, words
from tablewright.parse import Parse
from tablewright.records import DateSpan

# "Began bombing on Tuesday": the date of the beginning is the act's.
_ASPECTUAL = words("begin start continue resume stop cease finish complete keep help go try attempt")
# Verbs that lend a noun their time: "opened an investigation", "travelled to Dhaka for talks", "held a meeting".
_LIGHT = words(
    "hold open launch conduct begin start end stage mount carry make take give sign conclude sit be have impose lift "
    "issue deliver undertake resume suspend attend join go come travel fly return arrive visit convene host reach "
    "announce declare complete finish wage commit stop halt follow undergo receive bring pay enter perform do"
)
# "Flew to Paris on Monday to meet him", "is to meet him on Monday": the purpose shares the time.
_GOING = words(
    "be go come fly travel return arrive rush drive sail step gather convene meet visit telephone phone call write use "
    "intervene force oblige compel"
)
_STRETCHES = frozenset({"day", "night", "morning", "evening", "week", "month", "year"})


def date_of(parse: Parse, dates: Sequence[DateSpan], token: int) -> DateSpan | None:
    """The date of the act that `token` (a verb or noun) reports, or None.

    It stands in the act's own clause or in one coordinated with it; a noun's may also modify the noun itself. A date
    in a subordinate or relative clause, or one that modifies another noun, is not the act's.
    """
    sentence = parse.sentence_of(token)
    here = [date for date in dates if sentence.start <= date.start < sentence.end]
    if not here:
        return None
    hosts = {date: timed_verb(parse, date) for date in here}
    for date in here:
        hosts[date] = _of_counted(parse, date, hosts)
    if not is_clause_verb(parse, token):
        return _date_of_noun(parse, hosts, token)
    return _date_of_verb(parse, hosts, token)


def _date_of_verb(parse: Parse, hosts: dict[DateSpan, int | None], verb: int) -> DateSpan | None:
    own = _nearest(hosts, verb)
    if own is not None:
        return own
    for other in coordinated(parse, verb):
        shares = other < verb or not has_subject(parse, other)
        if (
            shares
            and _same_time(parse, other, verb)
            and (date := _nearest(hosts, other)) is not None
            and not is_since(date)
        ):
            return date
    if (explained := _date_of_when(parse, hosts, verb)) is not None:
        return explained
    if (occasion := _date_of_occasion(parse, hosts, verb)) is not None:
        return occasion
    if _goes_along(parse, verb) or _goes_beside(parse, verb):
        above = clause_verb(parse, parse.heads[verb])
        return _date_of_verb(parse, hosts, above) if above is not None else None
    return None


def _same_time(parse: Parse, one: int, other: int) -> bool:
    """Whether two coordinated verbs may share a date: "signed it and will visit" and "signed, and X has offered" not."""

    def perfect(verb: int) -> bool:
        return any(parse.lower[child] in {"has", "have", "had", "’ve", "'ve"} for child in parse.children(verb, "aux"))

    same_tense = perfect(one) == perfect(other) or not has_subject(parse, max(one, other))
    return same_tense and outlook(parse, one) == outlook(parse, other)


def _date_of_when(parse: Parse, hosts: dict[DateSpan, int | None], verb: int) -> DateSpan | None:
    """The date that a clause with "when" explains: "in 2012, when the rebels took the city"."""
    first = next((c for c in parse.children(verb, "advmod", "mark") if parse.lower[c] == "when"), None)
    if first is None and parse.deps[verb] == "relcl" and parse.lemmas[parse.heads[verb]] in _STRETCHES:
        if not any(parse.lower[token] == "which" for token in range(parse.heads[verb], verb)):
            return None
        first = parse.heads[verb]  # "on Sunday, the day on which she told parliament"
        first -= parse.lower[first - 1] == "the"
    if first is None:
        return None
    while first and parse.words[first - 1] == ",":
        first -= 1
    return next((date for date in hosts if first and date.end == parse.ends[first - 1]), None)


def _nearest(hosts: dict[DateSpan, int | None], verb: int) -> DateSpan | None:
    """The first of the dates that the clause of `verb` has."""
    return next((date for date, host in hosts.items() if host == verb), None)


def _date_of_occasion(parse: Parse, hosts: dict[DateSpan, int | None], verb: int) -> DateSpan | None:
    """The date of what the act was done in: "in a report published on Tuesday, the panel accused …"."""
    for preposition in parse.children(verb, "prep"):
        if parse.lower[preposition] not in OCCASION_PREPOSITIONS:
            continue
        for noun in parse.children(preposition, "pobj"):
            for modifier in parse.children(noun, "acl"):
                if parse.tags[modifier] == "VBN" and (date := _nearest(hosts, modifier)) is not None:
                    return date
    return None


def _goes_along(parse: Parse, verb: int) -> bool:
    """Whether a verb without a subject shares its head's time: "imposed sanctions, accusing him", "flew in to meet"."""
    dep, head = parse.deps[verb], parse.heads[verb]
    if dep == "pcomp" and parse.lower[head] in {"by", "in"} and not has_subject(parse, verb):
        return is_clause_verb(parse, parse.heads[head])  # "buried their quarrel by signing a treaty"
    if dep not in {"advcl", "xcomp"} or has_subject(parse, verb) or parse.child(verb, "mark") is not None:
        return False
    if not is_clause_verb(parse, head):
        return False
    if parse.tags[verb] == "VBG":
        return dep == "advcl" or parse.lemmas[head].lower() in _ASPECTUAL
    to = parse.tags[verb] == "VB" and any(parse.lower[c] == "to" for c in parse.children(verb, "aux"))
    if not to:
        return False
    lemma = parse.lemmas[head].lower()
    return lemma in _ASPECTUAL or lemma in _GOING or (dep == "advcl" and lemma not in PLANNING)


def _goes_beside(parse: Parse, verb: int) -> bool:
    """Whether a clause with "while" or "whereas" sets beside the main one what happened in the same time."""
    if parse.deps[verb] != "advcl" or not is_clause_verb(parse, parse.heads[verb]):
        return False
    marks = parse.children(verb, "mark", "advmod")
    if not any(parse.lower[mark] in {"while", "whereas", "whilst"} for mark in marks):
        return False
    return outlook(parse, verb) == outlook(parse, parse.heads[verb]) or parse.tags[verb] == "VBG"


def _date_of_noun(parse: Parse, hosts: dict[DateSpan, int | None], noun: int) -> DateSpan | None:
    for date in hosts:
        top = date_top(parse, date)
        if top is not None and _modifies(parse, date, top, noun):
            return date
    verb = clause_verb(parse, noun)
    if verb is None or not (parse.lemmas[verb].lower() in _LIGHT or _is_occasion(parse, noun)):
        return None
    found = _date_of_verb(parse, hosts, verb)
    return None if found is None or (is_since(found) and parse.lemmas[verb] == "be") else found


def _is_occasion(parse: Parse, noun: int) -> bool:
    """Whether the clause's act was done at, in or on `noun`: "he said so on a visit to Rome"."""
    preposition = parse.heads[noun]
    if parse.lemmas[noun] in {"request", "invitation", "behest", "urging"}:
        return False
    if parse.deps[noun] != "pobj":
        return False
    promised = parse.lower[preposition] == "with" and parse.lemmas[noun] in NOUNS_WITH_TO
    if parse.lower[preposition] not in OCCASION_PREPOSITIONS and not promised:
        return False
    return is_clause_verb(parse, parse.heads[preposition])


def _modifies(parse: Parse, date: DateSpan, top: int, noun: int) -> bool:
    """Whether the date hangs on `noun` itself: "the 2013 declaration", "the signing in Rome on 3 May"."""
    if is_since(date) and is_first_of_its_kind(parse, noun):
        return False
    if embracing_noun(parse, date) == noun:
        return True
    for above in parse.ancestors(top):
        if above == noun:
            return True
        if is_clause_verb(parse, above) or (parse.pos[above] == "NOUN" and parse.heads[above] != noun):
            return False
    return False


def _of_counted(parse: Parse, date: DateSpan, hosts: dict[DateSpan, int | None]) -> int | None:
    """The verb that "a day after …" dates: the main one, unless that has a date of its own."""
    verb = hosts[date]
    if verb is None or not date.text.lower().endswith((" after", " before")):
        return verb
    main = counted_from(parse, verb)
    others = (host for other, host in hosts.items() if other != date)
    return verb if main is None or main in others else main


def counted_from(parse: Parse, verb: int) -> int | None:
    """The main verb of a clause that "after" or "before" opens at `verb`."""
    if parse.deps[verb] not in {"advcl", "ccomp", "pcomp"}:
        return None
    return clause_verb(parse, parse.heads[verb])
