"""Search: each word must occur, a phrase as it stands, and nothing that is typed is an operator or an error."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.model import Document, Input, Metadata, Segment, Text
from corrobora.store import Store

TEXTS = {
    "a.txt": "Shells fell on the market of Orlin; nine people died, the hospital said.",
    "b.txt": "The market of Sarno was closed. Nobody died.",
    "c.txt": "قتل ستة أشخاص في قصف على المدينة",
    "d.txt": 'L\'hôpital de Tesu a reçu quatre blessés — "trois graves", dit-il.',
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    found = Store(tmp_path_factory.mktemp("search") / "record.sqlite")
    for file, words in TEXTS.items():
        at = datetime(2026, 3, 4, tzinfo=UTC)
        document = Document(f"d_{file}", f"sha256:{file}", file, file, "text/plain", 5, at, Metadata(), Metadata())
        found.put_documents([(document, Input(file, document.id, "waiting", "", file))])
        segments = (Segment(0, len(words), "paragraph"),)
        found.put_texts([Text(document.id, document.sha256, file, words, Metadata(), segments, "text 1")])
    return found


def files(store: Store, words: str) -> set[str]:
    return {hit.file for hit in store.search(words, 10)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("market", {"a.txt", "b.txt"}),
        ("MARKET Orlin", {"a.txt"}),
        ("market died", {"a.txt", "b.txt"}),
        ('"market of Sarno"', {"b.txt"}),
        ("“market of Sarno”", {"b.txt"}),
        ('"Sarno of market"', set()),
        ("قصف", {"c.txt"}),
        ("hopital", {"d.txt"}),
        ("hôpital", {"d.txt"}),
        ("market NOT Orlin", set()),
        ("market OR nothing", set()),
        ("mark*", set()),
        ("", set()),
        ("  ", set()),
        ("-- ; ' \" ( ) * :", set()),
        ("\0market", {"a.txt", "b.txt"}),
    ],
)
def test_what_is_found(store: Store, words: str, found: set[str]) -> None:
    assert files(store, words) == found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_nothing_that_can_be_typed_is_an_error(store: Store, words: str) -> None:
    for hit in store.search(words, 5):
        assert hit.file in TEXTS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_any_phrase_of_a_text_finds_that_text(store: Store, file: str, data: st.DataObject) -> None:
    words = TEXTS[file].replace('"', " ").split()
    start = data.draw(st.integers(0, len(words) - 1))
    phrase = " ".join(words[start : start + data.draw(st.integers(1, 4))])
    if any(c.isalnum() for c in phrase):
        assert file in files(store, f'"{phrase}"')


def test_a_hit_shows_the_words_marked_in_their_place(store: Store) -> None:
    (hit,) = store.search("Orlin", 10)
    assert "\u2068Orlin\u2069" in hit.quote
    assert hit.quote.replace("\u2068", "").replace("\u2069", "").strip("… ") in TEXTS["a.txt"]


def test_a_limit_is_kept(store: Store) -> None:
    assert len(store.search("market", 1)) == 1
