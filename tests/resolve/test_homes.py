"""What was learned of outlets: versions that follow one another, are taken back, and are told when damaged."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrobora.errors import BadInput
from corrobora.resolve import homes
from corrobora.resolve.homes import FILE, Home, outlet_key

TEXAS = Home({"US": 0.9}, {"US.TX": 0.8})
FRANCE = Home({"FR": 0.7}, {"FR.11": 0.5})
KEY = outlet_key("The Zorvel Post")


def test_nothing_is_in_force_before_it_is_learned(tmp_path: Path) -> None:
    assert homes.versions(tmp_path) == ()
    assert homes.current(tmp_path) == {}
    assert homes.version(tmp_path) == ""
    assert homes.take_back(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_the_last_version_is_in_force_and_the_one_before_it_once_that_is_taken_back(tmp_path: Path) -> None:
    first = homes.put(tmp_path, 5, {KEY: TEXAS})
    told = homes.version(tmp_path)
    second = homes.put(tmp_path, 7, {KEY: FRANCE})
    assert (first.number, second.number) == (1, 2)
    assert homes.current(tmp_path) == {KEY: FRANCE}
    assert homes.version(tmp_path) != told
    assert homes.take_back(tmp_path) == second
    assert (homes.current(tmp_path), homes.version(tmp_path)) == ({KEY: TEXAS}, told)
    assert homes.take_back(tmp_path) == first
    assert (homes.current(tmp_path), homes.version(tmp_path)) == ({}, "")
    assert [path.name for path in tmp_path.iterdir()] == [FILE], "no draft is left"


def test_names_of_outlets_do_not_stand_in_the_file(tmp_path: Path) -> None:
    homes.put(tmp_path, 5, {KEY: TEXAS})
    assert b"orvel" not in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b'{"number":1}', b'[{"number":1,"reports":2}]', b"\xff\xfe"])
def test_a_damaged_file_is_told_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(BadInput, match="is damaged") as error:
        homes.current(tmp_path)
    assert "gazetteer learn" in error.value.hint
    with pytest.raises(BadInput):
        homes.put(tmp_path, 1, {})
    assert (tmp_path / FILE).read_bytes() == data


@given(st.text(max_size=20))
def test_an_outlet_is_one_whatever_its_case_and_space(name: str) -> None:
    assert outlet_key(f"  {name} ") == outlet_key(name)
    assert bool(outlet_key(name)) == bool(name.split())
    if name.isascii():
        assert outlet_key(name.upper()) == outlet_key(name.lower())


@settings(max_examples=25)
@given(
    st.dictionaries(st.text("abcdef0123456789", min_size=16, max_size=16), st.sampled_from([TEXAS, FRANCE]), max_size=4)
)
def test_what_is_learned_is_read_back(tmp_path_factory: pytest.TempPathFactory, outlets: dict[str, Home]) -> None:
    folder = tmp_path_factory.mktemp("p")
    homes.put(folder, 3, outlets)
    assert homes.current(folder) == outlets
    told = homes.version(folder)
    homes.take_back(folder)
    homes.put(folder, 3, dict(reversed(outlets.items())))
    assert homes.version(folder) == told, "the order in which outlets were met tells nothing"
