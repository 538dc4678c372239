"""Which rows of two versions of a table are the same row: those with the same primary key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from tablewright.rownumbers import from_arrow, to_arrow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    ChunkedArray = pa.ChunkedArray[Any]

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

_NO_ROWS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Positions of rows, from 0: `before[i]` of the old version is `after[i]` of the new one, in the new one's order.

    `withdrawn` are the rows of the old version without a match, `added` those of the new one.
    """

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    withdrawn: NDArray[np.int64]
    added: NDArray[np.int64]


class RepeatedKeyError(ValueError):
    """A primary key that stands in two rows of one version."""


def match_rows(old: Sequence[ChunkedArray], new: Sequence[ChunkedArray]) -> Matched:
    """Matches rows by their keys: a column each, of the same types on both sides, coded ones as strings.

    Raises `RepeatedKeyError` when rows of one version share a key and not every row matches the one at its place.
    """
    rows_old, rows_new = len(old[0]), len(new[0])
    head, tail = _same_ends(old, new)
    if head == rows_old == rows_new:
        return Matched(np.arange(head), np.arange(head), _NO_ROWS, _NO_ROWS)
    mine, theirs = (old[0], new[0]) if len(old) == 1 else _joined(old, new)
    found = _positions(mine.slice(head, rows_old - head - tail), theirs.slice(head, rows_new - head - tail))
    hits = np.flatnonzero(found >= 0)
    before = np.concatenate((np.arange(head), found[hits] + head, np.arange(rows_old - tail, rows_old)))
    after = np.concatenate((np.arange(head), hits + head, np.arange(rows_new - tail, rows_new)))
    seen = np.zeros(rows_old, dtype=np.bool_)
    seen[before] = True
    matched = Matched(before, after, np.flatnonzero(~seen), np.flatnonzero(found < 0) + head)
    if int(seen.sum()) != len(before) or _known(mine, matched.withdrawn, theirs) or _known(theirs, matched.added, mine):
        raise RepeatedKeyError
    return matched


def _known(column: ChunkedArray, rows: NDArray[np.int64], other: ChunkedArray) -> bool:
    """Whether one of `rows`, which have no match, has a key that stands in the other version, or stands twice."""
    if not len(rows):
        return False
    alone = column.take(to_arrow(rows)).combine_chunks()
    if _compute.count_distinct(alone, mode="all").as_py() != len(alone):
        return True
    return _compute.any(_compute.is_in(other, value_set=alone)).as_py() is True


def plain(column: ChunkedArray) -> ChunkedArray:
    """A coded column as strings; any other as it is."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _same_ends(old: Sequence[ChunkedArray], new: Sequence[ChunkedArray]) -> tuple[int, int]:
    """How many rows at the start, and at the end, have the same keys one by one: often all of them."""
    shorter = min(len(old[0]), len(new[0]))
    apart = _apart(old, new, 0, 0, shorter)
    head = int(apart[0]) if len(apart) else shorter
    left = shorter - head
    apart = _apart(old, new, len(old[0]) - left, len(new[0]) - left, left)
    return head, left - 1 - int(apart[-1]) if len(apart) else left


def _apart(
    old: Sequence[ChunkedArray], new: Sequence[ChunkedArray], at_old: int, at_new: int, rows: int
) -> NDArray[np.int64]:
    """Of so many rows from there on, those that have other keys."""
    apart: Any = None
    for mine, theirs in zip(old, new, strict=True):
        unequal = _compute.not_equal(mine.slice(at_old, rows), theirs.slice(at_new, rows))
        unequal = _compute.or_kleene(unequal, _compute.is_null(unequal))
        apart = unequal if apart is None else _compute.or_(apart, unequal)
    return from_arrow(_compute.indices_nonzero(apart))


def _positions(old: ChunkedArray, new: ChunkedArray) -> NDArray[np.int64]:
    """For each row of `new` the row of `old` with its key, -1 where there is none."""
    if not len(old) or not len(new):
        return np.full(len(new), -1, dtype=np.int64)
    found = _compute.index_in(new, value_set=old.combine_chunks())
    known = from_arrow(_compute.indices_nonzero(_compute.is_valid(found)))
    result = np.full(len(new), -1, dtype=np.int64)
    result[known] = from_arrow(found.drop_null())
    return result


def _joined(old: Sequence[ChunkedArray], new: Sequence[ChunkedArray]) -> tuple[ChunkedArray, ChunkedArray]:
    """A key of several columns as one column of numbers: the same number, the same key."""
    border = len(old[0])
    codes = np.zeros(border + len(new[0]), dtype=np.int64)
    for mine, theirs in zip(old, new, strict=True):
        both = pa.chunked_array([*mine.chunks, *theirs.chunks], type=mine.type).combine_chunks()
        encoded: Any = both.dictionary_encode(null_encoding="encode")
        codes = codes * len(encoded.dictionary) + from_arrow(encoded.indices)
        # Numbered anew after each column, or the product of the sizes might not fit into 64 bits.
        codes = from_arrow(to_arrow(codes).dictionary_encode().indices)
    return pa.chunked_array([to_arrow(codes[:border])]), pa.chunked_array([to_arrow(codes[border:])])
