"""A module imports only from the groups below its own."""

from __future__ import annotations

import ast
from pathlib import Path

import tablewright

PACKAGE = Path(tablewright.__file__).parent

LAYERS: tuple[tuple[str, ...], ...] = (
    # base: values, hashing, folders, errors
    ("errors", "paths", "records", "parse", "clauses", "files", "ids", "yamlfile"),
    # edges: files in
    (
        "schema", "schemafields", "schemafile", "schemasource", "cells", "contract", "frames", "arrowtable",
        "tablefiles", "rowfindings", "config", "language", "readers", "knowledge", "decisions", "decisioncells",
    ),
    # steps: values in, values out
    ("coders", "tables", "merge", "resolve", "review", "anchors", "evaluation", "checks", "codebook"),
    # output: files out
    ("writer", "package", "loading"),
    # order: which step runs, what is already done
    (
        "state", "steps", "stepkeys", "discover", "inputs", "plan", "cache", "coding", "assembly", "reviewing", "dist",
        "lock", "pipeline", "lookup", "proof", "standing", "starter", "quality",
    ),
    # face: arguments in, words out
    ("report", "console", "cli", "cli_review", "__main__"),
)  # fmt: skip
