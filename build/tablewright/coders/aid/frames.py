"""The grammar around a sum of money: what nouns name it, which verb it hangs on and how, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tablewright.clauses import clause_verb, is_clause_verb, top_token
from tablewright.coders.aid.sums import Sum
from tablewright.parse import SUBJECT_DEPS, Parse, Sentence

Relation = Literal["subject", "object", "for", "other", "none"]

_MODIFIERS = frozenset({"nummod", "compound", "nmod", "quantmod", "amod", "npadvmod", "appos", "poss", "conj", "dep"})
_PART_OPENERS = frozenset(
    {"this", "that", "it", "which", "these", "those", "total", "sum", "amount", "package", "money"}
)
_EQUATING = frozenset(
    {"be", "total", "amount", "reach", "exceed", "stand", "come", "rise", "grow", "top", "remain", "represent"}
)
_ROUTING = frozenset(
    {"pay", "channel", "deliver", "disburse", "distribute", "route", "spend", "administer", "manage", "provide", "send"}
)
_RAISING = frozenset({"bring", "raise", "take", "lift", "push", "increase", "boost", "double", "triple", "quadruple"})
_WORTH = frozenset({"worth", "value", "total", "amount", "price", "estimate"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A sum in its clause. Tokens `first` to `stop` are the sum's own, `top` their head.

    `nouns` name the money from outside ("a $3 billion loan", "a grant of $5m"), `contents` from inside ("$5m in
    military aid"). `verb` is the verb that it hangs on, by `relation` and, for a phrase, `preposition`. `part` tells
    that the sum is a part of one named before ("of which 30 million").
    """

    sum: Sum
    sentence: Sentence
    first: int
    stop: int
    top: int
    nouns: tuple[int, ...]
    contents: tuple[int, ...]
    verb: int | None
    relation: Relation
    preposition: str
    part: bool

    @property
    def anchors(self) -> tuple[int, ...]:
        """The tokens on which phrases about this sum may hang: in a line without a verb, any."""
        if self.verb is None:
            return tuple(range(self.sentence.first, self.sentence.stop))
        return (*range(self.first, self.stop), *self.nouns, *self.contents, self.verb)


def frame_of(parse: Parse, found: Sum, sentence: Sentence) -> Frame | None:
    """The frame of a sum, or None where no token fits its characters."""
    tokens = parse.tokens_between(found.core, found.end)
    if not tokens:
        return None
    top = _top(parse, tokens)
    nouns, verb, relation, preposition = _climb(parse, top, tokens)
    part = _is_part(parse, tokens[0], sentence)
    if part and (verb is None or verb < tokens[0]):
        verb, relation = _verb_after(parse, tokens[-1] + 1, sentence), "subject"
    contents = list(_contents(parse, tokens, nouns))
    if (clause := _own_clause(parse, (top, *tokens, *nouns, *contents), tokens[-1])) is not None:
        verb, relation, preposition = clause, "object", ""
    elif (beside := _across_dash(parse, tokens[0], found, sentence)) is not None:
        verb, relation = beside, "for"
        preposition = "for" if any(parse.lower[c] == "for" for c in parse.children(beside, "prep")) else ""
    elif verb is not None:
        named, said = _of_predicate(parse, verb, relation, top)
        nouns.extend(noun for noun in named if noun not in nouns)
        contents.extend(noun for noun in said if noun not in contents)
    return Frame(
        found,
        sentence,
        tokens[0],
        tokens[-1] + 1,
        top,
        tuple(nouns),
        tuple(contents),
        verb,
        relation,
        preposition,
        part,
    )


def _top(parse: Parse, tokens: range) -> int:
    """The head of the sum: the last of its tokens that hangs on a word outside ("the European Union EUR 12 million")."""
    outside = [token for token in tokens if parse.heads[token] not in tokens or parse.heads[token] == token]
    return outside[-1] if outside else top_token(parse, tokens)


def _verb_after(parse: Parse, first: int, sentence: Sentence) -> int | None:
    """The verb of a part whose own clause the parser missed: the next that is no saying between commas."""
    for token in range(first, sentence.stop):
        if is_clause_verb(parse, token) and parse.deps[token] != "parataxis" and parse.pos[token] == "VERB":
            return token
    return None


def _own_clause(parse: Parse, named: tuple[int, ...], last: int) -> int | None:
    """The verb of a clause about the money itself: "the €6.6 billion that the EU had set aside"."""
    for token in named:
        for verb in parse.children(token, "relcl"):
            that = any(parse.lower[c] in {"that", "which"} and parse.deps[c] == "dobj" for c in parse.children(verb))
            bare = parse.child(verb, "nsubj") is not None and parse.child(verb, "dobj") is None
            if verb > last and (that or bare) and verb - last < 14:
                return verb
    for verb in parse.children(named[0], "acl") if named else ():
        if parse.tags[verb] == "VBN" and verb - last < 4 and parse.lemmas[verb] not in _WORTH:
            return verb
    return None


