"""Which row of a document a mark that came back is: by the id that it carries, else by table and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tablewright.anchors import Span
from tablewright.interchange.exchange import Found
from tablewright.interchange.labels import main_code
from tablewright.interchange.underreview import Standing


@dataclass(slots=True)
class Matches:
    """What became of a sheet's marks: the rows that they are, those that are new, and the rows that were shown and
    are not marked any more. `unclear` are marks of which it cannot be said.
    """

    same: list[tuple[Found, Span, Standing]] = field(default_factory=list)
    new: list[tuple[Found, Span]] = field(default_factory=list)
    gone: list[Standing] = field(default_factory=list)
    unclear: list[tuple[Found, str]] = field(default_factory=list)


def match(marks: Sequence[tuple[Found, Span]], standing: Sequence[Standing], shown: Sequence[str]) -> Matches:
    """The rows that the marks are. A row is one mark's at most; `shown` are the ids of those that were sent along."""
    return _Matcher(marks, standing, shown).match()


class _Matcher:
    def __init__(self, marks: Sequence[tuple[Found, Span]], standing: Sequence[Standing], shown: Sequence[str]) -> None:
        self._marks = dict(enumerate(marks))
        self._rows = {each.row_id: each for each in standing}
        self._shown = [self._rows[row_id] for row_id in dict.fromkeys(shown) if row_id in self._rows]
        self._shown_ids = {each.row_id for each in self._shown}
        self._codes = {each.layout.table: main_code(each.layout) for each in standing}
        self._found = Matches()

    def match(self) -> Matches:
        """Matches by id, then by the same words with the same label, then by the same words, then by words in common."""
        self._by_id()
        self._by_place(same_code=True)
        self._by_place(same_code=False)
        self._by_overlap()
        self._found.new = list(self._marks.values())
        self._found.gone = [each for each in self._shown if each.row_id in self._rows]
        return self._found

    def _take(self, number: int, row: Standing) -> None:
        mark, span = self._marks.pop(number)
        del self._rows[row.row_id]
        self._found.same.append((mark, span, row))

    def _by_id(self) -> None:
        for number, (mark, _) in list(self._marks.items()):
            row = self._rows.get(mark.row_id or "")
            if row is not None and row.layout.table == mark.table:
                self._take(number, row)

    def _by_place(self, *, same_code: bool) -> None:
        """Marks at the very words of a row of their table; with `same_code` of the same label only."""
        rows: dict[object, list[Standing]] = {}
        for row in self._rows.values():
            rows.setdefault((row.layout.table, row.span, row.code if same_code else None), []).append(row)
        marks: dict[object, list[int]] = {}
        for number, (mark, span) in self._marks.items():
            marks.setdefault((mark.table, span, self._code(mark) if same_code else None), []).append(number)
        for key, numbers in marks.items():
            there = self._likeliest(rows.get(key, []))
            if len(there) > len(numbers) and not same_code:
                self._unclear(numbers, f"is one of {len(there)} rows at the same words: which cannot be told")
            elif len(there) > len(numbers):
                ids = ", ".join(each.row_id for each in there)
                self._unclear(
                    numbers, f"is one of {ids}, which are labelled alike: which one was taken away cannot be told"
                )
            else:
                for number, row in zip(numbers, there, strict=False):
                    self._take(number, row)

    def _likeliest(self, rows: Sequence[Standing]) -> Sequence[Standing]:
        """Those that were sent along, else those that are published, else those that were rejected."""
        sent = [each for each in rows if each.row_id in self._shown_ids]
        return sent or [each for each in rows if each.state != "rejected"] or rows

    def _unclear(self, numbers: Sequence[int], why: str) -> None:
        for number in numbers:
            self._found.unclear.append((self._marks.pop(number)[0], why))

    def _code(self, mark: Found) -> str | None:
        field = self._codes.get(mark.table)
        return mark.cells.get(field.name) if field else None

    def _by_overlap(self) -> None:
        """A mark and a row that was sent, of one table and label, that share words with none but each other."""
        pairs = list(self._overlaps())
        marks = Counter(number for number, _ in pairs)
        rows = Counter(row.row_id for _, row in pairs)
        for number, row in pairs:
            if marks[number] == 1 and rows[row.row_id] == 1:
                self._take(number, row)

    def _overlaps(self) -> Iterator[tuple[int, Standing]]:
        left = sorted((each for each in self._shown if each.row_id in self._rows), key=lambda each: each.span)
        for number, (mark, (start, end)) in self._marks.items():
            for row in left:
                if row.span[0] >= end:
                    break
                if row.span[1] > start and row.layout.table == mark.table and row.code == self._code(mark):
                    yield number, row
