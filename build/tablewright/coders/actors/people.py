"""People: full names by the knowledge, the model, titles and apposition; then the short forms of those names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import is_capital
from tablewright.coders.actors.roles import role_after, role_before, title_at
from tablewright.knowledge.actors import actor_slug
from tablewright.records import Actor

_PARTICLES = frozenset(
    "al el bin bint ibn ben de da do dos del della di la le van von der den ter ten abu ould e y ul ur al- zu af".split()
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_SAYING = frozenset(
    "say tell add ask warn note write argue claim insist explain reply announce declare admit deny remark recall observe "
    "suggest stress urge believe think call describe meet visit win resign become serve live work laugh smile".split()
)
_CALENDAR = frozenset(
    "january february march april june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
_LONGEST = 5


def settle_people(draft: Draft) -> None:
    """Settles full names, then every short form that a full name in the document explains."""
    for hit in draft.hits:
        if (
            hit.name.form == "name"
            and draft.kind_of(hit.name.actor_id) == "person"
            and _stands_alone(draft, hit.first, hit.stop)
        ):
            draft.know(hit.name.actor_id, "known-person")
            draft.settle(hit.first, hit.stop, hit.name.actor_id, "known-person")
    for first, stop, rule in _candidates(draft):
        if draft.free(first, stop) or _outweighs(draft, first, stop):
            _settle_new(draft, first, stop, rule)
    _settle_short_forms(draft)


def _stands_alone(draft: Draft, first: int, stop: int) -> bool:
    """Whether a known name is not the beginning of a longer one ("Imran Khan Niazi" may be; "George Bush Airport" is)."""
    following = draft.parse.lower[stop] if stop < len(draft.words) else ""
    return not (
        stop < len(draft.words) and is_capital(draft.words[stop]) and draft.knowledge.noun("not_actor", following)
    )


def _outweighs(draft: Draft, first: int, stop: int) -> bool:
    """Whether a name of two words and more takes in a place or country of one ("Jordan Henderson")."""
    covered = {draft.name_at[token] for token in range(first, stop) if token in draft.name_at}
    return (
        all(
            span.first >= first
            and span.stop <= stop
            and span.stop - span.first == 1
            and span.rule == "known-name"
            and draft.kind_of(span.actor_id) == "country"
            and span.first == first
            for span in covered
        )
        and stop - first == 2
    )


def _candidates(draft: Draft) -> Iterator[tuple[int, int, str]]:
    """Where a person's full name may stand: by the model, after a title, and before an apposition."""
    for entity in draft.parse.entities:
        if entity.label == "PERSON":
            first, stop = _trimmed(draft, entity.first, entity.stop)
            if stop - first >= 2 and _is_name(draft, first, stop):
                yield first, stop, "model-person"
    for sentence in draft.parse.sentences:
        token = sentence.first
        while token < sentence.stop:
            stop = _name_run(draft, token, sentence.stop)
            if stop == token:
                token += 1
                continue
            if draft.free(token, stop) and _is_name(draft, token, stop):
                rule = _evidence(draft, token, stop, sentence.first, sentence.stop)
                if rule is not None:
                    yield token, stop, rule
            token = stop


def _trimmed(draft: Draft, first: int, stop: int) -> tuple[int, int]:
    """The tokens of an entity without titles before and possessives after the name."""
    moved = True
    while moved and first < stop:
        moved = False
        after = title_at(draft, first)
        if after > first or not is_capital(draft.words[first]):
            first, moved = max(after, first + 1), True
    while stop > first and not (is_capital(draft.words[stop - 1]) or draft.parse.lower[stop - 1] in _SUFFIXES):
        stop -= 1
    while (
        first > 0
        and stop - first == 1
        and is_capital(draft.words[first - 1])
        and draft.parse.pos[first - 1] == "PROPN"
        and draft.parse.heads[first - 1] in range(first, stop)
        and first - 1 not in draft.hit_at
        and title_at(draft, first - 1) == first - 1
    ):
        first -= 1
    return first, stop


