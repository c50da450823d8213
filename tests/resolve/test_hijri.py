"""The Islamic calendar: known days, spelled months, feasts, and names that are no dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.resolve import hijri, time_words
from corrobora.resolve.period_values import Anchors, meaning

PUBLISHED = date(2025, 3, 13)


def value_of(words: str, published: date | None = PUBLISHED, future: bool = False) -> str:
    (word,) = time_words.parse(words)
    found = meaning(word, Anchors(published), future=future)
    if found:
        assert "Hijri" in found[1]
    return found[0].edtf if found else ""


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("shot on 10 Muharram 1445", "2023-07-28~"),
        ("shot on 10 Muharram 1445 AH", "2023-07-28~"),
        ("shot on the 10th of Muharram, 1445", "2023-07-28~"),
        ("shot in Sha'ban 1445", "2024-02-11/2024-03-10"),
        ("shot in Shaaban 1445", "2024-02-11/2024-03-10"),
        ("shot during Ramadan", "2025-03-01/2025-03-29"),
        ("shot on the first day of Ramadan", "2025-03-01~"),
        ("shot since Ramadan", "2025-03-01/2025-03-13"),
        ("shot in the month of Rajab", "2025-01-01/2025-01-30"),
        ("shot in Ramadan 1403", "1983-06-12/1983-07-10"),
        ("shot on Eid al-Fitr", "2024-04-10~"),
        ("shot on Eid al-Adha", "2024-06-16~"),
        ("shot on Eid al-Adha 1440", "2019-08-11~"),
        ("shot on Ashura", "2024-07-16~"),
    ],
)
def test_hijri_words(words: str, edtf: str) -> None:
    assert value_of(words) == edtf


def test_the_next_feast_where_tense_looks_ahead() -> None:
    assert value_of("on Eid al-Fitr", future=True) == "2025-03-30~"


def test_without_a_publication_day_only_a_named_year_will_do() -> None:
    assert value_of("on Eid al-Fitr", None) == ""
    assert value_of("on 1 Ramadan 1446", None) == "2025-03-01~"


@pytest.mark.parametrize(
    "words", ["Ramadan Saleh was shot", "said Rajab", "in Safar Ford", "by Ramadan", "Ashura rites"]
)
def test_a_person_or_a_place_is_no_month(words: str) -> None:
    assert time_words.parse(words) == ()


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1342, 1, 1), (1501, 1, 1), (1446, 13, 1), (1446, 9, 30), (1446, 1, 0)]
)
def test_days_that_the_calendar_does_not_have(year: int, month: int, day: int) -> None:
    assert hijri.on(year, month, day) is None


def test_years_beyond_the_calendar() -> None:
    assert hijri.year_of(date(1900, 1, 1)) is None
    assert hijri.month_days(1342, 1) is None
    assert hijri.value(1600, 1, None) is None
    assert hijri.nearest(date(1900, 1, 1), 9, None) is None


@given(st.integers(hijri.FIRST, hijri.LAST), st.integers(1, 12))
def test_months_follow_each_other_without_a_gap(year: int, month: int) -> None:
    days = hijri.month_days(year, month)
    assert days is not None
    assert 28 <= (days[1] - days[0]).days + 1 <= 31  # 29 or 30, but for a few years before 1946
    later = hijri.month_days(year + month // 12, month % 12 + 1)
    assert later is None or later[0] == days[1] + timedelta(1)


@given(st.dates(date(1930, 1, 1), date(2070, 1, 1)), st.sampled_from(sorted(set(hijri.FEASTS.values()))))
def test_the_nearest_feast_lies_within_a_hijri_year(published: date, feast: tuple[int, int]) -> None:
    past, coming = hijri.nearest(published, *feast), hijri.nearest(published, *feast, future=True)
    assert past is not None
    assert past.earliest is not None
    assert -1 <= (published - past.earliest).days <= 356
    assert coming is not None
    assert coming.earliest is not None
    assert 0 <= (coming.earliest - published).days <= 356


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Ten died during Ramadan 2013.", "2013-07-09", "2013-08-07"),
        ("Ten died on Eid al-Fitr 2013.", "2013-08-08", "2013-08-08"),
        ("Ten died on 10 Muharram 1445.", "2023-07-28", "2023-07-28"),
    ],
)
def test_a_hijri_month_may_stand_with_a_gregorian_year(words: str, first: str, last: str) -> None:
    (found,) = time_words.parse(words)
    value = meaning(found, Anchors(date(2031, 3, 1)), future=False)
    assert value is not None
    assert (value[0].earliest, value[0].latest) == (date.fromisoformat(first), date.fromisoformat(last))


def test_no_hijri_month_is_known_in_a_year_beyond_the_tables() -> None:
    assert hijri.in_year(2150, 9, None) is None
    assert hijri.in_year(1900, 9, 1) is None
