"""Days, weekdays, months and seasons, and what is counted from a day, as marked expressions name them."""

import re

from corrobora.resolve import calendar, discussed, tense
from corrobora.resolve import time_tables as tables
from corrobora.resolve.discussed import Around, Meaning
from corrobora.resolve.marked_units import day_of, stepped
from corrobora.resolve.period_values import Anchors, meaning
from corrobora.resolve.time_words import parse

# From this day of the week on, 'this weekend' is the next one; a week so many days ahead is no year's past one.
_MIDWEEK, _SOON, _HALF_YEAR = 2, 31, 180
# What is sold for a month to come: `oil for December delivery`.
_DELIVERY = re.compile(r"\s*(?:delivery|contracts?|futures|options?|expir\w+|crude)\b")


def month(match: re.Match[str], around: Around) -> Meaning | None:
    """`September`, `last October`, `December of last year`, `the month of June`, `March a year ago`."""
    month, today, which = tables.month(match["month"]) or 1, around.today, match["which"] or ""
    if match["when"] and (year := discussed.year_of(match["when"], around)):
        return calendar.in_month(year, month), "month of a year"
    if today is None:
        return None
    if year := around.year_spoken_of():
        return calendar.in_month(year, month), "month of the year spoken of"
    past = today.year - (month > today.month)
    if "last" in which and month == today.month:
        past -= 1
    coming = today.year + (month < today.month)
    if "next" in which or ((around.future or _DELIVERY.match(around.after)) and "last" not in which):
        return calendar.in_month(
            coming + ("next" in which and month == today.month), month
        ), "month, next to publication"
    if "this" in which and "past" not in which:
        return calendar.in_month(today.year, month), "month of the publication's year"
    return calendar.in_month(past, month), "month, nearest past to publication"


def counted(match: re.Match[str], around: Around) -> Meaning | None:
    """`two years ago`, `six weeks earlier`, `three days later`, `two months from now`, `in ten days`."""
    number, vague = tables.amount(match["number"])
    unit, side = tables.unit(match["unit"]), match["side"] or "from now"
    length = not match["side"] and not re.search(r"(?i)\b(?:in|within)\s+$", around.lead)
    if vague or length or unit in {"hour", "decade", ""}:
        return None
    step = -number if side in {"ago", "earlier", "before", "previously"} else number
    day = around.today
    beside = side not in {"ago", "from now", "hence"}
    if beside and around.previous and (unit in {"year", "month"} or around.grain() in {"day", "week"}):
        day = around.previous[1] if step > 0 else around.previous[0]
    if day is None:
        return None
    unit, step = ("week", 2 * step) if unit == "fortnight" else (unit, step)
    return stepped("day" if unit == "weekend" else unit, step, day), "counted from " + (
        "the date before" if beside else "publication"
    )


def one_beside(match: re.Match[str], around: Around) -> Meaning | None:
    """`the day before`, `the week after`, `the year before`."""
    day = around.today
    if around.previous:
        day = around.previous[1] if match["side"] == "after" else around.previous[0]
    step = {"after": 1, "before": -1, "earlier": -1, "before last": -2}[match["side"]]
    if match["side"] == "before last":
        day = around.today
    return (stepped(match["unit"], step, day), "relative to the date before") if day else None


def two_days(match: re.Match[str], around: Around) -> Meaning | None:
    """`the day after tomorrow`, `the day before yesterday`."""
    step = 2 if match["side"].startswith("after") else -2
    return (calendar.on_day(calendar.plus(around.today, step)), "relative to publication") if around.today else None


def week_of(match: re.Match[str], around: Around) -> Meaning | None:
    """`the week of Oct. 23`, `the Oct. 16 week`."""
    day = day_of(match["date"] or match["which"], around)
    if day and around.today and (around.today - day).days > _HALF_YEAR and not tense.past(around.lead):
        later = calendar.valid(day.year + 1, day.month, day.day)
        written = re.search(r"(?:19|20)\d\d", match[0])
        day = later if later and not written and (later - around.today).days <= _SOON else day
    return (stepped("week", 0, day), "the week of a day") if day else None


