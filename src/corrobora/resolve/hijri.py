"""The Islamic (Hijri) calendar: months and feasts as days of the Gregorian one.

By the Umm al-Qura calendar of Saudi Arabia, for the years 1343 to 1500 AH (1924 to 2077), as `hijridate` has it. Where
a month begins by a sighting of the moon, it may begin a day later or earlier: days are marked as approximate.
"""

from dataclasses import replace
from datetime import date

from hijridate import Gregorian, Hijri

from corrobora.resolve import calendar
from corrobora.resolve.calendar import Days, Value

FIRST, LAST = 1343, 1500
# Feasts by month and day.
FEASTS = {
    "islamic new year": (1, 1),
    "ashura": (1, 10),
    "mawlid": (3, 12),
    "eid al-fitr": (10, 1),
    "eid ul-fitr": (10, 1),
    "eid el-fitr": (10, 1),
    "eid al-adha": (12, 10),
    "eid ul-adha": (12, 10),
    "eid el-adha": (12, 10),
    "eid el-kabir": (12, 10),
    "tabaski": (12, 10),
    "laylat al-qadr": (9, 27),
}


def on(year: int, month: int, day: int) -> date | None:
    """Return the day of the Gregorian calendar, or None where the Hijri one has none such or is not known.

    >>> on(1446, 9, 1)
    datetime.date(2025, 3, 1)
    """
    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def month_days(year: int, month: int) -> Days | None:
    """Return first and last day of a Hijri month; None beyond the years that are known."""
    first = on(year, month, 1)
    if first is None:
        return None
    return first, calendar.plus(first, Hijri(year, month, 1).month_length() - 1)


def year_of(day: date) -> int | None:
    """Return the Hijri year of a day; None beyond the years that are known."""
    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


def value(year: int, month: int, day: int | None) -> Value | None:
    """Return the value of a Hijri day, or of a month where `day` is None."""
    if day is not None:
        found = on(year, month, day)
        return calendar.on_day(found, about=True) if found else None
    days = month_days(year, month)
    return replace(calendar.interval(*days), precision="month") if days else None


def in_year(year: int, month: int, day: int | None) -> Value | None:
    """Return the first such Hijri day or month that begins in a Gregorian year: 'Ramadan 2013'.

    >>> found = in_year(2013, 9, None)
    >>> found.earliest, found.latest
    (datetime.date(2013, 7, 9), datetime.date(2013, 8, 7))
    """
    first = year_of(date(year, 1, 1))
    found = [] if first is None else [value(first + shift, month, day) for shift in (0, 1)]
    return next((v for v in found if v and v.earliest and v.earliest.year == year), None)


def nearest(published: date, month: int, day: int | None, *, future: bool = False) -> Value | None:
    """Return the last such day or month that had begun on `published`; with `future`, the next one from it on."""
    year = year_of(published)
    if year is None:
        return None
    found = [v for shift in (-1, 0, 1) if (v := value(year + shift, month, day)) and v.earliest and v.latest]
    if future:
        return next((v for v in found if v.latest and v.latest >= published), None)
    begun = [v for v in found if v.earliest and v.earliest <= calendar.plus(published, 1)]
    return begun[-1] if begun else None
