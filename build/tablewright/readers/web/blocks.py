"""The blocks of a page: a run of text each, as a browser would set it in lines of its own, with its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml.html import HtmlElement

from tablewright.readers.decode import tidy
from tablewright.readers.pieces import Markup, Piece
from tablewright.readers.web.elements import is_data_table, is_note_link, is_note_list

_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "caption", "legend", "html",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite"})
_SPACES = re.compile(r"[ \t\r\n\f\u3000]+")
_BREAKS = re.compile(r" ?\n ?")
_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3})[\])]?\s*")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BULLET = re.compile(r"[•·▪◦‣●○■]\s+(?=\S)")
_BACK_LINK = re.compile(r"\s*[↩↑⤴^]\ufe0e?\s*$|^\s*[↑^]\s*")
_CODE_CLASS = re.compile(r"\b(?:highlight|code|language-|lang-|brush:|prettyprint)")

_Emphasis = Literal["strong", "italic"] | None


@dataclass(slots=True)
class Block:
    """A run of text: `parent` is the element that it is set in, `linked` the characters that are links."""

    markup: Markup
    text: str
    parent: HtmlElement
    line: int
    level: int = 0
    linked: int = 0
    emphasis: _Emphasis = None
    bold_lead: str = ""
    words: tuple[str, ...] = field(default=())

    @property
    def link_share(self) -> float:
        return self.linked / max(1, len(self.text))

    def piece(self) -> Piece:
        return Piece(self.markup, self.text, self.line, self.level, self.emphasis, self.bold_lead)


def blocks_of(body: HtmlElement) -> list[Block]:
    """The blocks under an element, in reading order."""
    walk = _Walk(len("".join(body.itertext())))
    walk.run(body)
    return walk.blocks


class _Run:
    """Inline text as it comes in, with what is bold, italic or a link."""

    __slots__ = ("bold", "italic", "linked", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.bold: list[bool] = []
        self.italic: list[bool] = []
        self.linked = 0


class _Walk:
    """One pass over the elements, with a stack of its own: pages nest deeper than Python's calls."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.blocks: list[Block] = []
        self.current = _Run()
        self.bold = self.italic = self.link = self.quote = self.item = self.notes = 0
        self.level = 0
        self.holders: list[HtmlElement] = []
        self.note_lists: set[HtmlElement] = set()

    def run(self, body: HtmlElement) -> None:
        # An element is entered when it is met first, and left when its children are done.
        stack: list[tuple[HtmlElement, Iterator[HtmlElement] | None]] = [(body, None)]
        while stack:
            element, children = stack.pop()
            if children is None:
                if not self.enter(element):
                    self.add(element.tail)
                    continue
                children = iter(element)
            child = next(children, None)
            if child is None:
                self.leave(element)
                if stack:
                    self.add(element.tail)
            else:
                stack.append((element, children))
                stack.append((child, None))
        self.flush(body)

    def enter(self, element: HtmlElement) -> bool:
        """Whether the element's children are to be walked; false where it is done, or no text."""
        tag = element.tag
        if tag in _BLOCK:
            return self.enter_block(element, tag)
        if tag == "br":
            self.add_break()
            return False
        if tag == "sup":
            self.add_raised(element)
            return False
        if tag == "a" and is_note_link(element):
            return False
        if not isinstance(tag, str):
            return False
        self.bold += tag in _BOLD
        self.italic += tag in _ITALIC
        self.link += tag == "a"
        self.add(element.text)
        return True

    def enter_block(self, element: HtmlElement, tag: str) -> bool:
        if self.holders:
            self.flush(self.holders[-1])
        self.holders.append(element)
        if tag == "hr":
            self.blocks.append(Block("rule", "", element, element.sourceline or 0))
        elif tag == "pre":
            self.add_preformatted(element)
            self.holders.pop()
            return False
        elif tag == "table" and is_data_table(element):
            self.add_table(element)
            self.holders.pop()
            return False
        self.quote += tag == "blockquote"
        self.item += tag == "li"
        if is_note_list(element, self.total):
            self.note_lists.add(element)
            self.notes += 1
        if tag in _HEADINGS:
            self.level = _HEADINGS[tag]
        self.add(element.text)
        return True

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag not in _BLOCK:
            self.bold -= tag in _BOLD
            self.italic -= tag in _ITALIC
            self.link -= tag == "a"
            return
        self.flush(element)
        self.holders.pop()
        self.quote -= tag == "blockquote"
        self.item -= tag == "li"
        self.notes -= element in self.note_lists
        if tag in _HEADINGS:
            self.level = 0

    def add(self, text: str | None) -> None:
        if text:
            run = self.current
            run.parts.append(_SPACES.sub(" ", text))
            run.bold.append(self.bold > 0)
            run.italic.append(self.italic > 0)
            if self.link:
                run.linked += len(text)

    def add_break(self) -> None:
        """A line break; a second one ends the paragraph, as pages without <p> do."""
        parts = self.current.parts
        last = next((part for part in reversed(parts) if part.strip(" ")), "")
        if last == "\n" and self.holders and not self.level:
            self.flush(self.holders[-1])
        elif parts:
            parts.append("\n")
            self.current.bold.append(False)
            self.current.italic.append(False)

    def add_raised(self, element: HtmlElement) -> None:
        """Raised text: reference marks go, powers stay as superscripts, "1st" stays as it is."""
        text = "".join(element.itertext())
        if not _MARK.fullmatch(text):
            self.add(text)
        elif element.find(".//a") is None and not self.link and text.strip().isdigit():
            self.add(text.strip().translate(_SUPERSCRIPTS))

    def add_preformatted(self, element: HtmlElement) -> None:
        """Preformatted text: code, or the paragraphs of an old page or a mailing list."""
        text = "".join(element.itertext())
        code = element.find(".//code") is not None or _CODE_CLASS.search(element.get("class", ""))
        for part in [text] if code else re.split(r"\n\s*\n", text):
            if part.strip():
                lines = "\n".join(line.strip() for line in part.strip().split("\n"))
                line = element.sourceline or 0
                self.blocks.append(Block("code" if code else "paragraph", tidy(lines), element, line))

    def add_table(self, table: HtmlElement) -> None:
        for row in table.iter("tr"):
            cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("td", "th")]
            text = tidy(" | ".join(cell for cell in cells if cell))
            if text:
                linked = sum(len("".join(link.itertext())) for link in row.iter("a"))
                self.blocks.append(Block("table", text, table, row.sourceline or 0, linked=linked))

    def flush(self, parent: HtmlElement) -> None:
        """Ends the run: its text becomes a block of `parent`."""
        run = self.current
        if not run.parts:
            return
        self.current = _Run()
        text = _BREAKS.sub("\n", _SPACES_IN_LINE.sub(" ", "".join(run.parts))).strip(" \n")
        text = tidy(text) if not text.isascii() else text
        if self.notes:
            text = _BACK_LINK.sub("", text)
        if not text.strip():
            return
        markup = self.markup()
        if markup == "paragraph" and (bullet := _BULLET.match(text)):
            markup, text = "list_item", text[bullet.end() :]
        emphasis, lead = _emphasis(run)
        self.blocks.append(Block(markup, text, parent, parent.sourceline or 0, self.level, run.linked, emphasis, lead))

    def markup(self) -> Markup:
        if self.level:
            return "heading"
        if self.notes:
            return "footnote"
        if self.item:
            return "list_item"
        return "block_quote" if self.quote else "paragraph"


_SPACES_IN_LINE = re.compile(r" {2,}")


def _emphasis(run: _Run) -> tuple[_Emphasis, str]:
    """Whether all words of a run are bold, or all italic; and the bold words that it starts with."""
    if True not in run.bold and True not in run.italic:
        return None, ""
    wordy = [index for index, part in enumerate(run.parts) if any(map(str.isalnum, part))]
    lead = ""
    for part, bold in zip(run.parts, run.bold, strict=True):
        if not bold and part.strip():
            break
        lead += part
    lead = " ".join(lead.split())
    if wordy and all(run.bold[index] for index in wordy):
        return "strong", lead
    return ("italic" if wordy and all(run.italic[index] for index in wordy) else None), lead
