"""Marked expressions that lean on two things at once: `that summer`, `20 years ago today`, `a week from Monday`.

And those that name several units, or a part of one: `September and October`, `the second week of May`, `the nineties`.
"""

import re
from datetime import date

from corrobora.resolve import calendar, discussed
from corrobora.resolve import time_tables as tables
from corrobora.resolve.discussed import Around, Meaning
from corrobora.resolve.marked_units import stepped

_SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
DECADES = {
    name: 1900 + 10 * number
    for number, name in enumerate(("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties"), 2)
} | {"nineties": 1990}
_STEPS = {"following": 1, "next": 1, "succeeding": 1, "previous": -1, "preceding": -1, "prior": -1}


def beside(match: re.Match[str], around: Around) -> Meaning | None:
    """`that summer`, `the following June`, `the previous spring`: counted from the date before."""
    if around.previous is None:
        return None
    first = tables.month(match["month"]) if match["month"] else _SEASONS[match["season"]]
    count, step = (1 if match["month"] else 3), _STEPS.get(match["which"], 0)
    start, end = around.previous
    years = range(start.year - 2, end.year + 3)
    found = [calendar.months(year, first or 1, count) for year in years if 0 < year < 9999]
    if step > 0:
        fits = [v for v in found if v.earliest and v.earliest > end]
    elif step < 0:
        fits = [v for v in found if v.latest and v.latest < start][::-1]
    else:
        fits = [v for v in found if v.earliest and v.earliest.year == start.year]
    return (fits[0], "counted from the date before") if fits else None


def weekday_beside(match: re.Match[str], around: Around) -> Meaning | None:
    """`the next Monday`, `the Friday before`, `the Monday after`: counted from the date before."""
    weekday, which = tables.weekday((match["weekday"] or match["named"])[:3]), match["which"] or match["side"]
    if around.previous is None or weekday is None:
        return None
    if which in {"next", "after"}:
        first = calendar.plus(around.previous[1], 1)
        day = calendar.plus(first, (weekday - first.weekday()) % 7)
    else:
        day = calendar.weekday_on_or_before(calendar.plus(around.previous[0], -1), weekday)
    return calendar.on_day(day), "weekday beside the date before"


def this_season(match: re.Match[str], around: Around) -> Meaning | None:
    """`this spring`: that of publication's year; a winter is the one that is nearer."""
    day = around.published
    if day is None:
        return None
    year = day.year - (match["season"] == "winter" and day.month <= 6)
    return calendar.months(year, _SEASONS[match["season"]], 3), "season of publication's year"


def period_a_year_before(_match: re.Match[str], around: Around) -> Meaning | None:
    """`the year-earlier period`, where nine months were told of: the same months of the year before."""
    if around.previous is None or around.grain():
        return None
    start, end = around.previous
    count = 12 * (end.year - start.year) + end.month - start.month + 1
    if start.day != 1 or end != calendar.in_month(end.year, end.month).latest or not 1 < count < 12:
        return None
    return calendar.months(start.year - 1, start.month, count), "a year before the months under discussion"


def of_that_year(match: re.Match[str], around: Around) -> Meaning | None:
    """`March 3 of that year`, `June of the following year`."""
    if around.previous is None:
        return None
    year = around.previous[0].year + _STEPS.get(match["which"], 0)
    month = tables.month(match["month"]) or 1
    if not 0 < year <= date.max.year:
        return None
    if not match["day"]:
        return calendar.in_month(year, month), "month of the year spoken of"
    day = calendar.valid(year, month, int(match["day"]))
    return (calendar.on_day(day), "month-day of the year spoken of") if day else None


def years_ago_this(match: re.Match[str], around: Around) -> Meaning | None:
    """`20 years ago today`, `a year ago this week`."""
    count, vague = tables.amount(match["number"])
    if vague or around.published is None:
        return None
    shift = {"yesterday": -1, "tomorrow": 1}.get(match["day"] or "", 0)
    year, day = around.published.year - count, calendar.plus(around.published, shift)
    then = calendar.valid(year, day.month, day.day) if year > 0 else None
    return (stepped(match["unit"] or "day", 0, then), "the same day or unit of a year") if then else None


def week_from(match: re.Match[str], around: Around) -> Meaning | None:
    """`a week ago Monday`, `Monday a week ago`, `two weeks from Friday`."""
    count, vague = tables.amount(match["number"] or match["count"])
    weekday = tables.weekday((match["weekday"] or match["named"])[:3])
    if vague or weekday is None or around.published is None:
        return None
    day = calendar.weekday_on_or_before(around.published, weekday)
    if match["side"] == "from":
        day, count = calendar.plus(day, 7), -count
    return calendar.on_day(calendar.plus(day, -7 * count)), "weekday, weeks from publication"


