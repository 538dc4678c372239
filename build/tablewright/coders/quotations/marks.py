"""Where the quotation marks are: pairs over the canonical text, within the body.

Reads curly, straight, low, angled and single marks, apart from apostrophes, primes and decades. A quotation inside a
quotation adds no span. A paragraph may end inside a quotation if the next one opens the marks again; a mark that
is never closed holds no longer than its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tablewright.records import BODY_KINDS, Block, Document

# Opening mark -> the marks that may close it. “ closes „ in German, ” in Polish; » opens in German books.
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"', "”": "”"}
_SINGLE_OPENERS = "‘'"
_DOUBLE_MARKS = re.compile(r"[“”„«»‹›\"]")
_OPENERS = re.compile(r"[“”„«»‹\"‘']")
# ’90s, ’tis, ’n’: an apostrophe at the head of a word opens nothing.
_ELISION = re.compile(r"\d\ds?\b|(?:tis|twas|til|till|em|n|cause|bout|round)\b", re.IGNORECASE)
# Nobody quotes deeper; a text of opening marks only must not be read once for each of them.
_DEEPEST = 4
_LONGEST = 20_000
_MOST_PARAGRAPHS = 40
_STOPS = frozenset(".,!?…;:)]")
_BEFORE_OPENING = frozenset(" \n\t([{—–-/‘'“\"\u00a0\u2009")


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation as marks give it: `opened` is the offset of the first mark, `start` to `end` the text between the
    marks, `closed` the offset behind the last one (or `end`, where it is missing)."""

    opened: int
    start: int
    end: int
    closed: int
    mark: str


def find_spans(document: Document) -> tuple[Span, ...]:
    """The outermost quotations of the body, in order, those without a letter or figure left out."""
    found: list[Span] = []
    for run in _runs(document):
        found.extend(_spans_of_run(document.text, run))
    found.extend(_block_quotes(document, found))
    found.sort(key=lambda span: span.start)
    return tuple(trimmed for span in found if (trimmed := _trimmed(document.text, span)) is not None)


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without the space inside French marks; None where it holds no letter or figure."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(char.isalnum() for char in text[start:end]):
        return None
    return replace(span, start=start, end=end)


def _block_quotes(document: Document, found: Sequence[Span]) -> Iterator[Span]:
    """Block quotations that a colon brings in and that have no marks: they stand for the marks."""
    starts = [span.start for span in found]
    before: Block | None = None
    group: list[Block] = []
    for block in (*document.blocks, None):
        if block is not None and block.kind == "block_quote":
            group.append(block)
            continue
        if group and before is not None and document.text[before.start : before.end].rstrip().endswith(":"):
            start, end = group[0].start, group[-1].end
            if bisect_left(starts, start) == bisect_left(starts, end):
                yield Span(start, start, end, end, "")
        group, before = [], block


def _runs(document: Document) -> Iterator[list[tuple[int, int]]]:
    """Stretches of body blocks with nothing else between: only there may a quotation run on."""
    run: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind in BODY_KINDS:
            run.append((block.start, block.end))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spans_of_run(text: str, run: Sequence[tuple[int, int]]) -> Iterator[Span]:
    paragraph = 0
    position = run[0][0] if run else 0
    while paragraph < len(run):
        start, end = run[paragraph]
        position = max(position, start)
        opener = _next_opener(text, position, start, end)
        if opener is None:
            paragraph += 1
            continue
        span, paragraph = _close(text, run, paragraph, opener)
        if span is None:
            position = opener + 1
        else:
            yield span
            position = span.closed


def _next_opener(text: str, position: int, start: int, end: int) -> int | None:
    """The offset of the next mark in the paragraph that can open a quotation."""
    for match in _OPENERS.finditer(text, position, end):
        if _opens(text, match.start(), start, end):
            return match.start()
    return None


