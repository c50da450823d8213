"""The town that a report is set in, by its police, mayor and fire service, its title, its dateline and its scenes.

Local reports seldom say which town a street or a park lies in: their readers know it. What they name is its police.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache

from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, Entry, Gazetteer
from corrobora.resolve.geography import distance_km
from corrobora.resolve.naming import words
from corrobora.resolve.ranking import Candidate, Key, Sense

_WORD = r"(?:St\.|Ft\.|Mt\.|[A-Z][\w-]*(?:['’](?!s\b)\w+)?)"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
# What a mention of a town tells of where a report is set, by what its name does there; a dateline may be the bureau's.
_WORTH = {"title": 2.0, "body": 2.0, "scene": 1.5, "dateline": 1.5, "plain": 0.5, "speech": 0.5, "site": 1.0}
_MOST = 4.0  # of one town, however often it is named
_KNOWN, _SURE = 1.5, 2.0
"""A town is taken for a report's own where its mentions come to so much; beyond doubt, to so much."""
_FAR_KM, _KNOWN_FAR = 150.0, 100_000
_CITY = 50_000  # people of a town that a site may be called after
_DASH = re.compile(r"\s+[-–—|]+\s+|\s*\|\s*")


@cache
def _body() -> re.Pattern[str]:
    table = words()["bodies"]
    of = "|".join(re.escape(word) for word in table["words"])
    between = "|".join(re.escape(word) for word in table["between"])
    return re.compile(rf"\b(?P<name>{_NAME})(?:['’]s)?(?: (?i:{between}))* (?i:{of})\b")


def bodies(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the towns whose police, mayor or other public bodies a text names, as often as it does.

    >>> # "Toriel police said ... the Greater Varnow Fire Department": 'Toriel', 'Varnow'
    """
    known: dict[str, str] = {}
    for match in _body().finditer(text):
        named = match["name"]
        if named not in known:
            known[named] = _town(named, gazetteer)
        if known[named]:
            yield known[named]


def _town(named: str, gazetteer: Gazetteer) -> str:
    """The longest part of a name that is a town's, of equals the most peopled: 'Varnow' of 'Greater Varnow Metro'."""
    pieces = named.split(" ")
    parts = [" ".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)]
    plain = words()["bodies"]["between"]  # 'Metro police' are no town's of that name
    found = [(part.count(" "), _people(part, gazetteer), part) for part in parts if part.casefold() not in plain]
    return max((each for each in found if each[1]), default=(0, 0, ""))[2]


def _people(name: str, gazetteer: Gazetteer) -> int:
    towns = (e for e in gazetteer.lookup(name) if e.kind == "settlement" and e.grade < LOOSE)
    return max((e.population for e in towns if fold(e.name) == fold(name)), default=0)


def of_site(title: str, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """Yield the towns that a page's title names behind its headline: 'Two hurt - Channel 9 Varnow'."""
    for tail in _DASH.split(title)[1:]:
        for match in re.finditer(_NAME, tail):
            name = _town(match[0], gazetteer)
            if name and _people(name, gazetteer) >= _CITY:
                best = max(gazetteer.lookup(name), key=lambda e: (e.kind == "settlement", e.population))
                yield Candidate(best, 0.0, ())


def home(told: Iterable[tuple[Candidate, str]], country: str) -> tuple[Entry | None, bool]:
    """Return the town that a report is set in, or None, and whether that is sure: its own bodies or scenes are named.

    `told` gives what each name means and does in its sentence; the town lies in the country that the report is about.
    """
    worth: defaultdict[str, float] = defaultdict(float)
    towns: dict[str, Entry] = {}
    for candidate, does in told:
        entry = candidate.entry
        if entry.kind == "settlement" and entry.country == country and does in _WORTH:
            towns[entry.id] = entry
            worth[entry.id] = min(_MOST, worth[entry.id] + _WORTH[does])
    best = max(
        towns, key=lambda name: (worth[name] + 0.2 * math.log10(towns[name].population + 10), name), default=None
    )
    if best is None or worth[best] < _KNOWN:
        return None, False
    return towns[best], worth[best] >= _SURE


def near_home(senses: Mapping[Key, Sense], tied: AbstractSet[Key], town: Entry) -> dict[Key, Sense]:
    """Let names that nothing ties to another place mean the namesake near the report's town, or none, not one far off.

    'Whitehaven' in a report of Memphis is none in another state; a city that is known everywhere keeps its name.
    """
    return {key: sense if key in tied else _local(sense, town) for key, sense in senses.items()}


def _local(sense: Sense, town: Entry) -> Sense:
    chosen = sense.chosen
    if chosen is None or not _strays(chosen.entry, town):
        return sense
    near = next((c for c in sense.candidates if c.entry.grade < LOOSE and not _strays(c.entry, town)), None)
    return replace(sense, chosen=near)


def _strays(entry: Entry, town: Entry) -> bool:
    small = entry.kind in {"settlement", "admin2", "part", "site"} and entry.population < _KNOWN_FAR
    return small and distance_km(entry.lat, entry.lon, town.lat, town.lon) > _FAR_KM


def part_of(entry: Entry, town: Entry | None) -> bool:
    """Say whether a settlement of the gazetteer is a part of the report's town: inside its circle, a tenth of it."""
    if town is None or entry.id == town.id or entry.kind != "settlement" or entry.population * 10 > town.population:
        return False
    return distance_km(entry.lat, entry.lon, town.lat, town.lon) <= town.radius_km
