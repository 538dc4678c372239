"""The documents of a dataset for the review page, with what awaits review in each.

Made from `dist/` as the last build left it, so that a project of thousands of documents opens without reading them;
decisions taken since are counted on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from tablewright.decision import Decision
from tablewright.decisioncells import layouts
from tablewright.desk import not_the_last_build
from tablewright.paths import Project
from tablewright.schema import TableSchema
from tablewright.serving.opened import Viewer, choose
from tablewright.serving.values import Json


class Overview:
    """The documents of the last build, and their rows in the `listed` tables."""

    def __init__(self, project: Project, schemas: Mapping[str, TableSchema], listed: Sequence[str]) -> None:
        self._project, self._listed = project, listed
        self._keys = {name: layouts(schemas)[name].key for name in listed}

    @cached_property
    def documents(self) -> list[Json]:
        """Id, title, date and words of each document, in the order of the dataset."""
        import pyarrow.parquet as pq

        columns = ["document_id", "title", "published_on", "words"]
        try:
            rows = pq.read_table(self._project.dist / "documents.parquet", columns=columns).to_pylist()
        except OSError as error:
            raise not_the_last_build() from error
        return [
            {**row, "published_on": row["published_on"].isoformat() if row["published_on"] else None} for row in rows
        ]

    @cached_property
    def _rows(self) -> dict[str, set[str]]:
        """The ids of the machine's rows in dist/, by document."""
        import pyarrow.parquet as pq

        found: dict[str, set[str]] = {}
        for name in self._listed:
            try:
                table = pq.read_table(
                    self._project.dist / f"{name}.parquet", columns=[self._keys[name], "document_id", "coding"]
                )
            except OSError as error:
                raise not_the_last_build() from error
            columns = (table.column(column).to_pylist() for column in (self._keys[name], "document_id", "coding"))
            for row_id, document_id, coding in zip(*columns, strict=True):
                if coding != "added":
                    found.setdefault(document_id, set()).add(row_id)
        return found

    def counts(self, document_id: str, decisions: Iterable[Sequence[Decision]], viewer: Viewer) -> dict[str, int]:
        """What awaits review in a document that has not been opened, by the ids of rows alone: `decisions` are those on
        the document, by table. The machine's rows that a build did not publish, and decisions that no longer fit, are
        not known before the document is opened.
        """
        machine = self._rows.get(document_id, frozenset[str]())
        decided: set[str] = set()
        conflicts: set[str] = set()
        for said in decisions:
            chosen = choose(said, viewer, machine)
            conflicts |= chosen.conflicts.keys()
            decided |= {each.row_id for each in chosen.decisions}
        return {
            "pending": len(machine - decided - conflicts),
            "decided": len(decided - conflicts),
            "conflicts": len(conflicts),
        }