def _opens(text: str, at: int, start: int, end: int) -> bool:
    mark = text[at]
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if mark == "«":
        return True
    if after.isspace():
        return False
    if mark in "“„":
        return True
    if before not in _BEFORE_OPENING:
        return False
    if mark in _SINGLE_OPENERS:
        return after not in _STOPS and not _ELISION.match(text, at + 1)
    return after not in ".,;:!?)"


def _close(text: str, run: Sequence[tuple[int, int]], paragraph: int, opened: int) -> tuple[Span | None, int]:
    """The quotation that `opened` begins and the paragraph that it ends in; None where the mark opens nothing."""
    mark, at = text[opened], opened
    last = paragraph
    while True:
        close = _closing(text, mark, at, run[last][1])
        if close is not None:
            return Span(opened, opened + 1, close, close + 1, mark), last
        following = run[last + 1][0] if last + 1 < len(run) else None
        if (
            following is None
            or last - paragraph >= _MOST_PARAGRAPHS
            or not text.startswith(mark, following)
            or not _reopens(text, opened, run[paragraph][0])
        ):
            break
        last, at = last + 1, following
    return _unclosed(text, mark, opened, run[paragraph]), paragraph


def _reopens(text: str, opened: int, start: int) -> bool:
    """Whether a quotation that its paragraph does not close may run on: direct speech, not a word in a sentence."""
    before = opened - 1
    while before >= start and text[before].isspace():
        before -= 1
    return before < start or text[before] in ".!?…:,)”’\"'—–"


def _unclosed(text: str, mark: str, opened: int, block: tuple[int, int]) -> Span | None:
    """What a mark that is never closed holds: the rest of the paragraph if it opens a sentence, else nothing."""
    if mark in _SINGLE_OPENERS or not _reopens(text, opened, block[0]):
        return None
    another = next((m.start() for m in _DOUBLE_MARKS.finditer(text, opened + 1, block[1])), block[1])
    end = len(text[:another].rstrip()) if another < block[1] else block[1]
    return Span(opened, opened + 1, end, end, mark) if end > opened + 1 else None


def _closing(text: str, mark: str, opened: int, end: int) -> int | None:
    """The offset of the mark that closes the one at `opened` before `end`."""
    if mark in _SINGLE_OPENERS:
        return _closing_single(text, mark, opened, end)
    closers = _CLOSERS[mark]
    end = min(end, opened + _LONGEST)
    depth = 0
    for match in _DOUBLE_MARKS.finditer(text, opened + 1, end):
        at, char = match.start(), match.group()
        if char in closers:
            if mark == '"' and _looks_opening(text, at, end):
                return None
            if depth == 0:
                return at
            depth -= 1
        elif char == mark:
            if _looks_closing(text, at, end):
                return at
            depth += 1
            if depth > _DEEPEST:
                return None
    return None


def _looks_opening(text: str, at: int, end: int) -> bool:
    """Whether a straight mark stands before a word and behind a space, as one that opens does."""
    return text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()


def _looks_closing(text: str, at: int, end: int) -> bool:
    """Whether an opening curly mark was set where one must close (“word“ with a space behind)."""
    return not text[at - 1].isspace() and (at + 1 >= end or not text[at + 1].isalnum())


def _closing_single(text: str, mark: str, opened: int, end: int) -> int | None:
    """The single mark that closes, told from apostrophes.

    A mark after a stop or before one closes. One behind a plural's s ("the allies’ view") closes only if no better
    one follows before the next opening mark.
    """
    closer = "’" if mark == "‘" else "'"
    doubtful: int | None = None
    end = min(end, opened + _LONGEST)
    at = opened
    while (at := text.find(closer, at + 1, end)) != -1:
        before, after = text[at - 1], text[at + 1] if at + 1 < end else " "
        if after.isalnum() or before.isspace():
            if before.isspace() and after.isalnum() and mark == "'" and not _ELISION.match(text, at + 1):
                return doubtful
            continue
        if before == "s" and after == " " and text[at + 2 : at + 3].islower():
            doubtful = at if doubtful is None else doubtful
            continue
        if doubtful is None or "‘" not in text[doubtful:at]:
            return at
        return doubtful
    return doubtful
