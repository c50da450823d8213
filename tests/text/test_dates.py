"""Days in words and figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.text.dates import date_line, find, instant, labelled


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("3 JAN 90", "1990-01-03"),
        ("2025-06-15", "2025-06-15"),
        ("September 23, 2024", "2024-09-23"),
        ("3rd of February 2025", "2025-02-03"),
        ("le 1er août 2024", "2024-08-01"),
        ("13 de enero de 2025", "2025-01-13"),
        ("15.06.2025", "2025-06-15"),
        ("8/26/2015", "2015-08-26"),
        ("26/8/2015", "2015-08-26"),
        ("5 MAY 68", "2068-05-05"),
    ],
)
def test_forms_of_a_day(words: str, iso: str) -> None:
    found = find(words)
    assert found is not None
    assert found.iso() == iso


@pytest.mark.parametrize("words", ["03/04/2025", "31 February 2025", "killed 45 people", "2025-13-01", "may 2025", ""])
def test_what_is_no_day_or_may_be_two(words: str) -> None:
    assert find(words) is None


def test_a_day_without_a_year_is_the_last_one_before() -> None:
    day = find("Khartoum, Feb 29")
    assert day is not None
    assert (day.iso(), day.iso("2024-03-01"), day.iso("2025-03-01")) == ("", "2024-02-29", "")


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("2025-06-15", "2025-06-15", ""),
        ("Published on October 12, 2024 at 1:00 p.m.", "2024-10-12", ""),
        ("Posted: Tuesday, August 18, 2015 1:37 PM EDT Updated: August 19, 2015 6 PM", "2015-08-18", "2015-08-19"),
        ("Updated 09:30 GMT, 3 January 2025", "", "2025-01-03"),
        ("Sunday, 15 June 2025", "2025-06-15", ""),
    ],
)  # fmt: skip
def test_lines_that_hold_a_date_alone(line: str, published: str, modified: str) -> None:
    found = date_line(line)
    assert found is not None
    assert (found.published, found.modified) == (published, modified)


@pytest.mark.parametrize(
    "line", ["On 3 May 2024 two men were shot.", "May 2024", "14 killed, 3 May 2024", "Feb 1", "x" * 200]
)
def test_lines_that_say_more_or_less_than_a_date(line: str) -> None:
    assert date_line(line) is None


def test_a_date_counts_inside_a_line_only_after_its_label() -> None:
    assert labelled("Two hurt on 3 May 2024").published == ""
    assert labelled("By Jane Doe Updated: May 3, 2024").modified == "2024-05-03"


@given(st.dates(date(1970, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"]))
def test_every_day_in_every_form_is_found(day: date, form: str) -> None:
    found = find(day.strftime(form))
    assert found is not None
    assert found.iso() == day.isoformat()


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2025-06-14T09:30:00Z", "2025-06-14T09:30:00+00:00"),
        ("2025-06-14 09:30", "2025-06-14T09:30:00"),
        ("2025-02-30", ""),
        ("Sat, 14 Jun 2025 09:30:00 +0100", "2025-06-14T09:30:00+01:00"),
        ("14 June 2025", "2025-06-14"),
        ("soon", ""),
    ],
)
def test_instants_as_pages_and_headers_give_them(words: str, iso: str) -> None:
    assert instant(words) == iso
