"""The time zone of a report that came with an instant: its dateline's, else that of its outlet's country."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from corrobora.model import Findings, Metadata, Span, Text
from corrobora.resolve import Resolver, zones
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.publication import published
from corrobora.settings import Settings


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def report(place: str, instant: str, *, url: str = "", timezone: str = "") -> Text:
    words = f"{place} - Two people were killed on Friday." if place else "Two people were killed on Friday."
    filed = Span(0, len(place), place) if place else None
    known = Metadata(published=instant, url=url, timezone=timezone, language="en")
    return Text("d_1", "sha256:0", "a.txt", words, known, (), "test 1", dateline_place=filed)


def day(index: Gazetteer, text: Text) -> date | None:
    return published(zones.zoned(text, index, Settings()))


@pytest.mark.parametrize(
    ("place", "instant", "wanted"),
    [
        ("MANILA, Philippines", "2031-03-13T20:00:00+00:00", "2031-03-14"),
        ("LOS ANGELES", "2031-03-14T03:00:00Z", "2031-03-13"),
        ("DALLAS, Texas", "2031-03-14T05:30:00Z", "2031-03-14"),
        ("DAMASCUS", "2031-03-13T20:59:00Z", "2031-03-13"),
        ("DAMASCUS", "2031-03-13", "2031-03-13"),
        ("MANILA", "2031-03-13T20:00:00", "2031-03-13"),
        ("Qwzx Vrrt", "2031-03-13T20:00:00+00:00", "2031-03-13"),
        ("", "2031-03-13T20:00:00+00:00", "2031-03-13"),
    ],
)
def test_the_day_is_that_of_the_datelines_clock(index: Gazetteer, place: str, instant: str, wanted: str) -> None:
    assert day(index, report(place, instant)) == date.fromisoformat(wanted)


def test_the_outlets_country_tells_where_no_dateline_does(index: Gazetteer) -> None:
    late = "2031-03-13T22:00:00+00:00"
    assert day(index, report("", late, url="https://news.example.co.jp/a")) == date(2031, 3, 14)
    assert day(index, report("", late, url="https://news.example.com/a")) == date(2031, 3, 13)


def test_a_zone_that_is_given_stands(index: Gazetteer) -> None:
    text = report("MANILA", "2031-03-13T20:00:00+00:00", timezone="Europe/London")
    assert zones.zoned(text, index, Settings()) == text
    assert day(index, text) == date(2031, 3, 13)


@pytest.mark.parametrize("instant", ["", "soon", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"])
def test_no_instant_breaks_it(index: Gazetteer, instant: str) -> None:
    day(index, report("MANILA", instant))
    day(index, report("LOS ANGELES", instant))


def test_readings_have_the_day_of_the_datelines_clock(index: Gazetteer) -> None:
    resolver = Resolver(Settings(), index)
    assert resolver.resolve(report("MANILA", "2031-03-13T20:00:00Z"), Findings("d_1", "test", (), ())) == ()


def test_every_zone_is_one_that_the_standard_library_has() -> None:
    table = zones._table()
    assert all(ZoneInfo(name) for name in set(table.values()))
    assert all(code.partition(".")[0] in table for code in table)
    assert (zones.zone("US", "US.CA"), zones.zone("US", "US.NY"), zones.zone("XX")) == (
        "America/Los_Angeles",
        "America/New_York",
        "",
    )
