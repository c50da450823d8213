"""Distances on the globe, and the country of a web address."""

import math
import re

_EARTH_KM = 6371.0
# Top-level domains that are no ISO 3166 code, or that are sold to the world and tell no country.
_ELSEWHERE = {"uk": "GB"}
_SOLD = frozenset(
    [
        "co",
        "io",
        "me",
        "tv",
        "cc",
        "ai",
        "fm",
        "ly",
        "to",
        "ws",
        "gg",
        "sh",
        "ac",
        "la",
        "eu",
        "su",
        "am",
        "dj",
        "gl",
        "pw",
        "tk",
        "ml",
        "ga",
        "cf",
        "gq",
        "nu",
        "st",
        "vc",
    ]
)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance in km between two points in degrees (haversine, a sphere of 6,371 km).

    >>> round(distance_km(33.51, 36.29, 35.52, 35.79))
    228
    """
    a, b = math.radians(lat), math.radians(other_lat)
    turn = math.radians(other_lon - lon)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point that lies `km` from another in a direction, in degrees clockwise from north, on the same sphere.

    >>> [round(each, 2) for each in moved(33.51, 36.29, 0.0, 20.0)]
    [33.69, 36.29]
    """
    start, turn, arc = math.radians(lat), math.radians(bearing), km / _EARTH_KM
    end = math.asin(math.sin(start) * math.cos(arc) + math.cos(start) * math.sin(arc) * math.cos(turn))
    east = math.atan2(math.sin(turn) * math.sin(arc) * math.cos(start), math.cos(arc) - math.sin(start) * math.sin(end))
    return math.degrees(end), (lon + math.degrees(east) + 180) % 360 - 180


def top_domain_country(url: str) -> str:
    """Return the ISO 3166 code that a web address's last domain tells, or ''.

    >>> top_domain_country("https://news.example.co.ke/a"), top_domain_country("https://example.com")
    ('KE', '')
    """
    found = re.match(r"https?://[^/:?#]+\.([a-z]{2})(?:[/:?#]|$)", url.lower())
    if not found or found[1] in _SOLD:
        return ""
    return _ELSEWHERE.get(found[1], found[1].upper())
