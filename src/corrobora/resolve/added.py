"""A project's own gazetteer: places that a user added, beside the index that all projects share.

It lies in the project folder as one SQLite file. Adding works on a copy that takes its place when it is whole: an
interrupted or failed addition changes nothing.
"""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from corrobora.resolve.build_gazetteer import LOOSE, OTHER, PREFERRED, divisions
from corrobora.resolve.folding import fold, rough
from corrobora.resolve.gazetteer import MOST, Gazetteer
from corrobora.resolve.place_tables import OtherName, Row, rows

FILE = "gazetteer.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, code TEXT, name TEXT, kind TEXT, lat REAL, lon REAL,
                    radius REAL, population INTEGER, country TEXT, admin1 TEXT, admin1_name TEXT);
CREATE TABLE IF NOT EXISTS name (key TEXT, grade INTEGER, place INTEGER, PRIMARY KEY (key, grade, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS added (file TEXT, sha256 TEXT, places INTEGER, names INTEGER);
"""
_GATHER = """
INSERT OR IGNORE INTO main.name SELECT key, min(grade), place FROM spool.heard GROUP BY key, place
ORDER BY key, min(grade), place;
"""
# A lookup returns no more namesakes than MOST, the most populous first: the others need not be sorted out each time.
_TRIM = """
WITH many AS (SELECT key FROM main.name GROUP BY key HAVING count(*) > :most),
ranked AS (SELECT name.key, name.grade, name.place, row_number() OVER
    (PARTITION BY name.key ORDER BY place.population DESC, place.id) AS at
    FROM many CROSS JOIN main.name ON name.key = many.key JOIN main.place ON place.id = name.place)
DELETE FROM main.name WHERE (key, grade, place) IN (SELECT key, grade, place FROM ranked WHERE at > :most)
"""
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file: places and names taken in, and what was left out, by reason."""

    places: int
    names: int
    left_out: tuple[tuple[str, int], ...]


def version(folder: Path) -> str:
    """Return a word that changes when a project's own gazetteer does; '' where it has none."""
    path = folder / FILE
    if not path.is_file():
        return ""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        files = database.execute("SELECT sha256 FROM added ORDER BY rowid").fetchall()
    return sha256(repr(files).encode()).hexdigest()[:12]


def add(folder: Path, file: Path, gazetteer: Gazetteer, progress: Callable[[int, int], None]) -> Added:
    """Add a file of place names to a project's gazetteer. The same file again adds nothing.

    `progress` is told the bytes done and in all; memory does not grow with the file. A place that is there already is
    replaced, its names kept. Raises BadInput or Refused, with nothing changed, where the file cannot be used.
    """
    digest = _digest(file) if file.is_file() else ""
    path = folder / FILE
    draft = folder / f".{FILE}.{uuid4().hex}"
    for left in folder.glob(f".{FILE}.*"):  # of an addition that was killed
        left.unlink()
    try:
        if path.exists():
            shutil.copyfile(path, draft)
        with closing(sqlite3.connect(draft)) as database:
            database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
            if database.execute("SELECT 1 FROM added WHERE sha256 = ?", (digest,)).fetchone():
                return Added(0, 0, (("the file was added before", 1),))
            told = _Writer(database, gazetteer).take(file, progress)
            database.execute("INSERT INTO added VALUES (?,?,?,?)", (file.name, digest, told.places, told.names))
            database.commit()
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return told


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        digest = sha256()
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class _Writer:
    def __init__(self, database: sqlite3.Connection, gazetteer: Gazetteer) -> None:
        self._database, self._gazetteer = database, gazetteer
        self._by_code = divisions()
        self._by_name = {(code[:2], fold(name)): code for code, name in self._by_code.items()}
        self._heard: list[tuple[str, int, int]] = []
        self._placed: list[tuple[object, ...]] = []
        database.executescript("ATTACH '' AS spool; CREATE TABLE spool.heard (key TEXT, grade INTEGER, place INTEGER);")
        self._near = lru_cache(maxsize=100_000)(gazetteer.around)

    def take(self, file: Path, progress: Callable[[int, int], None]) -> Added:
        left_out: Counter[str] = Counter()
        places = names = 0
        for row in rows(file, left_out, progress):
            if isinstance(row, OtherName):
                if self._known(row.geonameid):
                    names += 1
                    self._name(row.geonameid, row.name, OTHER)
                else:
                    left_out["a name of a place that is not there"] += 1
            else:
                places += 1
                names += 1 + len(row.others)
                self._place(row)
            if len(self._heard) >= _BATCH:
                self._flush()
        self._flush()
        self._database.executescript(f"{_GATHER} DROP TABLE spool.heard;")
        self._database.execute(_TRIM, {"most": MOST})
        return Added(places, names, tuple(sorted(left_out.items(), key=lambda each: -each[1])))

    def _known(self, geonameid: int) -> bool:
        """Say whether a place of GeoNames is there, here or in the shared index; from there it is copied."""
        self._flush_places()
        if self._database.execute("SELECT 1 FROM place WHERE id = ?", (geonameid,)).fetchone():
            return True
        shared = self._gazetteer.by_id(f"geonames:{geonameid}")
        if shared is None:
            return False
        self._placed.append(
            (
                geonameid, shared.id, shared.name, shared.kind, shared.lat, shared.lon, shared.radius_km,
                shared.population, shared.country, shared.admin1, shared.admin1_name,
            )
        )  # fmt: skip
        return True

    def _place(self, row: Row) -> None:
        code = row.id or f"added:{sha256(repr((row.name, row.lat, row.lon)).encode()).hexdigest()[:12]}"
        number = int(code[9:]) if code.startswith("geonames:") else -int(sha256(code.encode()).hexdigest()[:14], 16)
        country, admin1, admin1_name = self._division(row)
        self._placed.append(
            (
                number, code, row.name, row.kind, row.lat, row.lon, row.radius, row.population, country, admin1,
                admin1_name,
            )
        )  # fmt: skip
        self._name(number, row.name, PREFERRED)
        for other in row.others:
            self._name(number, other, OTHER)

    def _division(self, row: Row) -> tuple[str, str, str]:
        """Country, and first-order division by its code, its name, or that of the nearest settlement."""
        if row.admin1 in self._by_code:
            return row.country, row.admin1, self._by_code[row.admin1]
        if code := self._by_name.get((row.country, fold(row.admin1))):
            return row.country, code, self._by_code[code]
        near = None if row.id.startswith("geonames:") else self._near(round(row.lat, 1), round(row.lon, 1))
        if near is None:
            return row.country, "", row.admin1
        if row.country in {"", near.country}:
            return near.country, near.admin1, row.admin1 or near.admin1_name
        return row.country, "", row.admin1

    def _name(self, place: int, name: str, grade: int) -> None:
        key = fold(name)
        if key:
            self._heard.append((key, grade, place))
            if key.isascii() and (sound := rough(key)):
                self._heard.append((f"~{sound}", LOOSE, place))

    def _flush_places(self) -> None:
        self._database.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", self._placed)
        self._placed.clear()

    def _flush(self) -> None:
        self._flush_places()
        self._database.executemany("INSERT INTO spool.heard VALUES (?,?,?)", self._heard)
        self._heard.clear()
