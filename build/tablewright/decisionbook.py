"""The review files in memory: read anew when another program has changed one, written whole or not at all.

Between looking at a file and replacing it nobody else's change may be lost: programs that write decisions hold a lock
of the operating system while they do, and a file that an editor has saved meanwhile is read again before it is
replaced.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tablewright.decision import Decision, review_file
from tablewright.decisioncells import layouts
from tablewright.decisionlines import columns_for, decision_line, header_line, read_lines
from tablewright.errors import BuildError, DecisionError, LockError, TablewrightError
from tablewright.files import disk_errors, write_atomic
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.schema import TableSchema

# A file that was saved so little ago may be saved no further than half.
_SETTLED_SECONDS = 0.2
# A file changed within the clock's grain of its reading could change again under the same stamp.
_RACY_SECONDS = 0.02
_PATIENCE_SECONDS = 10.0

_UNWRITTEN = "nothing was decided: make room on the disk, or source/review/ writable, and decide again"

Stamp = tuple[int, int, int]
Change = Callable[[list[Decision]], None]


class _SavedMeanwhileError(Exception):
    """Another program saved the file after it was read."""


@dataclass(slots=True)
class _File:
    """A review file as it was read, with its lines as they are written."""

    stamp: Stamp | None = None
    racy: bool = False
    data: bytes = b""
    decisions: list[Decision] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    lines: dict[int, tuple[Decision, str]] = field(default_factory=dict)


class Book:
    """The decisions of a project, by table in the order of the lines. What a file says stands until it is read anew."""

    def __init__(self, project: Project, schemas: Mapping[str, TableSchema]) -> None:
        self._project = project
        self._layouts = layouts(schemas)
        self._files: dict[str, _File] = {}

    def decisions(self, table: str) -> Sequence[Decision]:
        """A table's decisions as they were read last."""
        return self._files[table].decisions if table in self._files else ()

    def refresh(self, *, patient: bool = False) -> set[str]:
        """Reads the files that changed; gives their tables. A file that was saved just now is left for later, or with
        `patient` waited for. Raises `DecisionError` with all that is wrong with the first file that cannot be read; what
        was read of it before stands, and the others are read.
        """
        read: set[str] = set()
        problems: list[TablewrightError] = []
        for table in self._layouts:
            try:
                read |= {table} if self._reread(table, patient=patient) else set()
            except TablewrightError as error:
                problems.append(error)
        if problems:
            raise problems[0]
        return read

    def change(self, table: str, change: Change) -> bool:
        """Lets `change` work on the list of a table's decisions as the file has them now, and writes them. Gives
        whether the file had been changed by another program since it was read.

        Raises `DecisionError` when the file is not valid (it is then left as it is), `BuildError` from the disk, and
        `LockError` when another program keeps writing.
        """
        if table not in self._layouts:
            raise all_at_once([unknown_table(table, self._layouts)])
        with _writing(self._project):
            deadline = time.monotonic() + _PATIENCE_SECONDS
            anew = False
            while True:
                anew |= self._reread(table, patient=True)
                changed = [*self.decisions(table)]
                change(changed)
                try:
                    self._write(table, changed)
                except _SavedMeanwhileError as error:
                    if time.monotonic() > deadline:
                        raise _busy(table) from error
                    continue
                return anew

    def _path(self, table: str) -> Path:
        return self._project.review / f"{table}.csv"

    def _reread(self, table: str, *, patient: bool) -> bool:
        file = self._files.get(table)
        stamp = _stamp(self._path(table))
        if file is not None and file.stamp == stamp and not file.racy:
            return False
        if patient:
            stamp = self._wait(table, file)
        elif file is not None and _fresh(stamp):
            return False
        data = _bytes(self._path(table)) if stamp is not None else b""
        racy = stamp is not None and abs(time.time() - stamp[1] / 1e9) < _RACY_SECONDS
        if file is not None and data == file.data and (file.stamp is None) == (stamp is None):
            file.stamp, file.racy = stamp, racy
            return False
        decisions, findings = read_lines(self._layouts[table], _text(table, data)) if stamp is not None else ([], [])
        findings = findings or twice(decisions)
        if findings:
            raise all_at_once(findings)
        self._files[table] = _File(stamp, racy, data, decisions)
        return True

    def _wait(self, table: str, file: _File | None) -> Stamp | None:
        """Waits until a file that another program saved is saved whole; gives its stamp."""
        path = self._path(table)
        deadline = time.monotonic() + _PATIENCE_SECONDS
        stamp = _stamp(path)
        ours = file.stamp if file is not None else None
        while stamp != ours and (_fresh(stamp) or (stamp is None and file is not None)):
            time.sleep(_SETTLED_SECONDS / 4)
            before, stamp = stamp, _stamp(path)
            if before is None and stamp is None:
                break
            if time.monotonic() > deadline:
                raise _busy(table)
        return stamp

    def _write(self, table: str, decisions: list[Decision]) -> None:
        path, old = self._path(table), self._files[table]
        _refuse_read_only(path)
        columns = columns_for(self._layouts[table], decisions)
        lines: dict[int, tuple[Decision, str]] = {}
        for number, each in enumerate(decisions, start=2):
            known = old.lines.get(id(each)) if columns == old.columns else None
            line = known[1] if known else decision_line(self._layouts[table], columns, each)
            # A written line takes one line of the file, so that where each stands is known without reading it again.
            kept = each if each.line == number else replace(each, line=number)
            lines[id(kept)] = kept, line
        data = "".join([header_line(columns), *(line for _, line in lines.values())]).encode()
        stamp: list[Stamp | None] = []

        def unchanged(aside: Path) -> None:
            if _stamp(path) != old.stamp:
                raise _SavedMeanwhileError
            stamp.append(_stamp(aside))

        try:
            write_atomic(path, data, last=unchanged)
        except BuildError as error:
            raise BuildError(error.message, remedy=_UNWRITTEN) from error
        self._files[table] = _File(stamp[0], True, data, [each for each, _ in lines.values()], columns, lines)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path.stem, error) from error
    return found.st_size, found.st_mtime_ns, found.st_ino


