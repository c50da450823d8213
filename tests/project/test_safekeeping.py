"""Backup and restore of a project, while it is in use, and by the command line."""

import sqlite3
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from corrobora import project
from corrobora.cli import main
from corrobora.model import Source
from corrobora.project import Project


def test_a_restored_project_is_the_project(own: Project, tmp_path: Path) -> None:
    claim = own.record().readings[0].claim.id
    own.decide("accept", [claim], who="A. B.", reason="seen")
    assert own.backup(tmp_path / "out" / "p.backup") == ()
    assert project.restore(tmp_path / "out" / "p.backup", tmp_path / "again") > 10
    again = project.open_project(tmp_path / "again")
    assert again.record().readings == own.record().readings
    assert again.record().decisions == own.record().decisions
    assert again.settings == own.settings
    assert again.verify() == ()
    assert again.search("proyectiles")
    again.store.close()


def test_a_backup_is_of_one_instant_while_others_write(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    found = project.new(tmp_path / "p")
    for number in range(40):
        (inbox / f"{number}.txt").write_text(f"Report {number} of a long day.", encoding="utf-8")
    stop = threading.Event()

    def write() -> None:
        writer = project.open_project(tmp_path / "p")
        for number in range(40):
            writer.add([Source(str(inbox / f"{number}.txt"))])
            if stop.is_set():
                break
        writer.store.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(4):
            found.backup(tmp_path / f"{number}.backup")
    finally:
        stop.set()
        thread.join()
    sizes = []
    for number in range(4):
        project.restore(tmp_path / f"{number}.backup", tmp_path / f"r{number}")
        again = project.open_project(tmp_path / f"r{number}")
        assert again.verify() == ()
        assert {d.sha256 for d, _, _ in again.store.documents()} == again.store.blobs()
        sizes.append(len(again.store.documents()))
        again.store.close()
    assert sizes == sorted(sizes)
    found.store.close()


def test_the_copied_record_is_one_file(own: Project, tmp_path: Path) -> None:
    own.store.copy(tmp_path / "copy.sqlite")
    assert [p.name for p in tmp_path.iterdir() if "copy" in p.name] == ["copy.sqlite"]
    with sqlite3.connect(tmp_path / "copy.sqlite") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT count(*) FROM document").fetchone()[0] == len(own.store.documents())
    db.close()


def test_a_missing_original_is_told_and_the_rest_is_kept(own: Project, tmp_path: Path) -> None:
    path = next(p for p in own.originals.rglob("*") if p.is_file())
    path.unlink()
    runner = CliRunner()
    done = runner.invoke(main, ["backup", str(own.path), "--output", str(tmp_path / "b")])
    assert done.exit_code == 1
    assert path.name in done.output
    done = runner.invoke(main, ["restore", str(tmp_path / "b"), str(tmp_path / "r")])
    assert done.exit_code == 1
    assert "each as it was backed up" in done.output
    assert "it is missing" in done.output, "the restored record is checked as a whole"
    assert (tmp_path / "r" / "record.sqlite").exists()


def test_a_restored_record_is_checked(own: Project, tmp_path: Path) -> None:
    own.backup(tmp_path / "b")
    done = CliRunner().invoke(main, ["restore", str(tmp_path / "b"), str(tmp_path / "r")])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "Everything in it is as it was recorded.")
    again = CliRunner().invoke(main, ["restore", str(tmp_path / "b"), str(tmp_path / "r")])
    assert again.exit_code == 1
    assert "holds something already" in again.output
    assert "Hint:" in again.output


@pytest.mark.parametrize("words", [["restore", "none", "to"], ["backup", "none", "--output", "x"]])
def test_errors_say_what_to_do(tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "Hint:" in done.output
