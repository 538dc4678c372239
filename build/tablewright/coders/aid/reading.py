"""What the coder knows while it reads a document, and how a word resolves to whose money it is."""

from __future__ import annotations

from dataclasses import dataclass

from tablewright.clauses import clause_verb, words
from tablewright.knowledge.aid import AidWords
from tablewright.parse import Parse
from tablewright.records import Cast, DateSpan, Quotation

_ACTS_FOR = frozenset({"person", "government_body", "military"})
_ORGANS = words(
    "government authority administration army military force state board parliament congress cabinet council ministry "
    "treasury bank lawmaker legislature executive house senate taxpayer leader minister president official embassy "
    "premier chancellor king queen emir sultan"
)
# In a name these stand for the state after "of": "the Government of Japan", not "the Bank of China".
_NAMED_ORGANS = _ORGANS - words("bank board council house senate congress assembly")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read a document's sums."""

    parse: Parse
    cast: Cast
    dates: tuple[DateSpan, ...]
    words: AidWords
    quotations: tuple[Quotation, ...] = ()

    def actor(self, token: int | None) -> str | None:
        """The one actor that the noun at `token` stands for; None for nobody or several."""
        if token is None:
            return None
        ids = self.cast.referents.get(token, ())
        if not ids and self.parse.pos[token] in {"NOUN", "PROPN"}:
            ids = self._by_modifier(token) or self._by_complement(token)
        elif not ids and self.parse.lower[token] in {"we", "i"}:
            return self._speaker(token)
        others = self.parse.conjuncts(token)[1:]
        joint = any(self.cast.referents.get(each) or self._by_complement(each) for each in others)
        return ids[0] if len(ids) == 1 and not joint else None

    def _speaker(self, token: int) -> str | None:
        """ "We will give": the body that the speaker of the quoted words speaks for."""
        start = self.parse.starts[token]
        said = next((each for each in self.quotations if each.start <= start < each.end), None)
        return self.taker(said.speaker_id) if said is not None else None

    def _by_modifier(self, noun: int) -> tuple[str, ...]:
        """ "The Mozambican government", "whose board": the state or body whose organ it is."""
        if self.parse.pos[noun] != "NOUN" or self.parse.lemmas[noun] not in _ORGANS:
            return ()
        for child in self.parse.children(noun, "amod", "compound", "poss"):
            owner = child
            if self.parse.lower[child] == "whose" and (verb := clause_verb(self.parse, noun)) is not None:
                owner = self.parse.heads[verb]
            if ids := self.cast.referents.get(owner):
                return ids
        return ()

    def _by_complement(self, noun: int) -> tuple[str, ...]:
        """ "The Government of Japan": the one whose organ it is."""
        if self.parse.lemmas[noun].lower() not in _NAMED_ORGANS:
            return ()
        for preposition in self.parse.children(noun, "prep"):
            whole = self.parse.child(preposition, "pobj") if self.parse.lower[preposition] == "of" else None
            if whole is not None and not self.parse.children(whole, "conj"):
                return self.cast.referents.get(whole, ())
        return ()

    def institution(self, actor_id: str | None) -> str | None:
        """The actor, unless it is a person for whom no country or body is known: who announces money need not own it."""
        actor = self.cast.actors.get(actor_id) if actor_id is not None else None
        return None if actor is not None and actor.kind == "person" else actor_id

    def owner(self, actor_id: str | None) -> str | None:
        """Whose money an actor gives: a minister's country, an agency's; others give their own."""
        for _ in range(4):
            actor = self.cast.actors.get(actor_id) if actor_id is not None else None
            if actor is None or actor.kind not in _ACTS_FOR or actor.affiliation_id is None:
                break
            actor_id = actor.affiliation_id
        return actor_id

    def taker(self, actor_id: str | None) -> str | None:
        """Who receives: the most specific body; a person for the country or body."""
        actor = self.cast.actors.get(actor_id) if actor_id is not None else None
        if actor is not None and actor.kind == "person" and actor.affiliation_id is not None:
            return actor.affiliation_id
        return actor_id
