"""The lines of every page with their places and fonts, from PDFium by few calls a line: each call costs."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from tablewright.errors import SourceError
from tablewright.readers.pdf.letters import UNNAMED, clean, raise_marks, without_fragments
from tablewright.readers.pdf.lines import Line, Page

MAX_CHARACTERS = 200_000
"""Characters of one page; a broadsheet's page has 30,000."""

# PDFium puts U+FFFE where a hyphen at a line's end was, without a line end.
_LINE = re.compile("[^\r\n\ufffe]+\ufffe?")
_WORD_GAP = re.compile(r"\S(\s+)(?=\S)")
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi|-medi\b|cmbx|sfbx|ecbx|lmroman\d+-bold", re.IGNORECASE)
_ITALIC = re.compile(rb"ital|obliq|slant|cmti|cmsl|sfti|ecti", re.IGNORECASE)
_NAME_BYTES = 80
_WIDE = 0.72
"""Of the size: letters that take more each on the average of a line have a gap between them."""
_GAP = 1.6
"""Of the size: a space this wide parts two cells of a table, or two columns."""
_TOP = 12
"""Lines of the first page that may have names beside each other."""
_SAMPLE = 3
"""Wide lines looked at on each page for a gap that parts columns."""
_SAMPLE_LETTERS = 6
"""Letters of each page that are asked whether their font names them."""
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
        self._sizes: dict[float, float] = {}
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
        text = bytes(buffer)[: 2 * (got - 1)].decode("utf-16-le", errors="replace")
        if len(text) == count:
            return text
        # Some characters have no text, or are more than one: asked for one by one, they keep their places.
        codes = (raw.FPDFText_GetUnicode(words, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)

    def _count_unnamed(self, words: Any, text: str) -> int:
        """How many of a page's characters have no name, or were guessed: the second by a sample."""
        step = max(len(text) // _SAMPLE_LETTERS, 1)
        sample = range(step // 2, len(text), step)
        guessed: int = sum(self._raw.FPDFText_HasUnicodeMapError(words, index) == 1 for index in sample)
        return max(guessed * step, len(UNNAMED.findall(text)))

    def _lines(self, words: Any, number: int) -> list[Line]:
        text = self._text(words, number)
        if not text:
            return []
        self._sizes.clear()
        self.letters += len(text)
        self.unnamed += self._count_unnamed(words, text)
        text = raise_marks(self._raw.FPDFText_GetFontSize, words, text)
        found = list(self._found(words, text, number))
        lines: list[Line] = []
        split = self._has_columns_in_lines(words, found)
        for index, (line, start, end) in enumerate(found):
            width = line.right - line.left
            wide = width > _WIDE * line.size * (end - start) and end > start
            if split or wide or (number == 0 and index < _TOP and _may_be_names(line)):
                lines += self._split(words, line, text[start : end + 1], start)
            else:
                lines.append(line)
        for line in lines:
            line.text = clean(line.text)
        return without_fragments(lines)

    def _found(self, words: Any, text: str, number: int) -> Iterator[tuple[Line, int, int]]:
        """The lines of a text, each with the indexes of its first and last character."""
        raw, sizes, rect = self._raw, self._sizes, self._rect
        origin, box, size_of, face = (
            raw.FPDFText_GetCharOrigin,
            raw.FPDFText_GetLooseCharBox,
            raw.FPDFText_GetFontSize,
            self._face,
        )
        x, y, x_ref, y_ref, rect_ref = self._x, self._y, self._x_ref, self._y_ref, self._rect_ref
        bold = italic = False
        last = Line("", 0.0, 0.0, 0.0, 0.0, bold, italic, number)
        last_long, longest = False, 0
        for match in _LINE.finditer(text):
            bare = match[0].strip()
            if not bare:
                continue
            first = match.start()
            while text[first].isspace():
                first += 1
            end = first + len(bare) - 1
            middle = (first + end + 1) // 2
            if not text[middle].isalpha():
                middle = next((i for i in range(middle, end) if text[i].isalpha()), middle)
            origin(words, first, x_ref, y_ref)
            box(words, end, rect_ref)
            nominal = size_of(words, middle)
            size = sizes.get(nominal) or self._size(words, middle, nominal)
            # A long line close below a long one of the same size is set as that one.
            long = len(bare) >= longest
            if not long or not last_long or size != last.size or bold or italic or last.y - y.value > 1.4 * size:
                bold, italic = face(words, middle)
            last_long, longest = long, max(longest, len(bare) * 2 // 3)
            if bold or italic:
                starts = face(words, first)
                bold, italic = bold and starts[0], italic and starts[1]
            last = Line(bare, x.value, rect.right, y.value, size, bold, italic, number)
            yield last, first, end

    def _size(self, words: Any, index: int, nominal: float) -> float:
        """The size of a character in points of the page; `nominal` is its font's before it is scaled."""
        matrix = self._matrix
        self._raw.FPDFText_GetMatrix(words, index, ctypes.byref(matrix))
        size: float = round(nominal * ((matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5 or 1.0), 1)
        if nominal > _TINY:
            self._sizes[nominal] = size
        return size

    def _face(self, words: Any, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and italic, by its font's name."""
        self._raw.FPDFText_GetFontInfo(words, index, self._name, _NAME_BYTES, self._flags_ref)
        name = self._name.value
        face = self._faces.get(name)
        if face is None:
            face = self._faces[name] = (bool(_BOLD.search(name)), bool(_ITALIC.search(name)))
        return face

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


def _may_be_names(line: Line) -> bool:
    words = line.text.split()
    return 4 <= len(words) <= 12 and all(word[0].isupper() for word in words)
