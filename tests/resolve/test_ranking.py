"""Choosing among namesakes: by what is said, by what the text is about, by distance, by fame; and refusing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.model import Metadata, Text
from corrobora.resolve.gazetteer import Entry, Gazetteer, open_index
from corrobora.resolve.ranking import Sense, holds, rank
from corrobora.resolve.ties import ties
from corrobora.resolve.toponyms import Toponym


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def senses(index: Gazetteer, words: str, *names: str, url: str = "", outlet: str = "") -> list[Sense]:
    toponyms, at = [], 0
    for name in names:
        at = words.index(name, at)
        toponyms.append(Toponym(at, at + len(name), name, name, frozenset(), False, "name"))
        at += len(name)
    text = Text("d", "", "a.txt", words, Metadata(url=url, outlet=outlet), (), "plain 1")
    found = tuple(toponyms)
    ranked, _ = rank(text, found, ties(words, found), index, {})
    return [ranked[toponym.key] for toponym in found]


def country(sense: Sense) -> str:
    return sense.chosen.entry.country if sense.chosen else ""


def test_fame_decides_where_nothing_is_said(index: Gazetteer) -> None:
    assert country(senses(index, "He went to Paris.", "Paris")[0]) == "FR"


@pytest.mark.parametrize(
    ("words", "names", "wanted"),
    [
        ("In Paris, Texas, ten died.", ("Paris", "Texas"), "US"),
        ("In Tripoli in Lebanon ten died.", ("Tripoli", "Lebanon"), "LB"),
        ("In Hyderabad in the Sindh province ten died.", ("Hyderabad", "Sindh"), "PK"),
        ("In Cordoba, Argentina, ten died.", ("Cordoba", "Argentina"), "AR"),
        ("Colombian police said ten died in Florencia. Colombian troops came.", ("Florencia",), "CO"),
        ("In Santiago, near Chimbarongo and San Fernando, ten died.", ("Santiago", "Chimbarongo"), "CL"),
    ],
)
def test_words_decide(index: Gazetteer, words: str, names: tuple[str, ...], wanted: str) -> None:
    assert country(senses(index, words, *names)[0]) == wanted


def test_an_address_decides_between_small_namesakes(index: Gazetteer) -> None:
    there = senses(index, "Ten died in Hamilton.", "Hamilton", url="https://example.co.nz/a", outlet="Example")
    assert country(there[0]) == "NZ"


def test_a_small_namesake_abroad_is_refused(index: Gazetteer) -> None:
    words = "In Nigeria and in Lagos and in Kano they spoke of Bolzano."
    sense = senses(index, words, "Nigeria", "Lagos", "Kano", "Bolzano")[3]
    assert sense.chosen is None
    assert [c.entry.country for c in sense.candidates][:1] == ["IT"]


def test_a_city_known_everywhere_is_never_refused(index: Gazetteer) -> None:
    words = "In Nigeria and in Lagos and in Kano they spoke of Berlin."
    assert country(senses(index, words, "Nigeria", "Lagos", "Kano", "Berlin")[3]) == "DE"


def test_a_sound_needs_its_country(index: Gazetteer) -> None:
    alone = senses(index, "Ten died in Qamishly.", "Qamishly")[0]
    assert alone.chosen is None or alone.chosen.entry.grade < 2
    assert country(senses(index, "Ten died in Kamishli in Syria.", "Kamishli", "Syria")[0]) == "SY"


def test_reasons_add_up_and_the_best_comes_first(index: Gazetteer) -> None:
    for sense in senses(index, "In Cordoba, Argentina, near Rosario, ten died.", "Cordoba", "Argentina", "Rosario"):
        scores = [candidate.score for candidate in sense.candidates]
        assert scores[1:] == sorted(scores[1:], reverse=True)
        for candidate in sense.candidates:
            assert candidate.score == pytest.approx(sum(weight for _, weight in candidate.reasons), abs=0.02)


def test_the_same_names_give_the_same_senses(index: Gazetteer) -> None:
    words = "In Santiago, San Fernando and San Antonio ten died."
    names = ("Santiago", "San Fernando", "San Antonio")
    assert senses(index, words, *names) == senses(index, words, *names)


def entry(kind: str, lat: float, lon: float, country: str = "ML", admin1: str = "ML.04", radius: float = 10.0) -> Entry:
    return Entry(f"x:{kind}{lat}{lon}{country}", "X", kind, lat, lon, radius, 0, country, admin1, "", 0, 0)


def test_holds() -> None:
    town = entry("settlement", 14.5, -4.0)
    assert holds(entry("country", 17, -4, admin1=""), town)
    assert not holds(entry("country", 17, -4, country="NE", admin1=""), town)
    assert holds(entry("admin1", 14.7, -3.5), town)
    assert not holds(entry("admin1", 14.7, -3.5, admin1="ML.05"), town)
    assert holds(entry("admin2", 14.6, -4.0), town)
    assert not holds(entry("admin2", 16.6, -4.0), town)
    assert not holds(town, town)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(["Tripoli", "Zawiya", "Sabha", "Paris", "Hamilton", "Sirte"]), st.integers(2, 6))
def test_the_order_in_which_places_are_named_does_not_decide(index: Gazetteer, order: list[str], number: int) -> None:
    some = sorted(order[:number])

    def chosen(names: list[str]) -> dict[str, tuple[str, float]]:
        words = "".join(f"Ten died in {name} on Friday.\n\n" for name in names)
        ranked = zip(names, senses(index, words, *names), strict=True)
        return {n: (s.chosen.entry.id, s.chosen.score) if s.chosen else ("", 0.0) for n, s in ranked}

    assert chosen(order[:number]) == chosen(some)


def test_of_counties_of_one_name_the_peopled_one_is_meant(index: Gazetteer) -> None:
    (harris,) = senses(index, "A boy was shot in Harris County. American police came.", "Harris County")
    assert harris.chosen is not None
    assert (harris.chosen.entry.admin1, harris.chosen.entry.population > 1_000_000) == ("US.TX", True)


def test_a_county_of_millions_is_no_likelier_than_the_town_of_its_name(index: Gazetteer) -> None:
    (tyler,) = senses(index, "Ten Americans died in Tyler.", "Tyler")
    assert tyler.chosen is not None
    assert tyler.chosen.entry.kind == "settlement"


def test_a_county_that_the_words_place_is_meant_however_few_live_in_it(index: Gazetteer) -> None:
    orange, _ = senses(index, "Ten died in Orange County, Vermont.", "Orange County", "Vermont")
    assert orange.chosen is not None
    assert orange.chosen.entry.admin1 == "US.VT"
