"""The time zone of a report that came with the instant of its publication: its dateline's, else its outlet's country's.

A dispatch from Manila of 20:00 UTC says 'today' of the next day.
"""

from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files

from corrobora.model import Text
from corrobora.resolve.atlas import survey
from corrobora.resolve.gazetteer import Gazetteer
from corrobora.resolve.geography import top_domain_country
from corrobora.resolve.toponyms import listed
from corrobora.settings import Settings


@cache
def _table() -> dict[str, str]:
    lines = files("corrobora.resolve").joinpath("zones.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def zone(country: str, division: str = "") -> str:
    """Return the IANA zone of most people in a first-order division (`US.CA`) or country (`US`), '' where not known.

    >>> zone("US", "US.CA"), zone("SY", "SY.02"), zone("")
    ('America/Los_Angeles', 'Asia/Damascus', '')
    """
    return _table().get(division) or _table().get(country, "")


def zoned(text: Text, gazetteer: Gazetteer, settings: Settings) -> Text:
    """Return a report with the zone that its dateline or outlet tells, where its instant has a zone of its own only."""
    known = text.metadata
    if known.timezone or not _instant(known.published):
        return text
    found = _dateline(text, gazetteer, settings) or zone(top_domain_country(known.url))
    return replace(text, metadata=replace(known, timezone=found)) if found else text


def _instant(published: str) -> bool:
    try:
        return datetime.fromisoformat(published.strip()).tzinfo is not None
    except ValueError:
        return False


def _dateline(text: Text, gazetteer: Gazetteer, settings: Settings) -> str:
    if text.dateline_place is None:
        return ""
    names = tuple(listed(text.dateline_place))
    atlas = survey(replace(text, text=text.text[: text.dateline_place.end]), names, gazetteer, settings)
    chosen = next((found for at in range(len(names)) if (found := atlas.chosen(at))), None)
    return zone(chosen.entry.country, chosen.entry.admin1) if chosen else ""