def _name_run(draft: Draft, token: int, limit: int) -> int:
    """Where a run of words that look like a person's name stops; `token` if none begins there."""
    words, lower, pos = draft.words, draft.parse.lower, draft.parse.pos
    if (
        not is_capital(words[token])
        or pos[token] not in {"PROPN", "NOUN", "ADJ", "X"}
        or title_at(draft, token) > token
    ):
        return token
    stop = token + 1
    while stop < limit and stop - token < _LONGEST + 3:
        if is_capital(words[stop]) and pos[stop] in {"PROPN", "NOUN", "ADJ", "X"} and title_at(draft, stop) == stop:
            stop += 1
        elif words[stop] == "-" and stop + 1 < limit and words[stop + 1].isalpha() and words[stop - 1] != "-":
            stop += 2
        elif (
            lower[stop] in _PARTICLES
            and stop + 1 < limit
            and (is_capital(words[stop + 1]) or words[stop + 1] in {"-", "der", "den", "la"})
        ):
            stop += 1
        elif lower[stop] in _SUFFIXES:
            stop += 1
        else:
            break
    return stop


def _is_name(draft: Draft, first: int, stop: int) -> bool:
    """Whether nothing in the words speaks against a person's name."""
    lower, noun = draft.parse.lower, draft.knowledge.noun
    if stop - first > _LONGEST + 3:
        return False
    for token in range(first, stop):
        hit = draft.hit_at.get(token)
        if hit is not None and (
            hit.name.form == "demonym" or hit.stop - hit.first > 1 or hit.first > first or stop - first == 1
        ):
            return False
        if lower[token] in _CALENDAR:
            return False
        if draft.words[token].isupper() and len(draft.words[token]) > 3 and stop - first > 1:
            return False
        if noun("not_actor", lower[token]) is not None or noun("organisation", lower[token]) is not None:
            return False
        if not (
            is_capital(draft.words[token])
            or lower[token] in _PARTICLES
            or draft.words[token - 1] == "-"
            or draft.words[token] == "-"
            or lower[token] in _SUFFIXES
        ):
            return False
    return True


def _evidence(draft: Draft, first: int, stop: int, floor: int, limit: int) -> str | None:
    """What says that a run of capitals is a person: a title before, a role after, or a verb that people do."""
    parse = draft.parse
    before = role_before(draft, first, floor)
    titled = {"office", "voice", "rank"} if stop - first == 1 else {"office", "voice", "rank", "honorific"}
    if before is not None and before.classes & titled:
        return "title-before"
    after = role_after(draft, stop, limit)
    if (
        after is not None
        and after.classes & {"office", "voice", "rank", "occupation"}
        and parse.deps[stop - 1] != "pobj"
    ):
        return "role-after"
    if stop - first >= 2 and first not in draft.hit_at:
        root = stop - 1
        while parse.heads[root] != root and first <= parse.heads[root] < stop:
            root = parse.heads[root]
        if parse.deps[root] == "nsubj" and parse.lemmas[parse.heads[root]] in _SAYING:
            return "name-speaks"
    return None


def _settle_new(draft: Draft, first: int, stop: int, rule: str) -> None:
    text = draft.document.text[draft.parse.starts[first] : draft.parse.ends[stop - 1]]
    actor_id = actor_slug(text)
    if actor_id in draft.knowledge.actors:
        draft.know(actor_id, rule)
    elif actor_id not in draft.actors:
        draft.actors[actor_id] = Actor(actor_id, text, "person", rule=rule)
    draft.settle(first, stop, actor_id, rule)


def _settle_short_forms(draft: Draft) -> None:
    """Settles surnames, then first names alone, of people whose full name the document gives."""
    strong, weak = _keys(draft)
    for forms, rule in ((strong, "surname"), (weak, "first-name")):
        _settle_keys(draft, forms, rule)
    for token, word in enumerate(draft.words):
        known = draft.knowledge.surnames.get(word)
        if known and token not in draft.name_at and _may_be_short(draft, token, token + 1):
            draft.know(known, "known-surname")
            draft.settle(token, token + 1, known, "known-surname")
    _settle_honorifics(draft)


