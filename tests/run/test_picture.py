"""Who draws a page, in what, and what is said where nobody can."""

import os
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from corrobora.run import picture, sandbox

PNG = picture._PNG + b"a picture"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that is a script: it keeps what it was told, and draws what it was given."""
    made = tmp_path / "chromium"
    made.write_text(
        f"""#!{sys.executable}
import os, sys
if "--version" in sys.argv: print("Scripted 1.0"); raise SystemExit
to = next(a.partition("=")[2] for a in sys.argv if a.startswith("--screenshot="))
page = sys.argv[-1].removeprefix("file://")
open({str(tmp_path / "told")!r}, "w").write("\\n".join([page, *sys.argv, *os.environ]))
open(to, "wb").write({PNG!r} + open(page, "rb").read())
"""
    )
    made.chmod(0o755)
    monkeypatch.setattr(picture, "BROWSERS", (str(made),))
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: "")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("A_SECRET", "x")
    return made


def test_without_a_browser_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "BROWSERS", ("no-such-browser",))
    assert picture.photograph(b"page", disk=True) == (b"", f"{picture.NONE}: no browser (Chromium) is installed")


def test_beside_bubblewrap_the_browser_keeps_its_own_sandbox_and_asks_nobody(program: Path) -> None:
    found, how = picture.photograph(b"the page", disk=True)
    assert found == PNG + b"the page"
    assert how == "a picture of the page as it is kept here, by Scripted 1.0, without scripts and network"
    page, *told = (program.parent / "told").read_text().splitlines()
    assert not Path(page).exists(), "the folder is gone"
    assert not Path(page).parent.exists()
    assert "--no-sandbox" not in told
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in told
    assert "A_SECRET" not in told


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(("disk", "user"), [(False, 1000), (True, 0)])
def test_without_bubblewrap_a_locked_project_and_root_get_none(
    monkeypatch: pytest.MonkeyPatch, disk: bool, user: int
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(picture, "_run", lambda *_: pytest.fail("it was started"))
    found, why = picture.photograph(b"page", disk=disk)
    assert found == b""
    assert "only in bubblewrap" in why


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ("#!/bin/sh\nexit 3\n", "gave none"),
        ("#!/bin/sh\nsleep 30 & wait\n", "took longer"),
        ("#!/no/such/shell\n", "could not be started"),
        ('#!/bin/sh\nfor a; do case "$a" in --screenshot=*) echo no > "${a#*=}";; esac; done\n', "gave none"),
    ],
)
def test_a_browser_that_fails_is_told_and_no_error(
    program: Path, monkeypatch: pytest.MonkeyPatch, script: str, word: str
) -> None:
    program.write_text(script)
    monkeypatch.setattr(picture, "SECONDS", 0.3)
    found, why = picture.photograph(b"page", disk=True)
    assert found == b""
    assert why.startswith(picture.NONE)
    assert word in why


def test_in_bubblewrap_there_is_no_network_and_no_disk() -> None:
    seen: list[list[str]] = []
    run, picture._run = picture._run, lambda command, given: seen.append(command) or given  # type: ignore[func-returns-value]
    try:
        assert picture._boxed("/usr/bin/bwrap", "/usr/bin/chromium", b"page") == b"page"
    finally:
        picture._run = run
    (words,) = seen
    before = words[: words.index("--")]
    assert "--unshare-all" in before
    assert "--share-net" not in before
    assert not [a for a, b in pairwise(before) if a.startswith("--bind")], "nothing can be written"
    assert before[before.index("--tmpfs") + 1] == sandbox.SCRATCH
    assert all("/home" not in word for word in before)
