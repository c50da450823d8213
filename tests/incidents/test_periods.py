from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corrobora.incidents.periods import agreed, gap, relate, reported_by
from corrobora.model import Period

START = date(2031, 5, 1)


def span(first: int | None, last: int | None, precision: str = "days") -> Period:
    ends = [None if day is None else START + timedelta(days=day) for day in (first, last)]
    return Period("", f"{ends[0]}/{ends[1]}", ends[0], ends[1], precision, "", 0, 1)


periods = st.tuples(st.integers(0, 20), st.integers(0, 12)).map(lambda pair: span(pair[0], pair[0] + pair[1]))


def test_one_day_against_another() -> None:
    assert relate(span(3, 3), span(3, 3)) == "same"
    assert relate(span(3, 3), span(4, 4)) == "next"
    assert relate(span(3, 3), span(6, 6)) == "close"
    assert relate(span(3, 3), span(9, 9)) == "apart"


def test_a_long_or_open_period_says_little() -> None:
    assert relate(span(3, 3), span(0, 30)) == "loose"
    assert relate(span(3, 3), span(None, 5)) == "loose"
    assert relate(span(3, 3), span(0, 6)) == "overlap"
    assert relate(span(3, 3), span(5, None)) == "close"
    assert relate(span(None, None), span(3, 3)) == "unknown"
    assert relate(None, span(3, 3)) == "unknown"


def test_what_all_reports_agree_on_is_their_intersection() -> None:
    found = agreed([("a", span(2, 3)), ("b", span(3, 3, "day")), ("c", span(1, 3))])
    assert found is not None
    assert (found.earliest, found.latest, found.precision) == (START + timedelta(3), START + timedelta(3), "day")
    assert found.rule == "days that 3 of 3 reports agree on"


def test_where_reports_differ_the_most_supported_days_stand() -> None:
    found = agreed([("a", span(2, 2, "day")), ("b", span(9, 9, "day")), ("c", span(9, 9, "day"))])
    assert found is not None
    assert found.earliest == START + timedelta(9)
    assert found.rule == "days that 2 of 3 reports agree on"


def test_ten_claims_of_one_report_do_not_outvote_two_reports() -> None:
    found = agreed([("a", span(2, 2))] * 10 + [("b", span(5, 5)), ("c", span(5, 5))])
    assert found is not None
    assert found.earliest == START + timedelta(5)


def test_nothing_known_gives_nothing() -> None:
    assert agreed([]) is None
    assert agreed([("a", span(None, 3))]) is None


def test_a_report_older_than_the_event_cannot_tell_of_it() -> None:
    assert reported_by(span(5, 5), START) == "apart"
    assert reported_by(span(5, 5), START + timedelta(6)) == "loose"
    assert reported_by(span(5, 5), START + timedelta(200)) == "close"
    assert reported_by(None, START) == "unknown"


@given(periods, periods)
def test_relations_are_the_same_both_ways(a: Period, b: Period) -> None:
    assert relate(a, b) == relate(b, a)
    assert gap(a, b) == gap(b, a) >= 0


@given(st.lists(st.tuples(st.sampled_from("abcd"), periods), min_size=1, max_size=6), st.randoms())
def test_agreement_lies_within_a_stated_period_in_any_order(pairs: list[tuple[str, Period]], random: object) -> None:
    found = agreed(pairs)
    assert found is not None
    assert any(relate(found, period) != "apart" and gap(found, period) == 0 for _, period in pairs)
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert agreed(shuffled) == found
    bounds = [(p.earliest, p.latest) for _, p in pairs if p.earliest and p.latest]
    assert found.earliest is not None
    assert found.latest is not None
    assert any(first <= found.earliest and found.latest <= last for first, last in bounds)


def test_a_report_of_several_days_votes_for_each_as_far_as_it_speaks_of_it() -> None:
    found = agreed([("a", span(2, 2), 0.5), ("a", span(4, 4), 1.5), ("a", span(4, 4), 1.0)])
    assert found is not None
    assert found.earliest == START + timedelta(4)


def test_a_night_is_not_cut_to_its_second_day_by_a_weaker_voice() -> None:
    night, after = ("a", span(2, 3), 1.5), ("a", span(3, 3, "day"), 0.5)
    found = agreed([night, after])
    assert found is not None
    assert (found.earliest, found.latest) == (START + timedelta(2), START + timedelta(3))
    cut = agreed([night, ("b", span(2, 2, "day"), 1.0)])
    assert cut is not None
    assert cut.latest == START + timedelta(2)


def test_of_two_stretches_with_the_same_voices_the_narrower_stands() -> None:
    found = agreed([("a", span(2, 6)), ("b", span(2, 3)), ("c", span(0, 9))])
    assert found is not None
    assert (found.earliest, found.latest) == (START + timedelta(2), START + timedelta(3))
