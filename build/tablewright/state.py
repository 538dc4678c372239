"""What the last build saw and made: the file that lets the next one do nothing.

Kept small in imports: a build with nothing to do reads one JSON file, looks at the stamps of the files (it opens
none) and ends. A stamp is size, times of change and inode, as git keeps them; only where one differs is a file hashed.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tablewright.keptdocuments import KeptDocuments, drop_others, keep_documents
from tablewright.paths import Project

if TYPE_CHECKING:
    from tablewright.records import Finding

FORMAT = 4

Stamp = tuple[int, int, int, int]

# A file changed within the clock's grain of its hashing could change again under the same stamp; git calls it racy.
_RACY_NS = 20_000_000
_NEVER: Stamp = (-1, 0, 0, 0)
_DIST_INFO = re.compile(r"^(.+?)-([^-]+)\.dist-info$")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was seen: its stamp and the SHA-256 of its bytes."""

    stamp: Stamp
    sha256: str


@dataclass(slots=True)
class State:
    """The last build. `documents`, `tables`, `review` and `findings` are JSON values whose shape `plan` gives.

    `documents` stands in a file of its own, which is read when it is asked for: a build with nothing to do never does.
    """

    inputs: dict[str, Seen] = field(default_factory=dict)
    outputs: dict[str, Seen] = field(default_factory=dict)
    tool: dict[str, Seen] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    model: str = ""
    dataset: dict[str, Any] = field(default_factory=dict)
    documents: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    described: str = ""
    failed: bool = False
    findings: list[dict[str, str | int]] = field(default_factory=list)
    review: dict[str, Any] = field(default_factory=dict)

    def kept_findings(self) -> list[Finding]:
        """What the last build found and nobody has mended since."""
        if not self.findings:
            return []
        from tablewright.records import Finding

        return [Finding(**cast("dict[str, Any]", value)) for value in self.findings]


def state_file(project: Project) -> Path:
    """Where the state is kept."""
    return project.work / "state.json"


def load_state(project: Project) -> State:
    """The last build's state; an empty one if there was none, or it is of another form."""
    try:
        with state_file(project).open(encoding="utf-8") as file:
            value = json.load(file)
        if value.pop("format") != FORMAT:
            return State()
        for name in ("inputs", "outputs", "tool"):
            value[name] = {key: Seen(tuple(seen[:4]), seen[4]) for key, seen in value[name].items()}
        value["documents"] = KeptDocuments(project.work, value["documents"])
        return State(**value) if value["documents"].there() else State()
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return State()


def save_state(project: Project, state: State) -> None:
    """Keeps the state for the next build."""
    from tablewright.files import dumps, write_cache

    value: dict[str, Any] = {"format": FORMAT}
    for name in State.__slots__:
        part: Any = getattr(state, name)
        if name == "documents":
            part = keep_documents(project.work, state.documents)
        elif name in ("inputs", "outputs", "tool"):
            part = {key: [*seen.stamp, seen.sha256] for key, seen in part.items()}
        value[name] = part
    write_cache(state_file(project), dumps(value).encode())
    drop_others(project.work, value["documents"])


def is_fresh(project: Project, state: State) -> bool:
    """Whether nothing at all has changed since the last build, by stamps alone."""
    return (
        bool(state.outputs)
        and not state.failed
        and not journal(project).exists()
        and _same(scan_inputs(project), state.inputs)
        and _same(scan_outputs(project, state.outputs), state.outputs)
        and _same(scan_tool(), state.tool)
        and installed_versions(state.libraries) == state.libraries
    )


def journal(project: Project) -> Path:
    """The file that says a build was interrupted while it moved its files into `dist/`."""
    return project.work / "commit.json"


def _same(stamps: dict[str, Stamp], seen: dict[str, Seen]) -> bool:
    return len(stamps) == len(seen) and all(
        name in seen and seen[name].stamp == stamp for name, stamp in stamps.items()
    )


def scan_inputs(project: Project) -> dict[str, Stamp]:
    """The stamp of every file that people provide: `source/` and `schemas/`, by path in the project."""
    found: dict[str, Stamp] = {}
    for folder in ("source", "schemas"):
        found.update(_scan(str(project.root / folder), folder))
    return found


