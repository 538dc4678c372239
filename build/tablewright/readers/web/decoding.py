"""From a saved page's bytes to its text: what it is at all, and in which encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tablewright.errors import SourceError

MAX_BYTES = 60_000_000
"""Bytes of a page with the pictures that it may carry along."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"%PDF-", "a PDF file", "name it .pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", "unpack it, or give it the suffix that it had"),
    (b"\x1f\x8b", "a compressed file", "unpack it with gzip, or name it .html.gz"),
    (b"\x28\xb5\x2f\xfd", "a compressed file", "unpack it with zstd, or name it .html.zst"),
    (b"bplist00", "a Safari web archive", "save the page as its source, or in another browser"),
    (b"\x89PNG", "a picture", "save the page, not a picture of it"),
    (b"\xff\xd8\xff", "a picture", "save the page, not a picture of it"),
    (b"GIF8", "a picture", "save the page, not a picture of it"),
    (b"{\\rtf", "an RTF document", "save it as .docx or as plain text"),
)
_DECLARED = re.compile(
    rb"<meta\b[^<>]{0,500}?\bcharset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})"
    rb"|\A\s{0,99}<\?xml\b[^<>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
_HEAD = 16_384
"""Bytes at the start in which a declaration is looked for; the standard says 1,024, and pages break it."""
_ALIASES = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii", "l1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr", "ksc5601"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis"), "cp932"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11"), "cp874"),
    **dict.fromkeys(("x-cp1250", "x-cp1251", "x-cp1252"), ""),
    "big5": "big5hkscs",
    "iso-8859-8-i": "iso-8859-8",
    "unicode": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-8",  # a declaration that could be read as ASCII is wrong about this
    "utf-16le": "utf-8",
}
_LETTERS = "\u00a0-\u00cf\u00d1-\u00dc\u00df-\u00ef\u00f1-\u00fc\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
_SIGNS = "\u0192\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122\u02c6\u02dc"
_NORTHERN = "\u00d0\u00dd\u00de\u00f0\u00fd\u00fe"
_WESTERN = re.compile(f"[{_LETTERS}{_SIGNS}]")
_ALL_WESTERN = re.compile(f"[{_LETTERS}{_SIGNS}{_NORTHERN}]")
_BETWEEN_LETTERS = re.compile(
    "(?<=[a-z])[\u00a1-\u00b6\u00b8-\u00bf\u00d7\u00f7\u2020\u2021\u2030\u0192\u02c6\u02dc\u20ac\u2122](?=[a-z])"
)
_BEFORE_LETTERS = re.compile("[\u00a2-\u00a6\u00b9\u00b3\u00bc-\u00be](?=[^\\W\\d_])")
_HIGH_RUN = re.compile("[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]{3,}")
_GARBLED = re.compile(
    "\u00e2\u20ac[\u2122\u0153\u009d\u02dc\u201c\u201d\u00a6\u00a2]|\u00c3[\u00a0-\u00bc\u2030\u0160\u0153]|\u00d0[\u00b0-\u00bf]\u00d1|\u00ef\u00bf\u00bd"
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG = re.compile(r"<(?:!doctype|html|head|body|[a-z][a-z0-9]*(?:\s[^<>]*)?/?)>|<html\b|<!doctype", re.IGNORECASE)
_ROOT = re.compile(r"\A(?:\s|<\?[^<>]*\?>|<!--.*?-->|<!DOCTYPE[^<>]*>)*<([A-Za-z][\w:.-]*)", re.DOTALL)
_FEEDS = {
    "rss": "an RSS feed",
    "feed": "an Atom feed",
    "rdf:rdf": "an RSS feed",
    "urlset": "a sitemap",
    "svg": "an SVG picture",
}
_AGAIN = "save the page itself from the browser, as HTML"


def decode_page(data: bytes, file: str, stated: str | None = None) -> str:
    """The text of a page's HTML, with `stated` the encoding that came with it from outside (MHTML).

    A byte order mark is believed first; then UTF-8 wherever the bytes are valid in it, which other text never is by
    chance; then what the page declares. Without a word of the page, or against a wrong one, bytes are read as
    windows-1252 only if that gives plausible text. Raises `SourceError` for data that is no web page or that cannot be
    read cleanly.
    """
    for magic, what, remedy in _OTHER_FILES:
        if data.startswith(magic):
            raise SourceError(f"this is {what}, not a web page", file=file, remedy=remedy)
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"the page is larger than {MAX_BYTES // 1_000_000} MB",
            file=file,
            remedy='save it without its pictures ("Webpage, HTML only")',
        )
    text = _decode(data, file, stated)
    if len(_CONTROL.findall(text[:100_000])) > 0.01 * len(text[:100_000]) or text.count("\x00", 0, 100_000) > 10:
        raise _binary(file)
    _check_is_html(text, file)
    return _INVALID.sub(" ", text) if _INVALID.search(text) else text


