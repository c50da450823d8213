"""What is marked as a place name, by either convention of annotators."""

import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.model import Findings, Mention, Metadata, Text
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.naming import abbreviations
from corrobora.resolve.recognition import CONVENTIONS, Marks, recognise, trimmed
from corrobora.resolve.toponyms import told

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8"))["case"]
KINDS = {
    "places": "place",
    "people": "person",
    "groups": "group",
    "organisations": "organisation",
    "facilities": "facility",
    "dates": "date",
}


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def mentions_of(case: dict[str, Any]) -> tuple[Mention, ...]:
    found = []
    for name, kind in KINDS.items():
        at = 0
        for text in case.get(name, []):
            start = case["words"].index(text, at)
            at = start + len(text)
            found.append(Mention(start, at, text, kind))
    return tuple(sorted(found, key=lambda each: each.start))


def names(index: Gazetteer, words: str, mentions: tuple[Mention, ...], convention: str) -> list[str]:
    text = Text("d", "", "a.txt", words, Metadata(), (), "plain 1")
    spans = recognise(text, Findings("d", "test", (), mentions), index, convention)
    return [words[start:end] for start, end in spans]


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_names_of_a_sentence(index: Gazetteer, case: dict[str, Any], convention: str) -> None:
    wanted = case["both"] if "both" in case else case[convention]
    assert names(index, case["words"], mentions_of(case), convention) == wanted


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("the Netherlands", "Netherlands"),
        ("The City of Basra", "Basra"),
        ("Syria's", "Syria"),
        ("Syria’s", "Syria"),
        ("the Philippines'", "Philippines"),
        ("Helmand province", "Helmand"),
        ("Dublin town centre", "Dublin"),
        ("downtown Aleppo", "Aleppo"),
        ("R-Lincoln", "Lincoln"),
        ("Aleppo,", "Aleppo"),
        ("“Aleppo”", "Aleppo"),
        (" Aleppo ", "Aleppo"),
        ("Rio de Janeiro", "Rio de Janeiro"),
        ("Deir al-Balah", "Deir al-Balah"),
        ("Ras al-Ayn district", "Ras al-Ayn"),
        ("St. Louis", "St. Louis"),
        ("D.C.", "D.C."),
        ("Aleppo", "Aleppo"),
        ("the", "the"),
    ],
)
def test_a_name_is_trimmed(name: str, left: str) -> None:
    start, end = trimmed(name, 0, len(name))
    assert name[start:end] == left


@given(st.text(alphabet="Aab 'sthe.,-’\"", max_size=24))
def test_trimming_stays_within_and_twice_changes_nothing(name: str) -> None:
    start, end = trimmed(name, 0, len(name))
    assert 0 <= start <= end <= len(name)
    assert trimmed(name, start, end) == (start, end)


def test_the_first_to_mark_a_word_keeps_it() -> None:
    marks = Marks("Madison County Jail")
    marks.add(0, 14, "feature")
    marks.add(0, 7, "place")
    marks.add(8, 19, "facility")
    assert marks.spans == {(0, 14): "feature"}


def test_one_letter_is_no_name() -> None:
    marks = Marks("A B")
    marks.add(0, 1, "place")
    assert not marks.spans


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Syria",
                "the",
                "in",
                "Mosul",
                "Police",
                "County",
                "and",
                ",",
                ".",
                "Lincoln",
                "U.S.",
                "Syrian",
                "R-N.J.",
                "’s",
            ]
        ),
        max_size=14,
    ),
    st.lists(st.tuples(st.integers(0, 13), st.integers(1, 4), st.sampled_from(sorted(KINDS.values()))), max_size=5),
    st.sampled_from(CONVENTIONS),
)
def test_names_are_within_the_text_in_order_and_apart(
    index: Gazetteer, pieces: list[str], marked: list[tuple[int, int, str]], convention: str
) -> None:
    words = " ".join(pieces)
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece) + 1)
    mentions = []
    for first, count, kind in marked:
        last = min(first + count, len(pieces))
        if first < last:
            start, end = starts[first], starts[last] - 1
            mentions.append(Mention(start, end, words[start:end], kind))
    text = Text("d", "", "a.txt", words, Metadata(), (), "plain 1")
    spans = recognise(text, Findings("d", "test", (), tuple(mentions)), index, convention)
    assert all(0 <= start < end <= len(words) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(words[start:end] == words[start:end].strip() for start, end in spans)


def test_strict_marks_no_more_places_than_news_does_where_no_body_is_named(index: Gazetteer) -> None:
    words = "Ten men died in Homs, in Syria. A Syrian officer spoke in Homs."
    mentions = mentions_of({"words": words, "places": ["Homs", "Syria"], "groups": ["Syrian"]})
    strict, news = (names(index, words, mentions, convention) for convention in CONVENTIONS)
    assert set(strict) < set(news)


def test_abbreviations_name_divisions_that_the_index_has(index: Gazetteer) -> None:
    for code in abbreviations().values():
        assert index.division(code) is not None, code


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case["name"])
def test_what_is_known_of_words_of_place_already_changes_nothing(index: Gazetteer, case: dict[str, Any]) -> None:
    text = Text("d", "", "a.txt", case["words"], Metadata(), (), "plain 1")
    findings = Findings("d", "test", (), mentions_of(case))
    known = tuple(told(text.text, findings, index))
    assert recognise(text, findings, index, explained=known) == recognise(text, findings, index)


def test_without_words_of_place_an_unknown_village_is_not_found(index: Gazetteer) -> None:
    text = Text("d", "", "a.txt", "Men burned the village of Zorvelat.", Metadata(), (), "plain 1")
    findings = Findings("d", "test", (), ())
    assert recognise(text, findings, index, explained=()) == ()
    assert recognise(text, findings, index) == ((26, 34),)
