"""The lines of every page with their places and fonts, from PDFium by few calls a line: each call costs."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from tablewright.errors import SourceError
from tablewright.readers.decode import tidy
from tablewright.readers.pdf.lines import Line, Page

MAX_CHARACTERS = 200_000
"""Characters of one page; a broadsheet's page has 30,000."""

# PDFium puts U+FFFE where a hyphen at a line's end was, without a line end.
_LINE = re.compile("[^\r\n\ufffe]+\ufffe?")
_WORD_GAP = re.compile(r"\S(\s+)(?=\S)")
# Small numbers set to a word or its closing punctuation, or to a number.
_CLOSERS = r"[.,;:!?’”\"')\]]{0,3}"
_MARK = re.compile(
    rf"(?<=[^\W\d_]){_CLOSERS}(\d{{1,3}})(?![\w’-])|(?<=\d){_CLOSERS}(\d{{1,2}})(?![\w%])"
    r"|(?<![^\r\n\ufffe])(\d{1,3})(?=[^\W\d_]|[“‘\"(])"
)
_SYMBOL_MARK = re.compile(r"(?<=[^\W_])[.,;:!?’”\"')\]]{0,3}[*∗†‡§]+(?=[\s.,;:]|$)")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# LaTeX's fonts without names for their letters: ligatures at these places (encodings T1 and OT1).
_LIGATURES = {
    "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi",
    "\x0f": "ffl",
}  # fmt: skip
_LIGATURE = re.compile("[\x0b\x0c\x0e\x0f\x1b-\x1f]")
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi|-medi\b|cmbx|sfbx|ecbx|lmroman\d+-bold", re.IGNORECASE)
_ITALIC = re.compile(rb"ital|obliq|slant|cmti|cmsl|sfti|ecti", re.IGNORECASE)
# Letters that a font does not name: the private use areas (bullets apart), the replacement character, controls.
_UNNAMED = re.compile("[\x01-\x08\x10-\x1a\ue000-\uefff\uf100-\uf8ff\ufffd]")
_NAME_BYTES = 80
_WIDE = 0.72
"""Of the size: letters that take more each on the average of a line have a gap between them."""
_GAP = 1.6
"""Of the size: a space this wide parts two cells of a table, or two columns."""
_TOP = 12
_SHORT = 20
"""Times the size: of the first lines, those below this width may be names beside each other."""
_SAMPLE = 3
"""Wide lines looked at on each page for a gap that parts columns."""
_SAMPLE_LETTERS = 6
_RAISED = 0.85
"""Of the size of the letter beside it: a number below this is a reference mark, or a power."""
_TINY = 3.0
"""Points: text "of this size" is scaled by its matrix."""


