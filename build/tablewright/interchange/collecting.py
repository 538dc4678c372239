"""The rows of a project as passages that other programs can show."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tablewright.anchors import Span
from tablewright.decisioncells import EVENTS, Layout
from tablewright.errors import DecisionError
from tablewright.interchange.exchange import Link, Mark, Passage
from tablewright.interchange.labels import label_of
from tablewright.interchange.underreview import Documents, ReviewedDocument

Piece = Literal["document", "paragraph", "row"]
PIECES: tuple[Piece, ...] = ("document", "paragraph", "row")
_MENTIONS = "mentions"
# How much of a paragraph is shown before and after a single row, in characters.
_AROUND = 1500


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes out: documents by id and tables by name (none for all), only what awaits a decision, how it is cut."""

    documents: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    pending: bool = False
    piece: Piece = "document"


def collect(documents: Documents, choice: Choice) -> Iterator[Passage]:
    """The passages in the order of documents and texts; those without rows too where whole documents go out.

    Raises `DecisionError` for a document or a table that is not there.
    """
    tables = [documents.layouts[name] for name in documents.exchanged(choice.tables)]
    for document_id in choice.documents:
        if document_id not in documents.ids:
            raise DecisionError(f"no document {document_id!r}", remedy=f"known: {documents.some()}")
    for document_id in choice.documents or documents.ids:
        yield from _passages(documents[document_id], tables, choice)


def _passages(rows: ReviewedDocument, tables: Sequence[Layout], choice: Choice) -> Iterator[Passage]:
    marks = sorted(_marks(rows, tables, choice), key=lambda mark: (mark.start, mark.end))
    if choice.piece == "document":
        yield _passage(rows, 0, len(rows.text), marks)
        return
    groups = [[mark] for mark in marks] if choice.piece == "row" else _by_paragraph(rows, marks)
    for group in groups:
        start, end = _paragraphs(rows, group)
        if choice.piece == "row":
            start, end = _near(rows.text, (start, end), group[0])
        yield _passage(rows, start, end, group)


def _marks(rows: ReviewedDocument, tables: Sequence[Layout], choice: Choice) -> Iterator[Mark]:
    names = {layout.table for layout in tables}
    for each in rows.standing:
        if each.layout.table not in names or (choice.pending and each.state != "machine"):
            continue
        decision = next(iter(rows.decisions(each.row_id)), None) if each.state != "machine" else None
        yield Mark(
            table=each.layout.table,
            row_id=each.row_id,
            start=each.span[0],
            end=each.span[1],
            label=label_of(each.layout, each.cells),
            cells=each.cells,
            state=each.state,
            rule=rows.rules.get(each.row_id),
            reviewer=decision.reviewer if decision else None,
            decided_on=decision.decided_on if decision else None,
            note=decision.note if decision else None,
        )


def _passage(rows: ReviewedDocument, start: int, end: int, marks: Sequence[Mark]) -> Passage:
    document = rows.document
    moved = tuple(replace(mark, start=mark.start - start, end=mark.end - start) for mark in marks)
    return Passage(
        document_id=document.document_id,
        start=start,
        text=document.text[start:end],
        marks=moved,
        title=document.title,
        url=document.url,
        language=document.language,
        links=tuple(_links(moved)),
    )


def _by_paragraph(rows: ReviewedDocument, marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks in the same paragraphs together."""
    groups: list[list[Mark]] = []
    last = -1
    for mark in marks:
        start, end = _paragraphs(rows, [mark])
        if groups and start < last:
            groups[-1].append(mark)
        else:
            groups.append([mark])
        last = max(last, end)
    return groups


def _paragraphs(rows: ReviewedDocument, marks: Sequence[Mark]) -> tuple[int, int]:
    """Where the paragraphs that hold the marks begin and end."""
    first, last = min(mark.start for mark in marks), max(mark.end for mark in marks)
    blocks = rows.document.blocks
    starts = [block.start for block in blocks]
    begin = blocks[max(0, bisect_right(starts, first) - 1)]
    end = blocks[max(0, bisect_right(starts, last - 1) - 1)]
    return min(begin.start, first), max(end.end, last)


def _near(text: str, within: Span, mark: Mark) -> Span:
    """The part of a paragraph that is shown with a row: all of it, or of a long one so much, in whole words."""
    start, end = max(within[0], mark.start - _AROUND), min(within[1], mark.end + _AROUND)
    if start > within[0]:
        start = next((at + 1 for at in range(start, mark.start) if text[at].isspace()), mark.start)
    if end < within[1]:
        end = next((at for at in range(end, mark.end, -1) if text[at].isspace()), mark.end)
    return start, end


def _links(marks: Sequence[Mark]) -> Iterator[Link]:
    """From each event to the mentions of the actors in it that stand within its own words."""
    mentions = [mark for mark in marks if mark.table == _MENTIONS]
    for event in marks:
        for role in ("source", "target") if event.table == EVENTS and mentions else ():
            actors = event.cells.get(role, "").split("; ")
            for mention in mentions:
                within = event.start <= mention.start and mention.end <= event.end
                if within and mention.cells.get("actor_id") in actors:
                    yield Link(event.row_id, mention.row_id, role)
