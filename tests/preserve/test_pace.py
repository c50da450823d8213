"""`verify` says how fast it read originals, and what bounded it."""

import hashlib
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from corrobora import cli, preserve, project
from corrobora.preserve import pace


@pytest.mark.parametrize(
    ("processor", "disk", "bound"),
    [
        (2.0 * pace.WORKERS, 0, "processor"),
        (2.0 * pace.WORKERS, 900_000_000, "processor"),
        (0.2, 900_000_000, "the disk"),
        (0.2, 100_000_000, "other work on this machine"),
    ],
)
def test_what_bounds_it(processor: float, disk: int, bound: str) -> None:
    told = preserve.Pace(600_000_000, 2.0, processor, disk).told()
    assert told.startswith("600 MB of originals were read and hashed at 300 MB/s, bounded by ")
    assert bound in told.rpartition("bounded by ")[2]


def test_of_next_to_nothing_no_speed_is_told() -> None:
    assert preserve.Pace(999_999, 1.0).told() == ""
    assert preserve.Pace(5_000_000, 0.0).told() == ""


def test_work_is_told_from_waiting() -> None:
    with preserve.Pace() as working:
        until = time.process_time() + 0.05
        while time.process_time() < until:
            hashlib.sha256(bytes(10_000)).digest()
    with preserve.Pace() as waiting:
        time.sleep(0.05)
    assert working.processor >= 0.05
    assert waiting.processor < 0.04
    assert waiting.seconds >= 0.05


def test_all_originals_are_weighed(tmp_path: Path) -> None:
    for name, size in (("ab/c", 10), ("ab/d", 5), ("ef/g", 1)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    (tmp_path / "readme").write_bytes(bytes(100))
    assert preserve.weigh(tmp_path) == 16


def test_verify_says_its_speed_beside_its_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = project.new(tmp_path / "p")
    assert found.verify() == ()
    assert found.pace.told() == "", "nothing was read"
    found.store.close()
    monkeypatch.setattr(preserve, "weigh", lambda _: 50_000_000)
    said = CliRunner().invoke(cli.main, ["verify", str(tmp_path / "p")])
    assert said.stdout == "Everything is as it was recorded.\n"
    assert "50 MB of originals were read and hashed at" in said.stderr
    assert said.exit_code == 0
