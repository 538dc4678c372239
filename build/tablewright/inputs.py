"""All that a build rests on, as found now. What has not changed since the last build is not read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tablewright.config import Dataset, load_dataset
from tablewright.discover import find_documents
from tablewright.errors import ProjectError, SchemaError
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema
from tablewright.state import Seen, State, installed_versions, scan_inputs, see, see_tool
from tablewright.stepkeys import Inputs, corpus_keys
from tablewright.steps import all_libraries

if TYPE_CHECKING:
    from tablewright.readers.corpora.stock import Record

NO_READER = "no-reader"
AT_INPUTS = frozenset({NO_READER, "record", "records-without-text"})
"""The codes of findings about inputs, which are found anew each time that inputs are looked at."""


@dataclass(slots=True)
class InSource:
    """What `source/` holds: the files of the project and their hashes, dataset.yaml, the documents by id with their
    files, the places of those that are records of a corpus; what is wrong with records, and what should be known.
    """

    files: dict[str, Seen]
    tool: dict[str, Seen]
    dataset: Dataset
    documents: dict[str, str]
    corpora: list[str]
    records: dict[str, Record] = field(default_factory=dict)
    wrong: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)


def look(project: Project, before: State) -> InSource:
    """Looks into `source/`. Raises `TablewrightError` for what a build cannot start with."""
    from tablewright.readers import SUFFIXES

    files = see(project.root, scan_inputs(project), before.inputs)
    dataset = _dataset(project, before, files)
    found = find_documents(files, dataset, SUFFIXES, project)
    seen = InSource(files, see_tool(before.tool), dataset, found.documents, found.corpora)
    seen.notices += _unread(found.passed_over, SUFFIXES)
    if found.corpora:
        _add_records(project, seen)
    return seen


def gather(project: Project, before: State) -> Inputs:
    """Looks at every input. Raises `TablewrightError` for those that a build cannot start with."""
    seen = look(project, before)
    files, dataset = seen.files, seen.dataset
    return Inputs(
        files=files,
        tool=seen.tool,
        libraries=installed_versions([*all_libraries(), dataset.language_model]),
        dataset=dataset,
        documents=seen.documents,
        records=seen.records,
        corpora={name: corpus_keys(dataset, name) for name in seen.corpora},
        decisions=_decisions(project, before, files),
        tables=_tables(project, before, files),
        same_dataset=bool(before.dataset) and _same(files, before, "source/dataset.yaml"),
        wrong=tuple(seen.wrong),
        notices=tuple(seen.notices),
    )


def _unread(passed_over: list[str], suffixes: Iterable[str]) -> list[Finding]:
    from tablewright.readers import save_as

    message = "no reader for this format; the file was passed over"
    remedies = {path: f"{save_as(path, suffixes)}, or move it out of source/" for path in passed_over}
    return [Finding(NO_READER, message, path, remedy=remedies[path], severity="warning") for path in passed_over]


def _add_records(project: Project, seen: InSource) -> None:
    """Adds the records of the corpora to the documents."""
    from tablewright.corpora import stocks

    for name, stock in stocks(project, seen.dataset, seen.corpora, seen.files, seen.tool):
        for document_id in stock.records.keys() & seen.documents.keys():
            other, there = seen.documents[document_id], seen.records.get(document_id)
            raise _clash(document_id, other, there, name, stock.records[document_id])
        seen.documents.update(dict.fromkeys(stock.records, name))
        seen.records.update(stock.records)
        seen.wrong += stock.wrong
        seen.notices += stock.notices
    seen.documents = dict(sorted(seen.documents.items()))


def _clash(document_id: str, other: str, there: Record | None, name: str, here: Record) -> ProjectError:
    where = f"line {there.line} of {other}" if there else other
    return ProjectError(
        f"the id {document_id} is that of another document, too: {where}",
        file=f"source/{name}",
        line=here.line,
        remedy="give one of them another id, or take document_id out of the fields of the corpus: ids then come from "
        "its name and the texts",
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
