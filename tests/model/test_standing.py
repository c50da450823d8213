"""Which decisions count: what is undone or superseded does not, and an undo can itself be undone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Decision, standing

START = datetime(2026, 3, 4, 9, tzinfo=UTC)


def decision(number: int, verdict: str = "accept", supersedes: str = "", minute: int | None = None) -> Decision:
    at = START + timedelta(minutes=number if minute is None else minute)
    return Decision(f"x_{number}", at, "a person", verdict, ("c_1",), (), "", supersedes, ("words",))


def ids(decisions: Sequence[Decision]) -> list[str]:
    return [found.id for found in standing(decisions)]


def test_nothing_decided_nothing_stands() -> None:
    assert standing(()) == ()


def test_a_decision_stands_until_it_is_undone() -> None:
    first, undo = decision(1), decision(2, "undo", "x_1")
    assert ids([first]) == ["x_1"]
    assert ids([first, undo]) == []


def test_an_undo_that_is_undone_lets_the_first_stand_again() -> None:
    log = [decision(1), decision(2, "undo", "x_1"), decision(3, "undo", "x_2")]
    assert ids(log) == ["x_1"]
    assert ids([*log, decision(4, "undo", "x_3")]) == []


def test_a_later_verdict_takes_the_place_of_the_one_that_it_names() -> None:
    log = [decision(1, "reject"), decision(2, "correct", "x_1")]
    assert ids(log) == ["x_2"]
    assert ids([*log, decision(3, "undo", "x_2")]) == ["x_1"]


def test_an_undo_of_something_unknown_takes_nothing_away() -> None:
    assert ids([decision(1), decision(2, "undo", "x_999")]) == ["x_1"]


def test_a_circle_that_no_honest_log_has_ends_all_the_same() -> None:
    assert ids([decision(1, "accept", "x_2"), decision(2, "accept", "x_1")]) in ([], ["x_1"], ["x_2"])
    assert ids([decision(1, "undo", "x_1")]) == []


def test_the_same_decision_read_twice_counts_once() -> None:
    assert ids([decision(1), decision(1)]) == ["x_1"]


@pytest.mark.parametrize("length", range(1, 9))
def test_a_chain_of_undos_stands_by_its_parity(length: int) -> None:
    log = [decision(1), *(decision(n + 1, "undo", f"x_{n}") for n in range(1, length))]
    assert ids(log) == (["x_1"] if length % 2 else [])


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    """Honest logs: a decision can only take away one that was there before it."""
    found: list[Decision] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        earlier = draw(st.sampled_from(["", *(d.id for d in found)]))
        verdict = (
            draw(st.sampled_from(["accept", "reject", "correct"]))
            if not earlier
            else draw(st.sampled_from(["undo", "correct"]))
        )
        found.append(decision(number, verdict, earlier))
    return found


@given(logs(), st.integers())
def test_the_order_of_reading_does_not_matter(log: list[Decision], seed: int) -> None:
    mixed = list(log)
    Random(seed).shuffle(mixed)  # noqa: S311  no secret
    assert standing(mixed) == standing(log)


@given(logs())
def test_what_stands_is_oldest_first_and_never_an_undo(log: list[Decision]) -> None:
    found = standing(log)
    assert list(found) == sorted(found, key=lambda d: (d.at, d.id))
    assert all(d.verdict != "undo" for d in found)
    assert set(found) <= set(log)


@given(logs())
def test_nothing_stands_beside_a_standing_decision_that_took_it_away(log: list[Decision]) -> None:
    found = {d.id for d in standing(log)}
    assert not any(d.supersedes in found for d in standing(log))


@given(logs())
def test_undoing_everything_leaves_nothing_and_undoing_that_brings_it_back(log: list[Decision]) -> None:
    before = standing(log)
    undone = [*log, *(decision(100 + n, "undo", d.id) for n, d in enumerate(before))]
    assert not {d.id for d in before} & set(ids(undone))
    back = [*undone, *(decision(200 + n, "undo", f"x_{100 + n}") for n in range(len(before)))]
    assert standing(back) == before
