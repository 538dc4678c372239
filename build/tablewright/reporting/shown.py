"""What of a document's text a report shows: all of it, or the words that its tables may hold, in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tablewright.records import Document
from tablewright.schema import TableSchema

Row = Mapping[str, Any]
Kind = Literal["full", "quotes", "none"]

EXCERPT = "excerpt"
"""The kind of a block that holds quoted words out of a text that is not shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as it is shown, its blocks ([kind, start, end]), and where the places of the document are in it.

    `passages` are stretches of the document that are shown, (start, end) there and the start here, in order; a text
    that is shown whole is one passage.
    """

    kind: Kind
    text: str
    blocks: list[list[Any]]
    passages: tuple[tuple[int, int, int], ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the document's `start` to `end` is in the shown text, cut to what is shown; (0, 0) where nothing is."""
        at = bisect_right(self.passages, start, key=lambda each: each[0]) - 1
        if at < 0:
            return 0, 0
        first, last, here = self.passages[at]
        end = min(end, last)
        return (here + start - first, here + end - first) if end > start else (0, 0)


def show_whole(document: Document) -> Shown:
    """A document that may be shown as it is."""
    blocks = [[each.kind, each.start, each.end] for each in document.blocks]
    return Shown("full", document.text, blocks, ((0, len(document.text), 0),))


def show_quotes(kind: Kind, rows: Mapping[str, tuple[TableSchema, Sequence[Row]]]) -> Shown:
    """The words that the `rows` of a document, by table, still hold, each stretch of the document once, in its order.

    Words without a place in the text (dates, purposes) are in their rows alone.
    """
    pieces = sorted({piece for schema, found in rows.values() for piece in _pieces(schema, found)})
    passages: list[tuple[int, int, int]] = []
    texts: list[str] = []
    blocks: list[list[Any]] = []
    for start, words in _joined(pieces):
        here = sum(map(len, texts)) + 2 * len(texts)
        passages.append((start, start + len(words), here))
        blocks.append([EXCERPT, here, here + len(words)])
        texts.append(words)
    return Shown(kind, "\n\n".join(texts), blocks, tuple(passages))


def _pieces(schema: TableSchema, rows: Sequence[Row]) -> Iterable[tuple[int, str]]:
    for row in rows:
        for anchor in schema.anchors:
            if row[anchor.text] and row[anchor.start] is not None:
                yield row[anchor.start], row[anchor.text]


def _joined(pieces: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Pieces of a text, by start, with those that overlap made one."""
    joined: list[tuple[int, str]] = []
    for start, words in pieces:
        before, said = joined[-1] if joined else (0, "")
        if joined and start < before + len(said):
            more = start + len(words) - before - len(said)
            if more > 0:
                joined[-1] = before, said + words[-more:]
        else:
            joined.append((start, words))
    return joined
