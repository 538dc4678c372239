"""Offsets in a text as others count them.

This project counts code points, as Python and the Web Annotation model do. JavaScript counts UTF-16 code units, in
which an emoji is two; some programs count the bytes of UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

Unit = Literal["code-points", "utf-16", "utf-8"]
UNITS: tuple[Unit, ...] = ("code-points", "utf-16", "utf-8")

_WIDE = {"utf-16": re.compile(r"[\U00010000-\U0010ffff]"), "utf-8": re.compile(r"[^\x00-\x7f]")}


def unit_named(name: str | None, default: Unit) -> Unit:
    """The unit of that name, `default` where there is none."""
    return next((unit for unit in UNITS if unit == name), default)


class Offsets:
    """The offsets in one text, in code points and in another unit."""

    def __init__(self, text: str, unit: Unit) -> None:
        self._length = len(text)
        # After each character that takes more than one unit: where it ends in either count.
        self._ends: list[int] = []
        self._unit_ends: list[int] = []
        extra = 0
        for wide in _WIDE[unit].finditer(text) if unit != "code-points" else ():
            width = 2 if unit == "utf-16" else len(wide.group().encode())
            extra += width - 1
            self._ends.append(wide.end())
            self._unit_ends.append(wide.end() + extra)

    def count(self, offset: int) -> int:
        """The offset in the unit of one in code points."""
        wide = bisect_right(self._ends, offset)
        return offset + (self._unit_ends[wide - 1] - self._ends[wide - 1] if wide else 0)

    def code_points(self, count: int) -> int:
        """The offset in code points of one in the unit.

        Raises `ValueError` with the end of a sentence that says why there is none: "lies behind the end of the text".
        """
        wide = bisect_right(self._unit_ends, count)
        offset = count - (self._unit_ends[wide - 1] - self._ends[wide - 1] if wide else 0)
        if wide < len(self._ends) and offset > self._ends[wide] - 1:
            raise ValueError("lies within a character")
        if count < 0:
            raise ValueError("lies before the text")
        if offset > self._length:
            raise ValueError("lies behind the end of the text")
        return offset
