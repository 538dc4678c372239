"""The tables of the whole dataset: rows of the documents that changed, put into what was built before.

Rows become Arrow tables a portion at a time, so that memory does not grow with the number of documents but for the
tables themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from tablewright import cache
from tablewright.arrowtable import conform, to_arrow
from tablewright.checks import check_anchors
from tablewright.errors import BuildError
from tablewright.files import digest, disk_errors
from tablewright.merge import merge_dependants, merge_documents
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.resolve import REFERENCES, resolve_actors
from tablewright.schema import Field, TableSchema
from tablewright.tables import Row

if TYPE_CHECKING:
    import pyarrow as pa

# Rows held as Python values at a time, of all tables together.
_PORTION = 20_000
ACTORS = "actors"
CASTS = "casts"


class Decisions(Protocol):
    """People's decisions, as far as putting tables together needs them (`reviewing.Reviewing`)."""

    def publish(self, document_id: str, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
        """Lays the decisions over the machine's rows of a document and gives the rows to publish."""

    def decided_actors(self) -> Mapping[str, Row]:
        """The rows of the actors table that people settled, by id."""


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the last build: the documents to put in anew, those that are gone, and for the tables in
    `anew` that nothing of the last build can be used.
    """

    documents: tuple[str, ...]
    gone: frozenset[str]
    changed: frozenset[str]
    anew: frozenset[str]


def casts_schema(actors: TableSchema) -> TableSchema:
    """The table of actors as each document has them, from which the actors table is resolved."""
    document = Field(
        "document_id", "string", "Document", "Document whose view of the actor this is.", "a", required=True
    )
    views = tuple(each for each in actors.fields if each.name != "mention_count")
    plain = tuple(_loosened(each) for each in views)
    return TableSchema(CASTS, "Casts", "One row for each actor of each document.", (document, *plain), ())


def _loosened(field: Field) -> Field:
    # A project may ask for more of a published actor than a single document tells.
    return Field(field.name, field.type, field.title, field.description, field.example, categories=field.categories)


def assemble(
    project: Project,
    schemas: Mapping[str, TableSchema],
    written: Collection[str],
    change: Change,
    decisions: Decisions,
    before_key: str,
    now_key: str,
) -> tuple[dict[str, pa.Table], list[Finding]]:
    """The tables in `written`, whole, and what is wrong with their rows (by type; `checks` looks at the rest).

    `before_key` is the key of the last build's documents, under which its casts were kept; `now_key` this one's.
    """
    actors = schemas[ACTORS]
    casts = casts_schema(actors)
    kept = _kept_casts(project, casts, before_key)
    anew = set(change.anew) | ({CASTS} if kept is None else set())
    wanted = {name: schemas[name] for name in schemas if name in written and name != ACTORS}
    if ACTORS in written:
        wanted[CASTS] = casts
        # Mention counts and references come from these, wherever they were not written themselves.
        wanted.update({name: schemas[name] for name, _ in REFERENCES if name in schemas})
        wanted["events"] = schemas["events"]
    fresh, findings = _fresh(project, wanted, change, anew, decisions)
    tables: dict[str, pa.Table] = {}
    replaced = change.changed | change.gone
    order = list(change.documents)
    for name, schema in wanted.items():
        before = None
        if name not in anew:
            before = kept if name == CASTS else read_built(project, schema)
        if "document_id" in schema.columns:
            tables[name] = merge_documents(before, fresh[name], replaced, order)
        else:
            tables[name] = _dependants(schema, before, fresh[name], tables, fresh, schemas, project)
    if ACTORS in written:
        tables[ACTORS], wrong = _actors_table(actors, tables, decisions.decided_actors())
        findings += wrong
        _keep_casts(project, tables.pop(CASTS), now_key)
    return {name: tables[name] for name in schemas if name in written}, findings


def documents_key(keys: Mapping[str, Mapping[str, str]]) -> str:
    """A key for the state of all documents together."""
    return digest({name: keys[name]["rows"] for name in sorted(keys)})


def _fresh(
    project: Project,
    wanted: Mapping[str, TableSchema],
    change: Change,
    anew: Collection[str],
    decisions: Decisions,
) -> tuple[dict[str, pa.Table], list[Finding]]:
    """The rows of the documents that have to be put in, by table: of all of them for a table made anew."""
    import pyarrow as pa

    parts: dict[str, list[pa.Table]] = {name: [] for name in wanted}
    rows: dict[str, list[Row]] = {name: [] for name in wanted}
    findings: list[Finding] = []

    texts = _Texts(project)

    def flush() -> None:
        for name, schema in wanted.items():
            part, wrong = to_arrow(schema, rows[name])
            parts[name].append(part)
            findings.extend(wrong or check_anchors(schema, part, texts))
            rows[name].clear()

    wanted_anew = [name for name in wanted if name in anew]
    for document_id in change.documents:
        changed = document_id in change.changed
        if not changed and not wanted_anew:
            continue
        published = decisions.publish(document_id, _machine_rows(project, document_id))
        published[CASTS] = [{"document_id": document_id, **row} for row in published[ACTORS]]
        for name in wanted if changed else wanted_anew:
            columns = wanted[name].columns
            rows[name].extend({column: row.get(column) for column in columns} for row in published.get(name, ()))
        if sum(map(len, rows.values())) >= _PORTION:
            flush()
    flush()
    return {name: pa.concat_tables(parts[name]) for name in wanted}, findings


class _Texts(Mapping[str, str]):
    """The canonical texts of the documents, read from the cache as they are asked for; the last one is kept."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._last: tuple[str, str] = ("", "")

    def __getitem__(self, document_id: str) -> str:
        if self._last[0] != document_id:
            self._last = (document_id, cache.load_document(self._project, document_id).text)
        return self._last[1]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the texts are looked up, not listed")

    def __len__(self) -> int:
        raise TypeError("the texts are looked up, not counted")

    def __contains__(self, document_id: object) -> bool:
        return document_id == self._last[0] or (
            isinstance(document_id, str) and cache.document_file(self._project, document_id).exists()
        )


def _machine_rows(project: Project, document_id: str) -> dict[str, list[Row]]:
    try:
        return cache.load_rows(project, document_id).tables
    except (OSError, ValueError) as error:
        raise BuildError(
            f"the cache of {document_id} is gone or damaged",
            file=".tablewright",
            remedy="build again with -B",
        ) from error


def read_built(project: Project, schema: TableSchema) -> pa.Table:
    """A table of the last build, in the contract's types."""
    import pyarrow.parquet as pq

    table, _ = conform(schema, pq.read_table(project.dist / f"{schema.name}.parquet", memory_map=False))
    return table


def _dependants(
    schema: TableSchema,
    before: pa.Table | None,
    fresh: pa.Table,
    tables: Mapping[str, pa.Table],
    fresh_tables: Mapping[str, pa.Table],
    schemas: Mapping[str, TableSchema],
    project: Project,
) -> pa.Table:
    """A table without a document of its own, such as participants: it follows the table that its key refers to."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parents = [key for key in schema.foreign_keys if "document_id" in schemas[key.resource].columns]
    if not parents:
        return fresh if before is None else pa.concat_tables([before.slice(0, 0), fresh])
    key = parents[0]
    parent_key = key.reference_fields[0]
    parent = tables.get(key.resource)
    if parent is None:
        parent = read_built(project, schemas[key.resource])
    made_again = fresh_tables[key.resource][parent_key] if key.resource in fresh_tables else pa.chunked_array([[]])
    order = parent[parent_key]
    kept = order.filter(pc.invert(pc.is_in(order, value_set=made_again.combine_chunks().cast(pa.string()))))
    return merge_dependants(before, fresh, key.fields[0], kept, order)


def _actors_table(
    schema: TableSchema, tables: Mapping[str, pa.Table], decided: Mapping[str, Row]
) -> tuple[pa.Table, list[Finding]]:
    import pyarrow.compute as pc

    mentioned: Any = pc.value_counts(tables["mentions"]["actor_id"])
    counts = dict(zip(mentioned.field("values").to_pylist(), mentioned.field("counts").to_pylist(), strict=True))
    referenced: set[Any] = set()
    for name, column in REFERENCES:
        if name in tables:
            referenced.update(pc.unique(tables[name][column].drop_null()).to_pylist())
    rows = resolve_actors(_views(tables[CASTS]), counts, referenced, schema.columns, decided)
    return to_arrow(schema, rows)


def _views(casts: pa.Table) -> Iterable[Row]:
    for batch in casts.drop_columns(["document_id"]).to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def known_actors(project: Project, changed: Collection[str]) -> set[str]:
    """The ids of the actors that the machine found: at the last build, and in the documents that changed since."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        kept: list[Any] = pq.read_table(_casts_file(project), columns=["actor_id"])["actor_id"].unique().to_pylist()
    except (OSError, pa.ArrowException):
        kept = []
    found = (row["actor_id"] for document_id in changed for row in _machine_rows(project, document_id)["actors"])
    return {*kept, *found}


def _casts_file(project: Project) -> Any:
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


def _keep_casts(project: Project, table: pa.Table, key: str) -> None:
    import pyarrow.parquet as pq

    with disk_errors(_casts_file(project)):
        aside = project.work / ".casts.parquet"
        pq.write_table(table.replace_schema_metadata({"documents": key}), aside)
        aside.replace(_casts_file(project))
