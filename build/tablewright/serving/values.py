"""Tables, rows and findings as the review page gets them: JSON values, every cell as the review file would have it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tablewright.anchors import flat
from tablewright.decision import JOINT, Decision
from tablewright.decisioncells import ACTORS, COMPUTED, EVENTS, PARTICIPANTS, Layout, guarded, unguarded, write_cell
from tablewright.files import dumps
from tablewright.records import Finding
from tablewright.schema import Field, TableSchema, Value
from tablewright.tables import ROW_LETTERS, Row

_KINDS = {"string": "text", "integer": "number", "number": "number", "boolean": "flag", "date": "date"}
# What tells most of a row of the table on one line, beside its own words.
_LABELS = {EVENTS: "summary", ACTORS: "name"}
_MORE = {"quotations": ("speaker_id",), "mentions": ("actor_id",), "aid_figures": ("donor_id", "recipient_id")}
_STATES = {"confirm": "confirmed", "amend": "amended", "add": "added", "reject": "rejected"}

Json = dict[str, Any]


def plain_cell(value: Value | None) -> str:
    """`value` as a cell, without what keeps a spreadsheet from taking it for a formula."""
    return unguarded(write_cell(value))


def table_json(layout: Layout, schemas: Mapping[str, TableSchema]) -> Json:
    """A table: what its rows are, and the columns of them that a page shows and people fill in."""
    schema = layout.schema
    computed = [field for field in schema.fields if field.name in COMPUTED]
    fields = [_field_json(field, layout) for field in (*layout.values, *computed)]
    return {
        "name": schema.name,
        "title": schema.title,
        "description": schema.description,
        "key": layout.key,
        "letter": ROW_LETTERS.get(schema.name, schema.name[0]),
        "fields": fields + [_role_json(role, schemas) for role in layout.roles],
        "listed": "coding" in schema.columns,
        "actors_only": layout.document is None,
    }


def _field_json(field: Field, layout: Layout) -> Json:
    kind = _KINDS[field.type]
    if field.name in layout.actors:
        kind = "actor"
    elif any(field.name == anchor.text for anchor in layout.anchors):
        kind = "anchor"
    elif field.categories:
        kind = "code"
    return {
        "name": field.name,
        "title": field.title,
        "description": field.description,
        "type": field.type,
        "required": field.required,
        "codes": [{"value": each.value, "label": each.label} for each in field.categories] or None,
        "kind": kind,
        "computed": field.name in COMPUTED,
    }


def _role_json(role: str, schemas: Mapping[str, TableSchema]) -> Json:
    codes = schemas[PARTICIPANTS].field("role").categories
    label = next((each.label for each in codes if each.value == role), role.capitalize())
    return {
        "name": role,
        "title": role.capitalize(),
        "description": label,
        "type": "string",
        "required": False,
        "codes": None,
        "kind": "actors",
        "computed": False,
    }


def row_values(layout: Layout, row: Row, participants: Iterable[Row]) -> dict[str, str]:
    """The cells of a row; `participants` are those of its event."""
    cells = {field.name: plain_cell(row.get(field.name)) for field in layout.values}
    cells |= {name: plain_cell(row.get(name)) for name in layout.schema.columns if name in COMPUTED}
    if layout.roles:
        ids: dict[str, list[str]] = {role: [] for role in layout.roles}
        for part in participants:
            ids.setdefault(part["role"], []).append(part["actor_id"])
        cells |= {role: JOINT.join(ids[role]) for role in layout.roles}
    return cells


def decision_values(layout: Layout, decision: Decision) -> dict[str, str]:
    """The cells of what a person said of a row."""
    cells = {field.name: plain_cell(decision.values.get(field.name)) for field in layout.values}
    return cells | {role: JOINT.join(decision.participants.get(role, ())) for role in layout.roles}


def differing(layout: Layout, ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """The cells of `theirs` in which two rows differ, white space and the order of participants apart."""
    return {
        name: cell
        for name, cell in theirs.items()
        if name not in COMPUTED and not _same(ours.get(name, ""), cell, joint=name in layout.roles)
    }


def _same(one: str, other: str, *, joint: bool) -> bool:
    return set(one.split(JOINT)) == set(other.split(JOINT)) if joint else flat(one) == flat(other)


def label_of(table: str, values: Mapping[str, str]) -> str:
    """A row on one line, for a list."""
    words = values.get(_LABELS.get(table, "text")) or values.get("text") or next(iter(values.values()), "")
    more = [values[name] for name in _MORE.get(table, ()) if values.get(name)]
    return f"{words} ({' → '.join(more)})" if more else words


def decision_json(decision: Decision) -> Json:
    """Who decided what, when and why."""
    return {
        "reviewer": decision.reviewer,
        "decision": decision.decision,
        "decided_on": decision.decided_on.isoformat(),
        "note": decision.note,
    }


def anchors_json(layout: Layout, row: Row) -> list[Json]:
    """Where the words of the anchors besides the row's own stand."""
    return [
        {"field": anchor.text, "start": row[anchor.start], "end": row[anchor.end]}
        for anchor in layout.others
        if row.get(anchor.start) is not None
    ]


def row_json(
    layout: Layout,
    row: Row,
    values: dict[str, str],
    *,
    state: str = "pending",
    rule: str | None = None,
    sentence: str | None = None,
    decision: Decision | None = None,
    machine: Mapping[str, str] | None = None,
    gone: bool = False,
) -> Json:
    """A row for the page; `machine` are the cells of the machine's row now, where there is one."""
    own = layout.anchors[0] if layout.anchors else None
    return {
        "table": layout.table,
        "row_id": row[layout.key],
        "start": row[own.start] if own else 0,
        "end": row[own.end] if own else 0,
        "anchors": anchors_json(layout, row),
        "label": label_of(layout.table, values),
        "values": values,
        "state": state,
        "rule": rule,
        "sentence": sentence,
        "changed": list(decision.changed) if decision else [],
        "machine": (differing(layout, values, machine) or None) if machine is not None else None,
        "decision": decision_json(decision) if decision else None,
        "gone": gone,
        "settled": decision.reviewer if decision is not None and decision.settles else None,
        "mine": None,
        "others": [],
    }


def state_of(decision: Decision) -> str:
    """The state of a row on which this decision stands."""
    return _STATES[decision.decision]


def stamped(row: Json) -> Json:
    """The row with its `version`: a short hash of all the rest."""
    row["version"] = hashlib.blake2b(dumps(row).encode(), digest_size=8).hexdigest()
    return row


def other_json(layout: Layout, decision: Decision) -> Json:
    """What one of several reviewers says of a row."""
    return {**decision_json(decision), "row_id": decision.row_id, "values": decision_values(layout, decision)}


def finding_json(finding: Finding) -> Json:
    """A finding, all keys present."""
    keys = ("code", "message", "file", "line", "remedy", "table", "column")
    return {key: getattr(finding, key) for key in keys}


def guarded_cells(layout: Layout, cells: Mapping[str, str]) -> dict[str, str]:
    """Cells as a page gives them, made such that reading them as a review file's gives the same text."""
    texts = {field.name for field in layout.values if field.type == "string"}
    return {name: guarded(cell) if name in texts else cell for name, cell in cells.items()}


def in_order(rows: Iterable[Json], tables: Sequence[str]) -> list[Json]:
    """Rows in the order of the text."""
    return sorted(rows, key=lambda row: (row["start"], -row["end"], tables.index(row["table"]), row["row_id"]))
