"""The town that a report is set in, chosen among all namesakes of all towns that it names: those that go together.

Local reports leave out what their readers know: which Millcreek, and in which state. What they name besides tells it.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import PREFERRED, Entry
from corrobora.resolve.geography import distance_km
from corrobora.resolve.ranking import people_of

# What a mention of a town tells of where a report is set, by what its name does there; a dateline may be the bureau's.
_WORTH = {
    "title": 2.0,
    "body": 3.0,
    "scene": 1.5,
    "dateline": 1.5,
    "plain": 0.5,
    "speech": 0.5,
    "origin": 0.5,
    "site": 0.8,
}
_MOST = 5.0  # of one town, however often it is named
_KNOWN, _SURE = 0.8, 2.0
"""A town is taken for a report's own where its mentions come to so much; beyond doubt, to so much in the report."""
_AGREES = 3.0  # what it weighs that everything else lies in the same division
_OUTLET = 0.7  # that the outlet's name or address holds the town's, or half of it the division's
_FAME = 0.3  # by the power of ten of its people
_CLOSE = 0.5  # of a city's circle, where but the outlet is called after it
_COUNTY, _OTHER_NAME = 0.8, 2.0
_SHORTEST = 5  # letters of a name that an address is searched for
_CITY = 50_000  # people of a town that an outlet, or what bears a division's name too, is called after
_ASTRAY = 2.0  # that the report names a public body, but none of this town nor of its division
_MUCH = 0.3  # of a division's people: such a town is meant by the name of both
_HALF = 500  # people that every settlement counts more, when a name is shared out among its namesakes


