"""Where the sentences of a paragraph begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 20_000
"""Characters of a sentence: what has no full stop for so long (speech put down by a machine) is cut between words."""

_TAIL = 200
"""Characters before a border that are looked at."""

QUOTE_MARKS = '"“”„«»'
_CLOSERS = re.compile(r"[\"”»’')\]]+")
_ENDED = re.compile(r"[.!?…]$")
# "Why now?" the minister asked. The attribution belongs to the question; what follows is its verb.
_ATTRIBUTION = re.compile(
    r"(?:\S+ ){1,6}?(?:said|says|asked|asks|wrote|writes|told|added|adds|replied|demanded|wondered|exclaimed|shouted)\b"
)
_TITLE_END = re.compile(
    r"(?:^|[\s(“\"])(?:Dr|Mr|Mrs|Ms|Mx|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Sen|Rep|Gov|Rev|Hon|Amb|St|Pres|Sr|Fr"
    r"|No|Nos|Vol|Art|Sec|Fig|vs|cf|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])\.$"
)
# One capital is an initial ("J. Edgar") unless what follows begins a sentence and no name: "wrote on X. The …".
_AFTER_LETTER = re.compile(
    r"(?:[“\"«„‘(]|(?:The|An?|It|They|We|He|She|You|But|And|Or|In|On|At|By|For|From|With|After|Before|During|Since|While"
    r"|When|If|As|Although|Though|However|This|That|These|Those|There|Then|Now|Not|His|Her|Its|Their|Our|My|What|Why"
    r"|How|Who|Where|Both|Earlier|Later|Last|Next|Meanwhile|Asked)\b(?!\.)|Mrs?\b|Ms\b)"
)
_LETTER_END = re.compile(r"(?:^|(?<=[\s(“\"]))[A-Z]\.$")
_LETTER = re.compile(r"(?<![\w.])[A-Z]\.[”\"’)]*(?=\s)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph, as half-open offsets without the white space between them.

    sentencex decides on full stops (abbreviations, decimals, initials). It takes quoted speech for one sentence
    however long it is; so it reads the text without the marks, and a closing mark goes to the sentence it closes.
    """
    from sentencex import get_sentence_boundaries

    kept = [index for index, char in enumerate(text) if char not in QUOTE_MARKS]
    borders = [0]
    for boundary in get_sentence_boundaries("en", "".join([text[index] for index in kept])):
        _, end = _stripped(text, borders[-1], kept[int(boundary["end_index"]) - 1] + 1)
        closing = _CLOSERS.match(text, end)
        borders.append(closing.end() if closing else end)
    borders = sorted({*borders, *_letter_borders(text)})
    spans: list[tuple[int, int]] = []
    for first, last in zip(borders, [*borders[1:], len(text)], strict=True):
        start, end = _stripped(text, first, last)
        if start == end:
            continue
        if spans and _continues(text, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans if len(text) <= LONGEST else [part for span in spans for part in _cut(text, *span)]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span in parts of bearable length."""
    while end - start > LONGEST:
        space = text.rfind(" ", start, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield _stripped(text, start, stop)
        start = _stripped(text, stop, end)[0]
    yield start, end


def _letter_borders(text: str) -> list[int]:
    """Where a sentence ends in one capital, which sentencex takes for an initial."""
    found = (match.end() for match in _LETTER.finditer(text) if match.start() > 0)
    return [end for end in found if _AFTER_LETTER.match(text[end : end + 20].lstrip())]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the border between two spans is none."""
    last, following = text[max(before[0], before[1] - _TAIL) : before[1]], text[after[0] : after[1]]
    if not any(c.isalnum() for c in following):
        return True
    bare = last.rstrip(QUOTE_MARKS + "’')]")
    if not _ENDED.search(bare) and not last.endswith(":"):
        return True
    if following[0].islower():
        return True
    if _TITLE_END.search(bare):
        return not (_LETTER_END.search(bare) and _AFTER_LETTER.match(following))
    closes_speech = last[-1] in QUOTE_MARKS and bare[-1] in "!?"
    return closes_speech and following[0] not in QUOTE_MARKS and _ATTRIBUTION.match(following) is not None
