"""Every folder's and file's name in a project, in one place. Imports nothing of the project but errors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tablewright.errors import ProjectError

DATASET_FILE = "dataset.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """A dataset project: the folder that holds `source/dataset.yaml`."""

    root: Path

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def dataset_file(self) -> Path:
        return self.source / DATASET_FILE

    @property
    def actors_file(self) -> Path:
        return self.source / "actors.csv"

    @property
    def review(self) -> Path:
        return self.source / "review"

    @property
    def schemas(self) -> Path:
        return self.root / "schemas"

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def releases(self) -> Path:
        return self.dist / "releases"

    @property
    def work(self) -> Path:
        """The cache: out of git; deleting it costs time and nothing else."""
        return self.root / ".tablewright"

    def relative(self, path: Path) -> str:
        """`path` as messages and tables name it: relative to the project, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def inside(self, base: Path, name: str, *, file: str, line: int | None = None) -> Path:
        """The file that untrusted `name` means below `base`.

        Raises `ProjectError` for a name that leaves `base`, by `..`, by an absolute path or through a link.
        """
        path = base / name
        if not path.resolve().is_relative_to(base.resolve()):
            raise ProjectError(
                f"the path {name!r} leaves {self.relative(base)}/",
                file=file,
                line=line,
                remedy=f"name a file inside {self.relative(base)}/",
            )
        return path


def find_project(start: Path) -> Project:
    """The project that `start` lies in: the nearest folder upwards with `source/dataset.yaml`.

    Raises `ProjectError` when there is none.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / "source" / DATASET_FILE).is_file():
            return Project(folder)
    raise ProjectError(
        f"no source/{DATASET_FILE} in {start.name or start}/ or any folder above it",
        remedy="run `tablewright init` to start a dataset here, or name its folder with -C",
    )
