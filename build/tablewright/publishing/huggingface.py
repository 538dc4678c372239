"""A dataset repository of the Hugging Face Hub, by its own client: a commit and a tag for each version.

A repository that is not there yet is made private and stays so until `--confirm`. The Hub takes a commit as a whole,
so that a broken connection leaves none or all of it.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tablewright.publishing.bundle import Bundle
from tablewright.publishing.refusals import PublishError, missing_library, redacted, refusals, token_of

HUB = "https://huggingface.co"
ENDPOINT_VARIABLE = "HF_ENDPOINT"
TOKEN_VARIABLE = "HF_TOKEN"  # noqa: S105  the name of the variable, not a token
_KIND = "dataset"
_NOT_FOUND = 404
# The Hub adds it to every repository.
_OF_THE_HUB = frozenset({".gitattributes"})


@dataclass(frozen=True, slots=True)
class Committed:
    """A version in a dataset repository: whether this run committed or tagged it, and whether it is public."""

    where: str
    version: str
    committed: bool
    tagged: bool
    public: bool

    def to_json(self) -> dict[str, Any]:
        """The version as JSON values."""
        return {
            "where": self.where,
            "version": self.version,
            "committed": self.committed,
            "tagged": self.tagged,
            "public": self.public,
        }

    def lines(self) -> list[str]:
        """The version as lines to read."""
        did = "committed and tagged" if self.committed else "tagged" if self.tagged else "there already"
        line = f"{self.where}: {self.version} {did}"
        return [f"{line}; public"] if self.public else [f"{line}; private", "--confirm makes it public"]


class Hub:
    """A dataset repository on the Hub."""

    def __init__(self, repository: str) -> None:
        # The client would ask its makers' host what is new, and draw bars over the messages.
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        try:
            from huggingface_hub import HfApi, errors
        except ImportError:
            raise missing_library("huggingface_hub") from None
        self.errors = errors
        endpoint = os.environ.get(ENDPOINT_VARIABLE) or HUB
        self.repository = repository
        self.where = f"{endpoint.rstrip('/')}/datasets/{repository}"
        self.api = HfApi(endpoint=endpoint, token=token_of(TOKEN_VARIABLE))

    def refusals(self) -> Any:
        """A context that turns the client's errors into messages."""
        return refusals(self.where, (self.errors.HfHubHTTPError.__mro__[1], self.errors.HFValidationError))

    def is_private(self) -> bool | None:
        """Whether the repository is private; None when it is not there."""
        try:
            return bool(self.api.repo_info(self.repository, repo_type=_KIND).private)
        except self.errors.HfHubHTTPError as error:
            code = error.response.status_code
            if code in (401, 403):
                raise _refused(self.where, code) from None
            if code == _NOT_FOUND:
                return None
            raise

    def tags(self) -> dict[str, str]:
        """The commit of each tag."""
        refs = self.api.list_repo_refs(self.repository, repo_type=_KIND)
        return {each.name: each.target_commit for each in refs.tags}

    def holds(self, bundle: Bundle, revision: str) -> bool:
        """Whether a revision holds the release's very files; nothing is downloaded."""
        there: dict[str, str] = {}
        for each in self.api.list_repo_tree(self.repository, recursive=True, revision=revision, repo_type=_KIND):
            if (blob := getattr(each, "blob_id", None)) is not None and each.path not in _OF_THE_HUB:
                large = getattr(each, "lfs", None)
                there[each.path] = f"sha256:{large.sha256}" if large else f"git:{blob}"
        return there.keys() == bundle.files.keys() and all(
            told in (f"sha256:{bundle.files[name]}", f"git:{_git_hash(bundle.folder / name)}")
            for name, told in there.items()
        )


def publish_to_hub(bundle: Bundle, repository: str, *, confirm: bool) -> Committed:
    """Commits and tags a release. Raises `PublishError` where the Hub says no, has this version with other files, or
    where the repository is public already and nobody confirmed.
    """
    hub = Hub(repository)
    with hub.refusals():
        private = hub.is_private()
        if private is None:
            hub.api.create_repo(repository, repo_type=_KIND, private=True, exist_ok=True)
            private = True
        tags = hub.tags()
        if bundle.version in tags:
            if not hub.holds(bundle, bundle.version):
                raise PublishError(
                    f"{hub.where} has a {bundle.version} with other files",
                    remedy="a version is never rewritten; release the change as a new version",
                )
            committed = tagged = False
        else:
            if not (private or confirm):
                raise PublishError(f"{hub.where} is public", remedy="--confirm publishes the version there at once")
            committed = _commit(hub, bundle)
            hub.api.create_tag(repository, tag=bundle.version, repo_type=_KIND)
            tagged = True
        if private and confirm:
            hub.api.update_repo_settings(repository, repo_type=_KIND, private=False)
            private = False
    return Committed(hub.where, bundle.version, committed, tagged, not private)


def _commit(hub: Hub, bundle: Bundle) -> bool:
    """Makes the release the repository's content; False when a run before did and could not tag it."""
    if hub.holds(bundle, "main"):
        return False
    hub.api.upload_folder(
        repo_id=hub.repository,
        folder_path=str(bundle.folder),
        repo_type=_KIND,
        commit_message=f"{bundle.name} {bundle.version}",
        delete_patterns="*",
    )
    return True


def _git_hash(path: Path) -> str:
    """The name that git gives a file's bytes."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    digest.update(path.read_bytes())
    return digest.hexdigest()


def _refused(where: str, code: int) -> PublishError:
    return PublishError(
        redacted(f"{where}: the token was refused ({code})"),
        remedy=f"{TOKEN_VARIABLE} needs the right to write there; nothing was made public",
    )
