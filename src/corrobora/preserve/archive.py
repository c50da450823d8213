"""A backup: one file, a ZIP of a project's files with the hash of each, written whole or not at all.

A restore believes nothing: each file must be named in the list, have the length and hash that stand there, and lie
inside the project; only when all are there and right does the folder get its name.
"""

import json
import lzma
import os
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath

from corrobora.errors import BadInput, StorageFailed

LIST = "backup.json"
FORM = "corrobora backup 1"
_DAMAGED = "Take another backup: this one is damaged, or was changed."
_CHUNK = 1 << 20
_BROKEN = (  # RuntimeError: a password is asked for, a method is not known, or the list is nested too deeply
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, TypeError, ValueError,
    RuntimeError,
)  # fmt: skip


def pack(output: Path, files: Iterable[tuple[str, Path]]) -> Path:
    """Write (name, file) pairs into the new file `output`, and return it. Raises BadInput where it exists already."""
    if output.exists():
        raise BadInput(f"{output} is there already", hint="Name a new file: a backup never replaces another.")
    output.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".backup-", dir=output.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                listed = [_put(archive, name, path) for name, path in files]
                archive.writestr(LIST, json.dumps({"form": FORM, "files": listed}, indent=0))
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(output)
    except OSError as error:
        raise StorageFailed(f"the backup cannot be written: {error.strerror}", hint="Free some space.") from error
    finally:
        part.unlink(missing_ok=True)
    return output


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, str | int]:
    digest, size = sha256(), 0
    with path.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def unpack(backup: Path, folder: Path, mark: str = "") -> int:
    """Write the files of `backup` below the new folder `folder`, each checked; return how many there are.

    `mark` names a file that is written with them: it holds the SHA-256 of the backup itself, in hex.

    Raises BadInput where the backup is damaged, changed or none, or the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} holds something already", hint="Name a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".restore-", dir=folder.parent))
    try:
        with zipfile.ZipFile(backup) as archive:
            listed = _listed(archive)
            for entry in listed:
                _take(archive, entry, part)
        if mark:
            with backup.open("rb") as file:
                (part / mark).write_text(file_digest(file, "sha256").hexdigest(), encoding="ascii")
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except _BROKEN as error:
        raise BadInput(f"{backup} is no whole backup: {error}", hint=_DAMAGED) from error
    except FileNotFoundError as error:
        raise BadInput(f"{backup}: there is no such file", hint="Check the path.") from error
    except OSError as error:
        if error.errno is None:  # what a decompressor says of damaged bytes
            raise BadInput(f"{backup} is no whole backup: {error}", hint=_DAMAGED) from error
        raise StorageFailed(f"the backup cannot be restored: {error.strerror}", hint="Free some space.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return len(listed)


def _listed(archive: zipfile.ZipFile) -> list[dict[str, object]]:
    about = json.loads(archive.read(LIST))
    if not isinstance(about, dict) or about.get("form") != FORM:
        raise ValueError("it is of another form")
    names = [entry["name"] for entry in about["files"]]
    inside = [item.filename for item in archive.infolist() if item.filename != LIST]
    if sorted(names) != sorted(inside):
        odd = sorted(set(names) ^ set(inside)) or ["a name that stands twice"]
        raise ValueError(f"its list and its files differ: {odd[0]}")
    return list(about["files"])


def _take(archive: zipfile.ZipFile, entry: dict[str, object], folder: Path) -> None:
    name = PurePosixPath(str(entry["name"]))
    if name.is_absolute() or ".." in name.parts or "\\" in str(name) or not name.parts:
        raise ValueError(f"{name} points outside the project")
    path, size = folder.joinpath(*name.parts), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(str(name)) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > int(str(entry["size"])):
                raise ValueError(f"{name} is longer than its list says")
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    with path.open("rb") as written:
        if file_digest(written, "sha256").hexdigest() != entry["sha256"] or size != entry["size"]:
            raise ValueError(f"{name} is not what was backed up")
