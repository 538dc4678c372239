"""Which date belongs to an act.

The codebook's rule: "to an event only from its own clause or one coordinated with it".
"""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.clauses.verbs import (
    PLANNING,
    clause_verb,
    coordinated,
    has_subject,
    is_clause_verb,
    outlook,
    top_token,
)
from tablewright.clauses.vocabulary import GATHERINGS, words
from tablewright.parse import SUBJECT_DEPS, Parse
from tablewright.records import DateSpan

# "Began bombing on Tuesday": the date of the beginning is the act's.
_ASPECTUAL = words("begin start continue resume stop cease finish complete keep help go try attempt")
# Verbs that lend a noun its time: "opened an investigation", "travelled to Dhaka for talks", "held a meeting".
_LIGHT = words(
    "hold open launch conduct begin start end stage mount carry make take give sign conclude sit be have impose lift "
    "issue deliver undertake resume suspend attend join go come travel fly return arrive visit convene host reach "
    "announce declare complete finish wage commit stop halt follow undergo receive bring pay enter perform do"
)
# "Flew to Paris on Monday to meet him", "is to meet him on Monday": the purpose shares the time, however it is parsed.
_GOING = words(
    "be go come fly travel return arrive rush drive sail step gather convene meet visit telephone phone call write use "
    "intervene force oblige compel"
)
_DATE_PREPOSITIONS = frozenset({"in", "on", "since", "by", "from", "until", "during"})
_STRETCHES = frozenset({"day", "night", "morning", "evening", "week", "month", "year"})
_ACT_ENDINGS = ("ion", "ment", "al", "ance", "ence", "ure")
_ACT_NOUNS = words(
    "visit attack offer promise plan bid call move ban vote pledge request threat demand claim strike raid coup speech "
    "statement letter report ruling order law deal pact accord treaty invasion war killing bombing trip"
)
# "Its refusal last month to let them go": the month is the refusal's.
_NOUNS_WITH_TO = words(
    "decision refusal plan offer promise bid attempt pledge threat agreement move failure intention proposal call demand "
    "request vow effort order readiness willingness commitment invitation deal"
)
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "day", "eve"})
_STAND_ALONE = _DATE_PREPOSITIONS | {"last", "next", "this", "earlier", "later", "yesterday", "today", "tomorrow"}
_OCCASION_PREPOSITIONS = frozenset({"at", "in", "during", "on"})
_QUOTE_MARKS = frozenset({'"', "“", "”"})


def date_top(parse: Parse, date: DateSpan) -> int | None:
    """The token of the date's words that hangs on a word outside of them; None if the parse has no such token."""
    tokens = parse.tokens_between(date.start, date.end)
    return top_token(parse, tokens) if tokens else None


def is_attributive(parse: Parse, date: DateSpan) -> bool:
    """Whether the date stands before a noun that it modifies ("the May 2023 announcement", "Tuesday's vote")."""
    tokens = parse.tokens_between(date.start, date.end)
    return bool(tokens) and modified_noun(parse, tokens[0], tokens[-1] + 1) is not None


def modified_noun(parse: Parse, first: int, stop: int) -> int | None:
    """The noun after the tokens of a date that they modify, or None.

    After a preposition or "last" a date stands by itself, even where the parser takes it and the subject that follows
    for one name: "In April Caracas moved its tanks".
    """
    top = top_token(parse, range(first, stop))
    head = parse.heads[top]
    if head < stop or parse.pos[head] not in {"NOUN", "PROPN"}:
        return None
    if parse.deps[top] not in {"compound", "nummod", "poss", "nmod", "amod", "npadvmod"}:
        return None
    before = parse.lower[max(0, first - 2) : first]
    alone = parse.lower[first] in _STAND_ALONE or bool({*before[-1:]} & _DATE_PREPOSITIONS)
    alone = alone or (before[-1:] == ["of"] and before[0] in _PARTS_OF_DAY)  # "the night of 3 May troops left"
    return None if alone and parse.deps[top] != "poss" else head


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
            and not _is_since(date)
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
        if parse.lower[preposition] not in _OCCASION_PREPOSITIONS:
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
    return None if found is None or (_is_since(found) and parse.lemmas[verb] == "be") else found


def _is_occasion(parse: Parse, noun: int) -> bool:
    """Whether the clause's act was done at, in or on `noun`: "he said so on a visit to Rome"."""
    preposition = parse.heads[noun]
    if parse.lemmas[noun] in {"request", "invitation", "behest", "urging"}:
        return False
    if parse.deps[noun] != "pobj":
        return False
    promised = parse.lower[preposition] == "with" and parse.lemmas[noun] in _NOUNS_WITH_TO
    if parse.lower[preposition] not in _OCCASION_PREPOSITIONS and not promised:
        return False
    return is_clause_verb(parse, parse.heads[preposition])


def _modifies(parse: Parse, date: DateSpan, top: int, noun: int) -> bool:
    """Whether the date hangs on `noun` itself: "the 2013 declaration", "the signing in Rome on 3 May"."""
    if _is_since(date) and _is_first_of_its_kind(parse, noun):
        return False
    if embracing_noun(parse, date) == noun:
        return True
    for above in parse.ancestors(top):
        if above == noun:
            return True
        if is_clause_verb(parse, above) or (parse.pos[above] == "NOUN" and parse.heads[above] != noun):
            return False
    return False