def weekday_of(match: re.Match[str], around: Around) -> Meaning | None:
    """`Monday of next week`, `the following Monday`, `that Friday`, `Wed.`, `Friday the 13th`."""
    today, which, weekday = around.today, match["which"] or "", tables.weekday(match["weekday"][:3]) or 0
    plain = not which and not match["week"] and not match["number"] and len(match["weekday"]) > 5
    if today is None or plain:
        return None
    if week := match["week"]:
        step = 7 if "next" in week else -7 if "last" in week else 0
        monday = calendar.plus(calendar.week_days(today)[0], step)
        return calendar.on_day(calendar.plus(monday, weekday)), "weekday of a week by publication"
    if number := tables.number(match["number"]):
        days = [calendar.valid(*calendar.plus_months(today.year, today.month, -back), number) for back in range(40)]
        fits = [day for day in days if day and day <= today and day.weekday() == weekday]
        return (calendar.on_day(fits[0]), "weekday and day, nearest past to publication") if fits else None
    base = around.previous or (today, today)
    if around.previous is None:
        which = ""
    if which in {"following", "that"}:
        first = calendar.plus(base[1], 0 if which == "that" else 1)
        return calendar.on_day(calendar.plus(first, (weekday - first.weekday()) % 7)), "weekday after the date before"
    if which:
        day = calendar.weekday_on_or_before(calendar.plus(base[0], -1), weekday)
        return calendar.on_day(day), "weekday before the date before"
    day = calendar.weekday_on_or_before(today, weekday)
    return calendar.on_day(calendar.plus(day, 7) if around.future else day), "weekday by publication"


def day_number(match: re.Match[str], around: Around) -> Meaning | None:
    """`the 25th`: of the month spoken of."""
    number, today = int(match["number"]), around.today
    if today is None:
        return None
    base = around.previous[0] if around.previous and around.grain() in {"day", "week", "month"} else today
    days = [calendar.valid(*calendar.plus_months(base.year, base.month, back), number) for back in (0, -1, 1)]
    known = [day for day in days if day]
    past = [day for day in known if day <= today or around.previous]
    chosen = next((d for d in known if d >= today), None) if around.future else next(iter(past), None)
    return (calendar.on_day(chosen), "day of the month spoken of") if chosen else None


def slashed(match: re.Match[str], around: Around) -> Meaning | None:
    """`11/2`: month first, as in the United States; up to a month ahead."""
    month, number, today = int(match["month"]), int(match["day"]), around.today
    if today is None:
        return None
    days = [calendar.valid(year, month, number) for year in (today.year, today.year - 1)] if 0 < month < 13 else []
    chosen = next((day for day in days if day and day <= calendar.plus(today, 31)), None)
    return (calendar.on_day(chosen), "month and day, month first") if chosen else None


def season(match: re.Match[str], around: Around) -> Meaning | None:
    """`the summer`, `last fall`: the season of the northern hemisphere by publication."""
    which = "next" if around.future and not match["which"] else (match["which"] or "")
    words = f"{which} {match['season']}".strip() if which else f"this {match['season']}"
    found = parse(words)
    return meaning(found[0], Anchors(around.today), future=which == "next") if found else None


def weekend(match: re.Match[str], around: Around) -> Meaning | None:
    """`the weekend`, `next weekend`: Saturday and Sunday."""
    published, which = around.published, match["which"] or ""
    if published is None:
        return None
    saturday, sunday = calendar.weekend_days(published)
    step = 7 if "next" in which or "coming" in which or (around.future and sunday < published) else 0
    step = -7 if "last" in which and sunday >= published else step
    if (
        which.strip() == "this"
        and sunday < published
        and published.weekday() >= _MIDWEEK
        and not tense.past(around.lead)
    ):
        step = 7
    return calendar.interval(calendar.plus(saturday, step), calendar.plus(sunday, step)), "weekend by publication"


def compact(match: re.Match[str], _around: Around) -> Meaning | None:
    """`19891102`, as wire headers write a day."""
    day = calendar.valid(int(match["year"]), int(match["month"]), int(match["day"]))
    return (calendar.on_day(day), "day, month and year") if day else None
