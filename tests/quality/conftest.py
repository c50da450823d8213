"""Runs that several tests look at, made once: the corpora beside the project, and our own reports of many kinds."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from corrobora import project
from corrobora.model import Reading, Source, Text

HERE = Path(__file__).parent
MEASURE = HERE.parent.parent / "bench" / "measure.py"
Read = dict[str, tuple[list[Reading], Text]]


class Measured:
    """What `bench/measure.py` says of a corpus, and the export that it scored."""

    def __init__(self, corpus: str, folder: Path) -> None:
        command = [sys.executable, str(MEASURE), corpus, "--keep", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self.scores: dict[str, Any] = json.loads(done.stdout)
        self.folder = folder

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of one file of the export."""
        lines = (self.folder / "export" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def reports(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """Return the 41 hand-coded reports, run, exported and scored."""
    assert shared.exists()
    return Measured("reports", tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def coast(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """Return the long dispatch, run, exported and scored."""
    assert shared.exists()
    return Measured("coast", tmp_path_factory.mktemp("coast"))


def written(folder: Path, name: str, report: dict[str, Any]) -> None:
    """Write a report, with what is known of it beside it."""
    (folder / f"{name}.txt").write_text(report["text"].strip() + "\n", encoding="utf-8")
    known = {key: report[key] for key in ("published", "outlet") if key in report}
    (folder / f"{name}.json").write_text(json.dumps(known), encoding="utf-8")


def read_in(folder: Path, named: Iterable[tuple[str, dict[str, Any]]]) -> Read:
    """Return reports of ours, read in one run: by name, the readings and the text."""
    (folder / "reports").mkdir()
    for name, report in named:
        written(folder / "reports", name, report)
    made = project.new(folder / "p")
    made.add([Source(str(folder / "reports"))])
    made.read()
    texts = made.store.texts([document.id for document, _, _ in made.store.documents()])
    found: Read = {text.file.removesuffix(".txt"): ([], text) for text in texts}
    for reading in made.record().readings:
        found[reading.file.removesuffix(".txt")][0].append(reading)
    made.store.close()
    return found


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, gazetteer: Path) -> Read:
    """Return the reports of many kinds (`reports.toml`), read."""
    assert gazetteer.exists()
    reports = tomllib.loads((HERE / "reports.toml").read_text(encoding="utf-8"))["report"]
    return read_in(tmp_path_factory.mktemp("reports"), ((report["name"], report) for report in reports))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, gazetteer: Path) -> Read:
    """Return the reports of the cases of voices (`voices.toml`), read: `CASE_NUMBER` is the name of each."""
    assert gazetteer.exists()
    cases = tomllib.loads((HERE / "voices.toml").read_text(encoding="utf-8"))["case"]
    named = (
        (f"{at:02}_{number}", {"published": "2031-05-05", **report})
        for at, case in enumerate(cases)
        for number, report in enumerate(case["report"])
    )
    return read_in(tmp_path_factory.mktemp("voices"), named)
