"""How long one document may be. What is longer costs more memory than a computer can be asked for, or is no document."""

from __future__ import annotations

from collections.abc import Sequence

from tablewright.errors import SourceError
from tablewright.readers.pieces import Piece

MAX_CHARACTERS = 5_000_000
"""Characters of text: a novel of 1,200 pages has three million."""
_CHARACTERS = f"{MAX_CHARACTERS // 1_000_000} million characters of text"
MAX_LINES = 300_000
"""Lines of a text file; a novel has a quarter of it."""
MAX_PIECES = 100_000
"""Paragraphs, headings, list items and rows of tables."""


def check_text(text: str, file: str) -> None:
    """Raises `SourceError` for a text file that is too long to be taken apart."""
    if len(text) > MAX_CHARACTERS:
        raise _too_long(_CHARACTERS, file)
    if text.count("\n") > MAX_LINES:
        raise _too_long(f"{MAX_LINES:,} lines", file)


def check_pieces(pieces: Sequence[Piece], file: str) -> None:
    """Raises `SourceError` for more paragraphs, or more text in them, than one document may hold."""
    if len(pieces) > MAX_PIECES:
        raise _too_long(f"{MAX_PIECES:,} paragraphs", file)
    if sum(len(piece.text) for piece in pieces) > MAX_CHARACTERS:
        raise _too_long(_CHARACTERS, file)


def _too_long(what: str, file: str) -> SourceError:
    return SourceError(f"holds more than {what}, the most that one document may hold", file=file, remedy="split it")
