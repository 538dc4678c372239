"""Markdown (CommonMark, with tables, footnotes and YAML front matter) as pieces."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from tablewright.errors import SourceError
from tablewright.readers.decode import decode
from tablewright.readers.front_matter import split_front_matter
from tablewright.readers.furniture import drop_furniture
from tablewright.readers.pieces import Markup, Piece, Reading

MAX_NESTING = 60
"""Levels of quotes and lists; markdown-it leaves out what lies deeper, so the reader refuses it."""

MAX_BRACKETS, MAX_STARS = 500, 20_000
"""Opening brackets, and marks of emphasis, in one paragraph; more than that no link and no emphasis has."""

_ESCAPED = re.compile(r"\\+(?=[!-/:-@\[-`{-~])")
_DASH_IN_SENTENCE = re.compile(
    r"^(?![-+*>#|] |\d+[.)] )(.{45,120}[\w,\"”’)])\n([-+] [a-z].*\n?$)(?!\s*[-+*] )", re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BREAK_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/figcaption)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SUP_MARK = re.compile(r"\W*(?:\d{1,3}|[a-z*†‡])\W*")
_PROSE_END = re.compile(r"""[.!?…]["'”’)\]]*$""")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table").use(footnote_plugin)
    parser.core.ruler.at("inline", _parse_inline)
    return parser


