"""Making the index: whole or not at all, by one builder or by several."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from corrobora.errors import BadInput
from corrobora.resolve import build_gazetteer
from corrobora.resolve.build_gazetteer import City, build, is_index
from corrobora.resolve.gazetteer import open_index

FEW = {
    "1": City(1, "Aster", 10.0, 20.0, "ML", 1_000_000, "04", ("Astar", "AST", "أستر")),
    "2": City(2, "Bellmoor", -10.0, -20.0, "KE", 0, "05", ()),
    "3": City(3, "Bamako", 12.65, -8.0, "ML", 1_297_281, "01", ("Bamaco",)),
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_gazetteer, "_cities", lambda: FEW)


def build_few(path: str) -> None:
    build_gazetteer._cities = lambda: FEW
    build(Path(path))


@pytest.mark.usefixtures("few")
def test_an_index_is_made_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "index.sqlite"
    told: list[tuple[int, int]] = []
    build(path, lambda done, total: told.append((done, total)))
    assert is_index(path)
    assert told[-1][0] == told[-1][1]
    index = open_index(path)
    assert [e.id for e in index.lookup("Aster")] == ["geonames:1"]
    assert [e.id for e in index.lookup("أستر")] == ["geonames:1"]
    assert index.lookup("AST") == ()  # a code of an airport is no name
    assert index.lookup("Bellmoor")[0].radius_km == 2.0
    assert {e.kind: e.capital for e in index.lookup("Bamako")} == {"admin1": 0, "settlement": 1}
    index.close()


@pytest.mark.usefixtures("few")
def test_a_standing_index_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    build(path)
    before = path.stat().st_mtime_ns
    build(path)
    assert path.stat().st_mtime_ns == before


@pytest.mark.usefixtures("few")
def test_a_broken_index_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"half an index")
    build(path)
    assert is_index(path)


def test_a_build_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> dict[str, City]:
        raise MemoryError

    monkeypatch.setattr(build_gazetteer, "_cities", fail)
    with pytest.raises(MemoryError):
        build(tmp_path / "index.sqlite")
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []


@pytest.mark.usefixtures("few")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BadInput) as caught:
        build(tmp_path / "file" / "index.sqlite")
    assert caught.value.hint


def test_two_builders_at_once_make_one_index(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    builders = [multiprocessing.get_context("fork").Process(target=build_few, args=(str(path),)) for _ in range(2)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert [builder.exitcode for builder in builders] == [0, 0]
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["index.sqlite", "index.sqlite.lock"]


def test_the_tables_are_sound() -> None:
    countries = {row[0] for row in build_gazetteer._table("countries.tsv")}
    assert len(countries) == 250
    for code, name, lat, lon, radius, _ in build_gazetteer._table("admin1.tsv"):
        assert code[:2] in countries
        assert name
        assert abs(float(lat)) <= 90
        assert abs(float(lon)) <= 180
        assert float(radius) > 0
    for row in build_gazetteer._table("admin2.tsv"):
        assert len(row) == 5
        assert row[1]
    for name, lat, lon, radius, within, _ in build_gazetteer._table("regions.tsv"):
        assert name
        assert abs(float(lat)) <= 90
        assert abs(float(lon)) <= 180
        assert float(radius) > 0
        assert set(filter(None, within.split("|"))) <= countries


def county(name: str, lat: float, radius: float = 20.0, admin1: str = "XA.1") -> build_gazetteer._Row:
    return build_gazetteer._Row(name, name, "admin2", lat, 10.0, radius, 0, "XA", False, admin1, ())


def town(lat: float, people: int, division: str = "1") -> City:
    return City(round(lat * 100), "Osk", lat, 10.0, "XA", people, division, ())


def test_a_county_has_the_people_of_the_towns_that_lie_deepest_in_it() -> None:
    counties = (
        county("North", 41.0),
        county("South", 40.0),
        county("Wide", 38.0, 200.0),
        county("Other", 40.0, admin1="XA.2"),
    )
    towns = (town(41.1, 9_000), town(40.9, 5_000), town(40.1, 3_000), town(40.1, 1_000), town(36.0, 7_000))
    found = {row.name: row.population for row in build_gazetteer._peopled(counties, towns)}
    assert found == {"North": 14_000, "South": 3_000, "Wide": 7_000, "Other": 0}
    assert [row.name for row in build_gazetteer._peopled(counties, ())] == [row.name for row in counties]
    assert list(build_gazetteer._peopled((), towns)) == []
