"""A project's own weights of linking: made by an explicit command, named in the log, taken away again."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from corrobora import incidents, project
from corrobora.cli import main
from corrobora.errors import BadInput, Refused
from corrobora.project.folder import WEIGHTS


@pytest.fixture
def own(tmp_path: Path) -> project.Project:
    """An empty project, linked."""
    made = project.new(tmp_path / "case")
    made.link()
    return made


def told(own: project.Project, what: str) -> list[str]:
    return [event.body for event in own.store.events() if event.what == what]


def test_without_a_command_the_shipped_weights_are_in_force(own: project.Project) -> None:
    assert own.link() == incidents.shipped().version
    assert not (own.path / WEIGHTS).exists()
    assert told(own, "learn") == []


@pytest.mark.parametrize("how", ["em", "decisions"])
def test_too_little_to_learn_from_changes_nothing(own: project.Project, how: str) -> None:
    before = own.store.version()
    with pytest.raises(Refused):
        own.link(how)
    assert own.store.version() == before
    assert sorted(path.name for path in own.path.glob("linking*")) == []
    assert told(own, "learn") == []


def test_weights_of_the_projects_own_are_used_kept_and_taken_away(own: project.Project) -> None:
    learned = replace(incidents.shipped(), version="em w_1")
    (own.path / WEIGHTS).write_text(incidents.written(learned, "made by hand"), encoding="utf-8")
    assert not own.store.linked(own._rests_on(learned)), "other weights ask for linking anew"
    assert own.link() == "em w_1"
    assert own.store.linked(own._rests_on(learned))
    assert own.link("shipped") == incidents.shipped().version
    assert not (own.path / WEIGHTS).exists()
    (event,) = told(own, "learn")
    assert "shipped" in event
    assert own.verify() == ()


def test_a_backup_holds_them(own: project.Project, tmp_path: Path) -> None:
    (own.path / WEIGHTS).write_text(incidents.written(incidents.shipped(), ""), encoding="utf-8")
    own.backup(tmp_path / "case.backup")
    project.restore(tmp_path / "case.backup", tmp_path / "again")
    assert (tmp_path / "again" / WEIGHTS).read_bytes() == (own.path / WEIGHTS).read_bytes()


def test_a_file_that_is_none_says_what_to_do(own: project.Project) -> None:
    (own.path / WEIGHTS).write_text("linking = 3", encoding="utf-8")
    with pytest.raises(BadInput, match="no weights of linking"):
        own.link()


def test_the_command_names_the_weights(own: project.Project) -> None:
    found = CliRunner().invoke(main, ["link", str(own.path), "--learn", "shipped"])
    assert found.exit_code == 0
    assert incidents.shipped().version in found.output
    refused = CliRunner().invoke(main, ["link", str(own.path), "--learn", "em"])
    assert refused.exit_code != 0
    assert "too few to learn from" in refused.output
