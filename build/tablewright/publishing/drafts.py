"""The drafts begun on a repository, kept in the project's `.tablewright/`: without them a resumed upload would begin a
second draft, and a reserved DOI could not be told to the release that is to bear it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from tablewright.files import write_atomic
from tablewright.paths import Project
from tablewright.publishing.refusals import PublishError


@dataclass(frozen=True, slots=True)
class Draft:
    """A record begun for a version: its id, its DOI once one is reserved, and whether it was made public."""

    id: str
    doi: str | None = None
    public: bool = False


class Drafts:
    """The drafts of one dataset on the repository at `base`; each change is kept at once."""

    def __init__(self, project: Project, base: str, name: str) -> None:
        self.file = project.work / "publish.json"
        self.shown = project.relative(self.file)
        self.key = f"{base} {name}"

    def get(self, version: str) -> Draft | None:
        """The draft begun for a version."""
        entry = self._all().get(self.key, {}).get(version)
        return Draft(**entry) if entry is not None else None

    def keep(self, version: str, draft: Draft) -> None:
        """Keeps the draft of a version."""
        value = self._all()
        value.setdefault(self.key, {})[version] = asdict(draft)
        write_atomic(self.file, (json.dumps(value, indent=2) + "\n").encode())

    def last_public(self) -> Draft | None:
        """The record that was made public last: the one that a new version is begun from."""
        public = [entry for entry in self._all().get(self.key, {}).values() if entry["public"]]
        return Draft(**public[-1]) if public else None

    def _all(self) -> dict[str, Any]:
        if not self.file.exists():
            return {}
        try:
            value = json.loads(self.file.read_bytes())
            for versions in value.values():
                for entry in versions.values():
                    Draft(**entry)
        except (ValueError, TypeError, AttributeError) as error:
            raise PublishError(
                "cannot be read", file=self.shown, remedy="remove it, and the drafts that it spoke of"
            ) from error
        return dict(value)


def reserved_doi(project: Project, base: str, name: str, version: str) -> str | None:
    """The DOI that was reserved for a version, for the descriptors of its release; None when there is none."""
    draft = Drafts(project, base, name).get(version)
    return draft.doi if draft is not None else None
