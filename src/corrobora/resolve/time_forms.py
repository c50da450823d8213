"""The forms of time expressions: a pattern for each, and what a match of it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from corrobora.resolve import time_tables as tables
from corrobora.resolve.hijri import FEASTS


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that say when: characters `start` to `end`, and their meaning.

    `kind`: date (any of year, month, day may be missing), weekday, holiday, hijri, season, decade, shift (`number`
    units from the anchor), past (the stretch of `number` units up to the anchor), range (`ends`). `anchor`: published,
    narrative (the last day the text spoke of) or '' for what needs none. `part`: early, mid, late; or of a day morning,
    afternoon, evening, night, overnight. `bound`: since, until, before, after, asof. `vague` marks 'a few', 'recent';
    `counted` 'two weeks ago', which counts days, apart from 'last week', which names a week. `clock`: the time of day
    beside it, as 22:30.
    """

    start: int
    end: int
    text: str
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    name: str = ""
    unit: str = ""
    number: int = 0
    anchor: str = ""
    part: str = ""
    clock: str = ""
    direction: str = ""
    bound: str = ""
    about: bool = False
    vague: bool = False
    ambiguous: bool = False
    counted: bool = False
    ends: tuple["TimeWords", ...] = ()


def _words(match: re.Match[str], kind: str, **fields: object) -> TimeWords:
    return TimeWords(match.start(), match.end(), match[0], kind, **fields)  # type: ignore[arg-type]


# -- one builder for each form ----------------------------------------------------------------------------------------


def _date(match: re.Match[str]) -> TimeWords:
    group = match.groupdict()
    return _words(
        match,
        "date",
        year=tables.year(group.get("year")),
        month=tables.month(group.get("month")),
        day=tables.number(group.get("day")),
        weekday=tables.weekday(group.get("weekday")),
        part=tables.day_part(group.get("time")),
        direction=tables.direction(group.get("which")),
    )


def _left(match: re.Match[str]) -> str:
    """Return the few characters before a match."""
    return match.string[max(0, match.start() - 24) : match.start()]


def _month(match: re.Match[str]) -> TimeWords | None:
    """`June 2014`, `in June`, `early March`, `last May`: a bare name of a month is too often a person's."""
    if match["year"] or match["which"]:
        return _date(match)
    left = _left(match)
    return _date(match) if _DATE_CUE.search(left) and not left.lower().endswith("the ") else None


def _year(match: re.Match[str]) -> TimeWords | None:
    """`in 2014`, `mid-2014`, `(2014)`, `the 2014 massacre`: a bare number of four figures counts anything."""
    of_deed = _ARTICLE.search(_left(match)) and _DEED.match(match.string, match.end())
    if _is_hour(match) or not (of_deed or _DATE_CUE.search(_left(match)) or _IN_BRACKETS.search(_left(match))):
        return None
    return _date(match)


def _is_hour(match: re.Match[str]) -> bool:
    """Tell `BETWEEN 1830 AND 2200` from years: wire texts in capitals write hours as four figures."""
    cue = _HOUR_CUE.search(_left(match))
    return cue is not None and cue[0].isupper() and int(match["year"][2:]) < 60


def _day_range(match: re.Match[str]) -> TimeWords:
    year, month = tables.year(match["year"]), tables.month(match["month"])
    first, last = tables.number(match["first"]), tables.number(match["last"])
    ends = tuple(_words(match, "date", year=year, month=month, day=day) for day in (first, last))
    return _words(match, "range", ends=ends)


def _numeric(match: re.Match[str]) -> TimeWords | None:
    """`6/3/2025`: day first where a figure above 12 or a dot says so; else left open in `ambiguous`."""
    first, second, year = int(match["first"]), int(match["second"]), match.groupdict().get("year")
    dotted = "." in match[0]
    if year is None and not _DAY_CUE.search(_left(match)):
        return None
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return None
    day_first = first > 12 or (dotted and second <= 12)
    day, month = (first, second) if day_first else (second, first)
    unclear = not dotted and first <= 12 and second <= 12 and first != second
    return _words(match, "date", year=tables.year(year), month=month, day=day, ambiguous=unclear)


def _year_range(match: re.Match[str]) -> TimeWords | None:
    if match[0].isupper() and max(int(match["year"][2:]), int(match["last"][-2:])) < 60:
        return None  # 'FROM 1900 TO 2030': hours, see _is_hour
    first = tables.year(match["year"]) or 0
    last = int(str(first)[: 4 - len(match["last"])] + match["last"])
    ends = (_words(match, "date", year=first), _words(match, "date", year=last))
    return _words(match, "range", ends=ends)


def _decade(match: re.Match[str]) -> TimeWords:
    return _words(match, "decade", year=int(match["decade"]))


