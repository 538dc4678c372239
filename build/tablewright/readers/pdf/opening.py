"""Opening a PDF and reading its pages within bounds, or a clear word on why not."""

from __future__ import annotations

import ctypes
from typing import Any

from tablewright.errors import SourceError
from tablewright.readers.pdf.apart import read_apart
from tablewright.readers.pdf.guard import is_safe
from tablewright.readers.pdf.lines import Info, Page
from tablewright.readers.pdf.pages import PageReader

MAX_PAGES = 3_000
_MAX_UNNAMED = 0.2
"""Of the letters: more without a name make a text useless."""
_LIMIT_REMEDY = "split it, and put only the part to be coded into source/"
_NEW = "get the file again, or print it to a new PDF"


def read_pages(data: bytes, file: str) -> tuple[list[Page], Info]:
    """The pages of a PDF and what it states of itself. Raises `SourceError`."""
    if data.find(b"%PDF-", 0, 1024) < 0:
        raise SourceError("this is not a PDF", file=file, remedy="name the file by what it is, or get it again")
    if b"%%EOF" not in data[-4096:] and b"startxref" not in data[-4096:]:
        raise SourceError("the PDF is cut off: its end is missing", file=file, remedy="get the file again")
    return read_here(data, file) if is_safe(data) else read_apart(data, file)


def read_here(data: bytes, file: str) -> tuple[list[Page], Info]:
    """As `read_pages`, in this process, whatever it takes."""
    from pypdfium2 import raw

    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _not_opened(raw, file)
    try:
        return _pages(raw, document, file), Info(*(_meta(raw, document, name) for name in (b"Title", b"Author")))
    finally:
        raw.FPDF_CloseDocument(document)


def _not_opened(raw: Any, file: str) -> SourceError:
    code = raw.FPDF_GetLastError()
    if code == raw.FPDF_ERR_PASSWORD:
        return SourceError(
            "the PDF is locked with a password", file=file, remedy="save a copy without a password, and use that"
        )
    if code == raw.FPDF_ERR_SECURITY:
        return SourceError("the PDF is encrypted in a way that cannot be read", file=file, remedy=_NEW)
    return SourceError("the PDF is damaged and cannot be opened", file=file, remedy=_NEW)


def _pages(raw: Any, document: Any, file: str) -> list[Page]:
    count = raw.FPDF_GetPageCount(document)
    if count < 1:
        raise SourceError("the PDF has no pages", file=file, remedy=_NEW)
    if count > MAX_PAGES:
        raise SourceError(f"the PDF has {count:,} pages, more than {MAX_PAGES:,}", file=file, remedy=_LIMIT_REMEDY)
    reader = PageReader(raw, file)
    pages = [reader.read(document, number) for number in range(count)]
    _check_text(pages, file)
    if reader.unnamed > _MAX_UNNAMED * reader.letters:
        raise SourceError(
            "the PDF's fonts do not say which letters they show: its text cannot be extracted",
            file=file,
            remedy="print its pages as pictures and run OCR on them, for example: ocrmypdf --force-ocr old.pdf new.pdf",
        )
    return pages


def _check_text(pages: list[Page], file: str) -> None:
    """Raises `SourceError` for a scan, and for text whose letters cannot be known."""
    empty = [page.number + 1 for page in pages if not page.lines and page.has_images]
    ocr = "add one with a program for OCR first, for example: ocrmypdf old.pdf new.pdf"
    if not any(page.lines for page in pages):
        if empty:
            raise SourceError("the PDF is a scan without a text layer", file=file, remedy=ocr)
        raise SourceError("the PDF holds no text", file=file, remedy="check that the whole text was saved")
    if 2 * len(empty) > len(pages):
        raise SourceError(f"{len(empty)} of {len(pages)} pages are scans without a text layer", file=file, remedy=ocr)


def _meta(raw: Any, document: Any, name: bytes) -> str:
    size = raw.FPDF_GetMetaText(document, name, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(document, name, buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", errors="replace")
