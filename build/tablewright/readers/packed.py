"""Compressed files, `.gz` and `.zst`: read as what they hold, up to a limit, so that no bomb goes off."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from tablewright.errors import SourceError

if TYPE_CHECKING:
    import pyarrow as pa

ENDINGS = (".gz", ".zst")
"""How the name of a compressed file ends."""

MAX_BYTES = 64_000_000
"""What one document may hold, packed and unpacked: some forty novels of plain text, or a long report as PDF."""


def inner_name(name: str) -> str:
    """The name of what a compressed file holds: `talks.jsonl` for `talks.jsonl.gz`; other names as they are."""
    return name.rpartition(".")[0] if name.lower().endswith(ENDINGS) else name


def open_packed(source: Path | IO[bytes], name: str) -> IO[bytes]:
    """What the file `name` holds, unpacked as it is read. It can be sought: forward cheaply, backward from the start.

    Whoever reads does so within `packed_errors`.
    """
    ending = name.lower().rpartition(".")[2]
    if ending == "gz":
        packed = gzip.GzipFile(source) if isinstance(source, Path) else gzip.GzipFile(fileobj=source)
        return cast("IO[bytes]", packed)
    if ending == "zst":
        return io.BufferedReader(_Zstd(_file(source)), 1 << 18)
    return _file(source)


def _file(source: Path | IO[bytes]) -> IO[bytes]:
    return source.open("rb") if isinstance(source, Path) else source


@contextlib.contextmanager
def packed_errors(file: str) -> Iterator[None]:
    """Turns what goes wrong in unpacking `file` into one `SourceError`."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damaged(file) from error
    except OSError as error:
        if error.errno is None:  # pyarrow's, from the data; the system's have a number
            raise _damaged(file) from error
        reason = os.strerror(error.errno)
        raise SourceError(f"cannot be read: {reason}", file=file, remedy="give the file read permission") from error


def _damaged(file: str) -> SourceError:
    return SourceError("the compressed file is cut off or damaged", file=file, remedy="copy or download it again")


def unpack(data: bytes, file: str, limit: int = MAX_BYTES) -> bytes:
    """What the bytes of `file` hold, unpacked where its name says that they are compressed.

    Raises `SourceError` for damaged files and for more than `limit` bytes, of which no more are ever unpacked.
    """
    if inner_name(file) == file:
        return data
    with packed_errors(file), open_packed(io.BytesIO(data), file) as stream:
        found = stream.read(limit + 1)
    if len(found) > limit:
        raise too_large(file, limit)
    if not found.strip():
        raise SourceError(
            "the compressed file holds nothing", file=file, remedy="put the text in, or take the file out of source/"
        )
    return found


def too_large(file: str, limit: int = MAX_BYTES) -> SourceError:
    """The error for a document of more than `limit` bytes."""
    return SourceError(
        f"holds more than {limit // 1_000_000} MB, the most that one document may hold",
        file=file,
        remedy="split it into its parts, or save its text alone",
    )


class _Zstd(io.RawIOBase):
    """A file of one or more zstd frames, unpacked as it is read. Going back starts from the beginning."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._position = 0
        self._stream: pa.CompressedInputStream = self._open()

    def _open(self) -> pa.CompressedInputStream:
        import pyarrow as pa

        self._file.seek(0)
        # Closing the stream would close the file, which is to be read again.
        return pa.CompressedInputStream(pa.PythonFile(cast("Any", _Open(self._file)), "r"), "zstd")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only positions from the start are known")
        if offset < self._position:
            self._stream, self._position = self._open(), 0
        while self._position < offset:
            skipped = len(self._stream.read(min(offset - self._position, 1 << 20)))
            if not skipped:
                break
            self._position += skipped
        return self._position

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class _Open:
    """A file that stays open when those who read from it are done."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        """Leaves the file open."""
