"""All that the coders know of the world, loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tablewright.knowledge.actors import ActorKnowledge, load_actor_knowledge
from tablewright.knowledge.cues import Cues, load_cues
from tablewright.knowledge.verbs import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Actors and places, words of saying, and the words that name acts."""

    actors: ActorKnowledge
    cues: Cues
    lexicon: Lexicon


def load_knowledge(actors_file: Path | None) -> Knowledge:
    """The built-in knowledge, and before it the project's own actor list, if it has one.

    Raises `KnowledgeError` with file and line for an actor list that is not valid.
    """
    return Knowledge(load_actor_knowledge(actors_file), load_cues(), load_lexicon())
