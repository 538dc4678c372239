"""How a document is set, and its paragraphs as they are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tablewright.readers.pdf.lines import Line
from tablewright.readers.pieces import Markup
from tablewright.records import BlockKind

INDENT = 0.7
"""Of the size: what counts as an indent."""
SMALL = 0.94
"""Of the body's size: notes, captions and the words of a figure are below this."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set: size of the body, distance of its lines, its right margins by the left ones."""

    size: float
    leading: float
    rights: dict[int, float]
    indents: bool


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `run` is the number of the column that they stand in."""

    lines: list[Line]
    markup: Markup
    run: int
    level: int = 0
    full: bool = False
    indented: bool = False
    aside: bool = False
    kind: BlockKind | None = None

    @property
    def text(self) -> str:
        """The words, with the line ends of the page."""
        return "\n".join(line.text for line in self.lines)


def setting(runs: Sequence[Sequence[Line]], size: float) -> Setting:
    """Measures how the text of `size` is set."""
    leadings: Counter[float] = Counter()
    rights: dict[int, float] = {}
    indents = 0
    for run in runs:
        body = [line for line in run if line.size == size]
        if not body:
            continue
        left = min(line.left for line in body)
        key = round(left / 4)
        rights[key] = max(rights.get(key, 0.0), *(line.right for line in body))
        for above, below in pairwise(body):
            distance = above.y - below.y
            if 0 < distance < 2.5 * size:
                leadings[round(distance, 0)] += 1
                indents += (
                    distance < 1.5 * size
                    and INDENT * size < below.left - above.left < 4 * size
                    and (abs(above.left - left) < 2)
                )
    leading = leadings.most_common(1)[0][0] if leadings else 1.2 * size
    lines = sum(leadings.values())
    return Setting(size, leading, rights, indents=indents >= 2 and indents * 40 > lines)
