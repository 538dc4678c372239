"""Which place TARGET names, and what is done there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tablewright.config import load_dataset
from tablewright.paths import Project, find_project
from tablewright.publishing.bundle import Bundle, opened_release
from tablewright.publishing.deposit import deposit, reserve
from tablewright.publishing.drafts import Drafts
from tablewright.publishing.host import publish_to_host
from tablewright.publishing.huggingface import publish_to_hub
from tablewright.publishing.refusals import PublishError
from tablewright.publishing.zenodo import Repository, base_of
from tablewright.records import Finding
from tablewright.versions import Version

_ZENODO = "zenodo:"
_HUGGINGFACE = "huggingface:"


class Done(Protocol):
    """What was done, for people and for scripts."""

    def lines(self) -> list[str]: ...

    def to_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Order:
    """What the command was asked: `release` is a path, or with `reserve` the version that is to be released."""

    release: str
    target: str
    project: Path | None = None
    confirm: bool = False
    reserve: bool = False
    base_url: str | None = None


def carry_out(order: Order) -> tuple[Done | None, list[Finding]]:
    """Verifies the release and brings it to its target; None with the findings when it is not sound."""
    if order.reserve:
        return _reserve(order), []
    path = Path(order.release)
    with opened_release(path) as (bundle, findings):
        if bundle is None:
            return None, findings
        return _send(bundle, path, order), []


def _send(bundle: Bundle, path: Path, order: Order) -> Done:
    if order.target == _ZENODO:
        base = base_of(order.base_url)
        drafts = Drafts(_project(order, path.absolute().parent), base, bundle.name)
        return deposit(bundle, drafts, Repository(base), confirm=order.confirm)
    if order.target.startswith(_HUGGINGFACE):
        return publish_to_hub(bundle, order.target.removeprefix(_HUGGINGFACE), confirm=order.confirm)
    return publish_to_host(bundle, order.target)


def _reserve(order: Order) -> Done:
    if order.target != _ZENODO:
        raise PublishError("a DOI is reserved on Zenodo only", remedy="tablewright publish --reserve VERSION zenodo:")
    version = str(Version.parse(order.release))
    project = _project(order, Path.cwd())
    about = load_dataset(project).about
    base = base_of(order.base_url)
    name, creators = str(about["name"]), [str(each["title"]) for each in about.get("creators", ())]
    repository = Repository(base)
    return reserve(Drafts(project, base, name), repository, version, str(about.get("title") or name), creators)


def _project(order: Order, start: Path) -> Project:
    """The project of -C, or the one that the release, or else the current folder, lies in."""
    if order.project is not None:
        return find_project(order.project)
    inside = any((folder / "source" / "dataset.yaml").is_file() for folder in (start, *start.parents))
    return find_project(start if inside else Path.cwd())