def scan_outputs(project: Project, names: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of the named files of `dist/` that are there."""
    found: dict[str, Stamp] = {}
    for name in names:
        try:
            found[name] = _stamp(os.stat(project.root / name))
        except OSError:
            continue
    return found


def scan_tool() -> dict[str, Stamp]:
    """The stamps of the tool's own code and knowledge, by path in the package.

    The inode and time of status change are left out: an installer may link the same file anew.
    """
    package = os.path.dirname(__file__)
    return {name: (stamp[0], stamp[1], 0, 0) for name, stamp in _scan(package, "", (".py", ".csv", ".yaml", ".txt"))}


def _scan(folder: str, prefix: str, suffixes: tuple[str, ...] = ()) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name.endswith("~") or name == "__pycache__":
            continue
        path = f"{prefix}/{name}" if prefix else name
        if entry.is_dir(follow_symlinks=False):
            yield from _scan(entry.path, path, suffixes)
        elif (not suffixes or name.endswith(suffixes)) and _is_file(entry):
            try:
                yield path, _stamp(entry.stat())
            except OSError:
                yield path, _NEVER


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether this is a file or a link to one; a link that leads round in a circle leads to none."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _stamp(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def see(root: Path, stamps: dict[str, Stamp], before: dict[str, Seen]) -> dict[str, Seen]:
    """Each file with its hash; hashes only those whose stamp is not the one of `before`.

    A file that cannot be read has an empty hash: whoever needs it reports it.
    """
    from tablewright.files import sha256_file

    seen: dict[str, Seen] = {}
    for name, stamp in stamps.items():
        known = before.get(name)
        if known is not None and known.stamp == stamp and stamp != _NEVER:
            seen[name] = known
            continue
        try:
            sha256 = sha256_file(root / name)
        except OSError:
            sha256 = ""
        racy = time.time_ns() - max(stamp[1], stamp[2]) < _RACY_NS
        seen[name] = Seen(_NEVER if racy else stamp, sha256)
    return seen


def settled(root: Path, seen: dict[str, Seen]) -> dict[str, Seen]:
    """`seen` with stamps for the files that were too fresh for one, where they still hold what was seen."""
    fresh = {name for name, each in seen.items() if each.stamp == _NEVER}
    if not fresh:
        return seen
    stamps = {name: _stamp(os.stat(root / name)) for name in fresh if os.path.exists(root / name)}
    now = see(root, stamps, {})
    return {name: now[name] if name in now and now[name].sha256 == each.sha256 else each for name, each in seen.items()}


def see_outputs(project: Project, names: Iterable[str], before: State) -> dict[str, Seen]:
    """The named files of `dist/` with their hashes, waiting out the clock's grain: what was just written must not look
    as if it could still change.
    """
    seen = see(project.root, scan_outputs(project, names), before.outputs)
    if any(each.stamp == _NEVER for each in seen.values()):
        time.sleep(_RACY_NS / 1e9)
        seen = see(project.root, scan_outputs(project, names), before.outputs)
    return seen


def damage(project: Project, before: State, *names: str) -> list[str]:
    """What is wrong with files, by their paths in the project, against what the last build wrote."""
    reasons: list[str] = []
    for name in names:
        now = scan_outputs(project, [name])
        if name not in now:
            reasons.append(f"{name} is missing")
        elif see(project.root, now, before.outputs)[name].sha256 != _known_sha256(before, name):
            reasons.append(f"{name} is not as it was built")
    return reasons


def _known_sha256(before: State, name: str) -> str | None:
    return before.outputs[name].sha256 if name in before.outputs else None


def see_tool(before: dict[str, Seen]) -> dict[str, Seen]:
    """The tool's own files with their hashes."""
    seen = see(Path(__file__).parent, scan_tool(), before)
    stamps = scan_tool()
    return {name: Seen(stamps[name], each.sha256) for name, each in seen.items()}


def matching(seen: Mapping[str, Seen], patterns: Iterable[str]) -> dict[str, str]:
    """The hashes of the files that match one of the patterns, where `*` runs over folders too."""
    import fnmatch

    wanted = re.compile("|".join(fnmatch.translate(pattern) for pattern in patterns))
    return {name: each.sha256 for name, each in seen.items() if wanted.match(name)}


def installed_versions(names: Iterable[str]) -> dict[str, str]:
    """The versions of the named distributions, read off the names of their folders.

    `importlib.metadata` would say the same and cost more than all the rest of a build with nothing to do.
    """
    wanted = {_normal(name): name for name in names}
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            entries = os.listdir(folder or ".")
        except OSError:
            continue
        for entry in entries:
            match = _DIST_INFO.match(entry)
            if match and (name := wanted.get(_normal(match[1]))) is not None:
                found.setdefault(name, match[2])
    return found


def _normal(name: str) -> str:
    return name.replace("_", "-").replace(".", "-").lower()
