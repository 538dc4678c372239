"""The server as people start it: its address, its end, and what a kill leaves behind."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from builders import make_project, run
from servecases import built_project
from tablewright.decisions import load_decisions
from tablewright.paths import Project
from tablewright.schemafile import load_schemas
from tablewright.serving.server import listening

SERVE = [sys.executable, "-c", "from tablewright.cli import main; main()", "review", "--serve"]


class Served:
    """A server in a process of its own, and its page's connection."""

    def __init__(self, process: subprocess.Popen[str], line: str) -> None:
        self.process, self.line = process, line
        found = re.search(r"http://(127\.0\.0\.1:\d+)/([\w-]+)/", line)
        assert found is not None, line
        self.host, self.token = found[1], found[2]

    def ask(self, path: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        known = {"Origin": f"http://{self.host}", "Content-Type": "application/json"} if body is not None else {}
        data = json.dumps(body) if body is not None else None
        connection.request("GET" if body is None else "POST", f"/{self.token}/{path}", data, known | headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, json.loads(text) if text.startswith("{") else text

    def raw(self, request: str) -> str:
        name, _, port = self.host.partition(":")
        with socket.create_connection((name, int(port)), timeout=20) as connection:
            connection.sendall(request.replace("\n", "\r\n").encode())
            return connection.recv(65536).decode()


@contextmanager
def served(project: Project, *arguments: str) -> Iterator[Served]:
    command = [*SERVE, "-C", str(project.root), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        yield Served(process, process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def test_the_address_is_printed_and_ctrl_c_ends_well(tmp_path: Path) -> None:
    project = built_project(tmp_path)
    with served(project, "--port", "0", "--reviewer", "  ana\troth ") as server:
        assert server.line.startswith("ana roth reviews, apart from all others: http://127.0.0.1:")
        assert len(server.token) >= 32
        status, told = server.ask("api/project")
        assert (status, told["reviewer"], told["apart"]) == (200, "ana roth", True)
        server.process.send_signal(signal.SIGINT)
        _, err = server.process.communicate(timeout=20)
        assert server.process.returncode == 0
        assert err.splitlines() == [
            "every decision is in source/review/ the moment it is taken; Ctrl-C ends the page",
            "stopped",
        ]


def test_what_other_programs_on_the_network_send_is_refused(tmp_path: Path) -> None:
    with served(built_project(tmp_path), "--port", "0") as server:
        path = f"/{server.token}/api/project"
        assert " 403 " in server.raw(f"GET {path} HTTP/1.1\nHost: evil.example\nConnection: close\n\n").splitlines()[0]
        assert " 400 " in server.raw(f"GET {path} HTTP/1.1\nConnection: close\n\n").splitlines()[0]
        two = f"GET {path} HTTP/1.1\nHost: {server.host}\nHost: evil.example\nConnection: close\n\n"
        assert " 200 " not in server.raw(two).splitlines()[0]
        absolute = f"GET http://{server.host}{path} HTTP/1.1\nHost: evil.example\nConnection: close\n\n"
        assert " 200 " not in server.raw(absolute).splitlines()[0]
        above = f"GET /{server.token}/assets/../../desk.py HTTP/1.1\nHost: {server.host}\nConnection: close\n\n"
        assert " 404 " in server.raw(above).splitlines()[0]
        assert " 400 " in server.raw("nonsense\n\n").splitlines()[0]
        upgrade = f"GET {path} HTTP/1.1\nHost: {server.host}\nConnection: Upgrade\nUpgrade: websocket\n"
        key = "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n"
        assert " 101 " not in server.raw(upgrade + key).splitlines()[0]
        status, _ = server.ask("api/decide", {"row_id": "x", "verdict": "accept"}, Origin="http://evil.example")
        assert status == 403
        port = int(server.host.rpartition(":")[2])
        status, _ = server.ask("api/project", Host=f"localhost:{port}")
        assert status == 200
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)} - {"127.0.0.1"}
        for address in others:
            if not str(address).startswith("127."):
                with pytest.raises(OSError, match="refused"):
                    socket.create_connection((str(address), port), timeout=5)


def test_a_kill_at_any_moment_loses_at_most_the_row_in_hand(tmp_path: Path) -> None:
    project = built_project(tmp_path)
    answered: list[str] = []
    with served(project, "--port", "0", "--reviewer", "ana") as server:
        _, document = server.ask("api/documents/geneva")
        row_ids = [row["row_id"] for row in document["rows"]]

        def decide() -> None:
            for verdict in ["accept", "reject"] * 50:
                for row_id in row_ids:
                    try:
                        status, _ = server.ask("api/decide", {"row_id": row_id, "verdict": verdict})
                    except OSError:
                        return
                    except http.client.HTTPException:
                        return
                    assert status == 200
                    answered.append(row_id)

        page = threading.Thread(target=decide)
        page.start()
        while len(answered) < 20:
            time.sleep(0.01)
        server.process.send_signal(signal.SIGKILL)
        page.join()
    assert len(answered) >= 20
    found = load_decisions(project, load_schemas(project.schemas))
    assert {each.row_id for each in found} == set(row_ids)
    with served(project, "--port", "0", "--reviewer", "ana") as server:
        status, _ = server.ask("api/decide", {"row_id": row_ids[0], "verdict": "accept"})
        assert status == 200


def test_our_own_port_unless_it_is_taken() -> None:
    with listening(0) as first:
        port = first.getsockname()[1]
        with listening(None) as second:
            assert second.getsockname()[1] != port


def test_a_port_that_is_taken_and_a_project_that_was_never_built(tmp_path: Path) -> None:
    project = built_project(tmp_path / "one")
    with listening(0) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}: " in run(project, "review", "--serve", "--port", port, code=1).output
    empty = make_project(tmp_path / "two")
    assert "nothing to review yet" in run(empty, "review", "--serve", code=1).output
    (project.review).mkdir()
    (project.review / "events.csv").write_text("nonsense\n", encoding="utf-8")
    assert "source/review/events.csv:1: " in run(project, "review", "--serve", code=1).output


def test_help_does_not_load_the_server(tmp_path: Path) -> None:
    code = "import sys; from tablewright.cli import main\ntry: main()\nexcept SystemExit: print(*sys.modules)"
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, "review", "--help"], capture_output=True, text=True, check=True
    )
    assert {"starlette", "uvicorn", "anyio", "numpy", "krippendorff", "pyarrow"}.isdisjoint(result.stdout.split())
    assert "--serve" in result.stdout
