"""What an element of a page is for: a list of footnotes, a link to one of them, a table of data."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_NOTES = re.compile(
    r"(?:^|[\s_-])(?:footnotes?|endnotes?|references|reflist|doc-endnotes?|doc-footnotes?|sd(?:foot|end)note\d*|(?:ftn|edn)\d+)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOTE_ID = re.compile(r"_?(?:fn|ftn|edn|(?:foot|end|cite_)?note)[-_.:]?\w{0,8}?\d{1,3}", re.IGNORECASE)
_LAYOUT_CELL = 300
"""Characters of a cell above which its table arranges the page rather than data."""


def is_note_link(link: HtmlElement) -> bool:
    """Whether a link only leads from the text to a footnote or back: a number, a sign or an arrow."""
    if not link.get("href", "").startswith("#"):
        return False
    text = "".join(link.itertext()).strip()
    return len(text.strip("[]()")) <= 3 and not any(map(str.isalpha, text))


def is_note_list(element: HtmlElement, total: int) -> bool:
    """Whether an element is the list of a page's footnotes, or one of them; `total` are the characters of the page.

    An article may be called after its notes; a list of notes is the smaller part of what holds it.
    """
    if element.tag == "p":
        return _is_note(element)
    if element.tag not in {"ol", "ul", "div", "section"}:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    if names == "  " or not _NOTES.search(names) or element.find(".//h1") is not None:
        return False
    return 2 * len("".join(element.itertext())) < total


def _is_note(paragraph: HtmlElement) -> bool:
    """Whether a paragraph is a footnote by its id and by the number that it starts with, which links back to the text."""
    if not _NOTE_ID.fullmatch(paragraph.get("id", "")) or (paragraph.text or "").strip():
        return False
    first = next((each for each in paragraph.iterdescendants("a") if each.get("href")), None)
    return first is not None and is_note_link(first)


def is_data_table(table: HtmlElement) -> bool:
    """Whether a table holds data, a line each: not other blocks or long texts, as one that arranges a page does."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return False
    for cell in table.iter("td"):
        paragraphs = cell.findall(".//p")
        if (
            len(paragraphs) > 1
            or len("".join(cell.itertext()).strip()) > _LAYOUT_CELL
            or cell.find(".//div//p") is not None
        ):
            return False
    return True
