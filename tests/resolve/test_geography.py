"""Distances, and what a web address tells."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.resolve.geography import distance_km, moved, top_domain_country

LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


@given(LATS, LONS, LATS, LONS)
def test_distance_is_a_distance(a: float, b: float, c: float, d: float) -> None:
    assert 0 <= distance_km(a, b, c, d) <= math.pi * 6371 + 1
    assert math.isclose(distance_km(a, b, c, d), distance_km(c, d, a, b), abs_tol=1e-6)
    assert distance_km(a, b, a, b) < 1e-6


def test_a_degree_of_latitude() -> None:
    assert round(distance_km(0, 0, 1, 0)) == 111


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://news.example.ng/2025/a", "NG"),
        ("http://example.co.ke", "KE"),
        ("https://example.co.uk/x", "GB"),
        ("https://example.com.pk:443/", "PK"),
        ("https://example.com", ""),
        ("https://example.tv/x", ""),
        ("https://example.org/page.html", ""),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_country_of_an_address(url: str, country: str) -> None:
    assert top_domain_country(url) == country


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 360), st.floats(0, 300))
@settings(max_examples=50)
def test_what_is_moved_lies_so_far_away_and_on_the_globe(lat: float, lon: float, bearing: float, km: float) -> None:
    there = moved(lat, lon, bearing, km)
    assert distance_km(lat, lon, *there) == pytest.approx(km, abs=0.01)
    assert -90 <= there[0] <= 90
    assert -180 <= there[1] <= 180


@pytest.mark.parametrize(("bearing", "north", "east"), [(0, 1, 0), (45, 1, 1), (90, 0, 1), (180, -1, 0), (-90, 0, -1)])
def test_a_bearing_turns_clockwise_from_north(bearing: float, north: int, east: int) -> None:
    lat, lon = moved(10.0, 20.0, bearing, 50.0)
    assert [round((lat - 10) * 3), round((lon - 20) * 3)] == [north, east]
