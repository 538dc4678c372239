"""What the fields of a corpus may be, by names that are common, and the lines of YAML that say so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

_COMMON: Mapping[str, str] = {
    "text": "text body content article articletext articlebody fulltext bodytext maintext plaintext transcript speech",
    "document_id": "documentid docid id articleid speechid textid recordid uuid guid identifier key slug doi",
    "title": "title headline heading articletitle",
    "authors": "authors author byline bylines creator speaker writer journalist",
    "publisher": "publisher publication outlet newspaper sourcename source site sitename medium",
    "published_on": "publishedon published date publicationdate publishdate pubdate datepublished publisheddate "
    "publishedat datetime timestamp created createdat",
    "language": "language lang",
    "url": "url link permalink webpage href uri",
    "rights": "rights license licence copyright",
}
"""Names of fields that are common in exports of articles, without case and punctuation, the surest first."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./()-]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_TEXT = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def propose(names: Iterable[str]) -> dict[str, str]:
    """The field for each column of which one of a corpus's fields has a common name."""
    bare = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in reversed(list(names))}
    proposal: dict[str, str] = {}
    for column, common in _COMMON.items():
        found = next((bare[each] for each in common.split() if each in bare), None)
        if found is not None:
            proposal[column] = found
    # Where records have no id of their own, their addresses tell them apart.
    if "document_id" not in proposal and "url" in proposal:
        proposal["document_id"] = proposal["url"]
    return proposal


def entry_lines(entry: Mapping[str, Any]) -> list[str]:
    """An entry of `documents:` in dataset.yaml as lines of YAML, indented by nothing."""
    lines: list[str] = []
    for key, value in entry.items():
        if isinstance(value, Mapping):
            lines += [f"{key}:", *(f"  {name}: {quoted(each)}" for name, each in value.items())]
        else:
            lines.append(f"{key}: {quoted(value)}")
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def quoted(value: object) -> str:
    """A text as YAML has it, in quotation marks where it needs them."""
    text = str(value)
    if _DAY.fullmatch(text) or (_PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT):
        return text
    return json.dumps(text, ensure_ascii=False)
