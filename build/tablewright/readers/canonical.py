"""The canonical text: how lines become a paragraph, and how pieces become one text with blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tablewright.readers.pieces import Piece
from tablewright.records import BODY_KINDS, Block, BlockKind

_WORD = re.compile(r"\w+(?:-\w+)*")
_LINE_HYPHEN = re.compile(r"-(?<=[\w.]-)[ \t]*\n\s*(?=\w)")
_LAST_WORD = re.compile(r"(?<![\w.’'-])[\w.’'-]+$")
_FIRST_WORD = re.compile(r"\w+")
_LONGEST_WORD = 60
_TIGHT_DASH = re.compile(r"([—–/])(?<=\S.)[ \t]*\n\s*(?=\w)")
_LOOSE_HYPHEN = re.compile(r"\b([^\W\d_]{2,})- ([^\W\d_]{2,})\b")

# A hyphen after these, or before those, most often belongs to the word: "self-defence", "state-run".
_KEEPS_AFTER = re.compile(
    r"all|anti|cross|ex|far|full|half|high|ill|large|long|low|mid|near|non|one|post|pro|quasi|self|semi|short"
    r"|single|small|so|two|three|four|five|six|seven|eight|nine|ten|vice|war|well|wide|year|hard|soft|deep"
    r"|state|peace",
    re.IGNORECASE,
)
_KEEPS_BEFORE = re.compile(
    r"affected|aged|aligned|armed|backed|based|bound|brokered|built|called|certain|controlled|day|driven|elect"
    r"|ending|era|facing|famous|focused|free|friendly|funded|general|going|held|hit|hour|intensive|known|led"
    r"|level|like|linked|long|made|minded|month|old|only|oriented|owned|page|party|person|producing|range"
    r"|ranking|rich|run|running|scale|sector|sized|speaking|sponsored|standing|style|supplied|supported|term"
    r"|time|torn|tonne|trained|week|wide|winning|year",
    re.IGNORECASE,
)
# "strongly-worded", "fast-finishing", "lowest-paid".
_MODIFIER = re.compile(r"\w{2,}ly|\w{2,}est|best|better|fast|slow|new|fresh|early|late|open|foreign", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)|paid|known|grown|born|won|sent|spoken")
# No hyphen of their own have "nine-teen" and "state-ment", or words that only begin as if they had: "ex-ceed", "so-ciety".
_ENDINGS = re.compile(
    r"l?y|il[ey]|ier|ies|ie[sd]|ers?|est|en(?:s|ed|ing)?|ed|ings?|ful(?:ly)?|ness|ment(?:s|al)?|teen(?:th)?|t(?:y|ies|ieth)"
    r"|ships?|ages?|al(?:s|ly)?|i?ances?|(?:at)?ions?|hood|doms?|ish|less|[ai]bles?|ous|ives?|ary|d(?:er|les?)|mers?|rants?",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"ex-(?:[aehiou]|c[aeiloru]|p[aeilou]|press|t[er])\w*|so-(?!called|far)\w+|ten-(?!fold|point)\w+|far-m\w*|mid-dl\w*"
    r"|pro-(?!democra|government|independen|poor|reform|western|war|peace|regime|rebel|market|business|militia|oppos)\w+"
    r"|all-(?:eg|i[ae]|oc|ot|ow|ude)\w*|anti-(?:cip|qu)\w*|post-(?:pon|ur)\w*|ill-(?:eg|us|ic|it|n)\w*|high-(?:way|light)s?"
    r"|(?:un|dis|in|mis)-\w+",
    re.IGNORECASE,
)
_SUSPENDED = frozenset({"and", "or", "to", "und", "nor"})


class Vocabulary:
    """The words of a document, with their hyphens: what decides whether a hyphen at a line's end is part of a word."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._words is None:
            # The halves of a broken word are no words.
            parts = _LINE_HYPHEN.split(self._text.casefold())
            parts[1:] = [_FIRST_WORD.sub("", part, count=1) for part in parts[1:]]
            parts[:-1] = [_before_last_word(part)[0] for part in parts[:-1]]
            self._words = frozenset(_WORD.findall(" ".join(parts)))
        return word.casefold() in self._words

    def join(self, left: str, right: str) -> str:
        """One word of the two parts around a hyphen at a line's end.

        The hyphen stays before a capital or next to a digit ("Franco-German", "20-year"), where the document has the
        word with its hyphen elsewhere, in words that already have one, and with parts that take one as a rule
        ("self-", "-based"). Everything else was broken by the layout: "coop-eration".
        """
        part = re.split(r"[-.’']", left)[-1]
        if right.casefold() in _SUSPENDED:
            return f"{left}- {right}"
        if not (right[0].islower() and part.isalpha()):
            return f"{left}-{right}"
        if f"{left}-{right}" in self:
            return f"{left}-{right}"
        if left + right in self:
            return left + right
        takes = (
            _KEEPS_AFTER.fullmatch(left)
            or _KEEPS_BEFORE.fullmatch(right)
            or (_MODIFIER.fullmatch(left) and _PARTICIPLE.fullmatch(right))
        )
        whole = _ENDINGS.fullmatch(right) or _BEGUN.fullmatch(f"{left}-{right}")
        keeps = "-" in left or (takes and not whole)
        return f"{left}-{right}" if keeps or left.isupper() else left + right


