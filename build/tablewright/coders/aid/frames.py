"""The grammar around a sum of money: what nouns name it, which verb it hangs on and how, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tablewright.clauses import clause_verb, is_clause_verb, top_token
from tablewright.coders.aid.sums import Sum
from tablewright.parse import SUBJECT_DEPS, Parse, Sentence

Relation = Literal["subject", "object", "for", "other", "none"]

_PART_OPENERS = frozenset(
    {"this", "that", "it", "which", "these", "those", "total", "sum", "amount", "package", "money"}
)
_EQUATING = frozenset(
    {"be", "total", "amount", "reach", "exceed", "stand", "come", "rise", "grow", "top", "remain", "represent"}
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
    after = after_period(parse, tokens[-1] + 1)  # "$500 million a year in loans"
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


def after_period(parse: Parse, stop: int) -> int:
    """The token after the sum and its "a year"."""
    if parse.lower[stop : stop + 1] in (["a"], ["per"], ["each"], ["every"]):
        return stop + 2
    return stop
