"""The rows of the documents that have to be put into the tables, gathered a portion at a time.

Rows become Arrow tables as soon as there are enough of them, and those wait on disk: memory does not grow with the
number of documents.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tablewright import cache
from tablewright.arrowtable import conform, to_arrow
from tablewright.checks import check_anchors
from tablewright.errors import BuildError
from tablewright.files import disk_errors
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema
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
    """What differs from the last build: the documents of this one in order, those that are gone, those whose rows
    changed, and the tables in `anew`, for which nothing of the last build can be used.
    """

    documents: tuple[str, ...]
    gone: frozenset[str]
    changed: frozenset[str]
    anew: frozenset[str]


class Portions:
    """Gathers rows by table; `findings` tells what is wrong with their types and anchors."""

    def __init__(self, project: Project, schemas: Mapping[str, TableSchema]) -> None:
        self._project, self._schemas = project, schemas
        self._texts = _Texts(project)
        self._rows: dict[str, list[Row]] = {name: [] for name in schemas}
        self._parts: dict[str, int] = dict.fromkeys(schemas, 0)
        self._folder = project.work / "portions"
        shutil.rmtree(self._folder, ignore_errors=True)
        self.findings: list[Finding] = []

    def gather(self, change: Change, anew: Collection[str], decisions: Decisions) -> None:
        """Takes the rows of the changed documents, and of all documents for the tables in `anew`."""
        whole = [name for name in self._schemas if name in anew]
        for document_id in change.documents:
            changed = document_id in change.changed
            if not changed and not whole:
                continue
            published = decisions.publish(document_id, machine_rows(self._project, document_id))
            published[CASTS] = [{"document_id": document_id, **row} for row in published[ACTORS]]
            for name in self._schemas if changed else whole:
                columns = self._schemas[name].columns
                self._rows[name] += [{each: row.get(each) for each in columns} for row in published.get(name, ())]
            if sum(map(len, self._rows.values())) >= _PORTION:
                self._flush()
        self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        with disk_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            for name, schema in self._schemas.items():
                table, wrong = to_arrow(schema, self._rows[name])
                self.findings += wrong or check_anchors(schema, table, self._texts)
                self._rows[name].clear()
                path = str(self._part(name, self._parts[name]))
                with pa.OSFile(path, "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
                    writer.write_table(table)
                self._parts[name] += 1

    def _part(self, name: str, number: int) -> Path:
        return self._folder / f"{name}-{number}.arrow"

    def parts(self, name: str) -> Iterator[pa.Table]:
        """The rows gathered for a table, in the order of the documents, in portions; at least one."""
        import pyarrow as pa

        for number in range(self._parts[name]):
            with pa.memory_map(str(self._part(name, number))) as file:
                # Arrow writes no dictionary for a column without rows; the contract gives all its values.
                yield conform(self._schemas[name], pa.ipc.open_file(file).read_all())[0]

    def take(self, name: str) -> pa.Table:
        """All rows gathered for a table, in the order of the documents."""
        import pyarrow as pa

        return pa.concat_tables(self.parts(name))

    def close(self) -> None:
        """Drops what waits on disk."""
        shutil.rmtree(self._folder, ignore_errors=True)


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


def machine_rows(project: Project, document_id: str) -> dict[str, list[Row]]:
    """A document's rows as the machine made them. Raises `BuildError` when the cache does not hold them."""
    try:
        return cache.load_rows(project, document_id).tables
    except (OSError, ValueError) as error:
        raise BuildError(
            f"the cache of {document_id} is gone or damaged", file=".tablewright", remedy="build again with -B"
        ) from error
