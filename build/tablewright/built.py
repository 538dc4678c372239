"""Tables of the last build, read from `dist/` as far as they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tablewright.arrowtable import conform
from tablewright.paths import Project
from tablewright.schema import TableSchema

if TYPE_CHECKING:
    import pyarrow as pa


def read_built(project: Project, schema: TableSchema, columns: Sequence[str] | None = None) -> pa.Table:
    """A table of the last build, or some columns of it in the schema's order, in the contract's types."""
    import pyarrow.parquet as pq

    path = project.dist / f"{schema.name}.parquet"
    if columns is not None:
        schema = replace(schema, fields=tuple(field for field in schema.fields if field.name in columns))
    table, _ = conform(schema, pq.read_table(path, columns=list(schema.columns), use_threads=False))
    return table


class BuiltTable:
    """A table of the last build whose rows are read from the top down, a row group at a time (`merge.Built`)."""

    def __init__(self, project: Project, schema: TableSchema) -> None:
        import pyarrow.parquet as pq

        self._project, self._schema = project, schema
        self._file = pq.ParquetFile(project.dist / f"{schema.name}.parquet")
        self._group = -1
        self._first = self._end = 0
        self._table: pa.Table | None = None

    def column(self, name: str) -> pa.ChunkedArray[Any]:
        """A column of it."""
        return self._file.read([name], use_threads=False)[name]

    def rows(self, first: int, last: int) -> Iterator[pa.Table]:
        """The rows from `first` to before `last`, in portions."""
        while first < last:
            table = self._holding(first)
            end = min(last, self._end)
            yield table.slice(first - self._first, end - first)
            first = end

    def _holding(self, row: int) -> pa.Table:
        """The row group that holds a row."""
        while self._table is None or row >= self._end:
            self._group += 1
            self._table, _ = conform(self._schema, self._file.read_row_group(self._group, use_threads=False))
            self._first, self._end = self._end, self._end + self._table.num_rows
        return self._table


class HeldTable:
    """A table in memory in the same form."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def column(self, name: str) -> pa.ChunkedArray[Any]:
        """A column of it."""
        return self._table[name]

    def rows(self, first: int, last: int) -> Iterator[pa.Table]:
        """The rows from `first` to before `last`."""
        yield self._table.slice(first, last - first)