def _parse_inline(state: StateCore) -> None:
    """markdown-it's own rule, but for paragraphs of so many marks that to pair them would take hours: those are text."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            words = token.content
            if words.count("[") > MAX_BRACKETS or words.count("*") + words.count("_") > MAX_STARS:
                token.children.append(Token("text", "", 0, content=words))
            else:
                state.md.inline.parse(words, state.md, state.env, token.children)


def read_markdown(data: bytes, file: str) -> Reading:
    """The pieces of a Markdown text and what its front matter states.

    Raises `SourceError` for data that is no text, front matter that cannot be read and nesting that no document has.
    """
    return read_markdown_text(decode(data, file), file)


def read_markdown_text(text: str, file: str) -> Reading:
    """As `read_markdown`, from text that is decoded."""
    text, page_ends = drop_furniture(text)
    front = split_front_matter(text, file)
    tokens = _parser().parse(_DASH_IN_SENTENCE.sub(_escape_dash, front.body))
    _check_nesting(tokens, file)
    return Reading(list(_Walk(tokens, front.first_line).pieces()), front.stated, page_ends, text)


def _escape_dash(found: re.Match[str]) -> str:
    """A dash that a wrapped line happens to start with opens no list: its line goes on with a sentence, alone."""
    return f"{found[1]}\n\\{found[2]}"


def _check_nesting(tokens: Sequence[Token], file: str) -> None:
    for token in tokens:
        if token.level >= MAX_NESTING - 1:
            line = token.map[0] + 1 if token.map else None
            raise SourceError(
                f"quotes or lists are nested more than {MAX_NESTING - 2} levels deep",
                file=file,
                line=line,
                remedy="take out the superfluous > or list markers",
            )


class _Walk:
    """One pass over the block tokens; `open` counts the containers around.

    Counted, not stacked: footnotes nested in footnotes come with closing tokens that nothing opened.
    """

    def __init__(self, tokens: Sequence[Token], first_line: int) -> None:
        self.tokens = tokens
        self.first_line = first_line
        self.open: Counter[str] = Counter()
        self.line = first_line
        self.cells: list[str] = []

    def pieces(self) -> Iterator[Piece]:
        for index, token in enumerate(self.tokens):
            if token.map:
                self.line = token.map[0] + self.first_line
            kind = token.type
            if kind == "inline":
                yield from self._inline(token, self.tokens[index - 1])
            elif kind == "tr_open":
                self.cells = []
            elif kind == "tr_close":
                yield Piece("table", " | ".join(cell for cell in self.cells if cell), self.line)
            elif token.nesting == 1:
                self.open[kind.removesuffix("_open")] += 1
            elif token.nesting == -1:
                self.open[kind.removesuffix("_close")] -= 1
            elif kind == "hr":
                yield Piece("rule", "", self.line)
            elif kind in {"fence", "code_block"}:
                yield from _code(token, self.line)
            elif kind == "html_block":
                yield from _html(token.content, self.line)

    def _inline(self, token: Token, opening: Token) -> Iterator[Piece]:
        inline = _Inline(token.children or ())
        if opening.type in {"th_open", "td_open"}:
            self.cells.append(" ".join(inline.text.split()))
            return
        for caption in inline.captions:
            yield Piece("caption", caption, self.line)
        if inline.captions and inline.emphasis == "italic":
            yield Piece("caption", inline.text.strip(), self.line)
            return
        if opening.type == "heading_open":
            yield self._heading(inline, opening)
        elif inline.text.strip():
            yield Piece(
                self._markup(), inline.text.strip(), self.line, emphasis=inline.emphasis, bold_lead=inline.bold_lead
            )

    def _heading(self, inline: _Inline, opening: Token) -> Piece:
        """A heading; or the paragraph that it is when a line of dashes happens to stand under one."""
        text = inline.text.strip()
        if opening.markup in {"-", "="} and len(text.split()) > 15 and _PROSE_END.search(text):
            return Piece("paragraph", text, self.line)
        if not text.strip("# "):
            return Piece("rule", "###", self.line)
        return Piece("heading", text, self.line, level=int(opening.tag[1]))

    def _markup(self) -> Markup:
        if self.open["footnote"] > 0:
            return "footnote"
        if self.open["list_item"] > 0:
            return "list_item"
        return "block_quote" if self.open["blockquote"] > 0 else "paragraph"


class _Inline:
    """The words of an inline token's children: links keep their text, images become captions, marks go."""

    def __init__(self, children: Sequence[Token]) -> None:
        self.parts: list[str] = []
        self.captions: list[str] = []
        self.bold: list[bool] = []
        self.italic: list[bool] = []
        self._read(children)
        self.text = _ESCAPED.sub("", "".join(self.parts))

    def _read(self, children: Sequence[Token]) -> None:
        strong = italic = sup = 0
        for child in children:
            kind = child.type
            if kind in {"text", "code_inline", "softbreak", "hardbreak"}:
                text = "\n" if kind.endswith("break") else child.content
                if not (sup and _SUP_MARK.fullmatch(text)):
                    self._add(text, strong > 0, italic > 0)
            elif kind in {"strong_open", "strong_close"}:
                strong += child.nesting
            elif kind in {"em_open", "em_close"}:
                italic += child.nesting
            elif kind == "image":
                self.captions.append(_ESCAPED.sub("", child.content.strip()))
            elif kind == "html_inline":
                tag = child.content.lower()
                name, step = tag.strip("</ >").split(" ")[0], -1 if tag[1] == "/" else 1
                if name == "br":
                    self._add("\n", strong > 0, italic > 0)
                elif name == "sup":
                    sup += step
                elif name in {"b", "strong"}:
                    strong += step
                elif name in {"i", "em"}:
                    italic += step

    def _add(self, text: str, bold: bool, italic: bool) -> None:
        self.parts.append(text)
        self.bold.append(bold)
        self.italic.append(italic)

    @property
    def emphasis(self) -> Literal["strong", "italic"] | None:
        """Whether all words are bold, or all italic (punctuation after the run does not count)."""
        wordy = [index for index, part in enumerate(self.parts) if any(c.isalnum() for c in part)]
        if not wordy:
            return None
        if all(self.bold[index] for index in wordy):
            return "strong"
        return "italic" if all(self.italic[index] for index in wordy) else None

    @property
    def bold_lead(self) -> str:
        lead = ""
        for part, bold in zip(self.parts, self.bold, strict=True):
            if not bold:
                break
            lead += part
        return _ESCAPED.sub("", lead).strip()


def _code(token: Token, line: int) -> Iterator[Piece]:
    """Code; but indented prose is a paragraph whose author did not think of Markdown."""
    text = token.content.strip()
    if not text:
        return
    words = text.split()
    letters = sum(word.strip(".,;:!?\"'“”‘’()").isalpha() for word in words)
    prose = token.type == "code_block" and len(words) > 7 and letters > 0.8 * len(words) and _PROSE_END.search(text)
    yield Piece("block_quote" if prose else "code", text, line)


def _html(content: str, line: int) -> Iterator[Piece]:
    """The text of an HTML block, a piece for each of its paragraphs; comments, scripts and styles go."""
    text = _BREAK_TAG.sub("\n\n", _COMMENT.sub("", content))
    markup: Markup = "caption" if "<figcaption" in content.lower() else "paragraph"
    if "<table" in content.lower():
        markup = "table"
    for part in re.split(r"\n\s*\n", _TAG.sub("", text)):
        if words := html.unescape(part).strip():
            yield Piece(markup, words, line)
