"""The grammar: what is found, where it ends, and what it means before an anchor is known."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from corrobora.resolve import time_forms, time_words
from corrobora.resolve import time_tables as tables
from corrobora.resolve.hijri import FEASTS
from corrobora.resolve.time_words import TimeWords, parse


def only(words: str) -> TimeWords:
    (found,) = parse(words)
    return found


@pytest.mark.parametrize(
    ("words", "kind", "meaning"),
    [
        ("6 March", "date", {"month": 3, "day": 6, "year": None}),
        ("Friday, March 7, 2025", "date", {"weekday": 4, "month": 3, "day": 7, "year": 2025}),
        ("3 JAN 90", "date", {"year": 1990, "month": 1, "day": 3}),
        ("12 FEB 05", "date", {"year": 2005}),
        ("mid-June", "date", {"month": 6, "part": "mid"}),
        ("6/3/2025", "date", {"ambiguous": True}),
        ("25/3/2025", "date", {"ambiguous": False, "day": 25, "month": 3}),
        ("6.3.2025", "date", {"ambiguous": False, "day": 6, "month": 3}),
        ("last Tuesday", "weekday", {"weekday": 1, "direction": "last"}),
        ("Tuesday night", "weekday", {"part": "night"}),
        ("Tuesday last week", "weekday", {"number": -1, "unit": "week"}),
        ("yesterday", "shift", {"anchor": "published", "number": -1}),
        ("the following day", "shift", {"anchor": "narrative", "number": 1}),
        ("the next morning", "shift", {"anchor": "narrative", "number": 1, "part": "morning"}),
        ("that evening", "shift", {"anchor": "narrative", "number": 0, "part": "evening"}),
        ("the previous day", "shift", {"anchor": "narrative", "number": -1}),
        ("a day earlier", "shift", {"anchor": "narrative", "number": -1}),
        ("two weeks later", "shift", {"anchor": "narrative", "number": 2, "unit": "week", "counted": True}),
        ("next week", "shift", {"anchor": "published", "number": 1, "unit": "week", "counted": False}),
        ("two weeks ago", "shift", {"anchor": "published", "number": -2, "unit": "week"}),
        ("a few days ago", "shift", {"vague": True}),
        ("over the past 48 hours", "past", {"number": 48, "unit": "hour"}),
        ("in recent weeks", "past", {"unit": "week", "vague": True}),
        ("since March 6", "date", {"bound": "since"}),
        ("until March 6", "date", {"bound": "until"}),
        ("as of Monday", "weekday", {"bound": "asof"}),
        ("around March 6", "date", {"about": True}),
        ("the 1990s", "decade", {"year": 1990}),
        ("in the summer of 2014", "season", {"name": "summer", "year": 2014}),
        ("Palm Sunday", "holiday", {"name": "palm sunday"}),
    ],
)
def test_what_an_expression_means(words: str, kind: str, meaning: dict[str, object]) -> None:
    found = only(words)
    assert (found.text, found.kind) == (words, kind)
    assert {key: getattr(found, key) for key in meaning} == meaning


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("killed on March 6, police said", ["on March 6"]),
        ("On March 4, 12 people died", ["On March 4"]),
        ("on March 10 alone, 973 died", ["on March 10 alone"]),
        ("Wednesday's protests of June 25", ["Wednesday's", "June 25"]),
        ("Palm Sunday (April 13)", ["Palm Sunday", "April 13"]),
        ("TODAY, 11 FEBRUARY, AT 0900", ["TODAY", "11 FEBRUARY"]),
        ("on Friday and was held until Sunday", ["on Friday", "until Sunday"]),
        ("between Friday and Sunday", ["between Friday and Sunday"]),
        ("from the night of 6 March until early on 8 March", ["from the night of 6 March until early on 8 March"]),
        ("arrested on Friday, 5 men on Sunday", ["on Friday", "on Sunday"]),
        ("Sat on 6 March", ["on 6 March"]),
        ("in 2014, 2,014 people", ["in 2014"]),
        ("the 2014 war", []),
        ("a decade of war", []),
        ("two days of talks", []),
        ("two days before the vote", []),
        ("two days before, they left", ["two days before"]),
        ("May and June said April was late", []),
        ("may 5 people come", []),
        ("march 6 miles", []),
        ("12:30 and 10.3.1", []),
        ("/2025/03/06/", []),
        ("BETWEEN 1830 AND 2000 ON 10 DECEMBER", ["ON 10 DECEMBER"]),
        ("FROM 1900 TO 2030", []),
        ("AT 2000", []),
        ("DURING THE MARCH", []),
        ("the 2000 block", []),
        ("The 2013 massacre was denied", ["2013"]),
        ("a deadly 2019 market bombing", ["2019"]),
        ("killed 2013 attackers", []),
        ("the 2019 Daru elections", []),
        ("IN THE MID-1970'S", ["IN THE MID-1970'S"]),
        ("AS OF THIS MORNING", ["AS OF THIS MORNING"]),
    ],
)
def test_what_is_found_and_where_it_ends(text: str, found: list[str]) -> None:
    assert [word.text for word in parse(text)] == found


def test_the_ends_of_a_range() -> None:
    found = only("from March 6 to April 9, 2025")
    assert [(e.year, e.month, e.day) for e in found.ends] == [(2025, 3, 6), (2025, 4, 9)]


def test_a_range_of_years_written_short() -> None:
    assert [e.year for e in only("2014-16").ends] == [2014, 2016]


@pytest.mark.parametrize("words", ["on March 6", "on Friday", "since Monday", "two days later", "last week"])
def test_capitals_and_line_breaks_change_nothing(words: str) -> None:
    plain, loud = only(words), only(words.upper().replace(" ", "\n"))
    assert (loud.kind, loud.month, loud.day, loud.weekday, loud.number, loud.bound) == (
        plain.kind,
        plain.month,
        plain.day,
        plain.weekday,
        plain.number,
        plain.bound,
    )


SENTENCES = tomllib.loads((Path(__file__).parent / "sentences_periods.toml").read_text(encoding="utf-8"))
SAID = [words.casefold() for words in SENTENCES["expressions"]]


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title, str.capitalize])
def test_the_cues_of_a_form_leave_no_expression_out(
    spelled: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form is tried only where one of its cues stands: that must change nothing, however words are written."""
    names = (*tables.FIXED, *tables.FROM_EASTER, *tables.NTH, *tables.HIJRI, *tables.SEASONS, *FEASTS)
    told = [spelled(f"They came on {words}, and died there.") for words in (*SAID, *names)]
    told += [spelled(f"in the {year}{mark}s two nights ago") for year in (1980, 1990, 2010) for mark in ("", "'", "’")]
    with_cues = [time_words.parse.__wrapped__(words) for words in told]
    bare = tuple((pattern, build, ()) for pattern, build, _ in time_forms.FORMS)
    monkeypatch.setattr(time_words, "FORMS", bare)
    assert [time_words.parse.__wrapped__(words) for words in told] == with_cues
    assert sum(map(bool, with_cues)) > len(told) / 2  # in small letters a month is no month


def test_what_no_cue_tells_of_is_not_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(time_words, "FORMS", ((re.compile("x"), lambda m: asked.append(m[0]), ("yy",)),))
    time_words.parse.__wrapped__("x x")
    assert asked == []
    time_words.parse.__wrapped__("x YY")
    assert asked == ["x"]
