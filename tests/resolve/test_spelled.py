"""Dates spelled out in words become figures; every other word stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.resolve.spelled import in_figures

TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("nineteen ninety-one", "1991"),
        ("Nineteen Ninety", "1990"),
        ("nineteen seventeen", "1917"),
        ("nineteen hundred and six", "1906"),
        ("twenty ten", "2010"),
        ("two thousand three", "2003"),
        ("the nineteen sixties", "the 1960s"),
        ("august twenty-first", "August 21"),
        ("august thirty first", "August 31"),
        ("the thirtieth of june", "30 June"),
        ("the third quarter", "the third quarter"),
        ("nineteen people", "nineteen people"),
        ("twenty days ago", "twenty days ago"),
        ("two years", "two years"),
        ("twenty-one years ago", "twenty-one years ago"),
        ("twenty one", "twenty one"),
        ("Tuesday", "Tuesday"),
        ("tuesday", "Tuesday"),
        ("TUESDAY", "TUESDAY"),
        ("", ""),
    ],
)
def test_words_in_figures(words: str, figures: str) -> None:
    assert in_figures(words) == figures


@given(st.integers(2, 9), st.integers(0, 9), st.sampled_from([(18, "eighteen"), (19, "nineteen"), (20, "twenty")]))
def test_every_year_from_twenty_on(tens: int, unit: int, century: tuple[int, str]) -> None:
    words = f"{century[1]} {TENS[tens - 2]}" + (f"-{UNITS[unit - 1]}" if unit else "")
    assert in_figures(words) == str(100 * century[0] + 10 * tens + unit)


@given(st.text(max_size=40))
def test_figures_once_written_stay(words: str) -> None:
    assert in_figures(in_figures(words)) == in_figures(words)
