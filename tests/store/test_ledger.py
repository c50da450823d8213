"""The log is written with what it tells, in the same transaction, whoever writes and however."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corrobora import preserve
from corrobora.errors import BadInput
from corrobora.model import Anchor, Event, Notary
from corrobora.store import Store, logged
from corrobora.store.ledger import KEPT
from corrobora.store.migrate import steps


class Stamp:
    """A notary that signs with a word, so that what it was asked can be read."""

    def new_key(self) -> str:
        return "00" * 32

    def sign(self, _key: str, size: int, frontier: list[str], leaves: list[str]) -> tuple[tuple[str, ...], str]:
        return (*frontier, *(leaf[:4] for leaf in leaves)), f"{size}+{len(leaves)}"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    notary: Notary = Stamp()  # type: ignore[assignment]
    return Store(tmp_path / "r.sqlite", notary, "ida", "corrobora 9")


def write(store: Store, what: str, *statements: str) -> None:
    with store._write(what) as db:
        for statement in statements:
            db.execute(statement)


def events(store: Store) -> list[Event]:
    return [logged(event.body) for event in store.events()]


DOCUMENT = "INSERT INTO document VALUES ('{0}', 's', 'f', 'a', 1, 'waiting', '', '{{\"x\":1}}')"


def test_an_event_says_what_when_who_with_what_and_which_rows(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"))
    (event,) = events(store)
    assert (event.what, event.who, event.software, event.about) == ("intake", "ida", "corrobora 9", "d_1")
    assert event.at.endswith("+00:00")
    assert [(r.table, json.loads(r.key)) for r in event.rows] == [("document", ["d_1"])]
    assert len(event.rows[0].digest) == 64


def test_each_document_of_a_transaction_has_an_event_of_its_own(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"), DOCUMENT.format("d_2"))
    assert [e.about for e in events(store)] == ["d_1", "d_2"]
    assert [c.note for c in store.checkpoints()] == ["0+2"]


def test_a_row_that_is_written_in_any_way_is_noted(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"))
    write(store, "state", "UPDATE document SET state = 'read' WHERE id = 'd_1'")
    write(store, "state", "INSERT OR REPLACE INTO document SELECT * FROM document")
    write(store, "state", "DELETE FROM document")
    first, second, third, gone = events(store)
    assert second.rows[0].digest not in (first.rows[0].digest, "")
    assert third.rows == second.rows
    assert gone.rows[0].digest == ""


def test_a_row_that_changes_its_key_is_noted_under_both(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"))
    write(store, "x", "UPDATE document SET id = 'd_2'")
    told = {json.loads(r.key)[0]: bool(r.digest) for e in events(store)[1:] for r in e.rows}
    assert told == {"d_1": False, "d_2": True}


@pytest.mark.parametrize("table", KEPT)
def test_each_table_is_watched(store: Store, table: str) -> None:
    names = [(name, kind) for _, name, kind, *_ in store._db.execute(f"PRAGMA table_info({table})")]
    row = ", ".join("1" if kind == "INTEGER" else "'{}'" for _, kind in names)
    write(
        store,
        "x",
        "PRAGMA defer_foreign_keys = ON",
        DOCUMENT.format("{}"),
        f"INSERT OR IGNORE INTO {table} VALUES ({row})",
    )
    assert table in {r.table for e in events(store) for r in e.rows}


def test_what_fails_leaves_no_row_and_no_event(store: Store) -> None:
    def half() -> None:
        with store._write("intake") as db:
            db.execute(DOCUMENT.format("d_1"))
            store.ledger.details.append(("a", "b"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert store.events() == ()
    store.log("verify")
    assert [(e.what, e.rows, e.details) for e in events(store)] == [("verify", (), ())]


def test_nothing_written_is_nothing_logged(store: Store) -> None:
    write(store, "intake")
    assert store.events() == ()
    assert store.checkpoints() == ()


def test_an_act_without_rows_is_logged_and_changes_nothing_else(store: Store) -> None:
    before = store.version()
    store.log("export", [("files", "3")])
    assert events(store)[0].details == (("files", "3"),)
    assert store.version() == before


def test_events_and_checkpoints_are_never_changed(store: Store) -> None:
    store.log("verify")
    for table in ("event", "checkpoint"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {'leaf' if table == 'event' else 'note'} = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                store._db.execute(statement)


def test_two_who_ask_first_for_a_secret_get_the_same(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "r.sqlite"), Store(tmp_path / "r.sqlite")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda store: store.signing_key(), (one, two) * 4))
    assert len(set(found)) == 1
    assert one._salts() == two._salts()


def test_each_checkpoint_goes_on_from_the_last(store: Store) -> None:
    store.log("a")
    store.log("b")
    assert [c.note for c in store.checkpoints()] == ["0+1", "1+1"]
    assert store.checkpoints()[1].frontier.split() == [e.leaf[:4] for e in store.events()]


def test_events_logged_without_a_notary_are_signed_with_the_next(tmp_path: Path) -> None:
    bare = Store(tmp_path / "r.sqlite")
    bare.log("a")
    assert bare.checkpoints() == ()
    bare.close()
    notary: Notary = Stamp()  # type: ignore[assignment]
    store = Store(tmp_path / "r.sqlite", notary)
    store.log("b")
    assert [c.note for c in store.checkpoints()] == ["0+2"]


def test_nothing_is_signed_on_top_of_a_log_that_has_lost_events(store: Store) -> None:
    store.log("a")
    store.log("b")
    for statement in ("DROP TRIGGER event_is_never_removed", "DELETE FROM event WHERE position = 1"):
        store._db.execute(statement)
    with pytest.raises(BadInput, match="missing"):
        store.log("c")


def test_a_record_from_before_there_was_a_log_is_taken_into_it(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "r.sqlite")
    db.executescript(dict(steps())[1])
    db.execute(DOCUMENT.format("d_1"))
    db.execute("INSERT INTO decision VALUES ('x_1', '2031', '{}')")
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()
    store = Store(tmp_path / "r.sqlite")
    assert [(e.what, e.about) for e in events(store)] == [("adopt", "d_1"), ("adopt", "")]
    assert {r.table for e in events(store) for r in e.rows} == {"document", "decision"}
    store.close()
    assert len(Store(tmp_path / "r.sqlite").events()) == 2


def test_a_record_whose_salts_were_of_paths_alone_is_logged_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Step 3: rows get other digests; events of before, which are never written anew, keep their leaves."""
    db = sqlite3.connect(tmp_path / "r.sqlite")
    for number in (1, 2):
        db.executescript(dict(steps())[number])
    db.execute("PRAGMA user_version = 2")
    db.commit()
    db.close()
    with monkeypatch.context() as before:
        before.setattr("corrobora.store.ledger.row_digest", lambda row, *_: f"old {row['id']}")
        before.setattr("corrobora.store.migrate.steps", lambda: steps()[:2])
        old = Store(tmp_path / "r.sqlite")
        write(old, "intake", DOCUMENT.format("d_1"))
        leaf = old.events()[0].leaf
        old.close()
    store = Store(tmp_path / "r.sqlite")
    assert [e.what for e in events(store)] == ["intake", "adopt"]
    assert events(store)[0].rows[0].digest == "old d_1"
    assert {r.digest for r in store.logged_rows()} == {events(store)[1].rows[0].digest}
    assert store.leaf(store.events()[0]) == leaf
    store.close()
    assert len(Store(tmp_path / "r.sqlite").events()) == 2


