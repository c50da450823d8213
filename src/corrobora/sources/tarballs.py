"""Tar archives and single packed files (gzip, bzip2, xz), read from front to back; nothing costs more than it may.

As in a ZIP, what counts is what is really unpacked: bytes in all, its ratio to what is packed, entries, bytes of one
member. Links, devices and names that point elsewhere are refused.
"""

import bz2
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, Any, cast

from corrobora.settings import Limits
from corrobora.sources.archives import CHUNK, RATIO_FROM, Budget, Member, doubtful, shown

_XZ_MEMORY = 200_000_000  # bytes that unpacking xz may take
_HINT = "the archive cannot be read further"
_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_UNPACKERS: tuple[tuple[bytes, Callable[[], Any]], ...] = (
    (b"\x1f\x8b", lambda: zlib.decompressobj(31)),
    (b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)),
    (b"BZh", bz2.BZ2Decompressor),
)


class _Beyond(Exception):
    """What is unpacked is more than the limits allow."""


class _Stream:
    """The bytes of a file as they are unpacked, as tarfile reads them."""

    def __init__(self, data: bytes, limits: Limits, most: int) -> None:
        self.parts = _unpacked(data, limits, most)
        self.held = bytearray()

    def read(self, size: int) -> bytes:
        while len(self.held) < size and (part := next(self.parts, b"")):
            self.held += part
        found = bytes(self.held[:size])
        del self.held[:size]
        return found


def members(name: str, data: bytes, limits: Limits, left: Budget) -> Iterator[Member]:
    """Yield the files of a tar archive, packed or not, .json first; of another packed file the one that is in it.

    One that cannot be read to its end gives a last Member without a name, whose problem says why.
    """
    most = left.size
    try:
        if not _is_tar(_Stream(data, limits, most).read(tarfile.BLOCKSIZE)):
            yield _single(name, data, limits, left)
            return
        for first in (True, False):
            seen: set[str] = set()
            source = cast("IO[bytes]", _Stream(data, limits, most))
            with tarfile.open(fileobj=source, mode="r|", errorlevel=0) as archive:
                for item in archive:
                    if item.isdir() or item.name.endswith(".json") is not first:
                        continue
                    left.entries -= 1
                    yield _member(archive, item, seen, limits, left)
                    seen.add(item.name)
    except _Beyond as error:
        yield Member("", None, f"{error}: {_HINT}")
    except _BROKEN as error:
        yield Member("", None, f"damaged or cut: {_HINT} ({' '.join(str(error).split())[:120]})")


def _is_tar(block: bytes) -> bool:
    """Whether a first block is the head of a tar archive: the sum in it fits (POSIX.1-1988, ustar)."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _single(name: str, data: bytes, limits: Limits, left: Budget) -> Member:
    if not any(data.startswith(magic) for magic, _ in _UNPACKERS):
        raise tarfile.ReadError("it is no archive")
    inside = shown(PurePosixPath(name).stem)
    found = b"".join(_unpacked(data, limits, min(left.size, limits.file_mb * 1_000_000)))
    left.size -= len(found)
    left.entries -= 1
    return Member(inside, found)


def _member(archive: tarfile.TarFile, item: tarfile.TarInfo, seen: set[str], limits: Limits, left: Budget) -> Member:
    name = shown(item.name)
    if left.entries < 0:
        raise _Beyond(f"more than {limits.archive_entries:,} entries")
    doubt = "the same name twice in the archive" if item.name in seen else doubtful(item.name)
    if not doubt and not item.isreg():
        doubt = "a link, not followed" if item.issym() or item.islnk() else "not a regular file"
    if doubt:
        return Member(name, None, doubt)
    most, found = min(limits.file_mb * 1_000_000, left.size), bytearray()
    file = archive.extractfile(item)
    while file and (part := file.read(CHUNK)):
        found += part
        left.size -= len(part)
        if len(found) > most:
            return Member(name, None, "unpacks to more than the limits allow: refused")
    return Member(name, bytes(found))


def _unpacked(data: bytes, limits: Limits, most: int) -> Iterator[bytes]:
    """The bytes of a file, unpacked if it is packed. Raises _Beyond where there are more than the limits allow."""
    make = next((make for magic, make in _UNPACKERS if data.startswith(magic)), None)
    if make is None:
        yield data
        return
    total, rest = 0, data
    while rest.strip(b"\0"):
        unpacker = make()
        while not unpacker.eof:
            part = unpacker.decompress(rest, CHUNK)
            rest = unpacker.unconsumed_tail if hasattr(unpacker, "unconsumed_tail") else b""
            total += len(part)
            if total > most or (total > RATIO_FROM and total > limits.archive_ratio * len(data)):
                raise _Beyond("it unpacks to more than the limits allow")
            if not part and not rest and not unpacker.eof and getattr(unpacker, "needs_input", True):
                raise EOFError("it ends in the middle")
            yield part
        rest = unpacker.unused_data
