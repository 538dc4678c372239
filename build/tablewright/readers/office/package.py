"""A zip of XML parts (Word, OpenDocument), opened so that no file, whoever made it, costs more than so much.

Nothing is unpacked to disk, and neither a document type nor an entity of a part is ever followed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import IO, Any, cast

from lxml import etree

from tablewright.errors import SourceError

Element = etree._Element

MAX_PART = 100_000_000
"""Bytes of one part, unpacked; the text of a book of 2,000 pages has a tenth of it."""
MAX_MARKUP = 3_000_000
"""Tags and attributes of one part: what a parsed part costs in memory goes by them, not by its bytes."""
MAX_FILES = 20_000
"""Files in one zip."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


class Package:
    """The parts of a document by name. `format_name` is what people call it ("Word document (.docx)")."""

    def __init__(self, data: bytes, file: str, format_name: str) -> None:
        self.file = file
        self.format_name = format_name
        self._check_form(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BAD_ZIP as error:
            raise self.broken("its end is missing or damaged") from error
        self.names = frozenset(self._zip.namelist())

    def _check_form(self, data: bytes) -> None:
        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                raise self.locked()
            raise self.error(
                f"an old Office file (.doc), not a {self.format_name}", "open it in a word processor and save it anew"
            )
        if data.lstrip().startswith(b"{\\rtf"):
            raise self.error(
                f"rich text (.rtf), not a {self.format_name}", "open it in a word processor and save it anew"
            )
        if not data.startswith(b"PK"):
            raise self.error(f"not a {self.format_name}", "give the file the ending that fits what it holds")
        if data.count(b"PK\x01\x02") > MAX_FILES:
            raise self.too_large(f"more than {MAX_FILES:,} files are packed in it")

    def parse(self, name: str) -> Element | None:
        """The root of the part `name`; None if there is none. Raises `SourceError` for a part that is damaged, too
        large, or names entities.
        """
        if name not in self.names:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise self.locked()
            if info.compress_type not in _PLAIN_METHODS:
                raise self.error("packed in a way that no word processor uses", "open it and save it again")
            if info.file_size > MAX_PART:
                raise self.too_large(f"{name} unpacks to {info.file_size // 1_000_000:,} MB")
            with self._zip.open(info) as part:
                tree = etree.parse(cast("IO[bytes]", _Bounded(part, self, name)), parser)
        except etree.XMLSyntaxError as error:
            raise self._unreadable(name, error) from error
        except _BAD_ZIP as error:
            raise self.broken(f"{name} is damaged") from error
        if tree.docinfo.internalDTD is not None:
            raise self.typed(name)
        return tree.getroot()

    def _unreadable(self, name: str, error: etree.XMLSyntaxError) -> SourceError:
        words = str(error)
        if "depth" in words:
            return self.error(f"tables or boxes are nested too deep in {name}", "take the superfluous ones out")
        if "amplification" in words or "entity" in words:
            return self.typed(name)
        if "huge" in words or "limit" in words:
            return self.too_large(f"{name} has one text of more than 10 MB")
        return self.broken(f"{name} is no valid XML")

    def typed(self, name: str) -> SourceError:
        """The error for a part that declares a document type: only an attack, or a file made by hand, does."""
        return self.broken(f"{name} declares a document type, which no word processor writes")

    def error(self, message: str, remedy: str, line: int | None = None) -> SourceError:
        """The error that says `message` of this file."""
        return SourceError(message, file=self.file, line=line, remedy=remedy)

    def locked(self) -> SourceError:
        """The error for a file that only its password opens."""
        return self.error("protected by a password", "open it, take the password off, and save it again")

    def broken(self, what: str) -> SourceError:
        """The error for a file that was cut off or damaged."""
        return self.error(
            f"the {self.format_name} is damaged: {what}", "get the file anew, or open it and save it again"
        )

    def too_large(self, what: str) -> SourceError:
        """The error for a file beyond the limits of this module."""
        return self.error(f"too large to be read: {what}", "split the document, or save its text alone")


class _Bounded:
    """A part as the parser reads it, counted: what a zip says of a part's size need not be true."""

    def __init__(self, source: IO[bytes], package: Package, name: str) -> None:
        self._source, self._package, self._name = source, package, name
        self._bytes = self._markup = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(65_536 if size < 0 else min(size, 65_536))
        if not self._bytes and b"<!DOCTYPE" in chunk.replace(b"\0", b""):
            raise self._package.typed(self._name)
        self._bytes += len(chunk)
        self._markup += chunk.count(b"<") + chunk.count(b"=")
        if self._bytes > MAX_PART or self._markup > MAX_MARKUP:
            raise self._package.too_large(f"{self._name} has more paragraphs and formatting than a book")
        return chunk


def child(element: Element | None, *path: str) -> Element | None:
    """The first child by the local names of `path`, whatever their namespace."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def local(element: Element) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    for key, text in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(text)
    return None


def switched_on(element: Element | None) -> bool | None:
    """An on-off property: on where it stands without a value; None where it does not stand."""
    if element is None:
        return None
    return value(element) not in {"0", "false", "off", "none"}


def texts(root: Element | None, names: Sequence[str]) -> dict[str, str]:
    """The words of the root's children of these local names: what a part of properties says."""
    found: dict[str, str] = {}
    for each in root if root is not None else ():
        words = " ".join("".join(str(part) for part in each.itertext()).split())
        if words and local(each) in names:
            found.setdefault(local(each), words)
    return found
