"""An article as the press databases Factiva and Nexis export it: what its fields state, and the text without them.

Factiva heads each field with a code of two or three capitals (HD headline, BY author, PD day, SN source, LP lead paragraph, TD
text); Nexis prints title, source, day and rights in lines of their own, then labels ("Length:", "Byline:"), then "Body".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tablewright.readers.dates import day_in
from tablewright.readers.matter import rights_in
from tablewright.readers.names import is_name, join_authors, split_byline
from tablewright.readers.pieces import Piece, Stated
from tablewright.readers.prose import one_line

_FACTIVA = (
    "SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CX|CT|RF|CLM|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|DE|NGC|RBC|RST|GC|DLN"
)
_FIELD = re.compile(rf"[ \t]*({_FACTIVA})(?:[ \t]{{2,}}|\t)[ \t]*(\S.*)|({_FACTIVA})[ \t]*")
_FACTIVA_TEXT = frozenset({"LP", "TD", "CT", "CX"})
_LABEL = re.compile(r"[ \t]*([A-Za-z][A-Za-z-]{2,20}):[ \t]*(.*)")
_LENGTH = re.compile(r"[ \t]*length:[ \t]*[\d,.]+ words[ \t]*", re.IGNORECASE)
_BODY = re.compile(r"[ \t]*body[ \t]*:?[ \t]*", re.IGNORECASE)
_TAIL = re.compile(
    r"[ \t]*(?:classification|end of document|graphic|notes|(?:load-date|language|publication-type|journal-code):.*)[ \t]*",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"\d+ of \d+ documents?", re.IGNORECASE)
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "portuguese": "pt", "italian": "it", "dutch": "nl",
    "arabic": "ar", "russian": "ru", "chinese": "zh", "japanese": "ja", "turkish": "tr", "polish": "pl", "swedish": "sv",
}  # fmt: skip


@dataclass(slots=True)
class Export:
    """The head's pieces, what the fields state, and the text, whose lines keep their numbers: fields leave empty ones."""

    pieces: list[Piece] = field(default_factory=list)
    stated: Stated = field(default_factory=Stated)
    text: str = ""


def split_export(text: str) -> Export | None:
    """The parts of an export that holds one article; None for any other text."""
    lines = text.split("\n")
    return _factiva(lines) or _nexis(lines)


def _factiva(lines: list[str]) -> Export | None:
    found = [(number, match) for number, line in enumerate(lines) if (match := _FIELD.fullmatch(line))]
    codes = [match[1] or match[3] for _, match in found]
    if (
        codes.count("HD") != 1
        or not {"LP", "TD"} & {*codes}
        or len({"PD", "SN", "WC", "LA", "CY", "AN"} & {*codes}) < 3
    ):
        return None
    body = [""] * len(lines)
    fields: dict[str, tuple[int, str]] = {}
    ends = [number for number, _ in found[1:]] + [len(lines)]
    for (number, match), code, end in zip(found, codes, ends, strict=True):
        if code in _FACTIVA_TEXT:
            body[number:end] = [match[2] or "", *lines[number + 1 : end]]
        else:
            fields.setdefault(
                code, (number + 1, one_line("\n".join([match[2] or "", *lines[number + 1 : end]])).strip())
            )
    names = {"HD": "title", "BY": "byline", "PD": "date", "SN": "source", "LA": "language", "CY": "rights"}
    return _export({name: fields[code] for code, name in names.items() if code in fields}, body)


def _nexis(lines: list[str]) -> Export | None:
    length = next((number for number, line in enumerate(lines) if _LENGTH.fullmatch(line)), None)
    start = next((number for number, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    if length is None or start is None or length > start or sum(map(bool, map(_LENGTH.fullmatch, lines))) > 1:
        return None
    tail = next((number for number in range(start + 1, len(lines)) if _TAIL.fullmatch(lines[number])), len(lines))
    body = [*[""] * (start + 1), *lines[start + 1 : tail]]
    fields: dict[str, tuple[int, str]] = {}
    loose: list[tuple[int, str]] = []
    for number, line in enumerate(lines[:start], 1):
        label = _LABEL.fullmatch(line)
        if label and (number > length or label[1].lower() in {"headline", "byline", "section", "length"}):
            fields.setdefault(label[1].lower(), (number, label[2].strip()))
        elif line.strip() and rights_in(line.strip()):
            fields.setdefault("rights", (number, line.strip()))
        elif line.strip() and loose and number <= length and day_in(line):
            fields.setdefault("date", (number, line.strip()))
        elif line.strip() and number <= length and not _COUNTER.fullmatch(line.strip()):
            loose.append((number, line.strip()))
    fields.update((label[1].lower(), (number, label[2].strip())) for number, line in enumerate(lines[tail:], tail + 1)
                  if (label := _LABEL.fullmatch(line)) and label[1].lower() == "language")  # fmt: skip
    # Where the headline has a label, as in older exports, the first line is the source.
    names = ["source"] if "headline" in fields else ["title", "source"]
    fields.update(zip(names, loose, strict=False))
    if "headline" in fields:
        fields["title"] = fields["headline"]
    return _export(fields, body)


def _export(fields: dict[str, tuple[int, str]], body: list[str]) -> Export | None:
    """The export from its fields, each with its line; None where no title is among them."""
    if not fields.get("title", (0, ""))[1]:
        return None
    value = {name: text for name, (_, text) in fields.items() if text}
    people = [name for name in split_byline(_BY.sub("", value.get("byline", ""), count=1)) if is_name(name)]
    languages = value.get("language", "").split(";")[0].strip().casefold()
    stated = Stated(
        title=value["title"],
        authors=join_authors(people),
        publisher=value.get("source"),
        published_on=day_in(value.get("date", "")),
        language=_LANGUAGES.get(languages),
        rights=value.get("rights"),
    )
    pieces = [Piece("heading", value["title"], fields["title"][0], level=1, kind="title")]
    if "byline" in value:
        pieces.append(Piece("paragraph", value["byline"], fields["byline"][0], kind="byline"))
    if "date" in value:
        pieces.append(Piece("paragraph", value["date"], fields["date"][0], kind="dateline"))
    return Export(pieces, stated, "\n".join(body))
