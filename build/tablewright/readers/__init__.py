"""Readers: a source file in, a `Document` with its canonical text, the roles of its parts and its metadata out.

A format is one module with one function, bytes in and pieces out (`pieces.Reader`). To add one, write it and name its
suffixes in `_FORMATS`; all that formats share (mending, roles, metadata, layout) follows by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from tablewright.errors import SourceError
from tablewright.files import sha256
from tablewright.ids import slug
from tablewright.readers.canonical import Vocabulary, flow, lay_out
from tablewright.readers.decode import read_bytes
from tablewright.readers.limits import check_pieces
from tablewright.readers.marks import note_number, note_numbers, strip_marks
from tablewright.readers.mend import join_broken
from tablewright.readers.packed import inner_name, unpack
from tablewright.readers.pieces import Piece, Reader, Reading, Stated
from tablewright.readers.prose import one_line
from tablewright.readers.roles import assign_roles
from tablewright.readers.speakers import label_speakers
from tablewright.records import BODY_KINDS, Document

# Module and function, imported when a file of the format is read: a Markdown parser takes longer to import than to run.
_MARKDOWN = ("tablewright.readers.markdown", "read_markdown")
_PLAIN = ("tablewright.readers.plain", "read_plain")
_WORD = ("tablewright.readers.office.docx", "read_docx")
_OPEN_DOCUMENT = ("tablewright.readers.office.odt", "read_odt")
_HTML = ("tablewright.readers.web.page", "read_html")
_MHTML = ("tablewright.readers.web.mhtml", "read_mhtml")
_PDF = ("tablewright.readers.pdf", "read_pdf")
_FORMATS = {
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".txt": _PLAIN,
    ".text": _PLAIN,
    ".docx": _WORD,
    ".odt": _OPEN_DOCUMENT,
    ".pdf": _PDF,
    **dict.fromkeys((".html", ".htm", ".xhtml"), _HTML),
    **dict.fromkeys((".mhtml", ".mht"), _MHTML),
}

_OF_WORD_PROCESSORS = (".doc", ".docm", ".dot", ".dotx", ".rtf", ".pages", ".wpd", ".wps", ".sxw", ".fodt")

SUFFIXES: tuple[str, ...] = tuple(_FORMATS)
"""What can be read, by the end of a file's name."""


def read_document(path: Path, source_file: str, metadata: Mapping[str, object]) -> Document:
    """Reads the document at `path`, which the dataset publishes under the name `source_file`.

    `metadata` is the document's entry in dataset.yaml, by the names of the `documents` table's columns; it wins over
    what the document states. Raises `SourceError` for a file that cannot be read or holds no text.
    """
    file = f"source/{source_file}"
    data = read_bytes(path, file)
    return make_document(reader_for(source_file)(unpack(data, file), file), data, source_file, metadata)


def make_document(reading: Reading, data: bytes, source_file: str, metadata: Mapping[str, object]) -> Document:
    """The document that a format's reader found in the file's bytes, `data`; the rest as for `read_document`.

    Raises `SourceError` when it holds no text, or more than a document may.
    """
    file = f"source/{source_file}"
    stated = reading.stated
    check_pieces(reading.pieces, file)
    pieces = label_speakers(join_broken(reading.pieces, reading.page_ends))
    pieces = _with_body(_finish(assign_roles(pieces, stated), reading.words))
    stated.fill(reading.properties)
    canonical, blocks = lay_out(pieces)
    if not any(block.kind in BODY_KINDS for block in blocks):
        raise SourceError("the document holds no body text", file=file, remedy="check that the whole text was saved")
    known = _known(stated, metadata)
    return Document(
        document_id=_document_id(source_file, metadata, file),
        source_file=source_file,
        source_sha256=sha256(data),
        text=canonical,
        text_sha256=sha256(canonical.encode()),
        blocks=blocks,
        **{**known, "title": known["title"] or _words(source_file), "language": known["language"] or "en"},
    )


def save_as(name: str, suffixes: Iterable[str]) -> str:
    """What to do about a file that no reader knows, where `suffixes` are known."""
    if name.lower().endswith(_OF_WORD_PROCESSORS):
        return "open it in a word processor and save it as .docx"
    return f"save it as one of {', '.join(suffixes)}"


def reader_for(source_file: str) -> Reader:
    """The reader for a file's suffix. Raises `SourceError` for one that no reader knows."""
    suffix = Path(inner_name(source_file)).suffix.lower()
    if suffix not in _FORMATS:
        raise SourceError(
            f"no reader knows the suffix {suffix!r}" if suffix else "the file's name has no suffix",
            file=f"source/{source_file}",
            remedy=save_as(source_file, SUFFIXES),
        )
    module, function = _FORMATS[suffix]
    return cast(Reader, getattr(import_module(module), function))


def _finish(pieces: list[Piece], source: str) -> list[Piece]:
    """The pieces with one-line texts, without reference marks."""
    vocabulary = Vocabulary(source)
    footnotes = [piece for piece in pieces if piece.kind == "footnote"]
    # A list's numbers are markup and gone: its items count.
    notes = note_numbers(
        f"{number}. {piece.text}" if piece.markup == "list_item" else piece.text
        for number, piece in enumerate(footnotes, 1)
    )
    finished = []
    for piece in pieces:
        text = flow(piece.text, vocabulary)
        if piece.kind in {"footnote", "bibliography"}:
            found = note_number(text)
            text = found[1] if found else text
        elif piece.kind != "code":
            text = one_line(strip_marks(text, notes))
        if text or piece.prefix:
            finished.append(piece.with_text(text))
    return finished


def _known(stated: Stated, metadata: Mapping[str, object]) -> dict[str, Any]:
    """What is known of the document: dataset.yaml first, then the document itself."""
    names = ("title", "authors", "publisher", "published_on", "language", "url", "rights")
    return {name: getattr(stated, name) if metadata.get(name) is None else metadata[name] for name in names}


def _with_body(pieces: list[Piece]) -> list[Piece]:
    """A text of one sentence is no title without a body: what ends like a sentence is then a paragraph."""
    if any(piece.kind in BODY_KINDS for piece in pieces):
        return pieces
    return [
        replace(piece, kind="paragraph")
        if piece.kind == "title" and piece.text.rstrip("\"'”’)").endswith((".", "!", "?"))
        else piece
        for piece in pieces
    ]


def _document_id(source_file: str, metadata: Mapping[str, object], file: str) -> str:
    given = metadata.get("document_id") or slug(Path(inner_name(source_file)).stem)
    if not given:
        raise SourceError(
            "the file's name gives no document_id", file=file, remedy="set document_id in dataset.yaml (a-z, 0-9, -)"
        )
    return str(given)


def _words(source_file: str) -> str:
    """A title for a document that states none: the words of its file's name."""
    return " ".join(re.split(r"[-_\s]+", Path(inner_name(source_file)).stem)).strip()
