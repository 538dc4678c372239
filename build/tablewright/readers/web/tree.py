"""A page's HTML as a tree within limits, and what is no text taken out of it: scripts, menus, captions, adverts."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tablewright.errors import SourceError

MAX_TAGS = 40_000
"""Tags of a page; an article has some thousands."""
MAX_TEXT = 5_000_000
"""Characters of a page once scripts and pictures inside it are out."""

MAX_ATTRIBUTES = 2_000
"""Attributes of one tag; the parser's time grows with their square."""

_OPEN = re.compile(r"<[a-zA-Z]")
_TAG = re.compile(r"<[a-zA-Z](?:[^\"'<>]++|\"[^\"]*+\"|'[^']*+')*+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body|!doctype)\b", re.IGNORECASE)
_DATA = re.compile(r"data:[\w/+.;=,-]{1,60},[^\"'()\s<>]{100,}")
_CODE_TAG = re.compile(r"<(/?)(script|style)\b[^<>]*>", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^<>]*\?>")
# In XHTML an element without content may close itself; HTML would take what follows for its content.
_SELF_CLOSED = re.compile(
    r"<(script|style|title|iframe|textarea|div|span|a|p|i|b|em|strong|ul|ol|li|td|th|h[1-6])(\s[^<>]*)?/>",
    re.IGNORECASE,
)

GONE = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "audio", "video", "canvas", "map",
    "button", "select", "textarea", "input", "dialog", "nav", "menu", "figcaption", "math", "datalist", "applet", "rt", "rp",
)  # fmt: skip
"""Elements that never hold text of an article."""