class PageReader:
    """Reads pages of one open document; holds the buffers that PDFium fills."""

    def __init__(self, raw: Any, file: str) -> None:
        self._raw = raw
        self._file = file
        self._rect = raw.FS_RECTF()
        self._rect_ref = ctypes.byref(self._rect)
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._x_ref, self._y_ref = ctypes.byref(self._x), ctypes.byref(self._y)
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags_ref = ctypes.byref(ctypes.c_int())
        self._faces: dict[bytes, tuple[bool, bool]] = {}
        self._scales: dict[float, float] = {}
        self.letters = self.unnamed = 0
        """Characters read so far, and those of them that their fonts do not name."""

    def read(self, document: Any, number: int) -> Page:
        """The lines of page `number` (from 0). Raises `SourceError` for a page that cannot be read, or has no end."""
        raw = self._raw
        page = raw.FPDF_LoadPage(document, number)
        if not page:
            raise self._broken(number)
        try:
            words = raw.FPDFText_LoadPage(page)
            if not words:
                raise self._broken(number)
            try:
                lines = self._lines(words, number)
            finally:
                raw.FPDFText_ClosePage(words)
            images = not lines and self._has_images(page)
            return Page(number, raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page), lines, images)
        finally:
            raw.FPDF_ClosePage(page)

    def _broken(self, number: int) -> SourceError:
        return SourceError(
            f"page {number + 1} cannot be read: the PDF is damaged",
            file=self._file,
            remedy="get the file again, or print it to a new PDF",
        )

    def _has_images(self, page: Any) -> bool:
        raw = self._raw
        kinds = (
            raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, i)) for i in range(raw.FPDFPage_CountObjects(page))
        )
        return any(kind == raw.FPDF_PAGEOBJ_IMAGE for kind in kinds)

    def _text(self, words: Any, number: int) -> str:
        """The characters of a page, each at its index."""
        raw = self._raw
        count = raw.FPDFText_CountChars(words)
        if count > MAX_CHARACTERS:
            raise SourceError(
                f"page {number + 1} has {count:,} characters, more than a page can show",
                file=self._file,
                remedy="print it to a new PDF, or save its text as plain text",
            )
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        got = raw.FPDFText_GetText(words, 0, count, buffer)
        text = bytes(buffer)[: 2 * (got - 1)].decode("utf-16-le", errors="surrogatepass")
        if len(text) == count:
            return text
        # Some characters have no text, or are more than one: asked for one by one, they keep their places.
        codes = (raw.FPDFText_GetUnicode(words, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def _count_unnamed(self, words: Any, text: str) -> int:
        """How many of a page's characters have no name, or were guessed: the second by a sample."""
        step = max(len(text) // _SAMPLE_LETTERS, 1)
        sample = range(step // 2, len(text), step)
        guessed = sum(self._raw.FPDFText_HasUnicodeMapError(words, index) == 1 for index in sample)
        return max(guessed * step, 0 if text.isascii() and text.isprintable() else len(_UNNAMED.findall(text)))

    def _lines(self, words: Any, number: int) -> list[Line]:
        text = self._text(words, number)
        if not text:
            return []
        self._scales.clear()
        self.letters += len(text)
        self.unnamed += self._count_unnamed(words, text)
        text = self._raise_marks(words, text)
        spans = [(found.start(), found[0]) for found in _LINE.finditer(text) if not found[0].isspace()]
        lines = []
        found = [self._line(words, start, span, number) for start, span in spans]
        split = self._has_columns_in_lines(words, found)
        for index, (line, start, end) in enumerate(found):
            width = line.right - line.left
            wide = width > _WIDE * line.size * (end - start) and end > start
            if split or wide or (number == 0 and index < _TOP and width < _SHORT * line.size):
                lines += self._split(words, line, text[start : end + 1], start)
            else:
                lines.append(line)
        for line in lines:
            line.text = _clean(line.text)
        return _without_fragments(lines)

    def _line(self, words: Any, start: int, span: str, number: int) -> tuple[Line, int, int]:
        """A line, and the indexes of its first and last character."""
        raw = self._raw
        bare = span.strip()
        first = start + span.index(bare[0])
        last = first + len(bare) - 1
        middle = (first + last + 1) // 2
        if bare[middle - first].isspace() or bare[middle - first] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
            middle = next((i for i in range(middle, last + 1) if bare[i - first].isalnum()), last)
        raw.FPDFText_GetCharOrigin(words, first, self._x_ref, self._y_ref)
        raw.FPDFText_GetLooseCharBox(words, last, self._rect_ref)
        size = self._size(words, middle)
        bold, italic = self._face(words, middle)
        if bold or italic:
            starts = self._face(words, first)
            bold, italic = bold and starts[0], italic and starts[1]
        line = Line(bare, self._x.value, self._rect.right, self._y.value, size, bold, italic, number)
        return line, first, last

    def _size(self, words: Any, index: int) -> float:
        """The size of a character in points of the page."""
        raw = self._raw
        nominal: float = raw.FPDFText_GetFontSize(words, index)
        scale = self._scales.get(nominal)
        if scale is None:
            matrix = self._matrix
            raw.FPDFText_GetMatrix(words, index, ctypes.byref(matrix))
            scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5 or 1.0
            if nominal > _TINY:
                self._scales[nominal] = scale
        return round(nominal * scale, 1)

    def _face(self, words: Any, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and italic, by its font's name."""
        self._raw.FPDFText_GetFontInfo(words, index, self._name, _NAME_BYTES, self._flags_ref)
        name = self._name.value
        face = self._faces.get(name)
        if face is None:
            face = self._faces[name] = (bool(_BOLD.search(name)), bool(_ITALIC.search(name)))
        return face

    def _raise_marks(self, words: Any, text: str) -> str:
        """The text with small raised numbers as superscripts, and without raised asterisks and daggers."""
        raw = self._raw
        size = raw.FPDFText_GetFontSize
        marks = []
        for found in _MARK.finditer(text):
            group = found.lastindex or 1
            start, end = found.span(group)
            least = _RAISED * size(words, end if group == 3 else start - 1)
            if size(words, end - 1) < least:
                while size(words, start) >= least:
                    start += 1
                marks.append((start, end))
        symbols = [found.span() for found in _SYMBOL_MARK.finditer(text)] if re.search("[*∗†‡§]", text) else []
        if not marks and not symbols:
            return text
        out = list(text)
        for start, end in marks:
            out[start:end] = text[start:end].translate(_SUPERSCRIPT)
        for start, end in symbols:
            if size(words, end - 1) < 0.95 * size(words, start - 1):
                out[end - 1] = "\u200b"
        return "".join(out)

    def _has_columns_in_lines(self, words: Any, found: list[tuple[Line, int, int]]) -> bool:
        """Whether lines run across columns: some producers write a page row by row."""
        if len(found) < 3 * _SAMPLE:
            return False
        widest = sorted(found, key=lambda item: item[1] - item[2])[:_SAMPLE]
        return all(len(self._parts(words, line, line.text, start)) > 1 for line, start, _ in widest)

    def _parts(self, words: Any, line: Line, text: str, start: int) -> list[tuple[int, int, float, float]]:
        """The stretches of a line between wide gaps: start, end, left, right."""
        raw = self._raw
        parts = []
        begin, left = 0, line.left
        for gap in _WORD_GAP.finditer(text):
            raw.FPDFText_GetLooseCharBox(words, start + gap.start(), self._rect_ref)
            right = self._rect.right
            raw.FPDFText_GetCharOrigin(words, start + gap.end(), self._x_ref, self._y_ref)
            if self._x.value - right > _GAP * line.size:
                parts.append((begin, gap.start() + 1, left, right))
                begin, left = gap.end(), self._x.value
        parts.append((begin, len(text), left, line.right))
        return parts

    def _split(self, words: Any, line: Line, text: str, start: int) -> Iterator[Line]:
        for begin, end, left, right in self._parts(words, line, text, start):
            yield Line(text[begin:end], left, right, line.y, line.size, line.bold, line.italic, line.page)


def _clean(text: str) -> str:
    """A line's text without what only the layout needed."""
    if text.isascii() and text.isprintable():
        return text
    if text[-1] == "\ufffe":
        text = text[:-1] + "-"
    return tidy(_LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)).strip()


def _without_fragments(lines: list[Line]) -> list[Line]:
    """The lines with raised or lowered bits set back into the line that they were taken out of."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is not None and _is_beside(last, line):
            small = min(last, line, key=lambda one: one.size)
            if small.size < _RAISED * max(last.size, line.size) and small.text.isdecimal() and len(small.text) < 4:
                small.text = small.text.translate(_SUPERSCRIPT)
            main = max(last, line, key=lambda one: len(one.text))
            out[-1] = Line(
                last.text + line.text, last.left, line.right, main.y, main.size, main.bold, main.italic, main.page
            )
        else:
            out.append(line)
    return out


def _is_beside(last: Line, line: Line) -> bool:
    """Whether two bits stand on nearly one line, without a space between."""
    size = max(last.size, line.size)
    return (
        abs(last.y - line.y) < 0.5 * size
        and -0.3 * size < line.left - last.right < 0.2 * size
        and min(len(last.text), len(line.text)) < 4
    )