def _fresh(stamp: Stamp | None) -> bool:
    return stamp is not None and abs(time.time() - stamp[1] / 1e9) < _SETTLED_SECONDS


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path.stem, error) from error


def _unreadable(table: str, error: OSError) -> DecisionError:
    message = f"cannot be read: {error.strerror}"
    return DecisionError(message, file=review_file(table), remedy="check its permissions")


def _text(table: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(
            "the file is not UTF-8", file=review_file(table), remedy="save it as CSV in UTF-8"
        ) from error


def _refuse_read_only(path: Path) -> None:
    # Replacing a file asks for no right to write it; whoever took that right away wants it as it is.
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if not mode & 0o222:
        raise DecisionError("is read-only", file=review_file(path.stem), remedy="make the file writable")


def _busy(table: str) -> LockError:
    return LockError(
        "another program keeps writing the file", file=review_file(table), remedy="close it there and try again"
    )


@contextlib.contextmanager
def _writing(project: Project) -> Iterator[None]:
    """Holds the lock of those who write decisions."""
    from filelock import FileLock, Timeout

    lock = FileLock(project.work / "review.lock")
    try:
        with disk_errors(project.work):
            project.work.mkdir(exist_ok=True)
            lock.acquire(timeout=_PATIENCE_SECONDS)
    except Timeout as error:
        raise LockError("another program is writing decisions", remedy="try again") from error
    except BuildError as error:
        raise BuildError(error.message, remedy=_UNWRITTEN.replace("source/review/", ".tablewright/")) from error
    try:
        yield
    finally:
        lock.release()


def unknown_table(table: str, known: Iterable[str]) -> Finding:
    """A review file, or a decision, of a table on whose rows nobody decides."""
    return Finding(
        "decision-file",
        f"there is no table {table!r} whose rows are reviewed",
        review_file(table),
        remedy=f"review files are {', '.join(f'{name}.csv' for name in known)}",
    )


def twice(decisions: Sequence[Decision]) -> list[Finding]:
    """Rows on which the same person decided twice. Two people may: `review` compares what they say."""
    first: dict[tuple[str, str, bool], Decision] = {}
    findings: list[Finding] = []
    for decision in decisions:
        before = first.setdefault(decision.author, decision)
        if before is not decision:
            findings.append(
                Finding(
                    "decision-twice",
                    f"{decision.row_id} is decided in line {before.line} already, by {decision.reviewer} too",
                    decision.file,
                    decision.line,
                    remedy="remove one of the two lines",
                    table=decision.table,
                )
            )
    return findings


def all_at_once(findings: Sequence[Finding]) -> DecisionError:
    """One error that tells all of `findings`."""
    first = findings[0]
    if len(findings) == 1:
        return DecisionError(first.message, file=first.file, line=first.line, remedy=first.remedy)
    said = [
        str(TablewrightError(each.message, file=each.file, line=each.line, remedy=each.remedy)) for each in findings
    ]
    message = f"{len(findings)} things are wrong with people's decisions:\n  " + "\n  ".join(said)
    return DecisionError(message, file=first.file, line=first.line)
