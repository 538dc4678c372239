"""Whether a sum is aid, and whether it was given, promised or asked for: the words that decide, and the order in which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tablewright.clauses import clause_verb, outlook, words
from tablewright.coders.aid.frames import Frame
from tablewright.knowledge.aid import AidWords
from tablewright.parse import Parse

Status = Literal["pledged", "delivered", "requested", "unspecified"]
Kind = Literal["give", "receive", "request", "carry", "noun"]

_RECOMMENDING = frozenset({"should", "must", "ought", "shall"})
_POSSIBLE = frozenset({"could", "might", "may", "can"})
_KEEPING = frozenset({"fulfil", "fulfill", "honour", "honor", "keep", "redeem"})
_LEAVING = frozenset({"come", "walk", "return", "leave", "emerge"})
_PHRASAL_GIVING = (
    ("part", "with"),
    ("put", "up"),
    ("shell", "out"),
    ("fork", "out"),
    ("fork", "over"),
    ("hand", "over"),
)
_PROMISES = frozenset({"promise", "pledge", "offer", "commitment"})
_PROMISING_HEADS = words(
    "promise pledge vow agree plan intend decide offer commit expect set prepare undertake hope aim say schedule want"
)
_ASKING_FOR = frozenset({"appeal", "apply", "plead", "call", "ask", "beg", "press", "lobby", "petition"})
_ASKING_HEADS = words("ask urge call implore beg appeal press request want demand invite need encourage lobby")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words around a sum make of it. `strong` if they leave no doubt that it is aid."""

    kind: Kind
    status: Status
    strong: bool
    rule: str


def judge(parse: Parse, frame: Frame, words: AidWords) -> Verdict | None:
    """The reading of a sum as aid, or None where its words do not make it that."""
    if judged_out(parse, frame, words):
        return None
    plain = bool(money_words(parse, frame) & words.plain_aid)
    for reading in (_by_noun, _by_verb, _by_others):
        if (verdict := reading(parse, frame, words, plain)) is not None:
            return verdict
    return None


def _by_noun(parse: Parse, frame: Frame, words: AidWords, plain: bool) -> Verdict | None:
    """A noun of promising or asking right over the sum says more than the verb: "put out an appeal for $5m"."""
    noun = parse.lemmas[frame.nouns[0]].lower() if frame.nouns else ""
    lemma = _lemma(parse, frame)
    if noun in _PROMISES and frame.relation != "for":
        return Verdict("noun", "delivered" if lemma in _KEEPING else "pledged", True, "noun-of-promise")
    if noun in words.request_noun and not plain:
        return Verdict("request", "requested", True, "noun-of-asking")
    return None


def _by_others(parse: Parse, frame: Frame, words: AidWords, plain: bool) -> Verdict | None:
    """What speaks for aid where no verb does: nouns of promise and aid, "including" after words of support."""
    named = _named(parse, frame)
    if named & words.promise and (plain or named & _PROMISES):
        return Verdict("noun", "pledged", True, "noun-of-promise")
    if frame.preposition == "including" and _speaks_of_support(parse, frame, words):
        return Verdict("give", "delivered", True, "including")
    carried = _lemma(parse, frame) in words.carry
    if not (carried or frame.verb is None or plain):
        return None
    status = "pledged" if _is_new_package(parse, frame) else _carried(parse, frame)
    strong = plain or bool(named & words.aid)
    return Verdict("carry" if carried else "noun", status, strong, "noun")


def _lemma(parse: Parse, frame: Frame) -> str:
    return parse.lemmas[frame.verb].lower() if frame.verb is not None else ""


