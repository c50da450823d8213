"""The town that a report is set in, among all namesakes of what it names; fictional towns and their divisions."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.resolve.gazetteer import OTHER, Entry
from corrobora.resolve.setting import Said, inside, setting


def entry(
    name: str, lat: float, people: int = 5_000, kind: str = "settlement", division: str = "XA.1", *, reach: float = 5.0
) -> Entry:
    key = f"geonames:{name}{lat}"
    return Entry(key, name, kind, lat, 10.0, reach, people, "XA", division, f"Land {division[-1]}", 0, 0)


VARNOW = entry("Varnow", 40.0, 900_000, reach=20.0)
HERE, ELSEWHERE = entry("Kelm", 40.3), entry("Kelm", 55.0, 30_000, division="XA.2")


def said(does: str, *senses: Entry) -> Said:
    return Said(senses[0].name.casefold(), senses, does)


def test_a_town_is_told_by_what_is_its_own_and_not_by_a_route() -> None:
    found = setting((said("plain", entry("Orva", 41.0)), said("body", VARNOW)), "XA", "")
    assert (found.town, found.sure, found.bodied) == (VARNOW, True, frozenset({VARNOW.id}))
    assert setting((said("route", VARNOW),) * 9, "XA", "").town is None
    assert setting((said("body", VARNOW),), "XB", "").town is None
    assert setting((), "XA", "").town is None
    assert setting((said("plain", VARNOW),), "XA", "").town is None


def test_of_namesakes_the_one_is_meant_that_lies_where_the_others_do() -> None:
    told = (said("title", ELSEWHERE, HERE), said("plain", VARNOW))
    assert setting(told, "XA", "").town == HERE
    assert setting(told[:1], "XA", "").town == ELSEWHERE


def test_a_division_that_is_named_tells_the_namesake_in_it() -> None:
    land = entry("Land 1", 41.0, 2_000_000, "admin1")
    assert setting((said("title", ELSEWHERE, HERE), said("plain", land)), "XA", "").town == HERE


def test_a_county_tells_the_namesake_inside_it() -> None:
    county = entry("Osk County", 40.3, 0, "admin2", reach=20.0)
    assert setting((said("title", ELSEWHERE, HERE), said("plain", county)), "XA", "").town == HERE


def test_an_outlet_that_is_called_after_a_town_or_its_land_speaks_for_it() -> None:
    two = (said("scene", ELSEWHERE), said("scene", VARNOW))
    assert setting(two, "XA", "kelm weekly").town == VARNOW  # too short a name to look for
    towns = (said("scene", entry("Orlinta", 55.0, division="XA.2")), said("scene", entry("Quendle", 41.0, 9_000)))
    assert [getattr(setting(towns, "XA", outlet).town, "name", "") for outlet in ("", "www.orlintanews.example")] == [
        "Quendle",
        "Orlinta",
    ]


def test_a_site_alone_is_a_guess() -> None:
    found = setting((said("site", VARNOW),), "XA", "")
    assert (found.town, found.sure) == (VARNOW, False)


def test_a_quarter_gives_way_to_the_city_whose_police_are_named() -> None:
    quarter = entry("Old Orva", 40.05)
    told = (said("title", quarter), said("scene", quarter), said("body", VARNOW))
    assert setting(told, "XA", "").town == VARNOW
    own = (*told, said("body", quarter))
    assert setting(own, "XA", "").bodied == {VARNOW.id, quarter.id}
    assert setting(own, "XA", "").town == quarter


def test_a_suburb_is_no_part_of_the_city_that_but_the_outlet_is_called_after() -> None:
    near, rim = entry("Old Orva", 40.05), entry("Selmwick", 40.16)
    for town, wanted in ((near, VARNOW), (rim, rim)):
        told = (said("title", town), said("scene", town), said("site", VARNOW))
        assert setting(told, "XA", "varnowpost.example").town == wanted


def test_a_divisions_police_are_no_towns() -> None:
    land = entry("Varnow", 40.0, 9_000_000, "admin1")
    told = (said("body", VARNOW, land), said("title", HERE), said("scene", HERE))
    assert setting(told, "XA", "").town == HERE


def test_a_former_name_of_a_town_speaks_less_for_it() -> None:
    former = entry("Zelnova", 40.1)
    former = replace(former, grade=OTHER)
    assert setting((said("scene", former), said("scene", entry("Orva", 40.2))), "XA", "").town == entry("Orva", 40.2)


@pytest.mark.parametrize(
    ("place", "reach", "wanted"),
    [
        (entry("Old Orva", 40.05), 1.0, True),
        (entry("Old Orva", 40.05), 0.1, False),
        (VARNOW, 1.0, False),
        (entry("Kelm", 40.4), 1.0, False),
        (entry("Kelm", 40.05, 200_000), 1.0, False),
        (entry("Osk", 40.05, kind="admin2"), 1.0, False),
    ],
)
def test_a_part_of_the_town_lies_inside_it_and_is_much_smaller(place: Entry, reach: float, *, wanted: bool) -> None:
    assert inside(place, VARNOW, reach) is wanted


DOES = st.sampled_from(
    ["title", "body", "scene", "dateline", "plain", "speech", "origin", "site", "route", "adjective"]
)
TOWNS = st.builds(entry, st.sampled_from(["Orva", "Kelm", "Selm"]), st.floats(-60, 60), st.integers(0, 10**7))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.builds(said, DOES, TOWNS, TOWNS), max_size=6))
def test_the_town_is_one_of_those_named(told: list[Said]) -> None:
    found = setting(told, "XA", "orva.example")
    assert found.town is None or any(found.town in name.senses for name in told)
    assert not found.sure or found.town is not None


@pytest.mark.parametrize(
    ("does", "people", "found"),
    [
        ("scene", 900, False),
        ("title", 900, False),
        ("dateline", 900, True),
        ("body", 900, True),
        ("scene", 60_000, True),
    ],
)
def test_a_village_that_bears_a_divisions_name_is_not_meant_by_it(does: str, people: int, *, found: bool) -> None:
    land = entry("Osk", 41.0, 2_000_000, "admin1", "XA.3")
    village = entry("Osk", 55.0, people, division="XA.2")
    told = (said(does, village, land), said(does, village, land))
    assert (setting(told, "XA", "").town == village) == found
    assert setting((said("scene", village),) * 2, "XA", "").town == village  # where no division is called so


@pytest.mark.parametrize(("people", "found"), [(900, False), (60_000, True)])
def test_an_outlet_is_called_after_a_city_and_after_no_village(people: int, *, found: bool) -> None:
    town = entry("Osk", 41.0, people)
    assert (setting((said("site", town),), "XA", "").town == town) == found


def test_a_town_of_another_division_than_that_whose_police_speak_is_none() -> None:
    stray = entry("Lorn", 55.0, 30_000, division="XA.2")
    scenes = (said("scene", stray), said("title", stray))
    assert setting(scenes, "XA", "").town == stray
    assert setting((*scenes, said("body", VARNOW)), "XA", "").town == VARNOW


def test_a_name_shared_with_a_county_is_shared_out_among_its_towns_alone() -> None:
    """A county of millions far off says nothing of which town of its name is meant."""
    county = entry("Kelm County", 55.0, 3_000_000, "admin2", "XA.2")
    orva = (entry("Orva", 41.0, 8_000), entry("Orva", 55.1, 7_000, division="XA.2"))
    told = (said("title", *orva), said("plain", HERE, county))
    assert setting(told, "XA", "").town == orva[0]
    alone = (said("title", *orva), said("plain", county))
    assert setting(alone, "XA", "").town == orva[1]
