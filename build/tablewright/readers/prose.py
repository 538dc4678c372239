"""Small questions about a stretch of prose that several steps ask."""

from __future__ import annotations

import re

# Reference marks may follow the full stop: "…of the kind.[^1]", "…of the kind.²".
_MARKS = r"(?:\[\^?\w{1,10}\]|[⁰¹²³⁴-⁹])*"
_SENTENCE_END = re.compile(rf"[.!?…]['\"”’»)\]*_]*{_MARKS}$")
_STOP = re.compile(rf"[.!?…:;,]['\"”’»)\]*_]*{_MARKS}$")


# More than closing marks and a reference after a full stop take.
_TAIL = 40


def one_line(text: str) -> str:
    """`text` with its white space collapsed."""
    return " ".join(text.split())


def ends_sentence(text: str) -> bool:
    """Whether `text` ends with a full stop, a question or exclamation mark, or an ellipsis."""
    return _SENTENCE_END.search(text[-_TAIL:]) is not None


def ends_with_stop(text: str) -> bool:
    """Whether `text` ends with any mark that a heading, a name or a title does not end with."""
    return _STOP.search(text[-_TAIL:]) is not None
