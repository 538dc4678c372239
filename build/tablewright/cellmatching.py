"""Which cells of a column differ between two versions of a table, once its rows are matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

from tablewright.rowmatching import plain
from tablewright.rownumbers import from_arrow, to_arrow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    ChunkedArray = pa.ChunkedArray[Any]

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

BLOCK = 1 << 17
"""Rows that are compared at a time: what is copied stays small, and within a processor's caches."""


def differing(
    old: ChunkedArray, new: ChunkedArray, before: NDArray[np.int64], after: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Which matched rows differ in a column: positions in `before` and `after`, which hold rows of `old` and `new`.

    Columns of two types are the same where they would read the same in CSV.
    """
    mine, theirs = _comparable(old, new)
    found: list[NDArray[np.int64]] = []
    for at in range(0, len(after), BLOCK):
        one = _pick(mine, before[at : at + BLOCK])
        other = _pick(theirs, after[at : at + BLOCK])
        found.append(_unequal(one, other) + at)
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _comparable(old: ChunkedArray, new: ChunkedArray) -> tuple[ChunkedArray, ChunkedArray]:
    if pa.types.is_dictionary(old.type) and pa.types.is_dictionary(new.type):
        return _recoded(old, new)
    old, new = plain(old), plain(new)
    if {old.type, new.type} == {pa.int64(), pa.float64()}:
        return old.cast(pa.float64(), safe=False), new.cast(pa.float64(), safe=False)
    if old.type != new.type:
        return old.cast(pa.string()), new.cast(pa.string())
    return old, new


def _recoded(old: ChunkedArray, new: ChunkedArray) -> tuple[ChunkedArray, ChunkedArray]:
    """Two coded columns as the numbers of their codes, in one numbering."""
    chunks: list[Any] = [*old.chunks, *new.chunks]
    values: Any = pa.chunked_array([each.dictionary for each in chunks], type=pa.string()).unique()

    def numbers(column: ChunkedArray) -> ChunkedArray:
        chunks: list[Any] = column.chunks
        coded = [_compute.index_in(each.dictionary, value_set=values).take(each.indices) for each in chunks]
        return pa.chunked_array(coded, type=pa.int32())

    return numbers(old), numbers(new)


def _pick(column: ChunkedArray, rows: NDArray[np.int64]) -> ChunkedArray:
    """The cells of `rows`; without a copy where these follow one another."""
    first, last = int(rows.min()), int(rows.max())
    stretch = column.slice(first, last - first + 1)
    if len(stretch) == len(rows) and bool((rows[1:] > rows[:-1]).all()):
        return stretch
    return stretch.take(to_arrow(rows - first))


def _unequal(one: ChunkedArray, other: ChunkedArray) -> NDArray[np.int64]:
    """The rows in which two columns differ; two missing values are the same."""
    unequal = _compute.not_equal(one, other)
    if one.null_count or other.null_count:
        missing = _compute.xor(_compute.is_null(one), _compute.is_null(other))
        unequal = _compute.coalesce(unequal, missing)
    return from_arrow(_compute.indices_nonzero(unequal))
