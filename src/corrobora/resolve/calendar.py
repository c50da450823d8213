"""Days, weeks, months, feasts, and how EDTF writes them. Plain arithmetic of the Gregorian calendar: no anchors here.

EDTF is the Extended Date/Time Format of ISO 8601-2:2019, level 1, with one form of level 2: a day whose year is not
known is written `XXXX-03-06`, since level 1 has no way to say it.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

Days = tuple[date, date]

# Months that a season spans in the northern hemisphere (meteorological): first month and last month; winter ends in
# the year after the one it is named for.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
# The months (of a year) and days (of a month) that 'early', 'mid' and 'late' cover: thirds.
_SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "AU": 23, "WI": 24, "21": 21, "22": 22, "23": 23, "24": 24}
# A year alone, or with a quarter, half, week, season, month, or month and day; a time of day may follow.
_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<unit>Q[1-4]|H[12]|W\d\d|SP|SU|FA|AU|WI|\d\d-\d\d|\d\d))?(?:[T ~?%-]|\Z)"
)
_THIRDS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_THIRDS_OF_MONTH = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


@dataclass(frozen=True, slots=True)
class Value:
    """What words of time come to: EDTF, first and last day (None: open or not known), and precision."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str


def plus(day: date, days: int) -> date:
    """Return the day `days` later, held within the years 1 to 9999."""
    number = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(number)


def plus_months(year: int, month: int, months: int) -> tuple[int, int]:
    """Return year and month, `months` later.

    >>> plus_months(2025, 1, -2)
    (2024, 11)
    """
    index = min(max(year * 12 + month - 1 + months, 12), 9999 * 12 + 11)
    return index // 12, index % 12 + 1


def valid(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int) -> Days:
    """Return first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def week_days(day: date) -> Days:
    """Return Monday and Sunday of the ISO week that holds `day`."""
    monday = plus(day, -day.weekday())
    return monday, plus(monday, 6)


def weekend_days(day: date) -> Days:
    """Return the Saturday and Sunday of the last weekend that had begun on `day`."""
    saturday = plus(day, -((day.weekday() - 5) % 7))
    return saturday, plus(saturday, 1)


def weekday_on_or_before(day: date, weekday: int) -> date:
    """Return the last `weekday` (Monday 0) that is not after `day`.

    >>> weekday_on_or_before(date(2025, 3, 13), 1)
    datetime.date(2025, 3, 11)
    """
    return plus(day, -((day.weekday() - weekday) % 7))


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """Return the `which`-th `weekday` (Monday 0) of a month; -1 is the last."""
    first, last = month_days(year, month)
    if which < 0:
        return weekday_on_or_before(last, weekday)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def on_day(day: date, about: bool = False) -> Value:
    """Return the value of one day; `about` marks it approximate (`~`)."""
    return Value(day.isoformat() + "~" * about, day, day, "day")


def interval(earliest: date | None, latest: date | None, precision: str = "days") -> Value:
    """Return the value of a stretch of days, both inclusive; None on a side that is open.

    >>> interval(None, date(2025, 3, 6)).edtf
    '../2025-03-06'
    """
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    if earliest is not None and earliest == latest:
        return on_day(earliest)
    if earliest is None or latest is None:
        precision = "open"
    first, last = ("..", "..") if earliest is None and latest is None else (_iso(earliest), _iso(latest))
    return Value(f"{first}/{last}", earliest, latest, precision)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ".."


def in_month(year: int, month: int, part: str = "") -> Value:
    """Return the value of a month, or of its early, mid or late third."""
    first, last = month_days(year, month)
    if part in _THIRDS_OF_MONTH:
        start, end = _THIRDS_OF_MONTH[part]
        return interval(first.replace(day=start), min(last, first.replace(day=min(end, last.day))))
    return Value(f"{year:04}-{month:02}", first, last, "month")


def in_year(year: int, part: str = "") -> Value:
    """Return the value of a year, or of its early, mid or late third (of four months each)."""
    if part in _THIRDS_OF_YEAR:
        start, end = _THIRDS_OF_YEAR[part]
        return interval(date(year, start, 1), month_days(year, end)[1], "season")
    return Value(f"{year:04}", date(year, 1, 1), date(year, 12, 31), "year")


def quarter_of(day: date) -> tuple[int, int]:
    """Return year and number, 1 to 4, of the calendar quarter that holds `day`."""
    return day.year, (day.month + 2) // 3


def months(year: int, month: int, count: int) -> Value:
    """Return the value of `count` whole months that begin with one, as EDTF writes a stretch of months.

    >>> months(1989, 7, 3).edtf
    '1989-07/1989-09'
    """
    if count == 1:
        return in_month(year, month)
    end = plus_months(year, month, count - 1)
    precision = "season" if count <= 6 else "year"
    first, last = date(year, month, 1), month_days(*end)[1]
    return Value(f"{year:04}-{month:02}/{end[0]:04}-{end[1]:02}", first, last, precision)


def in_quarter(year: int, number: int) -> Value:
    """Return the value of a calendar quarter, 1 to 4; EDTF has no name for it at level 1."""
    return months(year, 3 * number - 2, 3)


def in_half(year: int, number: int) -> Value:
    """Return the value of the first or second half of a year."""
    return months(year, 6 * number - 5, 6)


def days_of(written: str) -> Days | None:
    """Return first and last day of an ISO 8601, EDTF or TIMEX3 value; None where it names no days.

    >>> days_of("1989-Q3")
    (datetime.date(1989, 7, 1), datetime.date(1989, 9, 30))
    """
    first, slash, last = written.strip().partition("/")
    if slash:
        start, end = days_of(first), days_of(last)
        return (start[0], end[1]) if start and end else None
    match = _WRITTEN.match(first)
    if match is None:
        return None
    year, unit = int(match["year"]), match["unit"] or ""
    try:
        if unit.startswith("Q"):
            value = in_quarter(year, int(unit[1]))
        elif unit.startswith("H"):
            value = in_half(year, int(unit[1]))
        elif unit.startswith("W"):
            return week_days(date.fromisocalendar(year, int(unit[1:3]), 1))
        elif unit in _SEASON_CODES:
            value = in_season(year, _SEASON_CODES[unit])
        elif len(unit) > 2:
            value = on_day(date(year, int(unit[:2]), int(unit[3:])))
        else:
            value = in_month(year, int(unit)) if unit else in_year(year)
    except (ValueError, KeyError):
        return None
    return (value.earliest, value.latest) if value.earliest and value.latest else None


def in_decade(year: int) -> Value:
    """Return the value of the ten years that begin with `year`."""
    return Value(f"{year // 10:03}X", date(year, 1, 1), date(min(year + 9, 9999), 12, 31), "year")


def in_season(year: int, code: int) -> Value:
    """Return the value of a season; `code` is EDTF's, 21 spring to 24 winter.

    Winter of 2014 runs to February 2015: EDTF's own winter of a year does not say so, hence it is written as months.
    """
    first, last = _SEASONS[code]
    if last < first:
        return months(year, first, 3)
    return Value(f"{year:04}-{code}", date(year, first, 1), month_days(year, last)[1], "season")
