"""What every test may use: the corpora beside the project, the index of place names, and the reader, loaded once."""

from pathlib import Path

import pytest

from corrobora import resolve

ROOT = Path(__file__).parent.parent


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