def _weekday(match: re.Match[str]) -> TimeWords:
    week = -1 if match["week"] else 0
    return _words(
        match,
        "weekday",
        weekday=tables.weekday(match["weekday"]),
        direction=tables.direction(match["which"]),
        unit="week" if match["week"] else "",
        number=week,
        part=tables.day_part(match["time"]),
    )


def _phrase(match: re.Match[str]) -> TimeWords:
    anchor, unit, number, part = tables.PHRASES[tables.plain(match[0])]
    return _words(match, "shift", anchor=anchor, unit=unit, number=number, part=part)


def _holiday(match: re.Match[str]) -> TimeWords | None:
    name = tables.plain(match["holiday"])
    if name in tables.NEED_CUE and not match["year"] and not _FEAST_CUE.search(_left(match)):
        return None
    return _words(match, "holiday", name=name, year=tables.year(match["year"]))


def _hijri(match: re.Match[str]) -> TimeWords | None:
    """`10 Muharram 1445`, `the first day of Ramadan`, `on Eid al-Fitr`: a bare month is also a person's name."""
    group = match.groupdict()
    hijri_year = int(match["hyear"]) if match["hyear"] else None
    if feast := group.get("feast"):
        month, day = FEASTS[tables.plain(feast)]
        if " " not in feast and not _FEAST_CUE.search(_left(match)):
            return None
        return _words(match, "hijri", month=month, day=day, year=hijri_year)
    day_words = group.get("day") or ""
    number = 1 if day_words.lower() == "first" else tables.number(day_words)
    if not number and not hijri_year and not _MONTH_CUE.search(_left(match)):
        return None
    return _words(match, "hijri", month=tables.HIJRI[tables.plain(group["hmonth"])], day=number, year=hijri_year)


def _season(match: re.Match[str]) -> TimeWords | None:
    direction, year = tables.direction(match["which"]), tables.year(match["year"])
    if not direction and year is None:
        return None
    return _words(match, "season", name=match["season"].lower(), year=year, direction=direction)


def _distance(match: re.Match[str]) -> TimeWords:
    """`three weeks ago`, `two days earlier`, `a year later`."""
    side = tables.plain(match["side"] or "ago")
    sign = 1 if side in {"later", "after", "afterwards", "on"} else -1
    anchor = "published" if side == "ago" else "narrative"
    number, vague = tables.amount(match["number"] or match["number2"])
    return _words(
        match,
        "shift",
        anchor=anchor,
        unit=tables.unit(match["unit"] or match["unit2"]),
        number=sign * number,
        vague=vague,
        counted=True,
    )


def _past(match: re.Match[str]) -> TimeWords:
    number, vague = tables.amount(match["number"] or "one")
    return _words(match, "past", anchor="published", unit=tables.unit(match["unit"]), number=number, vague=vague)


def _recent(match: re.Match[str]) -> TimeWords:
    return _words(match, "past", anchor="published", unit=tables.unit(match["unit"]), number=1, vague=True)


def _which_unit(match: re.Match[str]) -> TimeWords | None:
    """`last week`, `earlier this month`, `the following day`, `that evening`, `the same night`."""
    which, word = tables.plain(match["which"]), match["unit"].lower()
    part, unit = tables.day_part(word), tables.unit(word) or "day"
    article = bool(match["the"])
    if which in {"that", "same", "following", "previous", "preceding"} or (which == "next" and article):
        number = {"that": 0, "same": 0, "following": 1, "next": 1}.get(which, -1)
        return _words(match, "shift", anchor="narrative", unit=unit, number=number, part=part)
    if unit == "day" and not part:
        return None
    if which == "last" and article:
        return _words(match, "past", anchor="published", unit=unit, number=1) if not part else None
    number = {"this": 0, "last": -1, "past": -1, "next": 1, "coming": 1}[which]
    if match["early"]:
        # 'early this month' is its first third; 'earlier this month' is any day of it so far.
        early = match["early"].lower()
        part = early if unit in {"month", "year"} and early in {"early", "mid", "late"} else part
    return _words(match, "shift", anchor="published", unit=unit, number=number, part=part)


def _start_of_unit(match: re.Match[str]) -> TimeWords:
    """`since the start of the month`, `at the beginning of this year`: its first third, from its first day on."""
    number = -1 if match["which"].lower() == "last" else 0
    unit = tables.unit(match["unit"])
    part = "early" if unit in {"month", "year"} else ""
    return _words(match, "shift", anchor="published", unit=unit, number=number, part=part)


def _day_beside(match: re.Match[str]) -> TimeWords:
    """`the day before`, `the night after`."""
    step = 1 if match["side"].lower() == "after" else -1
    part = tables.day_part(match["unit"])
    return _words(match, "shift", anchor="narrative", unit="day", number=step, part=part)


