"""YAML front matter: the block between two lines of dashes at the head of a file, and what it states."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tablewright.errors import SourceError
from tablewright.readers.dates import day_in
from tablewright.readers.names import join_authors, split_authors
from tablewright.readers.pieces import Stated
from tablewright.yamlfile import YamlFile, load

_KEYS = {
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline", "by", "creator", "creators"),
    "publisher": ("publisher", "publication", "source", "site", "site_name", "website", "outlet", "newspaper"),
    "published_on": ("published_on", "published", "date", "date_published", "publication_date", "pubdate"),
    "language": ("language", "lang", "locale"),
    "url": ("url", "link", "canonical_url", "canonical", "source_url", "permalink"),
    "rights": ("rights", "license", "licence", "copyright"),
}
_KEY_LINE = re.compile(r"[\w\"'-][\w\"' -]{0,40}:(?:\s|$)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PART_OF_DATE = re.compile(r"\d{4}|(?:[A-Za-z]+\.?,? )?\d{4}|\d{4}-\d{2}")

_CLOSE = "close the front matter with a line of three dashes (---)"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What front matter states, and the text after it, which starts at `first_line` of the file."""

    stated: Stated
    body: str
    first_line: int


def split_front_matter(text: str, file: str) -> FrontMatter:
    """Parts front matter from the text; without any, all of the text is body.

    A first line of dashes that no key follows is a rule across the page. Raises `SourceError` for front matter that is
    not closed, is no YAML, or states a value of the wrong kind.
    """
    stripped = text.lstrip("\n \t")
    if not stripped.startswith("---"):
        return FrontMatter(Stated(), text, 1)
    lines = text.split("\n")
    start = next(index for index, line in enumerate(lines) if line.strip())
    inside = next((line for line in lines[start + 1 :] if line.strip() and not line.lstrip().startswith("#")), "")
    closed = lines[start + 1 : start + 2] and lines[start + 1].rstrip() == "---"
    if lines[start].rstrip() != "---" or not (closed or _KEY_LINE.match(inside)):
        return FrontMatter(Stated(), text, 1)
    end = next((i for i in range(start + 1, len(lines)) if lines[i].rstrip() in {"---", "..."}), None)
    if end is None:
        raise SourceError("the front matter is not closed", file=file, line=start + 1, remedy=_CLOSE)
    yaml_text = "\n".join(lines[start + 1 : end])
    parsed = load(yaml_text, file, SourceError, first_line=start + 2, remedy="mend the YAML of the front matter")
    return FrontMatter(_stated(parsed, file, start + 1), "\n".join(lines[end + 1 :]), end + 2)


def _stated(parsed: YamlFile, file: str, line: int) -> Stated:
    if parsed.value is None:
        return Stated()
    if not isinstance(parsed.value, dict):
        raise SourceError("the front matter holds no keys", file=file, line=line, remedy="write `key: value` lines")
    entries = {str(key).strip().lower().replace("-", "_").replace(" ", "_"): key for key in parsed.value}
    stated = Stated()
    for name, spellings in _KEYS.items():
        for spelling in spellings:
            if spelling in entries and getattr(stated, name) is None:
                key = entries[spelling]
                _set(stated, name, parsed.value[key], file, parsed.line(key))
    return stated


def _set(stated: Stated, name: str, value: object, file: str, line: int) -> None:
    if value is None or value == "":
        return
    if name == "published_on":
        stated.published_on = _date(value, file, line)
        return
    if name == "authors":
        stated.authors = _authors(value, file, line)
        return
    if isinstance(value, dict | list):
        raise SourceError(f"{name} in the front matter must be one text", file=file, line=line, remedy="write one text")
    text = " ".join(str(value).split())
    if name == "language":
        stated.language = _language(text, file, line)
    elif name == "publisher" and text.startswith(("http://", "https://")):
        stated.url = stated.url or text
    else:
        setattr(stated, name, text)


def _date(value: object, file: str, line: int) -> dt.date | None:
    """A full day; a year or month alone is no day, and none is invented for it."""
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if day := day_in(text):
        return day
    if _PART_OF_DATE.fullmatch(text):
        return None
    raise SourceError(
        f"the front matter's date {text!r} is not clear", file=file, line=line, remedy="write it as YYYY-MM-DD"
    )


def _authors(value: object, file: str, line: int) -> str | None:
    if isinstance(value, list):
        names = [item.get("name") if isinstance(item, dict) else item for item in value]
        if not all(isinstance(name, str) and name.strip() for name in names):
            raise SourceError(
                "the front matter's authors must be names", file=file, line=line, remedy="write a list of names"
            )
        return join_authors(" ".join(str(name).split()) for name in names)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return " ".join(str(value["name"]).split())
    if not isinstance(value, str):
        raise SourceError(
            "the front matter's author must be a name", file=file, line=line, remedy="write a name or a list of names"
        )
    return join_authors(split_authors(value))


def _language(text: str, file: str, line: int) -> str:
    tag = text.replace("_", "-")
    if _LANGUAGE.fullmatch(tag):
        return tag
    raise SourceError(
        f"the front matter's language {text!r} is no language tag",
        file=file,
        line=line,
        remedy="write a BCP 47 tag such as en or en-GB",
    )