def _across_dash(parse: Parse, first: int, found: Sum, sentence: Sentence) -> int | None:
    """The verb before a dash that the sum fills in: "what he begged allies for — at least €40 billion"."""
    while first > sentence.first and parse.starts[first - 1] >= found.start:
        first -= 1
    if first - 1 <= sentence.first or parse.words[first - 1] not in {"—", "–"}:
        return None
    for token in range(first - 2, sentence.first - 1, -1):
        if is_clause_verb(parse, token) and parse.pos[token] == "VERB":
            return token
    return None


def _of_predicate(parse: Parse, verb: int, relation: Relation, top: int) -> tuple[list[int], list[int]]:
    """The nouns that a verb of being equates with the sum: those that name it, and those that it consists of.

    "The package is worth $86 million", "$62 million is military assistance", "it brings support to $1.5 billion".
    """
    lemma = parse.lemmas[verb]
    if lemma in _EQUATING:
        if relation == "subject":
            return [], [each for noun in parse.children(verb, "attr") for each in parse.conjuncts(noun) if each > top]
        return parse.children(verb, "nsubj", "nsubjpass"), []
    if lemma in _RAISING and relation == "other":
        return parse.children(verb, "dobj"), []
    return [], []


def _climb(parse: Parse, top: int, tokens: range) -> tuple[list[int], int | None, Relation, str]:
    """From the sum up to its verb: the nouns on the way, the verb, and how it is reached."""
    nouns: list[int] = []
    node, preposition = top, ""
    while parse.heads[node] != node:
        dep, head = parse.deps[node], parse.heads[node]
        if is_clause_verb(parse, head):
            if parse.deps[head] == "acl" and parse.lemmas[head] in _WORTH:
                node = parse.heads[head]
                nouns.append(node)
                continue
            if parse.deps[head] in {"relcl", "acl"} and head in tokens:
                break
            return nouns, head, _relation(dep, preposition), preposition
        if dep in {"pobj", "pcomp"} or parse.pos[head] == "ADP":
            preposition = parse.lower[head]
        elif parse.pos[head] in {"NOUN", "PROPN"} and head not in tokens:
            if dep == "appos" and parse.pos[head] == "PROPN":
                if parse.words[tokens[0] - 1] == "(":
                    return nouns, clause_verb(parse, head), "object", ""
            elif dep != "conj":
                nouns.append(head)
            preposition = ""
        node = head
    if is_clause_verb(parse, node) and node not in tokens:
        return nouns, node, "other", preposition
    return nouns, None, "none", preposition


def _relation(dep: str, preposition: str) -> Relation:
    if dep in SUBJECT_DEPS:
        return "subject"
    if dep in {"dobj", "obj", "attr", "oprd", "dative", "npadvmod", "ccomp", "xcomp", "appos", "nummod"}:
        return "object"
    return "for" if preposition == "for" else "other"


def _contents(parse: Parse, tokens: range, nouns: list[int]) -> Iterator[int]:
    """The nouns of "$5m in military aid", "€5m worth of grants and loans"."""
    for anchor in (*tokens, *nouns):
        for preposition in parse.children(anchor, "prep"):
            if preposition >= tokens[-1] and parse.lower[preposition] in {"in", "of", "as"}:
                for noun in parse.children(preposition, "pobj"):
                    yield from parse.conjuncts(noun)
    after = _after_period(parse, tokens[-1] + 1)  # "$500 million a year in loans"
    if after + 1 < len(parse) and parse.lower[after] in {"in", "of", "as"} and parse.heads[after] not in tokens:
        for noun in parse.children(after, "pobj"):
            if parse.heads[after] not in nouns:
                yield from parse.conjuncts(noun)


def _is_part(parse: Parse, first: int, sentence: Sentence) -> bool:
    """Whether "of which" or "of this" stands before the sum in its sentence, with no other verb between."""
    for token in range(first - 1, max(sentence.first, first - 12) - 1, -1):
        if parse.lower[token] == "of" and token + 1 < first:
            following = parse.lower[token + 1 : min(token + 4, first)]
            if _PART_OPENERS & set(following) and (
                token == sentence.first or parse.words[token - 1] in {",", "(", "—", "–", ";"}
            ):
                return True
        if is_clause_verb(parse, token) and parse.pos[token] == "VERB":
            return False
    return False


