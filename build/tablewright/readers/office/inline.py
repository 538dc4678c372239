"""The words inside a Word paragraph: tracked changes as accepted, fields as shown, hidden text gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tablewright.readers.office.package import Element, child, switched_on, value
from tablewright.readers.office.styles import Look, Styles
from tablewright.readers.office.words import Field, Words, is_left_out, shown, symbol

_SPACES = (
    "wordprocessingml/2006/main",
    "wordprocessingml/main",
    "officeDocument/2006/math",
    "officeDocument/math",
    "markup-compatibility/2006",
)
PROPERTIES = frozenset(
    {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"}
    | {"rubyPr", "fldData"}
)
"""Elements that say how something looks: no text is in them, but former properties may be."""
_NOT_THERE = frozenset({"del", "moveFrom", "rt"})
"""Deleted, moved away, and the small print over an East Asian word."""
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_NO_TEXT_GALLERY = re.compile(r"Table of Contents|Page Numbers.*|Watermarks|.*Index", re.IGNORECASE)
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")

Walk = Callable[[Element], None]


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    return name if space.endswith(_SPACES) else ""


def tag_of(element: Element) -> str:
    """The name of an element of Word's own; empty for those of drawings and other worlds."""
    tag: Any = element.tag
    return _name(tag) if isinstance(tag, str) else ""


class Inline:
    """What is said in a story, followed over its paragraphs: a field may begin in one and end in another.

    `notes` are the references to notes in their order, as (part, id); `languages` counts characters by language.
    """

    def __init__(self, styles: Styles) -> None:
        self.notes: list[tuple[str, str]] = []
        self.languages: Counter[str] = Counter()
        self._styles = styles
        self._fields: list[Field] = []
        self._absent = 0
        self._words = Words()
        self._look = Look()

    def gather(self, paragraph: Element, look: Look, words: Words) -> None:
        """Adds what stands in a paragraph to `words`; its runs have the `look` where they do not say."""
        self._words, self._look = words, look
        self._walk(paragraph)

    def forget_fields(self) -> None:
        """Takes the fields that are open for closed: in a damaged document they would swallow all that follows."""
        self._fields.clear()

    def around(self, element: Element, tag: str, walk: Walk) -> None:
        """Goes into what only wraps text; what is not there is gone through too, for the ends of fields in it."""
        inside: Element | None = element
        absent = tag in _NOT_THERE
        if tag == "sdt":
            absent = _shows_no_text(child(element, "sdtPr"))
            inside = child(element, "sdtContent")
        elif tag == "fldSimple":
            absent = is_left_out(value(element, "instr") or "")
        elif tag == "AlternateContent":
            inside = _choice(element)
        if inside is not None:
            self._absent += absent
            walk(inside)
            self._absent -= absent

    def _is_absent(self) -> bool:
        return self._absent > 0 or any(each.in_code or each.left_out for each in self._fields)

    def _walk(self, parent: Element) -> None:
        for element in parent:
            tag = tag_of(element)
            if tag in PROPERTIES:
                continue
            if tag == "r":
                self._run(element)
            elif not self._leaf(element, tag):
                self.around(element, tag, self._walk)

    def _run(self, element: Element) -> None:
        below = self._look
        self._look = self._styles.run_look(child(element, "rPr"), below)
        # A mark that the author chose stands beside the reference and is no word either.
        own_mark = any(tag_of(each) in _NOTES and value(each, "customMarkFollows") in {"1", "true"} for each in element)
        if own_mark:
            self._note(element)
        else:
            self._absent += bool(self._look.hidden)
            self._walk(element)
            self._absent -= bool(self._look.hidden)
        self._look = below

    def _leaf(self, element: Element, tag: str) -> bool:
        """Takes in what is no wrapper; False for what is one."""
        if tag == "t":
            self._say(element.text or "")
        elif tag == "fldChar":
            self._field(value(element, "fldCharType"))
        elif tag == "instrText":
            if self._fields and self._fields[-1].in_code:
                self._fields[-1].code += element.text or ""
        elif tag in _SIGNS:
            self._say(_SIGNS[tag])
        elif tag == "sym":
            self._say(symbol(value(element, "font"), value(element, "char")))
        elif tag in {"br", "cr"}:
            if not self._is_absent():
                ends_page = value(element, "type") in {"page", "column"}
                (self._words.end_part if ends_page else self._words.end_line)()
        elif tag in _NOTES:
            self._note(element.getparent())
        elif tag == "txbxContent":
            if not self._is_absent():
                self._words.boxes.append(element)
        else:
            return False
        return True

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(Field())
        elif self._fields and step == "separate":
            self._fields[-1].settle()
        elif self._fields and step == "end":
            self._fields.pop()

    def _note(self, run: Element | None) -> None:
        if run is None or self._is_absent():
            return
        for each in run:
            if (tag := tag_of(each)) in _NOTES:
                self.notes.append((_NOTES[tag], value(each, "id") or ""))

    def _say(self, text: str) -> None:
        if not text or self._is_absent():
            return
        if any(each.kind for each in self._fields):
            self._words.kind = "bibliography"
        look = self._look
        self._words.add(shown(text, look), look)
        if look.languages:
            latin, east_asian, right_to_left = look.languages
            if not text.isascii() and _EAST_ASIAN.search(text):
                latin = east_asian
            elif not text.isascii() and _RIGHT_TO_LEFT.search(text):
                latin = right_to_left
            if latin:
                self.languages[latin] += len(text)


def _shows_no_text(properties: Element | None) -> bool:
    """Whether a content control shows a placeholder, or holds what Word makes of the text: a table of contents."""
    if switched_on(child(properties, "showingPlcHdr")):
        return True
    gallery = value(child(properties, "docPartObj", "docPartGallery"))
    return gallery is not None and _NO_TEXT_GALLERY.fullmatch(gallery) is not None


def _choice(element: Element) -> Element | None:
    """The one of several forms of the same content that is read: the first with text, else the first."""
    forms = [each for each in element if tag_of(each) in {"Choice", "Fallback"}]
    with_text = (form for form in forms if any(each.text for each in form.iter("{*}t")))
    return next(with_text, forms[0] if forms else None)
