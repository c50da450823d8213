"""The record file: what is written is found again, decisions never change, a half-done write leaves nothing."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput, NotFound
from corrobora.model import Decision, Document, Findings, Input, Linked, Metadata, Segment, Text
from corrobora.store import Store, text_digest
from corrobora.store.migrate import migrate, steps
from corrobora.store.records import _match


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "record.sqlite")


def document(file: str = "a.txt", sha: str = "sha256:aa", **given: str) -> Document:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    return Document(f"d_{file}", sha, file, f"/x/{file}", "text/plain", 5, at, Metadata(**given), Metadata())


def text(doc: Document, words: str, **known: str) -> Text:
    return Text(
        doc.id, doc.sha256, doc.file, words, Metadata(**known), (Segment(0, len(words), "paragraph"),), "text 1"
    )


def put(store: Store, doc: Document, words: str, **known: str) -> None:
    store.put_documents([(doc, Input(doc.file, doc.id, "waiting", ""))])
    store.put_texts([text(doc, words, **known)])


def decision(number: int = 1) -> Decision:
    at = datetime(2026, 3, 5, 10, number, tzinfo=UTC)
    return Decision(f"x_{number}", at, "A. B.", "accept", ("c_1",), (), "because", "", ("quote",))


def test_what_is_written_is_found_again(store: Store) -> None:
    doc = document(title="Títle", published="2026-03-04")
    put(store, doc, "Three people were killed.", title="Títle")
    assert store.documents() == ((doc, "waiting", ""),)
    assert store.texts([doc.id])[0].text == "Three people were killed."
    assert store.headers()[doc.id].metadata.title == "Títle"
    assert store.headers()[doc.id].text == ""
    assert store.fingerprints()[doc.id] == ("text 1", text_digest("Three people were killed."))


def test_unread_tells_what_is_lacking(store: Store) -> None:
    doc = document()
    store.put_documents([(doc, Input("a.txt", doc.id, "waiting", ""))])
    assert store.unread("text 1", "r", "p") == ((doc.id, "text"),)
    store.put_texts([text(doc, "words")])
    assert store.unread("text 1", "r", "p") == ((doc.id, "findings"),)
    found = Findings(doc.id, "r", (), ())
    store.put_readings([(found, (), Input("a.txt", doc.id, "no_claims", ""))], "r", "p")
    assert store.unread("text 1", "r", "p") == ()
    assert store.unread("text 1", "r", "p2") == ((doc.id, "readings"),)
    assert store.unread("text 1", "r2", "p") == ((doc.id, "findings"),)
    assert store.unread("text 2", "r", "p") == ((doc.id, "text"),)
    assert store.findings(doc.id) == found


def test_a_later_capture_replaces_the_earlier_and_keeps_it(store: Store) -> None:
    first, second = document(), replace(document(sha="sha256:bb"), id="d_second")
    put(store, first, "one")
    put(store, second, "two")
    assert [d.id for d, _, _ in store.documents()] == ["d_second"]
    assert store.same_bytes("sha256:aa") == (first,)


def test_new_metadata_has_the_words_extracted_anew(store: Store) -> None:
    put(store, document(), "words")
    changed = document(published="2026-03-04")
    store.put_documents([(changed, Input("a.txt", changed.id, "waiting", ""))])
    assert store.unread("text 1", "r", "p") == ((changed.id, "text"),)
    assert store.search("words", 5) == ()


def test_decisions_are_never_changed_nor_removed(store: Store, tmp_path: Path) -> None:
    store.add_decision(decision())
    with pytest.raises(sqlite3.IntegrityError):
        store.add_decision(decision())
    raw = sqlite3.connect(tmp_path / "record.sqlite")
    for sql in ("DELETE FROM decision", "UPDATE decision SET body = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            raw.execute(sql)
    raw.close()
    assert store.decisions() == (decision(),)


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    before = store.version()
    with pytest.raises(AttributeError):
        store.put_inputs([Input("a", "", "read", ""), None])  # type: ignore[list-item]
    assert store.inputs() == ()
    assert store.version() == before


def test_version_grows_and_linking_knows_when_it_is_behind(store: Store) -> None:
    assert not store.linked()
    assert store.put_derived(Linked((), ()), (), (), store.version())
    assert store.linked()
    store.add_decision(decision())
    assert not store.linked()
    assert not store.put_derived(Linked((), ()), (), (), store.version() - 1)
    assert not store.linked()


def test_states_reach_inputs_but_not_duplicates(store: Store) -> None:
    doc = document()
    put(store, doc, "words")
    store.put_occurrences([(doc, Input("b.txt", doc.id, "duplicate", "the same bytes as a.txt"))])
    store.set_states([Input("a.txt", doc.id, "read", "")])
    assert [(i.file, i.state) for i in store.inputs()] == [("a.txt", "read"), ("b.txt", "duplicate")]


def test_search_finds_words_and_phrases_in_any_script(store: Store) -> None:
    put(store, document(), "قُتل ثلاثة أشخاص في السوق. Three people were killed in Eskadír.", title="Market")
    assert store.search("eskadir killed", 5)[0].quote.count("\u2068") == 2
    assert store.search('"people were killed"', 5)
    assert not store.search('"killed people"', 5)
    assert store.search("السوق", 5)
    assert store.search("market", 5)[0].title
    assert store.holding("killed") == (frozenset({"d_a.txt"}), frozenset())


@given(st.text(max_size=40))
def test_no_typed_words_break_the_search(words: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE w USING fts5(body)")
    match = _match(words)
    if match:
        db.execute("SELECT * FROM w WHERE w MATCH ?", (match,)).fetchall()
    db.close()


def test_schema_steps_apply_once_and_a_later_version_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "r.sqlite")
    store.close()
    db = sqlite3.connect(tmp_path / "r.sqlite", isolation_level=None)
    migrate(db)
    assert db.execute("PRAGMA user_version").fetchone() == (steps()[-1][0],)
    db.execute("PRAGMA user_version = 999")
    with pytest.raises(BadInput, match="later version"):
        migrate(db)
    db.close()


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.sqlite").write_bytes(b"this is not a database" * 100)
    with pytest.raises(BadInput, match="cannot be opened"):
        Store(tmp_path / "r.sqlite")


def test_unread_document_has_no_findings(store: Store) -> None:
    with pytest.raises(NotFound):
        store.findings("d_none")
