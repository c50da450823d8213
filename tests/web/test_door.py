"""What `scripts/soak door` asks: every twin, by parameters that it reads, and real names as well as made-up ones."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest

from corrobora.project import Project
from corrobora.web.ask import LABELS
from corrobora.web.routes import PAGES

Loaded = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def door(load_module: Loaded) -> ModuleType:
    return load_module("door")


def test_every_twin_is_described_with_all_that_it_reads(door: ModuleType) -> None:
    paths = door.description()["paths"]
    assert sorted(paths) == sorted(f"{address}.json" for address in PAGES)
    for address, path in paths.items():
        named = {p["name"]: p for p in path["get"]["parameters"]}
        assert set(LABELS) <= named.keys()
        assert ("{id}" in address) == ("id" in named) == ("303" in path["get"]["responses"])
        assert {"200", "400", "404"} <= path["get"]["responses"].keys()


def test_what_is_there_is_answered_as_the_description_says(door: ModuleType, read_only: Project, looker: Any) -> None:
    known = door.there(read_only)
    paths = door.description(known)["paths"]
    for kind, ids in known.items():
        assert ids
        (one,) = (p for p in paths[f"/{kind}/{{id}}.json"]["get"]["parameters"] if p["name"] == "id")
        assert set(ids) < set(one["schema"]["anyOf"][0]["enum"])
        assert looker.get(f"/{kind}/{quote(ids[0], safe='')}.json").status == 200
        answer = looker.get(f"/{kind}/none.json")
        assert answer.status == 404
        assert answer.json.keys() == {"error", "hint"}


def test_terms_and_days_are_described_as_such(door: ModuleType) -> None:
    named = {p["name"]: p["schema"] for p in door.description()["paths"]["/claims.json"]["get"]["parameters"]}
    assert {"", "killed"} < set(named["harm"]["enum"])
    assert named["earliest"] == {"type": "string", "format": "date"}
    assert named["page"] == {"type": "string"}


def test_without_the_program_it_says_what_to_do(
    door: ModuleType, made: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (fault,) = door.soak(made, 1, 1)["faults"]
    assert "pip install schemathesis" in fault
    assert not list(tmp_path.iterdir())
