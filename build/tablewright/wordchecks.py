"""Proves what a dataset says of words in texts, without the texts: places, hashes, and what overlapping words say.

Rows of different tables quote the same places (a mention within an event within a sentence), so that words which have
been moved or changed contradict others. `holds_what_text_says` proves the same rows where the text is at hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from tablewright.records import Finding
from tablewright.rights import HASH, own_columns, source_columns
from tablewright.rowfindings import row_findings, show
from tablewright.schema import Anchor, TableSchema

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

_AT_ONCE = 8_000_000
"""Characters that are laid out at once; each takes some 30 bytes."""
_PLACES = 1 << 40
"""No document has so many characters: where the places of the next one start."""

Dataset = Mapping[str, tuple[TableSchema, pa.Table]]


@dataclass(frozen=True, slots=True)
class _Words:
    """The released words of one anchor of one table: their documents (as numbers), starts, and the words."""

    schema: TableSchema
    table: pa.Table
    column: str
    rows: NDArray[np.int64]
    documents: NDArray[np.int64]
    starts: NDArray[np.int64]
    texts: pa.Array[Any]
    lengths: NDArray[np.int64]


def check_words(tables: Dataset, lengths: Mapping[str, int]) -> tuple[list[Finding], dict[str, int]]:
    """What is wrong with the anchors by themselves and with one another, and how many characters of each document the
    tables hold. `lengths` gives the length of each document's text.
    """
    findings: list[Finding] = []
    words: list[_Words] = []
    numbers = {name: number for number, name in enumerate(lengths)}
    limits = np.array([*(min(length, _PLACES - 1) for length in lengths.values()), 0], dtype=np.int64)
    for schema, table in tables.values():
        for anchor in schema.anchors:
            found, wrong = _look(schema, table, anchor, numbers, limits)
            findings += wrong
            words.append(found)
        findings += _check_hashes(schema, table)
    contradictions, quoted = _lay_out(words, list(lengths))
    for name, count in _unplaced(tables).items():
        quoted[name] = quoted.get(name, 0) + count
    return findings + contradictions, quoted


def _look(
    schema: TableSchema, table: pa.Table, anchor: Anchor, numbers: Mapping[str, int], limits: NDArray[np.int64]
) -> tuple[_Words, list[Finding]]:
    """The words of an anchor whose place may be right, and the rows whose place cannot be."""
    documents = _numbered(table.column(anchor.document), numbers)
    starts, has_start = _integers(table.column(anchor.start))
    ends, has_end = _integers(table.column(anchor.end))
    texts = table.column(anchor.text).combine_chunks()
    released = np.asarray(texts.is_valid())
    lengths = np.zeros(len(texts), dtype=np.int64)
    lengths[released] = _compute.utf8_length(texts.drop_null()).to_numpy(zero_copy_only=False)
    cut = anchor.text + HASH in schema.columns
    # Of a text that is cut the place must be there as long as its hash is.
    there = np.asarray(table.column(anchor.text + HASH).is_valid()) if cut else released
    wrong = (has_start != there) | (has_end != there) | (released & ~there)
    inside = (starts >= 0) & (starts < ends) & (ends <= limits[documents]) & (documents >= 0)
    wrong |= there & ~inside
    wrong |= released & ((lengths > ends - starts) if cut else (lengths != ends - starts))
    good = released & ~wrong
    rows = np.flatnonzero(good)
    found = _Words(
        schema, table, anchor.text, rows, documents[rows], starts[rows], texts.filter(pa.array(good)), lengths[rows]
    )
    return found, _say(schema, table, anchor.text, np.flatnonzero(wrong), partial(_misplaced, table, anchor))


def _numbered(column: Any, numbers: Mapping[str, int]) -> NDArray[np.int64]:
    encoded = column.combine_chunks().cast(pa.string()).dictionary_encode()
    known = np.array([*(numbers.get(name, -1) for name in encoded.dictionary.to_pylist()), -1], dtype=np.int64)
    at: NDArray[np.int64] = known[encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    return at


def _integers(column: Any) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    array = column.combine_chunks()
    return array.fill_null(-1).to_numpy(zero_copy_only=False), np.asarray(array.is_valid())


def _misplaced(table: pa.Table, anchor: Anchor, row: int) -> str:
    start, end, text = (table.column(name)[row].as_py() for name in (anchor.start, anchor.end, anchor.text))
    return f"{show(text)} cannot stand at {show(start)}-{show(end)} of its document"


def _say(schema: TableSchema, table: pa.Table, column: str, rows: NDArray[np.int64], say: Any) -> list[Finding]:
    return row_findings(
        schema,
        column,
        code="anchor",
        rows=rows.tolist(),
        say=say,
        value=lambda name, row: table.column(name)[row].as_py(),
    )


def _check_hashes(schema: TableSchema, table: pa.Table) -> Iterator[Finding]:
    """The rows whose words are whole and do not have the hash that the row gives."""
    places = {anchor.text: anchor for anchor in schema.anchors}
    for name in (*source_columns(schema), *own_columns(schema)):
        if name + HASH not in schema.columns:
            continue
        texts, hashes = (table.column(each).to_pylist() for each in (name, name + HASH))
        whole: Sequence[int | None] = [None] * len(texts)
        if name in places:
            starts, ends = (table.column(each).to_pylist() for each in (places[name].start, places[name].end))
            whole = [
                end - start if start is not None and end is not None else -1
                for start, end in zip(starts, ends, strict=True)
            ]
        wrong = [
            row
            for row, (text, sha256, length) in enumerate(zip(texts, hashes, whole, strict=True))
            if text is not None and length in (None, len(text)) and _hash(text) != sha256
        ]
        yield from row_findings(
            schema,
            name,
            code="text-hash",
            rows=wrong,
            say=partial(_other_hash, name),
            value=lambda column, row: table.column(column)[row].as_py(),
        )


def _other_hash(column: str, row: int) -> str:
    return f"does not have the hash that {column}{HASH} gives"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _lay_out(words: Sequence[_Words], names: Sequence[str]) -> tuple[list[Finding], dict[str, int]]:
    """Puts all words at their places, some documents at a time: which of them say another character than those
    before, and how many places of each document have one.
    """
    findings: list[Finding] = []
    quoted: dict[str, int] = {}
    for first, last in _portions(words, len(names)):
        chosen = [np.flatnonzero((each.documents >= first) & (each.documents < last)) for each in words]
        laid = [_characters(each, rows) for each, rows in zip(words, chosen, strict=True)]
        places = np.concatenate([each[0] for each in laid]) if laid else np.zeros(0, dtype=np.int64)
        characters = np.concatenate([each[1] for each in laid]) if laid else np.zeros(0, dtype=np.uint32)
        order = np.argsort(places, kind="stable")
        sorted_places, sorted_characters = places[order], characters[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = sorted_places[1:] != sorted_places[:-1]
        counts = np.bincount(sorted_places[new] // _PLACES - first, minlength=last - first)
        quoted.update(zip(names[first:last], counts.tolist(), strict=True))
        said_first = sorted_characters[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
        wrong = np.zeros(len(order), dtype=bool)
        wrong[order] = sorted_characters != said_first
        findings += _contradictions(words, chosen, laid, wrong)
    return findings, quoted


def _portions(words: Sequence[_Words], documents: int) -> Iterator[tuple[int, int]]:
    """Documents in runs whose words have no more than `_AT_ONCE` characters together."""
    sizes = np.zeros(documents, dtype=np.int64)
    for each in words:
        np.add.at(sizes, each.documents, each.lengths)
    first, size = 0, 0
    for number, more in enumerate(sizes.tolist()):
        if size and size + more > _AT_ONCE:
            yield first, number
            first, size = number, 0
        size += more
    if first < documents:
        yield first, documents


def _characters(words: _Words, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """The places of all characters of the chosen words, and the characters."""
    lengths = words.lengths[chosen]
    texts: Any = words.texts
    text = "".join(texts.take(pa.array(chosen)).to_pylist())
    characters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    starts = words.documents[chosen] * _PLACES + words.starts[chosen]
    within = np.arange(len(characters)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(starts, lengths) + within, characters


def _contradictions(
    words: Sequence[_Words],
    chosen: Sequence[NDArray[np.int64]],
    laid: Sequence[tuple[NDArray[np.int64], NDArray[np.uint32]]],
    wrong: NDArray[np.bool_],
) -> Iterator[Finding]:
    at = 0
    for each, rows, (places, _) in zip(words, chosen, laid, strict=True):
        mine = wrong[at : at + len(places)]
        at += len(places)
        if not mine.any():
            continue
        of_row = np.repeat(np.arange(len(rows)), each.lengths[rows])
        found = each.rows[rows[np.unique(of_row[mine])]]
        yield from _say(
            each.schema, each.table, each.column, found, lambda row: "is not what other rows say stands at that place"
        )


def _unplaced(tables: Dataset) -> dict[str, int]:
    """The characters of words without a place, each wording of a document counted once."""
    counted: dict[str, int] = {}
    for document, text in {pair for schema, table in tables.values() for pair in _unplaced_words(schema, table)}:
        counted[document] = counted.get(document, 0) + len(text)
    return counted


def _unplaced_words(schema: TableSchema, table: pa.Table) -> Iterator[tuple[str, str]]:
    placed = {anchor.text for anchor in schema.anchors}
    for name in source_columns(schema):
        if name not in placed:
            pairs = pa.table([table.column(schema.anchors[0].document), table.column(name)], names=["document", "text"])
            for row in pairs.drop_null().group_by(["document", "text"]).aggregate([]).to_pylist():
                yield row["document"], row["text"]
