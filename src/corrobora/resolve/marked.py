"""What an expression means that a person or another tool has marked as a date: `the quarter`, `1988`, `a year earlier`.

In running text such words are too often no date to be looked for; once marked, they are read with all that stands
around them. The answer is the calendar unit that the words name, as TIMEX3 (ISO 24617-1) has it: `mid-October` is in
October, `this week` is the whole week.
"""

import re
from dataclasses import replace
from datetime import date

from corrobora.resolve import calendar, tense
from corrobora.resolve.calendar import Days, Value
from corrobora.resolve.discussed import Around, Meaning
from corrobora.resolve.marked_forms import FORMS
from corrobora.resolve.period_values import Anchors, meaning
from corrobora.resolve.sentences import current
from corrobora.resolve.spelled import in_figures
from corrobora.resolve.time_words import TimeWords, parse

__all__ = ["period_of"]

# Words around the unit that leave the unit as it is: prepositions, parts of it, hedges.
_AROUND = (
    r"in|on|at|by|during|for|since|until|till|from|through|throughout|over|within|as\s+of|as\s+early\s+as|as\s+late\s+as"
    r"|as\s+recently\s+as|around|about|nearly|almost|approximately|some|only|just|no\s+later\s+than|more\s+than|less\s+than"
    r"|at\s+least|up\s+to|before|after|(?:the\s+)?(?:very\s+)?(?:early|late|earlier|later|middle|beginning|start|outset|close"
    r"|end|first\s+part|latter\s+part|early\s+part|rest|remainder|balance|bulk|course)(?:\s+(?:in|on|of))?|mid(?=-)|all\s+of"
    r"|part\s+of|most\s+of|much\s+of|all|sometime|so\s+far|as\s+soon\s+as|the\s+whole\s+of|early\s+on"
)
_LEAD = re.compile(rf"(?:(?:{_AROUND})(?:\s+|-)(?!(?:ago|from|hence|before|earlier|later)\b))+")
_LEFT = re.compile(r"(?:year-?end|year['’]s\s+end)\b")
_TAIL = re.compile(r"(?:['’]s?|[\s,.;:]|\balone\b|\bor so\b|\bso far\b|\boverall\b)+$")
_NO_DATE = re.compile(
    r"(?:(?:in|for|over|during|at|of|until|by|from|to|the|very|most|more|much|its|a|some|that|any|one|not\s+long|so)\s+)*"
    r"(?:recent(?:ly)?|past|future|near\s+future|soon(?:er)?|later|earlier|previous(?:ly)?|former(?:ly)?|once|then|time"
    r"|times|ago|long|long\s+ago|years\s+ago|lately|historically|eventually|moment|point|other\s+day|one\s+day|so\s+far|already|again"
    r"|(?:recent|coming|past|previous|earlier|many|several|a\s+few|few|some)\s+(?:days|weeks|months|years|decades|times)"
    r"(?:\s+(?:ago|past|earlier|later))?|decades(?:\s+ago)?|centuries(?:\s+ago)?)"
)
_NOW = re.compile(
    r"(?:as\s+of\s+|right\s+|just\s+|up\s+to\s+|until\s+|by\s+|for\s+|even\s+)?(?:now|currently|presently|nowadays|today"
    r"|at\s+present|at\s+the\s+moment|present|the\s+present|current|these\s+days|this\s+(?:morning|afternoon|evening)|tonight)"
)
_PAST_AFTER = re.compile(r"\s*(?:\w+\s+){0,3}(?:was|were|had|\w+ed)\b")
# Alone within other words they name no date: 'Election Day', 'the other day'.
# Nights are counted as days; a fiscal year may be two figures.
_NIGHT = re.compile(r"(?i)\bnight(?=s? (?:ago|before|earlier|later|after)$)")
_FISCAL = re.compile(r"(?i)^FY ?'?(\d\d)$")
_BARE = frozenset({"day", "week", "month", "quarter", "period", "year", "season", "the day"})
_NEAR, _AHEAD = 14, 45  # days: how far a plain weekday or day may lie ahead of publication without a word that says so


def period_of(
    expression: str, published: date | None, before: str = "", after: str = "", previous: Days | None = None
) -> Meaning | None:
    """Return value and rule of a marked `expression`, or None where it names no days.

    `before` and `after` are the text on either side; `previous` are the days of the date last resolved before it.

    >>> period_of("the year-earlier quarter", date(1989, 11, 2), "in the third quarter, up from ")[0].edtf
    '1988-07/1988-09'
    """
    words = in_figures(" ".join(expression.replace("’", "'").split()))
    lead = current(before)
    lead += _preposition(words)
    around = Around(published, previous, lead, before, after, tense.ahead(lead, after))
    core = _NIGHT.sub(r"day", _core(words))
    core = _FISCAL.sub(r"fy '\1", core)
    if not core or _NO_DATE.fullmatch(core.lower()):
        return None
    if _NOW.fullmatch(core.lower()):
        return (calendar.on_day(published), "the day of publication") if published else None
    for pattern, build in FORMS:
        match = pattern.fullmatch(core.lower())
        if match and (found := build(match, around)):
            return found
    return _general(words, core, around) or _inside(core.lower(), around)


