"""How documents are brought to the reader: in batches that fit in memory, none left out."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput, Refused
from corrobora.model import Document, Findings, Metadata, Text
from corrobora.project import reading
from corrobora.settings import Limits, Settings


def text(number: int, length: int) -> Text:
    return Text(f"d_{number}", "sha256:0", f"{number}.txt", "x" * length, Metadata(), (), "text 2")


@given(st.lists(st.integers(0, 50), max_size=30), st.integers(1, 60))
def test_groups_hold_every_text_once_in_order_and_not_too_much(lengths: list[int], most: int) -> None:
    texts = [text(number, length) for number, length in enumerate(lengths)]
    groups = list(reading._grouped(texts, most))
    assert [t for group in groups for t in group] == texts
    assert all(len(group) == 1 or sum(len(t.text) for t in group) <= most for group in groups)
    for one, two in itertools.pairwise(groups):
        assert sum(len(t.text) for t in one) + len(two[0].text) > most, "no group is smaller than it must be"


def test_states_of_failures() -> None:
    document = Document(
        "d_1",
        "sha256:0",
        "a.pdf",
        "/a.pdf",
        "application/pdf",
        1,
        datetime(2031, 5, 4, tzinfo=UTC),
        Metadata(),
        Metadata(),
    )
    cases = {
        "empty": BadInput("no words in it: 2 pages of pictures", hint="Run OCR."),
        "unreadable": BadInput("damaged: no reader can open it"),
        "refused": Refused("no words to be read in it: it declares XML entities"),
    }
    for state, error in cases.items():
        given_ = reading._failure(document, error)
        assert (given_.state, str(error) in given_.reason) == (state, True)


def test_strangers_files_are_opened_shut_in() -> None:
    limit = reading.shut_in(Settings(limits=Limits(memory_mb=300, seconds=7)))
    assert (limit.memory_mb, limit.seconds, limit.shut) == (300, 7, True)


def test_a_text_that_was_opened_without_a_sandbox_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    at, about = datetime(2031, 5, 4, tzinfo=UTC), Metadata()
    document = Document("d_1", "sha256:0", "a.txt", "/a.txt", "text/plain", 1, at, about, about)
    for measures, told in (("rlimits", True), ("Landlock, seccomp, rlimits", False), ("bubblewrap, rlimits", False)):
        monkeypatch.setattr("corrobora.run.measures", lambda measures=measures: measures)
        words = reading.Extract(10_000).extract((document, b"Two people were killed in Eskadir."))
        assert words.sandbox == measures
        assert (reading.LIMITS_ALONE in words.problems) is told


def test_where_all_findings_stand_no_reader_is_loaded(gazetteer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_group: str, _name: str) -> None:
        raise AssertionError("a reader was loaded")

    monkeypatch.setattr("corrobora.plugins.load", load)
    words = text(1, 20)
    stands = Findings(words.document, "test", (), ())
    (done,) = reading.ReadAndResolve(Settings(), gazetteer, reads=False)()(((words, stands),))
    assert done == (stands, ())
    with pytest.raises(AssertionError, match="was loaded"):
        reading.ReadAndResolve(Settings(), gazetteer)()
