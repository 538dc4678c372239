"""Reading a PDF in a process of its own, with an end to its time and memory: `python -m …apart NAME < file`."""

from __future__ import annotations

import json
import subprocess
import sys

from tablewright.errors import SourceError
from tablewright.readers.pdf.lines import Info, Line, Page

SECONDS = 60
BYTES = 2_000_000_000
"""Of memory. Not every system can bound it; time is bounded everywhere."""


def read_apart(data: bytes, file: str) -> tuple[list[Page], Info]:
    """As `opening.read_pages`. Raises `SourceError` also when time or memory run out."""
    command = [sys.executable, "-m", "tablewright.readers.pdf.apart", file]
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
    pages = [Page(*page[:3], [Line(*line) for line in page[3]], page[4]) for page in said["pages"]]
    return pages, Info(*said["info"])


def _too_much(file: str) -> SourceError:
    return SourceError(
        "the PDF takes more time or memory to read than an honest one does",
        file=file,
        remedy="print it to a new PDF, or save its text as plain text",
    )


def main() -> None:
    """Reads a PDF from standard input and writes its lines, or what is wrong, as JSON."""
    from tablewright.readers.pdf.opening import read_here

    _bound_memory()
    try:
        pages, info = read_here(sys.stdin.buffer.read(), sys.argv[1])
    except SourceError as error:
        json.dump({"error": [error.message, error.remedy]}, sys.stdout)
        return
    rows = [
        (
            page.number, page.width, page.height,
            [(l.text, l.left, l.right, l.y, l.size, l.bold, l.italic, l.page) for l in page.lines], page.has_images,
        )
        for page in pages
    ]  # fmt: skip
    json.dump({"pages": rows, "info": [info.title, info.author]}, sys.stdout)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