def refuse_garbled(texts: Iterator[str], file: str) -> None:
    """Raises `SourceError` where text shows that it was read in a wrong encoding before it was saved ("donâ€™t")."""
    found = 0
    for text in texts:
        for match in _GARBLED.finditer(text) if not text.isascii() else ():
            found += 1
            if found == 2:
                raise SourceError(
                    f"the text is garbled: {text[max(0, match.start() - 10) : match.end() + 10]!r}",
                    file=file,
                    remedy="the page was saved in a wrong encoding: save it again from the browser",
                )


def _decode(data: bytes, file: str, stated: str | None) -> str:
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise SourceError(f"not valid {name.upper()}", file=file, remedy="save the page again") from error
    if data[:4096].count(b"\x00") > 10:
        raise _binary(file)
    if (text := _utf8(data)) is not None:
        return text
    declared = _declared(data, stated)
    if declared and declared not in {"utf-8", "cp1252"}:
        try:
            return data.decode(declared)
        except UnicodeDecodeError as error:
            raise SourceError(
                f"the page says that it is {declared}, but byte 0x{data[error.start]:02x} at position {error.start} is not",
                file=file,
                remedy="save the page again from the browser, which converts it to UTF-8",
            ) from error
    western = data.decode("cp1252", "replace")
    if _is_western(western, _ALL_WESTERN if declared == "cp1252" else _WESTERN):
        return western
    raise SourceError(
        "the page's encoding is not stated, or not as stated, and it is not UTF-8",
        file=file,
        remedy="open it in a browser that shows it right, and save it from there",
    )


def _utf8(data: bytes) -> str | None:
    """The text if the bytes are UTF-8: cut off in the middle of a character, or with a few stray windows-1252 bytes,
    as pasted quotation marks are, they still are."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8")
    text = data.decode("utf-8", "surrogateescape")
    strays = re.findall("[\udc80-\udcff]", text)
    high = sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - len(strays)
    if len(strays) * 20 > high:
        return None
    return re.sub("[\udc80-\udcff]", lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _declared(data: bytes, stated: str | None) -> str | None:
    found = _DECLARED.search(data, 0, _HEAD)
    label = (stated or (found and (found[1] or found[2]).decode("ascii")) or "").strip().lower()
    label = _ALIASES.get(label) or label.removeprefix("x-")
    try:
        return codecs.lookup(label).name if label else None
    except LookupError:
        return None


def _is_western(text: str, known: re.Pattern[str]) -> bool:
    """Whether text read as windows-1252 is plausible: letters with accents inside words, no signs between letters and
    no words of such letters alone, as Cyrillic or Central European text would give. `known` are the characters expected:
    without a declaration not those that Turkish text would give and only Icelandic has."""
    if "\ufffd" in text:
        return False
    high = [c for c in text if c > "\x7f"]
    wrong = (
        len(_BETWEEN_LETTERS.findall(text))
        + len(_BEFORE_LETTERS.findall(text))
        + sum(map(len, _HIGH_RUN.findall(text)))
    )
    letters = sum(map(str.isalpha, text)) or 1
    odd = sum(not known.match(c) for c in high)
    return wrong * 20 <= len(high) and odd * 20 <= len(high) and len(high) < 0.3 * letters


def _check_is_html(text: str, file: str) -> None:
    start = text[:4096].lstrip("\ufeff \t\r\n")
    if start[:1] in "{[" and re.match(r"[{\[]\s*(?:[\"{\[\]}]|-?\d)", start):
        raise SourceError("this is JSON, not a web page", file=file, remedy=_AGAIN)
    root = _ROOT.match(text[:100_000])
    name = root[1].lower() if root else ""
    if name in _FEEDS or (start.startswith("<?xml") and name not in {"html", "body", "div", ""}):
        raise SourceError(f"this is {_FEEDS.get(name, 'XML')}, not a web page", file=file, remedy=_AGAIN)
    if not _TAG.search(text):
        raise SourceError("this holds no HTML", file=file, remedy="plain text is named .txt, Markdown .md")


def _binary(file: str) -> SourceError:
    return SourceError("this is binary data, not a web page", file=file, remedy=_AGAIN)
