"""Nobody but the page that was given out is listened to: other hosts, other origins, other bodies, other paths."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from servecases import HOST, TOKEN, Page, built_project, norway
from tablewright.serving.app import make_app
from tablewright.serving.guard import HEADERS
from tablewright.serving.requests import LARGEST_BODY

ORIGIN = f"http://{HOST}"
JSON = {"origin": ORIGIN, "content-type": "application/json"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """One page for all: none of these requests changes anything."""
    return Page(built_project(tmp_path_factory.mktemp("project")))


def bare(page: Page) -> TestClient:
    """A client that knows the host and not the token."""
    return TestClient(page.client.app, base_url=f"http://{HOST}", follow_redirects=False)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api/project",
        "//api/project",
        f"/{TOKEN[:-1]}/api/project",
        f"/{TOKEN}x/api/project",
        f"/{TOKEN.upper()}/api/project",
        "/ünïcödé/",
        "/%00/",
        "/favicon.ico",
    ],
)
def test_without_the_token_there_is_nothing(page: Page, path: str) -> None:
    answer = bare(page).get(path)
    assert answer.status_code == 404
    assert answer.json()["error"] == "there is nothing here"


def test_the_address_without_its_last_stroke_leads_to_the_page(page: Page) -> None:
    answer = bare(page).get(f"/{TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/{TOKEN}/")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:4000",
        "127.0.0.1",
        "127.0.0.1:4001",
        "localhost.evil.example:4000",
        "[::1]:4000",
        "",
    ],
)
def test_a_request_that_names_another_host_is_refused(page: Page, host: str) -> None:
    """A name that resolves to 127.0.0.1 (DNS rebinding) carries itself in the header."""
    answer = bare(page).get(f"/{TOKEN}/api/project", headers={"host": host})
    assert answer.status_code == 403
    assert "another host" in answer.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"origin": "http://127.0.0.1:4001"},
        {"origin": "http://localhost:4000"},
        {"origin": ""},
        {},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
        {"origin": ORIGIN, "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"},
    ],
)
def test_another_origin_cannot_decide(page: Page, headers: dict[str, str]) -> None:
    body = {"row_id": norway(page)["row_id"], "verdict": "reject"}
    answer = page.client.post("api/decide", json=body, headers=headers)
    assert answer.status_code == 403
    assert not page.file().exists()
    assert "access-control-allow-origin" not in answer.headers


def test_another_origin_cannot_read_either(page: Page) -> None:
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}):
        assert page.client.get("api/project", headers=headers).status_code == 403
        assert page.client.get("assets/review.js", headers=headers).status_code == 403
    # A link to the page may be followed from anywhere: who has it has the token.
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert page.client.get("", headers=link).status_code == 200


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonx"],
)
def test_a_body_that_a_form_could_send_is_refused(page: Page, kind: str) -> None:
    body = json.dumps({"row_id": norway(page)["row_id"], "verdict": "reject"})
    answer = page.client.post("api/decide", content=body, headers={"origin": ORIGIN, "content-type": kind})
    assert answer.status_code == 415
    assert not page.file().exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b'{"row_id": "\xff"}', "not valid JSON"),
        (b'{"since": NaN}', "not valid JSON"),
        (b"[" * 200_000, "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b'"x"', "not a JSON object"),
        (b'{"row_id": "a", "verdict": "accept", "reviewer": "ben"}', "unknown field 'reviewer'"),
        (b'{"row_id": 1, "verdict": "accept"}', "row_id"),
        (b'{"verdict": "accept"}', "row_id"),
        (b'{"row_id": "a", "verdict": "delete"}', "verdict is one of"),
        (b'{"row_id": "a", "verdict": "accept", "changes": {"kind": "x"}}', "changes are for"),
        (b'{"row_id": "a", "verdict": "amend", "changes": {"kind": 1}}', "changes are no texts"),
        (b'{"row_id": "a", "verdict": "amend", "changes": "x"}', "changes are no texts"),
        (b'{"row_id": "a", "verdict": "amend", "spans": {"kind": [1]}}', "spans are no pairs"),
        (b'{"row_id": "a", "verdict": "amend", "spans": {"kind": [1, true]}}', "kind is no whole number"),
        (b'{"row_id": "a", "verdict": "accept", "note": "\\ud800"}', "U+D800"),
        (b'{"row_id": "a", "verdict": "accept", "note": "\\u0000"}', "U+0000"),
        (b'{"row_id": "a", "verdict": "accept", "note": "\\u001b[2J"}', "U+001B"),
        (b'{"row_id": "a", "verdict": "accept", "since": -1}', "since"),
        (b'{"row_id": "a", "verdict": "accept", "since": 1.5}', "since"),
    ],
)
def test_a_body_that_the_page_does_not_send_is_refused(page: Page, body: bytes, said: str) -> None:
    answer = page.client.post("api/decide", content=body, headers=JSON)
    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_a_body_may_be_so_large_and_no_larger(page: Page) -> None:
    answer = page.client.post("api/decide", content=b" " * (LARGEST_BODY + 1), headers=JSON)
    assert answer.status_code == 413
    pieces = (b" " * 65536 for _ in range(20))
    assert page.client.post("api/decide", content=pieces, headers=JSON).status_code == 413
    note = {"row_id": norway(page)["row_id"], "verdict": "accept", "note": "x" * 4001}
    assert "longer than" in page.post("api/decide", 400, **note)["error"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(page: Page, method: str) -> None:
    answer = page.client.request(method, "api/decide", headers=JSON)
    assert answer.status_code == 405
    assert "access-control-allow-methods" not in answer.headers


def test_a_resource_has_its_own_method(page: Page) -> None:
    assert page.client.get("api/decide").status_code == 405
    assert page.client.post("api/project", content=b"{}", headers=JSON).status_code == 405
    answer = page.client.head("api/project")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "name",
    [
        "../desk.py", "..%2fdesk.py", "%2e%2e/desk.py", "%2e%2e%2fdesk.py", "....//desk.py", "/etc/passwd", "%2fetc%2fpasswd",
        "..%5cdesk.py", "review.html", "nothing.js", "review.js%00.css", ".hidden.js", "sub/review.js", "", "review.js/",
    ],
)  # fmt: skip
def test_assets_are_the_named_ones_only(page: Page, name: str) -> None:
    answer = page.client.get(f"assets/{name}")
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_pages_and_assets_are_served_as_what_they_are(page: Page) -> None:
    for path, kind in {
        "": "text/html",
        "settle": "text/html",
        "assets/review.js": "text/javascript",
        "assets/theme.css": "text/css",
    }.items():
        answer = page.client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, f"{kind}; charset=utf-8")


def test_every_answer_carries_the_headers_that_protect_the_page(page: Page) -> None:
    there = page.client.get("api/project")
    wrong: list[Any] = [
        page.client.get(""),
        page.client.get("assets/theme.css"),
        page.client.get("assets/nothing.js"),
        page.client.get("api/documents/oslo"),
        page.client.post("api/decide", content=b"{", headers=JSON),
        page.client.post("api/decide", content=b"{}", headers={"origin": "http://evil.example"}),
        page.client.options("api/decide"),
        bare(page).get("/"),
        bare(page).get(f"/{TOKEN}"),
        bare(page).get("/", headers={"host": "evil.example"}),
    ]
    for answer in (there, *wrong):
        for name, value in HEADERS.items():
            assert answer.headers.get_list(name) == [value]


def test_a_bug_is_an_error_without_its_trace(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(page.review, "project", broken)
    client = TestClient(
        make_app(page.review, TOKEN, [HOST]), base_url=f"{ORIGIN}/{TOKEN}/", raise_server_exceptions=False
    )
    answer = client.get("api/project")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.json()["error"].startswith("a bug")
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
