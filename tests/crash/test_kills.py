"""Twenty kills by chance, seeded: nothing acknowledged is lost, nothing is half there, what is left over is removed."""

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corrobora import preserve, project
from corrobora.errors import BadInput
from corrobora.model import Source
from corrobora.preserve.blobs import INCOMING
from corrobora.preserve.sweeping import MARK


def load(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def killing() -> ModuleType:
    return load("killing")


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_project_keeps_what_it_said(tmp_path: Path, killing: ModuleType, seed: int) -> None:
    """Five kills of one project each, with what the ones before had left."""
    chance = random.Random(seed)  # noqa: S311  no secret
    seen = killing.Seen()
    for life in range(5):
        for line in killing.killed(tmp_path, seed * 10 + life + 1, chance.uniform(0.02, 1.2)):
            seen.note(line)
        assert killing.wrong(tmp_path, seen) == []
    assert seen.acts > 5
    assert killing.restores(sorted(seen.backups)[:2], tmp_path / "restored") == []


def test_the_acts_do_what_they_say(tmp_path: Path, killing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a kill every act comes about: else the test above would prove nothing."""
    killing.stand_in(monkeypatch.setattr)
    seen = killing.Seen()
    killing.live(tmp_path, 3, seen.note, most=24)
    assert killing.wrong(tmp_path, seen) == []
    assert seen.acts == 24
    assert seen.blobs
    assert seen.read
    assert seen.decisions
    assert seen.backups


def test_the_check_sees_what_is_lost(tmp_path: Path, killing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    killing.stand_in(monkeypatch.setattr)
    seen = killing.Seen()
    killing.live(tmp_path, 3, seen.note, most=8)
    seen.note("add " + "0" * 64)
    seen.note("decide x_none")
    seen.note("read d_none")
    (tmp_path / "project" / "originals" / "left").write_bytes(b"x")
    told = " ".join(killing.wrong(tmp_path, seen))
    for word in ("0" * 64, "x_none", "d_none", "left among the originals"):
        assert word in told


def test_what_an_interrupted_writer_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Some words that are kept.")
    found = project.new(tmp_path / "p")
    found.add([Source(str(tmp_path / "a.txt"))])
    kept = {p for p in found.originals.rglob("*") if p.is_file()}
    assert not preserve.interrupted(found.originals), "a whole run leaves no mark"
    folder = next(iter(kept)).parent
    orphan = found.originals / "ab" / ("c" * 62)
    orphan.parent.mkdir(exist_ok=True)
    for path in (orphan, folder / f"{INCOMING}xyz", folder / "notes"):
        path.write_bytes(b"left")
    with found.alone():
        assert orphan.exists(), "without the mark nobody looks, and nothing is removed"
    (found.originals / MARK).touch()
    with found.alone():
        assert not orphan.exists()
    assert {p for p in found.originals.rglob("*") if p.is_file()} == kept | {folder / "notes"}
    assert not preserve.interrupted(found.originals)
    found.store.close()


def test_the_mark_stays_where_a_writer_is_stopped(tmp_path: Path) -> None:
    def stopped() -> None:
        with preserve.writing(tmp_path):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert preserve.interrupted(tmp_path)
    assert preserve.sweep(tmp_path, set()) == ()
    assert not preserve.interrupted(tmp_path)


def test_a_project_that_was_never_written_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        project.restore(tmp_path / "none", tmp_path / "p")
    assert not (tmp_path / "p").exists()
