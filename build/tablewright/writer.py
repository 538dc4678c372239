"""Writes a table as Parquet and as CSV with identical content; the same table gives the same bytes.

Parquet: zstd, pages and row groups of a fixed size, chunks of the table in memory made one before.
CSV: RFC 4180 in UTF-8 with LF; cells are quoted only where they must be; a missing value is an empty cell; booleans
are true and false, dates ISO 8601, numbers in full without exponent and without ".0". Cells are written as they are,
also those that a spreadsheet would take for a formula: the two files promise the same values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from tablewright.contract import arrow_schema
from tablewright.files import disk_errors
from tablewright.schema import TableSchema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = pa.Array[Any]

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

ROW_GROUP = 262_144
"""Rows of a Parquet row group. Fixed, for the same bytes from every machine."""
_ATTRS = b"PANDAS_ATTRS"
_CSV_ROWS = 8_192
_QUOTE, _COMMA, _LF, _CR = b'",\n\r'


def write_table(schema: TableSchema, table: pa.Table, folder: Path, *, attrs: bytes | None = None) -> tuple[Path, Path]:
    """Writes `table`, which is in the types of `schema`, to `folder` as `<name>.parquet` and `<name>.csv`.

    `attrs` is what pandas shows as `df.attrs`, as JSON (`describe.attrs` makes it).
    Returns the two paths. Raises `BuildError` when the disk is full or the folder cannot be written; what is there
    then is not complete, so `folder` should be a stage and not the published one.
    """
    parquet, csv = folder / f"{schema.name}.parquet", folder / f"{schema.name}.csv"
    with disk_errors(parquet):
        write_parquet(schema, table, parquet, attrs=attrs)
    with disk_errors(csv), csv.open("wb") as file:
        write_csv(table, file)
    return parquet, csv


def write_groups(schema: TableSchema, tables: Iterable[pa.Table], folder: Path) -> Iterator[pa.Table]:
    """Writes one table that comes as several, one below the other, to the same bytes as `write_table`; no more than
    `ROW_GROUP` rows are in memory at a time. Gives the rows of each group once they are written.
    """
    parquet, csv = folder / f"{schema.name}.parquet", folder / f"{schema.name}.csv"
    with disk_errors(parquet), _parquet_writer(schema, parquet) as writer, csv.open("wb") as file:
        header = True
        for group in grouped(tables, ROW_GROUP):
            writer.write_table(group.replace_schema_metadata(arrow_schema(schema).metadata), ROW_GROUP)
            write_csv(group, file, header=header)
            header = False
            yield group


def grouped(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same rows in tables of `rows` rows, the last one shorter, each column in one piece; one without rows where
    there are none. `tables` must not be empty.
    """
    waiting: list[pa.Table] = []
    count = 0
    given = False
    for table in tables:
        waiting.append(table)
        count += table.num_rows
        while count >= rows:
            whole = pa.concat_tables(waiting)
            yield one_piece(whole.slice(0, rows))
            waiting, count, given = [whole.slice(rows)], count - rows, True
    if count or not given:
        yield one_piece(pa.concat_tables(waiting))


def one_piece(table: pa.Table) -> pa.Table:
    """The table with each column in one piece. Pieces show in the bytes; where a table comes from should not."""
    return table.unify_dictionaries().combine_chunks()


def write_parquet(
    schema: TableSchema, table: pa.Table, target: Path | IO[bytes], *, attrs: bytes | None = None
) -> None:
    """Writes `table` as Parquet."""
    if any(column.num_chunks != 1 for column in table.columns):
        table = one_piece(table)
    with _parquet_writer(schema, target, attrs=attrs) as writer:
        writer.write_table(table.replace_schema_metadata(_metadata(schema, attrs)), ROW_GROUP)


def _metadata(schema: TableSchema, attrs: bytes | None) -> dict[bytes, bytes]:
    metadata = {**(arrow_schema(schema).metadata or {})}
    return {**metadata, _ATTRS: attrs} if attrs is not None else metadata


