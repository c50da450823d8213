"""Periods over any text, any day, any zone: what must hold always."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.model import Claim, Count, Findings, Metadata, Period, Segment, Span, Text
from corrobora.resolve import periods

SHARED = Path(__file__).resolve().parents[3] / "shared"

_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_LEVEL_1 = re.compile(
    rf"(?:{_DAY}~?|\d{{4}}-(?:0[1-9]|1[0-2]|2[1-4])~?|\d{{4}}~?|\d{{3}}X|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)"
    r"|XXXX-\d\d(?:-\d\d)?~?(?:/XXXX-\d\d(?:-\d\d)?)?|\d{4}-\d\d/\d{4}-\d\d)"
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = [date(2025, month, 1).strftime("%B") for month in range(1, 13)]
# Words that the grammar is made of, to be thrown together at random.
PIECES = (
    *WEEKDAYS, *MONTHS, "JAN", "Sept.", "on", "in", "since", "until", "between", "and", "from", "to", "early", "late",
    "last", "next", "this", "the", "following", "day", "week", "night", "morning", "of", "6", "31", "30", "29", "0",
    "2025", "1989", "90", "99", "9999", "-", "–", ",", ".", "\n", "\n\n", "ago", "earlier", "later", "two", "a few",
    "days", "years", "hours", "yesterday", "said", "police", "were killed", "Easter", "Palm Sunday", "summer", "1990s",
    "2025-02-30", "31/31/2025", "6/3/2025", "mid-", "'s", "(", ")", "—", "past", "48", "weekend", "decades", "février",
)  # fmt: skip
words = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
texts = st.one_of(st.text(max_size=200), words)
days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
likely_days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


def claims(words: str, *spans: tuple[int, int], time: Span | None = None, scope: str = "incident") -> Findings:
    made = tuple(
        Claim(
            f"c_{n}", "d_1", a, b, words[a:b], "other", "killed", Count(None, None, "none"), None, (), (), (), None,
            time, (), "asserts", "actual", scope, (), (), "", 1.0, (), "test",
        )
        for n, (a, b) in enumerate(spans)
    )  # fmt: skip
    return Findings("d_1", "test", made, ())


def text_of(words: str, published: str = "", timezone: str = "", segments: tuple[Segment, ...] = ()) -> Text:
    known = Metadata(published=published, timezone=timezone)
    return Text("d_1", "", "a.txt", words, known, segments, "plain 1")


def sound(period: Period, words: str) -> None:
    """Check what holds for every period."""
    if period.earliest and period.latest:
        assert period.earliest <= period.latest
    if period.start == -1:
        assert (period.text, period.end) == ("", -1)
    else:
        assert words[period.start : period.end] == period.text
    assert _LEVEL_1.fullmatch(period.edtf), period
    assert period.precision in {"day", "days", "week", "month", "season", "year", "open"}
    assert period.rule


@settings(max_examples=300, deadline=None)
@given(texts, st.one_of(st.just(""), days.map(str), st.text(max_size=12)), st.sampled_from(["incident", "total"]))
def test_any_text_and_any_day_give_sound_periods(words: str, published: str, scope: str) -> None:
    middle = len(words) // 2
    findings = claims(words, (0, middle), (middle, len(words)), scope=scope)
    for period in periods.resolve(text_of(words, published), findings).values():
        sound(period, words)


@settings(max_examples=100, deadline=None)
@given(words, st.integers(0, 40), st.integers(1, 12), likely_days)
def test_the_reader_s_span_may_lie_anywhere(words: str, start: int, length: int, day: date) -> None:
    span = Span(start, start + length, words[start : start + length])
    for period in periods.resolve(text_of(words, str(day)), claims(words, (0, len(words)), time=span)).values():
        sound(period, words)


@settings(max_examples=100, deadline=None)
@given(words, st.lists(st.integers(0, 120), min_size=1, max_size=6))
def test_segments_of_any_cut_are_kept_to(words: str, cuts: list[int]) -> None:
    edges = sorted({0, len(words), *(c for c in cuts if c < len(words))})
    segments = tuple(Segment(a, b, "paragraph") for a, b in pairwise(edges))
    for period in periods.resolve(text_of(words, "2025-03-13", segments=segments), claims(words, (0, 1))).values():
        sound(period, words)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_expressions_are_in_order_apart_and_quote_the_text(words: str) -> None:
    found = periods.find(text_of(words))
    assert all(words[w.start : w.end] == w.text for w in found)
    assert all(a.start < b.start for a, b in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(likely_days, st.integers(0, 6))
def test_a_weekday_is_that_weekday_within_the_seven_days_up_to_publication(day: date, weekday: int) -> None:
    words = f"Two were killed on {WEEKDAYS[weekday]}."
    period = periods.resolve(text_of(words, str(day)), claims(words, (0, 15)))["c_0"]
    assert period.earliest is not None
    assert period.earliest == period.latest
    assert period.earliest.weekday() == weekday
    assert 0 <= (day - period.earliest).days < 7


@settings(max_examples=100, deadline=None)
@given(likely_days, likely_days)
def test_a_month_and_day_is_the_nearest_past_one(day: date, event: date) -> None:
    words = f"Two were killed on {MONTHS[event.month - 1]} {event.day}."
    period = periods.resolve(text_of(words, str(day)), claims(words, (0, 15)))["c_0"]
    assert period.earliest is not None
    assert (period.earliest.month, period.earliest.day) == (event.month, event.day)
    assert period.earliest <= day + timedelta(days=1)
    leap = (event.month, event.day) == (2, 29)
    assert (day - period.earliest).days <= (366 * 8 + 1 if leap else 366)


@settings(max_examples=100, deadline=None)
@given(likely_days, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%A, %B %d, %Y", "%d %b %Y"]))
def test_a_full_date_is_itself_whatever_the_publication_day(day: date, form: str) -> None:
    words = f"Two were killed on {day.strftime(form)}."
    for published in ("", "2100-06-01"):
        period = periods.resolve(text_of(words, published), claims(words, (0, 15)))["c_0"]
        assert period.earliest == period.latest == day


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1)),  # noqa: DTZ001 - zone put in below
    st.sampled_from(["Asia/Damascus", "Africa/Lagos", "America/Bogota", "Pacific/Auckland", "UTC"]),
)
def test_the_zone_of_the_report_gives_its_local_day(instant: datetime, zone: str) -> None:
    instant = instant.replace(tzinfo=UTC, microsecond=0)
    local = instant.astimezone(ZoneInfo(zone)).date()
    assert periods.published(text_of("", instant.isoformat(), zone)) == local
    words = "Two were killed today."
    period = periods.resolve(text_of(words, instant.isoformat(), zone), claims(words, (0, 15)))["c_0"]
    assert period.earliest == local


def test_a_long_text_is_read_in_time_that_grows_with_its_length() -> None:
    words = "Two were killed on March 6, and the next day nine more, police said on Friday. " * 1500
    started = datetime.now(UTC)
    period = periods.resolve(text_of(words, "2025-03-13"), claims(words, (0, 15)))["c_0"]
    assert period.edtf == "2025-03-06"
    assert (datetime.now(UTC) - started).total_seconds() < 30


@pytest.mark.parametrize(
    "hard", ["in the " * 3000, "6 " * 6000, "said A " * 3000, "(" * 9000, "March " * 4000, "-" * 9000]
)
def test_no_text_sends_a_pattern_astray(hard: str) -> None:
    started = datetime.now(UTC)
    periods.resolve(text_of(hard + "on Monday", "2025-03-13"), claims(hard, (0, 15)))
    assert (datetime.now(UTC) - started).total_seconds() < 10


def _corpus() -> Iterator[tuple[str, str]]:
    folder = SHARED / "cases" / "reports" / "docs"
    for path in sorted(folder.glob("*.txt")):
        known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield path.read_text(encoding="utf-8"), known.get("published", "")
    lines = (SHARED / "data" / "muc4" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    yield from ((json.loads(line)["text"], "") for line in lines[::25])


@pytest.mark.corpora
@pytest.mark.skipif(not SHARED.exists(), reason="the corpora beside the checkout are not here")
def test_every_period_over_the_corpora_is_sound() -> None:
    for words, published in _corpus():
        spans = tuple((at, min(at + 40, len(words))) for at in range(0, len(words), 400))
        for period in periods.resolve(text_of(words, published), claims(words, *spans)).values():
            sound(period, words)


@pytest.mark.corpora
@pytest.mark.skipif(not SHARED.exists(), reason="the corpora beside the checkout are not here")
def test_days_of_coded_reports_are_met() -> None:
    gold = json.loads((SHARED / "cases" / "reports" / "gold.json").read_text(encoding="utf-8"))["documents"]
    met = total = 0
    for name, document in gold.items():
        path = SHARED / "cases" / "reports" / "docs" / f"{name}.txt"
        words = path.read_text(encoding="utf-8")
        known = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        coded = [c for c in document["claims"] if c["date_resolvable"]]
        found = periods.resolve(
            text_of(words, known.get("published", "")), claims(words, *((c["start"], c["end"]) for c in coded))
        )
        for n, claim in enumerate(coded):
            period = found.get(f"c_{n}")
            total += 1
            if period and period.earliest and period.latest:
                met += str(period.earliest) <= claim["date_to"] and str(period.latest) >= claim["date_from"]
    assert met / total >= 0.9
