"""A correction of a place holds for the project: the name that was put right means that place from then on."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corrobora import project
from corrobora.errors import BadInput
from corrobora.model import Decision, Place, Reading, Source
from corrobora.review import remembered

POINT = {"name": "Zorvel Tahta", "lat": 34.6, "lon": 36.5, "country": "SY"}
START = datetime(2026, 1, 1, tzinfo=UTC)


def correction(value: object, *, at: int = 0, claim: str = "c_1", verdict: str = "correct", key: str = "x") -> Decision:
    text = value if isinstance(value, str) else json.dumps(value)
    moment = START + timedelta(minutes=at)
    return Decision(f"{key}{at}", moment, "ada", verdict, (claim,), (("place", text),), "", "", ("",))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for name, dead in (("a", "Nine"), ("b", "Four")):
        words = f"{dead} people were killed when shells hit Zorvelat, a village in Homs province in Syria, on Friday.\n"
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(report: Path, tmp_path_factory: pytest.TempPathFactory, gazetteer: Path) -> project.Project:
    assert gazetteer.exists()
    found = project.new(tmp_path_factory.mktemp("made") / "p")
    found.run([Source(str(report))])
    return found


@pytest.fixture(scope="module")
def reading(made: project.Project) -> Reading:
    return made.store.readings()[0]


def test_a_correction_with_a_point_is_remembered_by_both_names(reading: Reading) -> None:
    (place,) = remembered((reading,), (correction(POINT, claim=reading.claim.id),))
    assert (place.name, place.aliases, place.lat, place.lon) == ("Zorvel Tahta", ("Zorvelat",), 34.6, 36.5)
    assert (place.precision, place.country) == ("town", "SY")


@pytest.mark.parametrize(
    "value", ["Zorvel Tahta", {"name": "Zorvel Tahta"}, {"name": "Zorvel", "lat": 95, "lon": 1}, "{"]
)
def test_one_without_a_point_or_that_cannot_hold_is_not(reading: Reading, value: object) -> None:
    assert remembered((reading,), (correction(value, claim=reading.claim.id),)) == ()


def test_only_corrections_are_remembered_and_the_later_wins(reading: Reading) -> None:
    key = reading.claim.id
    moved = {**POINT, "lat": 34.9}
    assert remembered((reading,), (correction(POINT, claim=key, verdict="accept"),)) == ()
    (place,) = remembered((reading,), (correction(POINT, claim=key), correction(moved, at=1, claim=key)))
    assert place.lat == 34.9


def test_one_that_was_undone_is_forgotten(reading: Reading) -> None:
    first = correction(POINT, claim=reading.claim.id)
    undo = Decision("u", START + timedelta(hours=1), "ada", "undo", (first.id,), (), "", first.id, ("",))
    assert remembered((reading,), (first, undo)) == ()


def test_a_claim_that_is_no_longer_found_leaves_the_corrected_name() -> None:
    (place,) = remembered((), (correction(POINT),))
    assert (place.name, place.aliases) == ("Zorvel Tahta", ())


def test_the_other_reports_that_use_the_name_are_resolved_to_it(made: project.Project) -> None:
    one, other = made.store.readings()
    made.decide("correct", [one.claim.id], values={"place": json.dumps(POINT)})
    assert made.read() == 2
    places = {r.claim.id: r.place for r in made.store.readings()}
    found = places[other.claim.id]
    assert found is not None
    assert (found.lat, found.lon, found.id) == (34.6, 36.5, "project:Zorvel Tahta")
    assert made.read() == 0


def test_a_place_typed_by_name_is_looked_up_remembered_and_forgotten_when_undone(made: project.Project) -> None:
    before = {r.claim.id: r.place for r in made.store.readings()}
    one, other = made.store.readings()
    decision = made.decide("correct", [one.claim.id], values={"place": "Hama, Syria"})
    value = json.loads(dict(decision.values)["place"])
    assert (value["name"], value["country"], value["id"][:9]) == ("Hama", "SY", "geonames:")
    made.read()
    found = next(r.place for r in made.store.readings() if r.claim.id == other.claim.id)
    assert found is not None
    assert (found.id, found.lat) == ("project:Hama", value["lat"])
    assert made.read() == 0
    typed = made.decide("correct", [one.claim.id], values={"place": "Hama"})
    assert json.loads(dict(typed.values)["place"])["id"] == "project:Hama", "what the project has wins"
    for done in (typed, decision):
        made.decide("undo", [done.id])
    made.read()
    assert {r.claim.id: r.place for r in made.store.readings()} == before


def test_a_name_of_several_places_is_refused_and_nothing_is_written(made: project.Project) -> None:
    one, decisions = made.store.readings()[0], made.store.decisions()
    with pytest.raises(BadInput, match="places are called 'Paris'") as error:
        made.decide("correct", [one.claim.id], values={"place": "Paris"})
    assert "Paris, Texas, US" in error.value.hint
    assert made.store.decisions() == decisions


def test_a_name_that_nobody_knows_is_kept_as_typed(made: project.Project) -> None:
    decision = made.decide("correct", [made.store.readings()[0].claim.id], values={"place": "Qozzivaru"})
    assert dict(decision.values)["place"] == "Qozzivaru"
    made.decide("undo", [decision.id])


@pytest.mark.parametrize(
    ("place", "aliases"),
    [
        (None, ("Zorvelat",)),
        (("Zorvelat", ""), ("Zorvelat",)),
        (("Zorvelat", "project:Zorvelat"), ("Zorvelat",)),
        (("Another", "geonames:1"), ("Zorvelat",)),
        (("Zorvelat", "geonames:1"), ()),
    ],
)
def test_who_moves_an_event_does_not_rename_a_known_town(
    place: tuple[str, str] | None, aliases: tuple[str, ...], reading: Reading
) -> None:
    made_of = Place("", *place, 1.0, 2.0, 3.0, "town", "", "", "SY", -1, -1, ()) if place else None
    (found,) = remembered((replace(reading, place=made_of),), (correction(POINT, claim=reading.claim.id),))
    assert found.aliases == aliases
