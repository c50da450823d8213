"""Marked place names stand for places: what a geoparser is scored on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corrobora.model import Findings, Mention, Metadata, Span, Text
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.geography import distance_km
from corrobora.resolve.marking import Marked, mark, mark_spans
from corrobora.settings import ProjectPlace, Settings, Words

DEFAULT = Settings()


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def text_of(words: str) -> Text:
    return Text("d", "", "a.txt", words, Metadata(), (), "plain 1")


def spans_of(words: str, *names: str) -> list[Span]:
    found, at = [], 0
    for name in names:
        start = words.index(name, at)
        at = start + len(name)
        found.append(Span(start, at, name))
    return found


def resolved(index: Gazetteer, words: str, *names: str, known: Settings = DEFAULT) -> tuple[Marked, ...]:
    return mark_spans(text_of(words), spans_of(words, *names), index, known)


@pytest.mark.parametrize(
    ("words", "name", "beside", "identity"),
    [
        ("A Syrian officer left.", "Syrian", (), "country:SY"),
        ("Two Georgians were held near Gori.", "Georgians", ("Gori",), "country:GE"),
        ("He came from Lincoln, Neb., by bus.", "Neb.", (), "admin1:US.NE"),
        ("She lives in Burnaby, B.C., now.", "B.C.", ("Burnaby",), "admin1:CA.02"),
        ("The road leads from Egypt to Libya.", "Egypt", ("Libya",), "country:EG"),
        ("Egypt told Washington and Moscow.", "Egypt", ("Washington", "Moscow"), "country:EG"),
        ("Alberta sells its wheat in Asia, Canada said.", "Alberta", ("Asia", "Canada"), "admin1:CA.01"),
    ],
)
def test_what_a_name_stands_for(
    index: Gazetteer, words: str, name: str, beside: tuple[str, ...], identity: str
) -> None:
    names = sorted((name, *beside), key=words.index)
    found = resolved(index, words, *names)[names.index(name)]
    assert found.place is not None
    assert found.place.id == identity


def test_every_span_is_answered_in_order(index: Gazetteer) -> None:
    words = "A Syrian officer went from Homs to Zorvelat near Hama."
    found = resolved(index, words, "Syrian", "Homs", "Zorvelat", "Hama")
    assert [words[each.start : each.end] for each in found] == ["Syrian", "Homs", "Zorvelat", "Hama"]


def test_a_name_that_nobody_knows_stands_where_the_words_put_it(index: Gazetteer) -> None:
    words = "Shells hit Zorvelat, a village near Hama, in Syria."
    unknown, hama, _ = resolved(index, words, "Zorvelat", "Hama", "Syria")
    assert unknown.place is not None
    assert hama.place is not None
    assert not unknown.place.id
    assert unknown.place.name == "Zorvelat"
    assert unknown.place.lat is not None
    assert unknown.place.lon is not None
    assert hama.place.lat is not None
    assert hama.place.lon is not None
    assert distance_km(unknown.place.lat, unknown.place.lon, hama.place.lat, hama.place.lon) < 1
    assert "no match" in unknown.place.why[0]


def test_a_name_that_nobody_knows_in_a_text_that_names_nothing_has_no_place(index: Gazetteer) -> None:
    (found,) = resolved(index, "Shells hit Zorvelat.", "Zorvelat")
    assert found.place is None


def test_words_of_distance_do_not_move_the_name_itself(index: Gazetteer) -> None:
    words = "A convoy was hit 40 km north of Hama in Syria, between Homs and Aleppo."
    hama, _, homs, _ = resolved(index, words, "Hama", "Syria", "Homs", "Aleppo")
    assert hama.place is not None
    assert homs.place is not None
    assert hama.place.radius_km is not None
    assert hama.place.radius_km < 30
    assert homs.place.lat == pytest.approx(34.7, abs=0.2)


def test_a_projects_own_place_wins(index: Gazetteer) -> None:
    own = Settings(words=Words(places=(ProjectPlace("Zorvelat", 34.5, 36.5, country="SY"),)))
    (found,) = resolved(index, "Shells hit Zorvelat.", "Zorvelat", known=own)
    assert found.place is not None
    assert found.place.id == "project:Zorvelat"
    assert (found.place.lat, found.place.lon) == (34.5, 36.5)


def test_an_other_name_gives_way_to_a_first_name_in_the_same_country(index: Gazetteer) -> None:
    words = "A fire broke out in Maryville, in the United States."
    found = resolved(index, words, "Maryville", "United States")[0]
    assert found.place is not None
    assert "Maryville" in found.place.why[0].split(":")[0]


def test_names_are_found_and_resolved_in_one(index: Gazetteer) -> None:
    words = "Ten men died in Homs. The Syrian army denied it."
    mentions = (Mention(16, 20, "Homs", "place"), Mention(26, 32, "Syrian", "group"))
    findings = Findings("d", "test", (), mentions)
    strict = mark(text_of(words), findings, index, DEFAULT)
    news = mark(text_of(words), findings, index, DEFAULT, "news")
    assert [words[each.start : each.end] for each in strict] == ["Homs"]
    assert [words[each.start : each.end] for each in news] == ["Homs", "Syrian"]
    assert news[1].place is not None
    assert news[1].place.country == "SY"
