"""Where a date hangs: the verb that it times, or the noun that it modifies."""

from __future__ import annotations

from tablewright.clauses.verbs import has_subject, is_clause_verb, top_token
from tablewright.clauses.vocabulary import GATHERINGS, NOUNS_WITH_TO, OCCASION_PREPOSITIONS, words
from tablewright.parse import SUBJECT_DEPS, Parse
from tablewright.records import DateSpan

_DATE_PREPOSITIONS = frozenset({"in", "on", "since", "by", "from", "until", "during"})
_ACT_ENDINGS = ("ion", "ment", "al", "ance", "ence", "ure")
_ACT_NOUNS = words(
    "visit attack offer promise plan bid call move ban vote pledge request threat demand claim strike raid coup speech "
    "statement letter report ruling order law deal pact accord treaty invasion war killing bombing trip"
)
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "day", "eve"})
_STAND_ALONE = _DATE_PREPOSITIONS | {"last", "next", "this", "earlier", "later", "yesterday", "today", "tomorrow"}
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


def is_since(date: DateSpan) -> bool:
    """Whether the date opens a stretch of time: "since 2021"."""
    return date.text[:5].lower() == "since"


def is_first_of_its_kind(parse: Parse, noun: int) -> bool:
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
    if parse.lemmas[noun] in NOUNS_WITH_TO and parse.lower[after : after + 1] == ["to"]:
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
    occasion = parse.deps[above] == "pobj" and parse.lower[preposition] in OCCASION_PREPOSITIONS
    if attributive or (parse.lower[below] == "of" and below == date_top(parse, date)):
        return occasion and is_clause_verb(parse, parse.heads[preposition])
    if is_since(date) and is_first_of_its_kind(parse, above):
        return False
    if parse.deps[above] == "dobj" and parse.child(above, "poss") is not None and _is_act_noun(parse, above):
        return False
    if parse.deps[above] in SUBJECT_DEPS:
        return parse.lemmas[above].lower() in GATHERINGS
    if parse.deps[above] == "pobj" and parse.lower[preposition] in {"after", "before", "since", "until", "following"}:
        return False
    return parse.deps[above] != "poss"
