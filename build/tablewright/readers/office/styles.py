"""What a Word paragraph's style says that the paragraph is, and how its runs look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tablewright.readers.office.package import Element, child, local, switched_on, value
from tablewright.readers.pieces import Markup
from tablewright.records import BlockKind

_DEEPEST = 9
_LONGEST_CHAIN = 20
"""Styles based on one another; Word itself stops at half of it."""
# Word keeps the English names of its own styles whatever the language; other programs may write the local ones.
_HEADING = re.compile(
    r"(?:heading|überschrift|berschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|заголовок) ?([1-9])"
)
_LEFT_OUT = re.compile(
    r"toc ?\d|toc ?heading|contents ?(?:\d|heading)|index ?(?:\d+|heading)|table of (?:figures|authorities)"
    r"|toa heading|figure index ?(?:\d|heading)"
)
_NAMED: tuple[tuple[str, tuple[Markup, BlockKind | None]], ...] = (
    (
        r"(?:intense ?)?quote|block ?text|quotations?|zitat|citation(?: intense)?|cita|block ?quote",
        ("block_quote", None),
    ),
    (r".*caption|beschriftung|légende", ("caption", None)),
    (r"(?:foot|end)note ?text|footnote|endnote|footnote block text", ("footnote", None)),
    (r"(?:endnote )?bibliography|bibliography ?\d*|literaturverzeichnis|works cited", ("paragraph", "bibliography")),
    (r"source ?code", ("code", None)),
)


class Role(NamedTuple):
    """What a paragraph's style says of it; `title` 1 is a title, 2 a subtitle."""

    markup: Markup = "paragraph"
    level: int = 0
    kind: BlockKind | None = None
    title: int = 0
    left_out: bool = False


class Look(NamedTuple):
    """How a run looks, as far as it matters; None is what nothing has settled yet."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    symbol: bool | None = None
    languages: tuple[str | None, str | None, str | None] | None = None

    def over(self, below: Look) -> Look:
        """This look where it is settled, else that of `below`."""
        return Look._make(mine if mine is not None else theirs for mine, theirs in zip(self, below, strict=True))


PLAIN = Look()
_BODY = Role()


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    look: Look
    outline: int | None
    numbered: bool | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids."""

    default: Look = PLAIN
    default_style: str | None = None
    styles: dict[str, _Style] = field(default_factory=dict)
    _roles: dict[str, Role] = field(default_factory=dict)
    _looks: dict[str, Look] = field(default_factory=dict)

    def role(self, properties: Element | None) -> Role:
        """What a paragraph with these properties is. Direct formatting goes before the style."""
        name = value(child(properties, "pStyle")) or self.default_style
        role = self._role(name) if name else _BODY
        level = outline_level(properties)
        if level is not None and role.markup in {"paragraph", "heading"} and not role.title:
            role = Role("heading", level) if level else _BODY
        numbered = is_numbered(properties)
        if numbered is None:
            numbered = any(style.numbered for style in self._chain(name))
        return role._replace(markup="list_item") if numbered and role == _BODY else role

    def paragraph_look(self, properties: Element | None) -> Look:
        """How the runs of a paragraph with these properties look where they do not say."""
        return self._look(value(child(properties, "pStyle")) or self.default_style).over(self.default)

    def run_look(self, properties: Element | None, below: Look) -> Look:
        """How a run with these properties looks in a paragraph of the look `below`."""
        if properties is None:
            return below
        look = look_of(properties)
        name = value(child(properties, "rStyle"))
        return (look.over(self._look(name)) if name else look).over(below)

    def _chain(self, name: str | None) -> Iterator[_Style]:
        seen: set[str] = set()
        while name in self.styles and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            yield self.styles[name]
            name = self.styles[name].based_on

    def _role(self, name: str) -> Role:
        if name not in self._roles:
            found = _BODY
            for style in self._chain(name):
                named = role_by_name(style.name)
                if named is not None or style.outline is not None:
                    found = named or (Role("heading", style.outline) if style.outline else _BODY)
                    break
            else:
                found = role_by_name(name.casefold()) or _BODY if name not in self.styles else _BODY
            self._roles[name] = found
        return self._roles[name]

    def _look(self, name: str | None) -> Look:
        if name is None:
            return PLAIN
        if name not in self._looks:
            look = PLAIN
            for style in self._chain(name):
                look = look.over(style.look)
            self._looks[name] = look
        return self._looks[name]


def read_styles(root: Element | None) -> Styles:
    """The styles of the part styles.xml."""
    found = Styles()
    if root is None:
        return found
    found.default = look_of(child(root, "docDefaults", "rPrDefault", "rPr"))
    for element in root:
        name = value(element, "styleId")
        if local(element) != "style" or name is None:
            continue
        properties = child(element, "pPr")
        found.styles[name] = _Style(
            (value(child(element, "name")) or name).casefold(),
            value(child(element, "basedOn")),
            look_of(child(element, "rPr")),
            outline_level(properties),
            is_numbered(properties),
        )
        if value(element, "type") == "paragraph" and value(element, "default") in {"1", "true", "on"}:
            found.default_style = name
    return found


def look_of(properties: Element | None) -> Look:
    """The look that run properties settle by themselves."""
    if properties is None:
        return PLAIN
    parts = {local(each): each for each in properties}
    font = parts.get("rFonts")
    language = parts.get("lang")
    raised = value(parts.get("vertAlign"))
    return Look(
        bold=switched_on(parts.get("b")),
        italic=switched_on(parts.get("i")),
        hidden=switched_on(parts.get("vanish")),
        raised=raised == "superscript" if raised else None,
        symbol=(value(font, "ascii") or "").casefold() == "symbol" if font is not None else None,
        languages=(value(language), value(language, "eastAsia"), value(language, "bidi"))
        if language is not None
        else None,
    )


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading from 1, 0 for body text, None where the properties do not say."""
    level = value(child(properties, "outlineLvl"))
    if level is None or not level.isdecimal():
        return None
    return int(level) + 1 if int(level) < _DEEPEST else 0


def is_numbered(properties: Element | None) -> bool | None:
    """Whether the paragraph is an item of a list, None where the properties do not say."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    number = value(child(numbering, "numId"))
    return None if number is None else number != "0"


def role_by_name(name: str) -> Role | None:
    """What a style of this name, in small letters, says of its paragraphs; None for one that says nothing."""
    if heading := _HEADING.fullmatch(name):
        return Role("heading", int(heading[1]))
    if name in {"title", "titel", "titre", "título", "titolo"}:
        return Role("heading", 1, title=1)
    if name in {"subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo"}:
        return Role("heading", 2, title=2)
    if _LEFT_OUT.fullmatch(name):
        return Role(left_out=True)
    for pattern, (markup, kind) in _NAMED:
        if re.fullmatch(pattern, name):
            return Role(markup, 0, kind)
    return None
