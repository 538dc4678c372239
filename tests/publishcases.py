"""Local servers that speak the protocols of the places to publish to, and what the tests of publishing share."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tablewright.cli_publish import publish
from tablewright.console import Commands

TOKEN = "sesame-open-1234"  # noqa: S105  made up


def run_publish(*arguments: object) -> Result:
    """`tablewright publish` with the command's own error handling."""
    return CliRunner().invoke(Commands(commands={"publish": publish}), ["publish", *map(str, arguments)])


class Service:
    """What a stand-in remembers: requests, and how it is told to fail.

    `break_at` closes the connection at the first request whose "METHOD path" the pattern finds, once.
    """

    def __init__(self) -> None:
        self.token = TOKEN
        self.asked: list[str] = []
        self.break_at: str | None = None
        self.url = ""

    def broken(self, request: str) -> bool:
        if self.break_at is not None and re.search(self.break_at, request):
            self.break_at = None
            return True
        return False

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        """The status and the JSON value (or the lines of one) for a request."""
        raise NotImplementedError


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    """The service behind a server on the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for an answer: in two it would wait for the other side's acknowledgement

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.split("?")[0]
            service.asked.append(f"{self.command} {path}")
            if service.broken(service.asked[-1]):
                self.close_connection = True
                self.connection.close()
                return
            if self.headers.get("Authorization") != f"Bearer {service.token}":
                status, value = 401, {"message": f"bad token {self.headers.get('Authorization')}", "error": "refused"}
            else:
                status, value = service.answer(self.command, path, body)
            data = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815  the names that http.server calls

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name of the base class
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Invenio(Service):
    """The records API of InvenioRDM, as published: drafts, a DOI to reserve, files in three steps, publication."""

    def __init__(self) -> None:
        super().__init__()
        self.drafts: dict[str, dict[str, Any]] = {}
        self.records: dict[str, dict[str, Any]] = {}

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        parts = path.removeprefix("/api/records").strip("/").split("/")
        if parts == [""]:
            return 201, self._begin(json.loads(body), "")
        identifier, rest = parts[0], parts[1:]
        if rest == ["versions"]:
            found = [each for each in self.drafts.values() if each["parent"] == identifier]
            return 201, self._shown(found[0]) if found else self._begin({"metadata": {}}, identifier)
        if rest[:1] == ["draft"]:
            if identifier not in self.drafts:
                return 404, {"status": 404, "message": "The persistent identifier does not exist."}
            return self._draft(method, self.drafts[identifier], rest[1:], body)
        if identifier not in self.records:
            return 404, {"status": 404, "message": "The persistent identifier does not exist."}
        record = self.records[identifier]
        return 200, self._files(record) if rest == ["files"] else self._shown(record)

    def _begin(self, value: dict[str, Any], parent: str) -> dict[str, Any]:
        identifier = f"r{len(self.drafts) + len(self.records) + 1}"
        self.drafts[identifier] = {**value, "id": identifier, "parent": parent, "pids": {}, "files": {}}
        return self._shown(self.drafts[identifier])

    def _shown(self, draft: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in draft.items() if name != "files"}

    def _files(self, draft: dict[str, Any]) -> dict[str, Any]:
        return {"enabled": True, "entries": [self._file(name, draft["files"][name]) for name in draft["files"]]}

    def _file(self, name: str, file: dict[str, Any]) -> dict[str, Any]:
        shown = {"key": name, "status": "completed" if file["done"] else "pending"}
        if file["done"]:
            shown["checksum"] = f"md5:{hashlib.md5(file['data'], usedforsecurity=False).hexdigest()}"
        return shown

    def _draft(self, method: str, draft: dict[str, Any], rest: list[str], body: bytes) -> tuple[int, Any]:
        if not rest:
            if method == "PUT":
                value = json.loads(body)
                draft.update(metadata=value["metadata"], access=value["access"], pids=value.get("pids", {}))
            return 200, self._shown(draft)
        if rest == ["pids", "doi"]:
            draft["pids"] = {"doi": {"identifier": f"10.5072/{draft['id']}", "provider": "datacite"}}
            return 201, self._shown(draft)
        if rest == ["actions", "publish"]:
            if not draft["files"] or not all(each["done"] for each in draft["files"].values()):
                return 400, {"message": "A validation error occurred.", "errors": []}
            self.records[draft["id"]] = self.drafts.pop(draft["id"])
            return 202, self._shown(draft)
        return self._draft_files(method, draft["files"], rest[1:], body, draft)

    def _draft_files(
        self, method: str, files: dict[str, Any], rest: list[str], body: bytes, draft: dict[str, Any]
    ) -> tuple[int, Any]:
        if not rest:
            for each in json.loads(body) if method == "POST" else ():
                if each["key"] in files:
                    return 400, {"message": f"File with key {each['key']} already exists."}
                files[each["key"]] = {"data": b"", "done": False}
            return (201 if method == "POST" else 200), self._files(draft)
        name = rest[0]
        if method == "DELETE":
            del files[name]
            return 204, None
        if rest[1] == "content":
            files[name]["data"] = body
        else:
            files[name]["done"] = True
        return 200, self._file(name, files[name])


class HubStandIn(Service):
    """The part of the Hub's API that its client asks for to make, fill, tag and open a dataset repository."""

    def __init__(self) -> None:
        super().__init__()
        self.private: bool | None = None
        self.full = False
        self.files: dict[str, bytes] = {}
        self.commits: dict[str, dict[str, bytes]] = {}
        self.tags: dict[str, str] = {}

    @property
    def head(self) -> str:
        return list(self.commits)[-1]

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        if path == "/api/repos/create":
            asked = json.loads(body)
            self.private = asked.get("private", asked.get("visibility") == "private")
            self._commit({".gitattributes": b""})
            return 200, {"url": f"{self.url}/datasets/{asked.get('organization', 'ana')}/{asked['name']}"}
        if path == "/api/validate-yaml":
            return 200, {"errors": [], "warnings": []}
        rest = path.removeprefix("/api/datasets/ana/talks").strip("/")
        if self.private is None:
            return 404, {"error": "Repository not found"}
        return self._repository(method, rest, body)

    def _commit(self, files: dict[str, bytes]) -> str:
        name = hashlib.sha1(str(len(self.commits)).encode(), usedforsecurity=False).hexdigest()
        self.commits[name] = files
        return name

    def _repository(self, method: str, rest: str, body: bytes) -> tuple[int, Any]:
        verb, _, revision = rest.partition("/")
        if not rest or verb == "revision":
            return 200, {"id": "ana/talks", "private": self.private, "sha": self.head, "siblings": [], "tags": []}
        if verb == "refs":
            tags = [{"name": n, "ref": f"refs/tags/{n}", "targetCommit": c} for n, c in self.tags.items()]
            main = {"name": "main", "ref": "refs/heads/main", "targetCommit": self.head}
            return 200, {"branches": [main], "tags": tags, "converts": []}
        if verb == "tree":
            files = self.commits[self.tags.get(revision.split("/")[0], self.head)]
            return 200, [self._entry(name, data) for name, data in files.items()]
        if verb == "preupload":
            wanted = json.loads(body)["files"]
            return 200, {
                "files": [{"path": each["path"], "uploadMode": "regular", "shouldIgnore": False} for each in wanted]
            }
        if verb == "commit":
            if self.full:
                return 413, {"error": "Storage quota exceeded"}
            return 200, self._take(body)
        if verb == "tag":
            self.tags[json.loads(body)["tag"]] = self.head
            return 200, None
        if verb == "settings":
            asked = json.loads(body)
            self.private = asked.get("private", asked.get("visibility") == "private")
            return 200, {"private": self.private}
        return 404, {"error": f"no {method} {rest}"}

    def _entry(self, name: str, data: bytes) -> dict[str, Any]:
        blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
        return {"type": "file", "path": name, "size": len(data), "oid": blob}

    def _take(self, body: bytes) -> dict[str, Any]:
        files = dict(self.commits[self.head])
        for line in body.splitlines():
            each = json.loads(line)
            if each["key"] == "file":
                files[each["value"]["path"]] = base64.b64decode(each["value"]["content"])
            elif each["key"] == "deletedFile":
                files.pop(each["value"]["path"], None)
        name = self._commit(files)
        return {"commitUrl": f"{self.url}/datasets/ana/talks/commit/{name}", "commitOid": name, "success": True}


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
