"""The contract in other dialects: what a TableSchema means to Arrow, Parquet, `pandas.read_parquet` and Data Package.

pandera's dialect is in `frames`, which costs the import of pandera.

| Table Schema       | Arrow               | pandas                 |
| ------------------ | ------------------- | ---------------------- |
| string             | string              | str                    |
| string with values | dictionary<string>  | category, schema order |
| integer            | int64               | Int64                  |
| number             | double              | float64; Float64 if it may be null |
| boolean            | bool                | boolean                |
| date               | date32              | date32[day][pyarrow]   |

`pandas.read_parquet` finds these types in a block of metadata that is written by hand here: what pandas would write
holds its own version, so the same data would give other bytes after every upgrade.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import Any

import pyarrow as pa

from tablewright.cells import to_text
from tablewright.schema import Field, TableSchema, Value

ANCHORS_KEY = "anchors"
"""Table Schema leaves room for properties of one's own; this one carries the anchors."""

_ARROW_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
# (pandas_type, numpy_type) of the metadata block; the second is the dtype that read_parquet gives.
_PANDAS_NAMES = {
    "string": ("unicode", "str"),
    "integer": ("int64", "Int64"),
    "number": ("float64", "Float64"),
    "boolean": ("bool", "boolean"),
    "date": ("date", "date32[day][pyarrow]"),
}


def arrow_type(field: Field) -> pa.DataType:
    """The Arrow type of a column. Parquet readers give dictionaries 32-bit indices, so the writer does too."""
    return pa.dictionary(pa.int32(), pa.string()) if field.categories else _ARROW_TYPES[field.type]


@lru_cache(maxsize=256)
def arrow_schema(schema: TableSchema) -> pa.Schema:
    """The Arrow schema of a table, with the metadata that pandas reads the types from."""
    fields = [pa.field(field.name, arrow_type(field), nullable=not field.required) for field in schema.fields]
    return pa.schema(fields, metadata={"pandas": json.dumps(_pandas_metadata(schema), separators=(",", ":"))})


def _pandas_metadata(schema: TableSchema) -> dict[str, Any]:
    return {
        "index_columns": [],
        "column_indexes": [],
        "columns": [_pandas_column(field) for field in schema.fields],
        "creator": {"library": "tablewright", "version": "1"},
        "pandas_version": "3.0.0",
    }


def _pandas_column(field: Field) -> dict[str, Any]:
    pandas_type, numpy_type = _PANDAS_NAMES[field.type]
    metadata = None
    if field.categories:
        pandas_type, numpy_type = "categorical", "int8"
        metadata = {"num_categories": len(field.categories), "ordered": False}
    elif field.type == "number" and field.required:
        numpy_type = "float64"
    return {
        "name": field.name,
        "field_name": field.name,
        "pandas_type": pandas_type,
        "numpy_type": numpy_type,
        "metadata": metadata,
    }


def table_schema(schema: TableSchema, *, resource_suffix: str = "") -> dict[str, Any]:
    """The Table Schema descriptor of a table, as datapackage.json holds it.

    `resource_suffix` is added to the names of the tables that foreign keys refer to, so that the Parquet files of a
    package refer to each other and the CSV files likewise.
    """
    descriptor: dict[str, Any] = {
        "fields": [_field_descriptor(field) for field in schema.fields],
        "missingValues": [""],
        "primaryKey": list(schema.primary_key),
    }
    if schema.foreign_keys:
        descriptor["foreignKeys"] = [
            {
                "fields": list(key.fields),
                "reference": {
                    # By the standard an empty name is the table itself.
                    "resource": "" if key.resource == schema.name else key.resource + resource_suffix,
                    "fields": list(key.reference_fields),
                },
            }
            for key in schema.foreign_keys
        ]
    if schema.anchors:
        descriptor[ANCHORS_KEY] = [
            {"document": anchor.document, "start": anchor.start, "end": anchor.end, "text": anchor.text}
            for anchor in schema.anchors
        ]
    return descriptor


def _field_descriptor(field: Field) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "format": field.format,
        "title": field.title,
        "description": field.description,
        "example": to_text(field.example),
    }
    constraints: dict[str, Any] = {}
    for name in ("required", "unique"):
        if getattr(field, name):
            constraints[name] = True
    for name in ("pattern", "minimum", "maximum"):
        if getattr(field, name) is not None:
            constraints[name] = _json(getattr(field, name))
    if field.categories:
        # Validators of today check `enum` and leave `categories` alone, so both are there.
        constraints["enum"] = list(field.values)
        descriptor["categories"] = [{"value": item.value, "label": item.label} for item in field.categories]
    if constraints:
        descriptor["constraints"] = constraints
    return descriptor


def _json(value: Value) -> str | int | float | bool:
    return value.isoformat() if isinstance(value, dt.date) else value
