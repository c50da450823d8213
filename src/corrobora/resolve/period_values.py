"""From words of time to days: what an expression comes to, given the publication day and the narrative's last day."""

from dataclasses import dataclass, replace
from datetime import date

from corrobora.resolve import calendar, hijri
from corrobora.resolve import time_tables as tables
from corrobora.resolve.calendar import Days, Value
from corrobora.resolve.figures_order import ordered
from corrobora.resolve.time_words import TimeWords

# How far ahead of the publication day a date without a year may lie and still be this year's: the report may be dated
# in another time zone than the event.
_TOLERANCE = 1
# Days that a vague number of units is read as: 'a few days', 'recent weeks'.
_VAGUE_DAYS = {"hour": 1, "day": 7, "week": 35, "month": 183, "year": 5 * 366, "decade": 30 * 366}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
# Days back from publication within which a weekday that does not fit its date is a slip, and not another year's.
_SLIP = 60
# A report of older events: from this distance on, a bare weekday follows the narrative and not the publication.
_OLD = 10


@dataclass(frozen=True, slots=True)
class Anchors:
    """What words are measured from: the publication day, the last day the text spoke of, and the text's year.

    `fresh`: the text has spoken of a day just before publication. `year` is used only where no publication day is
    known; `year_rule` says where it comes from. `day_first`: the outlet writes the day before the month;
    None where that is not known.
    """

    published: date | None = None
    narrative: Days | None = None
    year: int | None = None
    year_rule: str = ""
    fresh: bool = False
    day_first: bool | None = None


Meaning = tuple[Value, str]


def meaning(words: TimeWords, anchors: Anchors, *, future: bool = False) -> Meaning | None:
    """Return the value of an expression and the rule that gave it, or None where its anchor is not known.

    `future` says that tense or modality look ahead; else what is past is preferred.
    """
    resolved = _RULES[words.kind](words, anchors, future)
    if resolved is None:
        return None
    value, rule = resolved
    if words.about and value.precision == "day" and value.earliest:
        value = replace(value, edtf=value.edtf + "~")
    if words.bound not in {"", "asof"} and (value.earliest or value.latest):
        value, rule = _bounded(value, words.bound, anchors.published), f"{words.bound}: {rule}"
    return value, rule


def _bounded(value: Value, bound: str, published: date | None) -> Value:
    """'since March 6' runs to the publication day; 'until', 'before' and 'after' leave a side open."""
    first, last = value.earliest, value.latest
    if bound == "since":
        return calendar.interval(first, published if published and first and published >= first else None)
    if bound == "until":
        return calendar.interval(None, last)
    if bound == "before":
        return calendar.interval(None, calendar.plus(first, -1) if first else last)
    start = last if value.precision == "day" else first
    return calendar.interval(start, published if published and start and published >= start else None)


# -- dates -------------------------------------------------------------------------------------------------------------


