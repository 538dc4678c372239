"""Letters as they are meant: raised reference marks, ligatures without names, bits that stand beside their line."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tablewright.readers.decode import tidy
from tablewright.readers.pdf.lines import Line

# Letters that a font does not name: the private use areas (bullets apart), the replacement character, controls.
UNNAMED = re.compile("[\x01-\x08\x10-\x1a\ue000-\uefff\uf100-\uf8ff\ufffd]")
_NUMBER = re.compile(r"\d+")
_SYMBOL = re.compile("[*∗†‡§]")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_AS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)) | dict.fromkeys("*∗†‡§", "\u200b")
_BREAKS = "\r\n\ufffe"
# LaTeX's fonts without names for their letters: ligatures at these places (encodings T1 and OT1).
_LIGATURES = {
    "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi",
    "\x0f": "ffl",
}  # fmt: skip
_LIGATURE = re.compile("[\x0b\x0c\x0e\x0f\x1b-\x1f]")
# Lines of these alone need no cleaning. No spaces but the common one, no soft hyphen, nothing that NFC changes.
_ORDINARY = re.compile("[ -~\xa1-\xac\xae-\xff–—‘’“”…•€]+")
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
    for symbol in _SYMBOL.finditer(text):
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
    return tidy(_LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)).strip()


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
