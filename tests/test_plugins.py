"""Readers and doors are found by name; what is missing is named with what to do."""

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from corrobora import plugins
from corrobora.errors import MissingExtra, NotFound


def test_our_own_are_declared_as_anyone_elses_are() -> None:
    assert callable(plugins.load(plugins.READERS, "grammar"))
    assert callable(plugins.load(plugins.DOORS, "web"))


def test_an_unknown_name_is_told_with_what_is_installed() -> None:
    with pytest.raises(NotFound) as error:
        plugins.load(plugins.READERS, "crystal_ball")
    assert "crystal_ball" in str(error.value)
    assert "grammar" in error.value.hint


def test_an_unknown_group_has_nothing_installed() -> None:
    with pytest.raises(NotFound) as error:
        plugins.load("corrobora.oracles", "any")
    assert "none" in error.value.hint


def test_a_plugin_that_lacks_a_dependency_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoints([EntryPoint("broken", "no_such_package_at_all:reader", plugins.READERS)])
    monkeypatch.setattr(plugins, "entry_points", lambda group: broken.select(group=group))
    with pytest.raises(MissingExtra) as error:
        plugins.load(plugins.READERS, "broken")
    assert "no_such_package_at_all" in str(error.value)
    assert error.value.hint
