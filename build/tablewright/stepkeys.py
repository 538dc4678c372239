"""The key of each step: a hash of all that its result rests on. Equal keys, equal results.

Beside each key stand the reasons why it differs from the last build's, for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from tablewright.config import Dataset
from tablewright.files import digest
from tablewright.readers.corpora import is_corpus
from tablewright.readers.packed import inner_name
from tablewright.records import Finding
from tablewright.state import Seen, State, matching
from tablewright.steps import (
    DESCRIPTION_FILES,
    DOCUMENT_STEPS,
    TABLE_FILES,
    TABLE_LIBRARIES,
    StepKind,
    all_libraries,
    libraries_of,
)

if TYPE_CHECKING:
    from tablewright.readers.corpora.stock import Record

CONTEXT_KEYS = ("document_id", "published_on", "publisher", "language", "authors")
"""What is said of a document in dataset.yaml that coding rests on; the rest (title, url, rights) is only passed on."""

_ACTORS_FILE = "source/actors.csv"


class CorpusKeys(NamedTuple):
    """What the documents of a corpus have in common: keys of how their text is read, of all that is said of them, and
    of the part of it that coding rests on.
    """

    text: str
    about: str
    context: str


def corpus_keys(dataset: Dataset, name: str) -> CorpusKeys:
    """The keys of the corpus in the file `name`."""
    entry, about = dataset.corpora[name], dataset.documents[name]
    fields = entry["fields"]
    return CorpusKeys(
        digest(fields["text"], entry["format"])[:8],
        digest(entry, about),
        digest([[about.get(key), fields.get(key)] for key in CONTEXT_KEYS]),
    )


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a build rests on, as found now.

    `documents` maps ids to files in `source/`, `records` those that are records of a corpus to their places;
    `decisions` document ids to a hash of the decisions on each table; `tables` the tables to the hashes of their
    schemas. `same_dataset` says that dataset.yaml has not changed. `wrong` is what is wrong with records, of which no
    documents can be made. `corpora` has the keys that a corpus's records share.
    """

    files: dict[str, Seen]
    tool: dict[str, Seen]
    libraries: dict[str, str]
    dataset: Dataset
    documents: dict[str, str]
    decisions: dict[str, dict[str, str]]
    tables: dict[str, str]
    records: Mapping[str, Record] = field(default_factory=dict)
    corpora: Mapping[str, CorpusKeys] = field(default_factory=dict)
    same_dataset: bool = False
    wrong: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()

    def sha256(self, name: str) -> str:
        """The hash of a file by its path in the project; empty if it is not there."""
        return self.files[name].sha256 if name in self.files else ""


def model_name(inputs: Inputs) -> str:
    """The language model and its version."""
    name = inputs.dataset.language_model
    return f"{name} {inputs.libraries.get(name, '')}".strip()


class ToolKeys:
    """The part of each step's key that is the same for all documents, and how it differs from the last build's."""

    def __init__(self, before: State, inputs: Inputs) -> None:
        self._before, self._inputs = before, inputs
        self.model = model_name(inputs)
        self.keys = {each.name: self._key(each) for each in DOCUMENT_STEPS}
        self.reasons = {each.name: self._reasons(each) for each in DOCUMENT_STEPS}
        self._of_formats: dict[str, str] = {}
        names = all_libraries()
        self.changed = any(self.reasons.values()) or bool(_changed_libraries(before.libraries, inputs.libraries, names))
        self.shared_reasons = _changed_files(before.tool, inputs.tool, TABLE_FILES)
        self.shared_reasons += _changed_libraries(before.libraries, inputs.libraries, TABLE_LIBRARIES)

    def _key(self, kind: StepKind) -> str:
        return digest(
            matching(self._inputs.tool, kind.files),
            {name: self._inputs.libraries.get(name) for name in kind.libraries},
            self.model if "model" in kind.uses else None,
            self._inputs.sha256(_ACTORS_FILE) if "actors" in kind.uses else None,
        )

    def _reasons(self, kind: StepKind) -> list[str]:
        before, inputs = self._before, self._inputs
        reasons = _changed_files(before.tool, inputs.tool, kind.files)
        reasons += _changed_libraries(before.libraries, inputs.libraries, kind.libraries)
        if "model" in kind.uses and before.model != self.model:
            reasons.append(f"language model {before.model or 'none'} → {self.model}")
        seen = before.inputs.get(_ACTORS_FILE)
        if "actors" in kind.uses and (seen.sha256 if seen else "") != inputs.sha256(_ACTORS_FILE):
            reasons.append(f"{_ACTORS_FILE} changed")
        return reasons

    def format_key(self, file: str) -> str:
        """The key of the libraries that reading the file rests on."""
        suffix = _suffix(file)
        if suffix not in self._of_formats:
            versions = {name: self._inputs.libraries.get(name) for name in libraries_of(suffix)}
            self._of_formats[suffix] = digest(versions)
        return self._of_formats[suffix]

    def format_reasons(self, file: str) -> list[str]:
        """How the libraries that reading the file rests on differ from the last build's."""
        return _changed_libraries(self._before.libraries, self._inputs.libraries, libraries_of(_suffix(file)))


