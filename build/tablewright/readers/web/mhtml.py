"""Web pages saved whole as MHTML: the page itself is found among its parts, and read as any other."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from tablewright.errors import SourceError
from tablewright.readers.pieces import Reading
from tablewright.readers.web.decoding import decode_page
from tablewright.readers.web.page import read_page

_AGAIN = 'save the page again from the browser ("Webpage, Single File")'


def read_mhtml(data: bytes, file: str) -> Reading:
    """The article of a page saved as MHTML. Raises `SourceError` for data that is none, and as `read_html` does."""
    if data[:4096].lstrip()[:1] == b"<":
        return read_page(decode_page(data, file), file)
    message = message_from_bytes(data)
    page = next(
        (part for part in message.walk() if part.get_content_type() in {"text/html", "application/xhtml+xml"}), None
    )
    if page is None:
        raise SourceError("the archive holds no web page", file=file, remedy=_AGAIN)
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        raise SourceError("the archive's page is empty", file=file, remedy=_AGAIN)
    return read_page(decode_page(content, file, page.get_content_charset()), file, _address(message, page))


def _address(message: Message, page: Message) -> str | None:
    stated = message.get("Snapshot-Content-Location") or page.get("Content-Location")
    return str(stated).strip() if stated else None
