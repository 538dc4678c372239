"""The words of a Word paragraph as they are gathered, and what its characters and fields stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tablewright.readers.decode import tidy
from tablewright.readers.office.package import Element
from tablewright.readers.office.styles import Look
from tablewright.records import BlockKind

# Fields whose result is no text of the document's own: lists of its parts, numbers of pages and notes.
_LEFT_OUT = re.compile(
    r"TOC|TOA|INDEX|RD|TC|TA|XE|PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|NOTEREF|FTNREF|MACROBUTTON|GOTOBUTTON"
    r"|ADVANCE|PRIVATE",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"\s*(?:BIBLIOGRAPHY\b|ADDIN\s+(?:ZOTERO_BIBL|CSL_BIBLIOGRAPHY|EN\.REFLIST|Mendeley Bibliography|PAPERS2_BIB))",
    re.IGNORECASE,
)
_RAISED_NUMBER = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*")
_RAISED_MARK = re.compile(r"[*†‡§¶#]+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_INSIDE_A_WORD = re.compile(r"(?<=\w)[⁰¹²³⁴-⁹]+(?=[^\W\d_])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Adobe's Symbol encoding, which Word maps to U+F020–U+F0FF: letters and what stands in running text.
_SYMBOLS = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **{code: chr(code) for code in b" %()+,./0123456789="},
    **dict(zip(b"\x2d\xa0\xa3\xab\xac\xae\xb0\xb1\xb2\xb3\xb4\xb7\xb8\xb9\xbb\xbc", "−€≤↔←→°±″≥×•÷≠≈…", strict=True)),
    **dict(zip(b"\xd2\xd3\xd4\xe2\xe3\xe4", "®©™®©™", strict=True)),
}


class Span(NamedTuple):
    """Words of one look."""

    text: str
    bold: bool
    italic: bool


@dataclass(slots=True)
class Words:
    """What a paragraph holds: its spans, parted where an empty line or a page's end parts them, and its text boxes."""

    parts: list[list[Span]] = field(default_factory=lambda: [[]])
    boxes: list[Element] = field(default_factory=list)
    kind: BlockKind | None = None

    def add(self, text: str, look: Look) -> None:
        self.parts[-1].append(Span(text, bool(look.bold), bool(look.italic)))

    def end_line(self) -> None:
        """A line break; the second in a row ends the paragraph."""
        last = self.parts[-1]
        if last and last[-1].text == "\n":
            self.end_part()
        else:
            last.append(Span("\n", False, False))

    def end_part(self) -> None:
        self.parts.append([])

    def texts(self) -> Iterator[tuple[str, Literal["strong", "italic"] | None, str]]:
        """The text of each part that has one, the look that all of its words share, and the bold run at its head."""
        for spans in self.parts:
            text = tidy("".join(span.text for span in spans)).strip()
            # No mark of a note stands inside a word, and one left raised would be taken for it.
            text = text if text.isascii() else _INSIDE_A_WORD.sub(lambda found: found[0].translate(_DIGITS), text)
            if text:
                yield text, _emphasis(spans), _bold_lead(spans)


@dataclass(slots=True)
class Field:
    """A field that is open: its code while that is read, then whether its result is left out."""

    code: str = ""
    in_code: bool = True
    left_out: bool = False
    kind: BlockKind | None = None

    def settle(self) -> None:
        """Ends the code; what follows is the result."""
        self.in_code = False
        self.left_out = is_left_out(self.code)
        self.kind = "bibliography" if _BIBLIOGRAPHY.match(self.code) else None


def is_left_out(code: str) -> bool:
    """Whether the result of a field with this code is no text of the document."""
    words = code.split(maxsplit=1)
    return bool(words) and _LEFT_OUT.fullmatch(words[0]) is not None


def symbol(font: str | None, code: str | None) -> str:
    """The character that a symbol stands for; empty for pictures of all sorts (Wingdings)."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _SYMBOLS.get(number - 0xF000, "") if (font or "").casefold() == "symbol" else ""
    return "" if not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xF8FF else chr(number)


def shown(text: str, look: Look) -> str:
    """A run's text as it is meant: raised digits as superscripts, raised marks gone, symbols as characters."""
    if look.raised:
        bare = text.strip()
        if _RAISED_NUMBER.fullmatch(bare):
            return text.translate(_SUPERSCRIPTS)
        if _RAISED_MARK.fullmatch(bare):
            return ""
    if text.isascii() or not _PRIVATE.search(text):
        return text
    font = "symbol" if look.symbol else None
    return _PRIVATE.sub(lambda found: symbol(font, f"{ord(found[0]):X}"), text)


def _emphasis(spans: list[Span]) -> Literal["strong", "italic"] | None:
    """Whether all words are bold, or all italic; punctuation does not count."""
    wordy = [span for span in spans if any(map(str.isalnum, span.text))]
    if all(span.bold for span in wordy):
        return "strong" if wordy else None
    return "italic" if all(span.italic for span in wordy) else None


def _bold_lead(spans: list[Span]) -> str:
    lead = ""
    for span in spans:
        if not span.bold and span.text.strip():
            break
        lead += span.text
    return tidy(lead).strip()
