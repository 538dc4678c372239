"""A static data host: a folder, or any place that fsspec can write to.

    <target>/<name>/<version>/…            never changed once it is whole
    <target>/<name>/<name>-<version>.zip   the same as one file
    <target>/<name>/latest/…               the highest version
    <target>/<name>/releases.json          the versions that are there; a version counts once it stands in it

Files first, each read back and compared by hash; then the version's SHA256SUMS, then releases.json, then `latest`. In a
folder `latest` is exchanged as a whole. An object store cannot do that: there SHA256SUMS is taken out of `latest`
first and put back last, so that what a broken connection leaves is no release to any reader that looks for it.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tablewright.files import sha256_file, write_atomic
from tablewright.publishing.bundle import Bundle
from tablewright.publishing.index import INDEX, add_release, latest_of, read_index
from tablewright.publishing.refusals import PublishError, missing_library, refusals
from tablewright.sums import SUMS

LATEST = "latest"
_PIECE = 1 << 20
# They have no folders; asked to make one, their clients make a bucket.
_OBJECT_STORES = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "adl", "oci"})


@dataclass(slots=True)
class Sent:
    """What a run did: files sent and files that were there, and whether `latest` moved."""

    where: str
    sent: int = 0
    there: int = 0
    latest: str = ""
    moved: bool = False

    def to_json(self) -> dict[str, Any]:
        """The run as JSON values."""
        return {"where": self.where, "sent": self.sent, "there": self.there, "latest": self.latest, "moved": self.moved}

    def lines(self) -> list[str]:
        """The run as lines to read."""
        latest = f"latest is {'now ' if self.moved else ''}{self.latest}"
        return [f"{self.where}: {self.sent:,} files sent, {self.there:,} there already; {latest}"]


class Host:
    """A folder on a static host: puts files, reads hashes back. Wraps an fsspec file system and a path on it."""

    def __init__(self, target: str) -> None:
        self.where = _without_user(target)
        try:
            import fsspec
        except ImportError:
            raise missing_library("fsspec") from None
        try:
            with self.refusals():
                self.system, path = fsspec.core.url_to_fs(target)
        except ImportError as error:
            raise missing_library(str(getattr(error, "name", "") or "the library for this address")) from None
        except ValueError as error:
            raise PublishError(f"{self.where} is no address to publish to: {error}") from None
        self.root = str(path).rstrip("/")
        self.is_folder = "file" in _protocols(self.system)

    def refusals(self) -> Any:
        """A context that turns the host's errors into messages."""
        return refusals(self.where, _client_errors())

    def path(self, name: str) -> str:
        """The full path of `name` on the file system."""
        return f"{self.root}/{name}"

    def sha256(self, name: str) -> str | None:
        """The SHA-256 of the file's bytes as the host gives them; None when it is not there."""
        self.system.invalidate_cache()
        path = self.path(name)
        if not self.system.isfile(path):
            return None
        digest = hashlib.sha256()
        with self.system.open(path, "rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
        return digest.hexdigest()

    def names(self, folder: str) -> list[str]:
        """The paths of all files below `folder`, relative to it; nothing when there is no such folder."""
        self.system.invalidate_cache()
        path = self.path(folder)
        if not self.system.exists(path):
            return []
        found = (str(self.system._strip_protocol(each)) for each in self.system.find(path))
        base = str(self.system._strip_protocol(path))
        return sorted(each.removeprefix(base).lstrip("/") for each in found)

    def put(self, source: Path, name: str, sha256: str) -> bool:
        """Sends a file unless it is there with that hash; returns whether it was sent. Reads it back to be sure."""
        if self.sha256(name) == sha256:
            return False
        path = self.path(name)
        if not _OBJECT_STORES.intersection(_protocols(self.system)):
            self.system.makedirs(path.rpartition("/")[0], exist_ok=True)
        self.system.put_file(str(source), path)
        if self.sha256(name) != sha256:
            raise PublishError(f"{self.where}: {name} is not there as it was sent", remedy="run the same command again")
        return True

    def put_bytes(self, name: str, data: bytes) -> None:
        """Replaces a small file as a whole."""
        if self.is_folder:
            write_atomic(Path(self.path(name)), data)
        else:
            self.system.pipe_file(self.path(name), data)

    def read(self, name: str) -> bytes | None:
        """The bytes of a small file; None when it is not there."""
        self.system.invalidate_cache()
        path = self.path(name)
        return bytes(self.system.cat_file(path)) if self.system.isfile(path) else None


def publish_to_host(bundle: Bundle, target: str) -> Sent:
    """Publishes a release to a folder or an fsspec URL. Raises `PublishError` where the host or a rule says no."""
    host = Host(target)
    done = Sent(host.where)
    with host.refusals():
        index = read_index(host.read(f"{bundle.name}/{INDEX}"), bundle.name)
        _refuse_another(host, bundle, index)
        _send(host, bundle, done)
        raised = add_release(index, bundle)
        if raised != index:
            host.put_bytes(f"{bundle.name}/{INDEX}", raised.to_bytes())
        done.latest = latest_of(raised)
        if done.latest == bundle.version:
            done.moved = _move_latest(host, bundle)
    return done


def _refuse_another(host: Host, bundle: Bundle, index: Any) -> None:
    """Raises when the host has this version with other bytes, or has begun one that holds other files."""
    folder = f"{bundle.name}/{bundle.version}"
    told = host.sha256(f"{folder}/{SUMS}")
    whole = told is not None or bundle.version in index.versions
    there = host.names(folder)
    other = [name for name in there if name not in bundle.files]
    if whole:
        other += [name for name in bundle.files if host.sha256(f"{folder}/{name}") != bundle.files[name]]
    if other:
        raise PublishError(
            f"{host.where} has a {bundle.label} with other bytes: {', '.join(other[:3])}",
            remedy="a version is never rewritten; release the change as a new version",
        )


def _send(host: Host, bundle: Bundle, done: Sent) -> None:
    """The version's files, SHA256SUMS last; then the archive."""
    folder = f"{bundle.name}/{bundle.version}"
    archive = f"{bundle.name}/{bundle.label}.zip"
    steps = [
        (bundle.folder / name, f"{folder}/{name}", bundle.files[name])
        for name in sorted(bundle.files, key=lambda each: each == SUMS)
    ]
    for source, name, sha256 in [(bundle.archive, archive, sha256_file(bundle.archive)), *steps]:
        if host.put(source, name, sha256):
            done.sent += 1
        else:
            done.there += 1


def _move_latest(host: Host, bundle: Bundle) -> bool:
    folder = f"{bundle.name}/{LATEST}"
    there = host.names(folder)
    if set(there) == set(bundle.files) and all(host.sha256(f"{folder}/{n}") == h for n, h in bundle.files.items()):
        return False
    if host.is_folder:
        _exchange(Path(host.path(bundle.name)), bundle)
        return True
    if SUMS in there:
        host.system.rm_file(host.path(f"{folder}/{SUMS}"))
    for name in sorted(bundle.files, key=lambda each: each == SUMS):
        host.put(bundle.folder / name, f"{folder}/{name}", bundle.files[name])
    for name in there:
        if name not in bundle.files:
            host.system.rm_file(host.path(f"{folder}/{name}"))
    return True


def _exchange(place: Path, bundle: Bundle) -> None:
    """`latest` in a folder: copied beside, then moved there; a kill between leaves the old, the new, or none."""
    aside, old = place / f".{LATEST}.new", place / f".{LATEST}.old"
    for each in (aside, old):
        shutil.rmtree(each, ignore_errors=True)
    shutil.copytree(place / bundle.version, aside)
    if (place / LATEST).exists():
        (place / LATEST).rename(old)
    aside.rename(place / LATEST)
    shutil.rmtree(old, ignore_errors=True)


def _without_user(target: str) -> str:
    """The target as messages name it. Raises for one that holds a user or a password."""
    parts = urlsplit(target)
    if "://" in target and "@" in parts.netloc:
        raise PublishError("the address holds a user or a password", remedy="give it by the environment")
    return target.split("?", maxsplit=1)[0]


def _protocols(system: Any) -> tuple[str, ...]:
    return (system.protocol,) if isinstance(system.protocol, str) else tuple(system.protocol)


def _client_errors() -> tuple[type[Exception], ...]:
    """What the clients below fsspec raise that is no `OSError`, of those that are installed."""
    found: list[type[Exception]] = []
    try:
        from botocore.exceptions import BotoCoreError, ClientError

        found += [BotoCoreError, ClientError]
    except ImportError:
        pass
    try:
        from aiohttp import ClientError as HttpError

        found.append(HttpError)
    except ImportError:
        pass
    return tuple(found)
