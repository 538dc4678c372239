"""The cast of a document while it is being found: which tokens name whom, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tablewright.coders.actors.lookup import Hit, find_hits, plain_words
from tablewright.knowledge.actors import ActorKnowledge
from tablewright.parse import Parse
from tablewright.records import Actor, Cast, Document, Mention, MentionKind


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `first` to `stop` that are the name of an actor."""

    first: int
    stop: int
    actor_id: str
    rule: str


@dataclass(slots=True)
class Draft:
    """What the rules hand on to one another.

    `hits` are the known forms of words, `hit_at` the hit that covers a token; `names` the spans settled as names and
    `name_at` the one that covers a token; `silent` the tokens of names that are part of a role and no mention,
    `described` those of roles beside a person's name; `introduced` the full names of people by id that stand above the
    text only.
    """

    document: Document
    parse: Parse
    knowledge: ActorKnowledge
    words: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    hit_at: dict[int, Hit] = field(default_factory=dict)
    names: list[Span] = field(default_factory=list)
    name_at: dict[int, Span] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    described: set[int] = field(default_factory=set)
    introduced: dict[str, list[str]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    referents: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def begin(cls, document: Document, parse: Parse, knowledge: ActorKnowledge) -> Draft:
        """A draft with the known forms of words looked up."""
        draft = cls(document, parse, knowledge, plain_words(parse.words))
        draft.hits = find_hits(draft.words, knowledge)
        draft.hit_at = {token: hit for hit in draft.hits for token in range(hit.first, hit.stop)}
        return draft

    def free(self, first: int, stop: int) -> bool:
        """Whether none of the tokens is part of a settled name."""
        return not any(token in self.name_at for token in range(first, stop))

    def settle(self, first: int, stop: int, actor_id: str, rule: str) -> None:
        """Makes the tokens a name of the actor; shorter names inside give way."""
        for old in {self.name_at[token] for token in range(first, stop) if token in self.name_at}:
            self.names.remove(old)
            for token in range(old.first, old.stop):
                del self.name_at[token]
        span = Span(first, stop, actor_id, rule)
        self.names.append(span)
        for token in range(first, stop):
            self.name_at[token] = span

    def know(self, actor_id: str, rule: str) -> Actor:
        """The actor of that id in this document, taken from the knowledge at its first use."""
        actor = self.actors.get(actor_id)
        if actor is None:
            known = self.knowledge.actors[actor_id]
            actor = self.actors[actor_id] = Actor(
                known.actor_id,
                known.name,
                known.kind,
                known.country_code,
                known.affiliation_id,
                known.role_title,
                known.wikidata_id,
                rule,
            )
        return actor

    def amend(self, actor_id: str, **fields: str | None) -> None:
        """Sets fields of an actor of this document."""
        self.actors[actor_id] = replace(self.actors[actor_id], **fields)  # type: ignore[arg-type]

    def mention(self, actor_id: str, first: int, stop: int, kind: MentionKind, rule: str) -> None:
        """Adds a mention over the tokens, and lets them stand for the actor."""
        start, end = self.parse.starts[first], self.parse.ends[stop - 1]
        self.mentions.append(Mention(actor_id, start, end, self.document.text[start:end], kind, first, stop, rule))
        for token in range(first, stop):
            self.refer(token, actor_id)

    def widen(self, first: int) -> None:
        """Lets the mention added last begin at the pronoun `first`, which goes on standing for its own actor."""
        last, start = self.mentions[-1], self.parse.starts[first]
        self.mentions[-1] = replace(last, start=start, text=self.document.text[start : last.end], first=first)

    def refer(self, token: int, *actor_ids: str) -> None:
        """Lets a token stand for the actors, besides those that it stands for already."""
        self.referents[token] = tuple(dict.fromkeys((*self.referents.get(token, ()), *actor_ids)))

    def country_of(self, actor_id: str) -> str | None:
        """The country code of an actor of this document or of the knowledge."""
        actor = self.actors.get(actor_id) or self.knowledge.actors.get(actor_id)
        return actor.country_code if actor else None

    def kind_of(self, actor_id: str) -> str:
        """The kind of an actor of this document or of the knowledge."""
        actor = self.actors.get(actor_id) or self.knowledge.actors.get(actor_id)
        return actor.kind if actor else ""

    def cast(self) -> Cast:
        """The finished cast: actors that are mentioned and those they are affiliated to, mentions in text order."""
        mentions = sorted(self.mentions, key=lambda mention: (mention.start, -mention.end, mention.actor_id))
        wanted = dict.fromkeys(mention.actor_id for mention in mentions)
        for found in self.referents.values():
            wanted.update(dict.fromkeys(found))
        waiting = list(wanted)
        while waiting:
            actor = self.actors[waiting.pop()]
            above = actor.affiliation_id
            if above is None or above in wanted:
                continue
            if actor.actor_id in self.knowledge.actors and self.kind_of(above) != "country" and actor.kind != "person":
                # What only the knowledge says of a body between states is left out where the text does not name it.
                self.amend(actor.actor_id, affiliation_id=None)
            else:
                self.know(above, "affiliation")
                wanted[above] = None
                waiting.append(above)
        actors = {actor_id: self.actors[actor_id] for actor_id in wanted}
        return Cast(actors, tuple(mentions), dict(sorted(self.referents.items())))
