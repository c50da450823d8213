"""Serves the pages on this machine alone."""

import secrets
import socket
import threading
from time import sleep

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

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
        settings = uvicorn.Config(awake(app(project, token), project), log_level="warning", access_log=False,
                                  server_header=False)  # fmt: skip
        server = uvicorn.Server(settings)
        watch = threading.Thread(target=end_when_locked, args=(server, project), daemon=True)
        watch.start()
        server.run(sockets=[listening])


def awake(pages: ASGIApp, project: Project) -> ASGIApp:
    """Have each request put off the time at which an unlocked project locks itself."""
    if project.seal is None:
        return pages

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            project.awake()
        await pages(scope, receive, send)

    return answer


def end_when_locked(server: uvicorn.Server, project: Project, seconds: float = 2.0) -> None:
    """End the server of an unlocked project when its key is forgotten: its memory must not be left with it."""
    while project.seal is not None and not server.should_exit:
        sleep(seconds)
        if not project.awake(peek=True):
            print(f"{project.path} is locked again. Open it: corrobora unlock {project.path}", flush=True)  # noqa: T201
            server.should_exit = True


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
