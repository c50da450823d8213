"""Places that a user adds to a project: the reports are resolved anew, and not read anew."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from corrobora import project
from corrobora.cli import main
from corrobora.errors import NotFound
from corrobora.model import Metadata, Source

WORDS = "Nine people were killed when shells hit Zorvelat, a village in Homs province in Syria, on Friday.\n"
TABLE = "name,latitude,longitude,pcode\nZorvelat,34.61,36.51,SY0401\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "villages.csv").write_text(TABLE, encoding="utf-8")
    return folder


def test_a_village_is_found_once_its_table_is_added(tmp_path: Path, report: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    made = project.new(tmp_path / "p")
    made.run([Source(str(report))])
    before = made.record().readings[0]
    assert before.place is not None
    assert (before.place.name, before.place.id) == ("Zorvelat", "")
    told = made.add_places(tmp_path / "villages.csv")
    assert (told.places, told.names) == (1, 1)
    assert made.read() == 1
    after = made.record().readings[0]
    assert after.place is not None
    assert after.place.id == "pcode:SY0401"
    assert (after.place.lat, after.place.lon, after.place.precision) == (34.61, 36.51, "town")
    assert after.claim == before.claim
    assert made.read() == 0
    made.store.close()


def test_what_was_added_is_logged_and_goes_into_a_backup(tmp_path: Path, report: Path, gazetteer: Path) -> None:
    assert gazetteer.exists()
    assert report.exists()
    made = project.new(tmp_path / "p")
    (tmp_path / "p" / ".gazetteer.sqlite.left").write_bytes(b"of an addition that was killed")
    made.add_places(tmp_path / "villages.csv")
    event = made.log().events[-1]
    assert event.what == "gazetteer"
    digest = sha256(TABLE.encode()).hexdigest()
    assert json.loads(event.body)["details"] == [["sha256", digest], ["places", "1"], ["names", "1"]]
    assert made.verify() == ()
    assert made.backup(tmp_path / "b") == ()
    made.store.close()
    project.restore(tmp_path / "b", tmp_path / "again")
    files = [(folder / "gazetteer.sqlite").read_bytes() for folder in (tmp_path / "p", tmp_path / "again")]
    assert files[0] == files[1]
    assert sorted(p.name for p in (tmp_path / "again").iterdir()) == [
        "corrobora.toml",
        "gazetteer.sqlite",
        "originals",
        "record.sqlite",
    ]


def test_the_command_tells_what_it_took_and_left_out(tmp_path: Path, report: Path) -> None:
    assert report.exists()
    table = tmp_path / "villages.csv"
    table.write_text(TABLE + "Bad,x,y,\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["gazetteer", "add", str(tmp_path / "p"), str(table)])
    assert done.exit_code == 0, done.output
    assert "1 places, 1 names added" in done.output
    assert "left out 1: no point in degrees" in done.output


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    wrong = tmp_path / "letter.txt"
    wrong.write_text("Dear all,\nhere they are.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["gazetteer", "add", str(tmp_path / "p"), str(wrong)])
    assert done.exit_code == 1
    assert "no column for" in done.output
    assert "Hint:" in done.output
    assert not (tmp_path / "p" / "gazetteer.sqlite").exists()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(3):
        words = f"{number + 4} people were killed in a shooting in Lubbock, Texas, on Friday. Dallas, Texas, mourned.\n"
        (folder / f"{number}.txt").write_text(words, encoding="utf-8")
    (folder / "open.txt").write_text("Nine people were killed in a shooting in Hamilton on Friday.\n", encoding="utf-8")
    return folder


def test_an_outlet_s_home_is_learned_when_asked_used_by_the_next_read_and_taken_back(
    tmp_path: Path, papers: Path, gazetteer: Path
) -> None:
    assert gazetteer.exists()
    made = project.new(tmp_path / "p")
    made.run([Source(str(papers), Metadata(outlet="The Zorvel Post"))])

    def country() -> str:
        reading = next(r for r in made.store.readings() if r.claim.count.low == 9)
        return reading.place.country if reading.place else ""

    assert country() == "CA"
    said = CliRunner().invoke(main, ["gazetteer", "learn", str(tmp_path / "p")])
    assert said.exit_code == 0, said.output
    assert "Version 1, 1 outlets: learned from 4 reports" in said.output
    assert country() == "CA", "only the next read resolves by it"
    assert made.read() == 4
    assert country() == "US"
    assert made.read() == 0
    said = CliRunner().invoke(main, ["gazetteer", "learn", "--undo", str(tmp_path / "p")])
    assert "Version 1, 1 outlets: taken back" in said.output
    assert made.read() == 4
    assert country() == "CA"
    with pytest.raises(NotFound, match="nothing was learned"):
        made.unlearn_places()
    made.store.close()
