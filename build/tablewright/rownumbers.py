"""Row numbers between Arrow and NumPy, sharing memory.

pyarrow's own ways look whether they are given pandas objects, and import pandas for that: more than all else that a
comparison of small tables costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TYPES = {pa.int32(): np.int32, pa.int64(): np.int64, pa.uint64(): np.uint64}


def from_arrow(numbers: Any) -> NDArray[np.int64]:
    """An Arrow array, chunked or not, of integers, none of them missing, as NumPy has them."""
    chunks: list[Any] = numbers.chunks if isinstance(numbers, pa.ChunkedArray) else [numbers]
    parts = [_values(chunk) for chunk in chunks if len(chunk)]
    if len(parts) == 1:
        return parts[0].astype(np.int64, copy=False)
    return np.concatenate(parts).astype(np.int64, copy=False) if parts else np.zeros(0, dtype=np.int64)


def _values(chunk: Any) -> NDArray[Any]:
    values: NDArray[Any] = np.frombuffer(memoryview(chunk.buffers()[1]), dtype=_TYPES[chunk.type])
    return values[chunk.offset : chunk.offset + len(chunk)]


def to_arrow(numbers: NDArray[np.int64]) -> Any:
    """Row numbers as an Arrow array."""
    data: Any = np.ascontiguousarray(numbers, dtype=np.int64)
    return pa.Array.from_buffers(pa.int64(), len(data), [None, pa.py_buffer(data)])
