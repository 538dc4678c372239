"""Documents in a language other than the model's: they are coded all the same, and the build says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tablewright.language import model_language
from tablewright.records import Finding

if TYPE_CHECKING:
    from tablewright.state import State
    from tablewright.stepkeys import Inputs

OTHER_LANGUAGE = "other-language"
_NO_ONE_LANGUAGE = frozenset({"", "und", "mul", "zxx"})

UNLIKE_ENGLISH = "not English, by its words"
"""What stands for the language of a document that is said to be English, or taken for it, and does not read like it."""
_COMMON = frozenset(
    {"the", "of", "and", "to", "that", "for", "with", "was", "as", "by", "are", "from", "this", "have", "it", "be"}
    | {"which", "at", "has", "were", "their", "not", "but"}
)
"""Frequent English words that few other languages have: about one word in four of an English text."""
_FEWEST = 0.08
_WORDS = 60
"""Words, from which on a text is looked at: a shorter one may be a list of names."""


def language_of(stated: str, text: str) -> str:
    """The language that a document is to be taken for: `stated`, or `UNLIKE_ENGLISH` where that is English and few of
    the text's words are.
    """
    words = text.lower().split()
    if _base(stated) != "en" or len(words) < _WORDS:
        return stated
    common = sum(word in _COMMON for word in words)
    return stated if common >= _FEWEST * len(words) else UNLIKE_ENGLISH


def _base(tag: str) -> str:
    """The language of a tag without its region: "de" of "de-AT"."""
    return tag.partition("-")[0].lower()


def in_other_languages(before: State, inputs: Inputs, done: Mapping[str, str]) -> dict[str, str]:
    """The documents whose stated language is not the model's, with that language.

    `done` are the languages of the documents that this build worked on; of the others the last build knows.
    """
    others = {
        name: str(known["language"])
        for name, known in before.documents.items()
        if "language" in known and name in inputs.documents and name not in done
    }
    reads = model_language(inputs.dataset.language_model) if done else None
    if reads is not None:
        known_to_model = {reads, *_NO_ONE_LANGUAGE}
        if reads != "en":
            known_to_model.add(_base(UNLIKE_ENGLISH))
        others |= {name: tag for name, tag in done.items() if _base(tag) not in known_to_model}
    return others


def language_findings(inputs: Inputs, others: Mapping[str, str]) -> list[Finding]:
    """One warning a file whose documents are in another language."""
    files: dict[str, list[str]] = {}
    for name, language in others.items():
        files.setdefault(inputs.documents[name], []).append(language)
    model = inputs.dataset.language_model
    return [
        Finding(
            OTHER_LANGUAGE,
            f"{_what(languages, file in inputs.dataset.corpora)}, which the language model {model} does not read: "
            "what was coded from it is not to be trusted",
            f"source/{file}",
            remedy="take it out of source/; or, if the language is wrong, set `language` in dataset.yaml",
            severity="warning",
        )
        for file, languages in sorted(files.items())
    ]


def _what(languages: list[str], corpus: bool) -> str:
    tags = ", ".join(sorted(set(languages))[:3])
    if corpus:
        return f"{len(languages):,} documents are in another language ({tags})"
    return f"the document is in another language ({tags})"