def judged_out(parse: Parse, frame: Frame, words: AidWords) -> bool:
    """Whether the words say that the money is no aid: trade, a fine; or that nobody gives it: denied, recommended."""
    plain = bool(money_words(parse, frame) & words.plain_aid)
    if _named(parse, frame) & words.not_aid and not plain:
        return True
    if frame.nouns and not plain and frame.relation != "other" and _counts_goods(parse, frame, words):
        return True
    verb = frame.verb
    if verb is None:
        return False
    refused = parse.lemmas[verb].lower() in words.refuse and not (plain and frame.relation == "none")
    return refused or _unreal(parse, verb)


def _by_verb(parse: Parse, frame: Frame, words: AidWords, plain: bool) -> Verdict | None:
    """What a verb of asking, receiving, promising or giving makes of the sum."""
    verb, lemma = frame.verb, _lemma(parse, frame)
    if verb is None:
        return None
    if (asked := _asked(parse, verb, lemma, frame, words, plain)) is not None:
        return asked
    takes = lemma in words.receive and frame.relation == "object"
    if takes or (lemma in _LEAVING and frame.preposition == "with" and not frame.nouns):
        status: Status = "pledged" if _ahead(parse, verb) else "delivered"
        return Verdict("receive", status, plain or lemma == "receive", "receive")
    if any(lemma == each and _has_particle(parse, verb, particle) for each, particle in _PHRASAL_GIVING):
        return Verdict("give", _given(parse, verb), True, "give")
    if lemma in words.pledge or (lemma == "set" and _has_particle(parse, verb, "aside")):
        return Verdict("give", "pledged", plain or lemma not in words.weak, "pledge")
    if lemma in words.give:
        return Verdict("give", _given(parse, verb), plain or lemma not in words.weak, "give")
    return None


def _has_particle(parse: Parse, verb: int, particle: str) -> bool:
    return any(parse.lower[child] == particle for child in parse.children(verb, "advmod", "prt", "prep"))


def _named(parse: Parse, frame: Frame) -> set[str]:
    """Lemmas and forms of the nouns that name the money."""
    nouns = (*frame.nouns, *frame.contents)
    return {parse.lemmas[noun].lower() for noun in nouns} | {parse.lower[noun] for noun in nouns}


def _counts_goods(parse: Parse, frame: Frame, words: AidWords) -> bool:
    """Whether the sum is the price of a thing: "$5 flights", "a $13,000 heater"."""
    noun = frame.nouns[0]
    if parse.deps[frame.top] not in {"nummod", "compound", "nmod"} or parse.heads[frame.top] != noun:
        return False
    return not {parse.lemmas[noun].lower(), parse.lower[noun]} & (words.aid | words.neutral | words.military)


def _speaks_of_support(parse: Parse, frame: Frame, words: AidWords) -> bool:
    """Whether the words before "including $5m" are about aid: "the lead supporter of its missions"."""
    before = range(frame.sentence.first, frame.first)
    return any(parse.lemmas[token].lower() in words.aid | words.donor for token in before)


def _is_new_package(parse: Parse, frame: Frame) -> bool:
    return any(
        parse.lemmas[noun] == "package"
        and any(parse.lower[child] in {"new", "latest", "further"} for child in parse.children(noun))
        for noun in frame.nouns
    )


def money_words(parse: Parse, frame: Frame) -> set[str]:
    """Lemmas and forms of the words said of the money itself: its nouns and what stands before them."""
    found: set[str] = set()
    for noun in (*frame.nouns, *frame.contents):
        for token in (noun, *_premodifiers(parse, noun)):
            found |= {parse.lower[token], parse.lemmas[token].lower()}
    return found


def _premodifiers(parse: Parse, noun: int) -> list[int]:
    found = [child for child in parse.children(noun, "amod", "compound", "nmod", "conj") if child < noun]
    for each in found:
        found.extend(parse.children(each, "amod", "compound", "nmod", "conj"))
    return found


