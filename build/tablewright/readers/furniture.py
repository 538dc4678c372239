"""What a page carries besides its text: running headers, footers and page numbers, found line by line and dropped."""

from __future__ import annotations

import re
from collections import defaultdict

_PAGE_NUMBER = re.compile(
    r"[\s|–—-]*(?:(?:page|p\.|pg\.?) ?)?(\d{1,3})(?: ?(?:of|/|\|) ?\d{1,4})?[\s|–—-]*", re.IGNORECASE
)
_SURE_PAGE_NUMBER = re.compile(
    r"[\s|–—-]*(?:page|p\.|pg\.?) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[\s|–—-]*|[–—-] ?\d{1,4} ?[–—-]|\| ?\d{1,3} ?\||\d{1,3} of \d{1,4}",
    re.IGNORECASE,
)
# A journalist's "the end"; a page of that number has neighbours.
_END_MARK = re.compile(r"\s*[–—-] ?30 ?[–—-]\s*")
_NO_HEADER = re.compile(r"\s*(?:[-*+•>|]\s|\d+[.)]\s|\[|>)|.*[.:;!?,]\W*$|.*\|\s*$")
_MARKED_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_UNDERLINE = re.compile(r"\s*([=~-])\1{2,}\s*")
_DIGITS = re.compile(r"\d+")
_OPEN_END = re.compile(r"[\w,–—-][\s*_]*$")
_SENTENCE = re.compile(r"[.,]\s*$|[a-z]{2}[.!?][\"”’]? [A-Z“\"]")
_LONG = 100
"""Characters; a running header is shorter."""


def drop_furniture(text: str) -> tuple[str, frozenset[int]]:
    """The text with furniture lines made empty, and their numbers from 1 (page breaks count: something ended there).

    A page number is a line of its own. A running header is a short line that comes again and stands beside a page
    number or a form feed, breaks into a sentence, or repeats the head of the document, which itself is kept.
    """
    lines = text.split("\n")
    breaks = {index for index, line in enumerate(lines) if "\f" in line}
    if breaks:
        lines = [line.replace("\f", "") for line in lines]
    filled = [index for index, line in enumerate(lines) if line.strip()]
    numbers = _page_numbers(lines, breaks)
    dropped = numbers | _running_lines(lines, filled, numbers | breaks)
    for index in dropped:
        lines[index] = ""
    return "\n".join(lines), frozenset(index + 1 for index in dropped | breaks)


def _page_numbers(lines: list[str], breaks: set[int]) -> set[int]:
    candidates: dict[int, int] = {}
    sure: set[int] = set()
    for index, line in enumerate(lines):
        if len(line.strip()) < 30 and (found := _PAGE_NUMBER.fullmatch(line)):
            if _SURE_PAGE_NUMBER.fullmatch(line.strip()) and not _END_MARK.fullmatch(line):
                sure.add(index)
            else:
                candidates[index] = int(found[1])
    values = set(candidates.values())
    for index, value in candidates.items():
        around = [lines[i].strip() for i in (index - 1, index + 1) if 0 <= i < len(lines)]
        alone = not any(around) and not _END_MARK.fullmatch(lines[index])
        counted = value - 1 in values or value + 1 in values
        if alone or counted or breaks & {index - 1, index, index + 1}:
            sure.add(index)
    return sure


def _running_lines(lines: list[str], filled: list[int], numbers: set[int]) -> set[int]:
    """The lines that repeat as headers or footers do."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index in filled:
        line = lines[index]
        if len(line) <= _LONG and index not in numbers and not _NO_HEADER.match(line):
            key = _DIGITS.sub("#", line.strip(" \t*_#|").casefold())
            if any(c.isalpha() for c in key):
                groups[key].append(index)
    repeated = [group for group in groups.values() if len(group) > 1]
    if not repeated:
        return set()
    first_body = next((i for i in filled if len(lines[i].split()) > 7 and _SENTENCE.search(lines[i])), len(lines))
    place = {index: position for position, index in enumerate(filled)}
    dropped: set[int] = set()
    for group in repeated:
        evidence = any(_beside_page_end(index, filled, place, numbers) for index in group) or any(
            _interrupts(index, lines, filled, place) for index in group
        )
        marked = any(_is_marked(index, lines) for index in group[1:])
        if evidence or (group[0] < first_body and group[1] > first_body and not marked):
            dropped.update(group[1:] if group[0] < first_body else group)
    return dropped


def _beside_page_end(index: int, filled: list[int], place: dict[int, int], numbers: set[int]) -> bool:
    """Whether nothing but empty lines lies between this line and a page number or page break."""
    position = place[index]
    before = filled[position - 1] if position else -1
    after = filled[position + 1] if position + 1 < len(filled) else index + 2
    return any(i in numbers for i in range(before, after + 1))


def _interrupts(index: int, lines: list[str], filled: list[int], place: dict[int, int]) -> bool:
    """Whether a sentence runs on from the line before this one to the line after it."""
    position = place[index]
    if not 0 < position < len(filled) - 1:
        return False
    before, after = lines[filled[position - 1]], lines[filled[position + 1]].lstrip(" \t*_[“\"'(")
    return bool(_OPEN_END.search(before)) and after[:1].islower()


def _is_marked(index: int, lines: list[str]) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return bool(_MARKED_HEADING.match(lines[index]) or _UNDERLINE.fullmatch(following))
