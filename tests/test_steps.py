"""Each step of a build is done again when code that it runs changes: its patterns cover all that its code imports."""

from __future__ import annotations

from fnmatch import fnmatch

import pytest

from tablewright.steps import DOCUMENT_STEPS, StepKind, kind
from test_layers import imported, is_module, modules

# What no result rests on: names of errors and folders, hashing and writing, types passed on.
ASIDE = {"errors", "paths", "files", ""}


def path_of(module: str) -> str:
    return f"{module.replace('.', '/')}.py"


def family(module: str) -> list[str]:
    """A module and, for a package, its own file."""
    return [f"{module}.__init__", module]


def covered(step: StepKind) -> set[str]:
    """The patterns of a step and of those whose results it takes."""
    patterns = set(step.files)
    for name in step.after:
        patterns |= covered(kind(name))
    return patterns


@pytest.mark.parametrize("step", DOCUMENT_STEPS, ids=lambda step: step.name)
def test_a_step_names_all_code_that_it_runs(step: StepKind) -> None:
    known = modules()
    patterns = covered(step)
    todo = [name for name in known if any(fnmatch(path_of(name), pattern) for pattern in step.files)]
    assert todo
    seen: set[str] = set()
    missed: list[str] = []
    while todo:
        module = todo.pop()
        if module in seen:
            continue
        seen.add(module)
        if not any(fnmatch(path_of(module), pattern) for pattern in patterns):
            missed.append(module)
        for name in imported(module) - ASIDE:
            todo += [each for each in family(name) if each in known and is_module(name)]
    assert not missed, f"{step.name} runs {missed}"
