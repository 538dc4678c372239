"""Letters as they are meant: raised reference marks, ligatures without names, bits that stand beside their line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from tablewright.readers.decode import tidy
from tablewright.readers.pdf.lines import Line

# Letters that a font does not name: the private use areas (bullets apart), the replacement character, controls.
UNNAMED = re.compile("[\x01-\x08\x10-\x1a\ue000-\uefff\uf100-\uf8ff\ufffd]")
_NUMBER = re.compile(r"\d+")
_SYMBOLS = "*∗†‡§"
_SYMBOL = re.compile(f"[{_SYMBOLS}]")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_AS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)) | dict.fromkeys(_SYMBOLS, "\u200b")
_BREAKS = "\r\n\ufffe"
# LaTeX's fonts without names for their letters: ligatures at these places (encodings T1 and OT1).
_LIGATURES = {
    "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi",
    "\x0f": "ffl",
}  # fmt: skip
_LIGATURE = re.compile("[\x0b\x0c\x0e\x0f\x1b-\x1f]")
# LaTeX's first fonts (encoding OT1) have no letters with accents: an accent stands before its letter, a cedilla behind.
# Acute only on vowels: before a consonant it may be somebody's apostrophe ("it´s").
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306",
            "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "¯": "\u0304", "¸": "\u0327"}  # fmt: skip
_ACCENTED = re.compile("(´)([AEIOUYaeiouyı])|(`)(?<!``)([AEIOUaeiouı])|([¨ˆ˜ˇ˘˙˚˝¯])([^\\W\\d_])|([cCsStT])(¸)")
_CONTROL_BULLET = re.compile("[\x80-\x9f](?=\\s)")
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
# Lines of these alone need no cleaning. No spaces but the common one, no soft hyphen, no accent by itself, nothing that
# NFC changes.
_ORDINARY = re.compile("[ -_a-~\xa1-\xa7\xa9-\xac\xae\xb0-\xb3\xb5-\xb7\xb9-\xff–—‘’“”…•€]+")
_RAISED = 0.85
"""Of the size of the letter beside it: a number below this is a reference mark, or a power."""
_RAISED_SYMBOL = 0.95


def raise_marks(size: Callable[[Any, int], float], words: Any, text: str) -> str:
    """The text of a page with small raised numbers as superscripts, and without raised asterisks and daggers.

    `size(words, index)` is the size of the letter at an index of the page's letters.
    """
    raised: list[tuple[int, int]] = []
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        beside = _beside_number(text, start, end)
        if beside is None:
            continue
        least = _RAISED * size(words, beside)
        if size(words, end - 1) < least:
            while size(words, start) >= least:
                start += 1
            raised.append((start, end))
    for symbol in _SYMBOL.finditer(text) if any(symbol in text for symbol in _SYMBOLS) else ():
        start, end = symbol.span()
        before = text[start - 1 : start]
        if before and not before.isspace() and size(words, start) < _RAISED_SYMBOL * size(words, start - 1):
            raised.append((start, end))
    if not raised:
        return text
    out = list(text)
    for start, end in raised:
        out[start:end] = [_RAISED_AS.get(letter, letter) for letter in text[start:end]]
    return "".join(out)


def _beside_number(text: str, start: int, end: int) -> int | None:
    """The index of the character that a number may be smaller than: before it, or after one that starts a line."""
    after = text[end : end + 1]
    before = text[start - 1] if start else "\n"
    if before in _BREAKS:
        return end if end - start < 4 and (after.isalpha() or after in {"“", "‘", '"'}) else None
    if after.isalpha() or after in {"%", "’", "-"}:
        return None
    if before.isspace():
        return start if end - start > 1 else None
    return start - 1


def clean(text: str) -> str:
    """A line's text without what only the layout needed."""
    if text[-1] == "\ufffe":
        text = text[:-1] + "-"
    if _ORDINARY.fullmatch(text):
        return text
    text = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
    text = _ACCENTED.sub(_composed, text)
    # A bullet that its font does not name may stand at the place of a control character.
    return tidy(
        _CONTROL.sub("", _CONTROL_BULLET.sub("•", text, count=1) if _CONTROL_BULLET.match(text) else text)
    ).strip()


def _composed(found: re.Match[str]) -> str:
    """A letter with its accent as one character, where there is one; else both as they were."""
    one, other = (part for part in found.groups() if part)
    accent, letter = (other, one) if other == "¸" else (one, other)
    letter = {"ı": "i"}.get(letter, letter)
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[accent])
    return whole if len(whole) == 1 else found[0]


def without_fragments(lines: list[Line]) -> list[Line]:
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
