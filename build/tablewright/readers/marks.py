"""Reference marks: the small numbers in a text that point to a footnote and are no part of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

_SUPERSCRIPT = re.compile(r"([^\W\d_⁰¹²³⁴-⁹]*)([.,;:!?”’\"')\]]*)([⁰¹²³⁴-⁹]+(?:[,–-][⁰¹²³⁴-⁹]+)*)")
_ANY_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]")
_UNITS = frozenset(["m", "km", "cm", "mm", "ft", "in", "mi", "yd", "s", "hm", "dm", "nm"])
_BRACKETED = re.compile(r"(?<=[^\s\[(])(?:\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])+|\s?\[\^[^\]\s]{1,30}\]")
_SPACED_BRACKET = re.compile(r" \[(\d{1,3})\]")
# The digit comes first, and what stands before it after that: a search for digits is fast.
_GLUED = re.compile(r"(\d(?<=[a-z”’\")][.,;:!?”’\"]\d)\d{0,2})(?=\s+[A-Z“‘\"]|$)")
_NOTE = re.compile(r"(?:\[\^?(\d{1,3})\]:?|\(?(\d{1,3})[.)]?|([⁰¹²³⁴-⁹]+))\s+(?=\S)")
_MARKED_NOTE = re.compile(r"(?:\[\^?\d{1,3}\]:?|[⁰¹²³⁴-⁹]+)\s*(?=\S)")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def note_number(text: str) -> tuple[int, str] | None:
    """The number that a footnote's text starts with, and the rest."""
    found = _NOTE.match(text)
    if not found:
        return None
    number = found[1] or found[2] or found[3].translate(_PLAIN_DIGITS)
    return int(number), text[found.end() :]


def starts_with_mark(text: str) -> bool:
    """Whether a paragraph starts as a footnote does: with a superscript number or one in square brackets."""
    return _MARKED_NOTE.match(text) is not None


def strip_marks(text: str, notes: Set[int]) -> str:
    """`text` without reference marks: superscripts, [1] and [^1] set to a word, and, where the document has a note
    of that number, bare digits after a full stop. Powers ("km²", "10⁶") stay."""
    if "[" in text:
        text = _BRACKETED.sub("", text)
        if notes:
            text = _SPACED_BRACKET.sub(lambda found: "" if int(found[1]) in notes else found[0], text)
    if not text.isascii() and _ANY_SUPERSCRIPT.search(text):
        # Word by word: the pattern tries every letter of those that it searches.
        text = " ".join(
            word if word.isascii() else _SUPERSCRIPT.sub(_without_superscript, word) for word in text.split(" ")
        )
    if notes:
        text = _GLUED.sub(lambda found: "" if int(found[1]) in notes else found[0], text)
    return text


def _without_superscript(found: re.Match[str]) -> str:
    word, closers, mark = found.groups()
    power = not closers and (word.lower() in _UNITS and mark in {"²", "³"})
    return found[0] if power or (not word and not closers) else word + closers


def note_numbers(texts: Iterable[str]) -> frozenset[int]:
    """The numbers of the footnotes that start with one."""
    found = (note_number(text) for text in texts)
    return frozenset(number for number, _ in filter(None, found))
