"""What a kill leaves among the originals, and its removal: copies half made, and bytes that no record came to name.

A writer puts a mark down before its first byte and takes it away after its last: only where the mark is found was
somebody interrupted, and only then is there anything to look for.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path

from corrobora.errors import StorageFailed
from corrobora.preserve.blobs import INCOMING, place

MARK = ".writing"
_NAME = re.compile(r"[0-9a-f]{62}")


@contextmanager
def writing(originals: Path) -> Iterator[None]:
    """Hold the mark while bytes are kept. It stays where the process ends in the middle."""
    try:
        (originals / MARK).touch()
    except OSError as error:
        hint = "Is there space, and may you write there?"
        raise StorageFailed(f"{originals} cannot be written: {error.strerror}", hint=hint) from error
    yield
    (originals / MARK).unlink(missing_ok=True)


def interrupted(originals: Path) -> bool:
    """Say whether somebody was stopped while keeping bytes."""
    return (originals / MARK).exists()


def strays(originals: Path) -> Iterator[str]:
    """Yield the name of each file or link below `originals` that can be none of them, whatever it holds."""
    for path in sorted(originals.rglob("*")):
        name = path.relative_to(originals)
        kept = len(name.parts) == 2 and len(name.parts[0]) == 2
        if not (kept or str(name) == MARK or (path.is_dir() and not path.is_symlink())):
            yield str(name)


def sweep(originals: Path, named: AbstractSet[str]) -> tuple[str, ...]:
    """Remove what an interrupted writer left; `named` are the `sha256:` names that the record knows.

    Returns the files removed. Only a process that holds the project for writing may call it.
    """
    removed, places = [], {place(name, originals) for name in named}
    for path in sorted(originals.glob("??/*")):
        known = path in places
        if path.name.startswith(INCOMING) or (_NAME.fullmatch(path.name) and not known):
            path.unlink()
            removed.append(str(path.relative_to(originals)))
    (originals / MARK).unlink(missing_ok=True)
    return tuple(removed)
