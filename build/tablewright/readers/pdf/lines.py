"""A line of a page as it is printed, and the marks that tell what it may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Line:
    """Words on one baseline, in one column. Lengths are points of the page; `y` is the baseline, counted upwards.

    `size` is the size of most of its letters; `bold` and `italic` say that all of it is. `page` counts from 0.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    italic: bool
    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order of the file, its size, and whether it shows a picture."""

    number: int
    width: float
    height: float
    lines: list[Line]
    has_images: bool


@dataclass(frozen=True, slots=True)
class Info:
    """What a PDF states of itself, as it stands."""

    title: str
    author: str


def with_text(line: Line, text: str) -> Line:
    """The line with other words."""
    return Line(text, line.left, line.right, line.y, line.size, line.bold, line.italic, line.page)
