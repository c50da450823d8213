"""How two places stand to each other: the same, one within the other, near, or far apart."""

from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Literal
from unicodedata import combining, normalize

from corrobora.model import Place

Relation = Literal["same", "named", "within", "near", "far", "unknown"]

EARTH_KM = 6371.0
RANK = {"exact": 0, "neighbourhood": 1, "town": 2, "district": 3, "province": 4, "country": 5}
# How far a place reaches where its record does not say: half the width of a usual one of its kind, in km.
RADIUS = {"exact": 0.5, "neighbourhood": 2.0, "town": 6.0, "district": 25.0, "province": 100.0, "country": 500.0}
# Two towns this far apart, beyond their own reach, may still be given for one event ('near X').
NEAR_KM = 15.0
# How coarse an unknown name is by the reach, in km, of what holds it.
HOLDS = ((1, 3.0), (2, 30.0), (3, 60.0), (4, 300.0))
# Likeness of two spellings of one name: one letter of six, two of thirteen (difflib's ratio).
ALIKE = 0.85


def km(a: Place, b: Place) -> float | None:
    """Great-circle distance in km between two points (haversine), or None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    half = sin(radians(b.lat - a.lat) / 2) ** 2
    half += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


@lru_cache(maxsize=100_000)
def bare(place: Place) -> Place:
    """A place without the words that name it in one report, and without why it was chosen."""
    return replace(place, text="", start=0, end=0, why=(), geo_precision=None, where_prec=None, score=None)


def rank(place: Place) -> int:
    """How coarse a place is: 0 a spot, 2 a town, 5 a country.

    A name that no gazetteer knows has the point and the reach of what is known to hold it, and is as coarse as that.
    """
    return _rank(place.precision, None if place.id else place.radius_km)


@lru_cache(maxsize=10_000)
def _rank(precision: str, radius_km: float | None) -> int:
    stated = RANK.get(precision, 2)
    if radius_km is None:
        return stated
    return max(stated, next((rank for rank, reach in HOLDS if radius_km <= reach), RANK["country"]))


def relate(a: Place | None, b: Place | None) -> Relation:
    """Say how two places stand to each other, by names, both radii and precisions.

    named: the same name, or one spelt much alike that could be there, wherever each report's words were put on the map.
    A province contains its towns by its name in their `admin1`, else by distance.
    """
    if a is None or b is None:
        return "unknown"
    fine, coarse = sorted((a, b), key=lambda place: (rank(place), place.id, place.name, place.radius_km or 0.0))
    distance = km(fine, coarse)
    if fine.country and coarse.country and fine.country != coarse.country:
        return "far" if distance is None or distance > NEAR_KM else "near"
    if fine.id and fine.id == coarse.id:
        return "same"
    found = _by_map(fine, coarse, distance)
    alike = _alike(fine, coarse)
    if alike == 1.0 and found == "far" and fine.id and coarse.id:
        return "near"  # two villages of one name, or one that was put on the map in two ways: it says little
    return "named" if alike == 1.0 or (alike and found != "far") else found


def _by_map(fine: Place, coarse: Place, distance: float | None) -> Relation:
    if rank(coarse) >= RANK["district"] and (rank(coarse) > rank(fine) or not (fine.id and coarse.id)):
        return _contained(fine, coarse, distance)
    return _apart(fine, coarse, distance)


def _alike(a: Place, b: Place) -> float:
    """1 where both have the same name and kind, .5 where their names are spelt much alike, else 0."""
    if abs(RANK.get(a.precision, 2) - RANK.get(b.precision, 2)) > 1 or (
        RANK["country"] in (rank(a), rank(b)) and a.id and b.id
    ):
        return 0.0
    return _names_alike(fold(a.name), fold(b.name))


@lru_cache(maxsize=100_000)
def _names_alike(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if min(len(a), len(b)) <= 4 or a[0] != b[0]:
        return 0.0
    likeness = SequenceMatcher(None, a, b, autojunk=False)
    return 0.5 if likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE else 0.0


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """A name without case, accents and marks: 'Pont-Rosé' and 'pont rose' are one.

    >>> fold("Pont-Rosé")
    'pont rose'
    """
    plain = "".join(char for char in normalize("NFKD", name.casefold()) if not combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def _contained(fine: Place, coarse: Place, distance: float | None) -> Relation:
    province = RANK.get(coarse.precision) == RANK["province"]
    own = {fold(coarse.name), fold(coarse.admin1 if province else coarse.admin2)} - {""}
    level = fold(fine.admin1 if province else fine.admin2)
    if coarse.precision == "country" and fine.country and coarse.country:
        return "within"
    if coarse.id and level and level in own:
        return "within"
    if distance is None:
        return "unknown"
    return "within" if distance <= _reach(coarse) + _reach(fine) else "far"


def _apart(a: Place, b: Place, distance: float | None) -> Relation:
    if distance is None:
        return "unknown"
    reach = max(3.0, _reach(a) + _reach(b)) if max(rank(a), rank(b)) < RANK["district"] else (_reach(a) + _reach(b)) / 2
    if distance <= reach:
        return "same"
    return "near" if distance <= reach + NEAR_KM else "far"


def _reach(place: Place) -> float:
    return RADIUS.get(place.precision, 6.0) if place.radius_km is None else place.radius_km
