"""What the last build's state has of each document, in a file of its own that is read only when it is asked for.

The file's name tells what it holds, so that a kill between it and the state that names it leaves the old pair whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tablewright.errors import BuildError

Known = dict[str, Any]


class KeptDocuments(Mapping[str, Known]):
    """The documents of the last build by id, as `keep_documents` kept them under `name`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name
        self._documents: dict[str, Known] | None = None

    def there(self) -> bool:
        """Whether the file is there."""
        return self._path.is_file()

    def _read(self) -> dict[str, Known]:
        if self._documents is None:
            try:
                with self._path.open(encoding="utf-8") as file:
                    self._documents = dict(_shared(file))
            except FileNotFoundError as error:
                raise BuildError("another build has just ended", remedy="do it again") from error
        return self._documents

    def __getitem__(self, document_id: str) -> Known:
        return self._read()[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def _shared(lines: Iterable[str]) -> Iterator[tuple[str, Known]]:
    """The documents with the facts that many have in common kept once."""
    words: dict[str, str] = {}
    for document_id, known in map(json.loads, lines):
        known["facts"] = tuple(words.setdefault(fact, fact) for fact in known["facts"])
        yield document_id, known


def keep_documents(folder: Path, documents: Mapping[str, Known]) -> str:
    """Keeps the documents and gives the name of their file."""
    from tablewright.files import dumps, sha256, write_cache

    lines = "".join(f"{dumps(each)}\n" for each in documents.items()).encode()
    name = f"documents-{sha256(lines)[:16]}.jsonl"
    if not (folder / name).exists():
        write_cache(folder / name, lines)
    return name


def drop_others(folder: Path, name: str) -> None:
    """Drops the files of earlier builds."""
    for path in folder.glob("documents-*.jsonl"):
        if path.name != name:
            path.unlink(missing_ok=True)