def subject_of(parse: Parse, verb: int) -> int | None:
    """Who does `verb`: its own subject, or the one that it takes over from the verb above; None if nobody is named."""
    for _ in range(6):
        own = parse.child(verb, "nsubj")
        if own is not None:
            return _antecedent(parse, own, verb)
        if is_passive(parse, verb):
            return agent_of(parse, verb)
        dep, head = parse.deps[verb], parse.heads[verb]
        if dep in {"ROOT", "conj", "ccomp"} and (name := _name_before(parse, verb)) is not None:
            return name
        if dep == "acl" and _is_misread(parse, verb):
            return head
        if dep not in {"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep"} or head == verb:
            return None
        if dep == "xcomp" and (told := parse.child(head, "dobj", "dative")) is not None and _is_to(parse, verb):
            return told
        above = head if is_clause_verb(parse, head) else clause_verb(parse, head)
        if above is None or above == verb:
            return None
        verb = above
    return None


def _name_before(parse: Parse, verb: int) -> int | None:
    """The name right before a verb that the parser gave no subject: "In February Paris committed …"."""
    before = verb - 1
    while before > 0 and parse.deps[before] in {"aux", "advmod", "neg"}:
        before -= 1
    return before if before >= 0 and parse.pos[before] == "PROPN" and parse.tags[verb] != "VBG" else None


def _is_to(parse: Parse, verb: int) -> bool:
    return any(parse.lower[child] == "to" for child in parse.children(verb, "aux"))


def _antecedent(parse: Parse, subject: int, verb: int) -> int:
    """What a relative pronoun stands for."""
    if parse.lower[subject] in {"which", "that", "who"} and parse.deps[verb] == "relcl":
        return parse.heads[verb]
    return subject


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether `verb` is passive, or a participle after its noun ("money given by")."""
    if parse.child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if parse.tags[verb] != "VBN" or parse.deps[verb] not in {"acl", "relcl", "advcl"} or parse.children(verb, "aux"):
        return False
    return not _is_misread(parse, verb)


def _is_misread(parse: Parse, verb: int) -> bool:
    """Whether a participle after the noun is the sentence's own verb: "The board approved on Friday a loan"."""
    noun = parse.heads[verb]
    if parse.deps[verb] != "acl" or parse.deps[noun] != "ROOT" or parse.child(verb, "dobj") is None:
        return False
    return agent_of(parse, verb) is None


def agent_of(parse: Parse, verb: int) -> int | None:
    """Who a passive verb is done by."""
    for by in parse.children(verb, "agent"):
        return parse.child(by, "pobj")
    for by in parse.children(verb, "prep"):
        if parse.lower[by] == "by":
            return parse.child(by, "pobj")
    return None


def _times(parse: Parse, anchor: int) -> Iterator[int]:
    """The years and months below a token, on which the parser hangs what follows: "over five years for drones"."""
    for child in parse.children(anchor, "npadvmod", "prep"):
        for token in (child, *parse.children(child, "pobj")):
            if parse.lemmas[token] in {"year", "month", "week"}:
                yield token


def _after_period(parse: Parse, stop: int) -> int:
    """The token after the sum and its "a year"."""
    if parse.lower[stop : stop + 1] in (["a"], ["per"], ["each"], ["every"]):
        return stop + 2
    return stop


def _meant(parse: Parse, noun: int) -> int:
    """What "which" stands for in "to which they contributed"; any other noun is itself."""
    if parse.lower[noun] not in {"which", "whom"}:
        return noun
    verb = clause_verb(parse, noun)
    return parse.heads[verb] if verb is not None and parse.deps[verb] == "relcl" else noun


def phrases(parse: Parse, frame: Frame) -> list[tuple[str, int, int]]:
    """The prepositional phrases that may say who, how and what for: preposition, its token, its noun; nearest first.

    What follows the sum comes before what precedes it.
    """
    found: list[tuple[str, int, int]] = []
    anchors = set(frame.anchors)
    for anchor in frame.anchors:
        anchors.update(_times(parse, anchor))
        anchors.update(
            verb for verb in parse.children(anchor, "acl", "relcl", "advcl") if parse.lemmas[verb] in _ROUTING
        )
    for token in range(frame.sentence.first, frame.sentence.stop):
        if parse.deps[token] not in {"prep", "dative", "agent"} or frame.first <= token < frame.stop:
            continue
        head = parse.heads[token]
        follows = token == _after_period(parse, frame.stop) and parse.lower[token] in {"to", "for"}
        if follows or head in anchors or (parse.deps[head] == "prep" and parse.heads[head] in anchors):
            goals = parse.children(token, "pobj", "pcomp")
            found.extend((parse.lower[token], token, _meant(parse, noun)) for noun in goals)
    return sorted(found, key=lambda each: (each[1] < frame.stop, abs(each[1] - frame.stop)))
