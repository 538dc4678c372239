"""The values that travel through the pipeline. Frozen, flat, and free of behaviour beyond their own fields.

Names of fields that end up in a table are the names of its columns (see schemas/). Offsets count Unicode code
points in `Document.text`, half-open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal[
    "title",
    "byline",
    "dateline",
    "standfirst",
    "heading",
    "paragraph",
    "list_item",
    "block_quote",
    "speaker_label",
    "caption",
    "pull_quote",
    "table",
    "footnote",
    "bibliography",
    "notes",
    "contact",
    "credit",
    "code",
]
"""What a stretch of the canonical text is. Only the kinds in `BODY_KINDS` yield rows."""

BODY_KINDS: frozenset[BlockKind] = frozenset({"paragraph", "list_item", "block_quote"})

Coding = Literal["machine", "confirmed", "amended", "added"]
MentionKind = Literal["name", "metonym", "demonym", "role", "anaphor"]
DatePrecision = Literal["day", "month", "season", "year", "decade", "range"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong that does not stop the work: all of them are reported at once.

    `code` is a short stable name for scripts ("stale-decision"); `severity` "error" makes a command exit 1. What is
    wrong in a table has `table` and `row` (from 1), what is wrong in a file `file` and `line` (from 1).
    """

    code: str
    message: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    remedy: str | None = None
    severity: Literal["error", "warning"] = "error"
    table: str | None = None
    row: int | None = None

    def to_json(self) -> dict[str, str | int]:
        """The finding as JSON values, without what is not known."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the canonical text with one role.

    `section` is the nearest heading's text; `paragraph` numbers body blocks from 1 in the document, 0 elsewhere.
    `speaker` is the label of an interview's speaker, where the block is one's answer.
    """

    kind: BlockKind
    start: int
    end: int
    section: str | None = None
    paragraph: int = 0
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as read: what is known of it, its canonical text, and the roles of the text's parts."""

    document_id: str
    source_file: str
    source_sha256: str
    text: str
    text_sha256: str
    blocks: tuple[Block, ...]
    title: str
    authors: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    language: str = "en"
    url: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True)
class DateSpan:
    """An interval in time, both ends inclusive, as words in the text give it.

    `text`, `start`, `end` are the words; `precision` is how exactly they say it. "Since 2021" has no `date_end`.
    """

    start: int
    end: int
    text: str
    date_start: dt.date | None
    date_end: dt.date | None
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act, as one document knows them. `rule` says how the machine came by it."""

    actor_id: str
    name: str
    kind: str
    country_code: str | None = None
    affiliation_id: str | None = None
    role_title: str | None = None
    wikidata_id: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an actor. `first` and `stop` are its tokens in the parse, half-open."""

    actor_id: str
    start: int
    end: int
    text: str
    kind: MentionKind
    first: int
    stop: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, without the marks, and whose they are."""

    start: int
    end: int
    text: str
    kind: Literal["statement", "fragment", "term", "title"]
    speaker_id: str | None = None
    speaker_text: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    date: DateSpan | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class AidFigure:
    """A sum of money that one actor gives, promises, is asked for or receives as assistance."""

    start: int
    end: int
    text: str
    amount: float
    currency: str
    qualifier: Literal["exact", "at_least", "at_most", "approximately", "range"]
    status: Literal["pledged", "delivered", "requested", "unspecified"]
    amount_max: float | None = None
    period: str | None = None
    donor_id: str | None = None
    recipient_id: str | None = None
    channel: str | None = None
    purpose: str | None = None
    humanitarian: bool = False
    financial: bool = False
    military: bool = False
    date: DateSpan | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act, at the clause that reports it. `sources` and `targets` are actor ids in the order of the text."""

    start: int
    end: int
    text: str
    trigger: str
    trigger_start: int
    trigger_end: int
    event_type: str
    status: Literal["occurred", "ongoing", "planned"]
    summary: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    place_country_code: str | None = None
    date: DateSpan | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """What the actors coder found in a document, and what the other coders ask of it.

    `referents` maps a token of the parse to the actors that it stands for. It covers every token of every mention
    that is published, and besides those the heads of noun phrases and the pronouns that resolve to an actor
    ("he", "it", "they", "both sides"), which are no mentions.
    """

    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    referents: dict[int, tuple[str, ...]] = field(default_factory=dict)
