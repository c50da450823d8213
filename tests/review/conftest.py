"""A maker of readings and incidents: fictional reports from a country that does not exist."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from corrobora.model import (
    Claim,
    Count,
    Incident,
    Period,
    Perpetrator,
    Place,
    Reading,
    Span,
    Speaker,
    Victims,
    Voice,
)

PLACES = {
    "Varnow": Place("Varnow", "Varnow", "project:Varnow", 31.0, 11.0, 4.0, "town", "Osk", "", "XA", 0, 6),
    "Kelm": Place("Kelm", "Kelm", "project:Kelm", 31.9, 11.2, 4.0, "town", "Osk", "", "XA", 0, 4),
    "Lower Varnow": Place(
        "Lower Varnow", "Lower Varnow", "", 31.02, 11.01, 1.0, "neighbourhood", "Osk", "", "XA", 0, 9
    ),
    "Osk": Place("Osk", "Osk", "admin1:XA.1", 31.4, 11.1, 90.0, "province", "Osk", "", "XA", 0, 3),
    "Ardia": Place("Ardia", "Ardia", "country:XA", 32.0, 12.0, 400.0, "country", "", "", "XA", 0, 5),
    "Toriel": Place("Toriel", "Toriel", "project:Toriel", -12.0, 40.0, 4.0, "town", "", "", "XB", 0, 6),
}


def make(
    claim: str,
    document: str = "a",
    *,
    low: int | None = 5,
    high: int | None = -1,
    qualifier: str = "exact",
    harm: str = "killed",
    act: str = "shooting",
    place: str | None = "Varnow",
    day: str | None = "2031-05-04",
    until: str | None = None,
    published: str | None = "2031-05-05",
    outlet: str | None = None,
    speaker: str = "",
    victims: str = "civilian",
    names: tuple[str, ...] = (),
    actor: str = "",
    quote: str = "",
    start: int = 0,
    part_of: str = "",
    status: str = "asserted",
    whom: str = "all",
    roles: tuple[str, ...] = (),
    stance: str = "asserts",
    modality: str = "actual",
    scope: str = "incident",
) -> Reading:
    count = Count(low, low if high == -1 else high, qualifier)
    period = None
    if day is not None:
        first, last = date.fromisoformat(day), date.fromisoformat(until or day)
        period = Period(day, day, first, last, "day" if first == last else "days", "stated", 0, 4)
    said = Claim(
        id=claim,
        document=document,
        start=start,
        end=start + 40,
        quote=quote or f"words of {claim}",
        act=act,
        harm=harm,
        count=count,
        victims=Victims(whom, victims, roles, names, 0, 1),
        perpetrators=(Perpetrator(actor, actor, "unknown", status, "", 0, 1),) if actor else (),
        targets=(),
        instruments=(),
        place=Span(0, 1, place) if place else None,
        time=None,
        attribution=(Speaker(speaker, speaker, "said", 0, 1),) if speaker else (),
        stance=stance,
        modality=modality,
        scope=scope,
        evidence=(),
        mentions=(),
        part_of=part_of,
        confidence=0.9,
        made_by=(),
        reader="test",
    )
    paper = f"The {document.upper()} Post" if outlet is None else outlet
    return Reading(
        claim=said,
        file=f"{document}.txt",
        outlet=paper,
        published=date.fromisoformat(published) if published else None,
        place=replace(PLACES[place]) if place else None,
        period=period,
        speakers=(speaker,) if speaker else (),
        voice=speaker or paper,
        actors=(actor,) if actor else (),
    )


@pytest.fixture(scope="session")
def told() -> Callable[..., Reading]:
    """Return a function that makes one reading; see `make` for what can be said."""
    return make


@pytest.fixture(scope="session")
def incident() -> Callable[..., Incident]:
    """Return a function that puts readings into one incident, one voice for each speaker or outlet."""

    def gather(*readings: Reading) -> Incident:
        spoken: dict[str, list[Reading]] = {}
        for reading in readings:
            spoken.setdefault(reading.voice, []).append(reading)
        voices = tuple(
            Voice(name, tuple(r.claim.id for r in said), tuple(sorted({r.outlet for r in said})))
            for name, said in spoken.items()
        )
        claims = tuple(reading.claim.id for reading in readings)
        documents = tuple(dict.fromkeys(reading.claim.document for reading in readings))
        place = next((reading.place for reading in readings if reading.place), None)
        return Incident("i_1", "shooting", claims, documents, None, place, voices, ())

    return gather


@pytest.fixture(scope="session")
def places() -> dict[str, Place]:
    """Return the places of the fictional country, by name."""
    return PLACES
