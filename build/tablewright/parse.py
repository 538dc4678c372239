"""The grammatical reading of a document as plain values: tokens, sentences, entities, and ways about the tree.

It holds no spaCy object, so that the coders run, and are tested, without loading spaCy; and it goes into the cache
as JSON. Columns rather than token objects: a corpus has millions of tokens, and most are looked at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECT_DEPS = frozenset({"dobj", "obj", "dative", "iobj", "oprd", "attr"})


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity by the language model: tokens `first` to `stop`, half-open, and spaCy's label (GPE, ORG …)."""

    first: int
    stop: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: its tokens, its characters, and where it stands.

    `position` counts sentences from 1 in the document, `paragraph` is the block's number, `block` the block's index
    in `Document.blocks`.
    """

    position: int
    first: int
    stop: int
    start: int
    end: int
    paragraph: int
    block: int
    section: str | None = None


@dataclass(frozen=True)
class Parse:
    """A document's tokens by column, in the order of the text; only body blocks have tokens.

    `starts`/`ends` are offsets in the canonical text, `heads` indexes of tokens (a root is its own head), `tags` are
    Penn tags ("VBD"), `pos` universal ones ("VERB"), `deps` spaCy's English labels ("nsubj"), `lemmas` lower case but
    for proper names.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    lemmas: Sequence[str]
    tags: Sequence[str]
    pos: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]
    entities: tuple[Entity, ...]
    sentences: tuple[Sentence, ...]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def lower(self) -> list[str]:
        """Each token's text in lower case."""
        return [word.lower() for word in self.words]

    @cached_property
    def _children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head != token:
                children[head].append(token)
        return children

    @cached_property
    def _sentence_firsts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    @cached_property
    def _entity_of(self) -> dict[int, Entity]:
        return {token: entity for entity in self.entities for token in range(entity.first, entity.stop)}

    def children(self, token: int, *deps: str) -> list[int]:
        """The tokens that hang on `token`, in order; only those with one of `deps` if any are given."""
        if not deps:
            return self._children[token]
        return [child for child in self._children[token] if self.deps[child] in deps]

    def child(self, token: int, *deps: str) -> int | None:
        """The first token that hangs on `token` with one of `deps`, or None."""
        for child in self._children[token]:
            if self.deps[child] in deps:
                return child
        return None

    def subtree(self, token: int) -> list[int]:
        """`token` and all that hangs below it, in the order of the text."""
        found = [token]
        for each in found:
            found.extend(self._children[each])
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """The heads above `token`, nearest first, without `token`."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def conjuncts(self, token: int) -> list[int]:
        """`token` and what is coordinated after it ("France, Italy and Spain"), in order."""
        found = [token]
        for each in found:
            found.extend(self.children(each, "conj"))
        return found

    def entity(self, token: int) -> Entity | None:
        """The named entity that `token` is part of."""
        return self._entity_of.get(token)

    def sentence_of(self, token: int) -> Sentence:
        """The sentence that `token` stands in."""
        return self.sentences[bisect_right(self._sentence_firsts, token) - 1]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers the character at `offset`, or None outside the body."""
        index = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        if index < 0 or offset >= self.sentences[index].end:
            return None
        return self.sentences[index]

    def token_at(self, offset: int) -> int | None:
        """The token that covers the character at `offset`, or None between tokens."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.ends[index] else None

    def tokens_between(self, start: int, end: int) -> range:
        """The tokens that lie within the characters `start` to `end` (a token cut by a border is in)."""
        first = bisect_right(self.ends, start)
        stop = first
        while stop < len(self.starts) and self.starts[stop] < end:
            stop += 1
        return range(first, stop)

    def to_json(self) -> dict[str, Any]:
        """A value that `json` can write, small: repeated strings stand once."""
        strings: dict[str, int] = {}

        def column(values: Sequence[str]) -> list[int]:
            return [strings.setdefault(value, len(strings)) for value in values]

        columns = {name: column(getattr(self, name)) for name in ("words", "lemmas", "tags", "pos", "deps")}
        return {
            **columns,
            "strings": list(strings),
            "starts": list(self.starts),
            "ends": list(self.ends),
            "heads": list(self.heads),
            "entities": [[e.first, e.stop, e.label] for e in self.entities],
            "sentences": [
                [s.position, s.first, s.stop, s.start, s.end, s.paragraph, s.block, s.section] for s in self.sentences
            ],
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Parse:
        """The parse that `to_json` wrote."""
        strings = value["strings"]
        columns = {name: [strings[i] for i in value[name]] for name in ("words", "lemmas", "tags", "pos", "deps")}
        return cls(
            **columns,
            starts=value["starts"],
            ends=value["ends"],
            heads=value["heads"],
            entities=tuple(Entity(*entity) for entity in value["entities"]),
            sentences=tuple(Sentence(*sentence) for sentence in value["sentences"]),
        )
