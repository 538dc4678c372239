"""People's decisions in a build: laid over each document's rows, and summed up for `status`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema
from tablewright.state import State
from tablewright.stepkeys import Inputs
from tablewright.tables import Row

if TYPE_CHECKING:
    import pyarrow as pa


class Reviewing:
    def __init__(self, project: Project, schemas: Mapping[str, TableSchema], inputs: Inputs, before: State) -> None:
        self._inputs = inputs

    def publish(self, document_id: str, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
        return rows

    def decided_actors(self) -> Mapping[str, Row]:
        return {}

    def findings(self) -> list[Finding]:
        return []

    def summary(self, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
        return {"digests": {}}