def _core(words: str) -> str:
    """Strip what stands around the unit: 'by the end of next year' is about next year."""
    words = re.sub(r"(?i)\bmid-(?='?\d0'?s\b)|\b(?:midday|noon|midnight|dawn|dusk)\s+(?:on\s+)?(?=[A-Z])", "", words)
    words = re.sub(r"(?i)\bmid(?=(?:year|week|month|summer|winter|19|20)\w*)", "mid-", words)
    core = _TAIL.sub("", words.strip(' "“”()').removeprefix("' "))
    if _LEFT.match(core.lower()):
        return core
    match = _LEAD.match(core.lower())
    return core[match.end() :] if match and match.end() < len(core) else core


def _preposition(words: str) -> str:
    """Return the preposition that the expression itself opens with: 'by Friday' and 'in two weeks' look ahead."""
    match = re.match(r"(?i)(?:by|until|in|within)\s", words)
    return match[0] if match else ""


def _general(words: str, core: str, around: Around) -> Meaning | None:
    """Read the expression by the grammar of running text, against publication and the date before."""
    found = [*parse(core), *parse("on " + core), *parse(words), *parse("the month of " + core)]
    best = max(found, key=lambda w: w.end - w.start, default=None)
    if best is None:
        return None
    unit = replace(best, bound="", part="", about=False, clock="")
    if unit.kind == "weekday" and not unit.unit:
        return _weekday(unit, around)
    if unit.kind == "date" and unit.year is None and unit.day and around.published:
        return _month_day(unit, around)
    if unit.kind == "range" and around.published and unit.ends[0].day and unit.ends[0].year is None:
        return meaning(unit, Anchors(around.published), future=_comes(unit.ends[0], around))
    narrative = around.previous if _fits(unit, around.previous) else None
    future = around.future or (unit.direction in {"this", "next"} and not tense.past(around.lead))
    found_meaning = meaning(unit, Anchors(around.published, narrative), future=future)
    if found_meaning is None and unit.anchor == "narrative" and around.published:
        found_meaning = meaning(unit, Anchors(around.published, (around.published, around.published)), future=future)
    return _whole(unit, found_meaning) if found_meaning else None


def _fits(unit: TimeWords, previous: Days | None) -> bool:
    """Tell whether days can be counted from the date before: it must not be longer than the unit counted in."""
    if previous is None:
        return False
    longest = {"day": 3, "hour": 3, "week": 7, "weekend": 7, "month": 31}.get(unit.unit, 366)
    return (previous[1] - previous[0]).days < longest


def _whole(unit: TimeWords, found: Meaning) -> Meaning:
    """Two weeks ago, marked as a date, is that week."""
    value, rule = found
    if (
        unit.kind == "shift"
        and unit.unit in {"week", "fortnight"}
        and unit.counted
        and not unit.vague
        and value.earliest
    ):
        first, last = calendar.week_days(calendar.plus(value.earliest, 1))
        return Value(f"{first}/{last}", first, last, "week"), rule
    return found


def _weekday(unit: TimeWords, around: Around) -> Meaning | None:
    published, weekday = around.published, unit.weekday or 0
    week = around.previous
    if published is None:
        return meaning(unit, Anchors(None, week))
    if week and 4 < (week[1] - week[0]).days < 8 and abs((week[0] - published).days) < _NEAR and not unit.direction:
        day = calendar.plus(week[0], (weekday - week[0].weekday()) % 7)
        return calendar.on_day(day), "weekday of the week last spoken of"
    future = around.future or (unit.direction == "this" and not tense.past(around.lead))
    return meaning(unit, Anchors(published), future=future)


def _month_day(unit: TimeWords, around: Around) -> Meaning | None:
    """`Dec. 31`: of the year that the sentence speaks of; else the nearest past, or the next one where it is meant."""
    published, year = around.published, around.year_spoken_of()
    if published is None:
        return None
    if year and (day := calendar.valid(year, unit.month or 1, unit.day or 1)):
        return calendar.on_day(day), "month-day of the year spoken of"
    if _comes(unit, around):
        return meaning(unit, Anchors(published), future=True)
    return meaning(unit, Anchors(published))


def _comes(unit: TimeWords, around: Around) -> bool:
    """Tell whether a day without a year is meant ahead: by tense, or close ahead where no past verb stands by it."""
    published = around.published
    if published is None or around.future:
        return published is not None
    days = [calendar.valid(year, unit.month or 1, unit.day or 1) for year in (published.year, published.year + 1)]
    near = any(day and 0 <= (day - published).days <= _AHEAD for day in days)
    return near and not tense.past(around.lead) and not _PAST_AFTER.match(around.after)


def _inside(core: str, around: Around) -> Meaning | None:
    """Return the meaning of the longest stretch of words that a form reads: the last resort."""
    words = core.split(" ")
    stretches = [" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)]
    for stretch in sorted(stretches, key=len, reverse=True)[:60]:
        if stretch in _BARE:
            continue
        for pattern, build in FORMS:
            match = pattern.fullmatch(stretch)
            if match and (found := build(match, around)):
                return found
    return None
