"""From what a user named to every single thing to read, in a fixed order, nothing left out without a word.

A container (archive, table, mailbox, message) is yielded itself, so that its bytes are kept, and then its members.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from corrobora.errors import BadInput, NotFound, Refused
from corrobora.model import Metadata, Reference, Source, written_out
from corrobora.settings import Limits
from corrobora.sources import (
    archives,
    fetching,
    mailboxes,
    media,
    packages,
    proofmode,
    replay,
    sidecars,
    tables,
    tarballs,
    warcs,
)
from corrobora.sources.archives import Budget, Member

MEGABYTE = 1_000_000
STANDARD_INPUT = "-"
TABLES = {media.CSV, media.TSV, media.JSONL, media.JSON}
PACKED = {media.TAR, media.GZIP, media.XZ, media.BZIP2}
CONTAINERS = {*TABLES, *PACKED, media.ZIP, media.MBOX, media.MAIL, media.WARC, media.WACZ}


MOST_FOLDERS = 100
"""Folders within folders; further down nothing is opened."""
Opened = tuple[Reference, Source, Limits]
"""A container to open, the source that it was found in, and the limits."""
Pictured = Callable[[bytes], tuple[bytes, str]]
"""Draws a page that is given as MHTML: its picture, b'' where there is none, and in words how, or why not."""


def find(
    sources: Sequence[Source],
    limits: Limits,
    opened: Callable[[Opened], Iterator[Reference]] | None = None,
    pictured: Pictured | None = None,
) -> Iterator[Reference]:
    """Return an iterator over everything to read in `sources`.

    Raises NotFound at once, before anything is read, where a path does not exist. What cannot be read, or is refused,
    is a Reference without data whose `problem` says why; a Reference with data and a problem is kept all the same.
    `opened` opens containers in the place of `inside`: in a process of its own, say. With `pictured`, a page that is
    fetched gets a picture beside it.
    """
    for source in sources:
        if fetching.is_address(source.address):
            continue
        if source.address != STANDARD_INPUT and not os.path.lexists(source.address):
            raise NotFound(f"{source.address}: there is no such file or folder", hint="Check the path.")
    return (
        _sayable(found)
        for source in sources
        for found in _source(source, _Walk(source, limits, opened or inside, pictured))
    )


def _sayable(found: Reference) -> Reference:
    """The reference with its names and what is known of it as text that can be kept."""
    return replace(
        found,
        file=written_out(found.file),
        address=written_out(found.address),
        container=written_out(found.container),
        problem=written_out(found.problem),
        given=found.given.written_out(),
        defaults=found.defaults.written_out(),
    )


def inside(container: Opened) -> Iterator[Reference]:
    """Yield a container, its bytes left out, and then all that is in it, however deep."""
    found, source, limits = container
    for reference in _Walk(source, limits, inside).unfold(found):
        yield replace(reference, data=b"") if reference.file == found.file else reference


def _source(source: Source, walk: "_Walk") -> Iterator[Reference]:
    if source.address == STANDARD_INPUT:
        data = sys.stdin.buffer.read(walk.limits.file_mb * MEGABYTE + 1)
        yield from walk.opening(walk.reference(STANDARD_INPUT, STANDARD_INPUT, data, Metadata()))
        return
    if fetching.is_address(source.address):
        yield from walk.page(source.address)
        return
    path = Path(source.address)
    if path.is_dir():
        yield from walk.folder(path.resolve(), "")
        return
    beside = {name for name in sidecars.beside(path.name) if path.with_name(name).is_file()}
    yield from walk.file(path.absolute(), path.name, beside - {path.name})


@dataclass(frozen=True, slots=True)
class _Walk:
    """One source and the limits, while it is walked."""

    source: Source
    limits: Limits
    opened: Callable[[Opened], Iterator[Reference]]
    pictured: Pictured | None = None

    def folder(self, root: Path, below: str) -> Iterator[Reference]:
        """Everything under `root / below`, sorted by name, folders in their place."""
        try:
            paths = sorted((root / below).iterdir())
        except OSError as error:
            yield self.problem(below, root / below, f"the folder cannot be opened: {error.strerror}")
            return
        names = {path.name for path in paths}
        beside = {name for report in names for name in sidecars.beside(report)} & names
        tags = packages.BAG in names
        if tags:
            yield self.told(f"{below}/" if below else f"{root.name}/", root / below, packages.bag(root / below))
        proves = any(map(proofmode.is_proof, names))
        proofs = proofmode.folder(root / below, self.limits.file_mb * MEGABYTE) if proves else {}
        for path in paths:
            file = f"{below}/{path.name}" if below else path.name
            if path.is_symlink() and (path.is_dir() or not path.resolve().is_relative_to(root)):
                yield self.problem(file, path, f"a link to {path.readlink()}: not followed")
            elif tags and packages.is_tag(path.name):
                yield self.kept(file, path, packages.TAG, "a list of the bag: not read as a report")
            elif path.name in proofs:
                yield self.kept(file, path, proofmode.KIND, "a proof: not read as a report")
                yield replace(self.told(f"{file}!/", f"{path}!/", proofs[path.name]), container=file)
            elif path.name.startswith("."):
                yield replace(self.problem(file, path, "hidden: not read", media.HIDDEN), state="skipped")
            elif path.is_dir() and file.count("/") >= MOST_FOLDERS:
                yield self.problem(file, path, f"more than {MOST_FOLDERS} folders deep: not opened")
            elif path.is_dir():
                yield from self.folder(root, file)
            else:
                yield from self.file(path, file, beside)

    def file(self, path: Path, file: str, beside: AbstractSet[str]) -> Iterator[Reference]:
        """One file with what its sidecar says; `beside` are the names of sidecars in its folder."""
        data, problem = self.load(path)
        if data is None:
            yield self.problem(file, path, problem)
        elif path.name in beside and sidecars.metadata(data):
            yield Reference(file, str(path), data, media.SIDECAR, defaults=self.source.defaults)
        else:
            known = (
                sidecars.metadata(self.load(path.with_name(n))[0]) for n in sidecars.beside(path.name) if n in beside
            )
            given = next(filter(None, known), Metadata())
            yield from self.opening(self.reference(file, str(path), data, given))
            if about := packages.listed(path.name, data, path.parent):
                yield replace(self.told(f"{file}!/", f"{path}!/", about), container=file)

    def page(self, url: str) -> Iterator[Reference]:
        """A page of the web, as the WARC of its capture."""
        file = re.sub(r"[^\w.-]+", "_", url.partition("://")[2])[:100].strip("_") + ".warc.gz"
        try:
            data, failed = fetching.fetch(url)
        except BadInput as error:
            state = "refused" if isinstance(error, Refused) else "unreadable"
            yield replace(self.problem(file, url, f"{error}. {error.hint}", media.WARC), state=state)
            return
        missing = f"{len(failed)} of what the page needs could not be had: {'; '.join(failed[:5])}" if failed else ""
        found = self.reference(file, url, data, Metadata(url=url))
        yield from self.opening(replace(found, problem=missing))
        if self.pictured and (page := replay.mhtml(data, self.limits)):
            picture, told = self.pictured(page)
            where = f"{file}!/page.png", f"{url}!/page.png"
            shown = Reference(*where, picture or None, "image/png", defaults=self.source.defaults, container=file)
            yield replace(shown, problem=told, state="skipped")

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

    def problem(self, file: str, path: Path | str, problem: str, kind: str = media.UNKNOWN) -> Reference:
        return Reference(file, str(path), None, kind, defaults=self.source.defaults, problem=problem)

    def kept(self, file: str, path: Path, kind: str, why: str) -> Reference:
        """A file that is evidence of others and no report."""
        data, problem = self.load(path)
        return replace(self.problem(file, path, problem or why, kind), data=data)

    def told(self, file: str, path: Path | str, about: Member) -> Reference:
        """What a list says of the files beside it."""
        return replace(self.problem(file, path, about.problem), state=about.state)

    def reference(self, file: str, address: str, data: bytes, given: Metadata, container: str = "") -> Reference:
        """A Reference to some bytes, with the media type that they have."""
        if len(data) > self.limits.file_mb * MEGABYTE:
            return self.problem(file, address, self.too_large(len(data)))
        kind, doubt = media.media_type(file.rpartition("!/")[2], data)
        return Reference(file, address, data, kind, given, self.source.defaults, container, doubt)

    def opening(self, found: Reference) -> Iterator[Reference]:
        """A file as it is, a container with what is in it."""
        if found.data is None or found.media_type not in CONTAINERS:
            yield found
            if found.data is not None and found.media_type in media.UNOPENED:
                why = "not opened: archives of this kind are not read here. Unpack it, and add the folder"
                yield replace(self.problem(f"{found.file}!/", f"{found.address}!/", why), container=found.file)
            return
        for reference in self.opened((found, self.source, self.limits)):
            yield replace(reference, data=found.data) if reference.file == found.file else reference

    def unfold(self, found: Reference, depth: int = 0, left: Budget | None = None) -> Iterator[Reference]:
        """The reference itself, then what is inside it."""
        if found.data is None:
            yield found
        elif found.media_type in TABLES:
            problem, rows = tables.rows(found, self.source)
            yield replace(found, problem=found.problem or problem)
            yield from rows
        else:
            yield found
            left = left or archives.budget(self.limits)
            for reference in self.members(found, self.contents(found, found.data, left)):
                if reference.media_type == media.SIDECAR or reference.data is None:
                    yield reference
                elif depth >= self.limits.depth:
                    problem = f"nested more than {self.limits.depth} deep: not opened"
                    yield replace(reference, data=None, problem=problem)
                else:
                    yield from self.unfold(reference, depth + 1, left)

    def contents(self, found: Reference, data: bytes, left: Budget) -> Iterator[Member]:
        """The members of an archive, the messages of a mailbox, the attachments of a message."""
        kind = found.media_type
        if kind in PACKED:
            return tarballs.members(found.file, data, self.limits, left)
        if kind == media.ZIP:
            return proofmode.packed(data, archives.members(data, self.limits, left))
        if kind == media.WACZ:
            return packages.wacz(archives.members(data, self.limits, left))
        if kind == media.WARC:
            return warcs.members(data, self.limits, left)
        if kind == media.MBOX:
            return mailboxes.messages(data)
        return mailboxes.attachments(data) if kind == media.MAIL else iter(())

    def members(self, container: Reference, members: Iterator[Member]) -> Iterator[Reference]:
        """Each member as a Reference. Archives give .json first: those that prove to be sidecars come out last."""
        waiting: dict[str, tuple[Member, Metadata]] = {}
        used: set[str] = set()
        for member in members:
            if member.name.endswith(".json") and (about := sidecars.metadata(member.data)):
                waiting[member.name] = (member, about)
                continue
            names = [name for name in sidecars.beside(member.name) if name in waiting]
            used.update(names)
            yield self.member(container, member, waiting[names[0]][1] if names else Metadata())
        for name, (member, _) in waiting.items():
            reference = self.member(container, member, Metadata())
            yield replace(reference, media_type=media.SIDECAR) if name in used else reference

    def member(self, container: Reference, member: Member, given: Metadata) -> Reference:
        file, address = f"{container.file}!/{member.name}", f"{container.address}!/{member.name}"
        if member.data is None:
            found = self.problem(file, address, member.problem)
            return replace(found, container=container.file, state=member.state)
        found = self.reference(
            file, address, member.data, member.given if member.given != Metadata() else given, container.file
        )
        if member.kind and found.data is not None:
            found = replace(found, media_type=member.kind)
        return replace(found, problem=found.problem or member.problem)
