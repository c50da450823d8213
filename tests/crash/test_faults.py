"""A disk that loses what was not synced, is full, or breaks: what was acknowledged stays, and nothing is half there."""

import errno
import importlib.util
import os
import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corrobora import preserve, project
from corrobora.errors import CorroboraError, StorageFailed
from corrobora.model import Reference, Source
from corrobora.store import Store


def load(name: str) -> ModuleType:
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


faulty = load("faulty")
killing = load("killing")
REACHED = pytest.mark.skipif(
    faulty.library() is None, reason="SQLite is linked into the interpreter: no disk can stand in"
)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A disk beneath everything, and its fsync."""
    killing.stand_in(monkeypatch.setattr)
    found = faulty.Disk()
    real = os.fsync

    def fsync(descriptor: int) -> None:
        if failed := found.step("fsync"):
            raise OSError(errno.ENOSPC if failed == faulty.FULL else errno.EIO, os.strerror(errno.ENOSPC))
        real(descriptor)
        found.fsynced(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    return found


@REACHED
@pytest.mark.parametrize("seed", range(2))
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, disk: Any, seed: int) -> None:
    """Sixty moments of one life, each with two images of what could be left."""
    chance = random.Random(seed)  # noqa: S311  no secret
    moments = {chance.randrange(20, 1200) for _ in range(60)}
    cuts: list[tuple[Any, list[str]]] = []
    said: list[str] = []

    def before(_: Any, what: str) -> int:
        assert what
        if disk.steps in moments:
            cuts.append((disk.snapshot(), list(said)))
        return 0

    disk.before = before
    with faulty.beneath(disk):
        killing.live(tmp_path / "live", seed, said.append, most=30)
    assert len(cuts) > 20
    acts = 0
    for number, (left, lines) in enumerate(cuts):
        for again in range(2):
            folder = tmp_path / f"cut-{number}-{again}"
            (folder / "project").mkdir(parents=True)
            left.image(tmp_path / "live" / "project", folder / "project", chance)
            seen = killing.Seen()
            for line in lines:
                seen.note(line)
            acts += seen.acts
            assert killing.wrong(folder, seen) == [], f"moment {number}"
    assert acts > 100


@REACHED
@pytest.mark.parametrize("broken", ["FULL", "BROKEN_WRITE", "BROKEN_SYNC"])
def test_a_full_or_broken_disk_is_told_and_harms_nothing(tmp_path: Path, disk: Any, broken: str) -> None:
    """Now and then a few steps in a row fail; the same acts go on when the disk works again."""
    chance = random.Random(broken)  # noqa: S311  no secret
    failing = [0]

    def before(_: Any, what: str) -> int:
        if broken == "BROKEN_SYNC" and "sync" not in what:
            return 0
        if failing[0] == 0 and chance.random() < (0.02 if broken == "BROKEN_SYNC" else 0.004):
            failing[0] = chance.randrange(1, 6)
        if failing[0]:
            failing[0] -= 1
            return int(getattr(faulty, broken))
        return 0

    seen, failures = killing.Seen(), []
    with faulty.beneath(disk):
        killing.live(tmp_path, 1, seen.note, most=4)
        disk.before = before
        for seed in range(2, 26):
            try:
                killing.live(tmp_path, seed, seen.note, most=4)
            except CorroboraError as error:
                failures.append(error)
        disk.before = lambda _disk, _what: 0
        killing.live(tmp_path, 99, seen.note, most=6)
    assert killing.wrong(tmp_path, seen) == []
    assert seen.acts > 20
    assert failures, "nothing failed, so nothing was tried"
    assert all(error.hint for error in failures)
    assert killing.restores(sorted(seen.backups)[:2], tmp_path / "restored") == []


@REACHED
def test_the_layer_loses_what_is_not_synced(tmp_path: Path, disk: Any) -> None:
    """With synchronous=OFF, which nobody here uses, the same cut loses rows: the layer does what it says."""
    name = tmp_path / "loose.sqlite"
    with faulty.beneath(disk):
        db = sqlite3.connect(name, isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE a (b TEXT)")
        db.execute("PRAGMA synchronous=OFF")
        for number in range(20):
            db.execute("INSERT INTO a VALUES (?)", (f"row {number}",))
        left = disk.snapshot()
        db.close()
    (tmp_path / "image").mkdir()
    chance = random.Random(1)  # noqa: S311  no secret
    left.image(tmp_path, tmp_path / "image", chance)
    again = sqlite3.connect(tmp_path / "image" / "loose.sqlite")
    try:
        rows = again.execute("SELECT count(*) FROM a").fetchone()[0]
    except sqlite3.DatabaseError:
        rows = 0
    again.close()
    assert rows < 20


def test_steps_are_applied_as_a_file_system_would() -> None:
    content = bytearray(b"abcdef")
    faulty.apply(content, ("truncate", 3, b""))
    faulty.apply(content, ("write", 5, b"XY"))
    assert content == b"abc\0\0XY"
    faulty.apply(content, ("write", 1, b"--"))
    assert content == b"a--\0\0XY"


@pytest.mark.parametrize("call", ["mkstemp", "fsync"])
def test_an_original_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target: Callable[..., None] = full
    monkeypatch.setattr("tempfile.mkstemp" if call == "mkstemp" else "os.fsync", target)
    with pytest.raises(StorageFailed, match="No space left") as told:
        preserve.keep(Reference("a.txt", "/a.txt", b"words", "text/plain"), tmp_path)
    assert "Free some space" in told.value.hint
    monkeypatch.undo()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    assert preserve.keep(Reference("a.txt", "/a.txt", b"words", "text/plain"), tmp_path).size == 5


def test_the_folder_of_a_project_is_made_durable(tmp_path: Path, disk: Any) -> None:
    found = project.new(tmp_path / "new")
    assert "new" in disk.listed[str(tmp_path)]
    found.store.close()


def test_a_record_that_has_no_room_says_so_and_goes_on(tmp_path: Path) -> None:
    """SQLite's own limit of pages makes it full without any layer beneath."""
    found = project.new(tmp_path / "p")
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(30):
        (inbox / f"{number}.txt").write_text(f"Report {number} " * 200, encoding="utf-8")
    store: Store = found.store
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFailed, match="full") as told:
        found.add([Source(str(inbox))])
    assert "Free some space" in told.value.hint
    assert found.store.documents() == ()
    store._db.execute("PRAGMA max_page_count = 1000000")
    assert len(found.add([Source(str(inbox))])) == 30
    assert found.verify() == ()
    found.store.close()
