"""What the page is told where it cannot have what it asks for."""

from __future__ import annotations

from typing import Any

from tablewright.errors import TablewrightError
from tablewright.serving.values import Json


class StaleError(TablewrightError):
    """A row is not what the page showed when its reader decided. `row` is the row now."""

    def __init__(self, row: Json) -> None:
        super().__init__("the row has changed since it was shown", remedy="look at it again, and decide anew")
        self.row = row


class MissingError(TablewrightError):
    """There is no such document, row or decision."""


def problem_json(error: TablewrightError | None) -> Json | None:
    """What is wrong, where, and what to do."""
    if error is None:
        return None
    told: dict[str, Any] = {"error": error.message, "remedy": error.remedy, "file": error.file, "line": error.line}
    return told
