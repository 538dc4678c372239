"""The process of its own in which `apart` reads a PDF: bytes in, lines as JSON out."""

from __future__ import annotations

import json
import sys

from tablewright.errors import SourceError
from tablewright.readers.pdf.apart import BYTES
from tablewright.readers.pdf.lines import Line
from tablewright.readers.pdf.opening import read_here


def main() -> None:
    """Reads a PDF from standard input and writes its lines, or what is wrong, as JSON."""
    _bound_memory()
    try:
        pages, info = read_here(sys.stdin.buffer.read(), sys.argv[1])
    except SourceError as error:
        json.dump({"error": [error.message, error.remedy]}, sys.stdout)
        return
    rows = [
        (page.number, page.width, page.height, [_row(line) for line in page.lines], page.has_images) for page in pages
    ]
    json.dump({"pages": rows, "info": [info.title, info.author]}, sys.stdout)


def _row(line: Line) -> tuple[object, ...]:
    return line.text, line.left, line.right, line.y, line.size, line.bold, line.italic, line.page


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
