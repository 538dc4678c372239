"""A dataset in a folder or an archive, as its own datapackage.json describes it, read a column at a time or at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tablewright.errors import BuildError, ProjectError
from tablewright.package import DESCRIPTOR, schemas_of

if TYPE_CHECKING:
    import pyarrow as pa

    from tablewright.records import Finding
    from tablewright.schema import TableSchema

    ChunkedArray = pa.ChunkedArray[Any]

# Above this many rows for each byte of a chunk's dictionary, decoding every string anew costs more.
_ROWS_A_BYTE = 32


def load_dataset_files(folder: Path) -> dict[str, tuple[TableSchema, pa.Table]]:
    """The tables of the dataset in `folder`, dist/ or a release, whole, each with its schema.

    Raises `ProjectError` for a folder without a dataset and `BuildError` for files that do not hold what the
    dataset's own schemas say.
    """
    from tablewright.tablefiles import read_table

    tables: dict[str, tuple[TableSchema, pa.Table]] = {}
    for name, schema in schemas_of(read_descriptor(folder)).items():
        try:
            table, findings = read_table(schema, folder / f"{name}.parquet", "parquet")
        except FileNotFoundError as error:
            raise _missing(folder, name) from error
        _refuse(findings, name)
        tables[name] = (schema, table)
    return tables


def read_descriptor(folder: Path) -> dict[str, Any]:
    """The datapackage.json in `folder`. Raises `ProjectError` when there is none that can be read."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ProjectError(
            f"there is no {DESCRIPTOR} in {folder.name or folder}/", remedy="name the folder of a build or a release"
        ) from error
    except ValueError as error:
        raise ProjectError(f"not valid JSON: {error}", file=DESCRIPTOR, remedy="get a whole copy") from error
    if not isinstance(descriptor, dict):
        raise ProjectError("not a Data Package", file=DESCRIPTOR, remedy="get a whole copy")
    return descriptor


def _missing(folder: Path, name: str) -> BuildError:
    return BuildError(f"{name}.parquet is missing", file=folder.name, remedy="build again, or get a whole copy")


def _refuse(findings: list[Finding], name: str) -> None:
    if findings:
        more = f" (and {len(findings) - 1} more findings)" if len(findings) > 1 else ""
        raise BuildError(findings[0].message + more, file=f"{name}.parquet", remedy="build again, or get a whole copy")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table in a Parquet file that gives a column at a time: no more than that is in memory.

    Strings that repeat much (`repeating`) come as Arrow dictionaries, as they are in the file.
    """

    schema: TableSchema
    path: Path
    num_rows: int
    repeating: frozenset[str] = frozenset()

    def column(self, name: str, /) -> ChunkedArray:
        """The column called `name`, of the type of the schema. Raises `BuildError` when it holds something else."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        # Threads are the caller's: memory that one of them gave back is then at hand for its next column.
        with pq.ParquetFile(self.path, read_dictionary=[name] if name in self.repeating else None) as file:
            column = file.read([name], use_threads=False).column(0)
        chunks: list[Any] = column.chunks
        if name in self.repeating:
            self._conform(name, pa.chunked_array([chunk.dictionary for chunk in chunks], type=pa.string()))
            return column
        values = list(self.schema.field(name).values)
        if values and chunks and all(_has_codes(chunk, values) for chunk in chunks):
            return column
        return self._conform(name, column)

    def _conform(self, name: str, column: ChunkedArray) -> ChunkedArray:
        import pyarrow as pa

        from tablewright.arrowtable import conform

        # Alone, the column has no key beside it by which a finding could name the row.
        alone = replace(self.schema, fields=(self.schema.field(name),), primary_key=())
        table, findings = conform(alone, pa.Table.from_arrays([column], names=[name]))
        _refuse(findings, self.schema.name)
        return table.column(name)


def open_dataset_files(folder: Path) -> dict[str, tuple[TableSchema, TableFile]]:
    """The tables of the dataset in `folder`, to be read a column at a time. Raises as `load_dataset_files` does."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables: dict[str, tuple[TableSchema, TableFile]] = {}
    for name, schema in schemas_of(read_descriptor(folder)).items():
        path = folder / f"{name}.parquet"
        try:
            with pq.ParquetFile(path) as file:
                names, rows = tuple(file.schema_arrow.names), file.metadata.num_rows
                repeating = frozenset(
                    name
                    for index, name in enumerate(names)
                    if _repeats(file.schema_arrow.field(name), file.metadata, index)
                )
        except FileNotFoundError as error:
            raise _missing(folder, name) from error
        except (pa.ArrowException, OSError) as error:
            raise BuildError(
                f"cannot be read as Parquet: {error}", file=path.name, remedy="get a whole copy"
            ) from error
        if names != schema.columns:
            raise BuildError(
                f"the columns are {', '.join(names)}; the schema says {', '.join(schema.columns)}",
                file=path.name,
                remedy="get a whole copy",
            )
        tables[name] = (schema, TableFile(schema, path, rows, repeating))
    return tables


def _has_codes(chunk: Any, values: list[str]) -> bool:
    """Whether a chunk has exactly the codes of its column, in order: then there is nothing to conform."""
    import pyarrow as pa

    return bool(chunk.type == pa.dictionary(pa.int32(), pa.string()) and chunk.dictionary.to_pylist() == values)


def _repeats(field: Any, metadata: Any, column: int) -> bool:
    """Whether a column of strings has so few different ones that reading them numbered takes less time."""
    import pyarrow as pa

    if field.type != pa.string():
        return False
    for group in range(metadata.num_row_groups):
        chunk = metadata.row_group(group).column(column)
        if not chunk.has_dictionary_page:
            return False
        if (chunk.data_page_offset - chunk.dictionary_page_offset) * _ROWS_A_BYTE > chunk.num_values:
            return False
    return bool(metadata.num_row_groups)
