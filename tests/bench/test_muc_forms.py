"""The forms of the MUC-4 templates: days, places, numbers, nations."""

from datetime import date

import muc_forms as forms
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Period, Place

FILED = date(1991, 5, 14)


def period(earliest: date | None, latest: date | None) -> Period:
    return Period("", "", earliest, latest, "day", "", 0, 0)


def place(name: str, precision: str = "town", admin1: str = "", country: str = "PE") -> Place:
    return Place(name, name, "geonames:1", 0.0, 0.0, 1.0, precision, admin1, "", country, 0, 0)


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (date(1991, 5, 3), date(1991, 5, 3), "03 MAY 91"),
        (date(1991, 4, 28), date(1991, 5, 3), "28 APR 91 - 03 MAY 91"),
        (None, date(1991, 5, 3), "- 03 MAY 91"),
        (date(1991, 5, 3), None, "- 14 MAY 91"),
        (None, None, "- 14 MAY 91"),
        (date(1985, 1, 1), date(1991, 5, 1), "- 01 MAY 91"),
        (None, date(1991, 6, 1), "- 14 MAY 91"),
    ],
)
def test_a_date_is_a_day_a_span_or_on_or_before(earliest: date | None, latest: date | None, expected: str) -> None:
    assert forms.when(period(earliest, latest), FILED) == expected


def test_without_a_period_the_report_dates_it_and_without_both_nothing_does() -> None:
    assert forms.when(None, FILED) == "- 14 MAY 91"
    assert forms.when(None, None) == ""


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_day_is_written_in_three_words(on: date) -> None:
    number, month, year = forms.day(on).split()
    assert (int(number), forms.MONTHS.index(month) + 1, int(year)) == (on.day, on.month, on.year % 100)


@pytest.mark.parametrize(
    ("code", "expected"),
    [("SV", "EL SALVADOR"), ("PE", "PERU"), ("US", "UNITED STATES"), ("KR", "REPUBLIC OF KOREA"), ("XX", "")],
)
def test_countries_are_spelled_as_then(code: str, expected: str) -> None:
    assert forms.country(code) == expected


def test_a_place_follows_its_country() -> None:
    assert forms.where([place("Ñañahuasi")], "") == "PERU: NANAHUASI"


def test_an_area_is_given_only_where_the_report_names_it() -> None:
    found = place("Quillapata", admin1="Puno Department")
    assert forms.where([found], "QUILLAPATA, PUNO DEPARTMENT") == "PERU: PUNO: QUILLAPATA"
    assert forms.where([found], "QUILLAPATA") == "PERU: QUILLAPATA"


def test_a_country_stands_alone_and_an_area_by_its_bare_name() -> None:
    assert forms.where([place("Peru", "country")], "") == "PERU"
    assert forms.where([place("Puno Department", "province")], "") == "PERU: PUNO"
    assert forms.where([], "PUNO") == ""


@pytest.mark.parametrize(
    ("count", "words", "expected"),
    [
        ((7, 7, "exact"), "SHOEMAKERS", "7"),
        ((5, 7, "exact"), "SHOEMAKERS", "5 - 7"),
        ((6, None, "at_least"), "SHOEMAKERS", "6 -"),
        ((None, 9, "at_most"), "SHOEMAKERS", "- 9"),
        ((40, 40, "about"), "SHOEMAKERS", "~40"),
        ((None, None, "vague"), "SHOEMAKERS", "PLURAL"),
        ((24, None, "vague"), "SHOEMAKERS", "PLURAL"),
        ((None, None, "none"), "SHOEMAKER", "1"),
        ((None, None, "none"), "GROUP OF SHOEMAKERS", "1"),
        ((None, None, "none"), "FIREMEN", "PLURAL"),
    ],
)
def test_numbers(count: tuple[int | None, int | None, str], words: str, expected: str) -> None:
    assert forms.number(count, words) == expected


@pytest.mark.parametrize("words", ["BUS", "PARTY HEADQUARTERS", "HOSTESS", "TRUCK", ""])
def test_singular_nouns(words: str) -> None:
    assert not forms.plural(words)


@pytest.mark.parametrize("words", ["BUSES", "WOMEN", "TROOPS OF THE GARRISON"])
def test_plural_nouns(words: str) -> None:
    assert forms.plural(words)


def test_a_nation_is_given_unless_the_incident_is_at_home() -> None:
    assert forms.nation("DUTCH GEOLOGIST", "PERU") == "NETHERLANDS"
    assert forms.nation("PERUVIAN GEOLOGIST", "PERU") == ""
    assert forms.nation("GEOLOGIST", "PERU") == ""
