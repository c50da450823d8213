"""Quarters, halves, fiscal years and bare units, as marked expressions name them."""

import re
from datetime import date

from corrobora.resolve import calendar, discussed
from corrobora.resolve import time_tables as tables
from corrobora.resolve.discussed import Around, Meaning
from corrobora.resolve.period_values import Anchors, meaning
from corrobora.resolve.time_words import parse

_ENDED_AFTER = re.compile(r",? (?:that |which )?end(?:ed|ing)\b")
_BEGAN_AFTER = re.compile(r",? (?:that |which )?(?:began|begins|beginning|started|starting)\b")
_STEP_NEXT = re.compile(r"\b(?:next|coming|following|succeeding|subsequent|upcoming)\b")
_STEP_LAST = re.compile(r"\b(?:last|past|prior|previous|preceding)\b")
_FROM_PUBLICATION = re.compile(r"\b(?:last|past|this|current|present|next|coming|upcoming)\b")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = "|".join(sorted(tables.MONTHS, key=len, reverse=True))


def year(match: re.Match[str], around: Around) -> Meaning | None:
    """`1988`, `'88`, `fiscal 1988`: a fiscal year counts as the calendar year it is named for."""
    named = discussed.year_of(match["year"], around)
    return (calendar.in_year(named), "year") if named else None


def numbered(match: re.Match[str], around: Around) -> Meaning | None:
    """`the third quarter of 1988`, `fiscal 1990's first half`, `third-quarter`, `the year-earlier third quarter`."""
    words, today = match["when"] or match["owner"] or "", around.today
    number, months = discussed.ORDINALS[match["ordinal"]], 3
    if match["unit"] == "half":
        number, months = min(number, 2), 6
    year = discussed.year_of(words, around) if words and words != "the year" else around.year_spoken_of()
    if year is None and today:
        year = _year_begun(number, months, today, future=around.future)
    if year is None:
        return None
    return calendar.months(year, (number - 1) * months + 1, months), f"{match['unit']} of a year"


def _year_begun(number: int, months: int, today: date, *, future: bool) -> int:
    if months == 3:
        return discussed.recent_quarter(number, today, future=future)[0]
    return today.year if number == 1 or today.month > 6 or future else today.year - 1


def numbered_q(match: re.Match[str], around: Around) -> Meaning | None:
    """`Q3`, `Q3 1989`, `3Q 1989`."""
    number = int(match["ordinal"] or match["number"])
    year = discussed.year_of(match["when"], around) if match["when"] else None
    if year is None and around.today:
        year, number = discussed.recent_quarter(number, around.today, future=around.future)
    return (calendar.in_quarter(year, number), "quarter of a year") if year else None


def first_months(match: re.Match[str], around: Around) -> Meaning | None:
    """`the first nine months of 1989`, `the nine months ended Sept. 30`."""
    count, _ = tables.amount(match["number"])
    ended = day_of(match["ended"] or around.after, around)
    if ended and (match["ended"] or _ENDED_AFTER.match(around.after)):
        start = calendar.plus_months(ended.year, ended.month, 1 - count)
        return (calendar.months(*start, count), "months up to a day") if 0 < count <= 120 else None
    named = discussed.year_of(match["when"] or match["owner"] or "this year", around)
    return (calendar.months(named, 1, count), "first months of a year") if named and 0 < count <= 12 else None


def unit(match: re.Match[str], around: Around) -> Meaning | None:
    """`the quarter`, `the latest week`, `last fiscal year`, `the year-earlier period`, `the same month last year`."""
    unit = {"fiscal year": "year", "season": "period"}.get(match["unit"], match["unit"])
    words, when = match["which"] or "", match["when"] or ""
    today = around.today
    if today is None:
        return None
    told = words.startswith("the next") and around.previous is not None and not around.future
    if around.published and unit != "period" and not told and (step := _published_step(words)) is not None and not when:
        return stepped(unit, step, around.published), "relative to publication"
    if (bound := _bound(unit, match, around)) is not None:
        return bound
    if match["owner"] or when:
        return _of_year(unit, when or match["owner"], around)
    if match["month"] and unit in {"quarter", "period"}:
        month = tables.month(match["month"]) or 1
        year = today.year - (month > today.month)
        start = calendar.plus_months(year, month, -2)
        return calendar.months(*start, 3), "the quarter that ends with a month"
    if around.previous and unit not in {"quarter", "period"} and re.search(r"\b(?:that|same)\b", words):
        return stepped(unit, 0, around.previous[0]), "the unit of the date before"
    value = discussed.unit_spoken_of(unit, around)
    step = 1 if _STEP_NEXT.search(words) else -1 if _STEP_LAST.search(words) else 0
    if value is None or value.earliest is None or value.latest is None:
        return None
    if not step:
        return value, "the unit under discussion"
    base = around.previous or (value.earliest, value.latest)
    wide = (unit == "quarter" and around.grain() != "quarter") or (base[1] - base[0]).days > 366
    day = value.earliest if wide else base[1] if step > 0 else base[0]
    return stepped(unit, step, day), "relative to the date before"


