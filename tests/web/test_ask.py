from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.model import Filter
from corrobora.web.ask import LABELS, Ask, paged, query_of, read_ask, read_question

QUESTIONS = st.builds(
    Filter,
    words=st.text(max_size=8).map(str.strip),
    harm=st.sampled_from(["", "killed", "injured"]),
    country=st.sampled_from(["", "SY", "NG"]),
    speaker=st.text(max_size=8).map(str.strip),
    earliest=st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2000, 1, 1))),
    latest=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1))),
)


@given(QUESTIONS)
def test_a_question_survives_its_query_string(question: Filter) -> None:
    assert read_question(dict(parse_qsl(query_of(question)[1:]))) == question


def test_every_part_of_a_filter_can_be_asked() -> None:
    assert set(LABELS) == set(asdict(Filter()))


@pytest.mark.parametrize(
    "given_",
    [
        {"earliest": "2025-02-30"},
        {"latest": "yesterday"},
        {"harm": "murdered"},
        {"scope": "all"},
        {"decided": "maybe"},
        {"country": "SYR"},
        {"earliest": "2025-03-09", "latest": "2025-03-06"},
        {"page": "0"},
        {"page": "two"},
    ],
)
def test_a_bad_value_is_refused_with_what_to_write(given_: Mapping[str, str]) -> None:
    with pytest.raises(BadInput) as caught:
        read_ask(given_, {})
    assert caught.value.hint
    assert next(v for v in given_.values()) in str(caught.value)


def test_country_codes_are_read_in_any_case_and_other_names_are_left_alone() -> None:
    ask = read_ask({"country": "sy", "q": "x", "page": "2"}, {"id": "i"})
    assert (ask.question.country, ask.page, ask.more, ask.ids) == ("SY", 2, {"q": "x"}, {"id": "i"})


@given(st.integers(0, 450))
def test_pages_hold_every_row_once(total: int) -> None:
    rows, page, seen = tuple(range(total)), 1, list[int]()
    while True:
        found = paged(rows, Ask(page=page))
        assert len(found.rows) <= 100
        assert found.last == found.first + len(found.rows) - 1
        seen += found.rows
        if not found.next:
            break
        page += 1
        assert found.next == f"?page={page}"
    assert seen == list(rows)
