"""What tells of the town that a report is set in beside its place names, and what that town makes of these.

Local reports seldom say which town a street or a park lies in: their readers know it. What they name is its police.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache

from corrobora.resolve.folding import fold
from corrobora.resolve.gazetteer import LOOSE, Entry, Gazetteer
from corrobora.resolve.geography import distance_km
from corrobora.resolve.naming import kinds_of, words
from corrobora.resolve.ranking import Candidate, Key, Sense

_WORD = r"(?:St\.|Ft\.|Mt\.|[A-Z][\w-]*(?:['’](?!s\b)\w+)?)"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_FAR_KM, _KNOWN_FAR = 150.0, 100_000
_CITY, _LARGE = 50_000, 100_000  # people of a town that a site may be called after
_LETTERS = 6  # of a name that an address is searched for
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
    if any(kinds_of(piece) & {"admin1", "admin2"} for piece in pieces):
        return ""  # 'Varnow County police' are no town's
    parts = [" ".join(pieces[i:j]) for i in range(len(pieces)) for j in range(i + 1, len(pieces) + 1)]
    # 'Metro police' are no town's of that name, and those of West Varnow not West's
    plain = (*words()["bodies"]["between"], *words()["bodies"]["sides"])
    found = [(part.count(" "), _people(part, gazetteer), part) for part in parts if part.casefold() not in plain]
    return max((each for each in found if each[1]), default=(0, 0, ""))[2]


def _people(name: str, gazetteer: Gazetteer) -> int:
    towns = (e for e in gazetteer.lookup(name) if e.kind == "settlement" and e.grade < LOOSE)
    return max((e.population for e in towns if fold(e.name) == fold(name)), default=0)


def states(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the first-order divisions whose police, patrol or governor a text names, as often as it does."""
    for match in _state_body().finditer(text):
        pieces = match["name"].split(" ")
        for name in (" ".join(pieces[at:]) for at in range(len(pieces))):
            if any(e.kind == "admin1" and e.grade < LOOSE for e in gazetteer.named(name)):
                yield name
                break


@cache
def _state_body() -> re.Pattern[str]:
    of = "|".join(re.escape(word) for word in words()["bodies"]["state"])
    return re.compile(rf"\b(?P<name>{_NAME})(?:['’]s)? (?i:{of})\b")


def of_outlet(address: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the cities that an outlet's address begins or ends with: 'varnowtimes.example', 'radio7varnow.example'."""
    for label in re.findall(rf"[a-z]{{{_LETTERS},}}", address.casefold().partition("/")[0]):
        cuts = range(_LETTERS, len(label) + 1)
        for name in dict.fromkeys((*(label[:at] for at in cuts), *(label[-at:] for at in cuts))):
            if any(e.kind == "settlement" and e.grade == 0 and e.population >= _LARGE for e in gazetteer.named(name)):
                yield name


def directed(name: str) -> str:
    """Return the town of which a name gives a side, '' where it gives none.

    >>> directed("Southwest Varnow"), directed("Varnow"), directed("North")
    ('Varnow', '', '')
    """
    first, _, rest = name.partition(" ")
    return rest if first.casefold() in words()["bodies"]["sides"] else ""


def of_site(title: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the towns that a page's title names behind its headline: 'Two hurt - Channel 9 Varnow'."""
    for tail in _DASH.split(title)[1:]:
        for match in re.finditer(_NAME, tail):
            name = _town(match[0], gazetteer)
            if name and _people(name, gazetteer) >= _CITY:
                yield name


def near_home(
    senses: Mapping[Key, Sense], found: Mapping[Key, tuple[Entry, ...]], tied: AbstractSet[Key], town: Entry
) -> dict[Key, Sense]:
    """Let names that nothing ties to another place mean the namesake near the report's town, or none, not one far off.

    'Whitehaven' in a report of Memphis is none in another state; a city that is known everywhere keeps its name.
    `found` are all namesakes of each name.
    """
    return {key: sense if key in tied else _local(sense, found.get(key, ()), town) for key, sense in senses.items()}


def _local(sense: Sense, found: tuple[Entry, ...], town: Entry) -> Sense:
    chosen = sense.chosen
    if chosen is None or not _strays(chosen.entry, town):
        return sense
    near = next((e for e in found if e.grade < LOOSE and not _strays(e, town)), None)
    ranked = next((c for c in sense.candidates if c.entry == near), None)
    if near is None or ranked is not None:
        return replace(sense, chosen=ranked)
    nearest = Candidate(near, 0.0, ((f"near {town.name}, where the report is set", 0.0),))
    return replace(sense, chosen=nearest, candidates=(nearest, *sense.candidates[:2]))


def _strays(entry: Entry, town: Entry) -> bool:
    small = entry.kind == "admin2" or (entry.kind in {"settlement", "part", "site"} and entry.population < _KNOWN_FAR)
    return small and entry.admin1 != town.admin1 and distance_km(entry.lat, entry.lon, town.lat, town.lon) > _FAR_KM
