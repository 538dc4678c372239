"""Who speaks in an interview: the labels at the head of its paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tablewright.readers.pieces import PROSE, Piece

_NAME_LABEL = re.compile(
    r"((?:Q|A|[A-Z][\w.’'&/-]*)(?: (?:[A-Z][\w.’'&/-]*|of|the|de|da|van|von|bin|al-[A-Z]\w*|\d{1,2})){0,6}(?: \([^()]{1,40}\))?) ?:(?:\s+|$)"
)
_ABBREVIATED_LABEL = re.compile(r"([QA])\.\s+(?=\S)")
_ROLES = frozenset({"q", "a", "question", "answer", "interviewer", "moderator", "host"})
_NO_SPEAKER = re.compile(
    r"note|notes|source|sources|photo|image|caption|update|updated|correction|example|contact|background|figure"
    r"|table|chapter|part|section|step|objective|result|summary|conclusion|read|related|date|place|subject|re"
    r"|cc|from|to|tel|email|phone|fax|web|website|title|author|location|time|venue|when|where|who|what",
    re.IGNORECASE,
)
_LONGEST = 60
QUESTION = 8
"""Words; two questions in bold this long make an interview: a heading with a question mark is shorter."""


def label_speakers(pieces: Sequence[Piece]) -> list[Piece]:
    """Takes speakers' labels off the paragraphs of an interview, and hands each answer to its speaker.

    A label counts where labels recur as they do in an interview. A paragraph without one belongs to the speaker before
    it, up to the next heading or rule; after a question set in bold the speaker is another one, whom nothing names.
    """
    labels = [_label(piece) for piece in pieces]
    speakers = _speakers([label for label in labels if label is not None])
    questions = {index: len(piece.text.split()) for index, piece in enumerate(pieces) if _is_bold_question(piece)}
    if not speakers and sum(words >= QUESTION for words in questions.values()) < 2:
        return list(pieces)
    labelled: list[Piece] = []
    speaker = asker = None
    for index, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if label and label.name in speakers:
            bold = piece.emphasis == "strong" and label.length < len(piece.text)
            asker = label.name if bold else asker
            speaker = None if bold else label.name
            labelled.append(_take_off(piece, label))
        elif index in questions:
            speaker = None
            labelled.append(replace(piece, kind="paragraph", speaker=asker))
        else:
            if piece.markup in {"heading", "rule"} or piece.emphasis == "italic":
                speaker = None
            labelled.append(replace(piece, speaker=speaker) if speaker and piece.markup in PROSE else piece)
    return labelled


def _is_bold_question(piece: Piece) -> bool:
    """A question that bold type alone sets off."""
    return piece.markup == "paragraph" and piece.emphasis == "strong" and piece.text.rstrip().endswith("?")


class _Label:
    """A label as written, the speaker's name in it, and how it is set off."""

    __slots__ = ("bold", "length", "name")

    def __init__(self, name: str, length: int, bold: bool) -> None:
        self.name = name
        self.length = length
        self.bold = bold


def _label(piece: Piece) -> _Label | None:
    if piece.markup not in {"paragraph", "block_quote", "heading"}:
        return None
    text = piece.text
    bold = piece.bold_lead
    if bold and len(bold) <= _LONGEST and text.startswith(bold):
        after = text[len(bold) :]
        name = bold.rstrip(": ")
        if name and (bold.endswith(":") or after.lstrip().startswith(":")):
            length = len(bold) + (0 if bold.endswith(":") else after.index(":") + 1)
            return _Label(name, length, True)
    found = _NAME_LABEL.match(text) or _ABBREVIATED_LABEL.match(text)
    if not found or len(found[1]) > _LONGEST or _NO_SPEAKER.fullmatch(found[1]):
        return None
    return _Label(found[1], len(text[: found.end()].rstrip()), bool(bold))


def _speakers(labels: Sequence[_Label]) -> frozenset[str]:
    """The names among possible labels that are speakers: those of an interview come again, and take turns."""
    counts = Counter(label.name for label in labels)
    roles = {name for name in counts if name.rstrip(" 0123456789").casefold() in _ROLES}
    recurring = {name for name, count in counts.items() if count > 1}
    turns = sum(counts[name] for name in recurring | roles)
    bold = {label.name for label in labels if label.bold}
    if sum(counts[name] for name in roles) < 2 and not (turns >= 3 and (len(recurring) > 1 or recurring & bold)):
        return frozenset()
    return frozenset(roles | recurring | bold | {name for name in counts if name.split(" (")[0].isupper()})


def _take_off(piece: Piece, label: _Label) -> Piece:
    text, rest = piece.text[: label.length], piece.text[label.length :].strip()
    if not rest:
        return replace(piece, markup="paragraph", kind="speaker_label", speaker=None)
    markup = "paragraph" if piece.markup == "heading" else piece.markup
    return replace(
        piece, markup=markup, text=rest, prefix=("speaker_label", text), speaker=label.name, emphasis=None, bold_lead=""
    )
