"""Web pages saved whole as MHTML: the page itself is found among its parts, and read as any other."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from tablewright.errors import SourceError
from tablewright.readers.pieces import Reading
from tablewright.readers.web.decoding import decode_page
from tablewright.readers.web.page import read_page

_PAGE = frozenset({"text/html", "application/xhtml+xml"})
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEAD = 20_000
MAX_PARTS = 10_000
"""Parts of an archive that are looked at: a page has some hundreds."""
_AGAIN = 'save the page again from the browser ("Webpage, Single File")'


def read_mhtml(data: bytes, file: str) -> Reading:
    """The article of a page saved as MHTML. Raises `SourceError` for data that is none, and as `read_html` does."""
    if data[:4096].lstrip()[:1] == b"<":
        return read_page(decode_page(data, file), file)
    message = message_from_bytes(_head(data, 0))
    page = _page(data, message)
    if page is None:
        raise SourceError("the archive holds no web page", file=file, remedy=_AGAIN)
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        raise SourceError("the archive's page is empty", file=file, remedy=_AGAIN)
    return read_page(decode_page(content, file, page.get_content_charset()), file, _address(message, page))


def _page(data: bytes, message: Message) -> Message | None:
    """The first part that is a web page. Only that is parsed: the pictures may be sixty times as large."""
    boundary = message.get_boundary()
    if boundary is None:
        return message_from_bytes(data) if message.get_content_type() in _PAGE else None
    mark = b"--" + boundary.encode("utf-8", "replace")
    start = data.find(mark)
    for _ in range(MAX_PARTS):
        if start < 0:
            break
        start += len(mark)
        end = data.find(mark, start)
        kind = message_from_bytes(_head(data, start).lstrip()).get_content_type()
        if kind in _PAGE or kind.startswith("multipart/"):
            part = message_from_bytes(data[start : end if end >= 0 else None].lstrip())
            page = next((each for each in part.walk() if each.get_content_type() in _PAGE), None)
            if page is not None:
                return page
        start = end
    return None


def _head(data: bytes, start: int) -> bytes:
    """The header lines from `start` on, up to the empty line after them."""
    found = _EMPTY_LINE.search(data, start + 2, start + _LONGEST_HEAD)
    return data[start : found.end() if found else start + _LONGEST_HEAD]


def _address(message: Message, page: Message) -> str | None:
    stated = message.get("Snapshot-Content-Location") or page.get("Content-Location")
    return str(stated).strip() if stated else None
