"""A place as a person types it: namesakes told apart by what they lie in, by the claim, and by the project."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.resolve import typed_place
from corrobora.resolve.gazetteer import Gazetteer, open_index
from corrobora.resolve.typed import typed
from corrobora.settings import ProjectPlace, Settings, Words

NAMESAKES = ("Tripoli", "Paris", "Georgia", "San Antonio", "Springfield", "Gao", "Hama", "Victoria", "Santiago", "Lima")
OWN = Settings(
    words=Words(places=(ProjectPlace("Gao", 16.9, -0.1, 2.0, "neighbourhood", "Gao", "", "ML", ("Zorvel Gao",)),))
)


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("words", "name", "country", "precision"),
    [
        ("Latakia", "Latakia", "SY", "town"),
        ("  Latakia  ", "Latakia", "SY", "town"),
        ("Lattakia", "Lattakia", "SY", "town"),
        ("Latakia, Syria", "Latakia", "SY", "town"),
        ("Latakia province", "Latakia province", "SY", "province"),
        ("Tripoli, Lebanon", "Tripoli", "LB", "town"),
        ("Tripoli, LY", "Tripoli", "LY", "town"),
        ("Tripoli, ly", "Tripoli", "LY", "town"),
        ("Paris, Texas", "Paris", "US", "town"),
        ("Paris, TX", "Paris", "US", "town"),
        ("Paris, Texas, US", "Paris", "US", "town"),
        ("Georgia, US", "Georgia", "US", "province"),
        ("Georgia, GE", "Georgia", "GE", "country"),
        ("Syria", "Syria", "SY", "country"),
        ("Latakia,", "Latakia", "SY", "town"),
    ],
)
def test_words_that_leave_no_doubt(words: str, name: str, country: str, precision: str, index: Gazetteer) -> None:
    (place,) = typed(words, index, Settings())
    assert (place.name, place.country, place.precision) == (name, country, precision)
    assert place.lat is not None
    assert place.id


def test_namesakes_are_offered_the_likeliest_first(index: Gazetteer) -> None:
    found = typed("Tripoli", index, Settings())
    assert [place.country for place in found][:2] == ["LY", "LB"]
    assert len(found) > 2


def test_the_claim_tells_which_namesake_is_meant(index: Gazetteer) -> None:
    (libya,) = typed("Tripoli, LY", index, Settings())
    (lebanon,) = typed("Tripoli", index, Settings(), replace(libya, name="Saida", country="LB"))
    assert lebanon.country == "LB"
    assert len(typed("Tripoli", index, Settings(), replace(libya, country="NZ"))) > 1, "it has none: all are offered"
    american = typed("Springfield", index, Settings(), replace(libya, country="US"))
    assert len(american) > 1, "its country has several"
    assert american[0].country == "US"


@pytest.mark.parametrize("words", ["Zorvelat", "", " ", ",", "Latakia, Peru", "Tripoli, Zorvelat"])
def test_what_nobody_knows_is_nothing(words: str, index: Gazetteer) -> None:
    assert typed(words, index, Settings()) == ()


@pytest.mark.parametrize("words", ["Gao", "gao", "Zorvel Gao", "Gao, Mali", "Gao, ML"])
def test_the_place_of_the_project_wins(words: str, index: Gazetteer) -> None:
    (place,) = typed(words, index, OWN)
    assert (place.id, place.lat) == ("project:Gao", 16.9)


def test_the_place_of_the_project_is_not_meant_where_another_country_is_typed(index: Gazetteer) -> None:
    (place,) = typed("Gao, Burkina Faso", index, OWN)
    assert (place.country, place.id[:8]) == ("BF", "geonames")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMESAKES), at=st.integers(0, 4))
def test_each_place_that_is_offered_can_be_typed(name: str, at: int, index: Gazetteer) -> None:
    found = typed(name, index, Settings())
    wanted = found[min(at, len(found) - 1)]
    (again,) = typed(
        ", ".join(part for part in (wanted.name, wanted.admin1, wanted.country) if part), index, Settings()
    )
    assert (again.admin1, again.country) == (wanted.admin1, wanted.country)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30))
def test_any_words_give_places_apart_or_nothing(words: str, index: Gazetteer) -> None:
    found = typed(words, index, Settings())
    assert len({place.id for place in found}) == len(found)
    assert found == typed(words, index, Settings())


def test_the_index_is_opened_for_one_question(gazetteer: Path, tmp_path: Path) -> None:
    (place,) = typed_place("Hama, Syria", Settings(), gazetteer, tmp_path)
    assert place.country == "SY"
