"""RO-Crate 1.3, by roc-validator, offline: what is required holds, and all that is recommended and that we can know.

Known of the tool: offline it fails until its cache has the JSON-LD context, which the package `rocrate` ships; the test
puts it there.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
import requests_cache
import rocrate
import urllib3
from requests.adapters import BaseAdapter

from releasecases import make_release
from tablewright.describe import describe_release
from tablewright.describe.model import Release

pytestmark = pytest.mark.filterwarnings("ignore")

CONTEXT = "https://w3id.org/ro/crate/1.3/context"


class _Shipped(BaseAdapter):
    """Answers every request with the context that the package `rocrate` brings along; no network."""

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        data = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()
        headers = {"Content-Type": "application/ld+json"}
        response = requests.Response()
        response.status_code, response.url, response.request = 200, request.url or "", request
        response.headers.update(headers)
        response.raw = urllib3.HTTPResponse(io.BytesIO(data), headers, 200, preload_content=False)
        return response

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "http"
    with requests_cache.CachedSession(cache_name=str(path), backend="sqlite", expire_after=-1) as session:
        session.mount("https://", _Shipped())
        assert session.get(CONTEXT).json()["@id"] == CONTEXT
    return path


def issues(folder: Path, cache: Path, release: Release) -> list[tuple[str, str]]:
    """What roc-validator finds, recommendations included: severity and message."""
    for name, data in describe_release(release).items():
        (folder / name).write_bytes(data)
    report = cache.parent / f"{folder.name}.json"
    command = [
        str(Path(sys.executable).with_name("rocrate-validator")), "-y", "validate", "--profile-identifier", "ro-crate-1.3", "--offline",
        "--cache-path", str(cache), "--requirement-severity", "recommended", "--no-paging",
        "--output-format", "json", "--output-file", str(report), str(folder),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=cache.parent)  # noqa: S603
    assert report.exists(), run.stdout + run.stderr
    found = json.loads(report.read_text())["issues"]
    return [(each["severity"], each["message"]) for each in found]


def test_only_what_nobody_said_of_organizations_is_left_to_recommend(tmp_path: Path, cache: Path) -> None:
    """Of an organization that is only a name, the address and the ROR are not known, so they are not said."""
    found = issues(tmp_path, cache, make_release(tmp_path))
    assert [message for severity, message in found if severity == "REQUIRED"] == []
    assert all("organization" in message.lower() for _, message in found), found


def test_the_validator_sees_a_file_that_is_not_there(tmp_path: Path, cache: Path) -> None:
    release = make_release(tmp_path)
    (tmp_path / "events.csv").unlink()
    assert any(
        "events.csv" in message for severity, message in issues(tmp_path, cache, release) if severity == "REQUIRED"
    )
