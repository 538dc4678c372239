"""An entry put into `source/dataset.yaml` without touching anything else that stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tablewright.errors import ProjectError
from tablewright.readers.corpora.proposal import entry_lines
from tablewright.yamlfile import YamlFile, load

_SHOWN = "source/dataset.yaml"
_ITEM = re.compile(r"( *)-(?: |$)")
_BOM = "\ufeff"


def with_entry(text: str, entry: Mapping[str, Any]) -> str | None:
    """The text of dataset.yaml with `entry` below the last one under `documents:`; None where that cannot be done by
    putting lines in, as parsing both texts proves.
    """
    before = _parse(text)
    if not isinstance(before.value, dict):
        return None
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += newline
    place = _place(before, before.value, lines)
    if place is None:
        return None
    at, head, indent = place
    new = [f"{line}{newline}" for line in (*head, *(" " * indent + line for line in entry_lines(entry)))]
    extended = "".join([*lines[:at], *new, *lines[at:]])
    return extended if _adds_only(before.value, extended, entry) else None


def _parse(text: str) -> YamlFile:
    return load(text.removeprefix(_BOM), _SHOWN, ProjectError)


def _place(parsed: YamlFile, value: Mapping[str, Any], lines: Sequence[str]) -> tuple[int, list[str], int] | None:
    """Before which line (from 0) the entry goes, what has to stand above it, and how far it is indented."""
    if "documents" not in value:
        return len(lines), ["documents:"], 2
    start = parsed.line("documents")
    entries = value["documents"]
    if entries is None:
        return start, [], 2
    if not isinstance(entries, list) or not entries:
        return None
    after = [line for path, line in parsed.lines.items() if len(path) == 1 and line > start]
    end = min(after) - 1 if after else len(lines)
    # Blank lines and comments above the next key belong to it.
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    item = _ITEM.match(lines[parsed.line("documents", len(entries) - 1) - 1])
    return (end, [], len(item[1])) if item else None


def _adds_only(before: Mapping[str, Any], extended: str, entry: Mapping[str, Any]) -> bool:
    """Whether the new text says what the old one said, and the entry, and nothing else."""
    try:
        after = _parse(extended).value
    except ProjectError:
        return False
    if not isinstance(after, dict) or not isinstance(after.get("documents"), list):
        return False
    *others, last = after["documents"]
    same = {**before, "documents": before.get("documents") or []} == {**after, "documents": others}
    return same and _texts(last) == _texts(entry)


def _texts(value: Any) -> Any:
    """A value with all that is no list or mapping as text: a date of YAML's is what was written."""
    if isinstance(value, Mapping):
        return {key: _texts(each) for key, each in value.items()}
    return str(value)
