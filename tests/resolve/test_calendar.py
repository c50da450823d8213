"""The arithmetic of days, weeks, months and feasts, and how EDTF writes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.resolve import calendar

days = st.dates(min_value=date(1, 1, 8), max_value=date(9999, 12, 20))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, date(1818, 3, 22)),  # the earliest Easter there is
        (1943, date(1943, 4, 25)),  # the latest
        (1989, date(1989, 3, 26)),
        (2000, date(2000, 4, 23)),
        (2019, date(2019, 4, 21)),
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
    ],
)
def test_easter_of_known_years(year: int, sunday: date) -> None:
    assert calendar.easter(year) == sunday


@given(st.integers(1583, 4099))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = calendar.easter(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_nth_weekday_of_a_month() -> None:
    assert calendar.nth_weekday(2024, 11, 3, 4) == date(2024, 11, 28)
    assert calendar.nth_weekday(2024, 5, 0, -1) == date(2024, 5, 27)
    assert calendar.nth_weekday(2025, 9, 0, 1) == date(2025, 9, 1)


@given(days, st.integers(0, 6))
def test_the_weekday_on_or_before_is_that_weekday_at_most_six_days_back(day: date, weekday: int) -> None:
    found = calendar.weekday_on_or_before(day, weekday)
    assert found.weekday() == weekday
    assert 0 <= (day - found).days <= 6


@given(days)
def test_a_week_runs_from_monday_to_sunday_and_holds_its_day(day: date) -> None:
    first, last = calendar.week_days(day)
    assert (first.weekday(), last.weekday()) == (0, 6)
    assert first <= day <= last


@given(days)
def test_the_weekend_has_begun(day: date) -> None:
    first, last = calendar.weekend_days(day)
    assert (first.weekday(), last.weekday()) == (5, 6)
    assert first <= day
    assert (day - first).days < 7


@given(st.dates(), st.integers(-4_000_000, 4_000_000))
def test_days_are_held_within_the_calendar(day: date, number: int) -> None:
    assert date.min <= calendar.plus(day, number) <= date.max


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(-150_000, 150_000))
def test_months_are_held_within_the_calendar(year: int, month: int, months: int) -> None:
    found, of_year = calendar.plus_months(year, month, months)
    assert 1 <= found <= 9999
    assert 1 <= of_year <= 12


@given(st.integers(10, 9990), st.integers(1, 12), st.integers(-100, 100))
def test_months_forth_and_back_are_where_they_began(year: int, month: int, months: int) -> None:
    assert calendar.plus_months(*calendar.plus_months(year, month, months), -months) == (year, month)


def test_a_day_that_is_none() -> None:
    assert calendar.valid(2025, 2, 29) is None
    assert calendar.valid(2024, 2, 29) == date(2024, 2, 29)


def test_an_interval_that_is_one_day_is_written_as_a_day() -> None:
    value = calendar.interval(date(2025, 3, 6), date(2025, 3, 6))
    assert (value.edtf, value.precision) == ("2025-03-06", "day")


def test_an_interval_is_put_in_order() -> None:
    value = calendar.interval(date(2025, 3, 9), date(2025, 3, 6))
    assert value.edtf == "2025-03-06/2025-03-09"
    assert (value.earliest, value.latest) == (date(2025, 3, 6), date(2025, 3, 9))


@pytest.mark.parametrize(
    ("earliest", "latest", "edtf"),
    [(date(2025, 3, 6), None, "2025-03-06/.."), (None, date(2025, 3, 6), "../2025-03-06"), (None, None, "../..")],
)
def test_an_open_interval_says_so(earliest: date | None, latest: date | None, edtf: str) -> None:
    value = calendar.interval(earliest, latest)
    assert (value.edtf, value.precision) == (edtf, "open")


@given(st.integers(1, 9999), st.integers(1, 12))
def test_the_thirds_of_a_month_meet_and_fill_it(year: int, month: int) -> None:
    early, mid, late = (calendar.in_month(year, month, part) for part in ("early", "mid", "late"))
    whole = calendar.in_month(year, month)
    assert (early.earliest, late.latest) == (whole.earliest, whole.latest)
    assert early.latest is not None
    assert mid.earliest == calendar.plus(early.latest, 1)
    assert mid.latest is not None
    assert late.earliest == calendar.plus(mid.latest, 1)


def test_winter_runs_into_the_next_year() -> None:
    value = calendar.in_season(2023, 24)
    assert (value.edtf, value.earliest, value.latest) == ("2023-12/2024-02", date(2023, 12, 1), date(2024, 2, 29))


def test_a_decade_and_a_year() -> None:
    assert calendar.in_decade(1990).edtf == "199X"
    assert calendar.in_decade(1990).latest == date(1999, 12, 31)
    assert calendar.in_year(2014).edtf == "2014"
    assert calendar.in_year(2014, "late").earliest == date(2014, 9, 1)


def test_an_approximate_day() -> None:
    assert calendar.on_day(date(2025, 3, 6), about=True).edtf == "2025-03-06~"


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("1989", "1989-01-01", "1989-12-31"),
        ("1989-02", "1989-02-01", "1989-02-28"),
        ("1989-02-03", "1989-02-03", "1989-02-03"),
        ("1989-02-03T08:00", "1989-02-03", "1989-02-03"),
        ("1989-Q4", "1989-10-01", "1989-12-31"),
        ("1989-H2", "1989-07-01", "1989-12-31"),
        ("1989-W01", "1989-01-02", "1989-01-08"),
        ("1989-W43-WE", "1989-10-23", "1989-10-29"),
        ("1989-SU", "1989-06-01", "1989-08-31"),
        ("1989-24", "1989-12-01", "1990-02-28"),
        ("1989-07/1989-09", "1989-07-01", "1989-09-30"),
        ("1989-07-02/1990", "1989-07-02", "1990-12-31"),
        ("1989-02-03~", "1989-02-03", "1989-02-03"),
    ],
)
def test_days_of_a_written_value(written: str, first: str, last: str) -> None:
    found = calendar.days_of(written)
    assert found == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "written", ["", "PRESENT_REF", "XXXX-03-06", "1989-13", "1989-02-30", "1989-W60", "198X", "../1989", "P1Y"]
)
def test_what_names_no_days(written: str) -> None:
    assert calendar.days_of(written) is None


def test_quarters_halves_and_stretches_of_months() -> None:
    assert calendar.quarter_of(date(1989, 9, 30)) == (1989, 3)
    assert calendar.in_quarter(1989, 1).edtf == "1989-01/1989-03"
    assert calendar.in_half(1989, 2).latest == date(1989, 12, 31)
    assert calendar.months(1989, 11, 4).edtf == "1989-11/1990-02"
    assert calendar.months(1989, 11, 1).edtf == "1989-11"
    assert calendar.months(1989, 1, 9).precision == "year"
