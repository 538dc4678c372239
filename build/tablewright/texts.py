"""The texts of many documents, on disk as soon as they are many, and one of them in memory at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping

_IN_MEMORY = 16_000_000


class KeptTexts(Mapping[str, str]):
    """Texts by the ids of their documents, put in one by one. Asked again for the same document it gives the same text
    at once: tables have the rows of a document together.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed by `close`
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._last: tuple[str, str] | None = None

    def add(self, document_id: str, text: str) -> None:
        """Puts a text in."""
        data = text.encode()
        self._file.seek(self._end)
        self._file.write(data)
        self._places[document_id] = self._end, len(data)
        self._end += len(data)
        self._last = None

    def __getitem__(self, document_id: str) -> str:
        if self._last is None or self._last[0] != document_id:
            offset, length = self._places[document_id]
            self._file.seek(offset)
            self._last = document_id, self._file.read(length).decode()
        return self._last[1]

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        """Drops the texts."""
        self._file.close()
