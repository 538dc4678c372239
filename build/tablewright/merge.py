"""Whole tables from what was built before and the rows of the documents that changed.

Arrow does the work by column, so that one changed document among ten thousand costs little more than that document.
The result is the same, to the byte, as when all documents are put together anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_Run = tuple[int, int]


def merge_documents(
    before: pa.Table | None, fresh: pa.Table, replaced: Collection[str], order: Sequence[str]
) -> pa.Table:
    """A table with a `document_id`: `before` without the documents in `replaced`, and `fresh`, in the order of
    document ids; the rows of one document keep their order.

    Both tables have the rows of a document together, as every build writes them.
    """
    import pyarrow as pa

    if before is None:
        return fresh.combine_chunks()
    old, new = _runs(before), _runs(fresh)
    slices: list[pa.Table] = []
    first = last = 0
    for document_id in order:
        if document_id not in replaced and document_id in old:
            start, end = old[document_id]
            if start != last:
                slices.append(before.slice(first, last - first))
                first = start
            last = end
        elif document_id in new:
            slices.append(before.slice(first, last - first))
            first = last
            start, end = new[document_id]
            slices.append(fresh.slice(start, end - start))
    slices.append(before.slice(first, last - first))
    return pa.concat_tables(slices).combine_chunks()


def _runs(table: pa.Table) -> dict[str, _Run]:
    """The rows of each document, from the first to behind the last."""
    import pyarrow.compute

    compute: Any = pyarrow.compute
    encoded: Any = compute.run_end_encode(table["document_id"].combine_chunks())
    ends: list[int] = encoded.run_ends.to_pylist()
    return dict(zip(encoded.values.to_pylist(), zip([0, *ends], ends, strict=False), strict=True))


def merge_dependants(
    before: pa.Table | None, fresh: pa.Table, key: str, kept: pa.ChunkedArray[Any], order: pa.ChunkedArray[Any]
) -> pa.Table:
    """A table without a `document_id` whose rows belong to rows of another table by `key`.

    Keeps the rows of `before` whose key is in `kept` (the parent rows that were not made again), adds `fresh`, and
    follows the order of the parent table's keys, `order`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if before is None:
        return fresh.combine_chunks()
    left = before.filter(pc.is_in(before[key], value_set=_flat(kept)))
    table = pa.concat_tables([left, fresh])
    position = pc.index_in(table[key], value_set=_flat(order))
    # The row's own number second: what Arrow promises of stability is not written down for tables.
    keys = pa.table({"position": position, "row": pa.array(range(len(table)), pa.int64())})
    indices = pc.sort_indices(keys, sort_keys=[("position", "ascending"), ("row", "ascending")])
    return table.take(indices).combine_chunks()


def _flat(values: pa.ChunkedArray[Any]) -> pa.Array[Any]:
    import pyarrow as pa

    flat = values.combine_chunks()
    return flat.cast(pa.string()) if flat.type != pa.string() else flat
