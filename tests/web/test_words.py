from datetime import UTC, date, datetime
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Count, Period, Place, Reading
from corrobora.project import Project
from corrobora.web import words

COUNTS = st.one_of(st.none(), st.integers(0, 5000))


@given(COUNTS, COUNTS)
def test_a_figure_never_turns_not_said_into_a_number(low: int | None, high: int | None) -> None:
    written = words.span(low, high)
    assert (written == "not said") == (low is None and high is None)
    for value in (low, high):
        assert value is None or f"{value:,}" in written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (Count(0, 0, "exact"), "0"),
        (Count(24, None, "vague", "dozens"), "≥\xa024 (“dozens”)"),
        (Count(None, None, "vague", "several"), "not said (“several”)"),
        (Count(300, 300, "about", "some 300"), "about 300"),
        (Count(None, None, "none"), "not said"),
    ],
)
def test_figures_are_written_as_ranges(count: Count, written: str) -> None:
    assert words.figure(count) == written


@given(st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.dates()))
def test_days_name_every_side_that_is_known(earliest: date | None, latest: date | None) -> None:
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    written = words.between(earliest, latest)
    for day in (earliest, latest):
        assert day is None or str(day.day) in written
    assert ("on or" in written) == ((earliest is None) != (latest is None))


def test_days_across_years_and_months() -> None:
    assert words.between(date(2024, 12, 30), date(2025, 1, 2)) == "30 December 2024 – 2 January 2025"
    assert words.days(None) == "not said"
    assert words.days(Period("", "", date(2025, 3, 6), None, "open", "", -1, -1)) == "on or after 6 March 2025"


def test_a_place_says_how_far_it_reaches() -> None:
    place = Place("", "Karvel", "", None, None, None, "town", "Ostran", "", "XO", -1, -1)
    assert words.where(place) == "Karvel, Ostran, XO"
    assert words.reach(place) == "town, no point known"
    assert words.reach(None) == ""


def test_moments_are_in_utc() -> None:
    assert words.moment(datetime(2031, 6, 1, 9, 5, tzinfo=UTC)) == "1 June 2031, 09:05 UTC"
    assert words.moment(None) == ""


def test_an_unnamed_voice_is_said_to_be_unnamed_and_an_outlet_speaks_for_itself(
    read_only: Project, made: ModuleType
) -> None:
    by_file: dict[str, Reading] = {r.file: r for r in reversed(read_only.record().readings)}
    unnamed = by_file["arabic.txt"]
    assert words.voice(unnamed) == "someone unnamed"
    assert words.carriers(unnamed) == (unnamed.outlet,)
    told = by_file["lantern.txt"]
    assert words.voice(told) == "Karvel Hospital"
    assert words.carriers(told) == ("The Lantern",)
    own = made.reading(made.REPORTS[1], told.claim, made.Said("x"))
    assert words.carriers(own) == ()
