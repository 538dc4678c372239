"""Whether rows begin in the passages (sentences) that they say they stand in: known also where no word may be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute

from tablewright.records import Finding
from tablewright.rights import passages
from tablewright.rowfindings import row_findings
from tablewright.schema import ForeignKey, TableSchema

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

Dataset = Mapping[str, tuple[TableSchema, pa.Table]]


def check_places(tables: Dataset) -> Iterator[Finding]:
    """The rows whose own words begin outside of their passage, or whose passage is of another document."""
    whole = passages({name: schema for name, (schema, _) in tables.items()})
    for schema, table in tables.values():
        for key in schema.foreign_keys if schema.anchors else ():
            if key.resource in whole and key.resource != schema.name and len(key.fields) == 1:
                yield from _outside(schema, table, key, *tables[key.resource])


def _outside(
    schema: TableSchema, table: pa.Table, key: ForeignKey, passage: TableSchema, text: pa.Table
) -> list[Finding]:
    mine, theirs = schema.anchors[0], passage.anchors[0]
    at = _compute.index_in(table.column(key.fields[0]), value_set=text.column(key.reference_fields[0]).combine_chunks())
    start, first, last, document = (
        table.column(mine.start),
        *(text.column(name).take(at) for name in (theirs.start, theirs.end, theirs.document)),
    )
    wrong = _compute.or_(_compute.less(start, first), _compute.greater_equal(start, last))
    wrong = _compute.or_kleene(wrong, _compute.not_equal(table.column(mine.document), document))
    return row_findings(
        schema,
        mine.start,
        code="place",
        rows=_compute.indices_nonzero(_compute.fill_null(wrong, False)).to_pylist(),
        say=partial(_say, key),
        value=lambda name, row: table.column(name)[row].as_py(),
    )


def _say(key: ForeignKey, row: int) -> str:
    return f"is not within the row of {key.resource} that {key.fields[0]} names"