def _bound(unit: str, match: re.Match[str], around: Around) -> Meaning | None:
    """The unit that ends or begins on a day named with it: `the quarter ended Sept. 30`, `the week of Oct. 23`."""
    if match["ended"] or _ENDED_AFTER.match(around.after):
        found = _ended(unit, match["ended"] or around.after, around, ahead="ending" in match[0])
        return (found, "the unit that ends on a day") if found else None
    if match["began"] or _BEGAN_AFTER.match(around.after):
        day = day_of(match["began"] or around.after, around)
        if day and unit == "year":
            return calendar.in_year(day.year + (day.month > 6)), "the year that begins on a day"
        return (stepped(unit, 0, day), "the unit that begins on a day") if day else None
    return None


def _published_step(words: str) -> int | None:
    """Return how far from the publication's own unit `this`, `last` or `next` lies; None where they do not stand."""
    if not _FROM_PUBLICATION.search(words):
        return None
    return -1 if re.search(r"\b(?:last|past)\b", words) else 1 if _STEP_NEXT.search(words) else 0


def stepped(unit: str, step: int, day: date) -> calendar.Value:
    """Return the day, week, month, quarter or year that lies `step` units from the one that holds `day`."""
    if unit == "day":
        return calendar.on_day(calendar.plus(day, step))
    if unit in {"week", "fortnight"}:
        return calendar.interval(*calendar.week_days(calendar.plus(day, 7 * step)), "week")
    if unit == "month":
        return calendar.in_month(*calendar.plus_months(day.year, day.month, step))
    if unit == "year":
        return calendar.in_year(min(max(day.year + step, 1), 9999))
    start = calendar.quarter_of(day)
    return calendar.months(*calendar.plus_months(start[0], 3 * start[1] - 2, 3 * step), 3)


def _of_year(unit: str, words: str, around: Around) -> Meaning | None:
    """Return the same unit of another year: `the same week a year ago`, `the 1988 period`."""
    value, rule = discussed.unit_spoken_of(unit, around), "the same unit of a year"
    spoken = value.earliest if value else None
    if re.search(r"ago|earlier|before", words):
        rule = "a year before the period under discussion"
        if unit in {"day", "week"} or (unit == "month" and around.grain() != "month"):
            if spoken is None:
                return None
            return (stepped("week", -52, spoken) if unit == "week" else stepped(unit, 0, _year_back(spoken))), rule
        found = around.quarter() if unit in {"quarter", "period"} else None
        if found and around.grain() not in {"month", "year"}:
            return calendar.in_quarter(found[0] - 1, found[1]), rule
        return discussed.year_earlier(around)
    year = discussed.year_of(words, around)
    if year is None or spoken is None:
        return None
    if unit == "year":
        return calendar.in_year(year), "year"
    day = spoken.day if unit == "day" else 1
    then = calendar.valid(year, spoken.month, day)
    return (stepped(unit, 0, then), rule) if then else None


def _year_back(day: date) -> date:
    return calendar.valid(day.year - 1, day.month, day.day) or calendar.plus(day, -366)


def _ended(unit: str, words: str, around: Around, *, ahead: bool = False) -> calendar.Value | None:
    day = day_of(words, around, ahead=ahead)
    if day is None:
        return None
    if unit in {"quarter", "period"}:
        return calendar.months(*calendar.plus_months(day.year, day.month, -2), 3)
    return stepped(unit, 0, day)


def day_of(words: str, around: Around, *, ahead: bool = False) -> date | None:
    """Return the last day of the first date or weekday in words such as ` ended Sept. 30, 1988`, ` ended Saturday`."""
    titled = re.sub(rf"\b(?:{_MONTH}|{_WEEKDAY})\b", lambda m: m[0].capitalize(), words[:60])
    found = parse(titled)
    if not found or found[0].kind not in {"date", "weekday"}:
        return None
    resolved = meaning(found[0], Anchors(around.today), future=ahead or words.lstrip(" ,").startswith("ending"))
    return resolved[0].latest if resolved else None


def year_earlier(_match: re.Match[str], around: Around) -> Meaning | None:
    """`a year earlier`, `year-ago`."""
    return discussed.year_earlier(around)


def year_end(match: re.Match[str], around: Around) -> Meaning | None:
    """`year-end`, `1989's end`: the year itself."""
    named = discussed.year_of(match["year"] or "this year", around)
    return (calendar.in_year(named), "year, at its end") if named else None


def decade(match: re.Match[str], _around: Around) -> Meaning | None:
    """`the 1980s`, `'70s`."""
    figures = int(match["decade"])
    return calendar.in_decade(figures if figures > 99 else 1900 + figures), "decade"
