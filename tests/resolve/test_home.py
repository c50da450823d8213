"""The town that a report is set in: by its police and mayor, its scenes, its dateline; and what is held by it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corrobora.model import Findings, Mention, Metadata, Text
from corrobora.resolve.atlas import Atlas, holder, open_atlas, place_at
from corrobora.resolve.gazetteer import Entry, Gazetteer, open_index
from corrobora.resolve.home import bodies, home, near_home, of_site, part_of
from corrobora.resolve.ranking import Candidate, Sense
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
    ],
)
def test_towns_are_told_by_their_public_bodies(index: Gazetteer, words: str, wanted: list[str]) -> None:
    assert list(bodies(words, index)) == wanted


def test_a_site_names_its_town_behind_the_headline(index: Gazetteer) -> None:
    assert [c.entry.name for c in of_site("Two shot in Paris - Channel 9 Memphis, Tennessee", index)] == ["Memphis"]
    assert list(of_site("Two shot in Memphis", index)) == []


def test_the_town_of_a_report_is_named_most_and_by_what_is_its_own() -> None:
    other = entry("Kelm", 41.0)
    told = [(Candidate(other, 1.0, ()), "plain"), (Candidate(TOWN, 1.0, ()), "body")]
    assert home(told, "XA") == (TOWN, True)
    assert home(told[:1], "XA") == (None, False)
    assert home([(Candidate(other, 1.0, ()), "dateline")], "XA") == (other, False)
    assert home(told, "XB") == (None, False)
    assert home([(Candidate(TOWN, 1.0, ()), "route")] * 9, "XA") == (None, False)


def test_untied_names_mean_the_namesake_near_the_town_or_none() -> None:
    far, near, city = entry("Lorn", 49.0), entry("Lorn", 40.2), entry("Great Lorn", 49.0, 400_000)
    one, two = (("lorn", frozenset[str]()), ("great lorn", frozenset[str]()))

    def sense(*entries: Entry) -> Sense:
        found = tuple(Candidate(e, 1.0, ()) for e in entries)
        return Sense(found[0], found)

    senses = {one: sense(far, near), two: sense(city)}
    assert near_home(senses, set(), TOWN)[one].chosen == Candidate(near, 1.0, ())
    assert near_home({one: sense(far)}, set(), TOWN)[one].chosen is None
    assert near_home(senses, {one}, TOWN) == senses
    assert near_home(senses, set(), TOWN)[two] == senses[two]


def test_a_part_of_the_town_lies_inside_it_and_is_much_smaller() -> None:
    inside = entry("Old Varnow", 40.05)
    assert part_of(inside, TOWN)
    assert not part_of(inside, None)
    assert not part_of(TOWN, TOWN)
    assert not part_of(entry("Kelm", 40.4), TOWN)
    assert not part_of(entry("Kelm", 40.05, 200_000), TOWN)
    assert not part_of(entry("Osk", 40.05, kind="admin2"), TOWN)


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


def test_what_no_town_holds_has_no_holder(surveyed: Survey) -> None:
    atlas = surveyed("A bridge was blown up in Latakia province, Syria.")
    places = [place_at(atlas, i) for i in range(len(atlas.names))]
    assert [holder(place) for place in places if place] == [""] * len([p for p in places if p])
