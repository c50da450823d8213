from dataclasses import replace
from itertools import product

from corrobora.incidents.places import km, rank, relate
from corrobora.model import Place


def test_a_town_is_itself_and_its_quarter_is_the_same_place(places: dict[str, Place]) -> None:
    assert relate(places["Varnow"], replace(places["Varnow"], text="the town")) == "same"
    assert relate(places["Varnow"], places["Lower Varnow"]) == "same"


def test_a_province_and_a_country_contain_their_towns(places: dict[str, Place]) -> None:
    assert relate(places["Kelm"], places["Osk"]) == "within"
    assert relate(places["Ardia"], places["Kelm"]) == "within"
    assert relate(places["Toriel"], places["Ardia"]) == "far"


def test_a_province_without_names_contains_by_distance(places: dict[str, Place]) -> None:
    nameless = replace(places["Osk"], admin1="", name="the north")
    assert relate(replace(places["Kelm"], admin1=""), nameless) == "within"
    assert relate(replace(places["Kelm"], admin1="", lat=39.0), nameless) == "far"


def test_towns_a_hundred_kilometres_apart_are_far_and_neighbours_are_near(places: dict[str, Place]) -> None:
    assert relate(places["Varnow"], places["Kelm"]) == "far"
    assert relate(places["Varnow"], replace(places["Kelm"], lat=31.13, lon=11.0)) == "near"


def test_a_name_that_no_gazetteer_knows_is_the_same_place_in_each_report(places: dict[str, Place]) -> None:
    unknown = replace(places["Varnow"], id="", name="Tel-Rosé", precision="neighbourhood")
    assert relate(unknown, replace(unknown, name="tel rose", lat=32.4, radius_km=200.0)) == "named"
    assert relate(unknown, replace(unknown, name="Tell Rosé", radius_km=90.0)) == "named"
    assert relate(unknown, replace(unknown, name="Tell Rosé", lat=37.0)) == "far"


def test_two_villages_of_one_name_say_little(places: dict[str, Place]) -> None:
    assert relate(places["Varnow"], replace(places["Varnow"], id="geonames:9", lat=33.5)) == "near"


def test_an_unknown_name_is_as_coarse_as_what_holds_it(places: dict[str, Place]) -> None:
    unknown = replace(places["Lower Varnow"], id="", radius_km=400.0)
    assert rank(unknown) == 5
    assert relate(replace(unknown, name="Elsewhere"), places["Kelm"]) == "within"
    assert rank(replace(unknown, radius_km=1.0)) == 1


def test_what_is_not_known_is_unknown_not_far(places: dict[str, Place]) -> None:
    pointless = replace(places["Kelm"], lat=None, lon=None)
    assert relate(None, places["Kelm"]) == "unknown"
    assert relate(places["Varnow"], pointless) == "unknown"
    assert km(places["Varnow"], pointless) is None


def test_the_relation_is_the_same_both_ways(places: dict[str, Place]) -> None:
    for a, b in product(places.values(), repeat=2):
        assert relate(a, b) == relate(b, a)


def test_a_degree_of_latitude_is_about_111_km(places: dict[str, Place]) -> None:
    distance = km(places["Varnow"], replace(places["Varnow"], lat=32.0))
    assert distance is not None
    assert 110 < distance < 112
