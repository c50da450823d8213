"""Where outlets are at home: the countries and divisions they write about, learned as an explicit, versioned step.

A paper of Paris, Texas means that Paris. What was learned lies in the project's folder (`outlets.json`), one version
after the other, and is used until it is learned anew or taken back: what else is in the project has no effect. Outlets
stand in it by a hash of their names, as the file of a locked project is not encrypted.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import msgspec

from corrobora.errors import BadInput

FILE = "outlets.json"


class Home(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shares of 1 of what an outlet's reports name: ISO 3166 codes of countries, GeoNames codes of divisions."""

    countries: Mapping[str, float]
    divisions: Mapping[str, float]


class Learned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of what was learned: its number, from how many reports, and the outlets by `outlet_key`."""

    number: int
    reports: int
    outlets: Mapping[str, Home]


def outlet_key(outlet: str) -> str:
    """Return what an outlet goes by, whatever its case; '' for none.

    >>> outlet_key("The Zorvel Post") == outlet_key("the zorvel post "), len(outlet_key("A")), outlet_key(" ")
    (True, 16, '')
    """
    name = " ".join(outlet.split()).casefold()
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16] if name else ""


def versions(folder: Path) -> tuple[Learned, ...]:
    """Return every version that was learned in a project, the last one in force. Raises BadInput for a damaged file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Learned, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path} is damaged: {error}", hint="Remove it; then: corrobora gazetteer learn PROJECT"
        ) from error


def current(folder: Path) -> Mapping[str, Home]:
    """Return the homes of outlets that are in force, by `outlet_key`; {} where nothing was learned."""
    found = versions(folder)
    return found[-1].outlets if found else {}


def version(folder: Path) -> str:
    """Return a word that changes when what is in force does; '' where nothing was learned."""
    found = versions(folder)
    return sha256(msgspec.json.encode(found[-1], order="sorted")).hexdigest()[:12] if found else ""


def put(folder: Path, reports: int, outlets: Mapping[str, Home]) -> Learned:
    """Write what was learned as the next version, which is then in force."""
    before = versions(folder)
    made = Learned((before[-1].number if before else 0) + 1, reports, outlets)
    _write(folder, (*before, made))
    return made


def take_back(folder: Path) -> Learned | None:
    """Remove the version in force: the one before it is in force again. Returns it, or None where there is none."""
    before = versions(folder)
    if not before:
        return None
    _write(folder, before[:-1])
    return before[-1]


def _write(folder: Path, found: tuple[Learned, ...]) -> None:
    """The whole file takes the old one's place at once."""
    draft = folder / f".{FILE}.{uuid4().hex}"
    try:
        draft.write_bytes(msgspec.json.encode(found, order="sorted"))
        draft.replace(folder / FILE)
    finally:
        draft.unlink(missing_ok=True)
