"""What a format's reader hands over: the pieces of a source in their order, before anything is mended or judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tablewright.records import BlockKind

Markup = Literal[
    "heading", "paragraph", "list_item", "block_quote", "table", "footnote", "caption", "code", "rule", "page_break"
]
"""What the markup, or the layout of plain text, says a piece is."""

PROSE: frozenset[Markup] = frozenset({"paragraph", "list_item", "block_quote"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source with its markup resolved.

    `text` keeps the source's line breaks: they tell a hyphen at a line's end from one inside a word, and the lines of
    a byline from each other. `emphasis` is set where all of the piece is bold or italic; `bold_lead` is the bold run
    that it starts with. `kind`, once known, is its role; `prefix` a part of another kind that it starts with
    (a dateline, a speaker's label), already taken off `text`.
    """

    markup: Markup
    text: str
    line: int
    level: int = 0
    emphasis: Literal["strong", "italic"] | None = None
    bold_lead: str = ""
    kind: BlockKind | None = None
    prefix: tuple[BlockKind, str] | None = None
    speaker: str | None = None

    def of_kind(self, kind: BlockKind) -> Piece:
        """The same piece with its role known."""
        return Piece(
            self.markup,
            self.text,
            self.line,
            self.level,
            self.emphasis,
            self.bold_lead,
            kind,
            self.prefix,
            self.speaker,
        )

    def with_text(self, text: str) -> Piece:
        """The same piece with other words."""
        return Piece(
            self.markup,
            text,
            self.line,
            self.level,
            self.emphasis,
            self.bold_lead,
            self.kind,
            self.prefix,
            self.speaker,
        )


@dataclass(slots=True)
class Stated:
    """What a document says of itself. Whoever finds something first keeps it: call in the order of trust."""

    title: str | None = None
    authors: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    language: str | None = None
    url: str | None = None
    rights: str | None = None

    def fill(self, other: Stated) -> None:
        """Takes from `other` what is not known yet."""
        for name in self.__slots__:
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))


@dataclass(frozen=True, slots=True)
class Reading:
    """The pieces of a source and what it states of itself.

    `page_ends` are the numbers of the lines (as pieces count them) at which a page ended; `words` is the source's text
    as far as it may tell whether a word that was broken over two lines has a hyphen of its own. `properties` is what the
    file's own properties say, which programs fill in: it counts where neither `stated` nor the text says anything.
    """

    pieces: list[Piece]
    stated: Stated = field(default_factory=Stated)
    page_ends: frozenset[int] = frozenset()
    words: str = ""
    properties: Stated = field(default_factory=Stated)


Reader = Callable[[bytes, str], Reading]
"""A format's reader: the file's bytes and its name for messages in, a `Reading` out. Raises `SourceError`."""
