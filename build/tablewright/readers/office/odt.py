"""OpenDocument texts (.odt), as pieces: the text as it reads once all tracked changes are accepted."""

from __future__ import annotations

from dataclasses import replace

from tablewright.readers.office.body import piece_of, pieces_of_table
from tablewright.readers.office.docx import levelled, no_text, properties_of
from tablewright.readers.office.package import Element, Package, child, local, value
from tablewright.readers.office.styles import Look, Role, role_by_name
from tablewright.readers.office.words import Words, shown
from tablewright.readers.pieces import PROSE, Piece, Reading

_FORMAT = "text document (.odt)"
_LEFT_OUT = frozenset(
    {"tracked-changes", "table-of-content", "illustration-index", "table-index", "object-index", "user-index"}
    | {"alphabetical-index", "annotation", "annotation-end", "page-number", "page-count", "hidden-text", "note-ref"}
    | {"hidden-paragraph", "script", "title", "desc", "ruby-text", "forms", "sequence-decls", "bibliography-source"}
)
"""What is no text of the document's own: former text, lists of its parts, remarks, page numbers, hidden text."""
_PLAIN = Look(False, False, False, False)


def read_odt(data: bytes, file: str) -> Reading:
    """The pieces of an OpenDocument text, its notes last. Raises `SourceError` as the reader of Word does."""
    package = Package(data, file, _FORMAT)
    manifest = package.parse("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise package.locked()
    content = package.parse("content.xml")
    body = child(content, "body", "text")
    if body is None:
        raise package.error(f"not a {_FORMAT}", "open it in a word processor and save it anew")
    styles = _Styles([package.parse("styles.xml"), content])
    story = _Story(styles)
    story.blocks(body)
    pieces = levelled(story.pieces, titled=story.titled)
    if not pieces:
        raise no_text(package, embedded=False)
    for number, note in enumerate(story.notes, 1):
        inside = _Story(styles)
        inside.blocks(note)
        pieces.append(Piece("footnote", f"{number}. {' '.join(piece.text for piece in inside.pieces)}", line=1))
    properties = properties_of(child(package.parse("meta.xml"), "meta"), "initial-creator")
    return Reading(pieces, words="\n".join(piece.text for piece in pieces), properties=properties)


class _Styles:
    """Role and look of each style by its name, those that it is based on included."""

    def __init__(self, roots: list[Element | None]) -> None:
        every = [style for root in roots if root is not None for style in root.iter("{*}style")]
        self._styles = {value(style, "name"): style for style in every}

    def role(self, name: str | None) -> Role:
        """What paragraphs of the style are."""
        for style in self._chain(name):
            label = value(style, "display-name") or value(style, "name") or ""
            if role := role_by_name(label.replace("_20_", " ").casefold()):
                return role
            level = value(style, "default-outline-level") or ""
            if level.isdecimal() and int(level):
                return Role("heading", int(level))
        return Role()

    def look(self, name: str | None) -> Look:
        """How text of the style looks."""
        look = Look()
        for style in self._chain(name):
            says = child(style, "text-properties")
            weight, slant, raised = (value(says, each) for each in ("font-weight", "font-style", "text-position"))
            mine = Look(
                bold=weight in {"bold", "600", "700", "800", "900"} if weight else None,
                italic=slant in {"italic", "oblique"} if slant else None,
                hidden=value(says, "display") == "none" or None,
                raised=raised.startswith("super") if raised else None,
            )
            look = look.over(mine)
        return look

    def _chain(self, name: str | None) -> list[Element]:
        found: list[Element] = []
        while name in self._styles and len(found) < 20:
            found.append(self._styles[name])
            name = value(found[-1], "parent-style-name")
        return found


class _Story:
    """The text, or a note, walked from its start to its end."""

    def __init__(self, styles: _Styles) -> None:
        self.pieces: list[Piece] = []
        self.notes: list[Element] = []
        self.titled = False
        self._styles = styles
        self._line = 0
        self._words = Words()

    def blocks(self, parent: Element, *, item: bool = False, works: bool = False) -> None:
        """Puts out what stands in `parent`: the items of a list, or of the list of `works` cited, among others."""
        for element in parent:
            tag = local(element)
            if tag in _LEFT_OUT or value(element, "display") == "none":
                continue
            if tag in {"p", "h"}:
                self._paragraph(element, tag, item=item, works=works)
            elif tag == "table":
                rows = [[self._cell(cell) for cell in row.iterchildren("{*}table-cell")] for row in _rows(element)]
                filled = [[cell for cell in row if cell] for row in rows]
                self.pieces.extend(pieces_of_table([row for row in filled if row]))
            else:
                self.blocks(element, item=item or tag == "list-item", works=works or tag == "bibliography")

    def _cell(self, cell: Element) -> list[Piece]:
        before, self.pieces = self.pieces, []
        self.blocks(cell)
        found, self.pieces = self.pieces, before
        return found

    def _paragraph(self, element: Element, tag: str, *, item: bool, works: bool) -> None:
        self._line += 1
        name = value(element, "style-name")
        role, look = self._styles.role(name), self._styles.look(name)
        level = value(element, "outline-level") or "1"
        if tag == "h" and not role.title:
            role = Role("heading", int(level) if level.isdecimal() else 1)
        if role == Role():
            role = Role("list_item") if item else role
        else:
            look = look._replace(bold=None, italic=None)
        words = self._words = Words(kind="bibliography" if works else None)
        self._inline(element, look)
        top = not any(piece.markup in PROSE for piece in self.pieces)
        self.titled = self.titled or (role.title == 1 and top)
        if role.markup == "heading" and not role.title and self.titled:
            role = role._replace(level=role.level + 1)
        for text, emphasis, bold_lead in () if role.left_out else words.texts():
            piece = piece_of(text, role, self._line, words.kind, top=top)
            self.pieces.append(
                replace(piece, emphasis=emphasis, bold_lead=bold_lead) if piece.markup in PROSE else piece
            )
        for box in words.boxes:
            self.blocks(box)

    def _inline(self, parent: Element, look: Look) -> None:
        self._say(parent.text, look)
        for element in parent:
            tag = local(element)
            if tag == "note":
                if not look.hidden and (body := child(element, "note-body")) is not None:
                    self.notes.append(body)
            elif tag == "text-box":
                self._words.boxes.append(element)
            elif tag == "s":
                self._say(" ", look)
            elif tag == "tab":
                self._say("\t", look)
            elif tag == "line-break":
                self._words.end_line()
            elif tag and tag not in _LEFT_OUT:
                self._inline(element, self._styles.look(value(element, "style-name")).over(look))
            self._say(element.tail, look)

    def _say(self, text: str | None, look: Look) -> None:
        if text and not look.hidden:
            # Line ends and tabs in the file are blanks; those of the text are elements.
            self._words.add(shown(text if text == "\t" else " ".join(text.split("\n")), look), look)


def _rows(table: Element) -> list[Element]:
    """The rows of a table, those of the tables in its cells apart."""
    found: list[Element] = []
    for element in table:
        if local(element) == "table-row":
            found.append(element)
        elif local(element) in {"table-header-rows", "table-rows", "table-row-group"}:
            found.extend(_rows(element))
    return found