def test_a_process_that_ends_between_schema_and_log_leaves_the_rest_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = sqlite3.connect(tmp_path / "r.sqlite")
    db.executescript(dict(steps())[1])
    db.execute(DOCUMENT.format("d_1"))
    db.execute("PRAGMA user_version = 1")
    db.commit()
    db.close()

    def killed(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("corrobora.store.ledger.Ledger.touch_all", killed)
        with pytest.raises(KeyboardInterrupt):
            Store(tmp_path / "r.sqlite")
    first, second = Store(tmp_path / "r.sqlite"), Store(tmp_path / "r.sqlite")
    assert [e.what for e in events(second)] == ["adopt"]
    assert {r.digest for r in first.logged_rows()} == {events(first)[0].rows[0].digest}


@pytest.mark.parametrize("steps_back", [0, 1, 3600])
def test_a_clock_that_stands_or_goes_back_leaves_no_fault(
    steps_back: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Order is by position: two acts of one instant, or of an earlier one, are two acts in their order."""
    times = iter(datetime(2031, 5, 4, 12, tzinfo=UTC) - timedelta(seconds=steps_back * n) for n in range(9))
    monkeypatch.setattr("corrobora.store.ledger.now", lambda: next(times).isoformat())
    store = Store(tmp_path / "clock.sqlite", preserve.Notary())
    for number in range(3):
        write(store, "intake", DOCUMENT.format(f"d_{number}"))
    key = preserve.verifier_key(store.signing_key())
    leaves = [store.leaf(event) for event in store.events()]
    assert list(preserve.log_faults(store.events(), leaves, store.checkpoints(), key)) == []
    assert [c.size for c in store.checkpoints()] == [1, 2, 3]


def test_rows_give_the_digests_that_were_logged(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"))
    store.put_anchor(Anchor(1, "tsa", "failed", "now", "note"))
    said = {(r.table, r.key): r.digest for e in events(store) for r in e.rows}
    assert {(r.table, r.key): r.digest for r in store.logged_rows()} == said
    assert store.anchors()[0].state == "failed"
    assert [store.leaf(e) for e in store.events()] == [e.leaf for e in store.events()]


def test_a_body_that_reads_the_same_but_is_written_otherwise_is_not_let_through(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"))
    write(store, "x", "UPDATE document SET body = '{\"x\": 1}'")
    assert [r.digest for r in store.logged_rows()] == ["?"]


def test_earlier_texts_are_kept(store: Store) -> None:
    write(store, "intake", DOCUMENT.format("d_1"), "INSERT INTO text VALUES ('d_1', 'text 1', 'aa', '{\"t\":1}')")
    write(store, "extract", "DELETE FROM text", "INSERT INTO text VALUES ('d_1', 'text 2', 'bb', '{\"t\":2}')")
    assert store._rows("SELECT extractor, sha256 FROM former_text") == [("text 1", "aa")]
    assert {r.table for r in events(store)[-1].rows} == {"text", "former_text"}


def test_a_file_with_another_structure_is_told(store: Store) -> None:
    assert list(store.structure_faults()) == []
    store._db.execute("DROP TRIGGER decision_is_never_changed")
    store._db.execute("CREATE TABLE more (x)")
    assert [f.split(":")[1].split(" is")[0].strip() for f in store.structure_faults()] == [
        "table more",
        "trigger decision_is_never_changed",
    ]
