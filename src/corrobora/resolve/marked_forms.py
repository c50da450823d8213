"""The forms of dates that only a marked expression may take: bare years, months, quarters, fiscal years, units.

Each form is matched against the whole expression, in lower case, with straight apostrophes and without prepositions.
"""

import re
from collections.abc import Callable

from corrobora.resolve import discussed, marked_days, marked_story, marked_units
from corrobora.resolve import time_tables as tables
from corrobora.resolve.discussed import Around, Meaning

Builder = Callable[[re.Match[str], Around], Meaning | None]
Form = tuple[re.Pattern[str], Builder]

_YEAR = r"(?:(?:1[789]|20)\d\d|'\d\d)"
_MONTH = "|".join(sorted(tables.MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join([*sorted(tables.WEEKDAYS, key=len, reverse=True), "tues", "thur", "thurs"])
_ORDINAL = "|".join(discussed.ORDINALS)
_NUMBER = tables.NUMBER
_LAST = r"(?:last|past|prior|previous|preceding|this past)"
_NEXT = r"(?:next|coming|following|succeeding|subsequent|upcoming)"
_THIS = (
    r"(?:this|current|present|latest|most recent|recent|just-ended|just-completed|same|corresponding|comparable|like"
    r"|similar|full|entire|whole|first|that|its|calendar|fiscal|trading|third)"
)
_AGO = r"(?:(?:a |one )?year[ -](?:ago|earlier)|(?:a |one )year before)"
_OTHER_YEAR = rf"(?:{_LAST}|{_NEXT}|this|current) (?:fiscal |calendar )?year"
_WHEN = rf"(?:(?:fiscal |calendar |fiscal year )?{_YEAR}|(?:the )?{_OTHER_YEAR}|the year|the year before|{_AGO})"
_OF_WHEN = rf"(?:,? ?(?:of|in|for|from|during)? ?(?P<when>{_WHEN}))?"
_OWNER = rf"(?:(?:the )?(?P<owner>(?:fiscal )?{_YEAR}|{_OTHER_YEAR}|year[ -](?:ago|earlier))(?:'s)? )?"
_ENDED = r"(?: (?:that |which )?(?:ended|ending|to)(?P<ended> .+))?"
_BEGAN = r"(?: (?:that |which )?(?:began|begins|beginning|started|starting)(?P<began> .+))?"
_SIDE = r"ago|earlier|before|previously|later|after|afterwards?|from now|hence|from today"


def _form(*parts: str, build: Builder) -> Form:
    return re.compile("".join(parts)), build


_SEASON = r"spring|summer|autumn|fall|winter"
_STORY = r"that(?: same)?|same|following|next|succeeding|previous|preceding|prior"
_ANY = r"(?:1[789]|20)\d\d"
_SO = r"(?:(?:about|almost|nearly|exactly|just|only) )?"

# What leans on two things at once, or names several units; read before the plainer forms.
STORY: tuple[Form, ...] = (
    _form(
        rf"(?:the )?(?P<which>{_STORY}) (?:(?P<season>{_SEASON})|(?P<month>{_MONTH})\.?)",
        build=marked_story.beside,
    ),
    _form(
        rf"the (?:(?P<which>next) (?P<weekday>{_WEEKDAY})|(?P<named>{_WEEKDAY}) (?P<side>before|after))",
        build=marked_story.weekday_beside,
    ),
    _form(rf"this (?P<season>{_SEASON})", build=marked_story.this_season),
    _form(
        r"(?:the |a )?(?:same|comparable|corresponding|like)? ?",
        r"(?:year[ -](?:ago|earlier) (?:period|months)|period a year (?:ago|earlier|before)|period last year)",
        build=marked_story.period_a_year_before,
    ),
    _form(r"(?:the )?'?(?P<first>\d\d(?:\d0)?)'?s and '?(?P<last>\d\d(?:\d0)?)'?s", build=marked_story.decades),
    _form(
        r"(?P<which>this|the current|the next|next|the coming) (?P<unit>decade|century)", build=marked_story.long_unit
    ),
    _form(
        rf"(?P<month>{_MONTH})\.?(?: (?P<day>\d\d?)(?:st|nd|rd|th)?)?,? of (?:the )?(?P<which>{_STORY}) year",
        build=marked_story.of_that_year,
    ),
    _form(
        rf"{_SO}(?P<number>{_NUMBER}) years? ago (?:(?P<day>today|yesterday|tomorrow)|this (?P<unit>day|week|month))",
        build=marked_story.years_ago_this,
    ),
    _form(
        rf"(?:(?P<number>{_NUMBER}) weeks? (?P<side>ago|from) (?P<weekday>{_WEEKDAY})",
        rf"|(?P<named>{_WEEKDAY}),? (?P<count>{_NUMBER}) weeks? ago)",
        build=marked_story.week_from,
    ),
    _form(
        rf"(?:both |from |between )?(?P<first>{_YEAR})(?: and | to | through | until |-)(?P<last>{_YEAR})",
        build=marked_story.years,
    ),
    _form(
        rf"(?:both |from |between )?(?P<first>{_MONTH})\.?(?: and | to | through |-)(?P<last>{_MONTH})\.?",
        rf"(?:,? (?:of )?(?P<year>{_ANY}))?",
        build=marked_story.months,
    ),
    _form(
        rf"(?:the |its )?(?P<number>{_NUMBER}) months? (?:to|through|ended|ending)(?: in)? (?P<month>{_MONTH})\.?",
        rf"(?:,? (?P<year>{_ANY}))?",
        build=marked_story.months_to,
    ),
    _form(
        rf"(?:the )?(?P<ordinal>{_ORDINAL}|last) (?:full )?(?P<unit>day|week) (?:of|in) (?P<month>{_MONTH})\.?",
        rf"(?:,? (?:of )?(?P<year>{_ANY}))?",
        build=marked_story.part_of_month,
    ),
    _form(rf"(?:the )?(?P<decade>{'|'.join(marked_story.DECADES)})", build=marked_story.decade),
    _form(r"(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century", build=marked_story.century),
    _form(rf"(?:the )?(?:past|last|previous) (?P<number>{_NUMBER}) quarters", build=marked_story.quarters),
    _form(r"(?:the )?(?P<unit>day|week|month|year) ahead", build=marked_story.ahead),
    _form(r"\d\d?(?::\d\d)? ?[ap]\.?m\.?(?: [ecmp][sd]t| gmt| local time)?", build=marked_story.clock),
)
FORMS: tuple[Form, ...] = (
    *STORY,
    _form(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)", build=marked_days.compact),
    _form(
        r"(?:the )?(?:(?:fiscal|calendar) year|fiscal|calendar|year|season|fy)? ?",
        rf"(?P<year>{_YEAR})(?: (?:fiscal |calendar |model |tax |crop )?(?:year|season))?",
        build=marked_units.year,
    ),
    _form(
        rf"(?:the |a |its )?{_OWNER}(?:fiscal[ -])?(?P<ordinal>{_ORDINAL})[ -](?:fiscal[ -])?",
        rf"(?P<unit>quarter|half){_OF_WHEN}",
        build=marked_units.numbered,
    ),
    _form(rf"(?:the )?(?:q(?P<ordinal>[1-4])|(?P<number>[1-4])q){_OF_WHEN}", build=marked_units.numbered_q),
    _form(
        r"(?:the |its )?(?:(?:same|first|latest|like|comparable|corresponding) )?",
        rf"{_OWNER}(?:first )?(?P<number>{_NUMBER}) months{_OF_WHEN}{_ENDED}",
        build=marked_units.first_months,
    ),
    _form(rf"(?:the )?(?P<year>year|{_YEAR})(?:'s)?[ -]?end", build=marked_units.year_end),
    _form(
        rf"(?:a |the )?{_AGO}(?:[ -](?:level|figure|results?|total|net|quarterly|number)s?)?",
        build=marked_units.year_earlier,
    ),
    _form(
        r"(?:(?:about|nearly|almost|roughly|exactly|only|in|within|more than|some) )*",
        rf"(?P<number>{_NUMBER})[ -](?P<unit>day|week|month|year|fortnight)s?(?:'s?)? ?(?P<side>{_SIDE})?",
        build=marked_days.counted,
    ),
    _form(
        rf"(?P<which>(?:(?:the|a|its|their|that|{_THIS}|{_LAST}|{_NEXT}) )*){_OWNER}(?:(?P<month>{_MONTH}) )?",
        rf"(?:{_THIS} )*(?P<unit>day|week|month|quarter|period|year|fiscal year|fortnight|season)",
        rf"{_OF_WHEN}(?:{_ENDED}|{_BEGAN})",
        build=marked_units.unit,
    ),
    _form(
        r"(?:the )?(?P<unit>day|week|month|quarter|year) (?P<side>before last|before|after|earlier)",
        build=marked_days.one_beside,
    ),
    _form(
        r"(?:the )?(?:month of )?(?P<which>(?:last|this|this past|next|this coming|coming) )?",
        rf"(?P<month>{_MONTH})\.?(?:'s)?{_OF_WHEN}",
        build=marked_days.month,
    ),
    _form(r"(?:the )?day (?P<side>after tomorrow|before yesterday)", build=marked_days.two_days),
    _form(rf"(?:the )?week of (?P<date>.+)|(?:the )?(?P<which>(?:{_MONTH})\.? \d\d?) week", build=marked_days.week_of),
    _form(
        rf"(?:the )?(?:(?P<which>following|preceding|previous|that|prior) )?(?P<weekday>{_WEEKDAY})\.?",
        r"(?: (?:of )?(?P<week>(?:last|next|this|the following|the previous) week)| the (?P<number>\d\d?)th)?",
        build=marked_days.weekday_of,
    ),
    _form(r"(?:the )?(?P<number>\d\d?)(?:st|nd|rd|th)", build=marked_days.day_number),
    _form(r"(?P<month>\d\d?)/(?P<day>\d\d?)", build=marked_days.slashed),
    _form(
        r"(?:the )?(?P<which>last|this|next|past)? ?(?P<season>spring|summer|autumn|fall|winter)(?:time)?",
        build=marked_days.season,
    ),
    _form(
        r"(?:the )?(?P<which>(?:last|this|this past|past|next|this coming|coming) )?(?:long |holiday )?week-?end",
        build=marked_days.weekend,
    ),
    _form(r"(?:the )?'?(?P<decade>\d\d(?:\d0)?|\d0)'?s", build=marked_units.decade),
)
