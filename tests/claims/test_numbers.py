"""Number words: what is spelled is read back, and hedges, ranges and vague words keep their meaning."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.claims import numbers

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
PEOPLE = st.integers(0, 999_999)


def below_hundred(number: int, *, hyphen: bool) -> list[str]:
    if number < 20:
        return [UNITS[number]]
    tens, unit = divmod(number, 10)
    return [TENS[tens]] + ((["-"] if hyphen else []) + [UNITS[unit]] if unit else [])


def below_thousand(number: int, *, hyphen: bool, joined: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_hundred(rest, hyphen=hyphen)
    said = [UNITS[hundreds], "hundred"]
    return said + ((["and"] if joined else []) + below_hundred(rest, hyphen=hyphen) if rest else [])


def spelled(number: int, *, hyphen: bool, joined: bool) -> list[str]:
    """Spell a number in British ('and') or American style, as the tokenizer would split it."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return below_thousand(rest, hyphen=hyphen, joined=joined)
    said = [*below_thousand(thousands, hyphen=hyphen, joined=joined), "thousand"]
    return said + (below_thousand(rest, hyphen=hyphen, joined=joined) if rest else [])


def said(text: str) -> list[tuple[int | None, int | None, str]]:
    return [(a.low, a.high, a.qualifier) for a in numbers.amounts(text.split(" "))]


@given(PEOPLE, st.booleans(), st.booleans())
def test_a_spelled_number_is_read_back(number: int, hyphen: bool, joined: bool) -> None:
    words = spelled(number, hyphen=hyphen, joined=joined)
    assert numbers.value(words) == number
    assert said(" ".join([*words, "people"])) == [(number, number, "exact")]


@given(PEOPLE)
def test_digits_are_read_back_with_any_separator(number: int) -> None:
    assert numbers.value([str(number)]) == number
    assert numbers.value([f"{number:,}"]) == number
    assert numbers.value(f"{number:,}".replace(",", " ").split(" ")) == number


@given(PEOPLE, PEOPLE)
def test_a_range_runs_from_the_lower_to_the_higher(a: int, b: int) -> None:
    if a == b:
        return
    low, high = sorted((a, b))
    for form in (f"between {low} and {high} people", f"{low} to {high} people", f"{low} - {high} people"):
        assert said(form) == [(low, high, "exact")]
    (score,) = numbers.amounts([str(high), "-", str(low)])
    assert score.kind == "score"


@given(st.integers(1, 999_999))
def test_a_hedge_opens_the_side_that_it_leaves_open(number: int) -> None:
    assert said(f"at least {number} people") == [(number, None, "at_least")]
    assert said(f"{number} or more people") == [(number, None, "at_least")]
    assert said(f"up to {number} people") == [(None, number, "at_most")]
    assert said(f"about {number} people") == [(number, number, "about")]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a dozen", 12),
        ("half a dozen", 6),
        ("three dozen", 36),
        ("a hundred", 100),
        ("a thousand", 1000),
        ("half a million", 500_000),
        ("1.2 million", 1_200_000),
        ("3 lakh", 300_000),
        ("1,20,000", 120_000),
        ("twelve hundred", 1200),
        ("two million three hundred thousand and five", 2_300_005),
        ("10th", None),
        ("3.5", None),
        ("two hundred and three hundred", None),
        ("12345678901", None),
        ("people", None),
    ],
)
def test_mixed_forms(words: str, value: int | None) -> None:
    assert numbers.value(words.split(" ")) == value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("killed two hundred and three hundred fled", [(200, 200, "exact"), (300, 300, "exact")]),
        ("rose from 12 to 15", [(12, 12, "exact"), (15, 15, "exact")]),
        ("from 12 to 15 people", [(12, 15, "exact")]),
        ("five or 10 per day", [(5, 10, "exact")]),
        ("two to three hundred", [(200, 300, "exact")]),
        ("between about 50 and 60", [(50, 60, "about")]),
        ("no fewer than seven", [(7, None, "at_least")]),
        ("not less than seven", [(7, None, "at_least")]),
        ("no more than seven", [(None, 7, "at_most")]),
        ("as many as 30", [(None, 30, "at_most")]),
        ("at least another 5", [(5, None, "at_least")]),
        ("up to several hundred", [(None, 200, "at_most")]),
        ("a standoff over hundreds of hostages", [(200, None, "vague")]),
        ("several hundred , many thousands", [(200, None, "vague"), (2000, None, "vague")]),
        ("40 - odd and 20 - plus", [(40, 40, "about"), (20, None, "at_least")]),
        ("no one , nobody , none", [(0, 0, "exact")] * 3),
        ("how many died", []),
        ("the rest and all of them", [(None, None, "vague")] * 2),
        ("5–7 men", [(5, 7, "exact")]),
    ],
)
def test_phrases(text: str, wanted: list[tuple[int | None, int | None, str]]) -> None:
    assert said(text) == wanted


def test_the_vague_table_is_that_of_the_project() -> None:
    (found,) = numbers.amounts(["dozens"], {"dozens": 30})
    assert (found.low, found.high) == (30, None)


WORDS = [
    *UNITS,
    *TENS[2:],
    "hundred",
    "thousand",
    "dozen",
    "million",
    "half",
    "and",
    "or",
    "to",
    "-",
    "between",
    "from",
]
WORDS += [
    "at",
    "least",
    "many",
    "as",
    "a",
    "several",
    "dozens",
    "of",
    "no",
    "one",
    "more",
    "than",
    "5",
    "1,200",
    "2.5",
    "",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_give_amounts_in_order(words: list[str]) -> None:
    found = list(numbers.amounts(words))
    assert all(0 <= a.start <= a.core < a.end <= len(words) for a in found)
    assert all(a.low <= a.high for a in found if a.low is not None and a.high is not None)
    assert all(a.end <= b.start for a, b in pairwise(found))
