"""EDTF as an outside library reads it: every value parses, and covers the days that are given beside it."""

import os
import subprocess
import sys
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from time import struct_time
from typing import Any
from unittest import mock

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.resolve import calendar, marked, period_values, time_words
from corrobora.resolve.calendar import Value
from corrobora.resolve.period_values import Anchors

HERE = Path(__file__).parent
CASES: dict[str, Any] = tomllib.loads((HERE / "sentences_periods.toml").read_text(encoding="utf-8"))
ROWS: dict[str, list[list[str]]] = tomllib.loads((HERE / "marked_dates.toml").read_text(encoding="utf-8"))
days = st.dates(min_value=date(1900, 1, 10), max_value=date(2098, 12, 20))
WIDTHS = {
    "day": (1, 1), "week": (7, 7), "month": (28, 31), "season": (59, 184), "year": (181, 3653), "days": (2, 100_000),
}  # fmt: skip


@cache
def read(edtf: str) -> tuple[str, str]:
    """Return the days that the library reads in one end of a value: parsing is slow there."""
    parsed = parse_edtf(edtf)
    return iso(parsed.lower_strict()), iso(parsed.upper_strict())


def covered(edtf: str) -> tuple[str | None, str | None]:
    """Return the days that the library reads; None for an open side, and where the year is not known."""
    if edtf.startswith("XXXX"):
        assert read(edtf)
        return None, None
    first, slash, last = edtf.partition("/")
    end = last if slash else first
    return None if first == ".." else read(first)[0], None if end == ".." else read(end)[1]


def iso(day: struct_time) -> str:
    return f"{day.tm_year:04}-{day.tm_mon:02}-{day.tm_mday:02}"


def agrees(value: Value) -> None:
    given_ = tuple(day.isoformat() if day else None for day in (value.earliest, value.latest))
    assert covered(value.edtf) == given_, value
    if value.earliest and value.latest:
        least, most = WIDTHS[value.precision]
        assert least <= (value.latest - value.earliest).days + 1 <= most, value
    else:
        assert value.precision in {"open", "day", "days", "month"}


def values(text: str, anchors: Anchors, future: bool = False) -> list[Value]:
    met = [period_values.meaning(word, anchors, future=future) for word in time_words.parse(text)]
    return [found[0] for found in met if found]


EXPRESSIONS = [*CASES["expressions"], *CASES["on_a_sunday"], *CASES["undated"]]


@pytest.mark.parametrize("day", [date(2025, 3, 13), None])
def test_every_expression_has_edtf_that_covers_its_days(day: date | None) -> None:
    for words in EXPRESSIONS:
        for value in values(words, Anchors(day)):
            agrees(value)


def test_a_whole_stretch_is_read_as_its_ends_are() -> None:
    for edtf in ("1989-07/1989-09", "2025-03-06/2025-03-08", "XXXX-03-06/XXXX-03-08"):
        assert parse_edtf(edtf)
    whole = parse_edtf("1989-07/1989-09")
    assert (iso(whole.lower_strict()), iso(whole.upper_strict())) == covered("1989-07/1989-09")


@pytest.mark.parametrize("form", ROWS)
def test_every_marked_date_has_edtf_that_covers_its_days(form: str) -> None:
    for expression, published, before, after, previous, _ in ROWS[form]:
        day = date.fromisoformat(published) if published else None
        found = marked.period_of(expression, day, before, after, calendar.days_of(previous) if previous else None)
        if found:
            agrees(found[0])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EXPRESSIONS), days, st.booleans(), days)
def test_edtf_covers_the_days_from_any_anchor(words: str, published: date, future: bool, told: date) -> None:
    for value in values(words, Anchors(published, (told, told)), future):
        agrees(value)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 9998), st.integers(1, 12), st.integers(1, 24))
def test_any_stretch_of_months_is_written_so_that_it_covers_its_days(year: int, month: int, count: int) -> None:
    value = calendar.months(min(year, 9990), month, count)
    assert covered(value.edtf) == (value.earliest.isoformat(), value.latest.isoformat())  # type: ignore[union-attr]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["on Tuesday", "last Friday", "on Tuesday last week", "Sunday night", "last week"]), days)
def test_a_week_later_the_same_words_mean_a_week_later(words: str, day: date) -> None:
    (first,), (second,) = values(words, Anchors(day)), values(words, Anchors(calendar.plus(day, 7)))
    assert first.earliest is not None
    assert second.earliest == calendar.plus(first.earliest, 7)


def test_nothing_depends_on_today() -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            raise AssertionError("asked for today's day")

    with mock.patch("corrobora.resolve.calendar.date", Clock):
        for words in EXPRESSIONS:
            values(words, Anchors(date(2025, 3, 13)))


def test_nothing_depends_on_the_machine_s_zone() -> None:
    told = (
        "import sys; from datetime import date\n"
        "from corrobora.model import Metadata, Text\n"
        "from corrobora.resolve import story\n"
        "text = Text('d', '', 'a', 'Two died yesterday, on Monday and on March 6.',"
        " Metadata(published='2025-03-13T23:30:00+00:00', timezone='Asia/Damascus'), (), 'plain 1')\n"
        "print([t.days[0].isoformat() for t in story.tell(text).told])"
    )
    seen = set()
    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
        done = subprocess.run(
            [sys.executable, "-c", told], check=True, capture_output=True, text=True, env={**os.environ, "TZ": zone}
        )
        seen.add(done.stdout)
    assert seen == {"['2025-03-13', '2025-03-10', '2025-03-06']\n"}
    assert datetime.fromisoformat("2025-03-13T23:30:00+00:00").date() == date(2025, 3, 13)
