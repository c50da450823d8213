"""Days written in words or figures, as a line or a dateline gives them, to ISO 8601."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from tomllib import loads
from typing import Any

PIVOT = 69
"""Two-digit years from 69 on are of the 20th century, as in POSIX (strptime %y): 90 is 1990, 25 is 2025."""

_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er)?"
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?!\d)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        rf"\b{_DAY}(?: of| de)?[ -]{_MONTH}(?: de)?,?[ -]{_YEAR}",
        rf"\b{_MONTH} {_DAY},? (?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})(?!\d)",
        rf"\b{_MONTH} {_DAY}\b(?!\s*(?:am|pm|:|\d))(?P<year>)",
        rf"\b{_DAY} {_MONTH}(?![\w])(?P<year>)",
    )
)
_TIME = re.compile(
    r"\b(\d{1,2}[:.h]\d{2}([:.]\d{2})?( ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)"
    r"( ?\(?(GMT|UTC|[A-Z]{2,4}T|WAT|EAT)([+-]\d{1,2})?\)?)?"
    r"|\bT?\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that stands at `start` to `end` of some words; `year` is None where it is not written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def iso(self, before: str = "") -> str:
        """Return YYYY-MM-DD; without a year, the last such day on or before the ISO date `before`, else ''.

        >>> find("3 JAN 90").iso(), find("Feb 1").iso("2025-03-13"), find("Feb 1").iso()
        ('1990-01-03', '2025-02-01', '')
        """
        if self.year is not None:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        try:
            limit = date.fromisoformat(before[:10])
            same_year = date(limit.year, self.month, self.day)
            return (same_year if same_year <= limit else same_year.replace(year=limit.year - 1)).isoformat()
        except ValueError:
            return ""


@cache
def lexicon() -> dict[str, Any]:
    """Return `parts.toml`, the words by which the parts of a report are known."""
    return loads(files("corrobora.text").joinpath("parts.toml").read_text(encoding="utf-8"))


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, names in lexicon()["months"].items() for name in names}


def plain(words: str) -> str:
    """Return `words` in small letters without accents.

    >>> plain("Août")
    'aout'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", words).lower() if not unicodedata.combining(c))


def find(words: str) -> Day | None:
    """Return the first day written in `words`, None where there is none or it may be read two ways (`03/04/2025`).

    >>> find("Posted: Tuesday, August 18, 2015").iso(), find("03/04/2025")
    ('2015-08-18', None)
    """
    found = [day for form in _FORMS for match in form.finditer(words) if (day := _day(match))]
    return min(found, key=lambda day: (day.start, day.year is None)) if found else None


def _day(match: re.Match[str]) -> Day | None:
    year_words, month_words = match["year"].lstrip("'’"), match["month"]
    first = int(match["day"])
    month = int(month_words) if month_words.isdigit() else _months().get(plain(month_words), 0)
    ambiguous = month_words.isdigit() and match.start("day") < match.start("month") and "." not in match[0]
    if ambiguous and first <= 12 and month != first:
        if month <= 12:
            return None
        first, month = month, first
    year = int(year_words) if year_words else None
    if year is not None and year < 100:
        year += 1900 if year >= PIVOT else 2000
    try:
        date(year or 2000, month, first)
    except ValueError:
        return None
    return Day(match.start(), match.end(), year, month, first)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that says when the report was published or modified (ISO days; '' where it does not)."""

    published: str
    modified: str


def date_line(line: str) -> DateLine | None:
    """Read a line that holds a date and nothing else of weight; None where it is anything else.

    >>> date_line("Published on October 12, 2024 at 1:00 p.m.")
    DateLine(published='2024-10-12', modified='')
    >>> date_line("On October 12, 2024 two men were shot.") is None
    True
    """
    if len(line) > 160 or not (first := find(line)) or first.year is None:
        return None
    words, rest = lexicon()["date_line"], line
    found = labelled(line, bare=True)
    while day := find(rest):
        rest = rest[: day.start] + " \n " + rest[day.end :]
    rest = plain(_TIME.sub(" ", rest))
    for word in sorted((w for kind in words.values() for w in kind), key=len, reverse=True):
        rest = re.sub(rf"\b{re.escape(word)}\b", " ", rest)
    left = re.findall(
        r"[^\W_]+", re.sub(r"\b(gmt|utc|[a-z]{2,3}t|is|by|of|the|and|local time|am|pm|[ap]\.m\.?)\b", " ", rest)
    )
    return found if not left else None


def labelled(line: str, *, bare: bool = False) -> DateLine:
    """Return the days that a line gives after 'posted' or 'updated'; `bare`: a day without a label is publication.

    >>> labelled("Two hurt Posted: Tuesday, August 18, 2015 Updated: August 19, 2015")
    DateLine(published='2015-08-18', modified='2015-08-19')
    """
    words, published, modified, rest = lexicon()["date_line"], "", "", line[:400]
    while day := find(rest):
        label = plain(rest[: day.start]).rpartition("\n")[2][-40:]
        rest = rest[: day.start] + " \n " + rest[day.end :]
        if day.year is None:
            continue
        if any(word in label for word in words["modified"]):
            modified = modified or day.iso()
        elif bare or any(word in label for word in words["published"] if len(word) > 4):
            published = published or day.iso()
    return DateLine(published, modified)


_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?")


def instant(words: str) -> str:
    """Return an ISO 8601 day or instant from what a page or a header gives as a date, '' where it gives none.

    >>> instant("2025-06-14T09:30:00.000Z"), instant("Sat, 14 Jun 2025 09:30:00 +0100"), instant("June 14, 2025")
    ('2025-06-14T09:30:00+00:00', '2025-06-14T09:30:00+01:00', '2025-06-14')
    """
    words = words.strip()[:200]
    if match := _ISO.match(words):
        zone = (match[3] or "").replace("Z", "+00:00")
        try:
            moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}") if match[2] else None
            return moment.isoformat() if moment else date.fromisoformat(match[1]).isoformat()
        except ValueError:
            return ""
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        day = find(words)
        return day.iso() if day else ""
