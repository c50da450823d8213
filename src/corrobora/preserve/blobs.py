"""A content store: `originals/ab/cdef…` holds the bytes whose SHA-256 is abcdef….

A blob appears whole or not at all: a temporary file, fsync, an atomic rename, fsync of the folder. What a kill leaves
behind is a file whose name begins with `.incoming-`, which nothing reads.
"""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path

from corrobora.errors import BadInput, NotFound, StorageFailed
from corrobora.model import Document, Reference, content_id
from corrobora.preserve.pace import WORKERS
from corrobora.preserve.seal import Seal, seal_of

PREFIX = "sha256:"
INCOMING = ".incoming-"


def keep(reference: Reference, originals: Path) -> Document:
    """Write the reference's bytes below `originals`, unless they are there already, and return its Document.

    Raises BadInput where there are no bytes to keep, or where a blob kept before no longer matches its name.
    """
    if reference.data is None:
        raise BadInput(f"{reference.file}: {reference.problem or 'there are no bytes to keep'}")
    digest = sha256(reference.data).hexdigest()
    path, seal = _path(digest, originals), seal_of(originals)
    if path.exists():
        _check(_open(path, seal), digest, path)
    else:
        _write(path, seal.close(reference.data) if seal else reference.data)
    return Document(
        id=content_id("d", PREFIX + digest, reference.file),
        sha256=PREFIX + digest,
        file=reference.file,
        address=reference.address,
        media_type=reference.media_type,
        size=len(reference.data),
        captured_at=datetime.now(UTC),
        given=reference.given,
        defaults=reference.defaults,
        container=reference.container,
    )


def data(sha256: str, originals: Path) -> bytes:
    """Return the bytes kept under `sha256` (`sha256:` and 64 hex digits), after checking that they are those.

    Raises NotFound where there is no such blob, BadInput where its bytes were changed.
    """
    digest = sha256.removeprefix(PREFIX)
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise BadInput(f"{sha256!r} is not a SHA-256", hint="It is 'sha256:' and 64 hexadecimal digits.")
    path = _path(digest, originals)
    try:
        found = _open(path, seal_of(originals))
    except FileNotFoundError:
        raise NotFound(f"the original {sha256} is not in {originals}", hint="Restore it from a backup.") from None
    _check(found, digest, path)
    return found


def survey(originals: Path) -> dict[str, str]:
    """Read every file below `originals`; return, by its `sha256:` name, what is wrong with it ('': nothing is).

    Files are hashed in a few threads, as fast as the disk or the processors allow; none is held in memory.
    """
    paths = sorted(p for p in originals.glob("??/*") if p.is_file() and not p.name.startswith(INCOMING))
    if seal := seal_of(originals):
        return dict(_unsealed(path, seal) for path in paths)
    with ThreadPoolExecutor(WORKERS) as pool:
        return {PREFIX + p.parent.name + p.name: fault for p, fault in zip(paths, pool.map(_fault, paths), strict=True)}


def _fault(path: Path) -> str:
    if path.is_symlink() or path.parent.is_symlink():
        return "it is a link: its bytes lie elsewhere, and may be others tomorrow"
    try:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return "" if digest == path.parent.name + path.name else "its bytes no longer match its name: it was changed"


def _unsealed(path: Path, seal: Seal) -> tuple[str, str]:
    """The name of a sealed original and what is wrong with it; one that cannot be opened has its file's name."""
    try:
        digest = sha256(_open(path, seal)).hexdigest()
    except (BadInput, OSError) as error:
        return f"sealed:{path.parent.name}{path.name}", str(error)
    fits = seal.name(digest) == path.parent.name + path.name and not (path.is_symlink() or path.parent.is_symlink())
    return PREFIX + digest, "" if fits else "its bytes no longer match its name, or lie elsewhere: it was changed"


def _open(path: Path, seal: Seal | None) -> bytes:
    found = path.read_bytes()
    return seal.open(found, str(path)) if seal else found


def _path(digest: str, originals: Path) -> Path:
    """Where the bytes with this SHA-256 are kept."""
    if seal := seal_of(originals):
        digest = seal.name(digest)
    return originals / digest[:2] / digest[2:]


def _check(found: bytes, digest: str, path: Path) -> None:
    if sha256(found).hexdigest() != digest:
        raise BadInput(f"{path} was changed: its bytes no longer match its name", hint="Restore it from a backup.")


def _write(path: Path, content: bytes) -> None:
    """Two writers of the same bytes do no harm: each renames its own whole copy onto the name."""
    temporary = ""
    try:
        _folder(path.parent)
        handle, temporary = tempfile.mkstemp(prefix=INCOMING, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o444)
        Path(temporary).replace(path)
        _sync(path.parent)
    except OSError as error:
        hint = "Free some space, and run the same again."
        raise StorageFailed(f"{path} cannot be written: {error.strerror}", hint=hint) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _folder(folder: Path) -> None:
    """Make the folder, and make its name in the one above durable too."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)


def place(name: str, originals: Path) -> Path:
    """Return the file that holds the original `name` (`sha256:` and 64 hex digits), as it lies on the disk."""
    return _path(name.removeprefix(PREFIX), originals)


def put(content: bytes, originals: Path) -> None:
    """Keep bytes that need no Document: those of a project that is being sealed."""
    seal = seal_of(originals)
    path = _path(sha256(content).hexdigest(), originals)
    if not path.exists():
        _write(path, seal.close(content) if seal else content)


def settle(folder: Path) -> None:
    """Make the names in `folder` durable: what was made in it is there after a power cut. Raises StorageFailed."""
    try:
        _sync(folder)
    except OSError as error:
        raise StorageFailed(f"{folder} cannot be written: {error.strerror}", hint="Free some space.") from error


def _sync(folder: Path) -> None:
    """Windows has no such call on folders, and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
