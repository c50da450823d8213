"""The map: where incidents are said to have been, drawn as wide as the place is known, with a list beside it."""

from dataclasses import dataclass

from corrobora.model import Incident, Place
from corrobora.project import Project
from corrobora.web import words
from corrobora.web.ask import Ask, paged
from corrobora.web.known import Known
from corrobora.web.view import View

# How far a place may reach, in km, where the gazetteer gives no radius for it.
REACH = {"exact": 0.5, "neighbourhood": 2.0, "town": 5.0, "district": 25.0, "province": 80.0, "country": 300.0}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, and the incidents that are said to have been there."""

    place: Place
    incidents: tuple[Incident, ...]

    @property
    def radius_km(self) -> float:
        """How far from its point the place may reach, in km."""
        return self.place.radius_km or REACH.get(self.place.precision, 5.0)


def show(project: Project, ask: Ask) -> View:
    """Show the places of the incidents that answer the question."""
    record = project.record(ask.question)
    found = [Spot(group[0].place, tuple(group)) for group in Known(record).by_place().values() if group[0].place]
    spots = sorted(found, key=lambda s: (-len(s.incidents), words.where(s.place)))
    placed = {i.id for s in spots for i in s.incidents}
    unplaced = [i for i in record.incidents if i.id not in placed]
    values = {"page": paged(spots, ask), "unplaced": unplaced, "known": Known(record), "spots": spots}
    data = {"places": [_data(spot) for spot in spots], "without_a_point": [i.id for i in unplaced]}
    return View("map.html", values, data)


def _data(spot: Spot) -> dict[str, object]:
    place = spot.place
    return {
        "id": place.id,
        "name": words.where(place),
        "short": place.name or place.text,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": spot.radius_km,
        "precision": place.precision,
        "reach": words.reach(place),
        "incidents": [
            {"incident": i.id, "act": words.term(i.act), "days": words.days(i.date), "accounts": len(i.claims)}
            for i in spot.incidents
        ],
    }
