"""The town that a report is set in: by its police and mayor, its scenes, its dateline; and what is held by it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corrobora.model import Findings, Mention, Metadata, Segment, Text
from corrobora.resolve.atlas import Atlas, holder, open_atlas, place_at
from corrobora.resolve.gazetteer import Entry, Gazetteer, open_index
from corrobora.resolve.home import bodies, directed, near_home, of_outlet, of_site, states
from corrobora.resolve.ranking import Candidate, Sense
from corrobora.resolve.roles import role
from corrobora.resolve.toponyms import toponym
from corrobora.settings import Settings


@pytest.fixture(scope="module")
def index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def surveyed(index: Gazetteer) -> "Survey":
    return Survey(index)


class Survey:
    def __init__(self, index: Gazetteer) -> None:
        self.index = index

    def __call__(self, words: str, *works: str) -> Atlas:
        text = Text("d_1", "sha256:0", "a.txt", words, Metadata(language="en"), (), "test 1")
        found = [Mention(words.index(name), words.index(name) + len(name), name, "facility") for name in works]
        return open_atlas(text, Findings("d_1", "test", (), tuple(found)), self.index, Settings())


def entry(name: str, lat: float, people: int = 5_000, kind: str = "settlement", grade: int = 0) -> Entry:
    return Entry(f"geonames:{name}", name, kind, lat, 10.0, 5.0, people, "XA", "XA.1", "Osk", 0, grade)


TOWN = replace(entry("Varnow", 40.0, 900_000), radius_km=15.0)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Memphis police said two were shot.", ["Memphis"]),
        ("The Memphis Police Department and Memphis firefighters came.", ["Memphis", "Memphis"]),
        ("Louisville Metro Police were called.", ["Louisville"]),
        ("Toledo's mayor wept.", ["Toledo"]),
        ("She went to Memphis. Police came.", []),
        ("Local police said so.", []),
        ("St. Louis police said so.", ["St. Louis"]),
        ("Metro police and City police said so.", []),
        ("Zzyqx Police said so.", []),
        ("Shelby County police and Shelby County firefighters came.", []),
        ("West Zzyqx police said so.", []),
        ("West Memphis police said so.", ["West Memphis"]),
        ("The East police came.", []),
    ],
)
def test_towns_are_told_by_their_public_bodies(index: Gazetteer, words: str, wanted: list[str]) -> None:
    assert list(bodies(words, index)) == wanted


def test_a_site_names_its_town_behind_the_headline(index: Gazetteer) -> None:
    assert list(of_site("Two shot in Paris - Channel 9 Memphis, Tennessee", index)) == ["Memphis"]
    assert list(of_site("Two shot in Memphis", index)) == []


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("abc9chicago.example/2031/story", {"chicago"}),
        ("memphistimes.example", {"memphis"}),
        ("news.example/chicago", set()),
        ("", set()),
    ],
)
def test_an_outlet_is_called_after_its_city(index: Gazetteer, address: str, wanted: set[str]) -> None:
    assert set(of_outlet(address, index)) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Tennessee State Police were called, said the Ohio Highway Patrol.", ["Tennessee", "Ohio"]),
        ("Two died in Ohio. Highway patrols came.", []),
        ("The Memphis State Police have no such name.", []),
    ],
)
def test_a_state_is_told_by_its_public_bodies(index: Gazetteer, words: str, wanted: list[str]) -> None:
    assert list(states(words, index)) == wanted


@pytest.mark.parametrize(
    ("name", "town"),
    [("Southwest Varnow", "Varnow"), ("Downtown Kelm", "Kelm"), ("Varnow", ""), ("North", ""), ("", "")],
)
def test_a_side_of_a_town_names_the_town(name: str, town: str) -> None:
    assert directed(name) == town


def test_untied_names_mean_the_namesake_near_the_town_or_none() -> None:
    far, near, city = (
        replace(e, admin1=f"XA.{n}")
        for n, e in enumerate((entry("Lorn", 49.0), entry("Lorn", 40.2), entry("Great Lorn", 49.0, 400_000)), 2)
    )
    one, two = (("lorn", frozenset[str]()), ("great lorn", frozenset[str]()))

    def sense(*entries: Entry) -> Sense:
        found = tuple(Candidate(e, 1.0, ()) for e in entries)
        return Sense(found[0], found)

    senses, found = {one: sense(far, near), two: sense(city)}, {one: (far, near), two: (city,)}
    assert near_home(senses, found, set(), TOWN)[one].chosen == Candidate(near, 1.0, ())
    assert near_home({one: sense(far)}, {one: (far,)}, set(), TOWN)[one].chosen is None
    assert near_home(senses, found, {one}, TOWN) == senses
    assert near_home(senses, found, set(), TOWN)[two] == senses[two]


def test_a_namesake_near_the_town_is_found_though_it_was_not_among_the_best() -> None:
    far, near = replace(entry("Lorn", 49.0), admin1="XA.2"), entry("Lorn", 40.2)
    key = ("lorn", frozenset[str]())
    best = Candidate(far, 1.0, ())
    found = near_home({key: Sense(best, (best,))}, {key: (far, near)}, set(), TOWN)[key]
    assert found.chosen is not None
    assert (found.chosen.entry, found.candidates[-1]) == (near, best)


def test_a_namesake_in_the_same_division_is_kept_however_far() -> None:
    far = entry("Lorn", 49.0)
    key = ("lorn", frozenset[str]())
    sense = Sense(Candidate(far, 1.0, ()), (Candidate(far, 1.0, ()),))
    assert near_home({key: sense}, {key: (far,)}, set(), TOWN)[key] == sense


def test_a_street_lies_in_the_town_whose_police_speak(surveyed: Survey) -> None:
    atlas = surveyed("Memphis police said a man was shot on Zelnova Street on Friday.", "Zelnova Street")
    assert atlas.town is not None
    assert atlas.town.name == "Memphis"
    (at,) = [i for i, name in enumerate(atlas.names) if name.name == "Zelnova Street"]
    place = place_at(atlas, at)
    assert place is not None
    assert (holder(place), place.admin1, place.precision) == ("Memphis", "Tennessee", "neighbourhood")


def test_the_name_of_a_street_tells_nothing_of_where_it_lies(surveyed: Survey) -> None:
    atlas = surveyed("Memphis police said a man was shot on Ohio Street on Friday. He died there.", "Ohio Street")
    (at,) = [i for i, name in enumerate(atlas.names) if name.name == "Ohio Street"]
    place = place_at(atlas, at)
    assert place is not None
    assert place.admin1 == "Tennessee"


def test_a_quarter_with_a_namesake_elsewhere_lies_in_the_city_whose_police_speak(surveyed: Survey) -> None:
    atlas = surveyed("Two men were shot in the Englewood neighborhood. Chicago police said one of them died.")
    (at,) = [i for i, name in enumerate(atlas.names) if name.name == "Englewood"]
    place = place_at(atlas, at)
    assert place is not None
    assert (holder(place) or place.name, place.admin1) == ("Chicago", "Illinois")


@pytest.mark.parametrize(
    "words", ["the corner of Gale and Vermont", "Gale and Vermont avenues", "the 4400 block of Vermont"]
)
def test_streets_called_after_states_are_no_places(surveyed: Survey, words: str) -> None:
    atlas = surveyed(f"Memphis police said a man was shot at {words} on Friday.")
    assert not [name for name in atlas.names if name.name == "Vermont"]


def test_a_headline_in_capitals_names_no_place_that_nobody_knows(index: Gazetteer) -> None:
    words = "Man Dies In Accidental Shooting\n\nMemphis police said he was 30."
    head = words.index("\n")
    segments = (Segment(0, head, "title"), Segment(head + 2, len(words), "paragraph"))
    text = Text("d_1", "sha256:0", "a.txt", words, Metadata(language="en"), segments, "test 1")
    at = words.index("Accidental")
    found = (Mention(at, at + 19, "Accidental Shooting", "place"),)
    atlas = open_atlas(text, Findings("d_1", "test", (), found), index, Settings())
    assert [name.name for name in atlas.names if name.start >= 0] == []


@pytest.mark.parametrize(
    ("words", "name", "does"),
    [
        ("A Memphis man was shot.", "Memphis", "origin"),
        ("Two women from Memphis were shot.", "Memphis", "origin"),
        ("He was brought to Memphis Regional Hospital.", "Memphis", "speech"),
        ("He was shot in Memphis.", "Memphis", "scene"),
    ],
)
def test_where_somebody_is_at_home_is_not_where_something_happened(
    surveyed: Survey, words: str, name: str, does: str
) -> None:
    atlas = surveyed(words)
    found = toponym(words.index(name), words.index(name) + len(name), name, "name")
    assert role(atlas.text, found) == does


def test_what_no_town_holds_has_no_holder(surveyed: Survey) -> None:
    atlas = surveyed("A bridge was blown up in Latakia province, Syria.")
    places = [place_at(atlas, i) for i in range(len(atlas.names))]
    assert [holder(place) for place in places if place] == [""] * len([p for p in places if p])


def test_a_street_in_a_quarter_lies_in_the_city_that_holds_the_quarter(surveyed: Survey) -> None:
    words = "Chicago police said two were shot on Zelnova Street in South Shore. Chicago police came."
    atlas = surveyed(words, "Zelnova Street")
    (at,) = [i for i, name in enumerate(atlas.names) if name.name == "Zelnova Street"]
    place = place_at(atlas, at)
    assert place is not None
    assert (holder(place), place.precision, place.id) == ("Chicago", "neighbourhood", "")
    assert any("South Shore" in why for why in place.why)  # what it is said to lie in is told as well


@pytest.mark.parametrize("kind", ["admin2", "settlement"])
@pytest.mark.parametrize(("people", "kept"), [(5_000, False), (4_000_000, True)])
def test_a_county_far_off_is_no_namesake_however_many_live_in_it(kind: str, people: int, *, kept: bool) -> None:
    far = replace(entry("Lorn County", 49.0, people, kind), admin1="XA.2")
    key = ("lorn", frozenset({"admin2"}))
    one = Candidate(far, 1.0, ())
    found = near_home({key: Sense(one, (one,))}, {key: (far,)}, set(), TOWN)[key]
    assert bool(found.chosen) == (kept and kind == "settlement")
