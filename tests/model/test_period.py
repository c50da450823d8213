"""The codes of other schemes for how well a day is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Period

START = date(2031, 5, 5)


def of(days: int) -> Period:
    return Period("", "", START, START + timedelta(days - 1), "days", "", -1, -1)


@pytest.mark.parametrize(
    ("days", "acled", "ucdp"),
    [
        (1, 1, 1),
        (2, 1, 2),  # a night
        (3, 2, 2),
        (6, 2, 2),
        (7, 2, 3),
        (8, 3, 4),
        (28, 3, 4),
        (31, 3, 4),
        (32, None, 5),
        (365, None, 5),
        (366, None, 5),
        (367, None, None),
    ],
)
def test_codes_by_days(days: int, acled: int | None, ucdp: int | None) -> None:
    assert (of(days).days, of(days).acled_time_precision, of(days).ucdp_date_prec) == (days, acled, ucdp)


@pytest.mark.parametrize(("earliest", "latest"), [(None, START), (START, None), (None, None)])
def test_an_open_period_has_no_code(earliest: date | None, latest: date | None) -> None:
    period = Period("", "", earliest, latest, "open", "", -1, -1)
    assert (period.days, period.acled_time_precision, period.ucdp_date_prec) == (None, None, None)


@given(st.integers(1, 4000), st.integers(0, 400))
def test_what_is_known_less_well_has_no_lower_code(days: int, more: int) -> None:
    wide, narrow = of(days + more), of(days)
    assert (wide.acled_time_precision or 9) >= (narrow.acled_time_precision or 9)
    assert (wide.ucdp_date_prec or 9) >= (narrow.ucdp_date_prec or 9)
