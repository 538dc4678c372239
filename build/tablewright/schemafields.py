"""The columns of a schema file: type, constraints, values and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast, get_args

from tablewright.cells import from_text, problem
from tablewright.schema import Category, Field, FieldType, Value
from tablewright.schemasource import Source
from tablewright.yamlfile import KeyPath

_FIELD_KEYS = ("name", "type", "format", "title", "description", "example", "constraints", "categories")
_CONSTRAINT_KEYS = ("required", "unique", "enum", "pattern", "minimum", "maximum")
_FORMATS: dict[str, tuple[str, ...]] = {"string": ("default", "uri")}


def read_field(source: Source, item: object, path: KeyPath) -> Field:
    """The column that `item`, at `path` of the file, defines. Raises `SchemaError`."""
    values = source.mapping(item, path, _FIELD_KEYS)
    name = source.name(values, path)
    kind = _type(source, values, path)
    within = (*path, "constraints")
    constraints = source.mapping(values.get("constraints", {}), within, _CONSTRAINT_KEYS)
    column = Field(
        name=name,
        type=kind,
        title=source.title(values, path),
        description=source.text(values, "description", path),
        example="",
        format=_format(source, values, path, kind),
        required=source.flag(constraints, "required", within),
        unique=source.flag(constraints, "unique", within),
        pattern=_pattern(source, constraints, within, kind),
        categories=_categories(source, values, path, kind),
    )
    column = replace(
        column,
        minimum=_bound(source, constraints, "minimum", within, column),
        maximum=_bound(source, constraints, "maximum", within, column),
    )
    if values.get("example") is None:
        raise source.wrong(f"the column {name} has no example", path, "write `example: ...`")
    return replace(column, example=_typed(source, column, values["example"], (*path, "example")))


def _type(source: Source, values: Mapping[str, object], path: KeyPath) -> FieldType:
    kind = source.text(values, "type", path)
    known = get_args(FieldType)
    if kind not in known:
        raise source.wrong(f"unknown type {kind!r}", (*path, "type"), f"types are {', '.join(known)}")
    return cast("FieldType", kind)


def _format(source: Source, values: Mapping[str, object], path: KeyPath, kind: FieldType) -> str:
    known = _FORMATS.get(kind, ("default",))
    found = values.get("format", "default")
    if found not in known:
        raise source.wrong(f"unknown format {found!r} of a {kind}", (*path, "format"), f"known: {', '.join(known)}")
    return str(found)


def _pattern(source: Source, constraints: Mapping[str, object], path: KeyPath, kind: FieldType) -> str | None:
    if "pattern" not in constraints:
        return None
    pattern = source.text(constraints, "pattern", path)
    if kind != "string":
        raise source.wrong(f"a {kind} has no pattern", (*path, "pattern"), "use minimum and maximum, or a string")
    try:
        re.compile(pattern)
    except re.error as error:
        raise source.wrong(f"the pattern is not valid: {error}", (*path, "pattern"), "mend the pattern") from error
    return pattern


def _bound(source: Source, constraints: Mapping[str, object], key: str, path: KeyPath, column: Field) -> Value | None:
    if constraints.get(key) is None:
        return None
    if column.type not in ("integer", "number", "date"):
        raise source.wrong(f"a {column.type} has no {key}", (*path, key), f"remove {key}")
    return _typed(source, column, constraints[key], (*path, key))


def _typed(source: Source, column: Field, value: object, path: KeyPath) -> Value:
    """`value`, which may be written as text, as the column's type, after the check that it may stand in the column."""
    if isinstance(value, str) and column.type != "string":
        try:
            value = from_text(column, value.strip() or "nothing")
        except ValueError as error:
            raise source.wrong(f"{value!r} {error}", path, f"write a {column.type}") from error
    wrong = problem(column, value)
    if wrong:
        raise source.wrong(
            f"{value!r} {wrong}", path, "write a value that the column may hold, in quotes if it is text"
        )
    return cast("Value", value)


def _categories(source: Source, values: Mapping[str, object], path: KeyPath, kind: FieldType) -> tuple[Category, ...]:
    """The values of a coded column: `categories` with their meanings, or the bare `constraints.enum`."""
    constraints = values.get("constraints")
    enum = constraints.get("enum", ()) if isinstance(constraints, dict) else ()
    if "categories" not in values and enum == ():
        return ()
    if kind != "string":
        raise source.wrong(f"a {kind} cannot be coded", path, "make it a string column, or remove its values")
    listed = _enum(source, enum, (*path, "constraints", "enum"))
    if "categories" not in values:
        return tuple(Category(value, value) for value in listed)
    within = (*path, "categories")
    categories: list[Category] = []
    for number, item in enumerate(source.items(values["categories"], within)):
        entry = source.mapping(item, (*within, number), ("value", "label"))
        value, label = (source.text(entry, key, (*within, number)) for key in ("value", "label"))
        categories.append(Category(value, label))
    found = _distinct(source, [category.value for category in categories], within)
    if listed and found != listed:
        raise source.wrong("enum and categories differ", (*path, "constraints", "enum"), "remove enum")
    return tuple(categories)


def _enum(source: Source, enum: object, path: KeyPath) -> list[str]:
    return [] if enum == () else _distinct(source, source.items(enum, path), path)


def _distinct(source: Source, values: list[object] | list[str], path: KeyPath) -> list[str]:
    seen: list[str] = []
    for number, value in enumerate(values):
        if not isinstance(value, str) or not value:
            raise source.wrong(f"{value!r} is no text", (*path, number), "put the value in quotes")
        if value in seen:
            raise source.wrong(f"the value {value!r} stands twice", (*path, number), "remove one of the two")
        seen.append(value)
    return seen
