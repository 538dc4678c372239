"""Publishing to a static host: folders, memory, and S3 as moto speaks it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from publishcases import TOKEN, contents, run_publish
from releasefaults import seal
from releaseproject import built_project, decide, released
from tablewright.publishing.bundle import Bundle, opened_release
from tablewright.publishing.host import Host, publish_to_host
from tablewright.publishing.refusals import PublishError, redacted


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = built_project(tmp_path_factory.mktemp("project"))
    decide(project)
    made = released(project)
    assert made.folder is not None
    return made.folder


@pytest.fixture
def bundle(release: Path) -> Iterator[Bundle]:
    with opened_release(release) as (opened, findings):
        assert findings == []
        assert opened is not None
        yield opened


def test_a_folder_gets_version_latest_archive_and_index(release: Path, tmp_path: Path) -> None:
    result = run_publish(release, tmp_path / "site")
    assert result.exit_code == 0, result.output
    place = tmp_path / "site" / "talks"
    assert contents(place / "1.0.0") == contents(place / "latest") == contents(release)
    index = json.loads((place / "releases.json").read_text())
    assert (index["latest"], [each["version"] for each in index["releases"]]) == ("1.0.0", ["1.0.0"])
    assert (place / "talks-1.0.0.zip").read_bytes() == (release.parent / "talks-1.0.0.zip").read_bytes()
    assert sorted(path.name for path in place.iterdir()) == ["1.0.0", "latest", "releases.json", "talks-1.0.0.zip"]


def test_an_archive_is_published_like_its_folder(release: Path, tmp_path: Path) -> None:
    assert run_publish(release.parent / "talks-1.0.0.zip", f"file://{tmp_path}/site").exit_code == 0
    assert contents(tmp_path / "site" / "talks" / "1.0.0") == contents(release)


def test_a_second_run_does_nothing(release: Path, tmp_path: Path) -> None:
    run_publish(release, tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")}
    said = json.loads(run_publish(release, tmp_path / "site", "--json").output)
    assert (said["sent"], said["moved"]) == (0, False)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*")} == before


def test_a_version_is_never_rewritten(release: Path, tmp_path: Path) -> None:
    run_publish(release, tmp_path / "site")
    place = tmp_path / "site" / "talks" / "1.0.0" / "README.md"
    place.write_text("another")
    result = run_publish(release, tmp_path / "site")
    assert result.exit_code == 1
    assert "talks-1.0.0 with other bytes: README.md" in result.output
    assert place.read_text() == "another"


def test_a_release_that_is_not_sound_is_refused(release: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(release, tmp_path / "release"))
    (folder / "README.md").write_text("lies")
    result = run_publish(folder, tmp_path / "site")
    assert result.exit_code == 1
    assert "not published" in result.output
    assert not (tmp_path / "site").exists()


def test_an_older_version_leaves_latest_where_it_is(bundle: Bundle, tmp_path: Path) -> None:
    publish_to_host(bundle, str(tmp_path))
    older = Bundle(bundle.name, "0.9.0", bundle.folder, bundle.archive, bundle.files)
    done = publish_to_host(older, str(tmp_path))
    assert (done.latest, done.moved) == ("1.0.0", False)
    index = json.loads((tmp_path / "talks" / "releases.json").read_text())
    assert [each["version"] for each in index["releases"]] == ["1.0.0", "0.9.0"]


@pytest.mark.parametrize("after", [0, 1, 7, 20])
def test_what_a_broken_connection_left_is_finished(bundle: Bundle, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    target = f"memory://broken-{after}"
    left = after
    put = Host.put

    def failing(self: Host, source: Path, name: str, sha256: str) -> bool:
        nonlocal left
        if not left:
            raise ConnectionResetError("reset by peer")
        left -= 1
        return put(self, source, name, sha256)

    with monkeypatch.context() as patch:
        patch.setattr(Host, "put", failing)
        with pytest.raises(PublishError, match="reset by peer"):
            publish_to_host(bundle, target)
    host = Host(target)
    assert host.names("talks/latest") == []
    assert host.read("talks/releases.json") is None
    done = publish_to_host(bundle, target)
    assert (done.there, done.moved) == (after, True)
    assert host.names("talks/latest") == list(bundle.files)
    assert publish_to_host(bundle, target).sent == 0


def test_a_half_moved_latest_is_no_release(
    bundle: Bundle, release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = "memory://moving"
    publish_to_host(bundle, target)
    folder = Path(shutil.copytree(release, tmp_path / "next"))
    (folder / "CAVEATS.md").write_text("more caveats")
    seal(folder)
    changed = Bundle("talks", "1.0.1", folder, bundle.archive, _hashes(folder))
    put = Host.put

    def failing(self: Host, source: Path, name: str, sha256: str) -> bool:
        if name.startswith("talks/latest/") and name.endswith("README.md"):
            raise TimeoutError("timed out")
        return put(self, source, name, sha256)

    with monkeypatch.context() as patch:
        patch.setattr(Host, "put", failing)
        with pytest.raises(PublishError, match="timed out"):
            publish_to_host(changed, target)
    host = Host(target)
    assert "SHA256SUMS" not in host.names("talks/latest")
    assert publish_to_host(changed, target).moved
    assert host.read("talks/latest/CAVEATS.md") == b"more caveats"


def _hashes(folder: Path) -> dict[str, str]:
    import hashlib

    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(contents(folder).items())}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "an-access-key",
        "AWS_SECRET_ACCESS_KEY": TOKEN,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "NO_PROXY": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir("data")
    try:
        yield "s3://data/sets"
    finally:
        server.stop()


# moto and botocore leave sockets to the collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_s3(release: Path, s3: str) -> None:
    result = run_publish(release, s3, "--json")
    assert result.exit_code == 0, result.output
    system = fsspec.filesystem("s3", skip_instance_cache=True)
    assert {
        path.removeprefix("data/sets/talks/latest/"): system.cat_file(path)
        for path in system.find("data/sets/talks/latest")
    } == contents(release)
    assert json.loads(run_publish(release, s3, "--json").output)["sent"] == 0
    refused = run_publish(release, "s3://no-such-bucket/sets")
    assert refused.exit_code == 1
    assert TOKEN not in refused.output


def test_addresses_that_are_none_are_refused(release: Path) -> None:
    result = run_publish(release, "nowhere://a/b")
    assert result.exit_code == 1
    assert "no address to publish to" in result.output
    result = run_publish(release, "ftp://ana:sesame@127.0.0.1/b")
    assert result.exit_code == 1
    assert "sesame" not in result.output


def test_secrets_are_taken_out_of_messages() -> None:
    said = "GET https://ana:pw@h.org/x?sig=abc Authorization: Bearer xyz key sesame-open"
    assert redacted(said, {"MY_TOKEN": "sesame-open", "HOME": "GET"}) == (
        "GET https://***@h.org/x Authorization: Bearer *** key ***"
    )
