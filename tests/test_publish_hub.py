"""Publishing to Hugging Face: the hub's own client against a stand-in for the part of the API that it asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishcases import TOKEN, HubStandIn, contents, run_publish, serving
from releaseproject import built_project, decide, released

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = built_project(tmp_path_factory.mktemp("project"))
    decide(project)
    made = released(project)
    assert made.folder is not None
    return made.folder


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubStandIn]:
    # Other tests keep the library off the network; this one talks to a server of its own.
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(HubStandIn()) as service:
        assert isinstance(service, HubStandIn)
        monkeypatch.setenv("HF_ENDPOINT", service.url)
        yield service


def test_private_until_confirmed(release: Path, hub: HubStandIn) -> None:
    result = run_publish(release, "huggingface:ana/talks")
    assert result.exit_code == 0, result.output
    assert hub.private is True
    committed = hub.commits[hub.tags["1.0.0"]]
    assert {name: data for name, data in committed.items() if name != ".gitattributes"} == contents(release)
    said = json.loads(run_publish(release, "huggingface:ana/talks", "--confirm", "--json").output)
    assert (said["committed"], said["tagged"], said["public"]) == (False, False, True)
    assert hub.private is False
    assert len(hub.commits) == 2


def test_a_public_repository_needs_confirm(release: Path, hub: HubStandIn) -> None:
    hub.private = False
    hub._commit({".gitattributes": b"", "old.csv": b"a\n"})
    result = run_publish(release, "huggingface:ana/talks")
    assert result.exit_code == 1
    assert "is public" in result.output
    assert len(hub.commits) == 1
    assert run_publish(release, "huggingface:ana/talks", "--confirm").exit_code == 0
    assert "old.csv" not in hub.commits[hub.head]


@pytest.mark.parametrize(("where", "commits"), [("POST /api/repos/create", 0), ("POST .*/tag/", 2)])
def test_a_broken_connection_is_resumed(release: Path, hub: HubStandIn, where: str, commits: int) -> None:
    hub.break_at = where
    result = run_publish(release, "huggingface:ana/talks", "--confirm")
    assert result.exit_code == 1, result.output
    assert "run the same command again" in result.output
    assert (len(hub.commits), hub.tags, hub.private is False) == (commits, {}, False)
    assert run_publish(release, "huggingface:ana/talks", "--confirm").exit_code == 0
    assert (len(hub.commits), list(hub.tags), hub.private) == (2, ["1.0.0"], False)


def test_a_commit_that_is_refused_leaves_an_empty_private_repository(release: Path, hub: HubStandIn) -> None:
    hub.full = True
    result = run_publish(release, "huggingface:ana/talks", "--confirm")
    assert result.exit_code == 1
    assert "413" in result.output
    assert (len(hub.commits), hub.tags, hub.private) == (1, {}, True)
    hub.full = False
    assert run_publish(release, "huggingface:ana/talks", "--confirm").exit_code == 0
    assert (list(hub.tags), hub.private) == (["1.0.0"], False)


def test_a_tag_with_other_files_is_refused(release: Path, hub: HubStandIn) -> None:
    run_publish(release, "huggingface:ana/talks")
    hub.commits[hub.tags["1.0.0"]]["README.md"] = b"another"
    result = run_publish(release, "huggingface:ana/talks")
    assert result.exit_code == 1
    assert "never rewritten" in result.output


def test_a_refused_token_is_one_message_without_the_token(
    release: Path, hub: HubStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "wrong-token-9876"
    monkeypatch.setenv("HF_TOKEN", wrong)
    result = run_publish(release, "huggingface:ana/talks")
    assert result.exit_code == 1
    assert "token was refused (401)" in result.output
    assert wrong not in result.output
    assert hub.private is None
    monkeypatch.delenv("HF_TOKEN")
    assert "no token in HF_TOKEN" in run_publish(release, "huggingface:ana/talks").output