def flow(text: str, vocabulary: Vocabulary) -> str:
    """A paragraph's lines as one: words broken at a line's end joined, white space collapsed."""
    if "\n" in text:
        first, *others = _LINE_HYPHEN.split(text)
        if others:
            text = _join_all(first, others, vocabulary)
        text = _TIGHT_DASH.sub(r"\1", text)
    if "- " in text:
        text = _LOOSE_HYPHEN.sub(lambda found: _mend_loose(found, vocabulary), text)
    return " ".join(text.split())


def _join_all(first: str, others: Iterable[str], vocabulary: Vocabulary) -> str:
    """The stretches of a paragraph between hyphens at lines' ends as one."""
    done: list[str] = []
    current = first
    for other in others:
        before, left = _before_last_word(current)
        word = _FIRST_WORD.match(other)
        right = word[0] if word else ""
        done.append(before)
        current = vocabulary.join(left, right) + other[len(right) :]
    return "".join((*done, current))


def _before_last_word(text: str) -> tuple[str, str]:
    """`text` up to its last word, and that word."""
    tail = text[-_LONGEST_WORD:]
    found = _LAST_WORD.search(tail)
    cut = len(text) - (len(found[0]) if found else 0)
    return text[:cut], text[cut:]


def _mend_loose(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """ "coop- eration": a line's end that conversion made a space; joined only where the text has the word elsewhere."""
    joined = found[1] + found[2]
    return joined if found[2].casefold() not in _SUSPENDED and joined in vocabulary else found[0]


def lay_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text of pieces whose roles and one-line texts are settled, and its blocks."""
    parts: list[str] = []
    blocks: list[Block] = []
    position = paragraph = 0
    section: str | None = None

    def add(kind: BlockKind, text: str, gap: str, speaker: str | None) -> None:
        nonlocal position, paragraph
        if parts:
            parts.append(gap)
            position += len(gap)
        body = kind in BODY_KINDS
        paragraph += body
        end = position + len(text)
        blocks.append(Block(kind, position, end, section if body else None, paragraph if body else 0, speaker))
        parts.append(text)
        position = end

    for piece in pieces:
        kind = piece.kind or "paragraph"
        gap = "\n\n"
        if piece.prefix:
            add(piece.prefix[0], piece.prefix[1], gap, None)
            gap = " "
        if piece.text:
            add(kind, piece.text, gap, piece.speaker if kind in BODY_KINDS else None)
        if kind == "heading":
            section = piece.text
    return "".join(parts), tuple(blocks)
