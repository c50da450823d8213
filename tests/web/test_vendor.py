"""What is vendored is what it is said to be, and nothing else lies there."""

import tomllib
from hashlib import sha256
from pathlib import Path

from corrobora import web

STATIC = Path(web.__file__).parent / "static"
VENDOR = STATIC / "vendor"
LISTED = tomllib.loads((VENDOR / "vendor.toml").read_text(encoding="utf-8"))["file"]
AXE = Path(__file__).parent.parent / "browser" / "vendor" / "axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # npm axe-core 4.14.1, MPL-2.0


def test_every_file_has_its_checksum_and_licence() -> None:
    for file in LISTED:
        path = VENDOR / file["path"]
        assert sha256(path.read_bytes()).hexdigest() == file["sha256"], file["path"]
        assert (path.parent / "LICENSE").is_file()
        assert file["licence"]
        assert file["version"]


def test_nothing_unlisted_is_vendored() -> None:
    named = {VENDOR / file["path"] for file in LISTED} | {VENDOR / "vendor.toml"}
    there = {path for path in VENDOR.rglob("*") if path.is_file() and path.name != "LICENSE"}
    assert there == named


def test_the_checker_of_the_browser_tests_is_the_one_meant() -> None:
    assert sha256(AXE.read_bytes()).hexdigest() == AXE_SHA256


def test_scripts_keep_their_budget() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in STATIC.glob("*.js")}
    assert max(lengths.values()) <= 400
    assert sum(lengths.values()) <= 1500


def test_no_file_of_ours_names_another_machine() -> None:
    for path in [*STATIC.glob("*.*"), *(STATIC.parent / "templates").glob("*.html")]:
        text = path.read_text(encoding="utf-8")
        assert "http://" not in text, path
        assert "https://" not in text, path
