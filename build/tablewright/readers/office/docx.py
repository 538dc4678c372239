"""Word documents (.docx), as pieces: the text as it reads once all tracked changes are accepted.

Headers, footers, comments, tables of contents, page numbers and hidden text are left out; notes come after the text.
What a file's properties say (title, author) counts less than what stands in the text: Word fills them in by itself.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from tablewright.errors import SourceError
from tablewright.readers.decode import tidy
from tablewright.readers.names import are_names, is_name, join_authors, split_authors
from tablewright.readers.office.body import Body
from tablewright.readers.office.package import Element, Package, child, local, texts, value
from tablewright.readers.office.styles import Styles, read_styles
from tablewright.readers.pieces import Piece, Reading, Stated

_FORMAT = "Word document (.docx)"
_MAIN = "word/document.xml"
_NO_TITLE = re.compile(
    r"(?:microsoft word\b.*|document ?\d*|dokument ?\d*|untitled.*|unbenannt.*|title|.*\btemplate\b.*|.*\.(?:docx?|rtf|odt|pdf)"
    r"|(?:word|powerpoint) .*|\W*)",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r".*\b(?:user|admin|administrator|office|owner|author|microsoft|windows|lenovo|dell|hp|acer|guest|default|python-docx"
    r"|test|unknown|none|apache|aspose|google|docs|libreoffice)\b.*",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_BYLINE_WITHIN = 5
"""Pieces from the top, the title the first, among which a line of names is the byline."""


def read_docx(data: bytes, file: str) -> Reading:
    """The pieces of a Word document, its notes last.

    Raises `SourceError` for a file that is no .docx, is damaged, protected by a password, or too large.
    """
    package = Package(data, file, _FORMAT)
    main = _target(package, "", "officeDocument") or _MAIN
    body = child(package.parse(main), "body")
    if body is None:
        raise package.error(f"not a {_FORMAT}: it has no {_MAIN}", "open it in a word processor and save it anew")
    styles = read_styles(_part(package, main, "styles"))
    story = Body(styles)
    pieces = levelled(story.read(body), titled=story.titled)
    if not pieces:
        raise no_text(package, embedded=story.embedded)
    pieces += _notes(package, main, story, styles)
    properties = properties_of(_part(package, "", "core-properties"))
    pieces = _with_byline(pieces, properties)
    return Reading(
        pieces,
        _stated(story),
        words="\n".join(piece.text for piece in pieces),
        properties=properties,
    )


def no_text(package: Package, *, embedded: bool) -> SourceError:
    """The error for a document without text; `embedded`: it has some in another format."""
    if embedded:
        return package.error(
            "its text stands in another format inside it, as some web programs write it",
            "open it in a word processor and save it anew",
        )
    return package.error(
        "it holds no text, only pictures or nothing at all", "have the text recognised (OCR), and save that"
    )


def levelled(pieces: list[Piece], *, titled: bool) -> list[Piece]:
    """Where several headings of the first level stand below other text, none of them is the title."""
    firsts = [index for index, piece in enumerate(pieces) if piece.markup == "heading" and piece.level == 1]
    if titled or len(firsts) < 2 or firsts[0] == 0:
        return pieces
    return [piece.of_kind("heading") if piece.markup == "heading" else piece for piece in pieces]


def _notes(package: Package, main: str, story: Body, styles: Styles) -> list[Piece]:
    """The notes that the text refers to, in the order in which it does, each with its number."""
    found: list[Piece] = []
    parts = {name: _by_id(_part(package, main, name)) for name in {part for part, _ in story.inline.notes}}
    for part, note_id in dict.fromkeys(story.inline.notes):
        note = parts[part].get(note_id)
        words = " ".join(piece.text for piece in Body(styles).read(note)) if note is not None else ""
        if words:
            found.append(Piece("footnote", f"{len(found) + 1}. {words}", line=1))
    return found


def _by_id(notes: Element | None) -> dict[str, Element]:
    return {value(note, "id") or "": note for note in notes} if notes is not None else {}


def _with_byline(pieces: list[Piece], properties: Stated) -> list[Piece]:
    """The pieces, a line of names among the first as byline where it names an author whom the properties name.

    All its names are then the authors that the properties give.
    """
    known = {name.casefold() for name in (properties.authors or "").split("; ") if is_name(name)}
    for index, piece in enumerate(pieces[1:_BYLINE_WITHIN], 1):
        text = " ".join(piece.text.split())
        if known and are_names(text) and known & {name.casefold() for name in split_authors(text)}:
            properties.authors = join_authors(split_authors(text))
            byline = replace(piece, markup="paragraph", text=text, level=0, kind="byline")
            return [*pieces[:index], byline, *pieces[index + 1 :]]
    return pieces


def _stated(story: Body) -> Stated:
    """The language that most of the text is marked with."""
    languages = story.inline.languages.most_common(1)
    return Stated(language=_language(languages[0][0]) if languages else None)


def properties_of(core: Element | None, creator_is: str = "creator") -> Stated:
    """Title, language, and the author where the name is a person's: Word writes who is logged in, or a company."""
    said = {name: tidy(words) for name, words in texts(core, ("title", creator_is, "language")).items()}
    title, creator = said.get("title", ""), said.get(creator_is, "")
    people = [name.strip() for name in creator.split(";") if name.strip()]
    named = bool(people) and all(is_name(name) and not _NO_PERSON.fullmatch(name) for name in people)
    return Stated(
        title=None if _NO_TITLE.fullmatch(title) else title,
        authors=join_authors(people) if named else None,
        language=_language(said.get("language", "")),
    )


def _language(tag: str) -> str | None:
    return tag if _LANGUAGE.fullmatch(tag) else None


def _part(package: Package, main: str, kind: str) -> Element | None:
    """The part of a kind that `main` refers to."""
    name = _target(package, main, kind)
    return package.parse(name) if name else None


def _target(package: Package, main: str, kind: str) -> str | None:
    """The name of the part that `main` (empty: the package) relates to by a relationship of this kind."""
    folder, name = posixpath.split(main)
    relations = package.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in relations if relations is not None else ():
        if local(each) == "Relationship" and (each.get("Type") or "").endswith(f"/{kind}"):
            target = each.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            return posixpath.normpath(path)
    return None
