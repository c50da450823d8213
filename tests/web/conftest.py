"""A project made by hand, and a visitor who asks its pages without a browser or a socket."""

import asyncio
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlencode

import pytest

from corrobora.project import Project
from corrobora.web import app

TOKEN = "launch-token"  # noqa: S105 - of this test alone


def load(name: str) -> ModuleType:
    """Load a module of this folder: tests are no package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def finished(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run in a thread of its own: the tests in a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


class Answer:
    """What the application answered."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {k.decode().lower(): v.decode() for k, v in messages[0]["headers"]}
        self.cookies = [v.decode() for k, v in messages[0]["headers"] if k.lower() == b"set-cookie"]
        self.body = b"".join(m.get("body", b"") for m in messages[1:])

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """Speaks ASGI to the application, and keeps its cookies."""

    def __init__(self, asgi: Any, host: str = "127.0.0.1:8000") -> None:
        self.asgi = asgi
        self.host = host
        self.cookies: dict[str, str] = {}

    def get(self, address: str, **headers: str) -> Answer:
        return self.ask("GET", address, b"", headers)

    def post(self, address: str, form: dict[str, Any] | None = None, **headers: str) -> Answer:
        body = urlencode(form or {}, doseq=True).encode()
        given = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"} | headers
        return self.ask("POST", address, body, {k: v for k, v in given.items() if v})

    def ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Answer:
        path, _, query = address.partition("?")
        given = {"host": self.host} | {k.replace("_", "-"): v for k, v in headers.items()}
        if self.cookies:
            given["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(k.encode(), v.encode()) for k, v in given.items()],
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 50000),
        }
        sent: list[dict[str, Any]] = []
        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if asked:  # a browser that stays and waits for the answer
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        finished(self.asgi(scope, receive, send))
        answer = Answer(sent)
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def form_token(self) -> str:
        found = re.search('name="form_token" value="([0-9a-f]+)"', self.get("/help").text)
        assert found
        return found[1]

    def decide(self, verdict: str, subject: Any, **more: Any) -> Answer:
        headers = {"hx-request": more.pop("script")} if "script" in more else {}
        form = {"form_token": self.form_token(), "verdict": verdict, "subject": subject, "back": "/claims"} | more
        return self.post("/decide", form, **headers)


@pytest.fixture(scope="session")
def load_module() -> Callable[[str], ModuleType]:
    """Load another module of this folder."""
    return load


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """Return the module of the project made by hand."""
    return load("made")


@pytest.fixture(scope="module")
def read_only(made: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return the project for tests that decide nothing."""
    project = made.make(tmp_path_factory.mktemp("web") / "project")
    yield project
    project.store.close()


@pytest.fixture
def project(made: ModuleType, tmp_path: Path) -> Iterator[Project]:
    """Return the project for tests that decide."""
    project = made.make(tmp_path / "project")
    yield project
    project.store.close()


def visit(project: Project) -> Visitor:
    """Return a visitor who came by the printed address."""
    visitor = Visitor(app(project, TOKEN))
    assert visitor.get(f"/?token={TOKEN}").status == 303
    return visitor


@pytest.fixture(scope="session")
def visits() -> Callable[[Project], Visitor]:
    """Return the function that visits a project."""
    return visit


@pytest.fixture
def looker(read_only: Project) -> Visitor:
    """Return a visitor of the project that nobody changes."""
    return visit(read_only)


@pytest.fixture
def visitor(project: Project) -> Visitor:
    """Return a visitor of a project of their own."""
    return visit(project)


@pytest.fixture
def stranger(read_only: Project) -> Visitor:
    """Return a visitor without the token."""
    return Visitor(app(read_only, TOKEN))
