"""The tables of the whole dataset: rows of the documents that changed, put into what was built before.

One table after the other, so that only one of them is in memory; of those that are done the key columns are kept, for
the tables that follow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tablewright.arrowtable import conform, to_arrow
from tablewright.built import BuiltTable, HeldTable, read_built
from tablewright.checks import check_foreign_keys
from tablewright.files import digest, disk_errors
from tablewright.merge import merge_dependants, merge_documents
from tablewright.paths import Project
from tablewright.portions import ACTORS, CASTS, Change, Decisions, Portions, machine_rows
from tablewright.records import Finding
from tablewright.resolve import REFERENCES, merge_views, resolve_actors
from tablewright.schema import Field, TableSchema
from tablewright.writer import ROW_GROUP, grouped, one_piece

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Assembled:
    """A table in portions, one below the other; `fresh` gives the rows of it that were not in the last build's."""

    schema: TableSchema
    portions: Iterator[pa.Table]
    fresh: Callable[[], Iterator[pa.Table]]


class Assembly:
    """Puts the tables together. `keys` holds the key columns of each table done; `findings` what is wrong with rows.

    `before_key` is the key of the last build's documents, under which its casts were kept.
    """

    def __init__(
        self,
        project: Project,
        schemas: Mapping[str, TableSchema],
        change: Change,
        decisions: Decisions,
        before_key: str,
    ) -> None:
        self._project, self._schemas, self._change, self._decisions = project, schemas, change, decisions
        self._casts_schema = casts_schema(schemas[ACTORS])
        self._casts = _kept_casts(project, self._casts_schema, before_key)
        self._anew = set(change.anew) | ({CASTS} if self._casts is None else set())
        self.keys: dict[str, pa.Table] = {}
        self._fresh_keys: dict[str, pa.Table] = {}
        self.findings: list[Finding] = []

    def tables(self, written: Collection[str], now_key: str) -> Iterator[Assembled]:
        """The tables in `written`, actors last. Stops with `findings` when rows are not what the contract says.

        `now_key` is the key under which this build's casts are kept.
        """
        wanted = self._wanted(written)
        portions = Portions(self._project, wanted)
        try:
            portions.gather(self._change, self._anew, self._decisions)
            self.findings += portions.findings
            if self.findings:
                return
            for name, schema in wanted.items():
                if name == CASTS:
                    self._casts = self._all_casts(portions)
                    continue
                if name not in self._anew:
                    # Copied: columns of their own, and not of the file that they wait in.
                    self._fresh_keys[name] = one_piece(portions.take(name).select(_key_columns(schema)))
                whole = self._keeping_keys(schema, self._portions(schema, portions))
                if name in written:
                    yield Assembled(schema, whole, partial(portions.parts, name))
                # What nobody took is gone through for its keys.
                deque(whole, maxlen=0)
            if ACTORS in written:
                yield self._actors(now_key)
        finally:
            portions.close()

    def _keeping_keys(self, schema: TableSchema, portions: Iterator[pa.Table]) -> Iterator[pa.Table]:
        """The rows again, in larger portions; their key columns are kept for the tables that follow."""
        import pyarrow as pa

        seen: list[pa.Table] = []
        for portion in grouped(portions, ROW_GROUP):
            seen.append(one_piece(portion.select(_key_columns(schema))))
            yield portion
        self.keys[schema.name] = pa.concat_tables(seen)

    def _all_casts(self, portions: Portions) -> pa.Table:
        import pyarrow as pa

        fresh = portions.take(CASTS)
        if CASTS in self._anew or self._casts is None:
            return one_piece(fresh)
        replaced = self._change.changed | self._change.gone
        merged = merge_documents(HeldTable(self._casts), fresh, replaced, self._change.documents)
        return one_piece(pa.concat_tables(merged))

    def _wanted(self, written: Collection[str]) -> dict[str, TableSchema]:
        names = {name for name in written if name != ACTORS}
        if ACTORS in written:
            # Mention counts and references come from these, whether they are written or not.
            names |= {name for name, _ in REFERENCES if name in self._schemas} | {"events"}
        wanted = {name: schema for name, schema in self._schemas.items() if name in names}
        return {**wanted, CASTS: self._casts_schema} if ACTORS in written else wanted

    def _portions(self, schema: TableSchema, portions: Portions) -> Iterator[pa.Table]:
        """The whole table, in portions."""
        if schema.name in self._anew:
            return portions.parts(schema.name)
        if "document_id" in schema.columns:
            replaced = self._change.changed | self._change.gone
            before = BuiltTable(self._project, schema)
            return merge_documents(before, portions.take(schema.name), replaced, self._change.documents)
        return iter([self._dependants(schema, portions.take(schema.name))])

    def _dependants(self, schema: TableSchema, fresh: pa.Table) -> pa.Table:
        """A table without a document of its own, such as participants: it follows the table that its key refers to."""
        import pyarrow as pa
        import pyarrow.compute as pc

        parents = [key for key in schema.foreign_keys if "document_id" in self._schemas[key.resource].columns]
        if not parents:
            return fresh
        key = parents[0]
        order = self._keys_of(key.resource)
        replaced = pa.array(sorted(self._change.changed), pa.string())
        kept = order.filter(pc.invert(pc.is_in(order["document_id"], value_set=replaced)))
        name = key.reference_fields[0]
        return merge_dependants(read_built(self._project, schema), fresh, key.fields[0], kept[name], order[name])

    def _keys_of(self, name: str) -> pa.Table:
        if name not in self.keys:
            schema = self._schemas[name]
            self.keys[name] = read_built(self._project, schema, _key_columns(schema))
        return self.keys[name]

    def _actors(self, now_key: str) -> Assembled:
        import pyarrow.compute as pc

        schema = self._schemas[ACTORS]
        mentioned: Any = pc.value_counts(self.keys["mentions"]["actor_id"])
        counts = dict(zip(mentioned.field("values").to_pylist(), mentioned.field("counts").to_pylist(), strict=True))
        referenced: set[Any] = set()
        for name, column in REFERENCES:
            if name in self.keys:
                referenced.update(pc.unique(self.keys[name][column].drop_null()).to_pylist())
        views = _distinct(self._casts)
        rows = resolve_actors(views, counts, referenced, schema.columns, self._decisions.decided_actors())
        table, wrong = to_arrow(schema, rows)
        self.findings += wrong
        self.keys[ACTORS] = table.select(_key_columns(schema))
        _keep_casts(self._project, self._casts, now_key)
        return Assembled(schema, iter([table]), lambda: iter([table]))

    def check_foreign_keys(self, schema: TableSchema) -> list[Finding]:
        """The rows of a table done whose foreign keys lead nowhere.

        Rows of unchanged documents refer to rows of the same documents, which were proved with them; only actors are
        made anew each time, and so every row's are looked at.
        """
        known = {name: self._keys_of(name) for name in (key.resource for key in schema.foreign_keys)}
        to_actors = tuple(key for key in schema.foreign_keys if key.resource == ACTORS)
        others = tuple(key for key in schema.foreign_keys if key.resource != ACTORS)
        fresh = self._fresh_keys.get(schema.name, self.keys[schema.name])
        findings = check_foreign_keys(replace(schema, foreign_keys=others), {**known, schema.name: fresh})
        whole = {**known, schema.name: self.keys[schema.name]}
        return findings + check_foreign_keys(replace(schema, foreign_keys=to_actors), whole)


