"""The client of the InvenioRDM records API, which Zenodo speaks: drafts, reserved DOIs, files, publication.

https://inveniordm.docs.cern.ch/reference/rest_api_drafts_records/. Addresses are made from the base, never taken from
an answer, and no redirect is followed: the token goes to the repository and nowhere else.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from tablewright.publishing.refusals import RESUME, PublishError, missing_library, redacted, refusals, token_of

if TYPE_CHECKING:
    import requests

ZENODO = "https://zenodo.org"
BASE_VARIABLE = "TABLEWRIGHT_ZENODO_URL"
TOKEN_VARIABLE = "TABLEWRIGHT_ZENODO_TOKEN"  # noqa: S105  the name of the variable, not a token
_SECONDS = (10, 300)
_NOT_FOUND = (404, 410)


def base_of(given: str | None) -> str:
    """The repository's address: as given, else by the environment, else Zenodo.

    Raises `PublishError` for one that would send the token in the clear, or holds a user, a query or a fragment.
    """
    base = (given or os.environ.get(BASE_VARIABLE) or ZENODO).rstrip("/")
    parts = urlsplit(base)
    plain = not (parts.query or parts.fragment or parts.username or parts.password)
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or ""))
    if not (plain and safe and parts.hostname):
        raise PublishError("the repository's address has to be https://… without a user", remedy=f"such as {ZENODO}")
    return base


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Repository:
    """An InvenioRDM repository. Every method raises `PublishError` where the connection or the repository says no."""

    def __init__(self, base: str) -> None:
        try:
            import requests
        except ImportError:
            raise missing_library("requests") from None
        self.base = base
        token = token_of(TOKEN_VARIABLE)
        self._errors = (requests.RequestException,)
        self._session = requests.Session()

        def authorize(request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers["Authorization"] = f"Bearer {token}"
            return request

        # As the session's own way to authorize: a .netrc would else put another user in the token's place.
        self._session.auth = authorize

    def create(self, record: Mapping[str, Any]) -> Any:
        """Begins a draft."""
        return self._call("POST", "records", json=record)

    def new_version(self, identifier: str) -> Any:
        """Begins a draft for the next version of a public record; gives the one that was begun before, if any."""
        return self._call("POST", f"records/{_safe(identifier)}/versions")

    def draft(self, identifier: str) -> Any | None:
        """A draft; None when there is none."""
        return self._find(f"records/{_safe(identifier)}/draft")

    def record(self, identifier: str) -> Any | None:
        """A public record; None when there is none."""
        return self._find(f"records/{_safe(identifier)}")

    def describe(self, identifier: str, record: Mapping[str, Any]) -> None:
        """Replaces what a draft says."""
        self._call("PUT", f"records/{_safe(identifier)}/draft", json=record)

    def reserve_doi(self, identifier: str) -> str:
        """Reserves the DOI of a draft."""
        return str(self._call("POST", f"records/{_safe(identifier)}/draft/pids/doi")["pids"]["doi"]["identifier"])

    def files(self, identifier: str, *, public: bool = False) -> dict[str, Mapping[str, Any]]:
        """The files of a draft, or of a public record, by name."""
        place = "files" if public else "draft/files"
        entries = self._call("GET", f"records/{_safe(identifier)}/{place}").get("entries", ())
        return {str(each["key"]): each for each in entries}

    def remove_file(self, identifier: str, name: str) -> None:
        """Takes a file out of a draft."""
        self._call("DELETE", f"records/{_safe(identifier)}/draft/files/{_safe(name)}")

    def upload(self, identifier: str, name: str, path: Path) -> Mapping[str, Any]:
        """Sends a file in the three steps of the API; gives what the repository says of it then."""
        place = f"records/{_safe(identifier)}/draft/files"
        self._call("POST", place, json=[{"key": name}])
        kind = {"Content-Type": "application/octet-stream"}
        with path.open("rb") as file:
            content: Any = file if path.stat().st_size else b""
            self._call("PUT", f"{place}/{_safe(name)}/content", data=content, headers=kind)
        return dict(self._call("POST", f"{place}/{_safe(name)}/commit"))

    def publish(self, identifier: str) -> None:
        """Makes a draft public, for good."""
        self._call("POST", f"records/{_safe(identifier)}/draft/actions/publish")

    def _find(self, path: str) -> Any | None:
        return self._call("GET", path, missing=_NOT_FOUND)

    def _call(self, method: str, path: str, *, missing: tuple[int, ...] = (), **what: Any) -> Any:
        with refusals(self.base, self._errors):
            answer = self._session.request(
                method, f"{self.base}/api/{path}", timeout=_SECONDS, allow_redirects=False, **what
            )
            if answer.status_code in missing:
                return None
            self._refuse(answer)
            # requests raises a RequestException for what is no JSON.
            return answer.json() if answer.content else {}

    def _refuse(self, answer: requests.Response) -> None:
        """Raises when an answer is not one of success."""
        code = answer.status_code
        if code in (401, 403):
            raise PublishError(
                f"{self.base} refused the token ({code})",
                remedy=f"{TOKEN_VARIABLE} needs the scopes deposit:write and deposit:actions; nothing was made public",
            )
        if not answer.ok or answer.is_redirect:
            raise PublishError(f"{self.base} said {code}: {_said(answer)}", remedy=RESUME)


def _safe(name: str) -> str:
    return quote(name, safe="")


def _said(answer: requests.Response) -> str:
    """What the repository says is wrong, field by field where it does."""
    try:
        body = answer.json()
        fields = [f"{each['field']}: {'; '.join(each['messages'])}" for each in body.get("errors", ())]
        return redacted(" | ".join([str(body["message"]), *fields]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return redacted(answer.reason or "no reason given")
