from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput, CorroboraError, NotFound
from corrobora.model import Decision, Incident, Reading
from corrobora.review import active, check

Told = Callable[..., Reading]


def decided(
    number: int, verdict: str, *subjects: str, supersedes: str = "", who: str = "Ada", **values: str
) -> Decision:
    at = datetime(2031, 5, 4, tzinfo=UTC) + timedelta(minutes=number)
    return Decision(f"x_{number}", at, who, verdict, subjects, tuple(sorted(values.items())), "", supersedes, ())


def names(decisions: list[Decision]) -> list[str]:
    return [decision.id for decision in active(decisions)]


def test_decisions_stand_until_undone_or_superseded() -> None:
    taken = [decided(1, "accept", "c_1"), decided(2, "reject", "c_1", supersedes="x_1"), decided(3, "accept", "c_2")]
    assert names(taken) == ["x_2", "x_3"]
    undone = [*taken, decided(4, "undo", "x_2", supersedes="x_2")]
    assert names(undone) == ["x_1", "x_3"]
    again = [*undone, decided(5, "undo", "x_4", supersedes="x_4")]
    assert names(again) == ["x_2", "x_3"]


def test_a_circle_of_decisions_ends() -> None:
    circle = [decided(1, "accept", "c_1", supersedes="x_2"), decided(2, "accept", "c_1", supersedes="x_1")]
    assert len(active(circle)) <= 1


@given(st.lists(st.integers(0, 9), max_size=10), st.randoms())
def test_what_stands_does_not_depend_on_the_order_it_is_given_in(targets: list[int], random: object) -> None:
    taken = [
        decided(n, "undo" if target < n else "accept", "c_1", supersedes=f"x_{target}" if target < n else "")
        for n, target in enumerate(targets)
    ]
    stands = active(taken)
    random.shuffle(taken)  # type: ignore[attr-defined]
    assert active(taken) == stands
    assert all(decision.verdict != "undo" for decision in stands)


@pytest.mark.parametrize(
    ("decision", "error", "hint"),
    [
        (decided(1, "believe", "c_1"), BadInput, "Choose one of"),
        (decided(1, "accept", "c_1", who=" "), BadInput, "--who"),
        (decided(1, "accept", "c_9"), NotFound, "starts with c_"),
        (decided(1, "accept", "c_1", "c_2"), BadInput, "each claim"),
        (decided(1, "accept", "c_1", harm="injured"), BadInput, "Use correct"),
        (decided(1, "correct", "c_1"), BadInput, "Say what it should be"),
        (decided(1, "correct", "c_1", weather="rain"), BadInput, "figure"),
        (decided(1, "correct", "c_1", figure="twelve"), BadInput, "object of"),
        (decided(1, "correct", "c_1", figure="[3]"), BadInput, "It has"),
        (decided(1, "correct", "c_1", figure='{"low": -1}'), BadInput, "counted from 0"),
        (decided(1, "correct", "c_1", figure='{"low": 9, "high": 3}'), BadInput, "smaller number"),
        (decided(1, "correct", "c_1", figure='{"low": 2.5}'), BadInput, "Write 12"),
        (decided(1, "correct", "c_1", figure='{"low": true}'), BadInput, "Write 12"),
        (decided(1, "correct", "c_1", figure='{"low": 2, "qualifier": "maybe"}'), BadInput, "at_least"),
        (decided(1, "correct", "c_1", harm="sad"), BadInput, "killed"),
        (decided(1, "correct", "c_1", scope="world"), BadInput, "total"),
        (decided(1, "correct", "c_1", earliest="yesterday"), BadInput, "2025-03-13"),
        (decided(1, "correct", "c_1", earliest="2031-05-09", latest="2031-05-04"), BadInput, "earlier day"),
        (decided(1, "correct", "c_1", place='{"name": "Kelm", "lat": 95, "lon": 3}'), BadInput, "Degrees"),
        (decided(1, "correct", "c_1", place='{"name": "Kelm", "lat": 5}'), BadInput, "both"),
        (decided(1, "correct", "c_1", place='{"lat": 5, "lon": 5}'), BadInput, "words"),
        (decided(1, "correct", "c_1", place='{"name": "Kelm", "radius_km": -2}'), BadInput, "Kilometres"),
        (decided(1, "correct", "c_1", place='{"name": "Kelm", "precision": "so-so"}'), BadInput, "town"),
        (decided(1, "correct", "c_1", victims='{"class": "heroes"}'), BadInput, "civilian"),
        (decided(1, "correct", "c_1", victims="{}"), BadInput, "Give text"),
        (decided(1, "correct", "c_1", speaker=" "), BadInput, "reject"),
        (decided(1, "same", "c_1", "c_1"), BadInput, "Name both"),
        (decided(1, "not_same", "c_1", "i_9"), NotFound, "c_ or i_"),
        (decided(1, "undo", "x_7", supersedes="x_7"), NotFound, "by its id"),
        (decided(1, "undo", "x_5", supersedes="x_5"), BadInput, "replaced already"),
    ],
)
def test_a_decision_that_cannot_hold_is_refused_with_a_hint(
    told: Told, incident: Callable[..., Incident], decision: Decision, error: type[CorroboraError], hint: str
) -> None:
    claims = [told("c_1"), told("c_2", "b")]
    earlier = [decided(-9, "accept", "c_1"), decided(5, "accept", "c_1"), decided(6, "undo", "x_5", supersedes="x_5")]
    with pytest.raises(error) as raised:
        check(decision, claims, [incident(*claims)], earlier)
    assert hint in raised.value.hint


@pytest.mark.parametrize(
    "decision",
    [
        decided(1, "accept", "c_1"),
        decided(1, "reject", "c_1"),
        decided(1, "same", "c_1", "c_2"),
        decided(1, "not_same", "c_1", "i_1"),
        decided(1, "undo", "x_5", supersedes="x_5"),
        decided(1, "correct", "c_1", figure='{"low": 0, "high": 0, "qualifier": "exact"}'),
        decided(1, "correct", "c_1", place="Kelm", earliest="2031-05-04", victims="civilian", speaker="Ada Lorn"),
    ],
)
def test_a_sound_decision_passes(told: Told, incident: Callable[..., Incident], decision: Decision) -> None:
    claims = [told("c_1"), told("c_2", "b")]
    check(decision, claims, [incident(*claims)], [decided(5, "accept", "c_1")])
