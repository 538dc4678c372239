"""What the events coder knows while it reads one document, and who a noun phrase stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tablewright.knowledge.verbs import Lexicon
from tablewright.parse import Parse
from tablewright.records import Cast, DateSpan, Document, Quotation

RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
FIRST_PERSON = frozenset({"we", "us", "our", "ours", "ourselves"})
OWNER_DEPS = ("poss", "amod", "compound", "nmod", "nummod")
# "Anti-Taliban fighters" are not the Taliban's, nor "pro-Russian" ones Russia's.
_SIDES = frozenset({"anti", "pro", "non", "counter"})
_CLAUSE_NOUN = frozenset({"relcl", "acl"})


@dataclass(frozen=True, slots=True)
class Scene:
    """One document as the events coder sees it. `quoted` maps a token inside quotation marks to its quotation."""

    document: Document
    parse: Parse
    cast: Cast
    dates: tuple[DateSpan, ...]
    lexicon: Lexicon
    places: Mapping[str, str | None]
    quoted: dict[int, Quotation]
    countries: dict[str, str]
    demonyms: dict[str, tuple[str, ...]]


def make_scene(
    document: Document,
    parse: Parse,
    cast: Cast,
    dates: tuple[DateSpan, ...],
    quotations: tuple[Quotation, ...],
    lexicon: Lexicon,
    places: Mapping[str, str | None],
) -> Scene:
    """The scene, with quotations by token and the cast's countries by their code."""
    quoted = {token: quote for quote in quotations for token in parse.tokens_between(quote.start, quote.end)}
    countries = {
        actor.country_code: actor.actor_id
        for actor in cast.actors.values()
        if actor.kind == "country" and actor.country_code
    }
    demonyms: dict[str, tuple[str, ...]] = {
        word: (countries[code],) for word, code in lexicon.demonyms.items() if code in countries
    }
    for mention in cast.mentions:
        if mention.kind == "demonym":
            demonyms[mention.text] = (mention.actor_id,)
    return Scene(document, parse, cast, dates, lexicon, places, quoted, countries, demonyms)


def actors_of(scene: Scene, head: int, *, owner: bool = False, depth: int = 0) -> tuple[str, ...]:
    """The actors that the noun phrase around `head` stands for, its coordinated parts included, in order.

    With `owner`, a phrase that is no actor itself gives the one whose it is ("Russia's attack", "American tariffs").
    """
    found: list[str] = []
    for token in scene.parse.conjuncts(head):
        if token != head and is_gapped(scene.parse, token):
            continue
        ids = direct(scene, token, depth) or (owner_of(scene, token, depth) if owner else ())
        found.extend(each for each in ids if each not in found)
    return tuple(found)


def is_gapped(parse: Parse, token: int) -> bool:
    """Whether a name in a list is the subject of a clause that has lost its verb: "and the European Union 12 million"."""
    if parse.pos[token] != "PROPN" or token + 2 >= len(parse) or not is_money(parse, token + 1):
        return False
    first = token
    while first and (parse.pos[first - 1] in ("PROPN", "DET")):
        first -= 1
    before = parse.lower[first - 1] if first else ""
    return before in ("and", ",", ";", "while") and is_money(parse, token + 2)


def is_money(parse: Parse, token: int) -> bool:
    """Whether the word is part of a sum: a sign of a currency or a number."""
    return parse.words[token] in ("$", "€", "£", "¥") or parse.pos[token] == "NUM"


def direct(scene: Scene, token: int, depth: int = 0) -> tuple[str, ...]:
    """The actors that this one token stands for, or the body it heads ("Rwandan troops", "dozens of diplomats")."""
    parse = scene.parse
    word = parse.lower[token]
    if word in FIRST_PERSON:
        return speakers_body(scene, token)
    if word in ("i", "me", "my"):
        return speaker(scene, token)
    ids = scene.cast.referents.get(token)
    if (
        ids
        and parse.lemmas[token].lower() in scene.lexicon.classes["voice"]
        and parse.pos[token] == "NOUN"
        and depth < 4
    ):
        named = next((child for child in parse.children(token, "appos") if parse.pos[child] == "PROPN"), None)
        if named is None and parse.deps[token] == "appos":
            named = parse.heads[token]
        return (actors_of(scene, named, depth=depth + 1) if named is not None else ()) or ids
    if ids or depth > 4:
        return ids or ()
    beside = _beside(parse, token)
    if beside is not None:
        found = actors_of(scene, beside, depth=depth + 1)
        if found:
            return found
    if word in RELATIVES and parse.tags[token] in ("WDT", "WP", "WP$", "IN", "DT"):
        before = antecedent(parse, token)
        return actors_of(scene, before, depth=depth + 1) if before is not None else ()
    lemma = parse.lemmas[token].lower()
    if lemma in scene.lexicon.classes["transparent"]:
        found = _all_of(scene, token, depth)
        if found:
            return found
    return owner_of(scene, token, depth) if acts_for_owner(scene, token) else ()


