"""The label that a row has in a program that knows only labels: "events/AGREE", the table and the code that says most
of the row.
"""

from __future__ import annotations

from collections.abc import Mapping

from tablewright.decisioncells import Layout
from tablewright.interchange.intake import Wrong
from tablewright.schema import Field

_PART = "/"


def main_code(layout: Layout) -> Field | None:
    """The coded column that stands in the label: the first that every row has; None where there is none."""
    return next((field for field in layout.values if field.categories and field.required), None)


def label_of(layout: Layout, cells: Mapping[str, str]) -> str:
    """The label of a row with these cells."""
    field = main_code(layout)
    return f"{layout.table}{_PART}{cells[field.name]}" if field and cells.get(field.name) else layout.table


def all_labels(layout: Layout) -> list[str]:
    """Every label that the table's rows may have."""
    field = main_code(layout)
    return [f"{layout.table}{_PART}{code}" for code in field.values] if field else [layout.table]


def read_label(known: Mapping[str, Layout], label: str) -> tuple[str, dict[str, str]]:
    """The table, and the cell that the label states. Raises `Wrong` for a label of other making."""
    table, part, code = label.partition(_PART)
    if table not in known:
        raise Wrong(f"the label {label!r} names no table", f"labels begin with one of {', '.join(known)}")
    field = main_code(known[table])
    if not part:
        return table, {}
    if field is None or code not in field.values:
        raise Wrong(f"the label {label!r} has no code of {table}", f"labels are {', '.join(all_labels(known[table]))}")
    return table, {field.name: code}
