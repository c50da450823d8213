"""How far a place is known: the chance that it is the right one, and the precision codes of ACLED and UCDP."""

import math
from dataclasses import replace

from corrobora.model import Place
from corrobora.resolve.gazetteer import LOOSE
from corrobora.resolve.geography import distance_km
from corrobora.resolve.ranking import Sense

# Logistic weights of one, the lead over the next candidate elsewhere, the score itself, and a match by sound alone:
# fitted on the development parts of three corpora (4,794 names; GeoWebNews, TUD-Loc, GeoVirus). On two that it had not
# seen (3,382 names; LGL, TR-News) the chance it gives is off by 0.035 on average.
_WEIGHTS = (-0.955, 0.589, 0.286, -1.309)
_LEAD, _SCORE = (-2.0, 6.0), 12.0
_ELSEWHERE_KM = 50
# ACLED codebook, geo-precision: 1 the place itself, 2 near it or a part of a region, 3 a larger region. UCDP GED
# codebook, where_prec: 1 exact, 2 within about 25 km, 3 second-order and 4 first-order division, 5 a line or an area
# without name, 6 the country.
_ACLED = {"exact": 1, "neighbourhood": 1, "town": 1, "district": 2, "province": 3, "country": 3}
_UCDP = {"exact": 1, "neighbourhood": 1, "town": 1, "district": 3, "province": 4, "country": 6}
_REACH = ((25.0, 2, 2), (60.0, 2, 3), (400.0, 3, 4))


def chance(sense: Sense) -> float | None:
    """Return the chance, from 0 to 1, that the chosen candidate of a name is the right one; None where none is."""
    chosen = sense.chosen
    if chosen is None:
        return None
    here = chosen.entry
    away = (
        other.score
        for other in sense.candidates
        if distance_km(here.lat, here.lon, other.entry.lat, other.entry.lon) > _ELSEWHERE_KM
    )
    lead = min(_LEAD[1], max(_LEAD[0], chosen.score - max(away, default=0.0)))
    parts = (1.0, lead, min(_SCORE, chosen.score), float(here.grade == LOOSE))
    return round(1 / (1 + math.exp(-sum(w * part for w, part in zip(_WEIGHTS, parts, strict=True)))), 3)


def coded(place: Place) -> Place:
    """Return a place with its codes: by its precision, or, where the gazetteer knows no such name, by its circle.

    >>> place = Place("", "Homs", "geonames:169577", 34.7, 36.7, 17.6, "town", "Homs", "", "SY", -1, -1)
    >>> coded(place).geo_precision, coded(place).where_prec
    (1, 1)
    """
    acled, ucdp = _ACLED[place.precision], _UCDP[place.precision]
    if not place.id:
        reach = place.radius_km or 0.0
        acled, ucdp = next(((a, u) for most, a, u in _REACH if reach <= most), (3, 6))
    return replace(place, geo_precision=acled, where_prec=ucdp)


def vaguer(place: Place, where_prec: int) -> Place:
    """Return a place with codes that say it is not the place itself, but near it (2) or between places (5).

    >>> place = Place("", "Homs", "geonames:169577", 34.7, 36.7, 17.6, "town", "Homs", "", "SY", -1, -1)
    >>> vaguer(coded(place), 5).geo_precision, vaguer(coded(place), 5).where_prec
    (2, 5)
    """
    return replace(
        place, geo_precision=max(2, place.geo_precision or 0), where_prec=max(where_prec, place.where_prec or 0)
    )
