"""What goes wrong between here and a host, as one clear message that holds no secret."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from tablewright.errors import BuildError

_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|PASSWD|ACCESS_KEY|API_KEY|CREDENTIAL", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_QUERY = re.compile(r"(https?://[^\s?'\"]+)\?[^\s'\")]*")
_BEARER = re.compile(r"(bearer\s+)\S+", re.IGNORECASE)
# Shorter values ("1", "true") are settings, and would blot out half a message.
_SHORTEST_SECRET = 6
_LONGEST = 300

RESUME = "nothing half done is public; run the same command again, it goes on where it stopped"


class PublishError(BuildError):
    """A release cannot be published: refused by us before anything was sent, or by the host."""


def redacted(text: str, environment: Mapping[str, str] | None = None) -> str:
    """`text` on one line without the secrets of the environment, and without users and queries of addresses."""
    for name, value in sorted((os.environ if environment is None else environment).items()):
        if _SECRET_NAME.search(name) and len(value) >= _SHORTEST_SECRET:
            text = text.replace(value, "***")
    text = _BEARER.sub(r"\1***", _QUERY.sub(r"\1", _USER.sub("***@", text)))
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


@contextmanager
def refusals(where: str, errors: Iterable[type[Exception]] = ()) -> Iterator[None]:
    """Turns what a connection or a host says no by (`OSError` and `errors`) into a `PublishError` about `where`.

    The cause is left out of it: a client's exception may hold the request with its token.
    """
    known: tuple[type[Exception], ...] = (OSError, *errors)
    try:
        yield
    except known as error:
        said = redacted(str(error)) or type(error).__name__
        raise PublishError(f"{where}: {said}", remedy=RESUME) from None


def token_of(*names: str) -> str:
    """The token that the first of the environment's variables `names` holds. Raises `PublishError` without one."""
    for name in names:
        if value := os.environ.get(name, "").strip():
            return value
    raise PublishError(f"no token in {names[0]}", remedy=f"set it in the environment: export {names[0]}=…")


def missing_library(name: str) -> PublishError:
    """The error for a library of the extra that is not installed."""
    return PublishError(f"{name} is not installed", remedy=f"pip install 'tablewright[publish]', or {name} alone")
