"""Who may talk to the server: this machine's own browser, with the page that it was given, and nobody else.

A page of another site can send requests to 127.0.0.1, and a name of its own that suddenly resolves to 127.0.0.1 makes
it look like ours (DNS rebinding). So every request names us as its host and carries the token in its address, and one
that changes something comes from our own origin as JSON, which no other origin can send unasked.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer says, errors too."""


class Refusal(JSONResponse):
    """An answer that says what is wrong with a request."""

    def __init__(self, status: int, error: str, remedy: str | None = None) -> None:
        super().__init__({"error": error, "remedy": remedy}, status)


class Guard:
    """Lets only requests through to `app` that name one of our `hosts` and carry the `token` in their address."""

    def __init__(self, app: ASGIApp, token: str, hosts: Collection[str]) -> None:
        self._app, self._token, self._hosts = app, token, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name.encode(): value.encode() for name, value in HEADERS.items()}
                theirs = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                message = {**message, "headers": [*theirs, *ours.items()]}
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, with_headers)
            return
        prefix = f"/{self._token}"
        if scope["path"] == prefix:
            await RedirectResponse(f"{prefix}/")(scope, receive, with_headers)
            return
        await self._app({**scope, "root_path": prefix}, receive, with_headers)

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return Refusal(403, "the request names another host", "open the address that the server printed")
        if not self._carries_token(scope["path"]):
            return Refusal(404, "there is nothing here", "open the address that the server printed")
        site = headers.get("sec-fetch-site")
        if site in ("cross-site", "same-site") and headers.get("sec-fetch-mode") != "navigate":
            return Refusal(403, "the request comes from another site")
        origin = headers.get("origin")
        own = f"http://{hosts[0]}"
        if origin is not None and origin != own:
            return Refusal(403, "the request comes from another origin")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return Refusal(405, f"{scope['method']} is not done here")
        if scope["method"] == "POST":
            if origin is None:
                return Refusal(403, "the request does not say where it comes from", "send the header Origin")
            if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
                return Refusal(415, "the request is not JSON", "send Content-Type: application/json")
        return None

    def _carries_token(self, path: str) -> bool:
        given = path.split("/", 2)[1] if path.startswith("/") else ""
        return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self._token.encode())
