"""Which blocks of a page are its article: trafilatura's judgement, mended where it loses or lets in what it should not."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence

from lxml.etree import strip_tags
from lxml.html import HtmlElement

from tablewright.errors import SourceError
from tablewright.readers.matter import is_end_mark
from tablewright.readers.web.blocks import Block

_INLINE = (
    "b",
    "i",
    "em",
    "strong",
    "span",
    "sup",
    "sub",
    "font",
    "u",
    "small",
    "big",
    "cite",
    "mark",
    "abbr",
    "q",
    "s",
)
_WORD = re.compile(r"[^\W_]+")
_RUN = 4
"""Words in a row by which a block is found in what trafilatura kept."""
_FOUND = 0.6
"""The share of a block's word runs that must be there: inline markup moves spaces about."""
_HOLDS = 0.9
"""The share of the article's words that the element around it holds."""
_LINKED = 0.5
_STOP = re.compile(r"[.!?…:;\"'”’»)]\s*$")
_JUNK = re.compile(
    r"(?:advertis(?:e)?ments?|sponsored|loading|share|tweet|print|email|listen|comments?|reply|skip advertisement|continue reading"
    r"|story continues below(?: this ad(?:vertisement)?)?|article continues (?:below|after (?:this )?ad(?:vertisement)?)"
    r"|scroll to continue(?: reading)?|recommended|most read|read more|related(?: (?:articles?|stories|topics|posts))?|tags?"
    r"|\d+ min(?:ute)?s? read)\W*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:(?:learn|read|find out|see|view|discover) more|continue reading|download|watch|listen)\b", re.IGNORECASE
)
_LINK_LINE = 25
"""Words; a shorter paragraph that is nothing but links leads somewhere else."""


def article_blocks(tree: HtmlElement, blocks: Sequence[Block], file: str) -> list[Block]:
    """The blocks of the article in their order, its title and what stands under that left aside. Takes the tree.

    Trafilatura says which text is the article's. Its words are looked up in the page's own blocks, so that nothing of
    their markup and spacing is lost; headings, list items, quotations and paragraphs beside the kept ones that it left
    out come back, and lines come out that only lead elsewhere. Raises `SourceError` for a page that it cannot follow.
    """
    for block in blocks:
        block.words = tuple(_WORD.findall(block.text.casefold()))
    kept = _kept_by_trafilatura(tree, blocks, file)
    if not kept:
        return []
    holder = _holder([blocks[index] for index in kept])
    inside = {index for index, block in enumerate(blocks) if _within(block.parent, holder)}
    kept &= inside
    kept = {index for index in kept if not _leads_elsewhere(blocks[index])}
    if not kept:
        return []
    kept |= _beside(blocks, kept, inside)
    kept |= {index for index in range(min(kept), len(blocks)) if blocks[index].markup == "footnote"}
    kept |= _headings(blocks, kept, inside)
    text = [index for index in kept if blocks[index].markup not in {"heading", "rule"}]
    last = max(text, default=-1)
    kept = {index for index in kept if index <= last}
    return [
        block
        for index in sorted(kept)
        if (block := blocks[index]).words or block.markup == "rule" or is_end_mark(block.text)
    ]


def _kept_by_trafilatura(tree: HtmlElement, blocks: Sequence[Block], file: str) -> set[int]:
    from trafilatura import bare_extraction

    # It takes as its own what the blocks no longer need; without inline markup it is faster, and parts no words.
    strip_tags(tree, *_INLINE)
    for paragraph in tree.iter("p"):
        if not len(paragraph):
            paragraph.text = paragraph.text  # one text node in place of the many that were inside the markup
    # It reports what it drops as warnings, which are no concern of the person who builds.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(tree, include_comments=False)
    except RecursionError as error:
        raise SourceError(
            "the page's tags are nested too deep", file=file, remedy="save its text as .txt or Markdown"
        ) from error
    text = getattr(document, "text", None) or ""
    lines = [tuple(_WORD.findall(line)) for line in text.casefold().split("\n")]
    whole = set(lines)
    runs = {run for line in lines for run in _runs(line)}
    kept = set()
    for index, block in enumerate(blocks):
        if len(block.words) >= _RUN:
            own = list(_runs(block.words))
            if sum(run in runs for run in own) >= _FOUND * len(own):
                kept.add(index)
        elif block.words and block.words in whole:
            kept.add(index)
    return kept


def _runs(words: tuple[str, ...]) -> zip[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_RUN)), strict=False)


def _holder(kept: Sequence[Block]) -> HtmlElement:
    """The innermost element that holds nearly all words of the kept blocks."""
    words: Counter[HtmlElement] = Counter()
    total = 0
    for block in kept:
        total += len(block.words)
        words[block.parent] += len(block.words)
        for ancestor in block.parent.iterancestors():
            words[ancestor] += len(block.words)
    holders = [element for element, count in words.items() if count >= _HOLDS * total]
    # All of them stand in one another: the innermost has the most ancestors.
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()))


def _within(element: HtmlElement, holder: HtmlElement) -> bool:
    return element is holder or any(ancestor is holder for ancestor in element.iterancestors())


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is a button's or a link's words rather than text: "Advertisement", "Read more", a linked title."""
    if len(block.words) <= 6 and _JUNK.fullmatch(block.text):
        return True
    if block.link_share > 0.9 and _MORE.match(block.text):
        return True
    alone = block.link_share > 0.9 and len(block.words) <= _LINK_LINE
    return alone and block.markup in {"paragraph", "heading"} and not (block.markup == "heading" and block.level > 1)


def _beside(blocks: Sequence[Block], kept: set[int], inside: set[int]) -> set[int]:
    """Blocks that read as text and stand beside kept ones: paragraphs in the same element, lists and quotations."""
    places = Counter(blocks[index].parent.getparent() for index in kept if blocks[index].markup == "paragraph")
    places.update(blocks[index].parent for index in kept if blocks[index].markup == "paragraph")
    first, last = min(kept), max(kept)
    found = set()
    for index in inside - kept:
        block = blocks[index]
        if block.markup in {"heading", "rule", "table", "code", "footnote"} or _leads_elsewhere(block):
            continue
        if is_end_mark(block.text) and index > first:
            found.add(index)
            continue
        if block.link_share > _LINKED or not _is_beside(block, places):
            continue
        between = first < index < last
        prose = len(block.words) >= 8 and _STOP.search(block.text) is not None
        if (between and (prose or block.markup in {"list_item", "block_quote"})) or (prose and len(block.words) >= 12):
            found.add(index)
    return found


def _is_beside(block: Block, places: Counter[HtmlElement]) -> bool:
    """Whether a block's element stands where kept paragraphs do, its list or quotation counted as one with it."""
    element: HtmlElement | None = block.parent
    while element is not None and element.tag in {"p", "li", "ul", "ol", "blockquote", "dl", "dd", "dt"}:
        element = element.getparent()
    return element is not None and places[element] >= 2


def _headings(blocks: Sequence[Block], kept: set[int], inside: set[int]) -> set[int]:
    """Headings and rules inside the article that kept text, or another heading, follows."""
    found = set()
    first, last = min(kept), max(kept)
    following = last
    for index in range(last, first - 1, -1):
        block = blocks[index]
        if block.markup == "rule":
            found.add(index)
            continue
        leads_on = following in kept or blocks[following].markup == "heading"
        if block.markup == "heading" and leads_on and block.link_share <= 0.9 and not _leads_elsewhere(block):
            found.add(index)
        following = index
    return found & inside
