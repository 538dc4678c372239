"""A release as one file: written so that the same folder gives the same bytes, and read without trusting it.

A zip without compression: what zlib makes of a file differs from version to version of zlib, and the Parquet files are
compressed already. Times, modes and order are fixed.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tablewright.errors import BuildError
from tablewright.sums import is_plain_path

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_MODE = (stat.S_IFREG | 0o644) << 16
_PIECE = 1 << 20
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may make of itself when it is read: files, bytes in all, bytes for one of the archive's, and
    characters of a path. Text in CSV shrinks to a tenth, hardly ever to a hundredth.
    """

    files: int = 10_000
    bytes: int = 16 << 30
    ratio: int = 100
    path: int = 240


ARCHIVE_LIMITS = ArchiveLimits()
# Small files shrink as they like: a table without rows is not a bomb.
_RATIO_FROM = 1 << 20


def write_archive(folder: Path, target: Path, top: str) -> None:
    """Writes every file below `folder` to a zip at `target`, under the folder `top`, sorted by path."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in paths:
            entry = zipfile.ZipInfo(f"{top}/{name}", _TIME)
            entry.create_system = _UNIX
            entry.external_attr = _FILE_MODE
            path = folder / name
            # The size is known, so that only a large file gets the longer form of an entry.
            entry.file_size = path.stat().st_size
            with path.open("rb") as file, archive.open(entry, "w") as out:
                while piece := file.read(_PIECE):
                    out.write(piece)


def extract(archive: Path, into: Path, limits: ArchiveLimits = ARCHIVE_LIMITS) -> Path:
    """Unpacks a release's archive, from wherever it comes, below the empty folder `into`; gives its one top folder.

    Everything is looked at before anything is written. Raises `BuildError` for what is no zip, is damaged or
    encrypted, holds a path that leads out, a link, a name twice, or more than `limits` allow; sizes are counted while
    unpacking, whatever the archive says.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [each for each in opened.infolist() if not _is_folder(each)]
            for problem in _problems(opened.infolist(), archive.stat().st_size, limits):
                raise _refused(archive, problem)
            tops = {each.filename.split("/", 1)[0] for each in entries}
            if len(tops) != 1 or not all("/" in each.filename for each in entries):
                raise _refused(archive, "does not hold one folder with the release in it")
            room = _Room(archive, limits)
            for entry in entries:
                _unpack(opened, entry, into / entry.filename, room)
            return into / tops.pop()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError, ValueError) as error:
        raise _refused(archive, f"is damaged or no zip: {error}") from error


def _refused(archive: Path, problem: str) -> BuildError:
    return BuildError(problem, file=archive.name, remedy="get the archive again, from where it was published")


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/")


def _problems(entries: list[zipfile.ZipInfo], size: int, limits: ArchiveLimits) -> Iterator[str]:
    """What is wrong with the list of an archive's entries; `size` is that of the archive."""
    if len(entries) > limits.files:
        yield f"holds {len(entries):,} files; more than {limits.files:,} are refused"
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.removesuffix("/")
        # What the zip really says, before Python mended it.
        if entry.orig_filename.removesuffix("/") != name or not is_plain_path(name):
            yield f"holds the path {entry.orig_filename!r}, which leads out or is none"
        if len(name) > limits.path:
            yield f"holds a path of {len(name)} characters"
        # Some systems do not tell A from a: a file would be written over another.
        if name.casefold() in seen:
            yield f"holds {name!r} twice"
        seen.add(name.casefold())
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            yield f"holds {name!r}, which is a link or a device"
        if entry.flag_bits & _ENCRYPTED:
            yield f"holds {name!r}, which is encrypted"
        if entry.compress_type not in _PLAIN:
            yield f"holds {name!r}, compressed in a way that is not read"
    told = sum(entry.file_size for entry in entries)
    if told > limits.bytes or told > max(_RATIO_FROM, size * limits.ratio):
        yield f"would unpack to {told:,} bytes from {size:,}"


class _Room:
    """How much an archive may still unpack to."""

    def __init__(self, archive: Path, limits: ArchiveLimits) -> None:
        self._archive = archive
        self._left = min(limits.bytes, max(_RATIO_FROM, archive.stat().st_size * limits.ratio))

    def take(self, number: int) -> None:
        self._left -= number
        if self._left < 0:
            raise _refused(self._archive, "unpacks to more than it says")


def _unpack(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, room: _Room) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # "x": nothing that is there is written over, nor is a link followed.
    with opened.open(entry) as file, path.open("xb") as out:
        while piece := file.read(_PIECE):
            room.take(len(piece))
            out.write(piece)
