"""Reading a PDF in a process of its own, with an end to its time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tablewright.errors import SourceError
from tablewright.readers.pdf.lines import Info, Line, Page

SECONDS = 60
BYTES = 2_000_000_000
"""Of memory. Not every system can bound it; time is bounded everywhere."""


def read_apart(data: bytes, file: str) -> tuple[list[Page], Info]:
    """As `opening.read_pages`. Raises `SourceError` also when time or memory run out."""
    command = [sys.executable, "-m", "tablewright.readers.pdf.child", file]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _too_much(file) from None
    if done.returncode:
        raise _too_much(file)
    said = json.loads(done.stdout)
    if "error" in said:
        message, remedy = said["error"]
        raise SourceError(message, file=file, remedy=remedy)
    return [_page(*page) for page in said["pages"]], Info(*said["info"])


def _page(number: int, width: float, height: float, lines: list[list[Any]], has_images: bool) -> Page:
    return Page(number, width, height, [Line(*line) for line in lines], has_images)


def _too_much(file: str) -> SourceError:
    return SourceError(
        "the PDF takes more time or memory to read than an honest one does",
        file=file,
        remedy="print it to a new PDF, or save its text as plain text",
    )
