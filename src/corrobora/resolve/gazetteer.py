"""The gazetteer: every known sense of a place name, from an index that opens at once and stays on disk."""

import math
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import platformdirs

from corrobora.errors import NotFound
from corrobora.resolve.build_gazetteer import LOOSE, OTHER, PREFERRED, build, is_index, made_of
from corrobora.resolve.folding import fold, skeleton
from corrobora.resolve.geography import distance_km
from corrobora.resolve.homes import Home, outlet_key
from corrobora.resolve.naming import parse

__all__ = ["LOOSE", "OTHER", "PREFERRED", "Entry", "Gazetteer", "build", "default_path", "open_index"]

# Namesakes beyond this many, the least populous, are left out: San Antonio has some hundreds.
MOST = 250
_FIND = """
SELECT place.code, place.name, place.kind, place.lat, place.lon, place.radius, place.population, place.country,
       coalesce(substr(above.code, 8), ''), coalesce(above.name, ''), place.capital, name.grade
FROM name JOIN place ON place.id = name.place LEFT JOIN place AS above ON above.id = place.above
WHERE name.key = ? ORDER BY place.population DESC, place.id LIMIT ?
"""
_ADDED = """
SELECT place.code, place.name, place.kind, place.lat, place.lon, place.radius, place.population, place.country,
       place.admin1, place.admin1_name, 0, name.grade
FROM name JOIN place ON place.id = name.place WHERE name.key = ? ORDER BY place.population DESC, place.id LIMIT ?
"""
_ALL = """
SELECT place.code, place.name, place.kind, place.lat, place.lon, place.radius, place.population, place.country,
       coalesce(substr(above.code, 8), ''), coalesce(above.name, ''), place.capital, 0
FROM place LEFT JOIN place AS above ON above.id = place.above WHERE place.kind = 'settlement'
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sense of a name.

    `kind`: site (a building or base), part (of a town), settlement, admin2, admin1, country, region. `admin1` is the
    GeoNames code of the first-order division (`SY.02`), `admin1_name` its name; `capital` is 1 for a country's capital.
    `grade`: 0 the preferred name was matched, 1 another of its names, 2 only the sound of one. Degrees and km;
    population 0 where it is not known.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    population: int
    country: str
    admin1: str
    admin1_name: str
    capital: int
    grade: int


def default_path() -> Path:
    """Return where this user's index belongs: one file for each version of the data and of the index.

    >>> default_path().suffix
    '.sqlite'
    """
    return platformdirs.user_cache_path("corrobora") / f"gazetteer-{made_of()}.sqlite"


def open_index(path: Path, added: Path | None = None, homes: Mapping[str, Home] | None = None) -> "Gazetteer":
    """Open the index at `path`, and a project's own at `added`, for reading; `homes` are those of outlets, by key.

    Raises NotFound where there is none, or where it was made by another version.
    """
    if not is_index(path):
        raise NotFound(f"There is no gazetteer of this version at {path}.", hint="Make it: corrobora gazetteer")
    return Gazetteer(path, added, homes)


class Gazetteer:
    """Looks names up. May be used from several threads; each asks in turn.

    >>> Gazetteer.lookup.__name__
    'lookup'
    """

    def __init__(self, path: Path, added: Path | None = None, homes: Mapping[str, Home] | None = None) -> None:
        self._homes = homes or {}
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._added = (
            sqlite3.connect(f"{added.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            if added and added.is_file()
            else None
        )
        self._turn = threading.Lock()
        self._find = lru_cache(maxsize=4_096)(self._senses)
        self._named = lru_cache(maxsize=4_096)(self._read)
        self._demonyms: dict[str, str] = dict(self._database.execute("SELECT key, country FROM demonym"))
        self._whole: tuple[dict[str, Entry], dict[tuple[int, int], list[Entry]]] | None = None

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return every sense of `name`, exact names before sounds, the most populous first. No match is ().

        Words that tell a kind may stand beside the name: 'Benue State' and 'state of Benue' are found as 'Benue' is.
        """
        return self._find(name.strip())

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return the senses that bear exactly this name, whole: no word beside it is left out, no sound is guessed."""
        return self._named(fold(name))

    def division(self, code: str) -> Entry | None:
        """Return the country or first-order division with a code such as `SY` or `SY.02`, or None."""
        kind = "admin1" if "." in code else "country"
        return next(iter(self._read(f"={kind}:{code}")), None)

    def country_of(self, demonym: str) -> str:
        """Return the ISO 3166 code of the country whose people or things are called so, or ''."""
        key = fold(demonym)
        return self._demonyms.get(key) or self._demonyms.get(key.removesuffix("s"), "")

    def home(self, outlet: str) -> Home | None:
        """Return where an outlet is at home, if that was learned."""
        return self._homes.get(outlet_key(outlet)) if self._homes else None

    def close(self) -> None:
        """Close the file."""
        self._database.close()
        if self._added:
            self._added.close()

    def by_id(self, code: str) -> Entry | None:
        """Return the settlement of the shared index with an id such as `geonames:170063`, or None."""
        return self._settlements()[0].get(code)

    def around(self, lat: float, lon: float) -> Entry | None:
        """Return the settlement of the shared index nearest to a point in degrees, within about 100 km, or None."""
        cells = self._settlements()[1]
        row, column = math.floor(lat * 2), math.floor(lon * 2)
        near = [e for a in (-1, 0, 1) for b in (-1, 0, 1) for e in cells.get((row + a, column + b), ())]
        return min(near, key=lambda e: distance_km(lat, lon, e.lat, e.lon), default=None)

    def _settlements(self) -> tuple[dict[str, Entry], dict[tuple[int, int], list[Entry]]]:
        """Every settlement of the shared index, by id and by cell of half a degree: read once, when first asked."""
        if self._whole is None:
            ids: dict[str, Entry] = {}
            cells: dict[tuple[int, int], list[Entry]] = {}
            with self._turn:
                for row in self._database.execute(_ALL):
                    entry = Entry(*row)
                    ids[entry.id] = entry
                    cells.setdefault((math.floor(entry.lat * 2), math.floor(entry.lon * 2)), []).append(entry)
            self._whole = (ids, cells)
        return self._whole

    def _senses(self, name: str) -> tuple[Entry, ...]:
        found: dict[str, Entry] = {}
        for spelled in dict.fromkeys((name, parse(name)[0])):
            for key in (fold(spelled), f"~{skeleton(spelled)}"):
                for entry in self._read(key):
                    found.setdefault(entry.id, entry)
            if any(entry.grade < LOOSE for entry in found.values()):
                break
        return tuple(found.values())

    def _read(self, key: str) -> tuple[Entry, ...]:
        if key in {"", "~"}:
            return ()
        with self._turn:
            own = self._added.execute(_ADDED, (key, MOST)).fetchall() if self._added else []
            rows = self._database.execute(_FIND, (key, MOST)).fetchall()
        return tuple({row[0]: Entry(*row) for row in reversed((*own, *rows))}.values())[::-1]
