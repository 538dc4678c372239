"""What differs between two contracts: tables, columns, types, constraints, codes, keys and the words that explain them.

Every difference is a value with a kind; `versions` knows what each kind means for the version. Columns are known by
their names: a renamed one is a column removed and a column added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tablewright.cells import to_text
from tablewright.schema import Anchor, Field, ForeignKey, TableSchema

SchemaKind = Literal[
    "table_added",
    "table_removed",
    "column_added",
    "column_removed",
    "columns_reordered",
    "retyped",
    "tightened",
    "loosened",
    "value_added",
    "value_removed",
    "values_reordered",
    "key_changed",
    "words_changed",
]


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One difference between two contracts.

    `what` names the part that changed ("pattern", "value red"); `before` and `after` are it as text, None where there
    was or is none. `column` is None for what concerns a table as a whole.
    """

    kind: SchemaKind
    table: str
    column: str | None
    what: str
    before: str | None = None
    after: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """The change as JSON values."""
        return {name: getattr(self, name) for name in self.__slots__}


def compare_schemas(old: Mapping[str, TableSchema], new: Mapping[str, TableSchema]) -> tuple[SchemaChange, ...]:
    """All differences from `old` to `new`: tables that went, then the tables of `new` in order."""
    changes = [
        SchemaChange("table_removed", name, None, "table", schema.title)
        for name, schema in old.items()
        if name not in new
    ]
    for name, schema in new.items():
        if name in old:
            changes += _table_changes(old[name], schema)
        else:
            changes.append(SchemaChange("table_added", name, None, "table", None, schema.title))
    return tuple(changes)


def _table_changes(old: TableSchema, new: TableSchema) -> Iterator[SchemaChange]:
    table = new.name
    for name in old.columns:
        if name not in new.columns:
            yield SchemaChange("column_removed", table, name, "column", old.field(name).type)
    for name in new.columns:
        if name not in old.columns:
            yield SchemaChange("column_added", table, name, "column", None, new.field(name).type)
    before = [name for name in old.columns if name in new.columns]
    after = [name for name in new.columns if name in old.columns]
    if before != after:
        yield SchemaChange("columns_reordered", table, None, "order", ", ".join(before), ", ".join(after))
    if old.primary_key != new.primary_key:
        yield SchemaChange(
            "key_changed", table, None, "primary key", ", ".join(old.primary_key), ", ".join(new.primary_key)
        )
    yield from _promises(table, "foreign key", map(_foreign_key, old.foreign_keys), map(_foreign_key, new.foreign_keys))
    yield from _promises(table, "anchor", map(_anchor, old.anchors), map(_anchor, new.anchors))
    yield from _words(table, None, old, new, ("title", "description"))
    for name in after:
        yield from _field_changes(table, old.field(name), new.field(name))


def _promises(table: str, what: str, old: Iterator[str], new: Iterator[str]) -> Iterator[SchemaChange]:
    """Foreign keys and anchors: a new one is a promise that rows of before may not keep."""
    before, after = list(old), list(new)
    for each in before:
        if each not in after:
            yield SchemaChange("loosened", table, None, what, each)
    for each in after:
        if each not in before:
            yield SchemaChange("tightened", table, None, what, None, each)


def _foreign_key(key: ForeignKey) -> str:
    return f"{', '.join(key.fields)} to {key.resource} ({', '.join(key.reference_fields)})"


def _anchor(anchor: Anchor) -> str:
    return f"{anchor.text} at {anchor.start} to {anchor.end} of {anchor.document}"


def _field_changes(table: str, old: Field, new: Field) -> Iterator[SchemaChange]:
    for name in ("type", "format"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield SchemaChange("retyped", table, new.name, name, before, after)
    for name in ("required", "unique"):
        yield from _constraint(table, old, new, name, tighter=getattr(new, name))
    # Whether one pattern allows all that another does cannot be told, so any new one counts as tighter.
    yield from _constraint(table, old, new, "pattern", tighter=new.pattern is not None)
    yield from _limit(table, old, new, "minimum", rising=True)
    yield from _limit(table, old, new, "maximum", rising=False)
    yield from _codes(table, old, new)
    yield from _words(table, new.name, old, new, ("title", "description", "example"))


def _constraint(table: str, old: Field, new: Field, name: str, *, tighter: bool) -> Iterator[SchemaChange]:
    before, after = getattr(old, name), getattr(new, name)
    if before != after:
        yield SchemaChange("tightened" if tighter else "loosened", table, new.name, name, _text(before), _text(after))


def _limit(table: str, old: Field, new: Field, name: str, *, rising: bool) -> Iterator[SchemaChange]:
    """A limit; `rising` says that it allows less the higher it is. Equal ones are no change."""
    before: Any = getattr(old, name)
    after: Any = getattr(new, name)
    if old.type != new.type:
        # Limits of two types cannot be compared; that the type changed says more.
        return
    tighter = before is None or (after is not None and (after > before) == rising)
    yield from _constraint(table, old, new, name, tighter=tighter)


def _codes(table: str, old: Field, new: Field) -> Iterator[SchemaChange]:
    if bool(old.categories) != bool(new.categories):
        kind: SchemaKind = "tightened" if new.categories else "loosened"
        yield SchemaChange(
            kind, table, new.name, "values", ", ".join(old.values) or None, ", ".join(new.values) or None
        )
        return
    before = {each.value: each.label for each in old.categories}
    after = {each.value: each.label for each in new.categories}
    for value, label in before.items():
        if value not in after:
            yield SchemaChange("value_removed", table, new.name, f"value {value}", label)
    for value, label in after.items():
        if value not in before:
            yield SchemaChange("value_added", table, new.name, f"value {value}", None, label)
        elif label != before[value]:
            yield SchemaChange("words_changed", table, new.name, f"label of {value}", before[value], label)
    stayed = [value for value in before if value in after]
    if stayed != [value for value in after if value in before]:
        yield SchemaChange(
            "values_reordered", table, new.name, "order of values", ", ".join(old.values), ", ".join(new.values)
        )


def _words(table: str, column: str | None, old: object, new: object, names: tuple[str, ...]) -> Iterator[SchemaChange]:
    for name in names:
        before, after = _text(getattr(old, name)), _text(getattr(new, name))
        if before != after:
            yield SchemaChange("words_changed", table, column, name, before, after)


def _text(value: Any) -> str | None:
    return None if value is None else to_text(value)
