"""`tablewright diff`: which two datasets are meant, and the comparison of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tablewright.datasetfiles import load_dataset_files, open_dataset_files, read_descriptor
from tablewright.diff import Diff, diff
from tablewright.errors import ProjectError
from tablewright.package import DESCRIPTOR
from tablewright.paths import Project, find_project
from tablewright.versions import is_version, latest

if TYPE_CHECKING:
    from tablewright.rowdiff import Columns
    from tablewright.schema import TableSchema


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two datasets: its folder or archive, and what people call it."""

    path: Path
    name: str


def compare(old: str | None, new: str | None, *, folder: Path | None = None) -> Diff:
    """What differs from `old` to `new`: each a version of a release of the project, or the path of a dataset's folder
    or of a release's archive.

    Without `old` it is the latest release, without `new` the build in dist/, as a release would hold it. `folder` is the project's, or lies in
    it; a project is needed for nothing but versions and what is left out. Raises `ProjectError` for what is not
    there, `BuildError` for a dataset that does not hold what it says.
    """
    start = folder or Path.cwd()
    sides = find_old(start, old), find_new(start, new)
    with ExitStack() as stack:
        mine, theirs = (stack.enter_context(unpacked(side.path)) for side in sides)
        return diff(
            open_dataset_files(mine),
            open_dataset_files(theirs) if new is not None else build_as_released(find_project(start)),
            before=sides[0].name,
            after=sides[1].name,
            old_about=read_descriptor(mine),
            new_about=read_descriptor(theirs),
        )


def find_old(start: Path, given: str | None) -> Side:
    """The older of two datasets: what `given` names, or the latest release of the project that `start` lies in."""
    if given is not None:
        return find_side(start, given)
    project = find_project(start)
    version = latest(release_versions(project))
    if version is None:
        raise ProjectError(
            "there is no release to compare with",
            remedy="name two folders or archives, or run `tablewright release` for the first one",
        )
    return Side(project.releases / str(version), str(version))


def find_new(start: Path, given: str | None) -> Side:
    """The newer of two datasets: what `given` names, or the build of the project that `start` lies in."""
    if given is not None:
        return find_side(start, given)
    project = find_project(start)
    if not (project.dist / DESCRIPTOR).is_file():
        raise ProjectError("dist/ has not been built", remedy="run `tablewright build`")
    return Side(project.dist, "dist")


def find_side(start: Path, given: str) -> Side:
    """The dataset that `given` names: a version of a release, a folder, or an archive."""
    if is_version(given):
        folder = find_project(start).releases / given
        if folder.is_dir():
            return Side(folder, given)
    # A path is where the shell that typed it stands, wherever -C points to.
    path = Path(given)
    if path.is_dir() or path.is_file():
        return Side(path, path.resolve().name)
    if not is_version(given):
        raise ProjectError(f"there is no folder or archive {given}", remedy="name a version, a folder or an archive")
    known = release_versions(find_project(start))
    raise ProjectError(
        f"there is no release {given}", remedy=f"there are {', '.join(known)}" if known else "there is none yet"
    )


def release_versions(project: Project) -> list[str]:
    """The versions of the project's releases, as its folders name them, in order of their names."""
    if not project.releases.is_dir():
        return []
    return sorted(path.name for path in project.releases.iterdir() if path.is_dir() and is_version(path.name))


def build_as_released(project: Project) -> Mapping[str, tuple[TableSchema, Columns]]:
    """The tables of the build, cut to the words that may be passed on; as they are when all may be."""
    from tablewright.config import load_dataset
    from tablewright.rights import Redistribute, cut_to_rights

    stated = load_dataset(project).redistribute
    files = open_dataset_files(project.dist)
    if "documents" not in files:
        return files
    documents = files["documents"][1]
    columns = (documents.column(each) for each in ("document_id", "source_file", "characters"))
    rows: list[tuple[Any, ...]] = list(zip(*(column.to_pylist() for column in columns), strict=True))
    rules: dict[str, Redistribute] = {
        name: cast("Redistribute", stated.get(source, "none")) for name, source, _ in rows
    }
    if all(rule == "full" for rule in rules.values()):
        return files
    return cut_to_rights(load_dataset_files(project.dist), rules, {name: length for name, _, length in rows}).tables


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The folder at `path`, or what the archive there holds, in a folder that is there as long as it is needed."""
    from tablewright.archive import extract

    if path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="tablewright-") as place:
        yield extract(path, Path(place))
