"""How sure a claim is: a table that never falls, applied to the trust in its pattern."""

from collections.abc import Callable
from importlib.resources import files
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.claims import Reader, confidence
from corrobora.claims.assemble import TRUST
from corrobora.claims.confidence import calibrated
from corrobora.model import Text

scores = st.floats(0, 1, allow_nan=False)


@given(scores, scores)
def test_a_higher_score_is_never_less_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


def test_the_shipped_table_rises_and_says_what_it_is_made_of() -> None:
    points = confidence._points()
    assert list(points) == sorted(points)
    assert [share for _, share in points] == sorted(share for _, share in points)
    text = files("corrobora.claims").joinpath("confidence.toml").read_text(encoding="utf-8")
    assert "hand-coded reports" in text


@pytest.mark.parametrize(
    ("score", "expected"),
    [(0.1, 0.2), (0.5, 0.2), (0.6, 0.4), (0.7, 0.6), (0.75, 0.6), (0.8, 0.6), (0.99, 0.6)],
)
def test_between_two_points_it_is_linear_and_beyond_them_the_nearest(score: float, expected: float) -> None:
    with patch.object(confidence, "_points", lambda: ((0.5, 0.2), (0.7, 0.6), (0.8, 0.6))):
        assert calibrated(score) == pytest.approx(expected)


def test_plain_patterns_are_surer_than_fragments(reader: Reader, written: Callable[..., Text]) -> None:
    plain, loose = (
        next(iter(reader.read([written(words)]))).claims[0].confidence
        for words in ("Nine miners were killed in the raid.", "Raid in Selm: 9 dead")
    )
    assert plain == calibrated(TRUST["subject-passive"])
    assert loose <= plain
