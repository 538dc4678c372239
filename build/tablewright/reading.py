"""A document in a few words: what a person looks at to see whether it was read rightly."""

from __future__ import annotations

from tablewright.records import BODY_KINDS, Document

_WORDS = 40


def paragraphs(document: Document) -> int:
    """How many blocks of body text there are."""
    return sum(block.kind in BODY_KINDS for block in document.blocks)


def headings(document: Document) -> list[str]:
    """The headings in their order."""
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == "heading"]


def first_words(document: Document) -> str:
    """How the body text begins."""
    words: list[str] = []
    for block in document.blocks:
        if block.kind in BODY_KINDS:
            words += document.text[block.start : block.end].split()
        if len(words) > _WORDS:
            return " ".join(words[:_WORDS]) + " …"
    return " ".join(words)