def _nights(match: re.Match[str]) -> TimeWords:
    """`two nights ago`, `three nights later`."""
    side, (number, vague) = match["side"].lower(), tables.amount(match["number"])
    step, anchor = number if side == "later" else -number, "published" if side == "ago" else "narrative"
    return _words(match, "shift", anchor=anchor, unit="day", number=step, part="night", vague=vague)


def _week_of_month(match: re.Match[str]) -> TimeWords:
    """`the first week of March`: its days 1 to 7; the last week, the seven up to the 28th, 30th or 31st."""
    year, month = tables.year(match["year"]), tables.month(match["month"]) or 1
    last = 28 if month == _FEBRUARY else 30 if month in _SHORT else 31
    first = {"first": 1, "second": 8, "third": 15, "fourth": 22}.get(match["which"].lower(), last - 6)
    ends = tuple(_words(match, "date", year=year, month=month, day=day) for day in (first, first + 6))
    return _words(match, "range", ends=ends)


_FEBRUARY, _SHORT = 2, frozenset({4, 6, 9, 11})
_ARTICLE = re.compile(r"(?i)\b(?:an?|the|this|that|his|her|its|their)\s+(?:[a-z-]+\s+)?$")
_DEED = re.compile(tables.fill(r"(?i)\s+(?:[a-z-]+\s+){0,2}{DEED}\b"))
_DATE_CUE = re.compile(tables.fill(r"\b(?i:{BEFORE_WORD}|of)[\s-]+$"))
_FEAST_CUE = re.compile(r"(?i)\b(?:on|at|over|during|until|since|before|after|celebrat\w+|observ\w+|mark\w*)\s+$")
# `on 6/3`, `since 6/3`: without a year, two figures are a date only behind such a word.
_DAY_CUE = re.compile(r"(?i)\b(?:on|since|until|dated|before|after)\s+$")
_MONTH_CUE = re.compile(
    r"(?i)\b(?:in|during|throughout|since|until|before|last|month\s+of|beginning\s+of|end\s+of)\s+$"
)
_HOUR_CUE = re.compile(r"(?i)\b(?:at|around|about|from|between|by|until|till|to|after|before)\s+$")
_IN_BRACKETS = re.compile(r"\($")

# -- the forms ---------------------------------------------------------------------------------------------------------

Builder = Callable[[re.Match[str]], "TimeWords | None"]


Form = tuple[re.Pattern[str], Builder, tuple[str, ...]]


def _form(pattern: str, build: Builder, *cues: str) -> Form:
    """A pattern, what builds its words, and words of which one stands, in small letters, in all that it matches."""
    return re.compile(tables.fill(pattern)), build, cues


