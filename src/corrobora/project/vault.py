"""A locked project: what lies in its folder, how it gets there, and how it is opened.

`vault.json` says that a project is locked. Then `record.locked` is the record, `sealed/` the originals and
`settings.age` the settings, all encrypted; the plain files that they were made of are removed after it is written, and
by the next who opens the project where that was interrupted.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from corrobora import preserve, store
from corrobora.errors import Locked, StorageFailed

VAULT, RECORD, SEALED, SETTINGS = "vault.json", "record.locked", "sealed", "settings.age"
PLAIN = ("record.sqlite", "record.sqlite-wal", "record.sqlite-shm", "corrobora.toml")


def is_locked(path: Path) -> bool:
    """Say whether the project in this folder is encrypted."""
    return (path / VAULT).exists()


def exists(path: Path) -> bool:
    """Say whether there is a project in this folder."""
    return (path / "record.sqlite").exists() or is_locked(path)


def seal(path: Path) -> preserve.Seal | None:
    """Return the seal of a project, with the key that its agent holds; None where it is not encrypted.

    Raises Locked where no agent holds the key.
    """
    if not is_locked(path):
        return None
    key = preserve.ask_agent(path)
    if not key:
        raise Locked(f"{path} is locked", hint=f"Open it for a while: corrobora unlock {path}")
    found = preserve.open_seal((path / VAULT).read_bytes(), key=key)
    if os.access(path, os.W_OK):
        _clear(path)
    return found


def settings_of(path: Path, found: preserve.Seal | None) -> bytes:
    """Return the settings file of a project, b'' where there is none."""
    file = path / (SETTINGS if found else "corrobora.toml")
    if not file.exists():
        return b""
    return found.open(file.read_bytes(), SETTINGS) if found else file.read_bytes()


def encrypt(path: Path, about: bytes, found: preserve.Seal) -> None:
    """Encrypt the plain project in `path`, which nobody has open and every original of which is there.

    `about` and `found` are what `make_seal` gave. Nothing is removed before everything is encrypted and on the disk.
    Raises StorageFailed, BadInput, NotFound.
    """
    plain, sealed = path / "originals", preserve.Sealed.at(path / SEALED, found)
    try:
        for left in (path / SEALED, path / RECORD, path / SETTINGS):  # of a lock that was interrupted
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        sealed.mkdir()
        for blob in sorted(plain.glob("??/*")):
            if len(blob.name) == 62:
                preserve.put(preserve.data("sha256:" + blob.parent.name + blob.name, plain), sealed)
        store.encrypt(path / "record.sqlite", path / RECORD, found.key)
        _durable(path / RECORD)
        _write(path / SETTINGS, found.close(settings_of(path, None)))
        _write(path / VAULT, about)
    except OSError as error:
        raise StorageFailed(f"{path} cannot be locked: {error.strerror}", hint="Free some space.") from error
    _clear(path)


def _clear(path: Path) -> None:
    """Remove the plain files of a project that is encrypted."""
    with suppress(FileNotFoundError):
        shutil.rmtree(path / "originals")
    for name in PLAIN:
        (path / name).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    _durable(part)
    part.replace(path)
    preserve.settle(path.parent)


def _durable(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
