"""What of the documents' words a release may hold: tables cut to what may be passed on of each document.

Which columns hold words of a document follows from the schemas: in a table with anchors every free text that is no
key and no code, our own wording apart. Their offsets stay, and each gets a column with the hash of the whole text, by
which `hydrate` proves the words that it finds in a reader's own copy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import pyarrow as pa

from tablewright.contract import arrow_schema
from tablewright.schema import Field, TableSchema

Redistribute = Literal["full", "quotes", "none"]
Dataset = Mapping[str, tuple[TableSchema, pa.Table]]

HASH = "_sha256"
"""What the name of a column of hashes adds to the name of the column of texts."""
OWN_WORDS = frozenset({"summary"})
"""Free texts in tables with anchors that are not the document's: a summary is the coder's wording."""
_REPEATED = 40
"""Characters in a row that a text of our own may share with the words of its row; more is the document's wording."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document may be quoted: characters of one quotation, and of all of them together, at most as many
    as `document` and as one in `share` of the text. Some 30 words a quotation are less than the 100 to 150 that
    archives of annotated texts take for an excerpt.
    """

    quote: int = 200
    document: int = 5_000
    share: int = 4

    def quota(self, characters: int) -> int:
        """The characters that may be quoted of a document of so many."""
        return min(self.document, characters // self.share)


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Cut:
    """Tables that may be passed on.

    `quoted` counts the characters of each document's text that they still hold, `left_out` the cells of each document
    whose words the quota took out.
    """

    tables: dict[str, tuple[TableSchema, pa.Table]]
    quoted: Mapping[str, int]
    left_out: Mapping[str, int]


def document_rules(documents: pa.Table, said: Mapping[str, str]) -> tuple[dict[str, Redistribute], dict[str, int]]:
    """The setting and the length of each document; `said` are settings by file, "none" where it has none."""
    rules: dict[str, Redistribute] = {}
    characters: dict[str, int] = {}
    for row in documents.to_pylist():
        rule: Any = said.get(row["source_file"], "none")
        rules[row["document_id"]] = rule
        characters[row["document_id"]] = row["characters"]
    return rules, characters


def source_columns(schema: TableSchema) -> tuple[str, ...]:
    """The columns of a table that hold words of a document; of a released table too."""
    if not schema.anchors:
        return ()
    known = {*schema.primary_key, *(name for key in schema.foreign_keys for name in key.fields)}
    known |= OWN_WORDS | {anchor.document for anchor in schema.anchors}
    return tuple(field.name for field in schema.fields if field.name not in known and _is_free_text(field))


def _is_free_text(field: Field) -> bool:
    return field.type == "string" and field.format == "default" and not field.categories and field.pattern is None


def own_columns(schema: TableSchema) -> tuple[str, ...]:
    """The columns of a table with anchors that hold our own words, which may repeat those of a document."""
    return tuple(name for name in schema.columns if name in OWN_WORDS) if schema.anchors else ()


def repeats(own: str, text: str) -> bool:
    """Whether a text of our own repeats more of the words of its row than happens by chance."""
    one, other = " ".join(own.split()), " ".join(text.split())
    return any(one[at : at + _REPEATED] in other for at in range(len(one) - _REPEATED + 1))


def passages(schemas: Mapping[str, TableSchema]) -> frozenset[str]:
    """The tables that hold the text itself: those with anchors that the rows of other tables with anchors stand in."""
    anchored = {name for name, schema in schemas.items() if schema.anchors}
    referred = {key.resource for name in anchored for key in schemas[name].foreign_keys if key.resource != name}
    return frozenset(anchored & referred)


def released_schema(schema: TableSchema) -> TableSchema:
    """The schema of a table that is cut: its texts may be missing, and each has a column of hashes after it."""
    words, own = source_columns(schema), own_columns(schema)
    fields: list[Field] = []
    for field in schema.fields:
        if field.name not in (*words, *own):
            fields.append(field)
            continue
        said = f"{field.description} Cut to what may be passed on of the document; missing where nothing may."
        if field.name in own:
            said = f"{field.description} Missing where it repeats words of the document that may not be passed on."
        fields += [replace(field, required=False, unique=False, description=said), _hash_field(field)]
    return replace(schema, fields=tuple(fields))


def _hash_field(field: Field) -> Field:
    return Field(
        name=field.name + HASH,
        type="string",
        title=f"Hash: {field.title}"[:80],
        description=f"SHA-256 of the whole text of {field.name} in UTF-8, in lower-case hexadecimal digits.",
        example=_hash(str(field.example)) or "",
        required=field.required,
        pattern="[0-9a-f]{64}",
    )


def cut_to_rights(
    tables: Dataset,
    redistribute: Mapping[str, Redistribute],
    characters: Mapping[str, int],
    limits: Limits = LIMITS,
) -> Cut:
    """`tables` cut to what `redistribute` says of each document ("none" of one that it does not name).

    With "quotes" the passages (sentences) lose their text, other words are cut to a quotable length at the end of a
    word, and words that would go beyond the document's quota are left out, the longest first: short ones, names and
    triggers, tell most and take least. With "none" no words stay. A text of our own goes where it repeats words that go. `characters` is the length of each document's text.
    When all documents are "full" the tables are as they were.
    """
    rules: dict[str, Redistribute] = {each: redistribute.get(each, "none") for each in characters}
    if all(rule == "full" for rule in rules.values()):
        return Cut(dict(tables), dict(characters), {})
    whole = passages({name: schema for name, (schema, _) in tables.items()})
    sheets = {name: _Sheet(schema, table, rules, name in whole) for name, (schema, table) in tables.items()}
    quotas = {name: _Quota(length, limits.quota(length)) for name, length in characters.items()}
    cells = [cell for sheet in sheets.values() for cell in sheet.quotable(limits.quote)]
    for cell in sorted(cells, key=lambda each: (len(each.text), each.start, each.text)):
        if quotas[cell.document].takes(cell):
            cell.sheet.keep(cell)
    return Cut(
        {name: sheet.released() for name, sheet in sheets.items()},
        {name: quotas[name].used if rules[name] != "full" else length for name, length in characters.items()},
        {name: quota.refused for name, quota in quotas.items() if quota.refused},
    )


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words that may be quoted; `start` is -1 where nothing says at which place of the document they stand."""

    sheet: _Sheet
    column: str
    row: int
    document: str
    start: int
    text: str


