"""Day or month first: by the outlet's country and language, else by distance."""

from datetime import date

import pytest

from corrobora.model import Metadata, Text
from corrobora.resolve import story
from corrobora.resolve.figures_order import day_first, ordered
from corrobora.resolve.time_words import parse


def told(words: str, published: str, **known: str) -> tuple[str, str]:
    text = Text("d_1", "", "a.txt", words, Metadata(published=published, **known), (), "plain 1")
    (one,) = story.tell(text).told
    return (one.value.edtf if one.value else ""), one.rule


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({"url": "https://news.example.ng/a"}, True),
        ({"url": "https://example.co.uk/a"}, True),
        ({"url": "https://example.us/a"}, False),
        ({"url": "https://example.ph/a"}, False),
        ({"url": "https://example.com/a"}, None),
        ({"url": "https://example.io/a"}, None),
        ({"url": "http://[broken"}, None),
        ({"url": ""}, None),
        ({"language": "fr"}, True),
        ({"language": "en"}, None),
        ({"timezone": "America/Chicago"}, False),
        ({"timezone": "America/Bogota"}, None),
        ({"url": "https://example.ke/a", "timezone": "America/Chicago"}, True),
    ],
)
def test_what_is_known_of_an_outlet(known: dict[str, str], first: bool | None) -> None:
    assert day_first(Metadata(**known)) is first


@pytest.mark.parametrize(
    ("words", "known", "edtf"),
    [
        ("Two died on 6/3.", {"url": "https://example.ng/a"}, "2025-03-06"),
        ("Two died on 6/3.", {"url": "https://example.us/a"}, "2024-06-03"),
        ("Two died on 6/3.", {}, "2025-03-06"),  # the nearer one
        ("Two died on 3/6.", {}, "2025-03-06"),
        ("Two died on 6/3/2024.", {"url": "https://example.ng/a"}, "2024-03-06"),
        ("Two died on 6/3/2024.", {"url": "https://example.us/a"}, "2024-06-03"),
        ("Two died on 25/2.", {"url": "https://example.us/a"}, "2025-02-25"),
        ("Two died on 2/25.", {"url": "https://example.ng/a"}, "2025-02-25"),
    ],
)
def test_figures_in_a_report_of_13_march(words: str, known: dict[str, str], edtf: str) -> None:
    found, rule = told(words, "2025-03-13", **known)
    assert found == edtf, rule


def test_the_rule_says_what_settled_it() -> None:
    assert "day first as its country writes" in told("Two died on 6/3.", "2025-03-13", url="https://example.ke/")[1]
    assert "by distance to publication" in told("Two died on 6/3.", "2025-03-13")[1]
    assert "not known" in told("Two died on 6/3/2025.", "")[1]


@pytest.mark.parametrize(
    "words", ["a ratio of 6/3", "about 6/3 of them", "route 6/3", "on 45/3", "9/11 was remembered"]
)
def test_two_figures_without_a_cue_are_no_date(words: str) -> None:
    assert parse(words) == ()


def test_of_two_readings_of_one_year_the_nearer_past_one_stands() -> None:
    (word,) = parse("on 2/3/2025")
    settled, _ = ordered(word, date(2025, 2, 20), None)
    assert (settled.month, settled.day) == (2, 3)