def _is_since(date: DateSpan) -> bool:
    return date.text[:5].lower() == "since"


def _is_first_of_its_kind(parse: Parse, noun: int) -> bool:
    """ "The first talks since 2019" are not of 2019."""
    return parse.lemmas[noun] == "time" or any(
        parse.tags[child] == "JJS" or parse.lower[child] in {"first", "last", "only"} for child in parse.children(noun)
    )


def timed_verb(parse: Parse, date: DateSpan) -> int | None:
    """The verb whose clause the date stands in and times, or None if it only modifies a noun."""
    top = date_top(parse, date)
    if top is None:
        return None
    if embracing_noun(parse, date) is not None:
        return _infinitive_after(parse, date)
    attributive = is_attributive(parse, date)
    below = top
    for above in parse.ancestors(top):
        if is_clause_verb(parse, above):
            if (following := _conjunct_after(parse, date, above)) is not None:
                return following
            return above if not _quoted_apart(parse, top, above) else _verb_beside(parse, top)
        if not _passes(parse, date, below, above, attributive):
            return None
        below = above
    return None


def embracing_noun(parse: Parse, date: DateSpan) -> int | None:
    """The noun whose phrase goes on after the date: "its decision on 6 September to waive duty"; None without one."""
    tokens = parse.tokens_between(date.start, date.end)
    if not tokens or tokens[0] == 0:
        return None
    noun, after = tokens[0] - 1, tokens[-1] + 1
    if parse.pos[noun] != "NOUN":
        return None
    if parse.lemmas[noun] in _NOUNS_WITH_TO and parse.lower[after : after + 1] == ["to"]:
        return noun
    goes_on = any(
        verb > tokens[-1] and any(parse.lower[c] == "to" for c in parse.children(verb, "aux"))
        for verb in parse.children(noun, "acl", "relcl")
    )
    return noun if goes_on else None


def _infinitive_after(parse: Parse, date: DateSpan) -> int | None:
    """What was decided on the day in "its decision on 6 September to waive duty"."""
    for token in parse.tokens_between(date.end, date.end + 40):
        if is_clause_verb(parse, token):
            return token
    return None


def _conjunct_after(parse: Parse, date: DateSpan, verb: int) -> int | None:
    """The verb right after the date, where it is coordinated with `verb`: "moved ships and, in the same month, put …"."""
    tokens = parse.tokens_between(date.start, date.end)
    after = tokens[-1] + 1
    while after < len(parse) and (parse.words[after] == "," or parse.deps[after] in {"advmod", "aux", "auxpass"}):
        after += 1
    if after >= len(parse) or after <= verb or parse.deps[after] != "conj" or parse.heads[after] != verb:
        return None
    return after if is_clause_verb(parse, after) and tokens[0] > verb and not has_subject(parse, after) else None


def _is_act_noun(parse: Parse, noun: int) -> bool:
    lemma = parse.lemmas[noun].lower()
    return lemma in _ACT_NOUNS or (len(lemma) > 6 and lemma.endswith(_ACT_ENDINGS))


def _quoted_apart(parse: Parse, one: int, other: int) -> bool:
    """Whether a quotation begins or ends between two tokens, so that one is inside and the other is not."""
    first, last = sorted((one, other))
    return sum(parse.words[token] in _QUOTE_MARKS for token in range(first, last)) % 2 == 1


def _verb_beside(parse: Parse, token: int) -> int | None:
    """The nearest verb before `token` on the same side of the quotation marks."""
    for each in range(token - 1, parse.sentence_of(token).first - 1, -1):
        if parse.words[each] in _QUOTE_MARKS:
            return None
        if is_clause_verb(parse, each):
            return each
    return None


def _passes(parse: Parse, date: DateSpan, below: int, above: int, attributive: bool) -> bool:
    """Whether a date on its way up from `below` still times the clause when it comes to the noun `above`."""
    if parse.pos[above] not in {"NOUN", "PROPN", "NUM"}:
        return True
    if above > below and not attributive and parse.deps[below] != "prep":
        return True  # a date and the subject after it, taken for one name
    preposition = parse.heads[above]
    occasion = parse.deps[above] == "pobj" and parse.lower[preposition] in _OCCASION_PREPOSITIONS
    if attributive or (parse.lower[below] == "of" and below == date_top(parse, date)):
        return occasion and is_clause_verb(parse, parse.heads[preposition])
    if _is_since(date) and _is_first_of_its_kind(parse, above):
        return False
    if parse.deps[above] == "dobj" and parse.child(above, "poss") is not None and _is_act_noun(parse, above):
        return False
    if parse.deps[above] in SUBJECT_DEPS:
        return parse.lemmas[above].lower() in GATHERINGS
    if parse.deps[above] == "pobj" and parse.lower[preposition] in {"after", "before", "since", "until", "following"}:
        return False
    return parse.deps[above] != "poss"


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
