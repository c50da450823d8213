"""What reads and resolves is told by its own content: a change makes old readings stale, nothing else does."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrobora import plugins
from corrobora.incidents.weights import shipped
from corrobora.project import Project, versions
from corrobora.project.versions import LINKING, READING, RESOLVING, version

CONTENT = {
    "__init__.py": b"",
    "rules.py": b"one = 1\n",
    "words.toml": b"a = 1\n",
    "deep/more.tsv": b"a\tb\n",
    "deep/__init__.py": b"",
}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "orvathroom"
    for name, content in CONTENT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.startswith("orvathroom")]:
        del sys.modules[name]


def told() -> str:
    version.cache_clear()
    return version(("orvathroom",))


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_any_change_of_code_or_words_changes_the_version(room: Path, name: str) -> None:
    before = told()
    (room / name).write_bytes(CONTENT[name] + b"# more\n")
    assert told() != before
    (room / name).write_bytes(CONTENT[name])
    assert told() == before


def test_a_new_file_and_a_new_name_change_it(room: Path) -> None:
    before = told()
    (room / "weights.gz").write_bytes(b"")
    with_weights = told()
    (room / "weights.gz").rename(room / "other.gz")
    assert len({before, with_weights, told()}) == 3


@pytest.mark.parametrize(
    "name", ["__pycache__/rules.cpython-311.pyc", "__pycache__/odd.py", "notes.txt", "deep/.rules.swp"]
)
def test_what_does_not_tell_how_it_works_changes_nothing(room: Path, name: str) -> None:
    before = told()
    (room / name).parent.mkdir(exist_ok=True)
    (room / name).write_bytes(b"x")
    assert told() == before


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=st.binary(max_size=20), two=st.binary(max_size=20))
def test_two_contents_have_one_version_only_if_they_are_one(room: Path, one: bytes, two: bytes) -> None:
    (room / "rules.py").write_bytes(one)
    first = told()
    (room / "rules.py").write_bytes(two)
    assert (told() == first) == (one == two)


def test_what_moves_from_one_file_to_the_next_changes_it(room: Path) -> None:
    (room / "rules.py").write_bytes(b"ab")
    (room / "rules2.py").write_bytes(b"")
    before = told()
    (room / "rules.py").write_bytes(b"a")
    (room / "rules2.py").write_bytes(b"b")
    assert told() != before


def test_reader_and_resolver_are_told_apart_and_stay_the_same() -> None:
    assert version(READING) != version(RESOLVING)
    assert (version(READING), version(RESOLVING)) == (version(READING), version(RESOLVING))
    assert all(set(version(rooms)) <= set("0123456789abcdef") for rooms in (READING, RESOLVING))


def test_the_package_of_a_reader_is_named() -> None:
    assert plugins.made_by(plugins.READERS, "grammar").startswith("corrobora ")
    assert plugins.made_by(plugins.READERS, "no such reader") == ""
    assert plugins.made_by("no.such.group", "grammar") == ""


@pytest.mark.parametrize(("rooms", "lacking"), [(READING, "findings"), (RESOLVING, "readings")])
def test_a_change_makes_what_it_made_stale(
    rooms: tuple[str, ...], lacking: str, demo: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[tuple[str, str], ...]] = []
    real = type(demo.store).unread

    def unread(store: object, *names: str) -> tuple[tuple[str, str], ...]:
        seen.append(real(store, *names))  # type: ignore[arg-type]
        return ()

    monkeypatch.setattr(type(demo.store), "unread", unread)
    assert demo.read() == 0
    assert seen == [()], "nothing has changed"
    was = version
    monkeypatch.setattr(versions, "version", lambda told: "changed" if told == rooms else was(told))
    demo.read()
    assert {lack for _, lack in seen[-1]} == {lacking}


def test_a_change_of_the_rules_of_linking_links_anew(demo: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = shipped()
    assert demo.store.linked(demo._rests_on(weights)), "nothing has changed"
    was = version
    monkeypatch.setattr(versions, "version", lambda told: "changed" if told == LINKING else was(told))
    assert not demo.store.linked(demo._rests_on(weights))
