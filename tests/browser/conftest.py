"""A real Chromium on pages that are really served. Nothing here asks another machine."""

import importlib.util
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from types import ModuleType
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from corrobora.project import Project
from corrobora.web import app
from corrobora.web.serving import bound

TOKEN = "browser-token"  # noqa: S105 - of this test alone
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def load(name: str) -> ModuleType:
    """Load a module of the tests beside these: tests are no package."""
    if name not in sys.modules:
        path = Path(__file__).parent.parent / "web" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


class Served:
    """A project on a port of this machine."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.socket = bound(0)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(app(project, TOKEN), log_level="warning", lifespan="off"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        """End serving, and close what was open."""
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()
        self.project.store.close()


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """Return the module of the project made by hand."""
    return load("made")


@pytest.fixture(scope="session")
def served(made: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a project that no test changes."""
    served = Served(made.make(tmp_path_factory.mktemp("browser") / "project"))
    yield served
    served.stop()


@pytest.fixture
def fresh(made: ModuleType, tmp_path: Path) -> Iterator[Served]:
    """Serve a project of the test's own."""
    served = Served(made.make(tmp_path / "project"))
    yield served
    served.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start the driver of browsers."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Start the distribution's Chromium; the test skips where there is none."""
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield browser
    browser.close()


Visits = Callable[..., Page]


@pytest.fixture
def visits(chromium: Browser) -> Iterator[Visits]:
    """Open pages; each is checked in the end: nothing asked elsewhere, nothing refused, no script at fault."""
    faults: list[str] = []
    contexts = []

    def visit(served: Served, address: str = "/", expected: str = "nothing", **options: Any) -> Page:
        context = chromium.new_context(base_url=served.url, **options)
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        ours = (served.url, "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(ours) else faults.append(f"asked {r.url}"))
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" and expected not in m.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}{'&' if '?' in address else '?'}token={TOKEN}")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not faults


def axe(page: Page, *only: str) -> list[str]:
    """Return what axe finds at fault, by all rules or `only` some. The driver evaluates it: the page's policy stays."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {"runOnly": list(only)} if only else {}
    found = page.evaluate("o => axe.run(document, o)", {"resultTypes": ["violations"], **rules})["violations"]
    return [f"{v['id']}: {[(n['target'], n['html'][:120]) for n in v['nodes'][:3]]}" for v in found]


@pytest.fixture(scope="session")
def check() -> Callable[..., list[str]]:
    """Return the function that checks a page with axe."""
    return axe


@pytest.fixture(scope="session")
def addresses(served: Served) -> dict[str, str]:
    """Return one address of every kind of page, by name; documents with hard texts too."""
    record = served.project.record()
    documents = {line.document.file: line.document.id for line in record.documents}
    claim = next(r.claim.id for r in record.readings if r.file == "lantern.txt")
    incident = max(record.incidents, key=lambda i: len(i.claims)).id
    one = {
        "overview": "/",
        "document": f"/documents/{documents['lantern.txt']}",
        "right-to-left": f"/documents/{documents['arabic.txt']}",
        "claim": f"/claims/{claim}",
        "incident": f"/incidents/{incident}",
        "search": "/search?q=karvel",
        "filtered": "/claims?harm=killed",
    }
    lists = ("documents", "claims", "incidents", "map", "timeline", "tolls", "decisions", "custody", "export", "help")
    return one | {name: f"/{name}" for name in lists}
