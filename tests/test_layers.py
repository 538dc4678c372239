"""A module imports only from the groups below its own, and from its own group where that is a module of one family."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tablewright

PACKAGE = Path(tablewright.__file__).parent

# From the base up; a package stands for all of its modules.
LAYERS: dict[str, tuple[str, ...]] = {
    "base": ("errors", "paths", "records", "parse", "clauses", "files", "ids", "yamlfile", "anchors", "sums", "archive", "texts"),
    "edges": (
        "schema", "schemafields", "schemafile", "schemasource", "cells", "contract", "frames", "arrowtable",
        "tablefiles", "rowfindings", "config", "sentences", "language", "readers", "knowledge", "decision", "decisioncells",
        "decisionbook", "decisionlines", "decisions", "copies",
    ),
    "steps": (
        "coders", "tables", "merge", "resolve", "review", "reviewfindings", "actorreview", "rowmatch", "rowplaces",
        "deciding", "evaluation", "checks", "codebook", "schemadiff", "rownumbers", "rowmatching", "cellmatching",
        "rowdiff", "diff", "versions", "changelist", "changelog", "rights", "cutreview", "moved", "releaserights",
        "columnchecks", "wordchecks", "placechecks", "sourcechecks", "reviewchecks", "releasefacts", "codings",
    ),
    "output": (
        "writer", "package", "loading", "describe", "datasetfiles", "diffpages", "metadatachecks", "descriptorchecks",
        "statachecks", "reportmark",
    ),
    "order": (
        "keptdocuments", "state", "steps", "stepkeys", "discover", "corpora", "datasetedit", "adding", "reading", "inputs", "planned", "plan", "cache", "coding", "portions", "built", "assembly",
        "publication", "reviewing", "dist", "lock", "pipeline", "tongues", "lookup", "proof", "standing", "starter", "decider", "desk",
        "quality", "interchange", "comparing", "serving", "settling", "release", "releasefiles", "releasefolder", "verify", "hydrate", "publishing", "reporting",
    ),
    "face": (
        "__main__", "report", "console", "cli", "cli_review", "cli_settle", "cli_interchange", "cli_diff", "cli_release",
        "cli_publish", "cli_report", "cli_documents", "cli_lookup",
    ),
}  # fmt: skip
ORDER = {module: number for number, modules in enumerate(LAYERS.values()) for module in modules}
# Each of these says "values in, values out": what one of them needs of another comes to it as a value.
APART = ("coders.actors", "coders.dates", "coders.quotations", "coders.aid", "coders.events")


def modules() -> list[str]:
    paths = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
    return [".".join(path.with_suffix("").parts) for path in paths if path.name != "__init__.py" or path.parent.parts]


def is_module(name: str) -> bool:
    path = PACKAGE / name.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def imported(module: str) -> set[str]:
    """The modules of the package that `module` imports anywhere, types apart."""
    tree = ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "tablewright":
            inside = (node.module or "").removeprefix("tablewright").lstrip(".")
            for each in node.names:
                submodule = ".".join(filter(None, (inside, each.name)))
                names.add(submodule if is_module(submodule) else inside or each.name)
        elif isinstance(node, ast.Import):
            names |= {
                each.name.removeprefix("tablewright.") for each in node.names if each.name.startswith("tablewright.")
            }
    return names


@pytest.mark.parametrize("module", modules())
def test_imports_point_down(module: str) -> None:
    top = module.split(".", maxsplit=1)[0]
    assert top in ORDER, f"{module} stands in no group: name it in LAYERS"
    for other in imported(module):
        if other in ("Tables", "load", "__version__"):
            continue
        assert ORDER[other.split(".")[0]] <= ORDER[top], f"{module} imports {other}, which stands above it"
        for coder in APART:
            if f"{module}.".startswith(f"{coder}."):
                assert not other.startswith("coders.") or f"{other}.".startswith(f"{coder}."), (
                    f"{module} imports {other}"
                )


def test_no_module_imports_in_a_circle() -> None:
    graph = {module.removesuffix(".__init__"): imported(module) for module in modules()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, f"a circle: {' → '.join((*path, module))}"
        if module in done:
            return
        for other in graph.get(module, ()):
            if other in graph:
                visit(other, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())
