"""What a PDF states of itself: kept only where the text bears it out, since programs fill these fields unasked."""

from __future__ import annotations

import re

from tablewright.readers.names import is_name, join_authors, split_authors
from tablewright.readers.pdf.lines import Info
from tablewright.readers.pieces import Stated

_WORD = re.compile(r"\w+")
_SITE = re.compile(r"\s+[|–—•·-]\s+")
_TOP = 3_000
"""Characters of the text in which its title stands."""


def stated_in(info: Info, text: str) -> tuple[Stated, Stated]:
    """The title, which the text has in print, and the authors, as far as it names them nowhere else.

    A PDF's dates are those of the file: none is kept.
    """
    return Stated(title=_title(info.title, text)), Stated(authors=_authors(info.author, text))


def _title(title: str, text: str) -> str | None:
    """The title, without the site's name after it, where the head of the text has it."""
    head = f" {_plain(text[:_TOP])} "
    for candidate in (title, _SITE.split(title)[0]):
        words = _plain(candidate)
        if words.count(" ") > 0 and f" {words} " in head:
            return " ".join(candidate.split())
    return None


def _authors(author: str, text: str) -> str | None:
    names = split_authors(author) if author.strip() else []
    printed = f" {_plain(text)} " if names else ""
    if names and all(is_name(name) and f" {_plain(name)} " in printed for name in names):
        return join_authors(names)
    return None


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
