"""What every test may use: the corpora beside the project, the index of places, and the packaged project, made once."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, settings

from corrobora import project, resolve
from corrobora.model import Summary

ROOT = Path(__file__).parent.parent

# The suite tries the same examples each time, however slow the machine is: a change fails for what it changed.
# `pytest --hypothesis-profile=searching` looks for new ones.
settings.register_profile("suite", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of corpora beside the checkout; the test skips where there is none."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the corpora beside the project (../shared)")
    return folder


@pytest.fixture(scope="session")
def gazetteer() -> Path:
    """Return the index of place names, built once for this machine."""
    path = resolve.default_path()
    if not path.exists():
        resolve.build(path)
    return path


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
