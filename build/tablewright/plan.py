"""What a build would do and why: one plan, which `build -n` prints and `build` carries out.

A step of a document is stale when the key of what it rests on is not the key it was last done with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from tablewright import cache
from tablewright.paths import Project
from tablewright.planned import STEP_NAMES, Action, Step, Steps, Task
from tablewright.readers.corpora.articles import Spec, spec_of
from tablewright.state import State, damage
from tablewright.stepkeys import (
    Facts,
    Inputs,
    ToolKeys,
    description_key,
    document_facts,
    document_keys,
    document_reasons,
    known_facts,
    listing,
)
from tablewright.steps import DOCUMENT_STEPS, steps_for_tables


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in the order they will be done, and what the run needs to do them.

    `keys` are those of each document's rows and `facts` what they rest on. `changed` are the documents whose rows have to be put into the tables again, `anew` the tables of which nothing
    built before can be used. `partial` says that steps are left for which nobody asked.
    """

    inputs: Inputs
    steps: Steps
    tasks: tuple[Task, ...]
    keys: dict[str, str]
    facts: dict[str, Facts]
    changed: frozenset[str]
    gone: frozenset[str]
    written: tuple[str, ...]
    anew: frozenset[str]
    partial: bool


@dataclass(slots=True)
class _Draft:
    """A plan in the making. `touched` says for each table which documents may have changed it; `steps` are those that
    are no document's.
    """

    steps: list[Step] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    todos: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)
    touched: dict[str, list[str]] = field(default_factory=dict)
    specs: dict[str, Spec] = field(default_factory=dict)
    partial: bool = False

    def touch(self, tables: tuple[str, ...], document_id: str) -> None:
        for table in tables:
            documents = self.touched.setdefault(table, [])
            if not documents or documents[-1] != document_id:
                documents.append(document_id)

    def spec(self, inputs: Inputs, name: str) -> Spec | None:
        """What the fields of a corpus are; None for a file that is a document itself."""
        entry = inputs.dataset.corpora.get(name)
        if entry is not None and name not in self.specs:
            self.specs[name] = spec_of(entry)
        return self.specs.get(name)

    def ordered_tasks(self) -> tuple[Task, ...]:
        """The tasks by document, those of a corpus in the order of its records: then it is read once from end to end."""
        return tuple(sorted(self.tasks, key=_place)) if self.specs else tuple(self.tasks)


def _place(task: Task) -> tuple[str, int]:
    return (task.source_file, task.record.line) if task.record else ("", 0)


def make_plan(
    project: Project,
    before: State,
    inputs: Inputs,
    *,
    always: bool = False,
    tables: frozenset[str] = frozenset(),
) -> Plan:
    """The plan of a build that brings `tables` up to date, or all without any; with `always`, does all again."""
    tool = ToolKeys(before, inputs)
    whole = _whole_reasons(project, before, inputs, tool, always=always)
    draft = _Draft()
    wanted = steps_for_tables(tables) if tables else frozenset(kind.name for kind in DOCUMENT_STEPS)
    for document_id in inputs.documents:
        _plan_document(project, before, inputs, tool, draft, document_id, wanted, always=always, check=bool(whole))
    gone = frozenset(before.documents) - frozenset(inputs.documents)
    draft.steps.extend(Step("drop", document_id, ("no longer in source/",)) for document_id in sorted(gone))
    _plan_reviews(before, inputs, draft)
    written = _plan_tables(inputs, draft, whole, gone)
    reasons = ["tables written"] if written else []
    reasons += ["dataset.yaml, a schema or the tool changed"] if description_key(inputs) != before.described else []
    reasons += damage(project, before, "dist/datapackage.json") if before.outputs else []
    if reasons:
        draft.steps.append(Step("describe", "datapackage.json", tuple(reasons)))
    changed = {document_id for documents in draft.touched.values() for document_id in documents if document_id}
    return Plan(
        inputs=inputs,
        steps=Steps(draft.tasks, partial(_document_steps, before, draft.facts, tool, always=always), draft.steps),
        tasks=draft.ordered_tasks(),
        keys=draft.keys,
        facts=draft.facts,
        changed=frozenset(changed),
        gone=gone,
        written=written,
        anew=frozenset(whole),
        partial=draft.partial,
    )


