"""Running totals held against each other and against the incidents of their region. Nothing is added to a toll."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

from corrobora.model import Assessment, Figure, Incident, Place, Toll, TollCheck, TollStep
from corrobora.review.geography import distance_km

SAME_TIME = 3  # days between two statements that speak of one time
WIDE = ("province", "country")


def check_tolls(
    tolls: Sequence[Toll], incidents: Sequence[Incident], assessments: Sequence[Assessment]
) -> tuple[TollCheck, ...]:
    """Hold each toll against the other voices' tolls on the same harm, and against the sum of the incidents.

    The sum is shown beside the toll, never in it: what it lacks is what no report in the project tells of by itself.
    """
    figures = {a.incident: {f.harm: f for f in a.figures if f.rule == "range"} for a in assessments}
    return tuple(_check(toll, tolls, incidents, figures) for toll in tolls)


def _check(
    toll: Toll,
    tolls: Sequence[Toll],
    incidents: Sequence[Incident],
    figures: Mapping[str, Mapping[str, Figure]],
) -> TollCheck:
    inside = [i for i in incidents if toll.harm in figures.get(i.id, {}) and _within(i, toll)]
    told = [figures[i.id][toll.harm] for i in inside]
    lows, highs = [f.low for f in told if f.low is not None], [f.high for f in told if f.high is not None]
    high = sum(highs) if highs else None
    last = toll.steps[-1]
    named = last.low if last.low is not None else last.high
    gap = named - (high or 0) if named is not None else None
    found = dict.fromkeys(words for other in tolls for words in _conflicts(toll, other))
    return TollCheck(toll.id, tuple(found), tuple(i.id for i in inside), sum(lows) if lows else None, high, gap)


def _conflicts(toll: Toll, other: Toll) -> list[str]:
    """The figures of another voice that cannot hold beside this one's of the same days, in words."""
    if toll.voice == other.voice or toll.harm != other.harm or not _same_subject(toll, other):
        return []
    pairs = [
        (a, b) for a, b in product(toll.steps, other.steps) if _same_time(a.on, b.on) and _apart(toll, a, other, b)
    ]
    return [f"{_figure(b)} by {other.voice or 'someone unnamed'} for {b.on}, beside {_figure(a)}" for a, b in pairs]


def _same_subject(a: Toll, b: Toll) -> bool:
    since = a.since is None or b.since is None or a.since == b.since
    place = (
        a.region is not None and b.region is not None and (a.region.id, a.region.name) == (b.region.id, b.region.name)
    )
    return since and place


def _same_time(a: date | None, b: date | None) -> bool:
    return a is not None and b is not None and abs((a - b).days) <= SAME_TIME


def _apart(toll: Toll, a: TollStep, other: Toll, b: TollStep) -> bool:
    """Whether no number fits both; of classes that hold each other, whether the part is above the whole."""
    below = a.high is not None and b.low is not None and a.high < b.low
    above = b.high is not None and a.low is not None and b.high < a.low
    if toll.victims == other.victims:
        return below or above
    if "unknown" in {toll.victims, other.victims} or "mixed" in {toll.victims, other.victims}:
        return above if other.victims in {"unknown", "mixed"} else below
    return False


def _figure(step: TollStep) -> str:
    if step.low is None:
        return f"at most {step.high}"
    return (
        f"at least {step.low}"
        if step.high is None
        else str(step.low)
        if step.low == step.high
        else f"{step.low} to {step.high}"
    )


def _within(incident: Incident, toll: Toll) -> bool:
    """Whether an incident lies in a toll's region, and in its days: since its date, up to its last statement."""
    when, last = incident.date, toll.steps[-1].on
    if incident.place is None or toll.region is None or when is None or when.earliest is None or last is None:
        return False
    first = toll.since or (toll.steps[0].on if len(toll.steps) == 1 else None)
    days = (first is None or when.earliest >= first) and (when.latest or when.earliest) <= last
    return days and _inside(incident.place, toll.region)


def _inside(place: Place, region: Place) -> bool:
    """Whether a place is a region, or lies in it: by its divisions, else by the circle that the region reaches."""
    if place.id and place.id == region.id:
        return True
    if region.precision == "country":
        return bool(region.country) and place.country == region.country
    if region.precision == "province" and place.admin1 and place.admin1 in {region.admin1, region.name}:
        return True
    away = distance_km(place, region)
    return place.precision not in WIDE and away is not None and away <= (region.radius_km or 0.0)
