"""Whatever is done to a project behind its back, `verify` finds it, given the head, and says what it was."""

import random
import sqlite3
from pathlib import Path
from shutil import copytree
from types import ModuleType

import pytest

from corrobora import project
from corrobora.errors import CorroboraError
from corrobora.project import Project

NAMES = (
    "blob_flip blob_truncate blob_delete blob_swap blob_insert blob_elsewhere stray_file"
    " derived_reorder event_flip event_delete event_reorder log_truncate"
    " checkpoint_flip checkpoint_delete index_flip trigger_drop secret_change rehash_everything"
    " document_row_flip document_row_delete document_row_insert document_row_swap occurrence_row_flip"
    " occurrence_row_delete occurrence_row_insert input_row_flip input_row_delete input_row_insert text_row_flip"
    " text_row_delete text_row_insert text_row_swap findings_row_flip findings_row_delete findings_row_insert"
    " findings_row_swap reading_row_flip reading_row_delete reading_row_insert reading_row_swap derived_row_flip"
    " derived_row_delete derived_row_insert derived_row_swap decision_row_flip decision_row_delete"
    " decision_row_insert anchor_row_flip anchor_row_delete anchor_row_insert"
).split()


@pytest.fixture(scope="session")
def head(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = project.open_project(built)
    path = tmp_path_factory.mktemp("head") / "head.txt"
    path.write_text(found.head().note, encoding="utf-8")
    found.store.close()
    return path


def test_every_kind_is_tried(mutations: ModuleType) -> None:
    assert set(NAMES) == set(mutations.MUTATIONS)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_found_and_named(name: str, mutations: ModuleType, built: Path, head: Path, tmp_path: Path) -> None:
    for seed in range(1):
        folder = copytree(built, tmp_path / f"{name}{seed}")
        named, needle, faults = mutations.found(folder, name, seed, head)
        assert named, (seed, needle, faults)


def rows(folder: Path) -> list[tuple[object, ...]]:
    """Return all that a record says, whatever page it lies on."""
    db = sqlite3.connect(folder / "record.sqlite")
    tables = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")]
    found = [row for table in sorted(tables) for row in db.execute(f"SELECT * FROM {table}")]
    db.close()
    return found


def test_a_changed_bit_of_the_file_is_a_fault_or_changes_nothing(built: Path, head: Path, tmp_path: Path) -> None:
    found = {"fault": 0, "refused": 0, "nothing": 0}
    for seed in range(25):
        folder = copytree(built, tmp_path / str(seed))
        sqlite3.connect(folder / "record.sqlite").execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
        content = bytearray((folder / "record.sqlite").read_bytes())
        rng = random.Random(seed)  # noqa: S311
        content[rng.choice([at for at, byte in enumerate(content) if byte])] ^= 1 << rng.randrange(8)
        (folder / "record.sqlite").write_bytes(bytes(content))
        try:
            store = project.open_project(folder)
            faults = store.verify(head)
            store.store.close()
        except CorroboraError:  # a page that holds the file's own structure
            found["refused"] += 1
            continue
        found["fault" if faults else "nothing"] += 1
        assert faults or set(rows(built)) <= set(rows(folder)), seed
    assert found["fault"] > 15, found


def test_a_table_whose_pages_cannot_be_read_hides_no_other_fault(built: Path, head: Path, tmp_path: Path) -> None:
    folder = copytree(built, tmp_path / "p")
    blob = next(p for p in sorted((folder / "originals").rglob("*")) if p.is_file())
    blob.chmod(0o600)
    blob.write_bytes(b"changed")
    db = sqlite3.connect(folder / "record.sqlite")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'occurrence'").fetchone()
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    content = bytearray((folder / "record.sqlite").read_bytes())
    content[(page - 1) * size : (page - 1) * size + 40] = bytes(40)
    (folder / "record.sqlite").write_bytes(bytes(content))
    damaged = project.open_project(folder)
    faults = " ".join(damaged.verify(head))
    damaged.store.close()
    for words in ("is damaged", "its rows cannot all be read", "no longer match its name"):
        assert words in faults


def test_nothing_is_found_where_nothing_was_done(held: Project, head: Path) -> None:
    assert held.verify(head) == ()
    assert held.verify() == ()


def test_without_a_head_what_was_written_anew_whole_is_not_found(
    mutations: ModuleType, held: Project, head: Path
) -> None:
    mutations.rehash_everything(held.path, random.Random(1))  # noqa: S311
    assert held.verify() == ()  # which is why a head is kept elsewhere
    assert len(held.verify(head)) == 1
