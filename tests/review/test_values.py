import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.review.values import READERS, parsed

SIDES = st.one_of(st.none(), st.integers(-3, 50))


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ('{"low": 12, "high": 12}', 12, 12, "exact"),
        ('{"low": 12, "high": 15}', 12, 15, "exact"),
        ('{"low": 12, "high": null}', 12, None, "at_least"),
        ('{"high": 15}', None, 15, "at_most"),
        ('{"low": null, "high": null}', None, None, "none"),
        ('{"low": 0, "high": 0}', 0, 0, "exact"),
        ('{"low": 60, "high": 60, "qualifier": "about"}', 60, 60, "about"),
    ],
)
def test_a_figure_and_its_usual_qualifier(text: str, low: int | None, high: int | None, qualifier: str) -> None:
    count = parsed({"figure": text})["figure"]
    assert (count.low, count.high, count.qualifier) == (low, high, qualifier)


@given(SIDES, SIDES)
def test_a_figure_holds_or_is_refused_and_nothing_between(low: int | None, high: int | None) -> None:
    text = json.dumps({"low": low, "high": high})
    sound = all(side is None or side >= 0 for side in (low, high)) and (low is None or high is None or low <= high)
    if sound:
        count = parsed({"figure": text})["figure"]
        assert (count.low, count.high) == (low, high)
    else:
        with pytest.raises(BadInput) as refused:
            parsed({"figure": text})
        assert refused.value.hint


@pytest.mark.parametrize("text", ["2031-05-04", '"2031-05-04"', " 2031-05-04 "])
def test_a_day_as_text_or_json(text: str) -> None:
    assert parsed({"earliest": text})["earliest"] == date(2031, 5, 4)


def test_a_place_as_a_name_or_with_its_point() -> None:
    assert parsed({"place": "Kelm"})["place"] == {"name": "Kelm"}
    assert parsed({"place": '"Kelm"'})["place"] == {"name": "Kelm"}
    point = '{"name": " Kelm ", "lat": -31.9, "lon": 11, "precision": "exact"}'
    assert parsed({"place": point})["place"] == {"name": "Kelm", "lat": -31.9, "lon": 11, "precision": "exact"}


def test_victims_as_words_class_or_both() -> None:
    assert parsed({"victims": "civilian"})["victims"] == {"class": "civilian"}
    assert parsed({"victims": "three shepherds"})["victims"] == {"text": "three shepherds"}
    both = parsed({"victims": '{"text": "three shepherds", "class": "civilian"}'})["victims"]
    assert both == {"text": "three shepherds", "class": "civilian"}


@given(st.sampled_from(sorted(READERS)), st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_hint(field: str, text: str) -> None:
    hint = "read"
    try:
        parsed({field: text})
    except BadInput as refused:
        hint = refused.hint
    assert hint
