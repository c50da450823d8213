"""The period under discussion: which quarter, month or year a report means by `the quarter` or `a year earlier`."""

import re
from dataclasses import dataclass
from datetime import date

from corrobora.resolve import calendar
from corrobora.resolve import time_tables as tables
from corrobora.resolve.calendar import Days, Value

Meaning = tuple[Value, str]

ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_QUARTER = re.compile(rf"(?i)\b({'|'.join(ORDINALS)})[\s-]+(?:fiscal[\s-]+)?quarter\b")
_YEAR = re.compile(r"(?<![\d.,$-])((?:1[789]|20)\d\d)(?!\d|[.,]\d)")
# The fewest and the most days of a unit; a week may be told from Friday to Friday.
_WIDTHS = {"day": (1, 1), "week": (5, 8), "month": (28, 31), "quarter": (88, 93), "year": (365, 366)}
# A month that is named without a day: 'in September', 'September orders'.
_MONTH = re.compile(rf"\b({'|'.join(n.capitalize() for n in tables.MONTHS if len(n) > 4)})\b(?!\s+\d)")
_TOLD = 60  # days before publication within which a period just ended is still to be reported


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a marked expression.

    `previous`: the days of the date before it; `lead`: its sentence up to it; `before`, `after`: the text on either
    side; `future`: tense or modality look ahead.
    """

    published: date | None
    previous: Days | None
    lead: str
    before: str
    after: str
    future: bool

    @property
    def today(self) -> date | None:
        """The publication day; without one, the last day spoken of."""
        return self.published or (self.previous[1] if self.previous else None)

    def year_spoken_of(self) -> int | None:
        """Return a year, other than publication's, that the sentence names and the date before lies in."""
        named = _YEAR.findall(self.lead)
        if not named or self.previous is None or self.published is None:
            return None
        year = int(named[-1])
        return year if year != self.published.year and self.previous[0].year == year else None

    def grain(self) -> str:
        """Return day, week, month, quarter, year or '', as the date before is long."""
        if self.previous is None:
            return ""
        width = (self.previous[1] - self.previous[0]).days + 1
        return next((name for name, (least, most) in _WIDTHS.items() if least <= width <= most), "")

    def quarter(self) -> tuple[int, int] | None:
        """Return year and number of the quarter under discussion: of the date before, of the text, or just over."""
        today = self.today
        if today is None:
            return None
        if self.grain() == "quarter" and self.previous:
            year, number = calendar.quarter_of(self.previous[1])
            return (year, number) if today.year - year > 1 else recent_quarter(number, today)
        named = list(_QUARTER.finditer(self.before[-800:]))
        if named:
            return recent_quarter(ORDINALS[named[-1][1].lower()], today)
        year, number = calendar.quarter_of(today)
        return (year, number - 1) if number > 1 else (year - 1, 4)

    def quarter_named(self) -> bool:
        """Tell whether a quarter is under discussion: in the sentence, or before it where amounts are compared."""
        if re.search(r"(?i)\bquarter", self.lead):
            return True
        compares = re.search(r"(?i)[$%£¥]|\b(?:percent|million|billion|cents)\b", self.lead)
        longer = re.search(r"(?i)\b(?:year|annual|months?|weeks?)\b", self.lead)
        return bool(compares) and not longer and _QUARTER.search(self.before[-600:]) is not None


def recent_quarter(number: int, today: date, *, future: bool = False) -> tuple[int, int]:
    """Return the last such quarter that has begun; with `future`, the next one, unless that one has just ended."""
    begun = [year for year in (today.year, today.year - 1) if date(year, 3 * number - 2, 1) <= today]
    year = begun[0]
    end = calendar.in_quarter(year, number).latest
    if future and end and (today - end).days > _TOLD:
        year += 1
    return year, number


def year_of(words: str, around: Around) -> int | None:
    """Return the year that words name: `1988`, `'88`, `fiscal 1988`, `last year`, `a year earlier`."""
    if match := re.search(r"(?:^|\D)((?:18|19|20)\d\d)(?!\d)", words):
        return int(match[1])
    if match := re.search(r"'(\d\d)(?!\d)", words):
        return tables.year(match[1])
    today = around.today
    if today is None:
        return None
    if re.search(r"\b(?:last|past|prior|previous|preceding|ago|earlier|before)\b", words):
        return today.year - 1
    return today.year + 1 if re.search(r"\b(?:next|coming|following)\b", words) else today.year


def year_earlier(around: Around) -> Meaning | None:
    """`a year earlier`: the quarter or month under discussion, one year back; else the year."""
    today, grain, previous = around.today, around.grain(), around.previous
    if today is None:
        return None
    rule = "a year before the period under discussion"
    if grain == "quarter" or (grain in {"", "day", "year"} and around.quarter_named()):
        year, number = around.quarter() or (today.year, 1)
        return calendar.in_quarter(year - 1, number), rule
    if grain == "month" and previous:
        year = previous[0].year
        if year >= today.year - 1:
            year = today.year - (date(today.year, previous[0].month, 1) > today)
        return calendar.in_month(year - 1, previous[0].month), rule
    told = previous[0].year if previous and str(previous[0].year) in around.lead else today.year
    if told < today.year and (grain == "year" or today.year - told > 1):
        return calendar.in_year(told - 1), rule
    return calendar.in_year(today.year - 1), rule


def unit_spoken_of(unit: str, around: Around) -> Value | None:
    """Return the day, week, month, quarter, period or year that `the UNIT` means."""
    today, grain, previous = around.today, around.grain(), around.previous
    if today is None:
        return None
    if unit == "period" and previous and grain in {"month", "year", "week"}:
        return Value(f"{previous[0]}/{previous[1]}", *previous, grain)
    if unit in {"quarter", "period"}:
        found = around.quarter()
        return calendar.in_quarter(*found) if found else None
    if unit == "year":
        spoken = previous[0].year if previous and grain == "year" and previous[0].year <= today.year else today.year
        return calendar.in_year(spoken)
    near = previous is not None and grain in {"day", "week", "month"}
    day = previous[0] if previous and near else today
    if unit == "month":
        named = _MONTH.findall(around.before[-600:]) if grain != "month" and day == today else []
        month = (tables.month(named[-1]) or day.month) if named else day.month
        return calendar.in_month(day.year - (month > day.month), month)
    if unit == "week":
        return calendar.interval(*calendar.week_days(day), "week")
    return calendar.on_day(previous[0]) if previous and grain == "day" else calendar.on_day(today)