def _date(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    year, note = words.year, ""
    if words.ambiguous:
        words, note = ordered(words, anchors.published, anchors.day_first)
    if year is None:
        found = _yearless(words, anchors, future)
        return (found[0], found[1] + note) if found else None
    value = _in(words, year)
    return _checked(words, value, f"{_fields(words)}{note}") if value else None


def _fields(words: TimeWords) -> str:
    if words.day:
        return "day, month and year"
    return ("month and year" if words.month else "year") + (f", {words.part}" if words.part else "")


def _in(words: TimeWords, year: int) -> Value | None:
    if words.month is None:
        return calendar.in_year(year, words.part)
    if words.day is None:
        return calendar.in_month(year, words.month, words.part)
    day = calendar.valid(year, words.month, words.day)
    return _part_of_day(day, words.part) if day else None


def _part_of_day(day: date, part: str) -> Value:
    """A night runs into the next morning; every other part lies within its day."""
    return calendar.interval(day, calendar.plus(day, 1)) if part == "night" else calendar.on_day(day)


def _checked(words: TimeWords, value: Value, rule: str) -> Meaning:
    """Compare a day with the weekday beside it: where they lie a day apart, either may be meant, and both stay."""
    day = value.earliest
    if words.weekday is None or day is None or words.day is None or day.weekday() == words.weekday:
        return value, rule
    rule += "; the weekday named is another"
    shift = (words.weekday - day.weekday() + 3) % 7 - 3
    if abs(shift) > 1:
        return value, rule
    return calendar.interval(day, calendar.plus(day, shift)), f"{rule}: both days"


def _yearless(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    published = anchors.published
    if words.month is None:
        return None
    if published is None and anchors.year is not None:
        value = _in(words, anchors.year)
        return _checked(words, value, f"month-day, {anchors.year_rule}") if value else None
    if published is None:
        day = f"-{words.day:02}" if words.day else ""
        return Value(f"XXXX-{words.month:02}{day}", None, None, "day" if day else "month"), "no year known"
    what = "month-day" if words.day else "month"
    if by_weekday := _by_weekday(words, published):
        return by_weekday, "month-day of the year that fits the weekday, nearest to publication"
    if words.bound == "until" or future:
        value = _nearest(words, published, ahead=future)
        return (value, f"{what}, nearest to publication") if value else None
    value = _past(words, published)
    return _checked(words, value, f"{what}, nearest past to publication") if value else None


def _by_weekday(words: TimeWords, published: date) -> Value | None:
    """`Friday, March 28`: the one year around the publication day in which the two fit.

    Not of a day just past: there a weekday that does not fit is more likely a slip than another year.
    """
    past = _past(words, published)
    if words.weekday is None or words.day is None or _within(past, published, _SLIP):
        return None
    values = [v for year in range(published.year - 1, published.year + 2) if (v := _in(words, year))]
    fits = [v for v in values if v.earliest and v.earliest.weekday() == words.weekday]
    return fits[0] if len(fits) == 1 else None


def _within(value: Value | None, day: date, days: int) -> bool:
    return value is not None and value.latest is not None and (day - value.latest).days <= days


def _past(words: TimeWords, published: date) -> Value | None:
    limit = calendar.plus(published, _TOLERANCE)
    back = 1 if words.direction == "last" and words.month == published.month else 0
    for year in range(published.year + 1, max(published.year - 9, 1), -1):
        value = _in(words, year)
        if value and value.earliest and value.earliest <= limit:
            return (_in(words, year - 1) or value) if back else value
    return None


def _nearest(words: TimeWords, published: date, *, ahead: bool) -> Value | None:
    values = [v for year in range(published.year - 1, published.year + 2) if (v := _in(words, year)) and v.latest]
    if ahead:
        values = [v for v in values if v.latest and v.latest >= published] or values
    return min(values, key=lambda v: abs(((v.latest or published) - published).days), default=None)


# -- weekdays, feasts, seasons -----------------------------------------------------------------------------------


def _weekday(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    weekday, published = words.weekday or 0, anchors.published
    if words.unit == "week" and published:
        monday = calendar.plus(calendar.week_days(published)[0], 7 * words.number)
        return _part_of_day(calendar.plus(monday, weekday), words.part), "weekday of the week before publication"
    story = anchors.narrative
    old = published is None or (story is not None and not anchors.fresh and (published - story[1]).days > _OLD)
    if story and not words.direction and old:
        day = calendar.plus(story[0], (weekday - story[0].weekday()) % 7)
        return _part_of_day(day, words.part), "weekday on or after the day last spoken of"
    if published is None:
        return None
    if future or words.direction == "next":
        day = calendar.plus(published, (weekday - published.weekday() - 1) % 7 + 1)
        return _part_of_day(day, words.part), "weekday after publication"
    day = calendar.weekday_on_or_before(published, weekday)
    if words.direction == "last" and day == published:
        day = calendar.plus(day, -7)
    return _part_of_day(day, words.part), "weekday on or before publication"


def _feast(name: str, year: int) -> date:
    if name in tables.FIXED:
        return date(year, *tables.FIXED[name])
    if name in tables.NTH:
        return calendar.nth_weekday(year, *tables.NTH[name])
    return calendar.plus(calendar.easter(year), tables.FROM_EASTER[name])


def _holiday(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    published = anchors.published
    if words.year is not None:
        return calendar.on_day(_feast(words.name, words.year)), "feast of a year"
    if published is None:
        rule = f"feast, {anchors.year_rule}"
        return (calendar.on_day(_feast(words.name, anchors.year)), rule) if anchors.year else None
    years = range(max(published.year - 1, 1), min(published.year + 2, 9999))
    days = [_feast(words.name, year) for year in years]
    if future:
        return calendar.on_day(next(d for d in days if d >= published)), "feast, next after publication"
    past = [d for d in days if d <= calendar.plus(published, _TOLERANCE)]
    return (calendar.on_day(past[-1]), "feast, nearest past to publication") if past else None


_LAST_HIJRI_YEAR = 1600  # a year beyond it is one of the Gregorian calendar


def _hijri(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    month, rule = words.month or 1, "Hijri calendar (Umm al-Qura), to a day"
    if words.year is not None and words.year > _LAST_HIJRI_YEAR:
        value = hijri.in_year(words.year, month, words.day)
    elif words.year is not None:
        value = hijri.value(words.year, month, words.day)
    elif anchors.published is not None:
        value = hijri.nearest(anchors.published, month, words.day, future=future)
        rule += ", by publication"
    else:
        value = None
    return (value, rule) if value else None


def _season(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    code, published = tables.SEASONS[words.name], anchors.published
    if words.year is not None:
        return calendar.in_season(words.year, code), "season of a year, northern hemisphere"
    if published is None:
        return None
    values = [calendar.in_season(year, code) for year in range(max(published.year - 2, 1), published.year + 2)]
    if words.direction == "next" or future:
        value = next(v for v in values if v.earliest and v.earliest > published)
    else:
        done = [v for v in values if v.earliest and v.earliest <= published]
        over = [v for v in done if v.latest and v.latest < published]
        value = over[-1] if words.direction == "last" else done[-1]
    return value, "season by publication, northern hemisphere"


def _decade(words: TimeWords, _anchors: Anchors, _future: bool) -> Meaning | None:
    return calendar.in_decade(words.year or 0), "decade"


# -- distances from an anchor ------------------------------------------------------------------------------------


def _shift(words: TimeWords, anchors: Anchors, _future: bool) -> Meaning | None:
    if words.anchor == "narrative" and anchors.narrative:
        first, last = anchors.narrative
        # 'the next day' follows the end of what was told, 'the day before' goes back from its beginning.
        return _from(words, last if words.number > 0 else first), "relative to the day last spoken of"
    if anchors.published is None or (words.anchor == "narrative" and words.number > 0):
        return None
    return _from(words, anchors.published), "relative to publication"


def _from(words: TimeWords, day: date) -> Value:
    unit, number = words.unit, words.number
    if words.vague:
        nearer, farther = (calendar.plus(day, _days(unit, n, number)) for n in (2, 7))
        return calendar.interval(nearer, farther)
    if unit in {"month", "year", "decade"}:
        months = number * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = calendar.plus_months(day.year, day.month, months)
        value = calendar.in_month(year, month, words.part) if unit == "month" else calendar.in_year(year, words.part)
        return calendar.interval(value.earliest, day) if number == 0 and not words.part else value
    if unit == "weekend":
        return _weekend(day, number)
    if unit in {"week", "fortnight"} and not words.counted:
        first, last = calendar.week_days(calendar.plus(day, 7 * number))
        return calendar.interval(first, day) if number == 0 else calendar.interval(first, last, "week")
    shifted = calendar.plus(day, _days(unit, number, 1))
    if unit in {"week", "fortnight"}:
        return calendar.interval(calendar.plus(shifted, -1), calendar.plus(shifted, 1))
    if words.part == "overnight":
        return calendar.interval(shifted, calendar.plus(shifted, 1))
    return (
        _part_of_day(shifted, words.part) if words.number or words.anchor == "narrative" else calendar.on_day(shifted)
    )


def _weekend(day: date, number: int) -> Value:
    first, last = calendar.weekend_days(day)
    # Told on a working day, 'last weekend' is the one just over; told on a Sunday, the one before.
    weeks = number + 1 if number < 0 and last < day else number
    first, last = calendar.plus(first, 7 * weeks), calendar.plus(last, 7 * weeks)
    return calendar.interval(first, last)


def _days(unit: str, number: int, sign: int) -> int:
    """Return a distance in days; hours count as days from twelve on."""
    signed = number if sign > 0 else -number
    if unit == "hour":
        return int(signed / 24 + (0.5 if signed > 0 else -0.5))
    return signed * {**_UNIT_DAYS, "month": 30, "year": 365, "decade": 3650}[unit]


def _past_stretch(words: TimeWords, anchors: Anchors, _future: bool) -> Meaning | None:
    if anchors.published is None:
        return None
    day, rule = anchors.published, "stretch up to publication"
    if words.vague:
        return calendar.interval(calendar.plus(day, -_VAGUE_DAYS.get(words.unit, 14)), day), f"{rule}, length vague"
    if words.unit in {"month", "year", "decade"}:
        months = words.number * {"month": 1, "year": 12, "decade": 120}[words.unit]
        year, month = calendar.plus_months(day.year, day.month, -months)
        first = calendar.valid(year, month, min(day.day, calendar.month_days(year, month)[1].day))
        return calendar.interval(first, day), rule
    back = -(-words.number // 24) if words.unit == "hour" else words.number * _UNIT_DAYS[words.unit]
    return calendar.interval(calendar.plus(day, -back), day), rule


def _range(words: TimeWords, anchors: Anchors, future: bool) -> Meaning | None:
    first, last = (meaning(end, anchors, future=future) for end in words.ends)
    if first is None or last is None:
        return None
    (start, _), (end, rule) = first, last
    if (start.earliest is None) != (end.latest is None):
        return calendar.interval(start.earliest, end.latest), f"range of which one end is not known: {rule}"
    if start.earliest is None or end.latest is None:
        return Value(f"{start.edtf}/{end.edtf}", None, None, "days"), rule
    begin = start.earliest
    if future and _both_yearless(words):  # a stretch that looks ahead may have begun
        begin = _first_before(words.ends[0], end.latest) or begin
    if begin > end.latest and _both_yearless(words) and (later := _past_end(words.ends[1], begin)):
        return calendar.interval(begin, later), f"range: {rule}"  # 'December 30 to January 2'
    if begin > end.latest and words.ends[0].kind == "weekday":
        begin = calendar.plus(begin, -7)  # 'Friday to Sunday' told on a Saturday
    if begin > end.latest and words.ends[0].kind == "date" and words.ends[0].month:
        begin = (
            calendar.valid(begin.year - 1, begin.month, min(begin.day, 28)) or begin
        )  # 'December 30 to January 2, 2025'
    return calendar.interval(begin, end.latest), f"range: {rule}"


def _both_yearless(words: TimeWords) -> bool:
    return all(end.kind == "date" and end.year is None and end.month for end in words.ends)


def _first_before(words: TimeWords, last: date) -> date | None:
    """Return the beginning of the last such day or month up to `last`."""
    values = [_in(words, year) for year in (last.year, max(last.year - 1, 1))]
    return next((v.earliest for v in values if v and v.earliest and v.earliest <= last), None)


def _past_end(words: TimeWords, begin: date) -> date | None:
    """Return the end of the first such day or month after `begin`."""
    values = [_in(words, year) for year in (begin.year, min(begin.year + 1, 9999))]
    return next((v.latest for v in values if v and v.latest and v.latest >= begin), None)


_RULES = {
    "date": _date,
    "weekday": _weekday,
    "holiday": _holiday,
    "hijri": _hijri,
    "season": _season,
    "decade": _decade,
    "shift": _shift,
    "past": _past_stretch,
    "range": _range,
}
