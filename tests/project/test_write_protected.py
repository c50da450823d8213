"""A project on a disk that nobody can write, as evidence is handed over: it is verified, and not touched."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from corrobora import project
from corrobora.cli import main
from corrobora.errors import BadInput, StorageFailed
from corrobora.model import Source
from corrobora.project import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("protected")
    (folder / "a.txt").write_text("Two people were killed in Eskadir on Monday, police said.", encoding="utf-8")
    found = project.new(folder / "p")
    found.add([Source(str(folder / "a.txt"))])
    found.store.close()
    return found.path


def state(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def protected(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of a project that this user may not write: root may write all, so the answer is made up."""
    folder = copytree(made, tmp_path / "p")
    before, real = state(folder), os.access

    def access(path: Path, mode: int) -> bool:
        return real(path, mode) and not (mode & os.W_OK and Path(path).resolve().is_relative_to(folder))

    monkeypatch.setattr(os, "access", access)
    yield folder
    assert state(folder) == before, "not a byte was written, nor a file made"


@pytest.fixture
def held(protected: Path) -> Iterator[Project]:
    found = project.open_project(protected)
    yield found
    found.store.close()


def test_it_is_verified_without_a_trace(held: Project, tmp_path: Path) -> None:
    (tmp_path / "head").write_text(held.head().note, encoding="utf-8")
    size = len(held.log().events)
    assert held.verify(tmp_path / "head") == ()
    assert len(held.log().events) == size


def test_a_change_made_elsewhere_is_found(protected: Path, made: Path, tmp_path: Path) -> None:
    other = copytree(made, tmp_path / "other" / "p")
    blob = next(p for p in sorted((other / "originals").rglob("*")) if p.is_file())
    blob.chmod(0o600)
    blob.write_bytes(b"x")
    found = project.open_project(other)
    assert any("no longer match" in fault for fault in found.verify())
    found.store.close()
    assert protected.exists()


def test_it_is_searched_exported_and_backed_up(held: Project, tmp_path: Path) -> None:
    assert held.search("Eskadir") == ()
    assert [document.file for document, _, _ in held.store.documents()] == ["a.txt"]
    assert held.export("jsonl", tmp_path / "out")
    assert held.backup(tmp_path / "b") == ()
    project.restore(tmp_path / "b", tmp_path / "again")
    again = project.open_project(tmp_path / "again")
    assert again.verify() == ()
    again.store.close()


def test_what_would_write_is_refused_with_what_to_do(held: Project, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("More words.", encoding="utf-8")
    with pytest.raises(StorageFailed, match="cannot be written") as told:
        held.store.set_states([])
    assert "Copy the whole folder" in told.value.hint
    with pytest.raises(StorageFailed, match="a bundle begins with its own event"):
        held.export("bundle", tmp_path / "bag")
    with pytest.raises(StorageFailed):
        held.link()
    assert not (tmp_path / "bag").exists()


def test_one_that_was_not_closed_is_not_half_read(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last changes lie in the write-ahead log, which is not looked at where nothing can be written."""
    folder = copytree(made, tmp_path / "p")
    (folder / "record.sqlite-wal").write_bytes(b"x" * 100)
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    with pytest.raises(BadInput, match="was not closed") as told:
        project.open_project(folder)
    assert "Copy the whole folder" in told.value.hint


def test_a_disk_that_refuses_is_told_without_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(self: Path, *_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "mkdir", refuses)
    done = CliRunner().invoke(main, ["new", str(tmp_path / "p")])
    assert done.exit_code == 1
    assert "Read-only file system" in done.output
    assert "Hint:" in done.output
