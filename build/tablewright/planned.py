"""What a plan is made of: the steps that people read, and the tasks that are worked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, overload

from tablewright.readers.corpora.articles import Spec
from tablewright.readers.corpora.stock import Record
from tablewright.steps import DOCUMENT_STEPS

Action = Literal["read", "analyse", "code", "review", "drop", "write", "describe"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a build does, and every reason for it. `part` is the coder, for "code"."""

    action: Action
    target: str
    reasons: tuple[str, ...]
    part: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The step as JSON values."""
        return {"action": self.action, "target": self.target, "part": self.part, "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True)
class Task:
    """The work on one document: the steps to do, and the keys that its results will be kept under (`key_list`, in the
    order of the steps: a string takes a quarter of the memory). A document of a corpus has the place of its `record`
    and the `spec` of what the record's fields are.
    """

    document_id: str
    source_file: str
    about: Mapping[str, str]
    todo: frozenset[str]
    key_list: str
    record: Record | None = None
    spec: Spec | None = None

    @property
    def keys(self) -> dict[str, str]:
        """The key of each step."""
        return dict(zip(STEP_NAMES, self.key_list.split(), strict=True))


STEP_NAMES = tuple(kind.name for kind in DOCUMENT_STEPS)


class Steps(Sequence[Step]):
    """The steps of a plan: those of documents, which are made as they are asked for (`explain` makes them of a task)
    since there may be a million, and others.
    """

    def __init__(
        self, tasks: Sequence[Task], explain: Callable[[Task], Iterator[Step]], others: Sequence[Step]
    ) -> None:
        self._tasks, self._explain, self._others = tasks, explain, others

    def __len__(self) -> int:
        return sum(len(task.todo) for task in self._tasks) + len(self._others)

    def __iter__(self) -> Iterator[Step]:
        for task in self._tasks:
            yield from self._explain(task)
        yield from self._others

    @overload
    def __getitem__(self, index: int) -> Step: ...

    @overload
    def __getitem__(self, index: slice) -> list[Step]: ...

    def __getitem__(self, index: int | slice) -> Step | list[Step]:
        return list(self)[index]
