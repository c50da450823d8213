"""The JSON twins as an OpenAPI description, and schemathesis on them for as long as one likes.

schemathesis brings two dozen packages, a pytest plugin among them: it is run as a program, where there is one.
"""

import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import uvicorn

from corrobora.project import Project
from corrobora.web import app, guard
from corrobora.web.ask import LABELS, TERMS
from corrobora.web.routes import PAGES
from corrobora.web.serving import bound

TOKEN = "soak"  # noqa: S105  of this run alone
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
OF_A_PAGE = {"search": ("q",), "incidents": ("page",), "claims": ("page",), "documents": ("page",)}


def description(ids: Mapping[str, Sequence[str]] = MappingProxyType({})) -> dict[str, Any]:
    """Return every twin with the parameters that it reads, and what it may answer; `ids` are some that are there."""
    problem = {"type": "object", "required": ["error", "hint"], "properties": {"error": {"type": "string"}}}
    answers = {
        "200": _answer("what the page shows", {"type": ["object", "array"]}),
        "400": _answer("what is wrong with the question", problem),
        "404": _answer("nothing of this name is there", problem),
    }
    paths: dict[str, Any] = {}
    for address in PAGES:
        known = {"enum": ["none", *ids.get(address.split("/")[1], ())]}
        one = {"anyOf": [known, {"type": "string", "minLength": 1}]}
        inside = [_parameter(name, "path", one) for name in re.findall("{(.*?)}", address)]
        asked = [_parameter(name, "query", _values(name)) for name in LABELS]
        more = [_parameter(name, "query", {"type": "string"}) for name in OF_A_PAGE.get(address.strip("/"), ())]
        moved = {"303": {"description": "it is called otherwise now"}} if inside else {}
        paths[f"{address}.json"] = {"get": {"parameters": [*inside, *asked, *more], "responses": answers | moved}}
    return {"openapi": "3.1.0", "info": {"title": "Corrobora", "version": "1"}, "paths": paths}


def there(project: Project) -> dict[str, list[str]]:
    """Return what may stand in an address of this project."""
    record = project.record()
    return {
        "documents": [line.document.id for line in record.documents],
        "claims": [reading.claim.id for reading in record.readings],
        "incidents": [incident.id for incident in record.incidents],
    }


def _answer(told: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": told, "content": {"application/json": {"schema": schema}}}


def _parameter(name: str, where: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


def _values(name: str) -> dict[str, Any]:
    if name in TERMS:
        return {"enum": ["", *TERMS[name]]}
    return {"type": "string", "format": "date"} if name in {"earliest", "latest"} else {"type": "string"}


def soak(made: ModuleType, seconds: float, seed: int) -> dict[str, Any]:
    """Serve a project that is made by hand, and have schemathesis ask for so long; return what it found."""
    program = shutil.which("schemathesis")
    if not program:
        return {"faults": ["schemathesis is not installed: pip install schemathesis, in an environment of its own"]}
    with tempfile.TemporaryDirectory(prefix="door-") as name, bound(0) as listening:
        folder = Path(name)
        project = made.make(folder / "p")
        (folder / "openapi.json").write_text(json.dumps(description(there(project))))
        config = uvicorn.Config(app(project, TOKEN), log_level="critical", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        command = [
            program, "run", str(folder / "openapi.json"), "--url", f"http://127.0.0.1:{listening.getsockname()[1]}",
            "-H", f"Cookie: {guard.cookie_name(TOKEN)}={TOKEN}", "--checks", ",".join(CHECKS), "--seed", str(seed),
            "--max-time", str(int(seconds)), "--max-examples", "100000", "--no-color", "--mode", "all",
        ]  # fmt: skip
        started = time.monotonic()
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
        server.should_exit = True
        thread.join(10)
    told = done.stdout[-6000:] + done.stderr[-2000:]
    found = re.findall(r"(\d+) generated", told)
    return {
        "faults": [told] if done.returncode else [], "generated": int(found[-1]) if found else 0,
        "seconds": round(time.monotonic() - started), "said": told[-800:],
    }  # fmt: skip
