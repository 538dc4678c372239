"""Whole tables from what was built before and the rows of the documents that changed.

Arrow does the work by column, so that one changed document among ten thousand costs little more than that document.
The result is the same, to the byte, as when all documents are put together anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

_Run = tuple[int, int]


class Built(Protocol):
    """A table of the last build, read as it is needed."""

    def column(self, name: str) -> pa.ChunkedArray[Any]:
        """A column of it."""

    def rows(self, first: int, last: int) -> Iterator[pa.Table]:
        """The rows from `first` to before `last`, in portions. Asked from the top down."""


def merge_documents(
    before: Built, fresh: pa.Table, replaced: Collection[str], order: Sequence[str]
) -> Iterator[pa.Table]:
    """A table with a `document_id`: `before` without the documents in `replaced`, and `fresh`, in the order of
    document ids; the rows of one document keep their order. It comes in portions, one below the other.

    Both tables have the rows of a document together, as every build writes them.
    """
    old, new = _runs(before.column("document_id")), _runs(fresh["document_id"])
    yield fresh.slice(0, 0)
    for is_new, first, last in _stretches(old, new, replaced, order):
        if is_new:
            yield fresh.slice(first, last - first)
        else:
            yield from before.rows(first, last)


def _stretches(
    old: Mapping[str, _Run], new: Mapping[str, _Run], replaced: Collection[str], order: Sequence[str]
) -> Iterator[tuple[bool, int, int]]:
    """Which rows to take: whether from the new table, the first row, and the one after the last. Documents that stand
    one after the other are taken together: a slice for each of a hundred thousand would cost more than their rows.
    """
    is_new, first, last = False, 0, 0
    for document_id in order:
        kept = document_id not in replaced and document_id in old
        run = old[document_id] if kept else new.get(document_id)
        if run is None:
            continue
        if (not kept, run[0]) != (is_new, last):
            if first != last:
                yield is_new, first, last
            is_new, first = not kept, run[0]
        last = run[1]
    if first != last:
        yield is_new, first, last


def _runs(documents: pa.ChunkedArray[Any]) -> dict[str, _Run]:
    """The rows of each document, from the first to behind the last."""
    import pyarrow.compute

    compute: Any = pyarrow.compute
    encoded: Any = compute.run_end_encode(documents.combine_chunks())
    ends: list[int] = encoded.run_ends.to_pylist()
    return dict(zip(encoded.values.to_pylist(), zip([0, *ends], ends, strict=False), strict=True))


def merge_dependants(
    before: pa.Table, fresh: pa.Table, key: str, kept: pa.ChunkedArray[Any], order: pa.ChunkedArray[Any]
) -> pa.Table:
    """A table without a `document_id` whose rows belong to rows of another table by `key`.

    Keeps the rows of `before` whose key is in `kept` (the parent rows that were not made again), adds `fresh`, and
    follows the order of the parent table's keys, `order`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

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
