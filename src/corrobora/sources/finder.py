"""From what a user named to every single thing to read, in a fixed order, nothing left out without a word.

A container (archive, table, mailbox, message) is yielded itself, so that its bytes are kept, and then its members.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corrobora.errors import NotFound
from corrobora.model import Metadata, Reference, Source
from corrobora.settings import Limits
from corrobora.sources import media, sidecars, tables

MEGABYTE = 1_000_000
STANDARD_INPUT = "-"


def find(sources: Sequence[Source], limits: Limits) -> Iterator[Reference]:
    """Return an iterator over everything to read in `sources`.

    Raises NotFound at once, before anything is read, where a path does not exist. What cannot be read, or is refused,
    is a Reference without data whose `problem` says why; a Reference with data and a problem is kept all the same.
    """
    for source in sources:
        if source.address != STANDARD_INPUT and not os.path.lexists(source.address):
            raise NotFound(f"{source.address}: there is no such file or folder", hint="Check the path.")
    return (reference for source in sources for reference in _source(source, limits))


def _source(source: Source, limits: Limits) -> Iterator[Reference]:
    walk = _Walk(source, limits)
    if source.address == STANDARD_INPUT:
        data = sys.stdin.buffer.read(limits.file_mb * MEGABYTE + 1)
        yield from walk.unfold(walk.reference(STANDARD_INPUT, STANDARD_INPUT, data, Metadata()))
        return
    path = Path(source.address)
    if path.is_dir():
        yield from walk.folder(path.resolve(), "")
    else:
        yield from walk.files(path.absolute().parent, "", [path.name], beside=_beside(path))


def _beside(path: Path) -> list[str]:
    """The names that a lone file's sidecar may have."""
    names = (path.stem + ".json", path.name + ".json")
    return [name for name in names if name != path.name and (path.parent / name).is_file()]


@dataclass(frozen=True, slots=True)
class _Walk:
    """One source and the limits, while it is walked."""

    source: Source
    limits: Limits

    def folder(self, root: Path, below: str) -> Iterator[Reference]:
        """Everything under `root / below`, sorted by name, folders in their place."""
        try:
            names = sorted(os.listdir(root / below))
        except OSError as error:
            yield self.problem(below, str(root / below), f"the folder cannot be opened: {error.strerror}")
            return
        plain = [name for name in names if (root / below / name).is_file()]
        for name in names:
            path, file = root / below / name, f"{below}/{name}" if below else name
            if name.startswith("."):
                yield self.problem(file, str(path), "hidden: not read", media.HIDDEN)
            elif path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(root)):
                yield self.problem(file, str(path), f"a link to {os.readlink(path)}: not followed")
            elif path.is_dir():
                yield from self.folder(root, file)
            else:
                yield from self.files(root / below, below, [name], beside=plain)

    def files(self, folder: Path, below: str, names: list[str], beside: list[str]) -> Iterator[Reference]:
        """The named files of one folder, each with what the sidecar among `beside` says."""
        for name in names:
            path, file = folder / name, f"{below}/{name}" if below else name
            data, problem = self.load(path)
            if data is None:
                yield self.problem(file, str(path), problem)
                continue
            if sidecars.reports_of(name, beside) and sidecars.metadata(data):
                yield Reference(file, str(path), data, media.SIDECAR, defaults=self.source.defaults)
                continue
            given = next(
                (
                    known
                    for other in beside
                    if name in sidecars.reports_of(other, [name]) and (known := self.sidecar(folder / other))
                ),
                Metadata(),
            )
            yield from self.unfold(self.reference(file, str(path), data, given))

    def sidecar(self, path: Path) -> Metadata | None:
        data, _ = self.load(path)
        return sidecars.metadata(data) if data else None

    def load(self, path: Path) -> tuple[bytes | None, str]:
        """The bytes of a file, or None and why not; one that is too large is never opened."""
        try:
            if not path.is_file():
                return None, "not a regular file" if path.exists() else "a link to nothing"
            size = path.stat().st_size
            if size > self.limits.file_mb * MEGABYTE:
                return None, self.too_large(size)
            return path.read_bytes(), ""
        except OSError as error:
            return None, f"cannot be opened: {error.strerror or error}"

    def too_large(self, size: int) -> str:
        return f"too large: {size / MEGABYTE:,.0f} MB, and the limit is {self.limits.file_mb} MB"

    def problem(self, file: str, address: str, problem: str, kind: str = media.UNKNOWN) -> Reference:
        return Reference(file, address, None, kind, defaults=self.source.defaults, problem=problem)

    def reference(self, file: str, address: str, data: bytes, given: Metadata, container: str = "") -> Reference:
        """A Reference to some bytes, with the media type that they have."""
        if len(data) > self.limits.file_mb * MEGABYTE:
            return self.problem(file, address, self.too_large(len(data)))
        kind, doubt = media.media_type(file.rpartition("!/")[2], data)
        return Reference(file, address, data, kind, given, self.source.defaults, container, doubt)

    def unfold(self, reference: Reference, depth: int = 0) -> Iterator[Reference]:
        """The reference itself, then what is inside it."""
        if reference.data is None:
            yield reference
        elif reference.media_type in {media.CSV, media.TSV, media.JSONL, media.JSON}:
            problem = reference.problem or tables.missing(reference, self.source)
            yield replace(reference, problem=problem)
            yield from tables.rows(reference, self.source)
        else:
            yield reference
