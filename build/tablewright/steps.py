"""The steps of a build and what each rests on: code, knowledge, libraries, other steps, tables it fills.

This is the dependency graph that the plan is made from. A file that is listed nowhere (the command line, reports) can
change without anything being done again.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepKind:
    """A kind of step. `files` are patterns in the package, `libraries` names of installed distributions.

    `after` are the steps whose result it takes; `tables` those that its result can change; `uses` are facts from
    outside: "source" (the file's bytes, and `libraries_of` its format), "about" (all of its entry in dataset.yaml), "context" (the part of it that
    coding rests on), "actors" (source/actors.csv), "model" (the language model).
    """

    name: str
    files: tuple[str, ...]
    libraries: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


_READING = ("readers/*", "yamlfile.py", "ids.py", "records.py")
_MARKUP = ("markdown-it-py", "mdit-py-plugins", "pyyaml")
_WEB = ("trafilatura", "justext", "lxml")
_LIBRARIES_OF = {
    **dict.fromkeys((".md", ".markdown", ".txt", ".text"), _MARKUP),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml", ".mht"), _WEB),
    **dict.fromkeys((".docx", ".odt"), ("lxml",)),
    ".pdf": ("pypdfium2",),
    # The text of a corpus's records may be plain, Markdown or HTML.
    **dict.fromkeys((".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"), (*_MARKUP, *_WEB)),
}
_GRAMMAR = ("records.py", "parse.py", "clauses/*")

DOCUMENT_STEPS: tuple[StepKind, ...] = (
    StepKind(
        "read",
        _READING,
        uses=("source", "about"),
        tables=("documents",),
    ),
    StepKind(
        "analyse",
        (*_READING, "language.py", "sentences.py", "parse.py"),
        ("spacy", "thinc", "sentencex"),
        uses=("source", "model"),
        tables=("sentences",),
    ),
    StepKind("dates", ("coders/dates*", "knowledge/named_days*", *_GRAMMAR), after=("analyse",), uses=("context",)),
    StepKind(
        "actors",
        ("coders/actors*", "knowledge/actors*", "ids.py", *_GRAMMAR),
        after=("analyse",),
        uses=("context", "actors"),
        tables=("actors", "mentions"),
    ),
    StepKind(
        "quotations",
        ("coders/quotations*", "knowledge/cues*", *_GRAMMAR),
        after=("dates", "actors"),
        tables=("quotations", "actors"),
    ),
    StepKind(
        "aid",
        ("coders/aid*", "knowledge/aid*", "knowledge/money*", *_GRAMMAR),
        after=("dates", "actors", "quotations"),
        tables=("aid_figures", "actors"),
    ),
    StepKind(
        "events",
        ("coders/events*", "knowledge/verbs*", "knowledge/actors*", *_GRAMMAR),
        after=("dates", "actors", "quotations"),
        tables=("events", "participants", "actors"),
    ),
    StepKind(
        "rows",
        ("tables.py", "ids.py"),
        after=("read", "quotations", "aid", "events"),
        tables=("sentences", "mentions", "quotations", "aid_figures", "events", "participants"),
    ),
)

CODERS = ("dates", "actors", "quotations", "aid", "events")

TABLE_FILES = (
    *("contract.py", "schema*.py", "cells.py", "arrowtable.py", "frames.py", "checks.py", "rowfindings.py"),
    *("writer.py", "merge.py", "resolve.py", "portions.py", "built.py", "assembly.py"),
    *("decision*.py", "review*.py", "actorreview.py", "anchors.py", "rowmatch.py", "rowplaces.py"),
)
TABLE_LIBRARIES = ("pandas", "pyarrow", "pandera")
DESCRIPTION_FILES = ("package.py", "contract.py", "cells.py", "schema*.py")


def kind(name: str) -> StepKind:
    """The step kind called `name`."""
    return next(each for each in DOCUMENT_STEPS if each.name == name)


def libraries_of(suffix: str) -> tuple[str, ...]:
    """The libraries that reading a file with this ending rests on: a new PDF library reads no Markdown anew."""
    return _LIBRARIES_OF.get(suffix, ())


def all_patterns() -> tuple[str, ...]:
    """Every pattern of code and knowledge that some step rests on."""
    patterns = [pattern for each in DOCUMENT_STEPS for pattern in each.files]
    return tuple(dict.fromkeys([*patterns, *TABLE_FILES, *DESCRIPTION_FILES]))


def all_libraries() -> tuple[str, ...]:
    """Every library that some step rests on."""
    names = [name for each in DOCUMENT_STEPS for name in each.libraries]
    reading = [name for names_of in _LIBRARIES_OF.values() for name in names_of]
    return tuple(dict.fromkeys([*names, *reading, *TABLE_LIBRARIES]))


def steps_for_tables(tables: frozenset[str]) -> frozenset[str]:
    """The steps that have to be done to bring `tables` up to date."""
    wanted = {each.name for each in DOCUMENT_STEPS if tables & set(each.tables) and each.name != "rows"}
    while True:
        more = {name for each in wanted for name in kind(each).after} | {"read", "analyse"}
        if more <= wanted:
            return frozenset(wanted | {"rows"})
        wanted |= more
