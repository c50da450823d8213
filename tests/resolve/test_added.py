"""A project's own gazetteer: whole or not at all, wins where it should, and is found by name and sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corrobora.errors import BadInput
from corrobora.resolve import added
from corrobora.resolve.added import FILE, Added, add, version
from corrobora.resolve.gazetteer import MOST, Gazetteer, open_index
from corrobora.resolve.place_tables import Row

TABLE = (
    "name,latitude,longitude,aliases,pcode\nZorvelat,34.61,36.51,Zurvelat|زورفلات,SY0401\nBraskat,34.7,36.6,,SY0402\n"
)


@pytest.fixture(scope="module")
def shared_index(gazetteer: Path) -> Iterator[Gazetteer]:
    opened = open_index(gazetteer)
    yield opened
    opened.close()


def quiet(_done: int, _total: int) -> None:
    pass


def put(folder: Path, shared_index: Gazetteer, words: str, name: str = "places.csv") -> Added:
    (folder / name).write_text(words, encoding="utf-8")
    return add(folder, folder / name, shared_index, quiet)


@pytest.fixture
def both(tmp_path: Path, shared_index: Gazetteer, gazetteer: Path) -> Iterator[Gazetteer]:
    put(tmp_path, shared_index, TABLE)
    opened = open_index(gazetteer, tmp_path / FILE)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "grade"), [("Zorvelat", 0), ("zorvelat", 0), ("زورفلات", 1), ("Zurvelat", 1), ("Al-Zorvelat", 2)]
)
def test_an_added_place_is_found(both: Gazetteer, name: str, grade: int) -> None:
    entry = both.lookup(name)[0]
    assert (entry.id, entry.name, entry.grade) == ("pcode:SY0401", "Zorvelat", grade)


def test_it_lies_in_the_country_and_division_of_the_nearest_settlement(both: Gazetteer) -> None:
    entry = both.lookup("Zorvelat")[0]
    assert (entry.country, entry.admin1, entry.admin1_name) == ("SY", "SY.11", "Homs")


def test_what_the_shared_index_knows_is_still_found(both: Gazetteer) -> None:
    assert any(entry.id == "geonames:169577" for entry in both.lookup("Homs"))
    assert both.division("SY") is not None


def test_a_place_of_both_is_given_once_as_the_project_has_it(
    tmp_path: Path, shared_index: Gazetteer, gazetteer: Path
) -> None:
    row = "169577\tHoms\tHoms\t\t34.0\t36.0\tP\tPPLA\tSY\t\t11\t\t\t\t775404\t\t\t\t\n"
    put(tmp_path, shared_index, row, "SY.txt")
    opened = open_index(gazetteer, tmp_path / FILE)
    found = [entry for entry in opened.lookup("Homs") if entry.id == "geonames:169577"]
    opened.close()
    assert [(entry.lat, entry.lon) for entry in found] == [(34.0, 36.0)]


def test_further_names_of_a_place_of_the_shared_index(tmp_path: Path, shared_index: Gazetteer, gazetteer: Path) -> None:
    words = "1\t169577\ten\tZorvelia\t\t\t\t\n2\t999999999\ten\tNowhere\t\t\t\t\n"
    told = put(tmp_path, shared_index, words, "alternateNames.txt")
    assert told == Added(0, 1, (("a name of a place that is not there", 1),))
    opened = open_index(gazetteer, tmp_path / FILE)
    assert opened.lookup("Zorvelia")[0].id == "geonames:169577"
    opened.close()


def test_what_was_taken_and_left_out_is_told(tmp_path: Path, shared_index: Gazetteer) -> None:
    told = put(tmp_path, shared_index, TABLE + "Bad,x,y,,\n")
    assert told == Added(2, 4, (("no point in degrees", 1),))


def test_the_same_file_again_adds_nothing_and_changes_no_version(tmp_path: Path, shared_index: Gazetteer) -> None:
    put(tmp_path, shared_index, TABLE)
    before = version(tmp_path), (tmp_path / FILE).read_bytes()
    told = put(tmp_path, shared_index, TABLE, "copy.csv")
    assert (told.places, told.names) == (0, 0)
    assert (version(tmp_path), (tmp_path / FILE).read_bytes()) == before


def test_each_file_changes_the_version_and_keeps_what_was_there(
    tmp_path: Path, shared_index: Gazetteer, gazetteer: Path
) -> None:
    assert not version(tmp_path)
    put(tmp_path, shared_index, TABLE)
    first = version(tmp_path)
    put(tmp_path, shared_index, "name,lat,lon\nNorvelat,34.5,36.5\n", "more.csv")
    assert version(tmp_path) not in {"", first}
    opened = open_index(gazetteer, tmp_path / FILE)
    assert opened.lookup("Zorvelat")
    assert opened.lookup("Norvelat")[0].id.startswith("added:")
    opened.close()


def test_a_place_told_twice_is_one(tmp_path: Path, shared_index: Gazetteer, gazetteer: Path) -> None:
    put(tmp_path, shared_index, "name,lat,lon\nNorvelat,34.5,36.5\nNorvelat,34.5,36.5\n")
    opened = open_index(gazetteer, tmp_path / FILE)
    assert len(opened.lookup("Norvelat")) == 1
    opened.close()


def test_a_file_that_cannot_be_used_changes_nothing(tmp_path: Path, shared_index: Gazetteer) -> None:
    put(tmp_path, shared_index, TABLE)
    before = (tmp_path / FILE).read_bytes()
    (tmp_path / "latin.csv").write_bytes(b"name,lat,lon\nGood,1,2\nZ\xf6rvel,1,2\n")
    with pytest.raises(BadInput, match="not UTF-8"):
        add(tmp_path, tmp_path / "latin.csv", shared_index, quiet)
    assert (tmp_path / FILE).read_bytes() == before
    assert not list(tmp_path.glob(f".{FILE}.*"))


def test_an_interrupted_addition_changes_nothing(
    tmp_path: Path, shared_index: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> Iterator[Row]:
        yield Row("", "Zorvelat", (), "settlement", 34.5, 36.5, 2.0, 0, "SY", "")
        raise KeyboardInterrupt

    monkeypatch.setattr(added, "rows", broken)
    (tmp_path / "x.csv").write_text("x", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        add(tmp_path, tmp_path / "x.csv", shared_index, quiet)
    assert not (tmp_path / FILE).exists()
    assert not list(tmp_path.glob(f".{FILE}.*"))


@pytest.mark.parametrize("name", ["Robert'); DROP TABLE place;--", "%", '"', "a" * 200, "Ünïcødé", "الزور"])
def test_hostile_names_are_names(tmp_path: Path, shared_index: Gazetteer, gazetteer: Path, name: str) -> None:
    quoted = name.replace('"', '""')
    put(tmp_path, shared_index, f'name,lat,lon\n"{quoted}",34.5,36.5\n')
    with sqlite3.connect(tmp_path / FILE) as database:
        assert database.execute("SELECT name FROM place").fetchall() == [(name,)]
    opened = open_index(gazetteer, tmp_path / FILE)
    opened.lookup(name)
    opened.close()


def test_the_nearest_settlement(shared_index: Gazetteer) -> None:
    near = shared_index.around(34.73, 36.71)
    assert near is not None
    assert near.name == "Homs"
    assert shared_index.around(0.0, -140.0) is None
    assert shared_index.by_id("geonames:1") is None


def namesakes(first: int, number: int) -> str:
    """So many villages of one name, in the form of a GeoNames dump; their population is their number."""
    return "".join(
        f"{90_000_000 + n}\tZorvelat\tZorvelat\tZurvelat\t34.{n % 90:02}\t36.5\tP\tPPL\tSY\t\t11\t\t\t\t{n}\t\t\t\t\n"
        for n in range(first, first + number)
    )


@pytest.mark.parametrize("parts", [((0, 300),), ((0, 200), (200, 100)), ((200, 100), (0, 200)), ((0, 40), (40, 260))])
def test_of_many_namesakes_the_most_populous_are_kept_whatever_file_they_came_in(
    parts: tuple[tuple[int, int], ...], tmp_path: Path, shared_index: Gazetteer, gazetteer: Path
) -> None:
    for at, (first, number) in enumerate(parts):
        put(tmp_path, shared_index, namesakes(first, number), f"part{at}.txt")
    opened = open_index(gazetteer, tmp_path / FILE)
    for name in ("Zorvelat", "Zurvelat"):
        assert [e.population for e in opened.lookup(name) if e.grade < 2] == list(range(299, 299 - MOST, -1))
    opened.close()
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        counts = dict(database.execute("SELECT key, count(*) FROM name GROUP BY key"))
        assert set(counts.values()) == {MOST}
        assert database.execute("SELECT count(*) FROM place").fetchone() == (300,), "no place is lost"


def test_few_namesakes_are_all_kept(tmp_path: Path, shared_index: Gazetteer, gazetteer: Path) -> None:
    put(tmp_path, shared_index, namesakes(0, MOST), "SY.txt")
    opened = open_index(gazetteer, tmp_path / FILE)
    assert len(opened.lookup("Zorvelat")) == MOST
    opened.close()
