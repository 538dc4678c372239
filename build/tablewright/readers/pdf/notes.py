"""Footnotes: small lines at the foot of a column that start with a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tablewright.readers.pdf.lines import Line, with_text
from tablewright.readers.pdf.setting import SMALL

_MARK = re.compile(
    r"(?:[⁰¹²³⁴-⁹]{1,3}|\d{1,3}(?:[.)]?(?=\s+\S)|(?=[A-Z“‘]))|\[\d{1,3}\]|[*∗†‡§]{1,3}|[a-z](?=\s[A-Z]))\s*(?=\S)"
)
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}\s*\S")
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def split_notes(run: Sequence[Line], size: float, note_size: float | None) -> tuple[list[Line], list[Line]]:
    """A run's text, and the footnotes under it.

    `size` is the body's; `note_size` that of the notes known so far: one may go on in the next column without a mark.
    """
    start = next((index for index, line in enumerate(run) if _opens(run, index, size, note_size)), len(run))
    end = next((index for index in range(start, len(run)) if run[index].size >= SMALL * size), len(run))
    return [*run[:start], *run[end:]], list(run[start:end])


def _opens(run: Sequence[Line], index: int, size: float, note_size: float | None) -> bool:
    """Whether the notes of a column start at this line: small, set apart from the text, with a mark."""
    line = run[index]
    if line.size >= SMALL * size or (index and run[index - 1].size < SMALL * size):
        return False
    ends = all(other.size < SMALL * size for other in run[index:])
    if _RAISED.match(line.text):
        return True
    return ends and (_MARK.match(line.text) is not None or line.size == note_size)


def notes(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The notes in lines of them, each with its lines; a number that starts one stands apart from its words."""
    own: list[Line] = []
    for line in lines:
        found = _MARK.match(line.text)
        if found and own and not (found[0][0].islower() and found[0][0].isalpha()):
            yield own
            own = []
        if found:
            mark = found[0].strip().translate(_PLAIN_DIGITS)
            text = f"{mark} {line.text[found.end() :]}" if mark[0].isdigit() else line.text[found.end() :]
            own.append(with_text(line, text))
        else:
            own.append(line)
    if own:
        yield own
