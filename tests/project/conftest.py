"""A project made from the packaged fictional reports, through every real room, once for all tests."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from corrobora import project
from corrobora.model import Summary


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, gazetteer: Path) -> tuple[Path, Summary]:
    assert gazetteer.exists()
    folder = tmp_path_factory.mktemp("made") / "demo"
    found, summary = project.demonstrate(folder)
    found.store.close()
    return folder, summary


@pytest.fixture(scope="session")
def demo(made: tuple[Path, Summary]) -> Iterator[project.Project]:
    """The project, to look at: tests that decide or add use `own`."""
    found = project.open_project(made[0])
    yield found
    found.store.close()


@pytest.fixture
def own(made: tuple[Path, Summary], tmp_path: Path) -> Iterator[project.Project]:
    """A copy of the project that a test may change."""
    found = project.open_project(copytree(made[0], tmp_path / "own"))
    yield found
    found.store.close()
