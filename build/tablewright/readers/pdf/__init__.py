"""PDF as pieces: the text that was meant to be read on, out of what was meant to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from tablewright.readers.pdf.furniture import body_size, drop_furniture
from tablewright.readers.pdf.kinds import set_levels
from tablewright.readers.pdf.layout import columns
from tablewright.readers.pdf.lines import Line, Page
from tablewright.readers.pdf.notes import notes, split_notes
from tablewright.readers.pdf.opening import read_pages
from tablewright.readers.pdf.paragraphs import paragraphs
from tablewright.readers.pdf.setting import SMALL, Paragraph, Setting, setting
from tablewright.readers.pdf.stated import stated_in
from tablewright.readers.pieces import Piece, Reading

_ENDED = (".", "!", "?", ":", ".”", "!”", "?”", '."', '?"', ".’", ".)")
_FLOATS = frozenset({"caption", "table", "footnote"})


def read_pdf(data: bytes, file: str) -> Reading:
    """The pieces of a PDF. Raises `SourceError` for one that is damaged, locked, too large, or without text."""
    pages, info = read_pages(data, file)
    pages = drop_furniture(pages)
    found = _paragraphs(pages)
    pieces, page_ends = _pieces(found)
    words = "\n".join(line.text for page in pages for line in page.lines)
    stated, properties = stated_in(info, words)
    return Reading(pieces, stated, page_ends, words, properties)


def _paragraphs(pages: Sequence[Page]) -> list[Paragraph]:
    size = body_size(pages)
    texts: list[list[Line]] = []
    below: list[list[Line]] = []
    note_size = None
    for page in pages:
        for run in columns(page):
            text, foot = split_notes(_with_initials(run, size), size, note_size)
            note_size = foot[0].size if foot else note_size
            texts.append(text)
            below.append(foot)
    how = setting(texts, size)
    found: list[Paragraph] = []
    for number, (text, foot) in enumerate(zip(texts, below, strict=True)):
        if text:
            own = list(paragraphs(text, number, how))
            aside = _is_aside(text, size)
            for paragraph in own:
                paragraph.aside = aside
            found += own
        found += [Paragraph(lines, "footnote", number, kind="footnote") for lines in notes(foot)]
    set_levels(found)
    return _joined(_floats_last(found), how)


def _is_aside(text: Sequence[Line], size: float) -> bool:
    """Whether a column is set in another size than the text: a box beside it."""
    return sum(len(line.text) for line in text if line.size < SMALL * size) > sum(len(line.text) for line in text) / 2


def _with_initials(run: Sequence[Line], size: float) -> list[Line]:
    """The lines with a large first letter of a text set to the word that it begins."""
    out: list[Line] = []
    for line in run:
        if out and len(out[-1].text) == 1 and out[-1].text.isupper() and out[-1].size > 1.5 * size > 1.2 * line.size:
            line.text = out.pop().text + line.text
        out.append(line)
    return out


def _floats_last(found: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs with tables, captions and notes behind the paragraph that they stand in."""
    out: list[Paragraph] = []
    held: list[Paragraph] = []
    last: Paragraph | None = None
    for paragraph in found:
        if paragraph.markup in _FLOATS or paragraph.aside:
            (held if last is not None and _may_go_on(last) else out).append(paragraph)
            continue
        out.append(paragraph)
        out += held
        held = []
        last = paragraph
    return out + held


def _may_go_on(paragraph: Paragraph) -> bool:
    return paragraph.markup != "heading" and (paragraph.full or not paragraph.lines[-1].text.endswith(_ENDED))


def _joined(found: Sequence[Paragraph], how: Setting) -> list[Paragraph]:
    """Puts paragraphs together that go on in the next column after a full stop, where only an indent starts one."""
    out: list[Paragraph] = []
    for paragraph in found:
        last = out[-1] if out else None
        if (
            how.indents
            and last is not None
            and last.run != paragraph.run
            and last.markup == paragraph.markup == "paragraph"
            and last.full
            and not paragraph.indented
            and last.lines[-1].size == paragraph.lines[0].size
        ):
            last.lines += paragraph.lines
            last.run, last.full = paragraph.run, paragraph.full
        else:
            if last is not None and last.run != paragraph.run and _goes_on_in_list(last, paragraph):
                paragraph.markup = "paragraph"
            out.append(paragraph)
    return out


def _goes_on_in_list(last: Paragraph, paragraph: Paragraph) -> bool:
    return last.markup == "list_item" and paragraph.markup == "block_quote" and paragraph.text[0].islower()


def _pieces(found: Iterable[Paragraph]) -> tuple[list[Piece], frozenset[int]]:
    """The pieces, and the numbers of the lines at which a column ended."""
    pieces: list[Piece] = []
    ends: set[int] = set()
    line = 1
    run = -1
    for paragraph in found:
        if paragraph.run != run:
            ends.add(line)
            line += 1
            run = paragraph.run
        lines = paragraph.lines
        emphasis: Literal["strong", "italic"] | None = None
        if paragraph.markup != "heading":
            emphasis = (
                "strong" if all(one.bold for one in lines) else "italic" if all(one.italic for one in lines) else None
            )
        pieces.append(Piece(paragraph.markup, paragraph.text, line, paragraph.level, emphasis, kind=paragraph.kind))
        line += len(lines)
    return pieces, frozenset(ends)