def acts_for_owner(scene: Scene, token: int) -> bool:
    """Whether the noun is somebody who acts for the state or body whose he is: its troops, envoy, spokesman."""
    lemma = scene.parse.lemmas[token].lower()
    return any(
        lemma in scene.lexicon.classes[name] for name in ("state_body", "voice", "force", "diplomat", "armed", "staff")
    )


def _beside(parse: Parse, token: int) -> int | None:
    """The noun in apposition to `token`, before or after it: "the spokesman, Colonel Abdramane", "Mali, both"."""
    if parse.deps[token] == "appos":
        above = parse.heads[token]
        while parse.deps[above] == "conj":
            above = parse.heads[above]
        return above
    return next((child for child in parse.children(token, "appos") if parse.pos[child] == "PROPN"), None)


def _all_of(scene: Scene, token: int, depth: int) -> tuple[str, ...]:
    """The actors after each "of" that hangs on `token` ("envoys of the army and of the rebels")."""
    parse = scene.parse
    found: list[str] = []
    for prep in parse.children(token, "prep"):
        for each in parse.conjuncts(prep):
            inner = parse.child(each, "pobj") if parse.lower[each] in ("of", "from") else None
            if inner is not None and parse.pos[inner] != "PRON":
                found.extend(x for x in actors_of(scene, inner, depth=depth + 1) if x not in found)
    return tuple(found)


def owner_of(scene: Scene, token: int, depth: int = 0) -> tuple[str, ...]:
    """Whose the thing at `token` is: its possessor, its demonym, or who stands after "of" or "by"."""
    parse = scene.parse
    found: list[str] = []
    for child in parse.children(token, *OWNER_DEPS):
        for each in parse.conjuncts(child):
            if parse.words[each - 1] == "-" and parse.lower[each - 2] in _SIDES:
                continue
            ids = direct(scene, each, depth + 1) or scene.demonyms.get(_demonym(parse, each), ())
            found.extend(x for x in ids if x not in found)
    if not found and depth < 4:
        voice = parse.lemmas[token].lower() in scene.lexicon.classes["voice"]
        for word in ("for", "of") if voice else ("by", "of", "between", "from"):
            inner = pobj(parse, token, word)
            if inner is not None:
                found.extend(x for x in actors_of(scene, inner, owner=True, depth=depth + 1) if x not in found)
            if found:
                break
    return tuple(found)


def _demonym(parse: Parse, token: int) -> str:
    """The adjective at `token` with the first of its two words, if it has two ("Sri Lankan")."""
    first = parse.children(token, "compound")
    return " ".join(parse.words[first[-1] : token + 1]) if first and first[-1] == token - 1 else parse.words[token]


def pobj(parse: Parse, token: int, word: str) -> int | None:
    """The object of the preposition `word` that hangs on `token`."""
    for child in parse.children(token):
        if parse.lower[child] == word and parse.deps[child] in ("prep", "agent", "dative", "prt"):
            return parse.child(child, "pobj", "pcomp")
    return None


def antecedent(parse: Parse, token: int) -> int | None:
    """The noun that the relative pronoun at `token` takes up."""
    if parse.deps[token] in _CLAUSE_NOUN:
        return parse.heads[token]
    for above in parse.ancestors(token):
        if parse.deps[above] in _CLAUSE_NOUN:
            return parse.heads[above]
        if parse.deps[above] == "ccomp" and parse.lemmas[parse.heads[above]] == "be":
            # "it was Oman that brokered the deal"
            verb = parse.heads[above]
            subject = parse.child(verb, "nsubj", "expl")
            return parse.child(verb, "attr") if subject is not None and parse.lower[subject] == "it" else None
    return None


def speakers_body(scene: Scene, token: int) -> tuple[str, ...]:
    """Whom "we" stands for in somebody's words: the body that the speaker speaks for."""
    said_by = speaker(scene, token)
    actor = scene.cast.actors.get(said_by[0]) if said_by else None
    if actor is not None and actor.kind == "person":
        return (actor.affiliation_id or actor.actor_id,)
    return said_by


def speaker(scene: Scene, token: int) -> tuple[str, ...]:
    """Whose words the token is in: a quotation's speaker, or whom the cast has a first person stand for."""
    quote = scene.quoted.get(token)
    said_by = quote.speaker_id if quote is not None else None
    return (said_by,) if said_by else scene.cast.referents.get(token, ())