_CHROME = re.compile(
    r"(?:^|[\s_-])(?:related|recommend(?:ed|ations?)?|newsletters?|subscri(?:be|ption|ptions)|sign-?up|promos?"
    r"|promotions?|shar(?:e|ing|edaddy)|social|advert(?:s|isement|isements|ising|orial)?|ads?|adslot|sponsor(?:ed|s)?"
    r"|taboola|outbrain|cookies?|consent|gdpr|comments?|commentlist|disqus|respond|breadcrumbs?|pagination|pager"
    r"|nav|navigation|navbar|menu|sidebar|footer|toolbar|tags|tag-?list|post-?tags|about-?author|about-?the-?author"
    r"|author-?(?:bio|box|info|card|profile|about|description)|bio|biography|captions?|wp-?caption-?text|image-?credits?"
    r"|photo-?credits?|pull-?quotes?|pullout|read-?(?:more|next|also)|also-?read|links-?block|more-?(?:on|from|stories|news)"
    r"|teasers?|trending|popular|most-?(?:read|popular|viewed)|skip-?links?|screen-?reader(?:-text)?"
    r"|sr-?only|visually-?hidden|pop-?up|modal|lightbox|banner|toc|table-of-contents|player|gallery|slideshow"
    r"|carousel|factbox|infobox|donat(?:e|ion|ions)|support-?us|contributions?|fundrais(?:er|ing)|membership|upsell|copyright|disclaimer|ratings?|(?<!elementor-)widget|no-?print"
    r"|print-?only|edit-?section|mw-editsection|navbox|hatnote|wm-ipp|noexcerpt|read-?time|reading-?time)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?(?:-?(?:area|section|list|wrapper|container|thread|content|wrap))?|commentlist|disqus|disqus_thread)(?:\s|$)",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset({
    "navigation", "banner", "complementary", "contentinfo", "search", "dialog", "alertdialog", "alert", "menu",
    "menubar", "toolbar", "tablist", "form",
})  # fmt: skip
_NAMING = ("class", "id", "data-component", "data-testid")
_ASIDES = frozenset({"aside", "footer", "figure", "form"})
_HOLDS_TEXT = frozenset({"html", "body", "main", "article", "h1"})
_TOO_MUCH = 0.3
"""The share of a page's text above which an element is taken for the article, whatever it is called."""


def parse_page(text: str, file: str) -> HtmlElement:
    """The tree of a page. Raises `SourceError` for one that is larger or deeper than any page with an article."""
    text = _XML_DECLARATION.sub("", _DATA.sub("data:,", text))
    if re.search(r"<html\b[^<>]*\bxmlns\s*=", text[:4096], re.IGNORECASE):
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    text, open_code = _without_code(text)
    if _WHOLE.search(text[:4096]) and not _END.search(text) and (open_code or not text.rstrip().endswith(">")):
        raise SourceError(
            "the page is cut off: its end is missing",
            file=file,
            remedy="save it again; if its text is whole, put </html> at the end",
        )
    if len(text) > MAX_TEXT or sum(1 for _ in _OPEN.finditer(text)) > MAX_TAGS:
        raise SourceError(
            f"the page is too long: over {MAX_TAGS:,} tags or {MAX_TEXT:,} characters",
            file=file,
            remedy="save the one article that you need, or its text",
        )
    tags = (tag[0] for tag in _TAG.finditer(text) if tag.end() - tag.start() > 2 * MAX_ATTRIBUTES)
    if any(len(_QUOTED.sub(" ", tag).split()) > MAX_ATTRIBUTES for tag in tags):
        raise SourceError("a tag has too many attributes", file=file, remedy="save the page again from the browser")
    parser = HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        tree = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise SourceError(
            "the page's tags are nested too deep, or a part of it is too long",
            file=file,
            remedy="save the page again from the browser, or save its text as .txt",
        )
    if tree is not None and tree.find(".//frameset") is not None:
        raise SourceError("the page is made of frames", file=file, remedy="save the frame that shows the text")
    if tree is None or tree.find("body") is None:
        raise SourceError("the page is empty", file=file, remedy="save it again from the browser")
    return tree


def _without_code(text: str) -> tuple[str, bool]:
    """The page without its scripts and styles, metadata in JSON-LD aside, and whether one does not end: it takes all
    the rest, as in a browser."""
    parts = []
    start = 0
    opened: str | None = None
    for tag in _CODE_TAG.finditer(text):
        closing, name = tag[1] == "/", tag[2].lower()
        if opened is None and not closing:
            if "ld+json" in tag[0].lower():
                opened = "json"
            else:
                parts.append(text[start : tag.start()])
                opened = name
        elif closing and (opened == name or (opened == "json" and name == "script")):
            start = start if opened == "json" else tag.end()
            opened = None
    if opened is None or opened == "json":
        parts.append(text[start:])
    return "".join(parts), opened is not None


def prune(tree: HtmlElement) -> None:
    """Takes out of the tree what is no text of the article: scripts, menus, asides, captions, adverts, what is hidden.

    Elements are known by their tag, their role and the words in their class and id. What holds much of the page's text,
    alone or all of a name together, stays whatever it is called: themes put "newsletter" or "tag-peace" on the article,
    and "paywall" on each of its paragraphs.
    """
    etree.strip_elements(tree, *GONE, with_tail=False)
    body = tree.find("body")
    total = _length(body)
    spared: set[str] = set()
    waiting = [body]
    while waiting:
        found = _chrome(waiting, spared)
        lengths: Counter[str] = Counter()
        for names, element in found:
            lengths[names] += _own_length(element)
        waiting = []
        for names, element in found:
            if element.find(".//h1") is not None or (
                lengths[names] > _TOO_MUCH * total and not _COMMENTS.search(names)
            ):
                spared.add(names)
                waiting.append(element)
            else:
                element.drop_tree()


def _chrome(waiting: list[HtmlElement], spared: set[str]) -> list[tuple[str, HtmlElement]]:
    """The outermost elements below some that are no text by what they are called, each with its names."""
    found = []
    verdicts: dict[str, bool] = {}
    while waiting:
        for element in waiting.pop():
            names = _named(element)
            verdict = verdicts.get(names)
            if verdict is None:
                verdict = verdicts[names] = names not in spared and _is_chrome(names)
            if verdict:
                found.append((names, element))
            elif len(element):
                waiting.append(element)
    return found


def _named(element: HtmlElement) -> str:
    """What an element is called, in one text: its tag, role, class and id, and whether it is hidden."""
    attributes = element.attrib
    if not attributes:
        return str(element.tag)
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    style = attributes.get("style")
    if style and not hidden:
        hidden = _HIDING.search(style) is not None
    role = attributes.get("role", "")
    names = [attributes[name] for name in _NAMING if name in attributes]
    return f"{element.tag} {'!' if hidden or role in _ROLES else ''} {' '.join(names)}"


def _is_chrome(names: str) -> bool:
    tag, _, rest = names.partition(" ")
    if tag in _HOLDS_TEXT:
        return False
    return tag in _ASIDES or rest.startswith("!") or _CHROME.search(_CAMEL.sub("-", rest)) is not None


def _own_length(element: HtmlElement) -> int:
    """The characters of an element that are no links; a figure counts by the table that it may hold."""
    if element.tag == "figure" and element.find(".//table") is None:
        return 0
    return _length(element) - sum(_length(link) for link in element.iter("a"))


def _length(element: HtmlElement) -> int:
    return len("".join(element.itertext()))
