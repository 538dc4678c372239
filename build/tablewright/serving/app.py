"""The resources of the review page: each reads its request, asks `Review`, and answers in JSON."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection
from importlib import resources
from typing import Any, ParamSpec

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from tablewright.errors import BuildError, DecisionError, TablewrightError
from tablewright.serving.guard import Guard, Refusal
from tablewright.serving.operations import Review
from tablewright.serving.refusals import MissingError, StaleError, problem_json
from tablewright.serving.requests import BadRequestError, body_of
from tablewright.serving.values import Json
from tablewright.settling import Settlement

P = ParamSpec("P")
Endpoint = Callable[[Request], Awaitable[Response]]

_ASSET = re.compile(r"[A-Za-z0-9_-]+\.(js|css)")
_STAMP = re.compile(r"[0-9]{1,15}")
_TYPES = {"js": "text/javascript", "css": "text/css", "html": "text/html"}


class Resources:
    """Reads requests for `review`, and answers them."""

    def __init__(self, review: Review) -> None:
        self._review = review

    async def project(self, request: Request) -> Response:
        return await _answered(self._review.project)

    async def document(self, request: Request) -> Response:
        return await _answered(self._review.document, request.path_params["document_id"])

    async def actors(self, request: Request) -> Response:
        return await _answered(self._review.actors)

    async def changes(self, request: Request) -> Response:
        since = request.query_params.get("since", "0")
        if not _STAMP.fullmatch(since):
            raise BadRequestError("since is no stamp")
        return await _answered(self._review.changes, int(since))

    async def differences(self, request: Request) -> Response:
        return await _answered(self._review.differences)

    async def decide(self, request: Request) -> Response:
        body = await body_of(request, "row_id", "verdict", "changes", "spans", "note", "seen", "since")
        verdict = body.choice("verdict", "accept", "reject", "amend")
        cells, spans = body.cells("changes"), body.spans()
        if (cells or spans) and verdict != "amend":
            raise BadRequestError("changes are for the verdict amend")
        row_id, seen, since = body.text("row_id"), body.maybe_text("seen"), body.maybe_number("since")
        return await _answered(self._review.decide, row_id, verdict, cells, spans, body.note(), seen, since)

    async def add(self, request: Request) -> Response:
        body = await body_of(request, "document_id", "table", "start", "end", "values", "spans", "note", "since")
        table, document_id = body.text("table"), body.maybe_text("document_id")
        span = body.span() if document_id is not None else (0, 0)
        cells, spans, since = body.cells("values"), body.spans(), body.maybe_number("since")
        return await _answered(self._review.add, table, document_id, span, cells, spans, body.note(), since)

    async def undo(self, request: Request) -> Response:
        body = await body_of(request, "row_id", "settling", "since")
        return await _answered(
            self._review.undo, body.text("row_id"), body.flag("settling"), body.maybe_number("since")
        )

    async def settle(self, request: Request) -> Response:
        body = await body_of(request, "row_id", "reviewer", "changes", "spans", "reject", "note", "since")
        how = Settlement(body.maybe_text("reviewer"), body.cells("changes"), body.flag("reject"), body.spans())
        return await _answered(self._review.settle, body.text("row_id"), how, body.note(), body.maybe_number("since"))

    async def restore(self, request: Request) -> Response:
        body = await body_of(request, "row_ids")
        return await _answered(self._review.restore, body.texts("row_ids"))

    async def dismiss(self, request: Request) -> Response:
        body = await body_of(request, "row_ids")
        return await _answered(self._review.dismiss, body.texts("row_ids"))


async def _answered(operation: Callable[P, Json], *args: P.args, **kwargs: P.kwargs) -> Response:
    """What an operation gives, which may wait for the disk and for others."""
    return JSONResponse(await run_in_threadpool(operation, *args, **kwargs))


def make_app(review: Review, token: str, hosts: Collection[str]) -> ASGIApp:
    """The review page's application, below `/TOKEN/`, for requests to one of `hosts` ("127.0.0.1:8000")."""
    there = Resources(review)
    got: dict[str, Endpoint] = {
        "/": _page("review.html"),
        "/settle": _page("settle.html"),
        "/assets/{name}": _asset,
        "/api/project": there.project,
        "/api/documents/{document_id:path}": there.document,
        "/api/actors": there.actors,
        "/api/changes": there.changes,
        "/api/differences": there.differences,
    }
    posted = (there.decide, there.add, there.undo, there.settle, there.restore, there.dismiss)
    routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in got.items()]
    routes += [Route(f"/api/{endpoint.__name__}", endpoint, methods=["POST"]) for endpoint in posted]
    handlers: dict[Any, Any] = {
        BadRequestError: _bad_request,
        TablewrightError: _expected,
        OSError: _disk,
        HTTPException: _http,
        Exception: _bug,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Guard(app, token, hosts)


def _page(name: str) -> Endpoint:
    async def page(request: Request) -> Response:
        return await run_in_threadpool(_packaged, name)

    return page


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if not _ASSET.fullmatch(name):
        raise HTTPException(404)
    return await run_in_threadpool(_packaged, name)


def _packaged(name: str) -> Response:
    """A file of the package's pages."""
    file = resources.files("tablewright") / "pages" / name
    if not file.is_file():
        raise HTTPException(404)
    return Response(file.read_bytes(), media_type=_TYPES[name.rpartition(".")[2]])


def _bad_request(request: Request, error: BadRequestError) -> Response:
    return Refusal(error.status, error.message)


def _expected(request: Request, error: TablewrightError) -> Response:
    told = problem_json(error) or {}
    if isinstance(error, StaleError):
        return JSONResponse({**told, "rows": [error.row]}, 409)
    if isinstance(error, MissingError):
        return JSONResponse(told, 410)
    if isinstance(error, BuildError):
        return JSONResponse(told, 500)
    # What is wrong in a file is not what the page sent.
    return JSONResponse(told, 422 if isinstance(error, DecisionError) and error.file is None else 409)


def _disk(request: Request, error: OSError) -> Response:
    return Refusal(500, f"the disk refused: {error.strerror or 'an error'}", "nothing was decided; try again")


def _http(request: Request, error: HTTPException) -> Response:
    known = {404: "there is nothing here", 405: f"{request.method} is not done here"}
    return Refusal(error.status_code, known.get(error.status_code, error.detail))


def _bug(request: Request, error: Exception) -> Response:
    return Refusal(500, "a bug in tablewright; the terminal says more", "report it with the lines in the terminal")
