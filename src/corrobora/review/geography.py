"""Whether two towns lie apart, for showing accounts that disagree about where."""

from math import asin, cos, radians, sin, sqrt

from corrobora.model import Place

NEAR_KM = 15.0  # reports name the nearest town they know; within this, two names need not contradict each other


def far(a: Place, b: Place) -> bool:
    """Whether two points lie further apart than both reach, and 15 km. Places without a point are never far apart."""
    distance = distance_km(a, b)
    return distance is not None and distance > NEAR_KM + (a.radius_km or 0.0) + (b.radius_km or 0.0)


def distance_km(a: Place, b: Place) -> float | None:
    """The distance between two points on the sphere, in kilometres; None where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    half = sin(radians(b.lat - a.lat) / 2) ** 2
    half += cos(radians(a.lat)) * cos(radians(b.lat)) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))
