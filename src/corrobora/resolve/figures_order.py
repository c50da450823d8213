"""Which of two figures is the day: `6/3` by the country and the language of the outlet, else by distance."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from corrobora.model import Metadata
from corrobora.resolve import calendar
from corrobora.resolve.time_words import TimeWords

# Domains of countries whose newspapers write the month first (CLDR short dates); generic domains used as names of their
# own say nothing of a country.
_MONTH_FIRST = frozenset({"us", "ph", "fm", "mh", "pw", "gu", "mil", "gov"})
_NO_COUNTRY = frozenset({"ai", "cc", "co", "fm", "io", "la", "me", "to", "tv", "ws"})
_DAY_FIRST_LANGUAGES = frozenset({"fr", "es", "pt", "it", "de", "ar", "ru", "uk", "tr", "nl", "id"})
_AMERICAN_ZONES = re.compile(
    r"(?:US/|America/(?:New_York|Chicago|Denver|Los_Angeles|Phoenix|Detroit|Anchorage|Indiana/|Kentucky/|Boise)|Asia/Manila)"
)


def day_first(known: Metadata) -> bool | None:
    """Tell whether a report's outlet writes the day before the month; None where nothing says so.

    >>> day_first(Metadata(url="https://www.example.ng/a")), day_first(Metadata(url="https://www.example.com/a"))
    (True, None)
    """
    if known.language and known.language.lower()[:2] in _DAY_FIRST_LANGUAGES:
        return True
    try:
        domain = (urlsplit(known.url).hostname or "").rpartition(".")[2]
    except ValueError:
        domain = ""
    if domain in _MONTH_FIRST and domain not in _NO_COUNTRY:
        return False
    if len(domain) == 2 and domain.isalpha() and domain not in _NO_COUNTRY:
        return True
    if known.timezone:
        return False if _AMERICAN_ZONES.match(known.timezone) else None
    return None


def ordered(words: TimeWords, published: date | None, first: bool | None) -> tuple[TimeWords, str]:
    """Return `words` with day and month settled, and what settled them: see `day_first`; else the nearest past day."""
    other = replace(words, month=words.day, day=words.month)
    if first is not None:
        return (other if first else words), f", {'day' if first else 'month'} first as its country writes"
    readings = [(w, _last(w, published)) for w in (words, other)]
    past = [(day, w) for w, day in readings if day and published and day <= published]
    if past and published:
        best = min(past, key=lambda pair: (published - pair[0]).days)[1]
        return best, ", day or month first by distance to publication"
    return words, ", day or month first not known: read as month first"


def _last(words: TimeWords, published: date | None) -> date | None:
    """Return the day of `words`; without a year, the last one up to publication."""
    month, day = words.month or 1, words.day or 1
    if words.year is not None:
        return calendar.valid(words.year, month, day)
    years = (published.year, published.year - 1) if published else ()
    known = (calendar.valid(year, month, day) for year in years)
    return next((found for found in known if found and published and found <= published), None)