@dataclass(frozen=True, slots=True)
class Said:
    """A name as a report has it: the senses that the gazetteer knows, and what it does at one place of the text."""

    name: str
    senses: tuple[Entry, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The town, whether it is sure, and the settlements that have public bodies of their own, by id."""

    town: Entry | None
    sure: bool
    bodied: frozenset[str]


def setting(told: Sequence[Said], country: str, outlet: str) -> Setting:
    """Return where a report is set: a town of the country that it is about, or none.

    `outlet` is the outlet's name and its address. A sense gains by what the other names agree on with it: their
    division, each shared out among its namesakes by their people; a county that holds it; the outlet's name.
    """
    worth, senses = _mentions(told, country)
    votes = _votes(told, country)
    letters = re.sub(r"[^a-z]", "", fold(outlet))
    counties = [e for said in told for e in said.senses if e.kind == "admin2" and e.country == country]
    ruled = {e.admin1 for said in told if said.does == "body" for e in said.senses if e.country == country}
    scores = {
        entry.id: worth[name]
        + _AGREES * _agreement(votes, name, entry)
        + _OUTLET * _in_outlet(letters, entry)
        + _FAME * math.log10(entry.population + 10)
        - _OTHER_NAME * (entry.grade > PREFERRED)
        - _ASTRAY * bool(ruled and entry.admin1 not in ruled)
        + _COUNTY * any(c.admin1 == entry.admin1 and _km(c, entry) <= c.radius_km for c in counties)
        for name, entries in senses.items()
        for entry in entries
    }
    places = {entry.id: (entry, name) for name, entries in senses.items() for entry in entries}
    best = max(scores, key=lambda each: (scores[each], each), default=None)
    bodied = _bodied(told, scores)
    if best is None:
        return Setting(None, sure=False, bodied=bodied)
    cities = {
        city.id: 1.0 if city.id in bodied or worth[name] >= _SURE else _CLOSE
        for city, name in places.values()
        if city.id in bodied or worth[name] >= _SURE or _in_outlet(letters, city)
    }
    entry, name = _whole(places[best], [(*places[each], reach) for each, reach in cities.items()], bodied)
    sites = _WORTH["site"] * any(said.name == name and said.does == "site" for said in told)
    return Setting(entry if worth[name] >= _KNOWN else None, sure=worth[name] - sites >= _SURE, bodied=bodied)


def _mentions(told: Iterable[Said], country: str) -> tuple[Mapping[str, float], Mapping[str, tuple[Entry, ...]]]:
    """How much each name of a town is worth, and the towns of the country that it may mean."""
    worth: defaultdict[str, float] = defaultdict(float)
    senses: dict[str, tuple[Entry, ...]] = {}
    for said in told:
        towns = tuple(e for e in said.senses if _may_be(e, said, country))
        if towns and said.does in _WORTH:
            senses[said.name] = tuple(dict.fromkeys((*senses.get(said.name, ()), *towns)))
            weight = _WORTH["plain" if said.does == "body" and _divides(said.senses, towns) else said.does]
            worth[said.name] = min(_MOST, worth[said.name] + weight)
    return worth, senses


def _may_be(entry: Entry, said: Said, country: str) -> bool:
    """Say whether a name may mean this town where it stands: no village of a country's division, nor of an outlet."""
    if entry.kind != "settlement" or entry.country != country:
        return False
    if said.does == "site":
        return entry.population >= _CITY
    division = any(e.kind == "admin1" and e.country == country and e.admin1 != entry.admin1 for e in said.senses)
    return said.does in {"dateline", "body"} or not division or entry.population >= _CITY


def _divides(senses: Iterable[Entry], towns: Iterable[Entry]) -> bool:
    """Say whether a name is rather a division's than its town's: 'Katsina police' are the state's."""
    people = {e.admin1: e.population for e in senses if e.kind == "admin1"}
    return any(t.population < _MUCH * people.get(t.admin1, 0) for t in towns)


def _votes(told: Iterable[Said], country: str) -> Mapping[str, Mapping[str, float]]:
    """What each name says of the division, shares of what it weighs."""
    weights: dict[str, float] = {}
    entries: dict[str, tuple[Entry, ...]] = {}
    for said in told:
        here = tuple(e for e in said.senses if e.country == country)
        if here and said.does != "route":
            divisions = tuple(e for e in here if e.kind == "admin1")
            entries[said.name] = divisions or here
            weight = 2.0 if divisions else max(0.5, _WORTH.get(said.does, 0.5))
            weights[said.name] = max(weights.get(said.name, 0.0), weight)
    return {name: _shared(entries[name], weights[name]) for name in entries}


def _shared(entries: Sequence[Entry], weight: float) -> Mapping[str, float]:
    people = people_of(entries)
    total = sum(people[e.id] + _HALF for e in entries)
    shares: defaultdict[str, float] = defaultdict(float)
    for e in entries:
        shares[e.admin1] += weight * (people[e.id] + _HALF) / total
    shares.pop("", None)
    return shares


def _agreement(votes: Mapping[str, Mapping[str, float]], name: str, entry: Entry) -> float:
    """The share, up to 1, that the other names give the division of a town."""
    others = [shares for other, shares in votes.items() if other != name]
    total = sum(sum(shares.values()) for shares in others)
    return sum(shares.get(entry.admin1, 0.0) for shares in others) / max(total, 1.0)


def _in_outlet(letters: str, entry: Entry) -> float:
    for name, part in ((entry.name, 1.0), (entry.admin1_name, 0.5)):
        plain = re.sub(r"[^a-z]", "", fold(name))
        if len(plain) >= _SHORTEST and plain in letters:
            return part
    return 0.0


def _bodied(told: Iterable[Said], scores: Mapping[str, float]) -> frozenset[str]:
    """The towns whose own police or mayor are named: of namesakes the likeliest."""
    found = ([e.id for e in said.senses if e.id in scores] for said in told if said.does == "body")
    return frozenset(max(ids, key=lambda each: (scores[each], each)) for ids in found if ids)


def _whole(
    best: tuple[Entry, str], cities: Iterable[tuple[Entry, str, float]], bodied: frozenset[str]
) -> tuple[Entry, str]:
    """The city that the likeliest town is but a quarter of: one that report or outlet are about."""
    whole = [(city, name) for city, name, reach in cities if best[0].id not in bodied and inside(best[0], city, reach)]
    return max(whole, key=lambda each: each[0].population, default=best)


def inside(entry: Entry, town: Entry, reach: float = 1.0) -> bool:
    """Say whether a settlement of the gazetteer is a part of a town: inside its circle, a tenth of it at most.

    `reach` is the share of the circle that counts.
    """
    if entry.id == town.id or entry.kind != "settlement" or entry.population * 10 > town.population:
        return False
    return _km(entry, town) <= reach * town.radius_km


def _km(a: Entry, b: Entry) -> float:
    return distance_km(a.lat, a.lon, b.lat, b.lon)
