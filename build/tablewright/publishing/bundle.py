"""A release ready to go out: proved from its own files, unpacked where it is an archive, every file with its hash."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tablewright.archive import extract, write_archive
from tablewright.files import sha256_file
from tablewright.publishing.refusals import PublishError
from tablewright.records import Finding
from tablewright.sums import SUMS, check_sums, is_plain_path, walk
from tablewright.verify import verify
from tablewright.versions import Version


@dataclass(frozen=True, slots=True)
class Bundle:
    """A release that was found sound: its files lie in `folder`, its archive at `archive`.

    `files` gives the SHA-256 of every file by path, sorted, SHA256SUMS with the others.
    """

    name: str
    version: str
    folder: Path
    archive: Path
    files: Mapping[str, str]

    @property
    def label(self) -> str:
        """The name of the release, and of its archive without the ending."""
        return f"{self.name}-{self.version}"


@contextmanager
def opened_release(path: Path) -> Iterator[tuple[Bundle | None, list[Finding]]]:
    """The release at `path`, a folder or an archive, after `verify`; None with the findings when it is not sound.

    Raises `ProjectError` when there is nothing at `path` and `BuildError` for an archive that is not safe to unpack.
    """
    with tempfile.TemporaryDirectory(prefix="tablewright-") as name:
        place = Path(name)
        folder = path
        if path.is_file():
            (place / "release").mkdir()
            folder = extract(path, place / "release")
        found = verify(folder)
        if found.findings:
            yield None, found.findings
            return
        _plain(found.name, found.version)
        paths, _ = walk(folder)
        told, _ = check_sums(folder, paths)
        files = dict(sorted((told | {SUMS: sha256_file(folder / SUMS)}).items()))
        label = f"{found.name}-{found.version}"
        archive = place / f"{label}.zip"
        # Written from the folder: the same folder gives the same bytes, whatever lies beside it.
        write_archive(folder, archive, label)
        yield Bundle(found.name, found.version, folder, archive, files), []


def _plain(name: str, version: str) -> None:
    """Raises for a name or version that would lead elsewhere when it becomes part of an address."""
    if not is_plain_path(name) or "/" in name or name.startswith("."):
        raise PublishError(f"the dataset's name {name!r} cannot be part of an address")
    Version.parse(version)