def _suffix(file: str) -> str:
    name = inner_name(file).lower()
    return name[name.rfind(".") :] if "." in name else ""


def _changed_files(old: Mapping[str, Seen], new: Mapping[str, Seen], patterns: Iterable[str]) -> list[str]:
    patterns = tuple(patterns)
    before, after = matching(old, patterns), matching(new, patterns)
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return [f"rules changed: {listing(names)}"] if names else []


def _changed_libraries(old: Mapping[str, str], new: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [
        f"{name} {old.get(name, 'none')} → {new.get(name, 'none')}" for name in names if old.get(name) != new.get(name)
    ]


def listing(names: list[str]) -> str:
    """Up to three names, and how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


class Facts(NamedTuple):
    """What is particular to one document: its file in `source/`, keys of what it holds, of all that dataset.yaml says
    of it, and of the part of that which coding rests on.
    """

    file: str
    source: str
    about: str
    context: str


def known_facts(known: Mapping[str, Any] | None) -> Facts | None:
    """The facts that the last build's state has of a document."""
    return Facts(*known["facts"]) if known else None


def document_facts(inputs: Inputs, document_id: str, known: Facts | None) -> Facts:
    """The facts of a document. `known` is what the last build had."""
    name = inputs.documents[document_id]
    if document_id in inputs.records:
        shared = inputs.corpora[name]
        # A part of the hash is enough to tell records apart, and a hundred thousand are kept.
        return Facts(name, shared.text + inputs.records[document_id].sha256[:24], shared.about, shared.context)
    sha256 = inputs.sha256(f"source/{name}")
    if known is not None and inputs.same_dataset and (known.file, known.source) == (name, sha256):
        return known
    about = {**inputs.dataset.documents.get(name, {}), "document_id": document_id}
    return Facts(name, sha256, digest(about), digest([about.get(key) for key in CONTEXT_KEYS]))


def document_keys(
    facts: Facts, tool: ToolKeys, kept: Mapping[str, str] | None = None, todo: Iterable[str] = ()
) -> dict[str, str]:
    """The key of each step of a document. With `kept`, the steps outside `todo` keep the keys they were done with."""
    todo = set(todo)
    keys: dict[str, str] = {}
    for kind in DOCUMENT_STEPS:
        if kept is not None and kind.name not in todo:
            keys[kind.name] = kept[kind.name]
            continue
        own = [getattr(facts, fact) for fact in ("source", "about", "context") if fact in kind.uses]
        file = facts.file if "about" in kind.uses else None
        read_by = tool.format_key(facts.file) if "source" in kind.uses else None
        keys[kind.name] = digest(tool.keys[kind.name], own, file, read_by, [keys[name] for name in kind.after])
    return keys


def document_reasons(kind: StepKind, old: Facts, new: Facts, tool: ToolKeys) -> list[str]:
    """Why a document's step is stale, as far as the document itself and its format go."""
    reasons: list[str] = tool.format_reasons(new.file) if "source" in kind.uses else []
    if "source" in kind.uses and old.source != new.source:
        record = "its record in " if is_corpus(new.file) else ""
        reasons.append(f"{record}source/{new.file} changed")
    if "about" in kind.uses and (old.about, old.file) != (new.about, new.file):
        reasons.append("its entry in dataset.yaml changed")
    elif "context" in kind.uses and old.context != new.context:
        reasons.append("its date, publisher, authors or language in dataset.yaml changed")
    return reasons


def description_key(inputs: Inputs) -> str:
    """The key of datapackage.json, as far as it rests on more than the tables."""
    return digest(matching(inputs.tool, DESCRIPTION_FILES), inputs.dataset.about, inputs.tables)
