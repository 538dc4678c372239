"""Where marks that came back stand in the document's text, also when the other program changed the text.

Nothing is guessed: in a text that is not the one that was sent, a mark is found by its words and what stands around
them, or not at all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from tablewright.anchors import CONTEXT, Quote, Span, Text, flat
from tablewright.interchange.exchange import Found, Sheet
from tablewright.interchange.intake import Wrong

_FORMS: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: unicodedata.normalize("NFD", text),
)
_BOM = "\ufeff"
_FAILURES = {
    "gone": "are not in the document",
    "moved": "stand in the document only in other surroundings",
    "ambiguous": "stand in the document more than once",
}


class Anchoring:
    """A sheet's text beside the document's."""

    def __init__(self, sheet: Sheet, places: Text) -> None:
        self._given = sheet.text
        self._places = places
        self._shift = _shift(sheet, places.text)

    def changes(self) -> str | None:
        """What the other program did to the text, as the end of a sentence; None where it is as it was sent."""
        if self._given is None or self._shift is not None:
            return None
        found = list(_form_changes(self._given, self._places.text))
        return f"the text came back with {', '.join(found)}" if found else "the text is not the document's as it is now"

    def place(self, mark: Found) -> Span:
        """Where the mark's words stand in the document. Raises `Wrong` where that cannot be said."""
        if self._given is None:
            return self._by_quote(mark)
        if mark.start is None or mark.end is None:
            raise Wrong("has no start and end")
        words = self._given[mark.start : mark.end]
        if mark.words is not None and mark.words.split() != words.split():
            raise Wrong(
                f"at {mark.start} to {mark.end} stands {_shown(words)}, not {_shown(mark.words)}",
                "say how the file counts with --offsets, or mend the mark",
            )
        if self._shift is not None:
            return _trimmed(self._places.text, mark.start + self._shift, mark.end + self._shift)
        start, end = _trimmed(self._given, mark.start, mark.end)
        before, after = self._given[max(0, start - CONTEXT) : start], self._given[end : end + CONTEXT]
        return self._found(Quote(self._given[start:end], before, after))

    def _by_quote(self, mark: Found) -> Span:
        text, words = self._places.text, mark.words or ""
        stated = mark.start is not None and mark.end is not None and 0 <= mark.start < mark.end <= len(text)
        if stated and text[mark.start : mark.end].split() == words.split():
            return _trimmed(text, mark.start or 0, mark.end or 0)
        return self._found(Quote(words, mark.prefix, mark.suffix))

    def _found(self, quote: Quote) -> Span:
        failure = "gone"
        for form in _FORMS:
            parts = (form(_plain(part)) for part in (quote.exact, quote.prefix, quote.suffix))
            found = self._places.locate(Quote(*parts))
            if not isinstance(found, str):
                return found
            failure = found if failure == "gone" else failure
        raise Wrong(f"the words {_shown(quote.exact)} {_FAILURES[failure]}", "mark them anew in the text as it is now")


def _shift(sheet: Sheet, text: str) -> int | None:
    """How far the sheet's text stands behind the document's beginning; None where it is not a part of it."""
    if sheet.text is None:
        return None
    if text.startswith(sheet.text, sheet.start):
        return sheet.start
    at = text.find(sheet.text) if sheet.text else -1
    return at if at >= 0 and text.find(sheet.text, at + 1) < 0 else None


def _form_changes(given: str, text: str) -> Iterator[str]:
    """The names of what differs, where nothing but the form does; nothing where the words differ."""
    if _bare(given) not in _bare(text):
        return
    if given.startswith(_BOM):
        yield "a byte order mark"
    if "\r" in given:
        yield "other line ends"
    composed = flat(_plain(given)).strip()
    if composed not in flat(text):
        yield "letters and accents joined otherwise (Unicode normalization)"
    elif _plain(given) not in text:
        yield "other white space"


def _bare(text: str) -> str:
    return flat(unicodedata.normalize("NFC", _plain(text))).strip()


def _plain(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends, which a selection by hand often takes along."""
    words = text[start:end]
    if not words.strip():
        raise Wrong(f"the mark from {start} to {end} holds no words")
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _shown(words: str) -> str:
    return f"“{flat(words)}”" if len(words) <= 60 else f"“{flat(words[:59]).rstrip()}…”"
