"""All that a build rests on, as found now. What has not changed since the last build is not read again."""

from __future__ import annotations

from collections.abc import Mapping

from tablewright.config import Dataset, load_dataset
from tablewright.discover import find_documents
from tablewright.errors import SchemaError
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema
from tablewright.state import Seen, State, installed_versions, scan_inputs, see, see_tool
from tablewright.stepkeys import Inputs
from tablewright.steps import all_libraries

NO_READER = "no-reader"


def gather(project: Project, before: State) -> Inputs:
    """Looks at every input. Raises `TablewrightError` for those that a build cannot start with."""
    from tablewright.readers import SUFFIXES

    files = see(project.root, scan_inputs(project), before.inputs)
    dataset = _dataset(project, before, files)
    documents, unread = find_documents(files, dataset, SUFFIXES, project)
    libraries = installed_versions([*all_libraries(), dataset.language_model])
    return Inputs(
        files=files,
        tool=see_tool(before.tool),
        libraries=libraries,
        dataset=dataset,
        documents=documents,
        decisions=_decisions(project, before, files),
        tables=_tables(project, before, files),
        same_dataset=bool(before.dataset) and _same(files, before, "source/dataset.yaml"),
        notices=tuple(
            Finding(
                NO_READER,
                "no reader for this format; the file was passed over",
                path,
                remedy=f"save it as one of {', '.join(SUFFIXES)}, or move it out of source/",
                severity="warning",
            )
            for path in unread
        ),
    )


def _dataset(project: Project, before: State, files: dict[str, Seen]) -> Dataset:
    if before.dataset and _same(files, before, "source/dataset.yaml"):
        kept = before.dataset
        return Dataset(kept["about"], kept["documents"], kept["lines"])
    return load_dataset(project)


def _same(files: dict[str, Seen], before: State, name: str) -> bool:
    return name in files and name in before.inputs and files[name].sha256 == before.inputs[name].sha256


def _unchanged(files: dict[str, Seen], before: State, folder: str) -> bool:
    now = {name: seen.sha256 for name, seen in files.items() if name.startswith(folder)}
    then = {name: seen.sha256 for name, seen in before.inputs.items() if name.startswith(folder)}
    return now == then


def _tables(project: Project, before: State, files: dict[str, Seen]) -> dict[str, str]:
    """The hash of each table's schema, every table after those that it refers to."""
    if before.tables and _unchanged(files, before, "schemas/"):
        return dict(before.tables)
    from tablewright.schemafile import load_schemas

    schemas = load_schemas(project.schemas)
    _complete(schemas)
    return {name: files[schema.file].sha256 for name, schema in schemas.items()}


def _complete(schemas: Mapping[str, TableSchema]) -> None:
    """Raises `SchemaError` for a table or column of the codebook that a project has taken out; it may add to them."""
    from tablewright.schemafile import builtin_schemas_folder, load_schemas

    for name, builtin in load_schemas(builtin_schemas_folder()).items():
        if name not in schemas:
            missing = f"the table {name} is missing"
        else:
            gone = [column for column in builtin.columns if column not in schemas[name].columns]
            if not gone:
                continue
            missing = f"the column {gone[0]} is missing"
        raise SchemaError(
            missing,
            file=f"schemas/{name}.yaml",
            remedy="put it back (`tablewright init` in an empty folder writes all schemas); tables and columns may be added",
        )


def _decisions(project: Project, before: State, files: dict[str, Seen]) -> dict[str, dict[str, str]]:
    if "digests" in before.review and _unchanged(files, before, "source/review/"):
        kept: dict[str, dict[str, str]] = before.review["digests"]
        return kept
    if not any(name.startswith("source/review/") for name in files):
        return {}
    from tablewright.decisions import digests, load_decisions
    from tablewright.schemafile import load_schemas

    return digests(load_decisions(project, load_schemas(project.schemas)))
