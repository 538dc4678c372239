"""What the quotation coder knows of a document while it reads: its parse, its cast, and which tokens are quoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tablewright.coders.quotations.marks import Span
from tablewright.knowledge.cues import Cues
from tablewright.parse import Parse
from tablewright.records import Cast, Document, Mention

NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
_PRONOUNS = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "herself": "she"}
MARKS = frozenset("“”„«»‹›\"‘’'`") | {"``", "''"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A span with its tokens (`first` to `stop`, the marks left out) and the sentences that it begins and ends in."""

    span: Span
    first: int
    stop: int
    sentence_first: int
    sentence_stop: int

    def __contains__(self, token: int) -> bool:
        return self.first <= token < self.stop


@dataclass(frozen=True)
class Reading:
    """A document under the quotation coder's eye."""

    document: Document
    parse: Parse
    cast: Cast
    cues: Cues
    quotes: tuple[Quote, ...]

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    @cached_property
    def quoted(self) -> bytearray:
        """For each token whether it is inside a quotation; marks are not."""
        flags = bytearray(len(self.parse))
        for quote in self.quotes:
            flags[quote.first : quote.stop] = b"\x01" * (quote.stop - quote.first)
        return flags

    @cached_property
    def _mention_of(self) -> dict[int, Mention]:
        """The longest mention at each token."""
        found: dict[int, Mention] = {}
        for mention in self.cast.mentions:
            for token in range(mention.first, mention.stop):
                known = found.get(token)
                if known is None or known.stop - known.first < mention.stop - mention.first:
                    found[token] = mention
        return found

    @cached_property
    def pronouns_of(self) -> dict[str, set[str]]:
        """Which of "he" and "she" the cast has stand for each actor."""
        found: dict[str, set[str]] = {}
        for token, actors in self.cast.referents.items():
            if len(actors) == 1 and (pronoun := _PRONOUNS.get(self.parse.lower[token])) is not None:
                found.setdefault(actors[0], set()).add(pronoun)
        return found

    def mention(self, token: int) -> Mention | None:
        """The mention that covers `token`."""
        return self._mention_of.get(token)

    def actors(self, token: int) -> tuple[str, ...]:
        """The actors that `token` stands for."""
        found = self.cast.referents.get(token)
        if found:
            return found
        mention = self.mention(token)
        return (mention.actor_id,) if mention else ()

    def is_person(self, actor_id: str) -> bool:
        """Whether the cast knows the actor as a person."""
        known = self.cast.actors.get(actor_id)
        return known is not None and known.kind == "person"

    def is_person_name(self, token: int) -> bool:
        """Whether `token` ends the name of a person."""
        mention = self.mention(token)
        if mention is not None:
            return mention.kind == "name" and self.is_person(mention.actor_id) and mention.stop == token + 1
        entity = self.parse.entity(token)
        return entity is not None and entity.label == "PERSON" and entity.stop == token + 1

    def opens(self, quote: Quote) -> bool:
        """Whether a quotation begins a sentence, by the sentence borders or by the stop before it."""
        if self.skip_marks(quote.sentence_first, quote.first) == quote.first:
            return True
        before = quote.span.opened - 1
        while before > 0 and self.text[before].isspace():
            before -= 1
        return before > 0 and self.text[before] in ".!?"

    def is_verb(self, token: int) -> bool:
        """Whether `token` is a verb (or tagged as one) that is no auxiliary."""
        parse = self.parse
        if parse.deps[token] in {"aux", "auxpass"}:
            return False
        return parse.pos[token] in {"VERB", "AUX"} or parse.tags[token].startswith("VB")

    def lemma(self, token: int) -> str:
        """The lemma in lower case."""
        return self.parse.lemmas[token].lower()

    def is_cue(self, token: int) -> bool:
        """Whether `token` is a verb of saying outside all quotations."""
        if self.quoted[token] or not self.is_verb(token) or not self.cues.is_saying(self.lemma(token)):
            return False
        # "Put in writing", "by writing to": a noun in all but name.
        gerund = self.parse.tags[token] == "VBG" and self.parse.deps[token] == "pobj"
        in_writing = self.parse.lower[token] == "writing" and self.parse.lower[token - 1] == "in"
        return not gerund and not in_writing and self.parse.deps[token] not in {"amod", "compound"}

    def roots(self, quote: Quote) -> list[int]:
        """The tokens of a quotation that hang on a word outside of it."""
        parse = self.parse
        return [
            token
            for token in range(quote.first, quote.stop)
            if (parse.heads[token] == token or parse.heads[token] not in quote)
            and (parse.pos[token] not in {"PUNCT", "SPACE"} or quote.stop - quote.first == 1)
        ]

    def above(self, token: int) -> Iterator[int]:
        """The unquoted tokens above `token`, nearest first."""
        return (each for each in self.parse.ancestors(token) if not self.quoted[each])

    def path(self, quote: Quote) -> list[int]:
        """The unquoted tokens above a quotation, nearest first."""
        roots = self.roots(quote)
        return list(self.above(roots[0])) if roots else []

    def skip_marks(self, token: int, stop: int) -> int:
        """The first token from `token` on, before `stop`, that is no mark, comma or dash."""
        words = self.parse.words
        while token < stop and not any(c.isalnum() for c in words[token]):
            token += 1
        return token

    def lower_is_phrase(self, token: int) -> bool:
        """Whether a phrase that names a source may begin at `token` ("according to", "in the words of", "as")."""
        return self.parse.lower[token] in {"according", "in", "as"}