def _plan_document(
    project: Project,
    before: State,
    inputs: Inputs,
    tool: ToolKeys,
    draft: _Draft,
    document_id: str,
    wanted: frozenset[str],
    *,
    always: bool,
    check: bool,
) -> None:
    known = before.documents.get(document_id)
    facts_before = known_facts(known)
    facts = document_facts(inputs, document_id, facts_before)
    draft.facts[document_id] = facts
    unchanged = known is not None and not always and not tool.changed and facts_before == facts
    if known and unchanged and not (check and not cache.document_file(project, document_id).exists()):
        draft.keys[document_id] = known["rows"]
        return
    keys = document_keys(facts, tool)
    kept = cache.read_keys(project, document_id)
    todo = _stale(project, document_id, keys, kept, always=always)
    if not todo & {"read", "analyse"} and todo - wanted:
        draft.partial = True
        todo = (todo & wanted) - ({"rows"} if todo & wanted == {"rows"} else set())
        keys = document_keys(facts, tool, kept, todo)
    draft.keys[document_id] = keys["rows"]
    if todo:
        name = inputs.documents[document_id]
        about = inputs.dataset.documents.get(name, {})
        record = inputs.records.get(document_id)
        # Documents share the sets of what is to be done.
        shared = draft.todos.setdefault(frozenset(todo), frozenset(todo))
        key_list = " ".join(keys[kind] for kind in STEP_NAMES)
        draft.tasks.append(Task(document_id, name, about, shared, key_list, record, draft.spec(inputs, name)))
    # What the cache holds already may still be new to dist/: a build may have been killed before it wrote.
    new_to_dist = known is None or (not todo and known["rows"] != keys["rows"])
    for kind in DOCUMENT_STEPS:
        if kind.name in todo or new_to_dist:
            draft.touch(kind.tables, document_id)


def _stale(
    project: Project, document_id: str, keys: Mapping[str, str], kept: Mapping[str, str], *, always: bool
) -> set[str]:
    """The steps of a document whose cached result is not the one wanted."""
    if always:
        return set(keys)
    todo = {name for name, key in keys.items() if kept.get(name) != key}
    if todo and not cache.parse_file(project, document_id).exists():
        todo.add("analyse")
    return set(keys) if "analyse" in todo else todo


def _document_steps(
    before: State, facts: Mapping[str, Facts], tool: ToolKeys, task: Task, *, always: bool
) -> Iterator[Step]:
    known = known_facts(before.documents.get(task.document_id))
    for kind in DOCUMENT_STEPS:
        if kind.name not in task.todo:
            continue
        reasons = ["asked for (-B)"] if always else []
        if known is None:
            reasons.append("new")
        else:
            reasons += document_reasons(kind, known, facts[task.document_id], tool) + tool.reasons[kind.name]
            reasons += [f"after {name}" for name in kind.after if name in task.todo]
        action: Action = "read" if kind.name == "read" else "analyse" if kind.name == "analyse" else "code"
        part = kind.name if action == "code" else None
        yield Step(action, task.document_id, tuple(reasons or ["not in the cache"]), part)


def _plan_reviews(before: State, inputs: Inputs, draft: _Draft) -> None:
    """The documents (and "", for decisions on actors) whose decisions changed, and the tables they touch."""
    digests: dict[str, dict[str, str]] = before.review.get("digests", {})
    for document_id in sorted(inputs.decisions.keys() | digests.keys()):
        old, new = digests.get(document_id, {}), inputs.decisions.get(document_id, {})
        tables = sorted(table for table in old.keys() | new.keys() if old.get(table) != new.get(table))
        if not tables:
            continue
        draft.steps.append(
            Step("review", document_id or "actors", tuple(f"decisions on {table} changed" for table in tables))
        )
        # A decision on an actor can take its mentions and its part in events away, in any document.
        reviewed = list(inputs.documents) if not document_id else [document_id]
        touched = ("actors", "mentions", "events", "participants", "quotations", "aid_figures", *tables)
        for each in reviewed:
            if each in inputs.documents:
                draft.touch(tuple(dict.fromkeys(touched)), each)


def _whole_reasons(
    project: Project, before: State, inputs: Inputs, tool: ToolKeys, *, always: bool
) -> dict[str, list[str]]:
    """Why each table that has to be made anew from all documents has to be."""
    reasons: dict[str, list[str]] = {}
    for table, schema in inputs.tables.items():
        found = ["asked for (-B)"] if always else []
        if table not in before.tables:
            found.append("new")
        else:
            found += tool.shared_reasons
            found += [f"schemas/{table}.yaml changed"] if before.tables[table] != schema else []
            found += damage(project, before, f"dist/{table}.parquet", f"dist/{table}.csv")
        if found:
            reasons[table] = found
    return reasons


def _plan_tables(
    inputs: Inputs, draft: _Draft, whole: Mapping[str, list[str]], gone: frozenset[str]
) -> tuple[str, ...]:
    written: list[str] = []
    for table in inputs.tables:
        reasons = list(whole.get(table, ()))
        documents = draft.touched.get(table, [])
        if documents:
            reasons.append(f"changed: {listing(documents)}")
        if gone:
            reasons.append(f"dropped: {listing(sorted(gone))}")
        if reasons:
            written.append(table)
            draft.steps.append(Step("write", table, tuple(reasons)))
    return tuple(written)