def _keys(
    draft: Draft,
) -> tuple[dict[tuple[str, ...], list[tuple[int, str]]], dict[tuple[str, ...], list[tuple[int, str]]]]:
    """The short forms of each full name, with where the name stands: surnames, and single other words."""
    strong: defaultdict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    weak: defaultdict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    for span in draft.names:
        if draft.kind_of(span.actor_id) != "person":
            continue
        words = [word for word in draft.words[span.first : span.stop] if word.lower() not in _SUFFIXES]
        place = (span.first, span.actor_id)
        known = draft.knowledge.surname_of.get(span.actor_id)
        last = max((at for at, word in enumerate(words) if is_capital(word)), default=0)
        start = last
        if start > 1 and words[start - 1] == "-" and is_capital(words[start - 2]):
            start -= 2
        forms = {tuple(words[start : last + 1])}
        particle = start
        while particle > 0 and (words[particle - 1].lower() in _PARTICLES or words[particle - 1] == "-"):
            particle -= 1
        forms.add(tuple(words[particle : last + 1]))
        if known is not None:
            forms = {known} if known[-1] in words else forms | {known}
        for form in forms:
            strong[form].append(place)
        for word in words:
            if is_capital(word) and len(word) > 1 and word[1] != "." and (word,) not in forms:
                weak[(word,)].append(place)
    return strong, weak


def _settle_keys(draft: Draft, forms: dict[tuple[str, ...], list[tuple[int, str]]], rule: str) -> None:
    by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for form in sorted(forms, key=len, reverse=True):
        by_first[form[0]].append(form)
    for token, word in enumerate(draft.words):
        for form in by_first.get(word, ()):
            stop = token + len(form)
            if tuple(draft.words[token:stop]) != form or not draft.free(token, stop):
                continue
            if _may_be_short(draft, token, stop):
                before = [actor_id for first, actor_id in forms[form] if first <= token]
                draft.settle(token, stop, before[-1] if before else forms[form][0][1], rule)
                break


def _may_be_short(draft: Draft, first: int, stop: int) -> bool:
    """Whether a surname alone stands here, and not a part of another name or a word of the language."""
    parse, words = draft.parse, draft.words
    opens = first == parse.sentence_of(first).first
    named = any(parse.pos[token] == "PROPN" or parse.entity(token) is not None for token in range(first, stop))
    if not named and not (opens and parse.pos[first] in {"NOUN", "ADJ", "VERB", "X", "INTJ", "ADV"}):
        return False
    hit = draft.hit_at.get(first)
    if (
        hit is not None
        and hit.name.form in {"demonym", "capital"}
        and parse.words[first - 1] not in {"Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs."}
    ):
        return False
    if stop < len(words) and is_capital(words[stop]) and parse.pos[stop] == "PROPN" and stop not in draft.name_at:
        return title_at(draft, stop) > stop or parse.sentence_of(first).stop <= stop
    if (
        first > 0
        and is_capital(words[first - 1])
        and parse.pos[first - 1] == "PROPN"
        and first - 1 not in draft.name_at
    ):
        return (
            title_at(draft, first - 1) > first - 1
            or draft.knowledge.is_title(parse.lower[first - 1])
            or first - 1 in draft.hit_at
        )
    return True


def _settle_honorifics(draft: Draft) -> None:
    """Settles a surname after an honorific that no full name explains ("Mr Demiri")."""
    for token, word in enumerate(draft.parse.lower):
        if word.rstrip(".") not in {"mr", "mrs", "ms", "miss", "mx"} or token + 1 >= len(draft.words):
            continue
        stop = _name_run(draft, token + 1, len(draft.words))
        if stop > token + 1 and draft.free(token + 1, stop):
            _settle_new(draft, token + 1, stop, "honorific")
