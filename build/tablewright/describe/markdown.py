"""Pieces of Markdown whose values cannot break out of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

# An underscore inside a word is no markup.
_SPECIAL = re.compile(r"([\\`*\[\]<>|#~]|(?<!\w)_|_(?!\w))")


def cell(text: str) -> str:
    """Text as words on one line: no markup, no HTML, no border of a cell."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(cell(each) for each in row)} |"
