"""releases.json: the versions of a dataset on a static host, and which of them is the latest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tablewright.errors import ProjectError
from tablewright.files import sha256_file
from tablewright.publishing.bundle import Bundle
from tablewright.publishing.refusals import PublishError
from tablewright.sums import SUMS
from tablewright.versions import Version

INDEX = "releases.json"


@dataclass(frozen=True, slots=True)
class Index:
    """The versions of the dataset `name` that are whole on the host, each with where it is and the hashes."""

    name: str
    versions: Mapping[str, Mapping[str, Any]]

    def to_bytes(self) -> bytes:
        """The bytes of releases.json: the highest version first."""
        releases = [{"version": version, **self.versions[version]} for version in reversed(ordered(self))]
        value = {"name": self.name, "latest": latest_of(self), "releases": releases}
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def read_index(data: bytes | None, name: str) -> Index:
    """The index of a host; an empty one where there is none. Raises `PublishError` for what is no index of `name`."""
    if data is None:
        return Index(name, {})
    try:
        value = json.loads(data)
        versions = {str(each.pop("version")): each for each in value["releases"]}
        for version in versions:
            Version.parse(version)
        if value["name"] != name:
            raise ValueError(value["name"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ProjectError):
        raise PublishError(
            f"is no list of the releases of {name}", file=INDEX, remedy="look at what is there"
        ) from None
    return Index(name, versions)


def add_release(index: Index, bundle: Bundle) -> Index:
    """The index with a release in it. No clock: the day of a release stands in its descriptors."""
    entry = {
        "path": f"{bundle.version}/",
        "archive": f"{bundle.label}.zip",
        "archive_sha256": sha256_file(bundle.archive),
        "sums_sha256": bundle.files[SUMS],
    }
    return Index(index.name, {**index.versions, bundle.version: entry})


def ordered(index: Index) -> list[str]:
    """The versions from the lowest to the highest."""
    return sorted(index.versions, key=Version.parse)


def latest_of(index: Index) -> str:
    """The highest version."""
    return ordered(index)[-1]