def years(match: re.Match[str], around: Around) -> Meaning | None:
    """`1987 and 1988`, `1985 to 1987`."""
    first, last = (discussed.year_of(match[side], around) for side in ("first", "last"))
    if first is None or last is None or not first < last < first + 100:
        return None
    return calendar.interval(date(first, 1, 1), date(last, 12, 31)), "from one year to another"


def months(match: re.Match[str], around: Around) -> Meaning | None:
    """`September and October`, `both May and June 1988`."""
    first, last = (tables.month(match[side]) or 1 for side in ("first", "last"))
    today = around.today
    if today is None:
        return None
    year = int(match["year"]) if match["year"] else today.year + (last < today.month if around.future else 0)
    if not match["year"] and not around.future and date(year, last, 1) > today:
        year -= 1
    count = (last - first) % 12 + 1
    return calendar.months(*calendar.plus_months(year, last, 1 - count), count), "from one month to another"


def months_to(match: re.Match[str], around: Around) -> Meaning | None:
    """`the three months to September`, `the 12 months ended in June 1988`."""
    count, vague = tables.amount(match["number"])
    last, today = tables.month(match["month"]) or 1, around.today
    if vague or not 0 < count <= 120 or (today is None and not match["year"]):
        return None
    year = int(match["year"]) if match["year"] or today is None else today.year - (last > today.month)
    return calendar.months(*calendar.plus_months(year, last, 1 - count), count), "months up to a month"


def part_of_month(match: re.Match[str], around: Around) -> Meaning | None:
    """`the second week of October`, `the last day of May 1988`; a week is that which has most days in the month."""
    month, today = tables.month(match["month"]) or 1, around.today
    if today is None and not match["year"]:
        return None
    year = int(match["year"]) if match["year"] or today is None else today.year - (month > today.month)
    if today is not None and around.future and not match["year"]:
        year = today.year + (month < today.month)
    whole = calendar.in_month(year, month)
    if whole.earliest is None or whole.latest is None:
        return None
    number = 0 if match["ordinal"] in {"last", "final"} else discussed.ORDINALS[match["ordinal"]] - 1
    back = match["ordinal"] in {"last", "final"}
    if match["unit"] == "day":
        return calendar.on_day(calendar.plus(whole.latest if back else whole.earliest, number)), "day of a month"
    day = calendar.plus(whole.latest, -3) if back else calendar.plus(whole.earliest, 3 + 7 * number)
    return stepped("week", 0, day), "week of a month"


def decade(match: re.Match[str], _around: Around) -> Meaning | None:
    """`the nineties`, `the sixties`: of the last century."""
    return calendar.in_decade(DECADES[match["decade"]]), "decade"


def century(match: re.Match[str], _around: Around) -> Meaning | None:
    """`the 19th century`: 1800 to 1899, as TIMEX3 has it."""
    number = int(match["number"])
    if not 1 < number < 99:
        return None
    return calendar.interval(date(100 * number - 100, 1, 1), date(100 * number - 1, 12, 31)), "century"


def decades(match: re.Match[str], _around: Around) -> Meaning | None:
    """`the 1970s and 1980s`, `the '60s and '70s`."""
    first, last = (int(match[side]) + 1900 * (len(match[side]) == len("70")) for side in ("first", "last"))
    if not first < last:
        return None
    return calendar.interval(date(first, 1, 1), date(last + 9, 12, 31)), "from one decade to another"


def long_unit(match: re.Match[str], around: Around) -> Meaning | None:
    """`this decade`, `the next decade`, `this century`: those of the calendar."""
    if around.published is None:
        return None
    width = 10 if match["unit"] == "decade" else 100
    first = around.published.year // width * width + width * match["which"].endswith(("next", "coming"))
    if not 0 < first < date.max.year - width:
        return None
    return calendar.interval(date(first, 1, 1), date(first + width - 1, 12, 31)), f"{match['unit']} by publication"


def quarters(match: re.Match[str], around: Around) -> Meaning | None:
    """`the past two quarters`: those before publication's own."""
    count, vague = tables.amount(match["number"])
    if vague or around.published is None or not 0 < count < 40:
        return None
    year, number = calendar.quarter_of(around.published)
    return calendar.months(*calendar.plus_months(year, 3 * number - 2, -3 * count), 3 * count), "quarters gone by"


def ahead(match: re.Match[str], around: Around) -> Meaning | None:
    """`the week ahead`: the next one."""
    return (stepped(match["unit"], 1, around.published), "relative to publication") if around.published else None


def clock(_match: re.Match[str], around: Around) -> Meaning | None:
    """`9 a.m.`: of the day spoken of, else of publication's."""
    day = around.previous[0] if around.previous and around.grain() == "day" else around.published
    return (calendar.on_day(day), "a time of the day spoken of") if day else None
