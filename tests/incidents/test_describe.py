from collections.abc import Callable
from dataclasses import replace

from corrobora.incidents import describe
from corrobora.model import Reading

Told = Callable[..., Reading]


def test_the_act_is_what_most_reports_tell_and_the_more_telling_of_two(told: Told) -> None:
    assert describe.act([told("c_1", act="raid"), told("c_2", "b", act="arson")]) == "arson"
    most = [told("c_1", act="shooting"), told("c_2", "b", act="shooting"), told("c_3", "c", act="arson")]
    assert describe.act(most) == "shooting"
    assert describe.act([told("c_1", act="other"), told("c_2", "b", act="raid")]) == "raid"
    assert describe.act([told("c_1", act="")]) == "other"


def test_the_place_is_the_most_specific_that_is_supported(told: Told) -> None:
    place = describe.place([told("c_1"), told("c_2", "b", place="Osk"), told("c_3", "c", place="Varnow")])
    assert place is not None
    assert place.name == "Varnow"


def test_a_nationwide_event_is_not_put_on_one_town(told: Told) -> None:
    nation = [told(f"c_{n}", f"d{n}", place="Ardia") for n in range(4)]
    towns = [told("c_5", "d1", place="Varnow"), told("c_6", "d2", place="Kelm"), told("c_7", "d3", place="Kelm")]
    place = describe.place([*nation, *towns])
    assert place is not None
    assert place.name == "Ardia"


def test_one_stray_town_does_not_widen_the_place(told: Told) -> None:
    readings = [told(f"c_{n}", f"d{n}") for n in range(6)] + [
        told("c_7", "d1", place="Kelm"),
        told("c_8", place="Ardia"),
    ]
    place = describe.place(readings)
    assert place is not None
    assert place.name == "Varnow"


def test_nothing_said_gives_no_place_and_no_days(told: Told) -> None:
    assert describe.place([told("c_1", place=None)]) is None
    assert describe.period([told("c_1", day=None)]) is None


def test_the_days_are_those_that_asserting_reports_agree_on(told: Told) -> None:
    claims = [told("c_1", day="2031-05-03", until="2031-05-04"), told("c_2", "b"), told("c_3", "c", day="2031-05-01")]
    period = describe.period([*claims, told("c_4", "d", day="2031-05-09", stance="denies")])
    assert period is not None
    assert period.edtf == "2031-05-04"


def ruled(reading: Reading, rule: str, start: int = 5) -> Reading:
    assert reading.period is not None
    return replace(reading, period=replace(reading.period, rule=rule, start=start))


def test_days_of_a_claims_own_words_weigh_more_than_carried_ones(told: Told) -> None:
    own = ruled(told("c_1", day="2031-05-04"), "weekday on or before publication")
    carried = [ruled(told(f"c_{n}", day="2031-05-06"), "day last spoken of: weekday", start=90) for n in range(2, 9)]
    found = describe.period([*carried, own])
    assert found is not None
    assert str(found.earliest) == "2031-05-04"


def test_the_same_words_speak_once_however_many_claims_rest_on_them(told: Told) -> None:
    many = [ruled(told(f"c_{n}", day="2031-05-06", start=900), "weekday", start=990) for n in range(2, 9)]
    head = ruled(told("c_1", day="2031-05-04"), "weekday")
    found = describe.period([*many, head])
    assert found is not None
    assert str(found.earliest) == "2031-05-04"


def test_of_two_reports_the_one_that_dates_the_event_itself_is_believed(told: Told) -> None:
    sure = ruled(told("c_1", "a", day="2031-05-04", start=900), "weekday on or before publication")
    guess = ruled(told("c_2", "b", day="2031-05-05", start=900), "statement, that day or 1 before")
    for readings in ([sure, guess], [guess, sure]):
        found = describe.period(readings)
        assert found is not None
        assert str(found.earliest) == "2031-05-04"
