"""The codebook as people read it, printed from the schemas: plain text for a terminal, Markdown for a page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from tablewright.cells import to_text
from tablewright.schema import Field, TableSchema

_INDENT = "    "


def plain(schemas: Iterable[TableSchema], width: int = 100) -> str:
    """The codebook of `schemas` in lines of at most `width` characters (a long name or example may need more)."""
    return "\n\n".join("\n".join(_plain_table(schema, width)) for schema in schemas) + "\n"


def markdown(schemas: Iterable[TableSchema]) -> str:
    """The codebook of `schemas` as Markdown: a section a table, a table of its columns, lists of coded values."""
    return "\n\n".join("\n".join(_markdown_table(schema)) for schema in schemas) + "\n"


def _plain_table(schema: TableSchema, width: int) -> list[str]:
    lines = [schema.name, "=" * len(schema.name), *textwrap.wrap(schema.description, width), ""]
    for label, said in _keys(schema):
        lines += textwrap.wrap(f"{label}: {said}", width, subsequent_indent=_INDENT)
    for field in schema.fields:
        lines += ["", f"{field.name}  ({_kind(field)})"]
        body = [field.description, f"Example: {to_text(field.example)}"]
        for paragraph in body:
            lines += textwrap.wrap(
                paragraph,
                width,
                initial_indent=_INDENT,
                subsequent_indent=_INDENT,
                break_long_words=False,
                break_on_hyphens=False,
            )
        lines += _plain_values(field, width)
    return lines


def _plain_values(field: Field, width: int) -> list[str]:
    longest = max((len(value) for value in field.values), default=0)
    lines: list[str] = []
    for category in field.categories:
        lines += textwrap.wrap(
            category.label,
            width,
            initial_indent=f"{_INDENT}{category.value:{longest}}  ",
            subsequent_indent=" " * (len(_INDENT) + longest + 2),
            break_on_hyphens=False,
        )
    return lines


def _markdown_table(schema: TableSchema) -> list[str]:
    lines = [f"## {schema.name}", "", schema.description, ""]
    lines += [f"- {label}: {said}" for label, said in _keys(schema)]
    lines += ["", "| Column | Type | Meaning | Example |", "| --- | --- | --- | --- |"]
    for field in schema.fields:
        cells = (f"`{field.name}`", _kind(field), field.description, f"`{to_text(field.example)}`")
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    for field in schema.fields:
        if field.categories:
            lines += ["", f"Values of `{field.name}`:", ""]
            lines += [f"- `{category.value}`: {category.label}" for category in field.categories]
    return lines


def _keys(schema: TableSchema) -> list[tuple[str, str]]:
    """What tells the rows apart, what they refer to, and what anchors them, as label and text."""
    said = [("Key", ", ".join(schema.primary_key))]
    for key in schema.foreign_keys:
        theirs = ", ".join(f"{key.resource}.{name}" for name in key.reference_fields)
        said.append(("Refers", f"{', '.join(key.fields)} to {theirs}"))
    anchors = (f"{each.text} is the canonical text from {each.start} to {each.end}" for each in schema.anchors)
    return [*said, *(("Anchor", anchor) for anchor in anchors)]


def _kind(field: Field) -> str:
    """Type and constraints in a few words: "integer, required, at least 0"."""
    parts = ["coded" if field.categories else field.type if field.format == "default" else field.format]
    parts.append("required" if field.required else "may be missing")
    if field.unique:
        parts.append("unique")
    if field.minimum is not None:
        parts.append(f"at least {to_text(field.minimum)}")
    if field.maximum is not None:
        parts.append(f"at most {to_text(field.maximum)}")
    if field.pattern is not None:
        parts.append(f"pattern {field.pattern}")
    return ", ".join(parts)
