"""Recorded floors on the corpora beside the project: a change that reads worse fails here.

The floors stand below what `docs/benchmarks.md` records, by less than one claim of noise; they are only ever raised.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.corpora
MEASURE = Path(__file__).parent.parent.parent / "bench" / "measure.py"


def measured(corpus: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, str(MEASURE), corpus, "--keep", str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_long_one_sided_dispatch(coast: Any) -> None:
    found = coast.scores
    speakers, of = map(int, found["attributes"]["speaker"].split("/"))
    assert found["found"] >= 13
    assert found["figures_spurious"] <= 3
    assert found["traps"] == []
    assert speakers / of >= 0.75


def test_short_reports_by_many_outlets(reports: Any) -> None:
    found = reports.scores
    attributes = {name: row["acc"] for name, row in found["attributes"].items()}
    assert found["strict"]["F"] >= 0.72
    assert attributes["attribution_innermost"] >= 0.65
    assert attributes["place"] >= 0.6
    assert attributes["date_overlap"] >= 0.7
    assert found["traps"]["not_casualty_hit"] <= 5
    assert found["distractors"]["false_claims"] <= 2
    assert found["linking_bcubed_all_gold"]["F"] >= 0.85
    assert found["traps"]["contaminated"] == 0
    ranges = found["ranges"]
    assert ranges["killed_overlap"] >= 0.8 * ranges["killed_n"]
    assert ranges["killed_log_iou_mean"] >= 0.75


@pytest.mark.usefixtures("shared")
def test_every_old_wire_report_is_read(tmp_path: Path) -> None:
    found = measured("muc4", tmp_path)
    assert found["status"] == [0, 0]
    assert found["second_run_seconds"] <= 5


@pytest.mark.usefixtures("shared")
def test_every_bad_file_ends_in_a_recorded_state(tmp_path: Path) -> None:
    found = measured("badinput", tmp_path)
    assert found["files_without_a_state"] == []
    assert found["status"] in (0, 1)
    assert found["peak_mb_of_one_process"] <= 1024


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("part", "least"), [("tst1", 0.36), ("tst2", 0.41)])
def test_templates_of_old_wire_reports(tmp_path: Path, shared: Path, part: str, least: float) -> None:
    gold, out = shared / "data" / "muc4" / f"{part}.jsonl", tmp_path / "out.jsonl"
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    unread = [json.dumps({name: row[name] for name in ("docid", "dateline", "text")}) for row in rows]
    (tmp_path / "in.jsonl").write_text("\n".join(unread), encoding="utf-8")  # the reader never sees an answer
    command = [sys.executable, str(MEASURE.with_name("muc4.py")), str(tmp_path / "in.jsonl"), str(out)]
    subprocess.run(command, check=True)
    scorer = [sys.executable, str(shared / "bench" / "muc4_score.py"), str(gold), str(out), "--json"]
    found = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    assert found["rows"]["ALL TEMPLATES"]["f1"] >= least
    assert found["text_filtering"]["f1"] >= 0.7
