"""What a page states of its article in JSON-LD (schema.org), in any of the shapes in which sites write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:.*article|.*posting|report|.*review|statement|pressrelease|creativework)", re.IGNORECASE)
_PAGE = frozenset({"webpage", "itempage", "article page"})
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_WRAPPED = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z"
)
MAX_SCRIPT = 500_000
"""Characters of a script; metadata takes some thousands."""

Node = Mapping[str, Any]


class LinkedData:
    """The nodes of a page's JSON-LD, looked up by type and by reference."""

    def __init__(self, tree: HtmlElement) -> None:
        self.nodes = list(_nodes(tree))
        self.by_id = {node["@id"]: node for node in self.nodes if isinstance(node.get("@id"), str)}

    def article(self) -> Node:
        """The node of the article: the first that has a headline, else the page's, else an empty one."""
        found = [node for node in self.nodes if any(map(_ARTICLE.fullmatch, types(node)))]
        pages = [node for node in self.nodes if any(name.lower() in _PAGE for name in types(node))]
        headed = [node for node in found if node.get("headline")]
        return next(iter(headed or found or pages), {})

    def site(self) -> Node:
        """The node of the website or of the organisation behind it."""
        return next(
            (
                node
                for wanted in ("WebSite", "NewsMediaOrganization", "Organization")
                for node in self.nodes
                if wanted in types(node)
            ),
            {},
        )

    def resolve(self, value: Any) -> list[Any]:
        """A value as a list, with references to other nodes followed."""
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [
            self.by_id.get(each["@id"], each)
            if isinstance(each, dict) and "name" not in each and isinstance(each.get("@id"), str)
            else each
            for each in values
        ]

    def names(self, value: Any) -> list[str]:
        """The names of the persons or organisations that a value gives."""
        found = []
        for each in self.resolve(value):
            if isinstance(each, str):
                found.append(each)
            elif isinstance(each, dict):
                name = each.get("name")
                if name is None and isinstance(each.get("familyName"), str):
                    name = " ".join(
                        str(each[part]) for part in ("givenName", "additionalName", "familyName") if each.get(part)
                    )
                found += [part for part in (name if isinstance(name, list) else [name]) if isinstance(part, str)]
        return found


def types(node: Node) -> list[str]:
    """The types of a node, without the vocabulary's address."""
    stated = node.get("@type")
    values = stated if isinstance(stated, list) else [stated]
    return [value.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for value in values if isinstance(value, str)]


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) <= MAX_SCRIPT:
            yield from _flat(_parse(script.text), 0)


def _parse(text: str) -> Any:
    """The JSON of a script; None where it is broken beyond the mistakes that sites commonly make."""
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flat(value: Any, depth: int) -> Iterator[Node]:
    """The nodes of a script: one, a list of them, or a graph; a page's main entity counts as one."""
    if depth > 4:
        return
    if isinstance(value, list):
        for each in value:
            yield from _flat(each, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), dict | list):
                yield from _flat(value[key], depth + 1)
