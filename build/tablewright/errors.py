"""Every error that stops the work, drawn as a tree before any class appears.

    TablewrightError            expected: one clear message, exit code 1
    ├── ProjectError            dataset.yaml, the project's folders
    ├── SourceError             a document that cannot be read
    ├── SchemaError             schemas/*.yaml
    ├── DecisionError           source/review/*.csv
    ├── KnowledgeError          knowledge/*.csv, source/actors.csv
    ├── ModelError              the language model
    ├── BuildError              the build cannot go on (findings, disk, dist/)
    └── LockError               another build holds the lock

Whoever has to act is in the name. Findings about data are values (`records.Finding`), not exceptions.
"""

from __future__ import annotations


class TablewrightError(Exception):
    """An expected error: what is wrong, where, and what to do about it.

    `file` is a path relative to the project, `line` counts from 1; both may be missing.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        remedy: str | None = None,
    ) -> None:
        super().__init__(message, file, line, remedy)
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        return place(self.file, self.line) + self.message + (f" ({self.remedy})" if self.remedy else "")


class ProjectError(TablewrightError):
    """dataset.yaml or the project's folders are not as they must be."""


class SourceError(TablewrightError):
    """A source document cannot be read."""


class SchemaError(TablewrightError):
    """A table schema is not valid."""


class DecisionError(TablewrightError):
    """A review file is not valid."""


class KnowledgeError(TablewrightError):
    """A knowledge file, or the project's actor list, is not valid."""


class ModelError(TablewrightError):
    """The language model is missing or does not do what is needed."""


class BuildError(TablewrightError):
    """The build cannot go on."""


class LockError(TablewrightError):
    """Another process is building this project."""


def place(file: str | None, line: int | None) -> str:
    """The "file:line: " that starts a message, in the form that editors and terminals make clickable."""
    if file is None:
        return ""
    return f"{file}:{line}: " if line is not None else f"{file}: "