class _Quota:
    """What is quoted of one document so far: every character counts once, and so do words without a place."""

    def __init__(self, characters: int, limit: int) -> None:
        self._limit = limit
        self._quoted = bytearray(characters)
        self._words: set[str] = set()
        self.used = 0
        self.refused = 0

    def takes(self, cell: _Cell) -> bool:
        """Whether the words may still be quoted; they are then counted."""
        place = slice(cell.start, cell.start + len(cell.text))
        if cell.start < 0:
            new = 0 if cell.text in self._words else len(cell.text)
        else:
            new = self._quoted.count(0, place.start, place.stop)
        if self.used + new > self._limit:
            self.refused += 1
            return False
        self.used += new
        if cell.start < 0:
            self._words.add(cell.text)
        else:
            self._quoted[place] = b"\1" * len(self._quoted[place])
        return True


class _Sheet:
    """One table while it is cut."""

    def __init__(
        self, schema: TableSchema, table: pa.Table, rules: Mapping[str, Redistribute], is_passage: bool
    ) -> None:
        self._schema, self._table, self._is_passage = schema, table, is_passage
        self._words = source_columns(schema)
        self._texts: dict[str, Sequence[str | None]] = {}
        self._kept: dict[str, list[str | None]] = {}
        self._documents: Sequence[Any] = []
        self._rules: Sequence[Redistribute] = []
        if self._words:
            self._documents = table.column(schema.anchors[0].document).to_pylist()
            self._rules = [rules.get(str(name), "none") for name in self._documents]
        for name in self._words:
            texts: Sequence[str | None] = table.column(name).to_pylist()
            self._texts[name] = texts
            pairs = zip(texts, self._rules, strict=True)
            self._kept[name] = [text if rule == "full" else None for text, rule in pairs]

    def quotable(self, length: int) -> Iterator[_Cell]:
        """The words of documents of which may be quoted, cut to `length`."""
        starts = {anchor.text: anchor.start for anchor in self._schema.anchors}
        for column in self._words:
            if self._is_passage and column in starts:
                continue
            places: Sequence[int | None] = [-1] * len(self._rules)
            if column in starts:
                places = self._table.column(starts[column]).to_pylist()
            for row, (text, start, rule) in enumerate(zip(self._texts[column], places, self._rules, strict=True)):
                if text is None or start is None or rule != "quotes":
                    continue
                # Without a place nobody could see that words were cut, so these stay whole or not at all.
                words = shorten(text, length) if start >= 0 else text if len(text) <= length else None
                if words:
                    yield _Cell(self, column, row, self._documents[row], start, words)

    def keep(self, cell: _Cell) -> None:
        """Leaves the words of a cell in the table."""
        self._kept[cell.column][cell.row] = cell.text

    def released(self) -> tuple[TableSchema, pa.Table]:
        """The table as it may be passed on, in its schema."""
        schema = released_schema(self._schema)
        columns: list[Any] = []
        for field in self._schema.fields:
            if field.name in self._words:
                columns.append(pa.array(self._kept[field.name], pa.string()))
                columns.append(pa.array([_hash(text) for text in self._texts[field.name]], pa.string()))
            elif field.name in own_columns(self._schema):
                texts = self._table.column(field.name).to_pylist()
                columns.append(pa.array(self._own(texts), pa.string()))
                columns.append(pa.array([_hash(text) for text in texts], pa.string()))
            else:
                columns.append(self._table.column(field.name))
        return schema, pa.Table.from_arrays(columns, schema=arrow_schema(schema))

    def _own(self, texts: Sequence[str | None]) -> Iterator[str | None]:
        """Texts of our own; None for one that repeats more of its row's words than the row keeps."""
        column = self._schema.anchors[0].text
        for own, words, kept in zip(texts, self._texts[column], self._kept[column], strict=True):
            closed = own is not None and words is not None and kept != words and repeats(own, words)
            yield None if closed else own


def shorten(text: str, length: int) -> str | None:
    """The first words of `text`, `length` characters at most; None where not even one word is so short."""
    if len(text) <= length:
        return text
    words = text[: length + 1]
    border = max((at for at, character in enumerate(words) if character.isspace()), default=0)
    return words[:border].rstrip() or None


def _hash(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()
