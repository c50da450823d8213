"""A project's settings: defaults that need no file, every setting documented, errors that name the line."""

from pathlib import Path

import msgspec
import pytest

from corrobora.errors import BadInput
from corrobora.settings import Limits, Settings, load, plain

ROOT = Path(__file__).parent.parent


def written(tmp_path: Path, words: str | bytes) -> Path:
    path = tmp_path / "corrobora.toml"
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "corrobora.toml") == Settings()


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(written(tmp_path, "# nothing yet\n")) == Settings()


def test_what_is_set_wins_and_the_rest_keeps_its_default(tmp_path: Path) -> None:
    found = load(written(tmp_path, 'title = "Valley"\n[limits]\nseconds = 5\n[vague]\ndozens = 12\n'))
    assert found.title == "Valley"
    assert found.limits.seconds == 5
    assert found.limits.memory_mb == Limits().memory_mb
    assert found.vague == {"dozens": 12}


def test_a_projects_own_words(tmp_path: Path) -> None:
    found = load(
        written(
            tmp_path,
            '[words.armed_groups]\n"Orlin Front" = ["OF", "the Front"]\n'
            '[words.speakers]\n"Valley Watch" = ["VW"]\n'
            '[[words.places]]\nname = "Tesu"\nlat = 1.5\nlon = -2.5\naliases = ["Tessou"]\n',
        )
    )
    assert found.words.armed_groups["Orlin Front"] == ("OF", "the Front")
    assert found.words.speakers["Valley Watch"] == ("VW",)
    (place,) = found.words.places
    assert (place.lat, place.lon, place.radius_km, place.aliases) == (1.5, -2.5, 1.0, ("Tessou",))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("[reading]\nmodell = 1\n", "modell"),
        ("[limits]\nseconds = 'many'\n", "seconds"),
        ("colour = 'red'\n", "colour"),
        ("[[words.places]]\nname = 'Tesu'\n", "lat"),
        ("[words.armed_groups]\nFront = 'OF'\n", "armed_groups"),
        ("title = \n", "line 1"),
        (b"title = '\xff'\n", "utf-8"),
    ],
)
def test_what_cannot_be_understood_is_named_with_the_file_and_what_to_do(
    tmp_path: Path, words: str | bytes, named: str
) -> None:
    path = written(tmp_path, words)
    with pytest.raises(BadInput) as error:
        load(path)
    assert named in str(error.value)
    assert str(path) in str(error.value)
    assert error.value.hint


def test_settings_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Settings().title = "x"  # type: ignore[misc]


def test_plain_values_come_back_the_same() -> None:
    found = Settings(title="x", vague={"dozens": 12})
    assert msgspec.convert(plain(found), Settings) == found


def test_every_setting_is_documented() -> None:
    words = (ROOT / "docs" / "how_it_works.md").read_text(encoding="utf-8")
    for field in msgspec.structs.fields(Settings):
        if field.name != "limits":
            assert f"`{field.name}" in words, field.name
    assert "`limits.*`" in words
