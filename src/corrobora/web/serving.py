"""Serves the pages on this machine alone."""

import secrets
import socket

import uvicorn

from corrobora.errors import BadInput
from corrobora.project import Project
from corrobora.web.routes import app

HOST = "127.0.0.1"


def serve(project: Project, port: int = 0) -> None:
    """Serve `project` on 127.0.0.1 until interrupted; `port` 0 takes a free one. Prints the address, one line, at once.

    Raises BadInput where the port is taken.
    """
    token = secrets.token_urlsafe(24)
    with bound(port) as listening:
        print(f"http://{HOST}:{listening.getsockname()[1]}/?token={token}", flush=True)  # noqa: T201 - the one line
        settings = uvicorn.Config(app(project, token), log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(settings).run(sockets=[listening])


def bound(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone. Raises BadInput where the port cannot be had."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listening.close()
        raise BadInput(f"Port {port} cannot be had: {error}.", hint="Leave --port out to take a free one.") from error
    listening.listen()
    return listening
