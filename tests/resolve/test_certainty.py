"""The chance that a place is the right one, and the codes of ACLED and UCDP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrobora.model import Metadata, Place, Text
from corrobora.resolve.atlas import place_at, survey
from corrobora.resolve.certainty import chance, coded, vaguer
from corrobora.resolve.gazetteer import Entry, Gazetteer, open_index
from corrobora.resolve.ranking import Candidate, Sense
from corrobora.resolve.toponyms import Toponym
from corrobora.settings import ProjectPlace, Settings, Words

HERE = Entry("geonames:1", "Zorvel", "settlement", 34.0, 36.0, 2.0, 0, "SY", "SY.11", "Homs", 0, 0)
FAR = replace(HERE, id="geonames:2", lat=10.0, lon=10.0)
BESIDE = replace(HERE, id="geonames:3", lat=34.1, lon=36.1)


def sense(score: float, *others: tuple[Entry, float], entry: Entry = HERE) -> Sense:
    chosen = Candidate(entry, score, ())
    return Sense(chosen, (chosen, *(Candidate(other, points, ()) for other, points in others)))


def sure(given_sense: Sense) -> float:
    found = chance(given_sense)
    assert found is not None
    return found


def place(precision: str, identity: str = "geonames:1", radius: float = 2.0) -> Place:
    return Place("", "Zorvel", identity, 34.0, 36.0, radius, precision, "Homs", "", "SY", -1, -1)


def test_no_choice_has_no_chance() -> None:
    assert chance(Sense(None, ())) is None


def test_a_namesake_far_away_that_is_as_good_makes_it_doubtful() -> None:
    assert sure(sense(8.0)) > 0.95
    assert sure(sense(8.0, (FAR, 2.0))) > sure(sense(8.0, (FAR, 5.0))) > sure(sense(8.0, (FAR, 8.0)))
    assert sure(sense(4.0, (FAR, 4.0))) < 0.6


def test_a_namesake_beside_it_does_not() -> None:
    assert sure(sense(8.0, (BESIDE, 8.0))) == sure(sense(8.0))


def test_a_match_by_sound_alone_is_doubted() -> None:
    assert sure(sense(4.0, entry=replace(HERE, grade=2))) < sure(sense(4.0))


@given(st.floats(-20, 40), st.floats(-20, 40), st.sampled_from([0, 1, 2]))
def test_it_is_a_chance(score: float, other: float, grade: int) -> None:
    assert 0 <= sure(sense(score, (FAR, other), entry=replace(HERE, grade=grade))) <= 1


@given(st.floats(0, 12), st.floats(0, 12), st.floats(0, 5))
def test_a_better_score_never_makes_it_less_sure(score: float, other: float, more: float) -> None:
    assert sure(sense(score + more, (FAR, other))) >= sure(sense(score, (FAR, other)))


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [
        ("exact", 1, 1),
        ("neighbourhood", 1, 1),
        ("town", 1, 1),
        ("district", 2, 3),
        ("province", 3, 4),
        ("country", 3, 6),
    ],
)
def test_codes_by_precision(precision: str, acled: int, ucdp: int) -> None:
    found = coded(place(precision))
    assert (found.geo_precision, found.where_prec) == (acled, ucdp)


@pytest.mark.parametrize(("radius", "acled", "ucdp"), [(12.0, 2, 2), (40.0, 2, 3), (180.0, 3, 4), (900.0, 3, 6)])
def test_a_place_that_no_gazetteer_knows_is_as_vague_as_what_holds_it(radius: float, acled: int, ucdp: int) -> None:
    found = coded(place("neighbourhood", "", radius))
    assert (found.geo_precision, found.where_prec) == (acled, ucdp)


def test_near_and_between_are_vaguer_and_never_sharper() -> None:
    town, province = coded(place("town")), coded(place("province"))
    assert (vaguer(town, 2).geo_precision, vaguer(town, 2).where_prec) == (2, 2)
    assert (vaguer(town, 5).geo_precision, vaguer(town, 5).where_prec) == (2, 5)
    assert (vaguer(province, 2).geo_precision, vaguer(province, 2).where_prec) == (3, 4)


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def first(index: Gazetteer, words: str, *names: str, known: Settings | None = None) -> Place:
    spans = tuple(
        Toponym(words.index(n), words.index(n) + len(n), n, n, frozenset(), facility=False, source="name", sure=True)
        for n in names
    )
    atlas = survey(Text("d", "", "a.txt", words, Metadata(), (), "plain 1"), spans, index, known or Settings())
    found = place_at(atlas, 0)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "names", "acled", "ucdp"),
    [
        ("Ten died in Palmyra, in Syria.", ("Palmyra", "Syria"), 1, 1),
        ("Ten died near Palmyra, in Syria.", ("Palmyra", "Syria"), 2, 2),
        ("Ten died 40 km from Palmyra, in Syria.", ("Palmyra", "Syria"), 2, 2),
        ("Ten died between Palmyra and Raqqa, in Syria.", ("Palmyra", "Raqqa", "Syria"), 2, 5),
        ("Ten died in Syria.", ("Syria",), 3, 6),
        ("Ten died in Zorvelat, a village near Palmyra, in Syria.", ("Zorvelat", "Palmyra", "Syria"), 2, 2),
    ],
)
def test_codes_of_what_a_text_says(index: Gazetteer, words: str, names: tuple[str, ...], acled: int, ucdp: int) -> None:
    found = first(index, words, *names)
    assert (found.geo_precision, found.where_prec) == (acled, ucdp)


def test_a_known_place_has_its_chance_and_one_of_the_project_needs_none(index: Gazetteer) -> None:
    found = first(index, "Ten died in Palmyra, in Syria.", "Palmyra", "Syria")
    assert found.score is not None
    assert found.score > 0.9
    own = Settings(words=Words(places=(ProjectPlace("Zorvelat", 34.5, 36.5, country="SY"),)))
    assert first(index, "Ten died in Zorvelat.", "Zorvelat", known=own).score is None
