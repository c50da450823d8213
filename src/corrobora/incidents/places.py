"""How two places stand to each other: the same, one within the other, near, or far apart."""

from math import asin, cos, radians, sin, sqrt
from typing import Literal

from corrobora.model import Place

Relation = Literal["same", "within", "near", "far", "unknown"]

EARTH_KM = 6371.0
RANK = {"exact": 0, "neighbourhood": 1, "town": 2, "district": 3, "province": 4, "country": 5}
# How far a place reaches where its record does not say: half the width of a usual one of its kind, in km.
RADIUS = {"exact": 0.5, "neighbourhood": 2.0, "town": 6.0, "district": 25.0, "province": 100.0, "country": 500.0}
# Two towns this far apart, beyond their own reach, may still be given for one event ('near X').
NEAR_KM = 15.0


def km(a: Place, b: Place) -> float | None:
    """Great-circle distance in km between two points (haversine), or None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    half = sin(radians(b.lat - a.lat) / 2) ** 2
    half += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def rank(place: Place) -> int:
    """How coarse a place is: 0 a spot, 2 a town, 5 a country."""
    return RANK.get(place.precision, 2)


def relate(a: Place | None, b: Place | None) -> Relation:
    """Say how two places stand to each other, by both radii and precisions.

    A province contains its towns by its name in their `admin1`, else by distance. The same name in the same country
    is the same place, whatever point each report's words were resolved to.
    """
    if a is None or b is None:
        return "unknown"
    fine, coarse = sorted((a, b), key=lambda place: (rank(place), place.id, place.name))
    distance = km(fine, coarse)
    if fine.country and coarse.country and fine.country != coarse.country:
        return "far" if distance is None or distance > NEAR_KM else "near"
    if _same_name(fine, coarse):
        return "same"
    if rank(coarse) >= RANK["district"] and rank(coarse) > rank(fine):
        return _contained(fine, coarse, distance)
    return _apart(fine, coarse, distance)


def _same_name(a: Place, b: Place) -> bool:
    names = {_fold(a.name), _fold(a.text)} & {_fold(b.name), _fold(b.text)} - {""}
    return bool(a.id and a.id == b.id) or (bool(names) and rank(a) == rank(b))


def _fold(name: str) -> str:
    return name.casefold().strip()


def _contained(fine: Place, coarse: Place, distance: float | None) -> Relation:
    own = {_fold(coarse.name), _fold(coarse.admin1 if rank(coarse) == RANK["province"] else coarse.admin2)} - {""}
    level = fine.admin1 if rank(coarse) == RANK["province"] else fine.admin2
    if rank(coarse) == RANK["country"] and fine.country and coarse.country:
        return "within"
    if level and _fold(level) in own:
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
    usual = RADIUS.get(place.precision, 6.0)
    return usual if place.radius_km is None else min(place.radius_km, 4 * usual)
