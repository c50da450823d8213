"""Marked dates: what an expression means that is known to be one, with all that stands around it."""

import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.resolve import calendar
from corrobora.resolve.marked import period_of

HERE = Path(__file__).parent
ROWS: dict[str, list[list[str]]] = tomllib.loads((HERE / "marked_dates.toml").read_text(encoding="utf-8"))
ALL = [(form, *row) for form, rows in ROWS.items() for row in rows]
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31))


def wanted(written: str) -> calendar.Days | None:
    return calendar.days_of(written) if written else None


def test_there_are_enough_cases_by_form() -> None:
    assert len(ALL) >= 300
    assert len({tuple(row[1:]) for row in ALL}) == len(ALL)
    assert sum(bool(row[5]) for row in ALL) >= 60  # with two anchors


@pytest.mark.parametrize("row", ALL, ids=lambda row: f"{row[0]}: {row[3][-24:]}[{row[1]}]{row[4][:12]} {row[5]}")
def test_a_marked_expression(row: tuple[str, ...]) -> None:
    _, expression, published, before, after, previous, answer = row
    found = period_of(expression, date.fromisoformat(published) if published else None, before, after, wanted(previous))
    got = (found[0].earliest, found[0].latest) if found else None
    assert got == wanted(answer), found


PIECES = (
    "the", "a", "third", "quarter", "first", "half", "of", "1988", "'88", "fiscal", "year", "earlier", "ago", "last",
    "next", "this", "month", "week", "day", "Friday", "Dec. 31", "ended", "Sept. 30", "nine", "months", "two", "12",
    "before", "mid-", "end", "weekend", "spring", "May", "25th", "11/2", "period", "previous", "following", "that", "s",
    "century", "19th", "nineties", "ahead", "and", "September", "summer", "9 a.m.", "Monday", "weeks", "from",
    "quarters", "past", "night", "nights", "FY90", "today", "both", "years", "later", "29", "February", "9999", "0",
    "year-earlier", "in", "by", "until", "same", "1900", "Q3", "to", "January",
)  # fmt: skip
phrases = st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join)
stretches = st.one_of(st.none(), st.tuples(days, st.integers(0, 400)).map(lambda p: (p[0], calendar.plus(*p))))


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(phrases, st.text(max_size=30)),
    st.one_of(st.none(), days),
    st.sampled_from(["", "will ", "rose "]),
    stretches,
)
def test_any_words_give_sound_days_or_none(
    words: str, published: date | None, before: str, previous: calendar.Days | None
) -> None:
    found = period_of(words, published, before, "", previous)
    if found:
        value, rule = found
        assert rule
        assert value.edtf
        if value.earliest and value.latest:
            assert value.earliest <= value.latest


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["Friday", "last Monday", "next week", "two days ago", "Tuesday of last week"]), days)
def test_a_week_later_the_same_words_mean_a_week_later(words: str, day: date) -> None:
    first, second = period_of(words, day), period_of(words, calendar.plus(day, 7))
    assert first is not None
    assert second is not None
    assert first[0].earliest is not None
    assert second[0].earliest == calendar.plus(first[0].earliest, 7)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4), days)
def test_a_quarter_without_a_year_has_begun_and_is_no_more_than_a_year_old(number: int, day: date) -> None:
    name = ("first", "second", "third", "fourth")[number - 1]
    found = period_of(f"the {name} quarter", day, "earned less in ")
    assert found is not None
    assert found[0].earliest is not None
    assert found[0].earliest <= day
    assert (day - found[0].earliest).days <= 366


@settings(max_examples=150, deadline=None)
@given(days)
def test_a_day_without_a_year_lies_within_a_year_of_publication(day: date) -> None:
    past, coming = period_of("June 3", day, "was shot "), period_of("June 3", day, "will be paid by ")
    assert past is not None
    assert coming is not None
    assert past[0].earliest is not None
    assert coming[0].earliest is not None
    assert -365 <= (past[0].earliest - day).days <= 1  # a day ahead may be another time zone's
    assert 0 <= (coming[0].earliest - day).days <= 366


def test_the_bench_answers_every_line(tmp_path: Path) -> None:
    ends = ["1989-07-01", "1989-09-30"]
    asked = [
        ("a year earlier", "1989-11-02", "1989-Q3"),
        ("a year earlier", "1989-11-02", {"earliest": ends[0], "latest": ends[1]}),
        ("a year earlier", "1989-11-02", ["1989-09-01", ends[1]]),
        ("recently", "1989-11-02T09:00:00", None),
        ("Friday", None, "XXXX"),
    ]
    rows = [
        {"id": n, "expression": words, "published": day, "before": None, "after": "", "previous": previous}
        for n, (words, day, previous) in enumerate(asked, start=1)
    ]
    given_, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    given_.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    bench = HERE.parents[1] / "bench" / "periods.py"
    subprocess.run([sys.executable, bench, given_, out], check=True, env=None)
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [a["id"] for a in answers] == [1, 2, 3, 4, 5]
    assert [a["edtf"] for a in answers] == ["1988-07/1988-09", "1988-07/1988-09", "1988-09", None, None]
    assert answers[0]["earliest"] == "1988-07-01"
    assert answers[3] == {"id": 4, "earliest": None, "latest": None, "edtf": None, "rule": None}
