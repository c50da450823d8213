"""What a log's own audit says: of events, of checkpoints, of a head kept elsewhere, of rows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora import preserve
from corrobora.model import Checkpoint, Event, LoggedEvent, LoggedRow
from corrobora.preserve import Notary, notes

KEY = "5a" * 32
VERIFIER = notes.verifier_key(KEY)


def log(sizes: list[int]) -> tuple[list[LoggedEvent], list[Checkpoint]]:
    """Return a log that grew by so many events in each transaction, with its checkpoints."""
    events: list[LoggedEvent] = []
    checkpoints: list[Checkpoint] = []
    frontier: tuple[str, ...] = ()
    for number, count in enumerate(sizes):
        at = f"2031-01-01T00:00:{number:02}"
        start = len(events)
        events += [LoggedEvent(n, "read", at, f"body {n}", f"{n + 1:064x}") for n in range(start, start + count)]
        frontier, note = Notary().sign(KEY, start, frontier, [e.leaf for e in events[start:]])
        checkpoints.append(Checkpoint(len(events), note, " ".join(frontier)))
    return events, checkpoints


def faults(events: list[LoggedEvent], checkpoints: list[Checkpoint], leaves: list[str] | None = None) -> list[str]:
    return list(preserve.log_faults(events, leaves or [e.leaf for e in events], checkpoints, VERIFIER))


GROWTH = st.lists(st.integers(1, 6), min_size=1, max_size=8)


@given(GROWTH)
def test_a_log_that_grew_as_it_should_has_no_fault(sizes: list[int]) -> None:
    events, checkpoints = log(sizes)
    assert faults(events, checkpoints) == []
    for checkpoint in checkpoints:
        assert list(preserve.head_faults(checkpoint.note, events, VERIFIER)) == []


@given(GROWTH, st.data())
def test_an_event_that_is_not_as_written_is_named_alone(sizes: list[int], data: st.DataObject) -> None:
    events, checkpoints = log(sizes)
    at = data.draw(st.integers(0, len(events) - 1))
    leaves = [e.leaf for e in events]
    leaves[at] = data.draw(st.sampled_from(["", "00" * 32]))
    assert faults(events, checkpoints, leaves) == [f"event {at} (read, {events[at].at}): it is not as it was written"]


@given(GROWTH, st.data())
def test_a_leaf_that_was_written_anew_shows_between_two_checkpoints(sizes: list[int], data: st.DataObject) -> None:
    events, checkpoints = log(sizes)
    at = data.draw(st.integers(0, len(events) - 1))
    events[at] = replace(events[at], leaf="ab" * 32)
    told = faults(events, checkpoints)
    first = next(c.size for c in checkpoints if c.size > at)
    held = max((c.size for c in checkpoints if c.size <= at), default=0)
    assert told[0] == (
        f"checkpoint {first}: an event from {held} to {first - 1} was changed, put in or taken out after it was signed"
    )
    for checkpoint in checkpoints:
        said = list(preserve.head_faults(checkpoint.note, events, VERIFIER))
        assert bool(said) == (checkpoint.size > at)


@given(GROWTH, st.data())
def test_an_event_that_is_gone_is_named(sizes: list[int], data: st.DataObject) -> None:
    events, checkpoints = log(sizes)
    at = data.draw(st.integers(0, len(events) - 1))
    del events[at]
    told = faults(events, checkpoints)
    if at == len(events):
        assert told[-1].endswith("its end was cut off") or f"checkpoint {len(events)}: it is missing" in told
    else:
        assert told == [f"event {at}: it is missing from the log"]


@given(GROWTH, st.data())
def test_a_checkpoint_that_is_gone_or_spoilt_is_named(sizes: list[int], data: st.DataObject) -> None:
    events, checkpoints = log(sizes)
    at = data.draw(st.integers(0, len(checkpoints) - 1))
    gone = checkpoints[:at] + checkpoints[at + 1 :]
    assert f"checkpoint {checkpoints[at].size}: it is missing" in faults(events, gone)
    for spoilt in (
        replace(checkpoints[at], frontier="00" * 32),
        replace(checkpoints[at], note="x"),
        replace(checkpoints[at], note=Notary().sign(Notary().new_key(), 0, (), [e.leaf for e in events])[1]),
    ):
        told = faults(events, [*checkpoints[:at], spoilt, *checkpoints[at + 1 :]])
        assert len(told) == 1
        assert told[0].startswith(f"checkpoint {spoilt.size}: ")


def test_a_checkpoint_that_stands_for_another_size_is_named() -> None:
    events, (one, two) = log([2, 3])
    assert faults(events, [replace(two, size=2), two]) == ["checkpoint 2: it speaks of 5 events"]
    assert one.size == 2


def test_a_log_that_was_cut_is_told_by_a_head() -> None:
    events, checkpoints = log([2, 3])
    short = events[:2]
    assert faults(short, checkpoints[:1]) == []
    (told,) = preserve.head_faults(checkpoints[1].note, short, VERIFIER)
    assert told.endswith("it speaks of 5 events, and the log has fewer: its end was cut off")


def test_an_empty_log_is_whole() -> None:
    assert faults([], []) == []


def test_a_leaf_that_is_no_hash_is_a_fault_and_no_crash() -> None:
    events, checkpoints = log([3])
    events[1] = replace(events[1], leaf="not hex")
    assert any("checkpoint 3" in fault for fault in faults(events, checkpoints))


# ---------------------------------------------------------------- rows

A, B = LoggedRow("text", '["d_1"]', "aa"), LoggedRow("reading", '["c_1"]', "bb")


def event(*rows: LoggedRow) -> Event:
    return Event("read", "2031", "ida", "corrobora", "d_1", rows)


def test_the_last_word_on_a_row_counts() -> None:
    said = preserve.last_words([event(A, B), event(replace(A, digest="cc")), event(replace(B, digest=""))])
    assert said == {("text", '["d_1"]'): "cc", ("reading", '["c_1"]'): ""}


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([A, B], None),
        ([B], ("text", '["d_1"]', "is missing")),
        ([replace(A, digest="zz"), B], ("text", '["d_1"]', "is not as it was written")),
        ([replace(A, digest="?"), B], ("text", '["d_1"]', "is not as it was written")),
        ([A, B, LoggedRow("text", '["d_2"]', "dd")], ("text", '["d_2"]', "was written without the log")),
    ],
)
def test_each_row_is_held_against_the_log(rows: list[LoggedRow], fault: tuple[str, str, str] | None) -> None:
    found = list(preserve.row_faults(preserve.last_words([event(A, B)]), rows))
    assert found == ([fault] if fault else [])


def test_a_row_that_was_removed_by_the_log_may_not_come_back() -> None:
    said = preserve.last_words([event(A), event(replace(A, digest=""))])
    assert list(preserve.row_faults(said, [])) == []
    assert list(preserve.row_faults(said, [A])) == [("text", '["d_1"]', "was written without the log")]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "1", "2"])), max_size=12))
def test_rows_that_are_what_was_last_said_have_no_fault(words: list[tuple[str, str]]) -> None:
    said = preserve.last_words([event(LoggedRow("t", key, digest)) for key, digest in words])
    now = dict(words)
    rows = [LoggedRow("t", key, digest) for key, digest in now.items() if digest]
    assert list(preserve.row_faults(said, rows)) == []
    for row in rows:
        assert list(preserve.row_faults(said, [r for r in rows if r is not row])) == [("t", row.key, "is missing")]
