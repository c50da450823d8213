"""Rows of place names from a user's file, one at a time: GeoNames dumps, tables with points or p-codes, GeoJSON.

Nothing is held but the row at hand, so a dump of any length may be read; only a GeoJSON file that is one long line is
taken whole, up to a limit. A row that cannot be used is counted with its reason, and costs itself alone.
"""

import csv
import io
import math
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from corrobora.errors import BadInput, Refused

# No name of a place is longer; no line of a table is.
_LONGEST_NAME, _LONGEST_LINE = 200, 1_000_000
_LARGEST_GEOJSON = 200_000_000
_GEONAMES_COLUMNS, _ALTERNATE_COLUMNS = 19, 8
# GeoNames feature classes and codes (https://www.geonames.org/export/codes.html) that name places of events.
_SITES = re.compile(r"AIR[BFHP]|BDG|BRKS|CMP\w*|CTRM|FT|HSP[CDL]?|INSM|MILB|NVB|PRN|RSTN|STNM")
_NOT_NAMES = frozenset(("link", "wkdt", "post", "unlc", "iata", "icao", "faac", "tcid", "phon", "piny"))
# Columns by what they hold, in the order in which they are looked for; compared without case and punctuation.
_COLUMNS = {
    "lat": ("lat", "latitude", "y", "pointy", "ycoord", "centerlat", "centroidlat"),
    "lon": ("lon", "lng", "long", "longitude", "x", "pointx", "xcoord", "centerlon", "centroidlon"),
    "name": ("name", "nameen", "placename", "toponym", "place", "settlement", "village", "town", "asciiname", "label"),
    "others": (
        "aliases",
        "alternatenames",
        "altnames",
        "othernames",
        "namear",
        "namelocal",
        "namefr",
        "namees",
        "nameuk",
    ),
    "id": ("pcode", "code", "id", "uuid", "geonameid"),
    "population": ("population", "pop"),
    "country": ("countrycode", "iso2", "iso", "country", "adm0pcode", "admin0pcode"),
    "admin1": ("admin1", "adm1en", "admin1nameen", "adm1name", "governorate", "province", "region", "state"),
    "kind": ("kind", "type", "featureclass"),
    "radius": ("radius", "radiuskm"),
}
_LEVEL = re.compile(r"^adm(?:in)?(\d)(?:name)?([a-z]{2})?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One place as a file tells it. `id` is '' where the file gives none; `kind` as of a gazetteer's Entry."""

    id: str
    name: str
    others: tuple[str, ...]
    kind: str
    lat: float
    lon: float
    radius: float
    population: int
    country: str
    admin1: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """A further name of a place of GeoNames."""

    geonameid: int
    name: str


def rows(path: Path, left_out: Counter[str], progress: Callable[[int, int], None]) -> Iterator[Row | OtherName]:
    """Read a file of place names, row by row; `left_out` counts what could not be used, by reason.

    `progress` is told the bytes done and in all. Raises BadInput where the file is no table of places, is cut off or
    is not UTF-8; Refused where one line or a GeoJSON file is beyond a limit.
    """
    with _whole(path):
        for name, lines in _members(path, progress):
            yield from _of(name, lines, left_out)


def _members(path: Path, progress: Callable[[int, int], None]) -> Iterator[tuple[str, Iterator[str]]]:
    if not path.is_file():
        raise BadInput(f"{path} is no file", hint="Name a GeoNames dump, a table (CSV) or a GeoJSON file of places.")
    with path.open("rb") as file:
        if not zipfile.is_zipfile(path):
            if file.read(4) == b"PK\x03\x04":
                raise zipfile.BadZipFile
            file.seek(0)
            yield path.name, _lines(path.name, file, path.stat().st_size, progress)
            return
        with zipfile.ZipFile(path) as archive:
            wanted = [m for m in archive.infolist() if _is_table(m.filename)]
            if not wanted:
                raise BadInput(f"{path.name} holds no table of places", hint="Expected a .txt, .csv or .geojson in it.")
            for member in wanted:
                with archive.open(member) as stream:
                    yield member.filename, _lines(member.filename, stream, member.file_size, progress)  # type: ignore[arg-type]


def _is_table(name: str) -> bool:
    base = name.rsplit("/", 1)[-1].lower()
    return base.endswith((".txt", ".csv", ".tsv", ".geojson", ".json", ".geojsonl")) and not base.startswith(
        ("readme", "iso-", ".")
    )


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise BadInput(f"{path.name} is damaged or cut off", hint="Fetch it again: nothing was added.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path.name} is not the UTF-16 that it begins as", hint="Save the file as UTF-8.") from error
    except (RuntimeError, NotImplementedError) as error:
        raise Refused(f"{path.name} cannot be unpacked: {error}", hint="Unpack it, and add the file in it.") from error


def _lines(name: str, file: BinaryIO, size: int, progress: Callable[[int, int], None]) -> Iterator[str]:
    """Decode a file line by line, as UTF-8, or as UTF-16 where its first bytes say so."""
    start = file.read(2)
    if start in {b"\xff\xfe", b"\xfe\xff"}:
        text = io.TextIOWrapper(file, "utf-16-le" if start == b"\xff\xfe" else "utf-16-be", newline="\n")
        try:
            yield from text
        finally:
            text.detach()
        return
    number, done, rest = 0, 0, start
    longest = _LARGEST_GEOJSON if name.lower().endswith((".geojson", ".json")) else _LONGEST_LINE
    while raw := rest + file.readline(longest + 1):
        rest = b""
        number, done = number + 1, done + len(raw)
        if len(raw) > longest:
            raise Refused(f"line {number} of {name} has more than {longest:,} bytes", hint="Is it a table of places?")
        if number % 20_000 == 0:
            progress(min(done, size), size)
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(
                f"line {number} of {name} is not UTF-8", hint="Save the file as UTF-8, and add that."
            ) from error
    progress(size, size)


def _of(name: str, lines: Iterator[str], left_out: Counter[str]) -> Iterator[Row | OtherName]:
    first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    if not first:
        raise BadInput(f"{name} is empty", hint="Name a file with places in it.")
    everything = _chain(first, lines)
    columns = first.rstrip("\r\n").split("\t")
    if first.lstrip().startswith("{"):
        yield from _geojson(name, everything, left_out)
    elif len(columns) == _GEONAMES_COLUMNS and columns[0].isdigit():
        yield from _geonames(name, everything, left_out)
    elif _ALTERNATE_COLUMNS <= len(columns) <= _ALTERNATE_COLUMNS + 2 and columns[0].isdigit() and columns[1].isdigit():
        yield from _alternates(everything, left_out)
    else:
        yield from _table(name, first, everything, left_out)


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _geonames(name: str, lines: Iterable[str], left_out: Counter[str]) -> Iterator[Row]:
    good = 0
    for line in lines:
        part = line.rstrip("\r\n").split("\t")
        if len(part) != _GEONAMES_COLUMNS or not part[0].isdigit():
            left_out["not 19 columns"] += 1
            if left_out["not 19 columns"] > 1_000 + good:
                raise BadInput(f"{name} is no GeoNames dump", hint="Is it cut off, or another table?")
            continue
        kind = _kind(part[6], part[7])
        if not kind:
            left_out["not a settlement, division or site"] += 1
            continue
        others = tuple(filter(None, (part[2], *part[3].split(","))))
        admin1 = f"{part[8]}.{part[10]}" if part[10] else ""
        people = int(part[14]) if part[14].isdigit() else 0
        row = _row(f"geonames:{part[0]}", part[1], others, kind, part[4], part[5], people, part[8], admin1, left_out)
        if row:
            good += 1
            yield row


def _kind(group: str, code: str) -> str:
    if group == "P" and code not in {"PPLH", "PPLQ", "PPLW"}:
        return "part" if code == "PPLX" else "settlement"
    if group == "A":
        return "admin1" if code == "ADM1" else "admin2" if code in {"ADM2", "ADM3", "ADM4", "ADM5"} else ""
    return "site" if _SITES.fullmatch(code) else ""


def _alternates(lines: Iterable[str], left_out: Counter[str]) -> Iterator[OtherName]:
    for line in lines:
        part = line.rstrip("\r\n").split("\t")
        if len(part) < 4 or not part[1].isdigit():
            left_out["not an alternate name"] += 1
        elif part[2] in _NOT_NAMES or not _named(part[3]):
            left_out["a code or link, not a name"] += 1
        else:
            yield OtherName(int(part[1]), part[3])


def _table(name: str, first: str, lines: Iterable[str], left_out: Counter[str]) -> Iterator[Row]:
    divider = max("\t;,", key=first.count)
    reader = csv.DictReader(lines, delimiter=divider)
    try:
        held = _held(reader.fieldnames or ())
    except csv.Error as error:
        raise BadInput(f"{name}: {error}", hint="Is it a table, saved as CSV?") from error
    if not {"name", "lat", "lon"} <= held.keys():
        lacks = ", ".join(sorted({"name", "lat", "lon"} - held.keys()))
        raise BadInput(
            f"{name} has no column for: {lacks}",
            hint="A table needs columns such as name, latitude, longitude; for divisions use the layer of points.",
        )
    try:
        for row in reader:
            yield from _taken({what: [row.get(c) or "" for c in columns] for what, columns in held.items()}, left_out)
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: {error}", hint="Is it cut off, or no CSV?") from error


def _held(columns: Iterable[str]) -> dict[str, list[str]]:
    """Which columns hold what; of divisions' levels the deepest names the place."""
    plain = {re.sub(r"[\W_]+", "", column.casefold()): column for column in columns if column}
    held: dict[str, list[str]] = {}
    for what, names in _COLUMNS.items():
        found = [plain[name] for name in names if name in plain]
        if found:
            held[what] = found if what == "others" else found[:1]
    levels = sorted((int(m[1]), m[2] or "en", c) for p, c in plain.items() if (m := _LEVEL.match(p)) and m[2] != "pc")
    if "name" not in held and levels:
        deepest = [each for each in levels if each[0] == levels[-1][0]]
        deepest.sort(key=lambda each: each[1] != "en")
        held["name"] = [deepest[0][2]]
        held.setdefault("others", []).extend(c for _, _, c in deepest[1:])
        code = next((plain[p] for p in plain if p in {f"adm{deepest[0][0]}pcode", f"admin{deepest[0][0]}pcode"}), None)
        held |= {"id": [code]} if code else {}
        held["level"] = [str(deepest[0][0])]
    return held


def _taken(part: Mapping[str, list[str]], left_out: Counter[str]) -> Iterator[Row]:
    """One row of a table or one feature, by what its columns hold."""
    one = {what: values[0].strip() for what, values in part.items() if values}
    others = tuple(o.strip() for value in part.get("others", ()) for o in re.split(r"[|;,]", value) if o.strip())
    given = one.get("kind", "").casefold()
    kinds = {"province": "admin1", "governorate": "admin1", "district": "admin2", "subdistrict": "admin2"}
    kinds |= {"neighbourhood": "part", "neighborhood": "part", "camp": "part", "facility": "site", "site": "site"}
    people = one.get("population", "").replace(",", "")
    country = one.get("country", "")[:2].upper()
    row = _row(
        f"pcode:{one['id']}" if one.get("id") else "", one["name"], others, kinds.get(given, "settlement"), one["lat"],
        one["lon"], int(people) if people.isdigit() else 0, country, one.get("admin1", ""), left_out,
        one.get("radius", ""),
    )  # fmt: skip
    if row:
        yield row


class _Feature(msgspec.Struct):
    type: str = ""
    geometry: dict[str, Any] | None = None
    properties: dict[str, Any] | None = None
    features: list["_Feature"] | None = None


def _geojson(name: str, lines: Iterable[str], left_out: Counter[str]) -> Iterator[Row]:
    """A FeatureCollection, or one feature a line (GeoJSON text sequences)."""
    whole: list[str] = []
    size = 0
    for line in lines:
        feature = None if whole or not line.rstrip().endswith("}") else _decoded(line)
        if feature and feature.type == "Feature":
            yield from _feature(feature, left_out)
            continue
        whole.append(line)
        size += len(line)
        if size > _LARGEST_GEOJSON:
            raise Refused(f"{name} is too large to read whole", hint="Write one feature a line (GeoJSONSeq), or CSV.")
    if whole:
        collection = _decoded("".join(whole))
        if collection is None:
            raise BadInput(f"{name} is not whole GeoJSON", hint="Is it cut off?")
        for feature in collection.features or (collection,):
            yield from _feature(feature, left_out)


def _decoded(text: str) -> _Feature | None:
    try:
        return msgspec.json.decode(text, type=_Feature)
    except (msgspec.DecodeError, RecursionError):
        return None


def _feature(feature: _Feature, left_out: Counter[str]) -> Iterator[Row]:
    """One feature: its point, or the middle of its bounds, and how far they reach."""
    properties = {key: str(value) for key, value in (feature.properties or {}).items() if value is not None}
    points = list(_points((feature.geometry or {}).get("coordinates")))
    held = _held(properties)
    if not points or "name" not in held:
        left_out["no name or no point"] += 1
        return
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    lat, lon = (south + north) / 2, (west + east) / 2
    reach = math.hypot((north - south) * 55.6, (east - west) * 55.6 * math.cos(math.radians(lat)))
    part = {what: [properties.get(c, "") for c in columns] for what, columns in held.items() if what != "level"}
    level = held.get("level", [""])[0]
    kind = {"1": "province", "2": "district", "3": "district"}.get(level, "")
    part |= {"lat": [str(lat)], "lon": [str(lon)]} | ({"kind": [kind]} if kind else {})
    if len(points) > 1:
        part["radius"] = [str(round(reach, 1))]
    yield from _taken(part, left_out)


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    """Every point of a geometry's coordinates, however deep, without recursion."""
    todo = [coordinates]
    while todo:
        each = todo.pop()
        if not isinstance(each, list) or not each:
            continue
        if isinstance(each[0], int | float) and len(each) > 1 and isinstance(each[1], int | float):
            yield float(each[0]), float(each[1])
        else:
            todo.extend(each)


def _row(
    identity: str, name: str, others: Iterable[str], kind: str, lat: str, lon: str, people: int, country: str,
    admin1: str, left_out: Counter[str], radius: str = "",
) -> Row | None:  # fmt: skip
    if not _named(name):
        left_out["no name, or one too long"] += 1
        return None
    try:
        where = (float(lat), float(lon))
        reach = float(radius) if radius else 0.0
    except ValueError:
        left_out["no point in degrees"] += 1
        return None
    if not (abs(where[0]) <= 90 and abs(where[1]) <= 180 and 0 <= reach < 6_000):
        left_out["no point on the globe"] += 1
        return None
    usual = {"admin1": 75.0, "admin2": 20.0, "site": 1.0, "part": 1.5}.get(kind)
    reach = reach or usual or round(min(25.0, max(2.0, 0.02 * math.sqrt(people))), 1)
    also = tuple(dict.fromkeys(o for o in others if _named(o) and o != name))
    return Row(identity, name, also, kind, *where, reach, people, country, admin1)


def _named(name: str) -> bool:
    return 0 < len(name.strip()) <= _LONGEST_NAME and name.isprintable()