def _parquet_writer(schema: TableSchema, target: Path | IO[bytes], *, attrs: bytes | None = None) -> pq.ParquetWriter:
    """A writer of which every option that shapes the bytes is named, so that no default changes them."""
    return pq.ParquetWriter(
        target,
        arrow_schema(schema).with_metadata(_metadata(schema, attrs)),
        version="2.6",
        data_page_version="1.0",
        data_page_size=1 << 20,
        compression="zstd",
        compression_level=1,
        use_dictionary=True,
        write_statistics=True,
        store_schema=True,
    )


def write_csv(table: pa.Table, target: IO[bytes], *, header: bool = True) -> None:
    """Writes `table` as CSV, a portion at a time; with a header line if `header`."""
    if header:
        target.write(",".join(table.column_names).encode() + b"\n")
    for batch in table.to_batches(max_chunksize=_CSV_ROWS):
        if batch.num_rows:
            target.write(_lines(batch).data)


def _lines(batch: pa.RecordBatch) -> NDArray[np.uint8]:
    """The rows of a batch as CSV, put together column by column; the joined strings lie one after the other."""
    cells = [_cells(column) for column in batch.columns]
    cells[-1] = _compute.binary_join_element_wise(cells[-1], "", "\n", null_handling="replace")
    lines = _compute.binary_join_element_wise(*cells, ",", null_handling="replace")
    return _bytes(lines)


def _cells(column: Array) -> Array:
    """A column as CSV writes it, quoted where it must be; missing values stay null."""
    if isinstance(column, pa.DictionaryArray):
        return _cells(column.dictionary).take(column.indices)
    if pa.types.is_floating(column.type):
        return _numbers(column)
    text: Array = column.cast(pa.string())
    return _quoted(text) if pa.types.is_string(column.type) else text


def _numbers(column: Array) -> Array:
    text: Array = column.cast(pa.string())
    if not (_bytes(text) == ord("e")).any():
        return text
    # Arrow writes 1e+15 and 1.5e-07; the shortest digits that read back as the same number, without exponent.
    plain = [None if value is None else f"{Decimal(value):f}" for value in text.to_pylist()]
    return pa.array(plain, pa.string())


def _quoted(text: Array) -> Array:
    """Strings as CSV cells: in quotation marks, those inside doubled, where a mark or a border of cells is inside.

    Found by looking at all bytes at once, which is several times faster than asking each string.
    """
    data = _bytes(text)
    special = (data == _QUOTE) | (data == _COMMA) | (data == _LF) | (data == _CR)
    if not special.any():
        return text
    starts = _offsets(text)
    rows = np.searchsorted(starts, np.flatnonzero(special) + starts[0], side="right") - 1
    mask = np.zeros(len(text), dtype=bool)
    mask[rows] = True
    wanted = pa.array(mask)
    doubled = _compute.replace_substring(text.filter(wanted), '"', '""')
    cells = _compute.binary_join_element_wise('"', doubled, '"', "")
    result: Array = _compute.replace_with_mask(text, wanted, cells)
    return result


def _offsets(text: Array) -> NDArray[np.int32]:
    """Where each string starts in the array's buffer, and where the last one ends."""
    buffer = text.buffers()[1]
    if buffer is None or not len(text):
        return np.zeros(1, dtype=np.int32)
    return np.frombuffer(memoryview(buffer), dtype=np.int32)[text.offset : text.offset + len(text) + 1]


def _bytes(text: Array) -> NDArray[np.uint8]:
    """The UTF-8 of all strings of an array one after the other, without a copy."""
    buffer = text.buffers()[2]
    starts = _offsets(text)
    if buffer is None:
        return np.zeros(0, dtype=np.uint8)
    return np.frombuffer(memoryview(buffer), dtype=np.uint8)[starts[0] : starts[-1]]
