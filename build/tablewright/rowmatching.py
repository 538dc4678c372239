"""Which rows of two versions of a table are the same row: those with the same primary key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

if TYPE_CHECKING:
    from numpy.typing import NDArray

    ChunkedArray = pa.ChunkedArray[Any]

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute


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
    """Matches rows by their keys: a column each, of the same types on both sides.

    Raises `RepeatedKeyError` when rows of one version share a key that decides a match.
    """
    rows_old, rows_new = len(old[0]), len(new[0])
    head, tail = _same_ends(old, new)
    middle_old = [column.slice(head, rows_old - head - tail) for column in old]
    middle_new = [column.slice(head, rows_new - head - tail) for column in new]
    found = _positions(middle_old, middle_new)
    hits = np.flatnonzero(found >= 0)
    before = np.concatenate((np.arange(head), found[hits] + head, np.arange(rows_old - tail, rows_old)))
    after = np.concatenate((np.arange(head), hits + head, np.arange(rows_new - tail, rows_new)))
    seen = np.zeros(rows_old, dtype=np.bool_)
    seen[before] = True
    if int(seen.sum()) != len(before):
        raise RepeatedKeyError
    return Matched(before, after, np.flatnonzero(~seen), np.flatnonzero(found < 0) + head)


def plain(column: ChunkedArray) -> ChunkedArray:
    """A coded column as strings; any other as it is."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _same_ends(old: Sequence[ChunkedArray], new: Sequence[ChunkedArray]) -> tuple[int, int]:
    """How many rows at the start, and at the end, have the same keys one by one: mostly nearly all of them."""
    shorter = min(len(old[0]), len(new[0]))
    head = _run(_same(old, new, 0, 0, shorter))
    left = shorter - head
    same = _same(old, new, len(old[0]) - left, len(new[0]) - left, left)
    return head, _run(same[::-1])


def _same(
    old: Sequence[ChunkedArray], new: Sequence[ChunkedArray], at_old: int, at_new: int, rows: int
) -> NDArray[np.bool_]:
    same = np.ones(rows, dtype=np.bool_)
    for mine, theirs in zip(old, new, strict=True):
        equal = _compute.equal(mine.slice(at_old, rows), theirs.slice(at_new, rows))
        same &= _compute.fill_null(equal, False).to_numpy()
    return same


def _run(flags: NDArray[np.bool_]) -> int:
    """How many of `flags` are true before the first that is not."""
    return len(flags) if flags.all() else int(flags.argmin())


def _positions(old: Sequence[ChunkedArray], new: Sequence[ChunkedArray]) -> NDArray[np.int64]:
    """For each row of `new` the row of `old` with its key, -1 where there is none."""
    if not len(old[0]) or not len(new[0]):
        return np.full(len(new[0]), -1, dtype=np.int64)
    if len(old) > 1:
        old, new = _joined(old, new)
    found = _compute.index_in(new[0], value_set=old[0].combine_chunks())
    result: NDArray[np.int64] = _compute.fill_null(found, -1).to_numpy().astype(np.int64)
    return result


def _joined(old: Sequence[ChunkedArray], new: Sequence[ChunkedArray]) -> tuple[list[ChunkedArray], list[ChunkedArray]]:
    """A key of several columns as one column of numbers: the same number, the same key."""
    border = len(old[0])
    codes = np.zeros(border + len(new[0]), dtype=np.int64)
    for mine, theirs in zip(old, new, strict=True):
        both = pa.chunked_array([*mine.chunks, *theirs.chunks], type=mine.type).combine_chunks()
        encoded: Any = both.dictionary_encode(null_encoding="encode")
        codes = codes * len(encoded.dictionary) + encoded.indices.to_numpy()
        # Numbered anew after each column, or the product of the sizes might not fit into 64 bits.
        codes = pa.array(codes).dictionary_encode().indices.to_numpy().astype(np.int64)
    return [pa.chunked_array([pa.array(codes[:border])])], [pa.chunked_array([pa.array(codes[border:])])]
