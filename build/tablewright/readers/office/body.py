"""From the XML of a Word document's text to pieces: paragraphs, tables and text boxes in their order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tablewright.readers.office.inline import PROPERTIES, Inline, tag_of
from tablewright.readers.office.package import Element, child, switched_on, value
from tablewright.readers.office.styles import Role, Styles
from tablewright.readers.office.words import Words
from tablewright.readers.pieces import PROSE, Piece
from tablewright.readers.prose import ends_with_stop
from tablewright.records import BlockKind

_BULLET = re.compile(r"[•‣▪◦●∙·]\s+")
_LONGEST_HEADING = 20
"""Words; what is longer and ends like a sentence is a paragraph that only has a heading's style."""
_LAYOUT_PARAGRAPHS, _LAYOUT_WORDS = 3, 150
"""A cell with as many paragraphs and words makes its table a way to lay out text, as newsletters use it."""


class Body:
    """One story (the text, a note), walked once from its start to its end.

    `embedded` says that some of the text stands in a part of another format; `titled` that it opens with a title.
    """

    def __init__(self, styles: Styles) -> None:
        self.inline = Inline(styles)
        self.embedded = False
        self.titled = False
        self._styles = styles
        self._pieces: list[Piece] = []
        self._line = 0
        self._fields_close = True
        self._open: tuple[Words, Role] | None = None

    def read(self, story: Element) -> list[Piece]:
        """The pieces of a story."""
        steps = Counter(value(each, "fldCharType") for each in story.iter("{*}fldChar"))
        self._fields_close = steps["begin"] == steps["end"]
        self._walk(story)
        self._close()
        return self._pieces

    def _walk(self, parent: Element) -> None:
        for element in parent:
            tag = tag_of(element)
            if tag == "p":
                self._paragraph(element)
            elif tag == "tbl":
                self._close()
                self._table(element)
            elif tag == "altChunk":
                self.embedded = True
            elif tag not in PROPERTIES:
                self.inline.around(element, tag, self._walk)

    def _paragraph(self, element: Element) -> None:
        self._line += 1
        properties = child(element, "pPr")
        role = self._styles.role(properties)
        look = self._styles.paragraph_look(properties)
        if role.markup != "paragraph":
            # A quotation that its style sets in italics is no remark in italics.
            look = look._replace(bold=None, italic=None)
        words = self._open[0] if self._open else Words()
        self.inline.gather(element, look, words)
        if not self._fields_close:
            self.inline.forget_fields()
        self._open = (words, role)
        if not _runs_on(properties):
            self._close()

    def _close(self) -> None:
        """Puts out the paragraph that is open, and the text boxes that hang on it."""
        if self._open is None:
            return
        (words, role), self._open = self._open, None
        if not role.left_out:
            for text, emphasis, bold_lead in words.texts():
                piece = self._piece(text, role, words)
                if piece.markup in PROSE:
                    piece = replace(piece, emphasis=emphasis, bold_lead=bold_lead)
                self._pieces.append(piece)
        for box in words.boxes:
            self._walk(box)
            self._close()

    def _piece(self, text: str, role: Role, words: Words) -> Piece:
        above = self._pieces
        if role.title == 1:
            self.titled = self.titled or not any(piece.markup in PROSE for piece in above)
        elif role.markup == "heading" and self.titled:
            role = role._replace(level=role.level + 1)
        top = len(above) < 5 and not any(piece.markup in PROSE for piece in above)
        return piece_of(text, role, self._line, words.kind, top=top)

    # Tables

    def _table(self, table: Element) -> None:
        """A table as a piece a row; or the text that it only lays out: in one column, in long cells, in other tables."""
        before, self._pieces = self._pieces, []
        rows: list[list[list[Piece]]] = []
        self._rows(table, rows)
        self._pieces = before
        before.extend(pieces_of_table(rows))

    def _rows(self, parent: Element, rows: list[list[list[Piece]]]) -> None:
        for element in parent:
            tag = tag_of(element)
            if tag == "tr":
                if child(element, "trPr", "del") is None:
                    cells: list[list[Piece]] = []
                    self._cells(element, cells)
                    if cells:
                        rows.append(cells)
            elif tag not in PROPERTIES:
                self.inline.around(element, tag, lambda inside: self._rows(inside, rows))

    def _cells(self, parent: Element, cells: list[list[Piece]]) -> None:
        for element in parent:
            tag = tag_of(element)
            if tag == "tc":
                if child(element, "tcPr", "cellDel") is not None:
                    continue
                outer, self._pieces = self._pieces, []
                self._walk(element)
                self._close()
                cell, self._pieces = self._pieces, outer
                if cell:
                    cells.append(cell)
            elif tag not in PROPERTIES:
                self.inline.around(element, tag, lambda inside: self._cells(inside, cells))


def piece_of(text: str, role: Role, line: int, kind: BlockKind | None, *, top: bool) -> Piece:
    """A paragraph of a role; `top` says that no text stands above it, `kind` what a field says that it is."""
    if role.title == 2 and top:
        return Piece("paragraph", text, line, kind="standfirst")
    markup, level, kind = role.markup, role.level, kind or role.kind
    if markup == "heading" and text.count(" ") >= _LONGEST_HEADING and ends_with_stop(text):
        markup, level = "paragraph", 0
    if markup == "paragraph" and not kind and _BULLET.match(text):
        markup, text = "list_item", _BULLET.sub("", text, count=1)
    return Piece(markup, text, line, level=level, kind=kind)


def pieces_of_table(rows: list[list[list[Piece]]]) -> list[Piece]:
    """A piece for each row, of whose cells none is empty; or the text that the table only lays out."""
    if _lays_out(rows):
        return [piece for row in rows for cell in row for piece in cell]
    cells = ([" ".join(" ".join(piece.text.split()) for piece in cell) for cell in row] for row in rows)
    return [Piece("table", " | ".join(texts), row[0][0].line) for row, texts in zip(rows, cells, strict=True)]


def _lays_out(rows: list[list[list[Piece]]]) -> bool:
    """Whether a table only puts text in its place on the page."""
    if all(len(row) == 1 for row in rows):
        return True
    for cell in (cell for row in rows for cell in row):
        prose = [len(piece.text.split()) for piece in cell if piece.markup in PROSE]
        if any(piece.markup == "table" for piece in cell):
            return True
        if len(prose) >= _LAYOUT_PARAGRAPHS and sum(prose) >= _LAYOUT_WORDS:
            return True
    return False


def _runs_on(properties: Element | None) -> bool:
    """Whether the next paragraph goes on with this one: its mark is deleted, moved away or hidden, or it is the large
    letter that the next one begins with.
    """
    mark = child(properties, "rPr")
    if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
        return True
    if value(child(properties, "framePr"), "dropCap") in {"drop", "margin"}:
        return True
    return bool(switched_on(child(mark, "vanish"))) and not switched_on(child(mark, "specVanish"))
