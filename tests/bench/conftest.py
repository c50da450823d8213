"""Claims, readings and incidents of fictional reports, made by hand, for what the task's adapter makes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corrobora.model import Claim, Count, Incident, Period, Place, Reading

FILED = date(1991, 5, 14)
ON = Period("ON 3 MAY", "1991-05-03", date(1991, 5, 3), date(1991, 5, 3), "day", "", 20, 28)
AT = Place("PUERTO ARENA", "Puerto Arena", "project:arena", -12.0, -77.0, 2.0, "town", "", "", "PE", 40, 52)


CLAIM = Claim(
    id="c_0",
    document="d",
    start=0,
    end=10,
    quote="",
    act="other",
    harm="",
    count=Count(None, None, "none"),
    victims=None,
    perpetrators=(),
    targets=(),
    instruments=(),
    place=None,
    time=None,
    attribution=(),
    stance="asserts",
    modality="actual",
    scope="incident",
    evidence=(),
    mentions=(),
    part_of="",
    confidence=0.8,
    made_by=(("roles", "trained:roles"),),
    reader="test",
)


@pytest.fixture
def told() -> Callable[..., Reading]:
    """Make a reading of a claim with these parts; `number` tells claims apart and puts them in order."""

    def make(number: int = 0, place: Place | None = AT, period: Period | None = ON, **parts: Any) -> Reading:
        claim = replace(CLAIM, id=f"c_{number}", start=100 * number, end=100 * number + 90, **parts)
        return Reading(claim, "d", "", FILED, place, period, (), "", ())

    return make


@pytest.fixture
def incident() -> Callable[..., Incident]:
    """Make an incident of these readings, with the place and days of the first."""

    def make(*readings: Reading) -> Incident:
        names = tuple(r.claim.id for r in readings)
        first = readings[0]
        return Incident("i_0", first.claim.act, names, ("d",), first.period, first.place, (), ())

    return make
