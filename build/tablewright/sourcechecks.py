"""Proves the anchors of a release against a reader's own copies of the documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from tablewright.copies import Copies
from tablewright.errors import TablewrightError
from tablewright.records import Finding
from tablewright.rights import HASH
from tablewright.rowfindings import row_findings, show
from tablewright.schema import Anchor, TableSchema
from tablewright.texts import KeptTexts

Dataset = Mapping[str, tuple[TableSchema, pa.Table]]
_DOCUMENTS = "documents"


def check_sources(tables: Dataset, package: Mapping[str, Any], folder: Path) -> tuple[dict[str, str], list[Finding]]:
    """What the copy in `folder` of each document is ("same", "different", "missing"), and what is wrong: copies that
    are not the text that was coded, and rows whose words do not stand where they say. `package` is the dataset's
    datapackage.json.
    """
    rows = tables[_DOCUMENTS][1].to_pylist() if _DOCUMENTS in tables else []
    states = dict.fromkeys((str(row["document_id"]) for row in rows), "missing")
    findings: list[Finding] = []
    with closing(Copies(folder, package)) as copies, closing(KeptTexts()) as texts:
        for row in copies.in_reading_order(rows):
            name = str(row["document_id"])
            try:
                document = copies.read(row)
            except TablewrightError as error:
                findings.append(Finding("source", error.message, error.file, error.line, remedy=error.remedy))
                continue
            if document.text_sha256 != row["text_sha256"]:
                states[name] = "different"
                message = f"the copy of {name} is not the text that was coded"
                remedy = "`tablewright hydrate` finds the words again in a text that has changed"
                findings.append(Finding("source-differs", message, str(row["source_file"]), remedy=remedy))
                continue
            states[name] = "same"
            texts.add(name, document.text)
        for schema, table in tables.values():
            for anchor in schema.anchors:
                findings += _check_anchor(schema, table, anchor, texts)
    return states, findings


def _check_anchor(schema: TableSchema, table: pa.Table, anchor: Anchor, texts: Mapping[str, str]) -> list[Finding]:
    names = [anchor.document, anchor.start, anchor.end, anchor.text]
    cut = anchor.text + HASH in schema.columns
    columns = [table.column(name).to_pylist() for name in names]
    columns.append(table.column(anchor.text + HASH).to_pylist() if cut else [None] * table.num_rows)
    wrong = [
        row
        for row, (document, start, end, text, sha256) in enumerate(zip(*columns, strict=True))
        if document in texts and start is not None and not _holds(texts[document], start, end, text, sha256, cut=cut)
    ]
    return row_findings(
        schema,
        anchor.text,
        code="anchor",
        rows=wrong,
        say=partial(_say, columns, texts),
        value=lambda name, row: table.column(name)[row].as_py(),
    )


def _holds(whole: str, start: int, end: int | None, text: str | None, sha256: str | None, *, cut: bool) -> bool:
    """Whether the words at a place are those of the row: all of them, or the first ones and the hash of all."""
    if end is None or not 0 <= start < end <= len(whole):
        return False
    there = whole[start:end]
    if not cut:
        return there == text
    return hashlib.sha256(there.encode()).hexdigest() == sha256 and there.startswith(text or "")


def _say(columns: list[list[object]], texts: Mapping[str, str], row: int) -> str:
    document, start, end, text = (column[row] for column in columns[:4])
    there = texts[str(document)][slice(start, end)] if isinstance(start, int) and isinstance(end, int) else ""
    return f"{show(text)} is said to stand at {start}-{end} of {document}, where the text has {show(there)}"
