"""A day of publication that is supplied later resolves what stayed partial."""

from pathlib import Path

import pytest

from corrobora import project, publish
from corrobora.model import Metadata, Period, Source
from corrobora.project import Project

WORDS = "Three people were killed in Eskadir on March 6.\n\nOn Monday two guards were shot dead in Eskadir.\n"


def periods(found: Project) -> dict[int | None, Period | None]:
    return {reading.claim.count.low: reading.period for reading in found.record().readings}


@pytest.mark.parametrize("how", ["published", "sidecar"])
def test_partial_dates_stay_partial_and_are_resolved_when_the_day_is_known(
    tmp_path: Path, gazetteer: Path, how: str
) -> None:
    assert gazetteer.exists()
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    found = project.new(tmp_path / "p")
    found.run([Source(str(folder))])
    partial, open_ = periods(found)[3], periods(found)[2]
    assert partial is not None
    assert open_ is not None
    assert (partial.edtf, partial.earliest, partial.rule) == ("XXXX-03-06", None, "no year known")
    assert (open_.edtf, open_.rule) == ("../..", "publication day not known")
    rows = publish.rows(found.record())["claims"]
    assert {row["period"]["edtf"] for row in rows} == {"XXXX-03-06", "../.."}
    assert {row["period"]["ucdp_date_prec"] for row in rows} == {None}
    if how == "sidecar":
        (folder / "a.json").write_text('{"published": "2031-03-13"}', encoding="utf-8")
        found.run([Source(str(folder))])
    else:
        found.run([Source(str(folder), Metadata(published="2031-03-13"))])
    later = periods(found)
    assert {low: p.edtf for low, p in later.items() if p} == {3: "2031-03-06", 2: "2031-03-10"}
    assert all(p.acled_time_precision == 1 for p in later.values() if p)
    found.run([Source(str(folder))])
    assert periods(found) == later


def test_what_was_said_of_a_file_is_not_taken_back_by_not_saying_it_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    found = project.new(tmp_path / "p")

    def known_after(**defaults: str) -> tuple[str, str, str]:
        found.add([Source(str(tmp_path / "a.txt"), Metadata(**defaults))])
        ((document, _, _),) = found.store.documents()
        return document.defaults.published, document.defaults.outlet, document.defaults.timezone

    assert known_after(published="2031-03-13") == ("2031-03-13", "", "")
    assert known_after() == ("2031-03-13", "", "")
    assert known_after(outlet="Post") == ("2031-03-13", "Post", "")
    assert known_after(published="2032-03-13", timezone="Asia/Tokyo") == ("2032-03-13", "Post", "Asia/Tokyo")