def _unreal(parse: Parse, verb: int) -> bool:
    """Whether the giving is denied, recommended, or only possible."""
    for each in (verb, *_heads_of_infinitive(parse, verb)):
        if parse.child(each, "neg") is not None and parse.lemmas[each] != "be":
            return True
        auxiliaries = {parse.lower[child] for child in parse.children(each, "aux") if parse.words[child] != "May"}
        if auxiliaries & (_RECOMMENDING | _POSSIBLE):
            return True
        for clause in parse.children(each, "advcl"):
            if "would" in auxiliaries | _will(parse, each) and parse.lower[_mark(parse, clause)] in {
                "if",
                "unless",
                "were",
            }:
                return True
        if parse.deps[each] == "advcl" and parse.lower[_mark(parse, each)] in {"if", "unless", "whether"}:
            return True
    return False


def _will(parse: Parse, verb: int) -> set[str]:
    return {"would"} if any(parse.lower[child] in {"will", "wo"} for child in parse.children(verb, "aux")) else set()


def _mark(parse: Parse, clause: int) -> int:
    mark = parse.child(clause, "mark")
    return clause if mark is None else mark


def _heads_of_infinitive(parse: Parse, verb: int) -> list[int]:
    """The verbs that an infinitive hangs on, "should agree to give": the should counts for the giving."""
    found = []
    while parse.heads[verb] != verb and (parse.deps[verb] == "xcomp" or _is_promised(parse, verb)):
        verb = parse.heads[verb]
        found.append(verb)
    return found


def _is_promised(parse: Parse, verb: int) -> bool:
    """ "Undertook on Thursday to provide": a promise, though the parser may take it for a purpose."""
    to = any(parse.lower[child] == "to" for child in parse.children(verb, "aux"))
    return to and parse.deps[verb] == "advcl" and parse.lemmas[parse.heads[verb]].lower() in _PROMISING_HEADS


def _asked(parse: Parse, verb: int, lemma: str, frame: Frame, words: AidWords, plain: bool) -> Verdict | None:
    """Requests: "appealed for $80m", "seeks $5m", "asked donors to give $5m"."""
    for head in _heads_of_infinitive(parse, verb):
        head_lemma = parse.lemmas[head].lower()
        if head_lemma in _ASKING_HEADS and lemma in words.give | words.pledge:
            return Verdict("request", "requested", True, "asked-to-give")
    above = parse.heads[verb]
    if (
        parse.deps[verb] in {"xcomp", "ccomp", "advcl"}
        and parse.lemmas[above].lower() in _ASKING_HEADS
        and lemma in words.give
    ):
        return Verdict("request", "requested", True, "asked-to-give")
    if lemma not in words.request:
        return None
    if lemma in _ASKING_FOR:
        asked_for = frame.preposition in {"for", "between"} or (lemma in {"ask", "beg"} and frame.relation == "object")
        return Verdict("request", "requested", True, "ask-for") if asked_for else None
    if lemma in {"need", "require", "want", "demand"}:
        return Verdict("request", "requested", plain, "need")
    return Verdict("request", "requested", True, "ask")


def _ahead(parse: Parse, verb: int) -> bool:
    return outlook(parse, verb) == "future" and parse.tags[verb] not in {"VBZ", "VBP"}


def _given(parse: Parse, verb: int) -> Status:
    """The status of a giving: promised where it is still to come, else done."""
    for head in _heads_of_infinitive(parse, verb):
        if parse.lemmas[head].lower() in _PROMISING_HEADS:
            return "pledged"
    if parse.tags[verb] in {"VBZ", "VBP"} or (parse.tags[verb] == "VBG" and parse.child(verb, "aux") is not None):
        return "delivered"
    return "pledged" if outlook(parse, verb) == "future" else "delivered"


def _carried(parse: Parse, frame: Frame) -> Status:
    """The status where no verb gives: what the verb's time says; a fact of support is delivered."""
    verb = frame.verb if frame.verb is not None else clause_verb(parse, frame.top)
    if verb is not None and _ahead(parse, verb):
        return "pledged"
    return "delivered"
