from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Period, Toll, TollStep
from corrobora.web.charts import axis, bar, days_of, round_up, step_chart

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def period(earliest: date | None, latest: date | None) -> Period:
    return Period("", "", earliest, latest, "days", "", -1, -1)


def toll(*steps: tuple[date | None, int | None, int | None]) -> Toll:
    told = tuple(TollStep("c", on, low, high, "rise") for on, low, high in steps)
    return Toll(f"t_{told[0].on}", "A", "killed", "", None, None, told)


@given(st.lists(DAYS, min_size=1, max_size=5))
def test_an_axis_holds_its_days_with_few_ticks(days: list[date]) -> None:
    found = axis(days)
    assert found
    assert 1 <= len(found.ticks) <= 8
    assert all(0 <= found.share(day) < 100 for day in days)
    assert [t.at for t in found.ticks] == sorted(t.at for t in found.ticks)


@given(DAYS, st.integers(0, 4000), st.booleans(), st.booleans())
def test_a_bar_lies_on_its_axis_and_is_as_long_as_the_days(first: date, length: int, opens: bool, ends: bool) -> None:
    last = first + timedelta(days=length)
    on = axis([first - timedelta(days=30), last + timedelta(days=30)])
    assert on
    found = bar(period(None if opens else first, None if ends else last), on)
    assert 0 <= found.x <= found.x + found.width <= 100.001
    assert (found.opens, found.ends) == (opens, ends)
    if opens:
        assert found.x == 0
    if ends:
        assert found.x + found.width >= 99.99


def test_an_open_period_counts_with_the_side_it_has() -> None:
    day = date(1990, 1, 3)
    assert days_of([period(None, day), None]) == [day]
    assert axis([]) is None


@given(st.integers(0, 10_000_000))
def test_the_figures_of_an_axis_reach_the_most(value: int) -> None:
    top = round_up(value)
    assert top >= max(value, 4)
    assert top % 4 == 0
    assert top <= max(10 * value, 4)


def test_steps_hold_their_figure_until_the_next() -> None:
    chart = step_chart([toll((date(2025, 3, 6), 100, 100), (date(2025, 3, 9), 200, None))])
    assert chart
    (series,) = chart.series
    flat = [s for s in series.strokes if s.kind == "low"]
    assert [(s.x1, s.x2) for s in flat] == [(0.0, 75.0), (75.0, 100.0)]
    assert flat[0].y1 == flat[0].y2 == 50.0
    (rise,) = [s for s in series.strokes if s.kind == "rise"]
    assert (rise.x1, rise.y1, rise.y2) == (75.0, 50.0, 0.0)


def test_a_range_is_an_area_and_an_upper_bound_alone_is_a_dashed_line() -> None:
    chart = step_chart([toll((date(2025, 3, 6), 4, 8), (date(2025, 3, 7), None, 8))])
    assert chart
    (series,) = chart.series
    assert [(a.y, a.height) for a in series.areas] == [(0.0, 50.0)]
    assert [s.kind for s in series.strokes if s.kind != "rise"] == ["low", "high", "high"]


def test_statements_out_of_order_are_drawn_in_order() -> None:
    chart = step_chart([toll((date(2025, 3, 9), 5, 5), (date(2025, 3, 6), 2, 2))])
    assert chart
    assert all(s.x1 <= s.x2 for s in chart.series[0].strokes)


def test_steps_without_a_day_or_a_figure_are_not_drawn() -> None:
    assert step_chart([toll((None, 4, 4), (date(2025, 3, 6), None, None))]) is None
    assert step_chart([toll((date(2025, 3, 6), 4, 4))]) is None
    chart = step_chart([toll((None, 4, 4)), toll((date(2025, 3, 6), 0, 0), (date(2025, 3, 8), 2, 2))])
    assert chart
    assert len(chart.series) == 1
