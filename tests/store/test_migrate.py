"""Schema steps: in order, each whole or not at all, once, and never on a record of a later version."""

import sqlite3
from pathlib import Path

import pytest

from corrobora.errors import BadInput
from corrobora.store import Store, migrate

STEPS = (
    (1, "CREATE TABLE a (b TEXT);\nINSERT INTO a VALUES ('one; two');\n"),
    (2, "CREATE TABLE c (d TEXT);\nCREATE TRIGGER t AFTER INSERT ON c BEGIN DELETE FROM a; SELECT 1; END;\n"),
)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "steps", lambda: STEPS)


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def tables(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_the_shipped_steps_are_numbered_without_a_gap() -> None:
    assert [number for number, _ in migrate.steps()] == list(range(1, len(migrate.steps()) + 1))


def test_a_new_record_is_at_the_last_step(tmp_path: Path) -> None:
    Store(tmp_path / "record.sqlite").close()
    assert version(opened(tmp_path / "record.sqlite")) == migrate.steps()[-1][0]


def test_every_statement_of_the_shipped_steps_stands_whole() -> None:
    for _, sql in migrate.steps():
        found = migrate._statements(sql)
        assert found
        assert all(sqlite3.complete_statement(statement) for statement in found)
        assert "".join("".join(found).split()) == "".join(sql.split())


@pytest.mark.usefixtures("steps")
def test_steps_are_applied_once_and_in_order(tmp_path: Path) -> None:
    db = opened(tmp_path / "x")
    migrate.migrate(db)
    migrate.migrate(db)
    assert version(db) == 2
    assert tables(db) == {"a", "c"}
    assert db.execute("SELECT b FROM a").fetchall() == [("one; two",)]


@pytest.mark.usefixtures("steps")
def test_a_record_of_an_earlier_version_gets_what_it_lacks_and_keeps_what_it_has(tmp_path: Path) -> None:
    db = opened(tmp_path / "x")
    migrate._apply(db, *STEPS[0])
    db.execute("INSERT INTO a VALUES ('kept')")
    migrate.migrate(db)
    assert version(db) == 2
    assert ("kept",) in db.execute("SELECT b FROM a").fetchall()


def test_a_step_that_fails_leaves_the_record_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = opened(tmp_path / "x")
    bad = (*STEPS[:1], (2, "CREATE TABLE c (d TEXT);\nCREATE TABLE a (again TEXT);\n"))
    monkeypatch.setattr(migrate, "steps", lambda: bad)
    with pytest.raises(sqlite3.OperationalError):
        migrate.migrate(db)
    assert version(db) == 1
    assert tables(db) == {"a"}
    monkeypatch.setattr(migrate, "steps", lambda: STEPS)
    migrate.migrate(db)
    assert version(db) == 2


@pytest.mark.usefixtures("steps")
def test_a_record_of_a_later_version_is_refused_untouched(tmp_path: Path) -> None:
    db = opened(tmp_path / "x")
    db.execute("PRAGMA user_version = 99")
    with pytest.raises(BadInput) as error:
        migrate.migrate(db)
    assert "later version" in str(error.value)
    assert error.value.hint
    assert tables(db) == set()


def test_a_file_that_is_no_record_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"this is no database, but long enough to be taken for one" * 40)
    with pytest.raises(BadInput) as error:
        Store(tmp_path / "record.sqlite")
    assert "record.sqlite" in str(error.value)
    assert error.value.hint
