"""SHA256SUMS: the hash of every other file of a folder, in the format of `sha256sum`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from tablewright.files import sha256_file
from tablewright.records import Finding

SUMS = "SHA256SUMS"

_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\\\x00-\x1f]+)")
_NO_FILE = "get a whole copy"
# A line takes some 80 bytes; no release has a million files.
_MOST_BYTES = 64 << 20


def sums(folder: Path) -> bytes:
    """The bytes of SHA256SUMS for `folder`: every regular file below it but SHA256SUMS, sorted by path."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return "".join(f"{sha256_file(folder / path)}  {path}\n" for path in paths if path != SUMS).encode()


def walk(folder: Path) -> tuple[list[str], list[Finding]]:
    """The paths of all regular files below `folder`, sorted, and a finding for all else: links, devices, pipes.

    No link is followed, so what is read lies in the folder.
    """
    found: list[str] = []
    findings: list[Finding] = []
    waiting = [folder]
    while waiting:
        for path in waiting.pop().iterdir():
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                findings.append(Finding("link", "is a link; a release has none", _shown(name), remedy=_NO_FILE))
            elif path.is_dir():
                waiting.append(path)
            elif path.is_file():
                found.append(name)
            else:
                findings.append(Finding("no-file", "is neither file nor folder", _shown(name), remedy=_NO_FILE))
    return sorted(found), sorted(findings, key=lambda each: each.file or "")


def _shown(name: str) -> str:
    """A path that may hold anything, for a message on one line."""
    return name.encode("utf-8", "backslashreplace").decode().translate(dict.fromkeys(range(32), "?"))


def check_sums(folder: Path, paths: list[str]) -> tuple[dict[str, str], list[Finding]]:
    """What SHA256SUMS in `folder` says of each file, and what is wrong with that: `paths` are the files there are."""
    if SUMS not in paths:
        return {}, [Finding("sums", "is missing; nothing says what the files have to be", SUMS, remedy=_NO_FILE)]
    if (folder / SUMS).stat().st_size > _MOST_BYTES:
        return {}, [Finding("sums", "is too large to be a list of hashes", SUMS, remedy=_NO_FILE)]
    told: dict[str, str] = {}
    findings = list(_read(folder, told))
    there = [name for name in paths if name != SUMS]
    findings += [Finding("missing", "is missing", name, remedy=_NO_FILE) for name in told if name not in set(there)]
    findings += [
        Finding("extra", f"is not in {SUMS}", _shown(name), remedy="remove it, or get a whole copy")
        for name in there
        if name not in told
    ]
    both = [name for name in there if name in told]
    # Hashing leaves Python free, so that two files are hashed at once.
    with ThreadPoolExecutor(2) as pool:
        hashes = pool.map(lambda name: sha256_file(folder / name), both)
        findings += [
            Finding("hash", f"is not the file that {SUMS} names: its hash is another", name, remedy=_NO_FILE)
            for name, sha256 in zip(both, hashes, strict=True)
            if sha256 != told[name]
        ]
    return told, findings


def _read(folder: Path, told: dict[str, str]) -> Iterator[Finding]:
    """Fills `told` from the lines of SHA256SUMS; gives what is wrong with them."""
    try:
        text = (folder / SUMS).read_bytes().decode()
    except UnicodeDecodeError:
        yield Finding("sums", "is not UTF-8 text", SUMS, remedy=_NO_FILE)
        return
    for number, line in enumerate(text.split("\n")[:-1], start=1):
        match = _LINE.fullmatch(line)
        if match is None or not is_plain_path(match[2]) or match[2] == SUMS:
            yield Finding("sums", "the line is no hash and path of a file in the release", SUMS, number)
        elif match[2] in told:
            yield Finding("sums", f"{match[2]} stands twice", SUMS, number)
        else:
            told[match[2]] = match[1]
    if not text.endswith("\n"):
        yield Finding("sums", "ends within a line", SUMS, remedy=_NO_FILE)
    if list(told) != sorted(told):
        yield Finding("sums", "the lines are not sorted by path", SUMS)


def is_plain_path(name: str) -> bool:
    """Whether a path stays below the folder that it is looked up in, on any system."""
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and path.as_posix() == name
        and not any(character in name for character in '\\:<>"|?*\x00')
    )