FORMS: tuple[Form, ...] = (
    _form(r"(?<![\d/-])(?P<year>{YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])", _date),
    _form(
        r"(?<![\d/.-])(?P<first>\d\d?)(?P<sep>[/.-])(?P<second>\d\d?)(?P=sep)(?P<year>{YEAR}|\d\d)(?![\d/.-]\d|\d)",
        _numeric,
    ),
    _form(r"(?<![\d/.-])(?P<first>\d\d?)/(?P<second>\d\d?)(?![\d/-]|\.\d|\s*(?:%|of\b|inch))", _numeric),
    _form(r"{BEFORE_DATE}(?P<month>{MONTH_EN}){S}(?P<day>{DAY})(?!{S}?(?:{MONTH_EN}\b)){OF_YEAR}{TIME}", _date),
    _form(
        r"{BEFORE_DATE}(?<![\d.,:/-])(?P<day>{DAY})(?:{S}(?:of|de|DE|OF))?{S}(?P<month>{MONTH})(?!\w){OF_YEAR}{TIME}",
        _date,
    ),
    _form(r"\b(?P<month>{MONTH_EN}){S}(?P<first>{DAY})\s*{TO}\s*(?P<last>{DAY}){OF_YEAR}", _day_range),
    _form(
        r"(?<![\d.,:/-])(?P<first>{DAY})\s*{TO}\s*(?P<last>{DAY})(?:{S}(?:of|de))?{S}(?P<month>{MONTH})(?!\w){OF_YEAR}",
        _day_range,
    ),
    _form(
        r"(?:\b(?i:(?P<which>last|this|next){S}))?\b(?P<month>{MONTH})\b(?:,?(?:{S}(?:of|de|OF|DE))?{S}(?P<year>{YEAR})\b"
        r"|(?![\s.]*\d))",
        _month,
    ),
    _form(
        r"\b(?i:(?P<which>last|this|next){S}|(?:in{S})?(?:the{S})?)(?i:(?P<season>{SEASON}))(?i:{S}of)?(?:{S}(?P<year>{YEAR}))?\b",
        _season,
        *tables.SEASON_CUES,
    ),
    _form(r"(?<![\d/.,])(?<!\d[-–])(?P<year>{YEAR})\b(?!['’][sS]\b|[-–/,.:]?\d|\s+block\b)", _year),
    _form(r"(?i:(?:from|between){S})(?P<year>{YEAR}){S}(?i:to|and|until|through){S}(?P<last>{YEAR})\b", _year_range),
    _form(r"(?<![\d/-])(?P<year>{YEAR})(?=['’]s\b)", _date),
    _form(r"(?<![\d/-])(?P<year>{YEAR})\s?[-–]\s?(?P<last>\d\d(?:\d\d)?)(?![\d-])", _year_range),
    _form(r"(?<!\d)(?:\b(?i:the){S})?(?P<decade>(?:18|19|20)\d0)['’]?[sS]\b", _decade, "0s", "0's", "0’s"),
    _form(
        r"{BEFORE_WEEKDAY}(?P<weekday>{WEEKDAY})\b(?:['’][sS])?(?i:{S}(?:(?P<time>{DAY_PART})\b))?(?i:{S}(?P<week>last{S}week|of{S}last{S}week|the{S}week{S}before))?",
        _weekday,
    ),
    _form(
        r"\b(?i:(?:the{S})?(?:start|beginning|outset){S}of{S}(?P<which>the|this|last){S}(?P<unit>week|month|year))\b",
        _start_of_unit,
        "start",
        "beginning",
        "outset",
    ),
    _form(r"\b(?i:{PHRASE})(?!\w|['’](?![sS]\b)\w)", _phrase),
    _form(
        r"\b(?i:(?P<holiday>{HOLIDAY}))\b(?:,?{S}(?P<year>{YEAR})\b)?",
        _holiday,
        *tables.HOLIDAY_CUES,
    ),
    _form(
        r"(?:\b(?i:(?:the{S})?(?P<day>first|\d\d?)(?:st|nd|rd|th)?(?:{S}day)?(?:{S}of)?){S})?\b(?i:(?P<hmonth>{HIJRI}))\b"
        r"(?:,?{S}(?P<hyear>1[34]\d\d|(?:19|20)\d\d)(?:{S}?(?:AH|A\.H\.|H))?\b)?(?!{S}[A-Z][a-z])",
        _hijri,
        *tables.HIJRI_CUES,
    ),
    _form(r"\b(?i:(?P<feast>{FEAST}))\b(?:,?{S}(?P<hyear>1[34]\d\d|(?:19|20)\d\d)\b)?", _hijri, *tables.FEAST_CUES),
    _form(
        r"(?i:\b(?:(?P<number>{NUMBER}){S}(?P<unit>{UNIT}){S}(?P<side>ago|earlier|later|afterwards|(?:before|after|prior|previously|on)(?=\s*[,.;:)\n]))\b|(?P<il>il{S}y{S}a){S}(?P<number2>{NUMBER}){S}(?P<unit2>{UNIT})\b))",
        _distance,
    ),
    _form(
        r"\b(?i:(?:over|in|during|within|throughout|for){S})?(?i:(?:the|these){S}(?:(?:past|last)|(?:previous|preceding)(?={S}{NUMBER}{S}))(?:{S}(?P<number>{NUMBER}))?{S}(?P<unit>{UNIT})\b)",
        _past,
    ),
    _form(r"\b(?i:(?:past|last){S}(?P<number>{NUMBER}){S}(?P<unit>{UNIT})\b)", _past),
    _form(r"\b(?i:(?:in|over|during|of){S}(?:the{S})?recent{S}(?P<unit>{UNIT})\b)", _recent, "recent"),
    _form(
        r"\b(?i:(?P<early>early|earlier|late|later|mid)[\s-]+)?(?i:(?P<the>the){S})?(?i:(?P<which>this|last|past|next|coming|following|previous|preceding|that|same){S}(?:very{S}|early{S}|late{S})?(?P<unit>{UNIT_ONE}|{DAY_PART})\b)",
        _which_unit,
    ),
    _form(r"\b(?i:the{S}(?P<unit>day|night|evening){S}(?P<side>before|after|earlier)(?=\s*[,.;:)\n]))", _day_beside),
    _form(r"\b(?i:(?P<number>{NUMBER}){S}nights{S}(?P<side>ago|earlier|later)\b)", _nights, "nights"),
    _form(
        r"\b(?i:the{S}(?P<which>first|second|third|fourth|last){S}week{S}(?:of|in){S})(?P<month>{MONTH_EN})\b{OF_YEAR}",
        _week_of_month,
        "week",
    ),
)
