"""From a file's bytes to text with one kind of line end, or a clear word on why not."""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from pathlib import Path

from tablewright.errors import SourceError
from tablewright.readers.limits import check_text
from tablewright.readers.packed import MAX_BYTES, too_large

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_CONTROL = re.compile("[\x00-\x08\x0e-\x1b]")
_LINE_ENDS = re.compile("\r\n?|\x0b|\x85|\u2028")
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\u2010\u2011\u2028\u2029\ufb00-\ufb06\ufeff\ufffc]"
)
# Ligatures come from PDF fonts; the hyphens of U+2010 and U+2011 are a hyphen with a hint for the layout.
_PLAIN = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u2010": "-",
    "\u2011": "-",
    "\u2029": "\n\n",
}
_SOFT_BREAK = re.compile("\xad[ \t]*\n[ \t]*")

MAX_CONTROLS = 0.01
"""The share of control characters above which a file is taken for binary."""


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a source. Raises `SourceError` when it is missing, unreadable, a folder, empty or too large."""
    try:
        known = path.stat()
        if not stat.S_ISREG(known.st_mode) and not stat.S_ISDIR(known.st_mode):
            # To open a pipe would wait for whoever fills it; a device may never end.
            raise SourceError("this is a device or pipe, not a file", file=file, remedy="put a copy of the text there")
        with path.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size > MAX_BYTES:
                raise too_large(file)
            data = opened.read()
    except FileNotFoundError as error:
        raise SourceError(
            "there is no such file", file=file, remedy="put it into source/, or mend its name in dataset.yaml"
        ) from error
    except IsADirectoryError as error:
        raise SourceError("this is a folder", file=file, remedy="name the documents inside it") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise SourceError(f"cannot be read: {reason}", file=file, remedy="give the file read permission") from error
    if not data.strip():
        raise SourceError("the file is empty", file=file, remedy="put the text in, or take the file out of source/")
    return data


def decode(data: bytes, file: str) -> str:
    """The text of a source in UTF-8, or UTF-16 with a byte order mark, in NFC with plain line ends.

    Soft hyphens, zero-width spaces and ligatures are resolved (joiners stay: they make emoji and shape words); a form feed (page break) is kept.
    Raises `SourceError` for binary data, other encodings, and more text than a document may hold.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    if encoding != "utf-16" and b"\x00" in data:
        raise _binary(file)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(data, error, encoding, file) from error
    check_text(text, file)
    if len(_CONTROL.findall(text)) > MAX_CONTROLS * len(text):
        raise _binary(file)
    return tidy(text)


def tidy(text: str) -> str:
    """Text of any origin in NFC with plain line ends; soft hyphens, zero-width spaces and ligatures are resolved."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):
        text = _ODD.sub(lambda odd: _PLAIN.get(odd[0], ""), _SOFT_BREAK.sub("", text))
    return text


def _binary(file: str) -> SourceError:
    return SourceError("this is binary data, not text", file=file, remedy="save the document as plain text or Markdown")


def _not_text(data: bytes, error: UnicodeDecodeError, encoding: str, file: str) -> SourceError:
    if encoding == "utf-16":
        return SourceError("not valid UTF-16", file=file, remedy="save the file as UTF-8")
    line = len(re.findall(rb"\r\n?|\n", data[: error.start])) + 1
    if sum(byte < 32 and byte not in b"\t\n\f\r" for byte in data[:4096]) > len(data[:4096]) // 20:
        return _binary(file)
    return SourceError(
        f"not UTF-8: byte 0x{data[error.start]:02x} at position {error.start}",
        file=file,
        line=line,
        remedy="save the file as UTF-8",
    )
