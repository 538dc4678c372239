"""A release as one value: all that its descriptors say, and the only thing that they are made from.

Plain frozen values, made by hand or by `facts`. Nothing here reads a file or a clock: the day of a release is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tablewright.schema import TableSchema, Value

Redistribute = Literal["full", "quotes", "none"]


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made the dataset.

    `orcid` is the bare identifier ("0000-0002-1825-0097"); `affiliation` the organization that a person belongs to.
    """

    name: str
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    url: str | None = None
    orcid: str | None = None
    affiliation: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is known to be a person. A bare name may as well be a team's, and is taken for one."""
        return bool(self.family_name or self.orcid or self.affiliation)


@dataclass(frozen=True, slots=True)
class About:
    """What dataset.yaml says of the dataset as a whole; `licence` is an SPDX identifier, an address or words.

    Without a `publisher` the creators are taken for it.
    """

    name: str
    title: str
    description: str = ""
    licence: str = ""
    creators: tuple[Creator, ...] = ()
    keywords: tuple[str, ...] = ()
    homepage: str | None = None
    publisher: str | None = None

    @property
    def by(self) -> str:
        """The creators' names in one line; the title where nobody is named."""
        return "; ".join(creator.name for creator in self.creators) or self.title


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that the rows were coded from, in the terms of the documents table, and what may be passed on of it.

    `authors` is joined by "; ", as in the table; `quoted_characters` counts the characters of its text that the
    release holds, None where nobody counted.
    """

    document_id: str
    title: str
    authors: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    language: str | None = None
    url: str | None = None
    rights: str | None = None
    redistribute: Redistribute = "none"
    characters: int = 0
    quoted_characters: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What a column holds: missing and distinct values, the smallest and the largest, how often each code stands.

    `lowest` and `highest` are of numbers and dates only; `counts` is of coded and boolean columns only, in the order
    of the schema.
    """

    name: str
    missing: int = 0
    distinct: int = 0
    lowest: Value | None = None
    highest: Value | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table of the release: its schema as released (after the cut to rights), its rows, and what its columns hold.

    The files are `<name>.parquet` and `<name>.csv`. `columns` are in the schema's order; empty where not counted.
    """

    schema: TableSchema
    rows: int
    columns: tuple[ColumnFacts, ...] = ()

    @property
    def name(self) -> str:
        """The table's name."""
        return self.schema.name


@dataclass(frozen=True, slots=True)
class File:
    """A file of the release by its path in the folder ("events.parquet", "review/events.csv"), its SHA-256 and size."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class CodingCount:
    """How the rows of a table came to be; `rejected` rows are the machine's that people kept out of the release."""

    table: str
    machine: int = 0
    confirmed: int = 0
    amended: int = 0
    added: int = 0
    rejected: int = 0

    @property
    def reviewed(self) -> int:
        """Rows that a person looked at, those kept out included."""
        return self.confirmed + self.amended + self.added + self.rejected


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree who decided on the same rows of a table.

    `column` is a column, or "keep" for whether the row belongs in the dataset at all. `units` are the rows that two
    people or more judged (`codings.coded_rows`), `agreed` the share of pairs of judgements that are the same, `alpha` Krippendorff's
    alpha for nominal data: None where all judgements are one value, since chance agreement is then undefined.
    """

    table: str
    column: str
    units: int
    coders: int
    agreed: float
    alpha: float | None

    def to_json(self) -> dict[str, Any]:
        """The measure as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the coding is.

    `evaluation` is `Evaluation.to_json()`: the machine's rows against the decided ones (empty: nobody decided).
    `undecided` and `stale` are rows without a decision and decisions that fit the text no more; a release has them
    only by `--allow-unreviewed`.
    """

    coding: tuple[CodingCount, ...] = ()
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    agreement: tuple[Agreement, ...] = ()
    undecided: int = 0
    stale: int = 0


@dataclass(frozen=True, slots=True)
class Rights:
    """The rule by which texts were cut: characters of one quotation, and of all quotations of a document, at most; of
    these no more than one in `document_share` characters of its text.

    None where the limit does not apply, that is where no document is released as quotations.
    """

    quote_characters: int | None = None
    document_characters: int | None = None
    document_share: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a dataset with everything that its descriptors say of it.

    `files` are those that are there before the descriptors are made: the tables, datapackage.json, changes, decisions.
    `previous` is the version before, `doi` this version's, `concept_doi` the one of all versions; None where there
    is none (yet). `tool_version` is the version of Tablewright that made it.
    """

    about: About
    version: str
    date: dt.date
    tables: tuple[TableFacts, ...]
    files: tuple[File, ...]
    documents: tuple[SourceDocument, ...] = ()
    quality: Quality = field(default_factory=Quality)
    rights: Rights = field(default_factory=Rights)
    previous: str | None = None
    doi: str | None = None
    concept_doi: str | None = None
    tool_version: str = ""

    def table(self, name: str) -> TableFacts:
        """The table called `name`; `KeyError` when there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    def file(self, path: str) -> File:
        """The file at `path` of the release; `KeyError` when there is none."""
        for file in self.files:
            if file.path == path:
                return file
        raise KeyError(path)
