"""Saved web pages: the article's text without what stands around it, and what the page states of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from tablewright.errors import SourceError
from tablewright.readers.lines import classify
from tablewright.readers.pieces import Piece, Reading, Stated
from tablewright.readers.prose import ends_sentence, one_line
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
_TITLE_WORDS = 30
_PROSE_WORDS = 15
_NOTICE = re.compile(
    r"\b(?:subscri|newsletter|sign up|cookies?|agree to|terms of|log ?in|javascript|browser|updated?\b|copyright)",
    re.IGNORECASE,
)
_FEW = 4
"""Blocks that may stand above a title: a release's number, a date, a rubric."""


def read_html(data: bytes, file: str) -> Reading:
    """The article on a saved page and what the page states. Raises `SourceError` for what is no page with an article."""
    return read_page(decode_page(data, file), file)


def read_page(text: str, file: str, url: str | None = None) -> Reading:
    """As `read_html`, from text that is decoded; `url` is where the page was, if whoever saved it noted that."""
    tree = parse_page(text, file)
    facts = PageFacts(tree, text, url)
    stated = stated_by(facts)
    properties = Stated()
    if stated.authors == stated.publisher:
        # A byline in the text says more.
        properties.authors, stated.authors = stated.authors, None
    prune(tree)
    blocks = blocks_of(tree.find("body"))
    article = article_blocks(tree, blocks, file)
    body = [block for block in article if block.markup in {"paragraph", "list_item", "block_quote"}]
    words = sum(len(block.words) for block in body)
    if words < SHORT and (reason := why_empty(parse_page(text, file), words)):
        raise SourceError(f"the page holds no article: {reason[0]}", file=file, remedy=reason[1])
    _mend_title(stated, facts, article)
    refuse_garbled((block.text for block in article), file)
    return Reading(_pieces(blocks, article, stated, facts), stated, properties=properties)


def _mend_title(stated: Stated, facts: PageFacts, article: Sequence[Block]) -> None:
    """Where only the window's title tells the title, among other words ("Talks stall - The Wire, 12 March 1999"), one of
    the text's first lines may be the part of it that counts."""
    if not facts.only_window_title:
        return
    whole = f" {_plain(stated.title or '')} "
    lines = [line.strip() for block in article[:3] for line in block.text.split("\n")]
    for line in lines:
        if 3 <= line.count(" ") + 1 <= _TITLE_WORDS and f" {_plain(line)} " in whole:
            stated.title = line
            return
    # A line in bold above all else, on a page whose window is called after the site.
    first = lines[0]
    bold = first == article[0].bold_lead and 3 <= first.count(" ") + 1 <= _TITLE_WORDS
    if bold and not classify(first) and not ends_sentence(first):
        stated.title = first


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _pieces(blocks: Sequence[Block], article: Sequence[Block], stated: Stated, facts: PageFacts) -> list[Piece]:
    """The article's blocks as pieces, with the title and what stands between it and the text."""
    kept = set(map(id, article))
    places = [index for index, block in enumerate(blocks) if id(block) in kept]
    title = _title_place(blocks, places, stated)
    if title is None:
        return [block.piece() for block in article]
    places = [index for index in places if not _is_title(blocks[index], stated)]
    above = [blocks[index].piece() for index in places if index < title]
    rest = [index for index in places if index > title]
    head = []
    for index in range(title + 1, places[-1] + 1):
        is_text = index in rest[:1]
        piece = _head_piece(blocks[index], stated, "" if is_text else facts.description)
        if piece and (piece.kind or not is_text):
            head.append(piece)
        elif is_text:
            break
        if is_text:
            del rest[0]
    text = [*head, *(blocks[index].piece() for index in rest)]
    opening = next(
        (place for place, piece in enumerate(text) if piece.kind is None and ends_sentence(piece.text)), len(text)
    )
    text[opening : opening + 1] = map(_not_bold, text[opening : opening + 1])
    return [*above, blocks[title].piece(), *text]


def _not_bold(piece: Piece) -> Piece:
    """The first paragraph, which some sites set in bold, as any other. A question opens an interview, and stays."""
    bold = piece.emphasis == "strong" and piece.markup == "paragraph"
    question = piece.text.rstrip().endswith("?")
    return replace(piece, emphasis=None, bold_lead="") if bold and not question else piece


def _title_place(blocks: Sequence[Block], places: Sequence[int], stated: Stated) -> int | None:
    """Where the title stands: above the text or among its first blocks; the page's own words for it count most."""
    first, few = places[0], places[:_FEW][-1]
    above = range(first, -1, -1)
    same = (index for index in (*above, *range(first, few + 1)) if _is_title(blocks[index], stated))
    near = (
        index for index in above if blocks[index].level == 1 and (stated.title is None or index >= first - 3 * _FEW)
    )
    return next(same, next(near, None))


def _is_title(block: Block, stated: Stated) -> bool:
    return block.markup == "heading" and stated.title is not None and _same(block.text, stated.title)


def _same(text: str, title: str) -> bool:
    return bool(_plain(text)) and _plain(text) == _plain(title)


def _head_piece(block: Block, stated: Stated, described_as: str) -> Piece | None:
    """A block between title and text as a piece, with its role if it shows one; a menu or a button is none.

    What is neither and reads as prose is a first paragraph that its page sets apart.
    """
    if block.markup not in {"paragraph", "heading"} or not block.words:
        return None
    found = classify(one_line(block.text))
    if found and found[0] in {"byline", "dateline"}:
        stated.fill(Stated(authors=found[1].authors, published_on=found[1].published_on))
        return replace(block.piece(), markup="paragraph", kind=found[0])
    if found or block.link_share > 0.5 or _ABOUT.search(_names(block.parent)):
        return None
    if described_as and len(block.words) <= _STANDFIRST_WORDS and described_as.startswith(block.text[:60].casefold()):
        return replace(block.piece(), markup="paragraph", kind="standfirst")
    if found_above := _standfirst(block):
        return found_above
    prose = block.markup == "paragraph" and len(block.words) >= _PROSE_WORDS and ends_sentence(block.text)
    return block.piece() if prose and not block.linked and not _NOTICE.search(block.text) else None


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
