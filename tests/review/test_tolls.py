"""Running totals held against other voices and against the incidents of their region."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Assessment, Figure, Incident, Period, Place, Toll, TollStep
from corrobora.review import check_tolls

MARCH = date(2031, 3, 1)
Made = Callable[..., Toll]
Within = Callable[..., tuple[Incident, Assessment]]


@pytest.fixture(scope="session")
def toll(places: dict[str, Place]) -> Made:
    def make(
        voice: str,
        *figures: tuple[int, int | None, int | None],
        victims: str = "civilian",
        region: str = "Osk",
        **changes: str,
    ) -> Toll:
        steps = tuple(TollStep(f"c_{voice}{day}", date(2031, 3, day), low, high, "rise") for day, low, high in figures)
        harm = changes.get("harm", "killed")
        return Toll(f"t_{voice}", voice, harm, victims, places[region], MARCH, steps)

    return make


@pytest.fixture(scope="session")
def within(places: dict[str, Place]) -> Within:
    def make(name: str, place: str, day: int, low: int | None, high: int | None) -> tuple[Incident, Assessment]:
        on = date(2031, 3, day)
        when = Period(str(on), str(on), on, on, "day", "stated", 0, 1)
        found = Incident(name, "shelling", (), (), when, places[place], (), ())
        return found, Assessment(name, (Figure("killed", low, high, "range", ()),), "fair", (), ())

    return make


def test_two_voices_of_one_time_disagree(toll: Made) -> None:
    ours, theirs = toll("Monitor", (6, 120, None), (10, 147, 147)), toll("Army", (7, 74, 74))
    first, second = check_tolls([ours, theirs], [], [])
    assert first.conflicts == (
        "74 by Army for 2031-03-07, beside at least 120",
        "74 by Army for 2031-03-07, beside 147",
    )
    assert second.conflicts[0] == "at least 120 by Monitor for 2031-03-06, beside 74"


def test_a_rise_in_time_is_no_conflict(toll: Made) -> None:
    checks = check_tolls([toll("Monitor", (6, 120, 120)), toll("Army", (20, 300, 300))], [], [])
    assert [check.conflicts for check in checks] == [(), ()]


def test_other_places_harms_and_the_same_voice_are_not_compared(toll: Made) -> None:
    ours = toll("Monitor", (6, 120, 120))
    others = [toll("A", (6, 9, 9), region="Ardia"), toll("B", (6, 9, 9), harm="injured"), toll("Monitor", (6, 9, 9))]
    assert check_tolls([ours, *others], [], [])[0].conflicts == ()
    later = replace(toll("C", (6, 9, 9)), since=date(2031, 1, 1))
    assert check_tolls([ours, later], [], [])[0].conflicts == ()


@pytest.mark.parametrize(
    ("whole", "conflict"),
    [(74, True), (200, False)],
)
def test_the_dead_civilians_are_some_of_all_the_dead(whole: int, *, conflict: bool, toll: Made) -> None:
    civilians, everyone = toll("Monitor", (6, 120, 120)), toll("Army", (6, whole, whole), victims="unknown")
    checks = check_tolls([civilians, everyone], [], [])
    assert [bool(check.conflicts) for check in checks] == [conflict, conflict]
    fighters = toll("Army", (6, whole, whole), victims="armed_group")
    assert check_tolls([civilians, fighters], [], [])[0].conflicts == ()


def test_the_incidents_of_region_and_days_are_summed_beside_the_toll(toll: Made, within: Within) -> None:
    told = [
        within("i_1", "Varnow", 4, 12, 14),
        within("i_2", "Kelm", 6, 3, 3),
        within("i_3", "Toriel", 6, 50, 50),  # another country
        within("i_4", "Varnow", 20, 7, 7),  # after the toll's last day
    ]
    incidents, assessments = [i for i, _ in told], [a for _, a in told]
    (check,) = check_tolls([toll("Monitor", (6, 120, None), (10, 147, 147))], incidents, assessments)
    assert check.incidents == ("i_1", "i_2")
    assert (check.low, check.high, check.gap) == (15, 17, 130)


def test_incidents_may_tell_of_more_than_the_toll(toll: Made, within: Within) -> None:
    incident, assessment = within("i_1", "Varnow", 4, 12, 14)
    (check,) = check_tolls([toll("Army", (10, 10, 10))], [incident], [assessment])
    assert check.gap == -4


def test_unknown_is_no_zero(toll: Made, within: Within) -> None:
    incident, assessment = within("i_1", "Varnow", 4, None, 14)
    (check,) = check_tolls([toll("Army", (10, 20, 20))], [incident], [assessment])
    assert (check.low, check.high) == (None, 14)
    (check,) = check_tolls([toll("Army", (10, 20, 20))], [], [])
    assert (check.low, check.high, check.incidents, check.gap) == (None, None, (), 20)
    (check,) = check_tolls([replace(toll("Army", (10, None, 20)), region=None)], [incident], [assessment])
    assert (check.incidents, check.gap) == ((), 20)


def test_a_countrys_toll_holds_its_towns(toll: Made, within: Within) -> None:
    told = [within("i_1", "Varnow", 4, 5, 5), within("i_2", "Toriel", 4, 9, 9)]
    (check,) = check_tolls([toll("Army", (10, 20, 20), region="Ardia")], [i for i, _ in told], [a for _, a in told])
    assert check.incidents == ("i_1",)


@given(st.permutations(range(3)))
def test_the_order_of_tolls_changes_nothing(toll: Made, order: list[int]) -> None:
    tolls = [toll("Monitor", (6, 120, None)), toll("Army", (7, 74, 74)), toll("Office", (6, 90, 90))]
    found = {check.toll: set(check.conflicts) for check in check_tolls([tolls[n] for n in order], [], [])}
    assert found == {check.toll: set(check.conflicts) for check in check_tolls(tolls, [], [])}
