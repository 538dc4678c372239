"""Saved web pages: the article's text without what stands around it, and what the page states of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from tablewright.errors import SourceError
from tablewright.readers.lines import classify
from tablewright.readers.pieces import Piece, Reading, Stated
from tablewright.readers.prose import one_line
from tablewright.readers.web.article import article_blocks
from tablewright.readers.web.blocks import Block, blocks_of
from tablewright.readers.web.decoding import decode_page, refuse_garbled
from tablewright.readers.web.metadata import PageFacts, stated_by
from tablewright.readers.web.notices import SHORT, why_empty
from tablewright.readers.web.tree import parse_page, prune

_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:dek|deck|standfirst|sub-?title|sub-?head(?:line|ing)?|strap-?line|summary|excerpt|tagline|article-?description"
    r"|article-?intro|lead-?in|abstract|teaser-?text)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|authors?|dateline|date|time|timestamp|meta|entry-?meta|posted-?(?:on|by)|published|writer|location|kicker"
    r"|category|section|eyebrow|topic)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_STANDFIRST_WORDS = 60


def read_html(data: bytes, file: str) -> Reading:
    """The article on a saved page and what the page states. Raises `SourceError` for what is no page with an article."""
    return read_page(decode_page(data, file), file)


def read_page(text: str, file: str, url: str | None = None) -> Reading:
    """As `read_html`, from text that is decoded; `url` is where the page was, if whoever saved it noted that."""
    tree = parse_page(text, file)
    facts = PageFacts(tree, text, url)
    stated = stated_by(facts)
    prune(tree)
    blocks = blocks_of(tree.find("body"))
    article = article_blocks(tree, blocks, file)
    body = [block for block in article if block.markup in {"paragraph", "list_item", "block_quote"}]
    words = sum(len(block.words) for block in body)
    if words < SHORT and (reason := why_empty(parse_page(text, file), words)):
        raise SourceError(f"the page holds no article: {reason[0]}", file=file, remedy=reason[1])
    refuse_garbled((block.text for block in article), file)
    head = _head(blocks, article, stated, facts)
    text = [block for block in article if not (head and _is_title(block, stated))]
    while head and len(text) > 1 and (above := _standfirst(text[0])):
        head.append(above)
        del text[0]
    pieces = head + [block.piece() for block in text]
    return Reading(pieces, stated, words="")


def _is_title(block: Block, stated: Stated) -> bool:
    return block.markup == "heading" and stated.title is not None and _same(block.text, stated.title)


def _same(text: str, title: str) -> bool:
    ours, theirs = (_WORDS.findall(part.casefold()) for part in (text, title))
    return bool(ours) and ours == theirs


def _head(blocks: Sequence[Block], article: Sequence[Block], stated: Stated, facts: PageFacts) -> list[Piece]:
    """The title and what stands between it and the text: the standfirst, a byline, a date."""
    first = blocks.index(article[0])
    last = len(blocks) if _is_title(article[0], stated) else first
    title = next((i for i in range(first, -1, -1) if _is_title(blocks[i], stated)), None)
    if title is None:
        title = next((i for i in range(first, -1, -1) if blocks[i].level == 1), None)
        if title is None or (stated.title is not None and title < first - 12):
            return []
    pieces = [blocks[title].piece()]
    kept = set(map(id, article))
    between = (block for block in blocks[title + 1 : last] if id(block) not in kept)
    return pieces + [piece for block in between if (piece := _head_piece(block, stated, facts.description))]


def _head_piece(block: Block, stated: Stated, described_as: str) -> Piece | None:
    """A block between title and text as a piece with its role, if it has one; a menu or a button has none."""
    if block.markup not in {"paragraph", "heading"} or not block.words:
        return None
    found = classify(one_line(block.text))
    if found and found[0] in {"byline", "dateline"}:
        stated.fill(Stated(authors=found[1].authors, published_on=found[1].published_on))
        return replace(block.piece(), markup="paragraph", kind=found[0])
    if found or block.link_share > 0.5 or _ABOUT.search(_names(block.parent)):
        return None
    if len(block.words) <= _STANDFIRST_WORDS and block.text[:60].casefold() in described_as:
        return replace(block.piece(), markup="paragraph", kind="standfirst")
    return _standfirst(block)


def _standfirst(block: Block) -> Piece | None:
    """The block as the standfirst that its element is called."""
    if len(block.words) > _STANDFIRST_WORDS or block.link_share > 0.5 or not _STANDFIRST.search(_names(block.parent)):
        return None
    return replace(block.piece(), markup="paragraph", kind="standfirst")


def _names(element: HtmlElement) -> str:
    """The class and id of an element and of the one around it."""
    above = element.getparent()
    both = (element,) if above is None else (element, above)
    return " ".join(f"{each.get('class', '')} {each.get('id', '')}" for each in both)
