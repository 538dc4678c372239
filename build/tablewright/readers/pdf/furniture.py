"""What pages carry besides their text: running heads and feet, page numbers, the lines that a browser prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tablewright.readers.pdf.lines import Line, Page

_DIGITS = re.compile(r"\d+")
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6})"
_PAGE_NUMBER = re.compile(
    rf"[\s|·–—-]*(?:(?:page|p\.|pg\.?) ?)?{_NUMBER}(?: ?(?:of|/|\|) ?\d{{1,4}})?[\s|·–—-]*", re.IGNORECASE
)
# "22/11/2024, 18:42", and an address with "1/2": what browsers print above and below.
_BROWSER = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}(?: ?[AP]M)?\b.*|(?:https?|file)://\S+(?: \d{1,4}(?: ?(?:/|of) ?\d{1,4})?)?",
    re.IGNORECASE,
)
_SURE_NUMBER = re.compile(r"(?:^|\s)(?:Page|PAGE|page) \d{1,4}(?: of \d{1,4})?$|^Page \d{1,4}\b")
_LONG = 120
"""Characters; a head or foot is shorter."""
_ZONE = 0.16
"""Of the page's height: what may be a head or foot."""
_DEEPEST = 4
"""Lines from the top or bottom that may be head or foot."""
_NEAR = 2.5
"""Points between two places that count as the same on different pages."""
_SHARE = 0.5
"""Of the pages: a place with lines set apart, on more pages than this, is that of heads or feet with changing words."""
_APART = 1.7
"""Of the size: the distance to the text, at least, of heads whose words change."""


def drop_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without heads, feet and page numbers."""
    zones = [_zones(page) for page in pages]
    known = _repeated(zones) | _counted(pages, zones) | _places(pages, zones)
    kept = []
    for page, zone in zip(pages, zones, strict=True):
        printed = [line.y for line in zone if _BROWSER.fullmatch(line.text)]
        dropped = {id(line) for line in zone if id(line) in known or any(abs(line.y - y) < _NEAR for y in printed)}
        sure = [line.y for line in page.lines if "age " in line.text.lower() and _SURE_NUMBER.search(line.text)]
        dropped |= {id(line) for line in zone if _is_page_number(line, page, dropped, sure)}
        lines = [line for line in page.lines if id(line) not in dropped]
        kept.append(Page(page.number, page.width, page.height, lines, page.has_images) if dropped else page)
    return kept


def _zones(page: Page) -> list[Line]:
    """The lines near the top and bottom of a page."""
    low, high = _ZONE * page.height, (1 - _ZONE) * page.height
    near = sorted((line for line in page.lines if not low < line.y < high), key=lambda line: line.y)
    rows: list[list[Line]] = []
    for line in near:
        if rows and line.y - rows[-1][0].y < _NEAR:
            rows[-1].append(line)
        else:
            rows.append([line])
    feet = [row for row in rows if row[0].y <= low][:_DEEPEST]
    heads = [row for row in rows if row[0].y >= high][-_DEEPEST:]
    return [line for row in feet + heads for line in row]


def _repeated(zones: Sequence[Sequence[Line]]) -> set[int]:
    """Lines that come again, numbers aside, at the same place of another page."""
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for zone in zones:
        for line in zone:
            groups[_DIGITS.sub("#", line.text.casefold())].append(line)
    found: set[int] = set()
    for group in groups.values():
        by_place: defaultdict[int, list[Line]] = defaultdict(list)
        for line in group:
            by_place[round(line.y / _NEAR)].append(line)
        for place, lines in by_place.items():
            near = lines + by_place.get(place + 1, [])
            if len({line.page for line in near}) > 1 and any(c.isalpha() for c in lines[0].text):
                found.update(map(id, near))
    return found


def _counted(pages: Sequence[Page], zones: Sequence[Sequence[Line]]) -> set[int]:
    """Lines that start or end with a number that counts with the pages: "4 Chapter one" above the fourth."""
    groups: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for page, zone in zip(pages, zones, strict=True):
        for line in zone:
            for word in {line.text.split()[0], line.text.split()[-1]}:
                if word.isdecimal() and len(word) < 5:
                    groups[int(word) - page.number, round(line.y / _NEAR)].append(line)
    return {id(line) for group in groups.values() if len({line.page for line in group}) > 1 for line in group}


def _places(pages: Sequence[Page], zones: Sequence[Sequence[Line]]) -> set[int]:
    """Heads and feet whose words change: at one height on most pages, set apart from the text."""
    if len(pages) < 3:
        return set()
    apart: defaultdict[tuple[int, bool], list[Line]] = defaultdict(list)
    for page, zone in zip(pages, zones, strict=True):
        places = [line.y for line in page.lines]
        lowest, highest = min(places, default=0.0), max(places, default=0.0)
        for line in zone:
            if lowest < line.y - _NEAR and highest > line.y + _NEAR:
                continue
            others = [distance for y in places if (distance := abs(y - line.y)) > _NEAR]
            if others and min(others) > _APART * line.size and len(line.text) < _LONG:
                apart[round(line.y), line.y > page.height / 2].append(line)
    full = sum(bool(page.lines) for page in pages)
    return {
        id(line)
        for group in apart.values()
        if len({line.page for line in group}) > max(2, _SHARE * full)
        for line in group
    }


def _is_page_number(line: Line, page: Page, dropped: Iterable[int], sure: Sequence[float]) -> bool:
    """Whether a line is a page number at the very edge of a page, heads and feet that are known aside.

    `sure` are the places of lines with "Page 3" in them: a row with one is a foot, whatever else it says.
    """
    if not any(abs(y - line.y) < _NEAR for y in sure) and not (
        _PAGE_NUMBER.fullmatch(line.text) and any(map(str.isalnum, line.text))
    ):
        return False
    known = set(dropped)
    others = [other.y for other in page.lines if id(other) not in known and abs(other.y - line.y) >= _NEAR]
    return bool(others) and (line.y < min(others) or line.y > max(others)) and len(line.text) < _LONG


def body_size(pages: Sequence[Page]) -> float:
    """The size in which most of the text is set; 0 without text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