def _key_columns(schema: TableSchema) -> list[str]:
    names = {*schema.primary_key, *(name for key in schema.foreign_keys for name in key.fields), "document_id"}
    return [name for name in schema.columns if name in names]


def casts_schema(actors: TableSchema) -> TableSchema:
    """The table of actors as each document has them, from which the actors table is resolved."""
    document = Field(
        "document_id", "string", "Document", "Document whose view of the actor this is.", "a", required=True
    )
    views = tuple(_loosened(each) for each in actors.fields if each.name != "mention_count")
    return TableSchema(CASTS, "Casts", "One row for each actor of each document.", (document, *views), ())


def _loosened(field: Field) -> Field:
    # A project may ask for more of a published actor than a single document tells.
    return Field(field.name, field.type, field.title, field.description, field.example, categories=field.categories)


def documents_key(keys: Mapping[str, str]) -> str:
    """A key for the state of all documents together, from the key of each one's rows."""
    return digest(sorted(keys.items()))


def _distinct(casts: Any) -> Iterator[tuple[dict[str, Any], int]]:
    """What the documents say of actors: each view once, the first document's first, and how many documents share it."""
    columns = [name for name in casts.column_names if name != "document_id"]
    numbered = casts.select(columns).append_column("row", [list(range(len(casts)))])
    grouped = numbered.group_by(columns, use_threads=False).aggregate([("row", "min"), ("row", "count")])
    for row in grouped.sort_by("row_min").to_pylist():
        yield {name: row[name] for name in columns}, row["row_count"]


def known_actors(project: Project, changed: Collection[str]) -> set[str]:
    """The ids of the actors that the machine found: at the last build, and in the documents that changed since."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        kept: list[Any] = pq.read_table(_casts_file(project), columns=["actor_id"])["actor_id"].unique().to_pylist()
    except (OSError, pa.ArrowException):
        kept = []
    found = (row["actor_id"] for document_id in changed for row in machine_rows(project, document_id)[ACTORS])
    return {*kept, *found}


def built_actors(project: Project, keys: Mapping[str, str]) -> set[str]:
    """The ids of the actors that the machine found at the last build, `keys` being those of its documents' rows. Where
    the last build kept them of other documents, each document's rows are asked.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        kept = (pq.read_schema(_casts_file(project)).metadata or {}).get(b"documents")
    except (OSError, pa.ArrowException):
        kept = None
    return known_actors(project, () if kept == documents_key(keys).encode() else keys)


def actor_views(project: Project, actor_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """The machine's rows of these actors, as the documents of the last build have them together."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        casts = pq.read_table(_casts_file(project), filters=[("actor_id", "in", sorted(actor_ids))])
    except (OSError, pa.ArrowException):
        return {}
    views: dict[str, list[tuple[dict[str, Any], int]]] = {}
    for view, documents in _distinct(casts):
        views.setdefault(view["actor_id"], []).append((view, documents))
    return {actor_id: merge_views(found) for actor_id, found in views.items()}


def _casts_file(project: Project) -> Path:
    return project.work / "casts.parquet"


def _kept_casts(project: Project, schema: TableSchema, key: str) -> pa.Table | None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(_casts_file(project))
    except (OSError, pa.ArrowException):
        return None
    if (table.schema.metadata or {}).get(b"documents") != key.encode():
        return None
    table, _ = conform(schema, table)
    return table


def _keep_casts(project: Project, table: Any, key: str) -> None:
    import pyarrow.parquet as pq

    with disk_errors(_casts_file(project)):
        aside = project.work / ".casts.parquet"
        pq.write_table(table.replace_schema_metadata({"documents": key}), aside)
        aside.replace(_casts_file(project))
