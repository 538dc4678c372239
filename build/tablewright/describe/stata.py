"""The tables as Stata files, with variable and value labels, for those who ask for them.

A coded column is an integer whose value labels are the codes in the schema's order (1 is the first), so that
`event_type == "CONSULT":event_type` works; what the codes mean is in the codebook. Stata has no missing text: it is "".
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from tablewright.describe.model import About
from tablewright.schema import Field, TableSchema

if TYPE_CHECKING:
    import pandas as pd

_NAME, _LABEL = 32, 80
_TEXT = 2045
"""Bytes of the longest fixed text in Stata; longer columns become strL."""

# Words that no variable may be called.
_RESERVED = frozenset(
    ["aggregate", "array", "boolean", "break", "byte", "case", "catch", "class", "colvector", "complex", "const", "continue", "default", "delegate", "delete", "do", "double", "else", "eltypedef", "end", "enum", "explicit", "export", "external", "float", "for", "friend", "function", "global", "goto", "if", "in", "inline", "int", "local", "long", "mata", "matrix", "namespace", "new", "null", "numeric", "NULL", "operator", "orgtypedef", "pointer", "polymorphic", "pragma", "private", "protected", "public", "quad", "real", "return", "rowvector", "scalar", "short", "signed", "static", "strL", "string", "struct", "super", "switch", "template", "this", "throw", "transmorphic", "try", "typedef", "typename", "union", "unsigned", "using", "vector", "version", "virtual", "void", "volatile", "while", "with"]
)  # fmt: skip
_FIXED_TEXT = re.compile(r"str\d+")


def stata_file(about: About, version: str, date: dt.date, schema: TableSchema, table: pa.Table) -> bytes:
    """A table as a Stata file (format 118, which Stata 14 and later read); the same in, the same bytes."""
    names = stata_names(schema)
    frame = _frame(schema, table).rename(columns=names)
    text = io.BytesIO()
    frame.to_stata(
        text,
        write_index=False,
        version=118,
        time_stamp=dt.datetime.combine(date, dt.time()),
        data_label=f"{about.title} {version}: {schema.title}"[:_LABEL],
        variable_labels={names[field.name]: field.title[:_LABEL] for field in schema.fields},
        value_labels={names[field.name]: labels for field in schema.fields if (labels := _labels(field))},
        convert_dates={names[field.name]: "td" for field in schema.fields if field.type == "date"},
        convert_strl=[names[each.name] for each in schema.fields if _is_long(each, table)],
    )
    return text.getvalue()


def stata_files(
    about: About, version: str, date: dt.date, tables: Mapping[str, tuple[TableSchema, pa.Table]]
) -> dict[str, bytes]:
    """All tables by their path in a release, "stata/<table>.dta"."""
    return {
        f"stata/{name}.dta": stata_file(about, version, date, schema, table) for name, (schema, table) in tables.items()
    }


def stata_names(schema: TableSchema) -> dict[str, str]:
    """The variable of each column: its name, cut to 32 characters and told apart where Stata would not take it."""
    names: dict[str, str] = {}
    for field in schema.fields:
        name = re.sub(r"\W", "_", field.name)[:_NAME]
        if name in _RESERVED or name[0].isdigit() or _FIXED_TEXT.fullmatch(name):
            name = f"_{name}"[:_NAME]
        number = 1
        while name in names.values():
            number += 1
            name = f"{name[: _NAME - len(str(number)) - 1]}_{number}"
        names[field.name] = name
    return names


def _labels(field: Field) -> dict[float, str]:
    if field.type == "boolean":
        return {0: "no", 1: "yes"}
    return dict(enumerate(field.values, start=1))


def _is_long(field: Field, table: pa.Table) -> bool:
    if field.type != "string" or field.categories:
        return False
    return any(len(value.encode()) > _TEXT for value in table.column(field.name).to_pylist() if value is not None)


def _frame(schema: TableSchema, table: pa.Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({field.name: _column(field, table.column(field.name)) for field in schema.fields})


def _column(field: Field, values: pa.ChunkedArray[Any]) -> Any:
    """A column in types that pandas writes for Stata."""
    import pandas as pd

    plain: list[Any] = values.to_pylist()
    if field.categories:
        codes = {code: number for number, code in enumerate(field.values, start=1)}
        return pd.array([None if each is None else codes[each] for each in plain], dtype="Int16")
    if field.type == "boolean":
        return pd.array([None if each is None else int(each) for each in plain], dtype="Int8")
    if field.type == "integer":
        return pd.array(plain, dtype="Int64")
    if field.type == "date":
        return pd.Series(plain, dtype="datetime64[s]")
    if field.type == "number":
        return pd.Series(plain, dtype="float64")
    return pd.Series(["" if each is None else each for each in plain], dtype="object")
