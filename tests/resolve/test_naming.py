"""The words beside a name: what kind of place they tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.resolve.naming import (
    after_name,
    bare,
    facility_of,
    is_facility,
    is_never,
    kinds_of,
    openers,
    parse,
    words,
)


@pytest.mark.parametrize(
    ("name", "own", "kind"),
    [
        ("Borno State", "Borno", "admin1"),
        ("state of Borno", "Borno", "admin1"),
        ("the province of Helmand", "Helmand", "admin1"),
        ("Kharkiv Oblast", "Kharkiv", "admin1"),
        ("Homs governorate", "Homs", "admin1"),
        ("Departamento de Antioquia", "Antioquia", "admin1"),
        ("Zurmi Local Government Area", "Zurmi", "admin2"),
        ("Zurmi LGA", "Zurmi", "admin2"),
        ("Jebel Marra locality", "Jebel Marra", "admin2"),
        ("city of Herat", "Herat", "settlement"),
        ("Herat city", "Herat", "settlement"),
        ("the village of Sefo", "Sefo", "settlement"),
        ("Sefo community", "Sefo", "settlement"),
        ("Zahra neighborhood", "Zahra", "part"),
        ("Kakuma refugee camp", "Kakuma", "part"),
    ],
)
def test_words_of_kind(name: str, own: str, kind: str) -> None:
    assert parse(name)[0] == own
    assert kind in parse(name)[1]


@pytest.mark.parametrize("name", ["Lagos", "Port Harcourt", "United States", "Statesboro", "Cityville", "Newtown"])
def test_plain_names_stay(name: str) -> None:
    assert parse(name) == (name, frozenset())
    assert bare(name) == name


@given(st.text(max_size=60))
def test_any_name_parses(name: str) -> None:
    own, kinds = parse(name)
    assert len(own) <= len(name)
    assert kinds <= {"country", "admin1", "admin2", "settlement", "part"}
    after_name(name)
    is_facility(name)
    facility_of(name)
    is_never(name)


@pytest.mark.parametrize(
    "name", ["Al-Noor Hospital", "Hope Market", "Kandahar bus station", "Salang Pass", "Hodeidah port", "Bela Air Base"]
)
def test_buildings_and_works(name: str) -> None:
    assert is_facility(name)


@pytest.mark.parametrize("name", ["Port Harcourt", "Hospital", "Market Harborough", "Stationville", "Camp Hill"])
def test_towns_are_no_buildings(name: str) -> None:
    assert not is_facility(name)


def test_the_name_before_a_building_in_lower_case() -> None:
    assert facility_of("Kandahar bus station") == "Kandahar"
    assert facility_of("Hope Market") == ""
    assert facility_of("Kandahar") == ""


def test_words_after_a_name_belong_to_it() -> None:
    assert after_name(" local government area of Borno") == len(" local government area")
    assert after_name(" State Police Command") == 0
    assert after_name(" was hit") == 0


@pytest.mark.parametrize("name", ["Friday", "Palm Sunday", "Facebook", "Orient Express", "Example Times"])
def test_names_that_are_no_places(name: str) -> None:
    assert is_never(name)


def test_openers_are_cut() -> None:
    assert openers().sub("", "In Herat") == "Herat"
    assert openers().sub("", "Meanwhile in Herat") == "Herat"
    assert openers().sub("", "Indore") == "Indore"


def test_tables_hold_lower_case_words_once() -> None:
    for table in words().values():
        for name, each in table.items():
            assert all(word == word.casefold() for word in each), name
            assert len(each) == len(set(each)), name


def test_kinds_of_plural_and_unknown_words() -> None:
    assert kinds_of("districts") == kinds_of("district")
    assert kinds_of("banana") == frozenset()
