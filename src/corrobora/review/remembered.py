"""Places that persons have put right: what they said of a name holds wherever the project's reports use it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from corrobora.errors import BadInput
from corrobora.model import Decision, Reading, standing
from corrobora.review.values import PRECISIONS, parsed
from corrobora.settings import ProjectPlace

_RADIUS_KM = 1.0
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+(?:[ -][^\W\d_a-z][\w’'-]+)*")


def remembered(readings: Sequence[Reading], decisions: Sequence[Decision]) -> tuple[ProjectPlace, ...]:
    """Return the places of standing corrections that give a point, as places of the project, the latest last.

    `readings` are as the machine made them. A place goes by its corrected name and by the first name in the claim's own
    words of place, which stays whatever it is resolved to, unless the gazetteer has that name for another place: who
    moves an event from one known town to another does not rename the town. Two corrections of one name leave the later.
    """
    machine = {reading.claim.id: reading for reading in readings}
    found: dict[str, ProjectPlace] = {}
    for decision in standing(decisions):
        value = _place(decision)
        reading = machine.get(decision.subjects[0]) if decision.subjects else None
        if value is None:
            continue
        said = _said(reading) if reading else ""
        place = _project_place(value, (said,) if said not in {"", value["name"]} else ())
        for name in (place.name, *place.aliases):
            found.pop(name, None)
        found[(*place.aliases, place.name)[0]] = place
    return tuple(found.values())


def _said(reading: Reading) -> str:
    """The first name in a claim's words of place; '' where the gazetteer knows it."""
    found = _NAME.search(reading.claim.place.text) if reading.claim.place else None
    place = reading.place
    known = place is not None and place.id and not place.id.startswith("project:")
    return found[0] if found and not (known and place and place.name == found[0]) else ""


def _place(decision: Decision) -> Mapping[str, Any] | None:
    if decision.verdict != "correct" or "place" not in dict(decision.values):
        return None
    try:
        value: Mapping[str, Any] = parsed({"place": dict(decision.values)["place"]})["place"]
    except BadInput:
        return None
    return value if value.get("lat") is not None and value.get("lon") is not None else None


def _project_place(value: Mapping[str, Any], aliases: tuple[str, ...]) -> ProjectPlace:
    precision = value.get("precision")
    return ProjectPlace(
        name=value["name"],
        lat=float(value["lat"]),
        lon=float(value["lon"]),
        radius_km=float(value.get("radius_km") or _RADIUS_KM),
        precision=precision if precision in PRECISIONS else "town",
        admin1=value.get("admin1") or "",
        admin2=value.get("admin2") or "",
        country=value.get("country") or "",
        aliases=aliases,
    )
