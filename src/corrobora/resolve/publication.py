"""The day a report was published, from what is known about it and from its own words."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from corrobora.model import Text
from corrobora.resolve import calendar
from corrobora.resolve.time_words import TimeWords, parse

# Words that may stand beside a date on a line of its own.
_MASTHEAD_WORDS = re.compile(
    r"(?i)\b(?:published|posted|updated|last|modified|on|at|by|date|le|publié|el|gmt|utc|est|edt|cet|eat|wat|ist|am|pm)\b"
    r"|\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|[^\w\s]|\b[ap]\.m\b"
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
_SHORT = 4_000  # characters of a text that is parsed whole, for its head as well
_HEAD_LINES = 4


def published(text: Text) -> date | None:
    """Return the day `text` was published, or None where nothing says so.

    Asked in turn: the metadata (an instant gives the day in the report's time zone), the dateline's date, a date in
    the first lines that stands on a line of its own or opens the text before its place, a date in the address.
    """
    return (
        _from_metadata(text)
        or _day_in(text.dateline_date.text if text.dateline_date else "")
        or next((day for word in masthead(text) if (day := full_day(word))), None)
        or _from_address(text.metadata.url)
    )


def anchor(text: Text) -> date | None:
    """Return the day that a report's own 'yesterday' is counted from: its dateline's, where that is a little earlier.

    A wire report of 13 March that a newspaper runs on the 15th says 'yesterday' of the 12th.
    """
    known = published(text)
    line = _dateline_day(text, known)
    return line if known and line and 0 <= (known - line).days <= 7 else known


def _dateline_day(text: Text, known: date | None) -> date | None:
    words = parse(text.dateline_date.text) if text.dateline_date else ()
    if not words or known is None:
        return None
    word = words[0]
    if word.kind == "date" and word.year is None and word.month and word.day:
        days = [calendar.valid(year, word.month, word.day) for year in (known.year, known.year - 1) if year]
        return next((day for day in days if day and day <= known), None)
    return full_day(word)


def _from_metadata(text: Text) -> date | None:
    given = text.metadata.published.strip()
    try:
        instant = datetime.fromisoformat(given)
    except ValueError:
        return _day_in(given)
    try:
        zone = ZoneInfo(text.metadata.timezone) if text.metadata.timezone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = None
    if instant.tzinfo is None or zone is None:
        return instant.date()
    try:
        return instant.astimezone(zone).date()
    except OverflowError:
        return instant.date()


def _day_in(words: str) -> date | None:
    return next((day for word in parse(words) if (day := full_day(word))), None)


def full_day(word: TimeWords) -> date | None:
    """Return the day of an expression that names day, month and year."""
    if word.kind != "date" or not (word.year and word.month and word.day) or word.ambiguous:
        return None
    return calendar.valid(word.year, word.month, word.day)


def masthead(text: Text) -> tuple[TimeWords, ...]:
    """Return the dates that date the report and no event: on a line of their own at its head, in its dateline."""
    end = _head_end(text.text)
    words = parse(text.text) if len(text.text) <= _SHORT else parse(text.text[:end])  # a short one is parsed but once
    if any(word.start < end < word.end for word in words):
        words = parse(text.text[:end])
    return tuple(word for word in words if word.end <= end and _is_masthead(text, word))


def _head_end(text: str) -> int:
    """Return where the first few lines that are not blank end; wrapped lines count as they stand."""
    ends = [m.end() for m in re.finditer(r"[^\n]*\S[^\n]*(?:\n|$)", text[:4000])]
    return ends[min(len(ends), _HEAD_LINES) - 1] if ends else 0


def _is_masthead(text: Text, word: TimeWords) -> bool:
    if text.dateline_date and word.start < text.dateline_date.end and text.dateline_date.start < word.end:
        return True
    if any(s.kind in {"date", "dateline", "byline"} and s.start <= word.start < s.end for s in text.segments):
        return True
    start = text.text.rfind("\n", 0, word.start) + 1
    before, after = text.text[start : word.start], text.text[word.end : word.end + 160]
    if not _MASTHEAD_WORDS.sub("", before + after.partition("\n")[0]).strip():
        return True
    opens = _MASTHEAD_WORDS.sub("", before).strip() == ""
    if opens and re.match(r"\s*\([^)]{2,40}\)\s*(?:[-–—:]|\Z)|\s*[-–—]{1,2}\s", after):
        return True
    return bool(word.day and _PLACE_BEFORE.fullmatch(before) and _TEXT_AFTER.match(after))


# `LONDON, Feb 1 (Reuters) -`, `SAN SALVADOR, 3 JAN 90 -- [TEXT]`, `Khartoum, Feb 1 At least`: place, date, text.
_PLACE_BEFORE = re.compile(r"\s*[A-Z][\w.'’ ()/-]{1,50}(?:, ?[A-Z][\w.'’ ()-]{1,30})?,\s+")
_TEXT_AFTER = re.compile(
    r"\s*(?:[(\[][^)\]]{1,60}[)\]]\s*|/[^/\n]{1,30}/\s*)?(?:[-–—]{1,2}|\.\s|:\s|\s?[A-Z][a-z]+ [a-z])"
)


def _from_address(url: str) -> date | None:
    """Return the day that an address holds (`/2025/03/13/`), the last one where there are several."""
    days = [calendar.valid(int(m[1]), int(m[2]), int(m[3])) for m in _IN_ADDRESS.finditer(url)]
    return next((day for day in reversed(days) if day), None)


def year_of(words: tuple[TimeWords, ...], text: str) -> tuple[int | None, str]:
    """Return the year of a report without a publication day, as its own words give it, and the rule that found it.

    A full date in the text gives it (the latest of several); else 'last year' or 'a year after' beside the only year
    that the text names.
    """
    full = [w.year for w in words if w.kind == "date" and w.year and w.month and w.bound != "since"]
    if full:
        return max(full), "year from another date in the text"
    named = {int(m[0]) for m in re.finditer(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d)", text)}
    if len(named) == 1:
        for (_, year), rule in _counted_years(text, named):
            return year, rule
    return None, ""


def _counted_years(text: str, named: set[int]) -> list[tuple[tuple[int, int], str]]:
    (year,) = named
    cue = re.search(r"(?i)\b(?:last\s+year|a\s+year\s+(?:after|ago|on)|one\s+year\s+(?:after|ago|on))\b", text)
    at = text.find(str(year))
    return [((year, year + 1), f"year counted from {year}")] if cue and abs(cue.start() - at) < 400 else []
