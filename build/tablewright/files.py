"""Hashing, canonical JSON, and files that are replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tablewright.errors import BuildError


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """The SHA-256 of a file's bytes in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dumps(value: Any) -> str:
    """Compact JSON with keys in the order given: the same value, the same bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def digest(*parts: Any) -> str:
    """A key for anything that JSON can write: 20 hex digits of its SHA-256."""
    return sha256(dumps(parts).encode())[:20]


def write_atomic(path: Path, data: bytes, last: Callable[[Path], None] | None = None) -> None:
    """Puts `data` at `path`: a reader, or a kill at any moment, sees the old file or the new one, whole. `last` is
    called with the new file, complete, right before it takes the old one's place, which it prevents by raising.

    Raises `BuildError` when the disk is full or the folder cannot be written.
    """
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # mkstemp makes files private; a published file has the rights that any other new file gets.
            os.chmod(name, 0o666 & ~_umask())
            if last is not None:
                last(Path(name))
            os.replace(name, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise


def write_cache(path: Path, data: bytes) -> None:
    """Like `write_atomic` without waiting for the disk: for what can be made again if the power goes."""
    with disk_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        # One process works on a document at a time; the process id keeps two builds of different projects apart.
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            aside.write_bytes(data)
            os.replace(aside, path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns the disk's refusals (full, read-only, not permitted) into a `BuildError` that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            remedy = "free some space and build again; dist/ is as it was"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            remedy = "make the folder writable; dist/ is as it was"
        else:
            raise
        # The last two parts name the place well enough and keep a machine's folders out of messages.
        where = "/".join(path.parts[-2:])
        raise BuildError(f"cannot write {where}: {os.strerror(error.errno)}", remedy=remedy) from error
