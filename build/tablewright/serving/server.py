"""The server of the review page: one process, this machine only, until Ctrl-C."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable

from tablewright.errors import ProjectError
from tablewright.paths import Project
from tablewright.serving.app import make_app
from tablewright.serving.opened import Viewer
from tablewright.serving.operations import Review

HOST = "127.0.0.1"
PORT = 8642
"""The port where none is asked for, so that a browser keeps its settings; any free one where it is taken."""


def serve(project: Project, viewer: Viewer, port: int | None, started: Callable[[str], None]) -> None:
    """Serves the review page until it is interrupted; `started` is told its address once requests are taken.

    Raises `TablewrightError` for a project that cannot be reviewed, `ProjectError` for a port that is taken.
    """
    import uvicorn

    review = Review(project, viewer)
    with listening(port) as listener:
        at = listener.getsockname()[1]
        token = secrets.token_urlsafe(24)
        app = make_app(review, token, [f"{HOST}:{at}", f"localhost:{at}"])
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=2,
        )
        started(f"http://{HOST}:{at}/{token}/")
        uvicorn.Server(config).run(sockets=[listener])


def listening(port: int | None) -> socket.socket:
    """A socket on this machine that takes connections at `port`: None for ours, or any where it is taken."""
    wanted = [PORT, 0] if port is None else [port]
    for number in wanted:
        # Only of a socket that names its protocol does asyncio send small packets at once.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            problem = error
            continue
        return listener
    raise ProjectError(
        f"port {wanted[-1]}: {problem.strerror}", remedy="name another with --port, or none"
    ) from problem
